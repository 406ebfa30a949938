// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/redactdialog.h"

#include "ui/launch/pathedit.h"
#include "ui/recording/redactchoices.h"
#include "ui/recording/redactjob.h"
#include "ui/recording/redactwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/settings.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr auto kFolderKey = "redact/folder";
constexpr int kDelayMs = 300; // not a pass over the recording for each letter that is typed
constexpr qsizetype kMostPlaces = 3;

} // namespace

RedactDialog::RedactDialog(const Journal &journal, QWidget *parent)
    : QDialog(parent), m_journal(journal), m_job(new RedactJob(journal, this)), m_choices(new RedactChoices(journal)),
      m_counts(new QTreeWidget), m_samples(new QPlainTextEdit), m_notes(new QLabel),
      m_path(new PathEdit(PathEdit::Kind::Output, tr("File for the redacted copy"))), m_progress(new QProgressBar),
      m_result(new QLabel), m_look(new QPushButton(tr("Look aga&in"))), m_delay(new QTimer(this))
{
    setWindowTitle(tr("Redact a copy"));
    auto *columns = new QHBoxLayout;
    columns->addWidget(m_choices, 1);
    columns->addWidget(buildPreview(), 1);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(columns, 1);
    buildEnd(layout);

    m_delay->setSingleShot(true);
    m_delay->setInterval(kDelayMs);
    connect(m_delay, &QTimer::timeout, this, &RedactDialog::preview);
    connect(m_look, &QPushButton::clicked, this, &RedactDialog::preview);
    connect(m_choices, &RedactChoices::changed, this, &RedactDialog::onChanged);
    connect(m_path->line(), &QLineEdit::textChanged, this, &RedactDialog::updateButtons);
    connect(m_job, &RedactJob::progressed, m_progress, &QProgressBar::setValue);
    connect(m_job, &RedactJob::finished, this, &RedactDialog::onFinished);
    connect(m_job, &RedactJob::failed, this, &RedactDialog::onFailed);
    connect(m_job, &RedactJob::fileExists, this, [this] {
        m_replace = m_path->line()->text();
        end(tr("%1 exists. Press Replace to write it anew.").arg(QFileInfo(m_replace).fileName()), true);
    });

    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = QFileInfo::exists(documents) ? documents : QDir::homePath();
    m_path->setPath(QFile::encodeName(QDir(Settings().value(QLatin1String(kFolderKey), folder).toString())
                                          .filePath(tr("%1-redacted.pcapng").arg(QFileInfo(journal.path()).completeBaseName()))));
    updateButtons();
    preview();
    resize(1000, 600);
}

QWidget *RedactDialog::buildPreview()
{
    auto *group = new QGroupBox(tr("What this removes"));
    auto *rows = new QVBoxLayout(group);
    m_counts->setHeaderLabels({tr("Pattern"), tr("Matches"), tr("Where")});
    m_counts->setRootIsDecorated(false);
    m_counts->setAccessibleName(tr("Matches by pattern"));
    m_counts->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_counts->header()->setStretchLastSection(true);
    m_counts->headerItem()->setTextAlignment(1, Qt::AlignRight);
    m_samples->setReadOnly(true);
    m_samples->setTabChangesFocus(true);
    m_samples->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_samples->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_samples->setAccessibleName(tr("Examples, as they stand in the copy"));
    m_samples->setPlaceholderText(tr("Nothing was masked."));
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setAccessibleName(tr("What else is removed"));
    auto *samplesLabel = new QLabel(tr("Examp&les, as they stand in the copy:"));
    samplesLabel->setBuddy(m_samples);
    m_look->setToolTip(tr("A live recording has grown since"));
    m_look->setAutoDefault(false);
    rows->addWidget(m_counts, 3);
    rows->addWidget(m_notes);
    rows->addWidget(samplesLabel);
    rows->addWidget(m_samples, 2);
    rows->addWidget(m_look, 0, Qt::AlignRight);
    return group;
}

void RedactDialog::buildEnd(QLayout *layout)
{
    auto *form = new QFormLayout;
    form->addRow(tr("&File:"), m_path);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_progress->setAccessibleName(tr("Progress"));
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // it comes and goes with every change
    m_progress->setSizePolicy(policy);
    m_progress->hide();
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->setAccessibleName(tr("Result"));
    m_result->hide();
    auto *buttons = new QDialogButtonBox;
    m_save = buttons->addButton(tr("&Save copy"), QDialogButtonBox::AcceptRole);
    m_close = buttons->addButton(QDialogButtonBox::Close);
    m_close->setText(tr("Close"));
    m_close->setAutoDefault(false); // a second Enter must not cancel what the first one began
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &RedactDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &RedactDialog::reject);
    auto *rows = static_cast<QVBoxLayout *>(layout);
    rows->addWidget(m_progress);
    rows->addLayout(form);
    rows->addWidget(m_result);
    rows->addWidget(buttons);
}

