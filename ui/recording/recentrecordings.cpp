// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/recentrecordings.h"

#include "core/session/recordingcache.h"
#include "ui/widgets/settings.h"
#include "ui/window/background.h"
#include "ui/window/windowactions.h"

#include <QDir>
#include <QFileInfo>

namespace forkscope {

namespace {

const QLatin1String kRecent("recordings/recent");

QString shortFolder(const QString &path)
{
    QString folder = QFileInfo(path).path();
    const QString home = QDir::homePath();
    if (folder == home || folder.startsWith(home + u'/'))
        folder.replace(0, home.size(), u'~');
    return folder;
}

} // namespace

QStringList RecentRecordings::paths()
{
    return Settings().value(kRecent).toStringList().mid(0, kMost);
}

void RecentRecordings::add(const QString &path)
{
    if (RecordingCache().holds(path))
        return;
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    QStringList all = paths();
    all.removeAll(absolute);
    all.prepend(absolute);
    Settings().setValue(kRecent, all.mid(0, kMost));
}

void RecentRecordings::clear()
{
    Settings().remove(kRecent);
}

RecentMenu::RecentMenu(const QString &title, QWidget *parent) : QMenu(title, parent)
{
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, this, &RecentMenu::refresh);
    refresh();
}

void RecentMenu::refresh()
{
    clear();
    const QStringList all = RecentRecordings::paths();
    int number = 0;
    for (const QString &path : all) {
        const QString name = QFileInfo(path).fileName();
        const QString folder = fontMetrics().elidedText(shortFolder(path), Qt::ElideMiddle, 280);
        const auto escaped = [](QString text) { return text.replace(u'&', QLatin1String("&&")).replace(u'\t', u' '); };
        const QString mnemonic = ++number < 10 ? QStringLiteral("&%1 ").arg(number) : QString();
        QAction *action = addAction(mnemonic + escaped(name) + u'\t' + escaped(folder)); // at the right, as a shortcut would be
        action->setData(path);
        action->setToolTip(path);
        action->setProperty(WindowActions::kPaletteText, tr("Open recent: %1 (%2)").arg(name, shortFolder(path)));
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
    }
    if (all.isEmpty()) {
        addAction(tr("No recording was opened or saved yet"))->setEnabled(false);
        return;
    }
    addSeparator();
    QAction *clearList = addAction(tr("&Clear list"));
    clearList->setProperty(WindowActions::kPaletteText, tr("Open recent: clear the list"));
    connect(clearList, &QAction::triggered, this, [] { RecentRecordings::clear(); });
    // In a thread: a file system that does not answer must not hold the window.
    runInBackground(
        this,
        [all] {
            QStringList missing;
            for (const QString &path : all)
                if (!QFileInfo::exists(path))
                    missing.append(path);
            return missing;
        },
        [this](const QStringList &missing) { markMissing(missing); });
}

void RecentMenu::markMissing(const QStringList &missing)
{
    for (QAction *action : actions()) {
        const QString path = action->data().toString();
        if (path.isEmpty() || !action->isEnabled() || !missing.contains(path))
            continue;
        action->setEnabled(false);
        action->setText(action->text().section(u'\t', 0, 0) + u'\t' + tr("gone"));
        action->setToolTip(tr("%1 is not there any more").arg(path));
    }
}

} // namespace forkscope
