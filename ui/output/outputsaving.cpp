// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpageprivate.h"

#include "ui/recording/exportwords.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>

#include <algorithm>

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
        if (d->castExport)
            d->castExport->cancel();
        d->status->setProgress(-1);
        d->status->setNotice(tr("Not saved: cancelled."), false);
    });
}

void OutputPage::copy()
{
    if (d->filter && !d->view->selection().isEmpty())
        d->copier.copy(d->filter, d->view->selection().range());
}

void OutputPage::copyWithTimes()
{
    if (d->filter && !d->view->selection().isEmpty())
        d->copier.copy(d->filter, d->view->selection().range(), LineFormat::Stamped);
}

void OutputPage::save()
{
    askWhereToSave(SavedPart::Shown);
}

void OutputPage::saveSelection()
{
    if (!d->view->selection().isEmpty())
        askWhereToSave(SavedPart::Selection);
}

void OutputPage::askWhereToSave(SavedPart of)
{
    const LineRange selected = d->view->selection().range();
    auto *dialog = new QFileDialog(this, of == SavedPart::Shown ? tr("Save the output") : tr("Save the selection"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    // In the order of LineFormat; behind them what is made of the whole session.
    QStringList formats{tr("Text, byte for byte (*.txt *.log *)"), tr("Text with times and processes (*.txt *.log *)"),
        tr("Web page with colours (*.html)")};
    const QStringList suffixes{QStringLiteral("txt"), QStringLiteral("txt"), QStringLiteral("html"), QStringLiteral("cast")};
    if (of == SavedPart::Shown && onlyLaunch() != LaunchId::None)
        formats.append(tr("Terminal session, asciicast (*.cast)"));
    dialog->setNameFilters(formats);
    QString name = d->title.isEmpty() ? tr("output") : d->title;
    name.replace(QRegularExpression(QStringLiteral("[/\\s]+")), QStringLiteral("-"));
    dialog->selectFile(name.left(60) + QStringLiteral(".txt"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, formats, suffixes](const QString &chosen) {
        dialog->setDefaultSuffix(suffixes.value(std::max<qsizetype>(0, formats.indexOf(chosen))));
        const QFileInfo named(dialog->selectedFiles().value(0));
        dialog->selectFile(named.completeBaseName() + u'.' + dialog->defaultSuffix());
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, formats, of, selected](const QString &path) {
        const auto chosen = std::max<qsizetype>(0, formats.indexOf(dialog->selectedNameFilter()));
        if (chosen == 3 || (chosen == 0 && path.endsWith(QLatin1String(".cast")) && formats.size() > 3))
            saveCastTo(path);
        else
            saveRange(path, chosen == 0 && path.endsWith(QLatin1String(".html")) ? LineFormat::Html : LineFormat(chosen),
                of == SavedPart::Shown ? d->view->shownRange() : selected);
    });
    dialog->open();
}

void OutputPage::saveTo(const QString &path, LineFormat format)
{
    saveRange(path, format, d->view->shownRange());
}

void OutputPage::saveRange(const QString &path, LineFormat format, const LineRange &range)
{
    if (!d->filter || d->view->shownCount() == 0)
        return;
    d->status->setProgress(0, tr("Saving"));
    d->status->setNotice(tr("Saving %1 …").arg(QFileInfo(path).fileName()), false);
    d->exporter.saveTo(path, d->filter, range, format);
}

/// None: several are shown.
LaunchId OutputPage::onlyLaunch() const
{
    if (const LaunchId launch = d->panes->active()->launch(); launch != LaunchId::None)
        return launch;
    return d->launchesSeen.size() == 1 ? d->launchesSeen.first() : LaunchId::None;
}

void OutputPage::saveCastTo(const QString &path)
{
    const LaunchId launch = onlyLaunch();
    if (!d->index || launch == LaunchId::None)
        return;
    d->castExport = std::make_unique<ExportJob>(d->index->journal());
    const ExportJob *job = d->castExport.get();
    connect(job, &ExportJob::progressed, this, [this](int permille) { d->status->setProgress(permille, tr("Saving")); });
    connect(job, &ExportJob::finished, this, [this](const ExportReport &report) {
        d->status->setProgress(-1);
        if (!report.cancelled)
            d->status->setNotice(tr("Saved: %1").arg(exportResultText(report).simplified()), report.lostRecords > 0);
    });
    connect(job, &ExportJob::failed, this, [this](const Error &error) {
        d->status->setProgress(-1);
        d->status->setNotice(errorText(error), true);
    });
    d->status->setProgress(0, tr("Saving"));
    d->castExport->start({.format = ExportFormat::Asciicast, .launches = QList{launch}}, path, true);
}

} // namespace forkscope