QLineEdit *RedactDialog::path() const
{
    return m_path->line();
}

QString RedactDialog::result() const
{
    return m_result->text();
}

bool RedactDialog::isSaving() const
{
    return m_saveWhenFree || (m_job->isRunning() && !m_job->isPreview());
}

void RedactDialog::onChanged()
{
    m_result->hide();
    m_delay->start();
}

void RedactDialog::preview()
{
    if (isSaving())
        return;
    m_delay->stop();
    if (m_job->isRunning()) {
        m_stale = true;
        m_job->cancel();
        return;
    }
    const auto request = m_choices->request();
    updateButtons();
    if (!request)
        return;
    m_progress->setValue(0);
    m_progress->show();
    m_job->start(request.value(), {}, false);
}

void RedactDialog::start()
{
    if (isSaving())
        return;
    m_delay->stop();
    const auto request = m_choices->request();
    updateButtons();
    if (!request)
        return;
    if (m_job->isRunning()) {
        m_saveWhenFree = true;
        m_job->cancel();
        return;
    }
    const QString typed = m_path->line()->text();
    const QString path = QFileInfo(QFile::decodeName(m_path->path())).absoluteFilePath();
    Settings().setValue(QLatin1String(kFolderKey), QFileInfo(path).path());
    const bool replace = !m_replace.isEmpty() && m_replace == typed;
    m_replace.clear();
    m_progress->setValue(0);
    m_progress->show();
    m_result->hide();
    m_choices->setEnabled(false);
    m_path->setEnabled(false);
    m_look->setEnabled(false);
    m_save->setEnabled(false);
    m_close->setText(tr("Cancel"));
    m_close->setFocus();
    m_job->start(request.value(), path, replace);
}

void RedactDialog::onFinished(const RedactionReport &report)
{
    if (!m_job->isPreview()) {
        if (!report.cancelled)
            showCounts(report);
        end(report.cancelled ? tr("Cancelled; nothing was written.")
                             : tr("Saved: %1 records, %2. Look through the copy before you share it.")
                                   .arg(QLocale().toString(report.records), bytesText(qint64(report.bytes))),
            false);
        return;
    }
    m_progress->hide();
    if (std::exchange(m_saveWhenFree, false))
        return start();
    if (std::exchange(m_stale, false))
        return preview();
    if (report.cancelled)
        return;
    showCounts(report);
    emit previewed();
}

void RedactDialog::onFailed(const Error &error)
{
    if (!m_job->isPreview() || !std::exchange(m_stale, false))
        return end(errorText(error), true);
    preview();
}

void RedactDialog::showCounts(const RedactionReport &report)
{
    m_counts->clear();
    const QLocale locale;
    for (qsizetype i = 0; i < report.summary.patterns.size(); ++i) {
        const Redacted::Pattern &pattern = report.summary.patterns[i];
        const QString where = redactionPlacesText(report, i, kMostPlaces);
        auto *row = new QTreeWidgetItem(m_counts, {QString::fromUtf8(pattern.name), locale.toString(pattern.matches), where});
        row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        row->setToolTip(2, where);
    }
    QStringList samples;
    for (const RedactionReport::Sample &sample : report.samples)
        samples.append(
            (sample.channel == ChannelId::None ? tr("command line")
                                               : QString::fromUtf8(report.channelNames.value(qsizetype(sample.channel))))
            + QStringLiteral(" │ ") + QString::fromUtf8(sample.text));
    m_samples->setPlainText(samples.join(u'\n'));
    const QStringList notes = redactionNotes(report);
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

void RedactDialog::end(const QString &result, bool warning)
{
    m_saveWhenFree = false;
    m_progress->hide();
    m_choices->setEnabled(true);
    m_path->setEnabled(true);
    m_look->setEnabled(true);
    m_close->setText(tr("Close"));
    m_result->setText(warning ? QStringLiteral("⚠ %1").arg(result) : result);
    m_result->show();
    updateButtons();
    m_save->setFocus();
    emit ended();
}

void RedactDialog::updateButtons()
{
    if (isSaving())
        return;
    m_save->setEnabled(!m_path->line()->text().isEmpty() && m_choices->fault().isEmpty());
    m_save->setText(!m_replace.isEmpty() && m_replace == m_path->line()->text() ? tr("&Replace") : tr("&Save copy"));
}

void RedactDialog::reject()
{
    if (std::exchange(m_saveWhenFree, false)) {
        end(tr("Cancelled; nothing was written."), false); // before it began
    } else if (isSaving()) {
        m_job->cancel();
    } else {
        m_job->cancel();
        QDialog::reject();
    }
}

} // namespace forkscope
