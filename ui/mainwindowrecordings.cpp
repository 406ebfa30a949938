// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow and recordings as files: opening several, saving, and those that nobody saved.
#include "core/journal/journalwriter.h"
#include "core/session/recordingsummary.h"
#include "ui/mainwindow.h"
#include "ui/preferences/preferences.h"
#include "ui/recording/leftoverbar.h"
#include "ui/recording/recentrecordings.h"
#include "ui/recording/recordingwords.h"
#include "ui/recording/unsavedactions.h"
#include "ui/recording/unsaveddialog.h"
#include "ui/window/background.h"

#include <QAction>
#include <QDateTime>
#include <QFileInfo>
#include <QStatusBar>
#include <QToolBar>

#include <utility>
#include <vector>

namespace forkscope {

namespace {

constexpr int kMostAtOnce = 20; ///< windows

/// What may be offered after a crash: sessions in which nothing happened leave nothing of interest.
QList<CachedRecording> leftovers()
{
    const auto listed = RecordingCache().list();
    if (!listed)
        return {};
    QList<CachedRecording> left = listed.value();
    left.removeIf([](const CachedRecording &recording) {
        const auto summary = recording.use == FileUse::None ? summarizeRecording(recording.path) : RecordingSummary();
        return !summary || summary.value().lastNs == 0;
    });
    return left;
}

bool isSameFile(const QString &a, const QString &b)
{
    const QString canonical = QFileInfo(a).canonicalFilePath();
    return !canonical.isEmpty() && canonical == QFileInfo(b).canonicalFilePath();
}

} // namespace

void MainWindow::openRecordings(const QStringList &paths)
{
    statusBar()->showMessage(
        paths.size() == 1 ? tr("Opening %1…").arg(paths.first()) : tr("Opening %1 files…").arg(paths.size()));
    struct Opened {
        QString path;
        Result<std::unique_ptr<Journal>> journal;
    };
    runInBackground(
        this,
        [paths] {
            std::vector<Opened> all;
            for (const QString &path : paths.mid(0, kMostAtOnce))
                all.push_back({path, Journal::openInBackground(path)});
            return all;
        },
        [this, count = paths.size()](std::vector<Opened> all) {
            statusBar()->clearMessage();
            QStringList problems;
            for (Opened &opened : all) {
                if (!opened.journal) {
                    problems.append(errorText(opened.journal.error()));
                    continue;
                }
                auto *window = new MainWindow(std::move(opened.journal).value());
                window->setAttribute(Qt::WA_DeleteOnClose);
                window->show();
                emit recordingOpened(window);
            }
            if (count > kMostAtOnce)
                problems.append(tr("Only the first %1 of %2 files were opened.").arg(kMostAtOnce).arg(count));
            if (!problems.isEmpty())
                reportText(tr("Open recording"), problems.join(QLatin1String("\n\n")));
        });
}

void MainWindow::saveAgain()
{
    const QString path = m_saveState.path();
    if (path.isEmpty())
        askWhereToSave();
    else if (m_saveState.isRecordedThere())
        tell(m_session ? tr("Nothing to save: it is recorded in %1").arg(path) : tr("It is saved already: %1").arg(path));
    else
        saveRecording(path);
}

void MainWindow::saveRecording(const QString &path)
{
    if (m_saving)
        return;
    if (m_session && isSameFile(path, journal().path())) { // would take the file away from under it
        tell(tr("Nothing to save: it is recorded in %1").arg(path));
        return;
    }
    if (RecordingCache().holds(path)) {
        report(tr("Save recording"),
            Error::invalid(tr("save the recording"), tr("that is the folder of unsaved recordings, which is cleaned up"), path));
        return;
    }
    statusBar()->showMessage(tr("Saving %1…").arg(path));
    m_actions.save->setEnabled(false);
    m_actions.saveAs->setEnabled(false);
    m_saving = runInBackground(
        this,
        [&journal = journal(), path] {
            journal.waitUntilRead();
            const quint64 records = journal.recordCount(); // what comes meanwhile may be in the copy, or not
            return std::pair(writeCompactRecording(journal, path), records);
        },
        [this, path](const std::pair<Result<void>, quint64> &result) {
            const auto &[saved, records] = result;
            m_saving = nullptr;
            m_actions.save->setEnabled(true);
            m_actions.saveAs->setEnabled(true);
            if (saved) {
                m_saveState.setSaved(path, records);
                updateTitle();
                RecentRecordings::add(path);
                tell(tr("Saved as %1").arg(path));
                emit recordingSaved(path);
            } else {
                statusBar()->clearMessage();
                report(tr("Save recording"), saved.error());
            }
            if (std::exchange(m_closeWhenSaved, false) && saved)
                close();
        });
}

void MainWindow::updateTitle()
{
    setWindowTitle(m_saveState.title());
    setWindowModified(m_saveState.isModified());
}

void MainWindow::showUnsaved()
{
    if (m_unsaved)
        return m_unsaved->activateWindow();
    m_unsaved = new UnsavedDialog(this);
    m_unsaved->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_unsaved, &UnsavedDialog::openRequested, this, &MainWindow::openRecording);
    connect(m_unsaved->actions(), &UnsavedActions::saved, this, &RecentRecordings::add);
    m_unsaved->show(); // not modal: what it opens comes in windows of their own
}

void MainWindow::tendCache()
{
    struct Tended {
        CleanReport cleaned;
        QList<CachedRecording> left;
    };
    runInBackground(
        this,
        [limits = Preferences::cacheLimits(), now = QDateTime::currentMSecsSinceEpoch() * 1'000'000] {
            CleanReport cleaned = RecordingCache().clean(limits, now);
            return Tended{std::move(cleaned), leftovers()};
        },
        [this](const Tended &tended) {
            if (const QString text = cleanedText(tended.cleaned); !text.isEmpty())
                tell(text);
            offerLeftovers(tended.left);
        });
}

void MainWindow::offerLeftovers(const QList<CachedRecording> &recordings)
{
    if (!m_leftover) {
        auto *offer = new LeftoverBar;
        offer->setRecordings(recordings);
        if (!offer->isOffering()) {
            delete offer;
            return;
        }
        m_leftover = offer;
        auto *bar = new QToolBar(tr("What an earlier session left"));
        bar->setObjectName(QStringLiteral("leftovers"));
        bar->setMovable(false);
        bar->toggleViewAction()->setEnabled(false);
        bar->toggleViewAction()->setVisible(false);
        bar->addWidget(m_leftover);
        addToolBarBreak();
        addToolBar(bar);
        connect(m_leftover, &LeftoverBar::offeringChanged, bar, &QToolBar::setVisible);
        connect(m_leftover, &LeftoverBar::openRequested, this, &MainWindow::openRecording);
        connect(m_leftover, &LeftoverBar::allRequested, this, &MainWindow::showUnsaved);
        const UnsavedActions *actions = m_leftover->actions();
        connect(actions, &UnsavedActions::told, this, &MainWindow::tell);
        connect(actions, &UnsavedActions::failed, this, &MainWindow::report);
        connect(actions, &UnsavedActions::saved, this, &RecentRecordings::add);
        connect(actions, &UnsavedActions::done, this,
            [this] { runInBackground(this, leftovers, [this](const QList<CachedRecording> &left) { offerLeftovers(left); }); });
        return;
    }
    m_leftover->setRecordings(recordings);
}

} // namespace forkscope
