// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/unsavedactions.h"

#include "ui/recording/recordingwords.h"
#include "ui/widgets/format.h"
#include "ui/window/background.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace forkscope {

namespace {

/// "2026-11-25 22:10, 12.0 MiB: session-….pcapng"
QString line(const CachedRecording &recording)
{
    return UnsavedActions::tr("%1, %2: %3")
        .arg(changedText(recording.changedNs), bytesText(qint64(recording.bytes)), QFileInfo(recording.path).fileName());
}

} // namespace

UnsavedActions::UnsavedActions(QWidget *parent) : QObject(parent), m_parent(parent) { }

void UnsavedActions::setBusy(bool busy)
{
    m_busy = busy;
    emit busyChanged(busy);
}

void UnsavedActions::saveAs(const CachedRecording &recording)
{
    if (m_busy || m_question)
        return;
    auto *dialog = new QFileDialog(m_parent, tr("Save unsaved recording as"), QDir::homePath(), tr("Recordings (*.pcapng)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pcapng"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, from = recording.path](const QString &path) {
        setBusy(true);
        runInBackground(
            this, [from, path] { return RecordingCache().moveOut(from, path); },
            [this, path](const Result<void> &moved) {
                setBusy(false);
                if (moved) {
                    emit told(tr("Saved as %1").arg(path));
                    emit saved(path);
                } else {
                    emit failed(tr("Save recording"), moved.error());
                }
                emit done();
            });
    });
    m_question = dialog;
    dialog->open();
}

void UnsavedActions::remove(const QList<CachedRecording> &recordings)
{
    if (m_busy || m_question || recordings.isEmpty())
        return;
    constexpr int kMostLines = 8;
    QStringList lines;
    for (const CachedRecording &recording : recordings)
        lines.append(line(recording));
    auto *box = new QMessageBox(m_parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("Remove recordings"));
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Remove for good: %1?").arg(countText(recordings)));
    box->setInformativeText(lines.size() <= kMostLines
            ? lines.join(u'\n')
            : lines.mid(0, kMostLines).join(u'\n') + u'\n' + tr("and %1 more").arg(lines.size() - kMostLines));
    if (lines.size() > kMostLines)
        box->setDetailedText(lines.join(u'\n'));
    QPushButton *remove = box->addButton(tr("&Remove"), QMessageBox::DestructiveRole);
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    remove->setAutoDefault(false);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    connect(remove, &QPushButton::clicked, this, [this, recordings] {
        setBusy(true);
        runInBackground(
            this,
            [recordings] {
                CleanReport report;
                for (const CachedRecording &recording : recordings) {
                    if (auto removed = RecordingCache().remove(recording.path))
                        report.removed.append(recording);
                    else
                        report.failures.append(removed.error());
                }
                return report;
            },
            [this](const CleanReport &report) {
                setBusy(false);
                if (!report.removed.isEmpty())
                    emit told(tr("Removed: %1").arg(countText(report.removed)));
                if (!report.failures.isEmpty())
                    emit failed(tr("Remove recordings"), report.failures.first());
                emit done();
            });
    });
    m_question = box;
    box->open();
}

} // namespace forkscope
