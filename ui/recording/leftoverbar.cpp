// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/leftoverbar.h"

#include "ui/recording/recordingwords.h"
#include "ui/recording/unsavedactions.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/settings.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

namespace forkscope {

namespace {

const QLatin1String kDismissed("recordings/dismissed");

} // namespace

LeftoverBar::LeftoverBar(QWidget *parent)
    : QFrame(parent), m_actions(new UnsavedActions(this)), m_text(new ElidedLabel), m_open(new QPushButton(tr("Open"))),
      m_save(new QPushButton(tr("Save as…"))), m_remove(new QPushButton(tr("Remove…"))), m_all(new QPushButton),
      m_dismiss(new QPushButton(tr("Dismiss")))
{
    setFrameShape(QFrame::StyledPanel);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->addWidget(m_text, 1);
    for (QPushButton *button : {m_open, m_save, m_remove, m_all, m_dismiss})
        layout->addWidget(button);
    m_dismiss->setToolTip(tr("It stays among the unsaved recordings of the File menu"));

    connect(&m_clock, &QTimer::timeout, this, &LeftoverBar::showNewest);
    m_clock.start(30'000);
    connect(m_open, &QPushButton::clicked, this, [this] {
        emit openRequested(m_offered.first().path);
        dismiss();
    });
    connect(m_save, &QPushButton::clicked, this, [this] { m_actions->saveAs(m_offered.first()); });
    connect(m_remove, &QPushButton::clicked, this, [this] { m_actions->remove({m_offered.first()}); });
    connect(m_all, &QPushButton::clicked, this, [this] {
        emit allRequested();
        dismiss();
    });
    connect(m_dismiss, &QPushButton::clicked, this, &LeftoverBar::dismiss);
    connect(m_actions, &UnsavedActions::busyChanged, this, [this](bool busy) {
        for (QPushButton *button : {m_open, m_save, m_remove})
            button->setEnabled(!busy);
    });
}

QString LeftoverBar::text() const
{
    return m_text->text();
}

void LeftoverBar::setRecordings(const QList<CachedRecording> &recordings)
{
    const QStringList dismissed = Settings().value(kDismissed).toStringList();
    QStringList still;
    m_offered.clear();
    for (const CachedRecording &recording : recordings) {
        const QString name = QFileInfo(recording.path).fileName();
        if (dismissed.contains(name))
            still.append(name);
        else if (recording.use == FileUse::None)
            m_offered.append(recording);
    }
    if (still.size() != dismissed.size()) // what has gone need not be remembered
        Settings().setValue(kDismissed, still);
    if (!m_offered.isEmpty()) {
        showNewest();
        m_open->setToolTip(m_offered.first().path);
        m_all->setText(tr("All %1…").arg(QLocale().toString(m_offered.size())));
        m_all->setVisible(m_offered.size() > 1);
    }
    emit offeringChanged(isOffering());
}

void LeftoverBar::showNewest()
{
    if (m_offered.isEmpty())
        return;
    const CachedRecording &newest = m_offered.first();
    m_text->setText(tr("An earlier session ended unexpectedly; its recording (%1, %2) is still there.")
                        .arg(bytesText(qint64(newest.bytes)), ageText(newest.changedNs)));
}

void LeftoverBar::dismiss()
{
    QStringList dismissed = Settings().value(kDismissed).toStringList();
    for (const CachedRecording &recording : std::as_const(m_offered))
        dismissed.append(QFileInfo(recording.path).fileName());
    Settings().setValue(kDismissed, dismissed);
    m_offered.clear();
    emit offeringChanged(false);
}

} // namespace forkscope
