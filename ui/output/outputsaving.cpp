// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpageprivate.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>

namespace forkscope {

void OutputPage::buildSaving()
{
    connect(
        &d->exporter, &LineExport::progressed, this, [this](int permille) { d->status->setProgress(permille, tr("Saving")); });
    connect(&d->exporter, &LineExport::saved, this, [this](const ExportSummary &summary) {
        d->status->setProgress(-1);
        const QString lines = QLocale().toString(summary.lines);
        if (summary.lostLines > 0) {
            d->status->setNotice(
                tr("Saved %1 lines; %2 more had been given up before.").arg(lines, QLocale().toString(summary.lostLines)), true);
        } else {
            d->status->setNotice(summary.lines == 1 ? tr("Saved 1 line.") : tr("Saved %1 lines.").arg(lines), false);
        }
    });
    connect(&d->exporter, &LineExport::failed, this, [this](const Error &error) {
        d->status->setProgress(-1);
        d->status->setNotice(errorText(error), true);
    });
    connect(d->status, &OutputStatus::cancelRequested, this, [this] {
        d->exporter.cancel();
        d->status->setProgress(-1);
        d->status->setNotice(tr("Not saved: cancelled."), false);
    });
}

void OutputPage::copy()
{
    if (d->filter && !d->view->selection().isEmpty())
        d->copier.copy(d->filter, d->view->selection().range());
}

void OutputPage::save()
{
    auto *dialog = new QFileDialog(this, tr("Save the output"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Text files (*.txt *.log)"), tr("All files (*)")});
    QString name = d->title.isEmpty() ? tr("output") : d->title;
    name.replace(QRegularExpression(QStringLiteral("[/\\s]+")), QStringLiteral("-"));
    dialog->selectFile(name.left(60) + QStringLiteral(".txt"));
    connect(dialog, &QFileDialog::fileSelected, this, &OutputPage::saveTo);
    dialog->open();
}

void OutputPage::saveTo(const QString &path)
{
    if (!d->filter || d->view->shownCount() == 0)
        return;
    d->status->setProgress(0, tr("Saving"));
    d->status->setNotice(tr("Saving %1 …").arg(QFileInfo(path).fileName()), false);
    d->exporter.saveTo(path, d->filter, d->view->shownRange());
}

} // namespace forkscope
