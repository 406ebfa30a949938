// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/exportdialog.h"

#include "ui/launch/pathedit.h"
#include "ui/recording/exportjob.h"
#include "ui/recording/exportwords.h"
#include "ui/widgets/settings.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSet>
#include <QStandardPaths>
#include <QStyle>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr auto kFormatKey = "export/format";
constexpr auto kFolderKey = "export/folder";
constexpr int kMostSources = 1000; // a longer list cannot be chosen from

bool isTyped(const ChannelInfo &channel)
{
    return channel.kind == ChannelKind::StandardInput || !isText(channel.kind);
}

} // namespace

ExportDialog::ExportDialog(const Journal &journal, const ExportSelection &selection, QWidget *parent)
    : QDialog(parent), m_journal(journal), m_selection(selection), m_job(new ExportJob(journal, this)), m_choices(new QWidget),
      m_formats(new QButtonGroup(this)), m_processes(new QComboBox), m_streamRow(new QWidget), m_source(new QComboBox),
      m_times(new QCheckBox(tr("Time, stream and process before each li&ne"))),
      m_events(new QCheckBox(tr("Also what &happened to processes"))),
      m_typed(new QCheckBox(tr("Also what was t&yped (it may hold passwords)"))),
      m_path(new PathEdit(PathEdit::Kind::Output, tr("File to export to"))), m_progress(new QProgressBar), m_result(new QLabel)
{
    setWindowTitle(tr("Export"));
    auto *choices = new QVBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    buildFormats(choices);
    m_form = new QFormLayout;
    buildChoices(m_form);
    choices->addLayout(m_form);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_choices);
    layout->addStretch();
    buildEnd(layout);

    connect(m_job, &ExportJob::progressed, m_progress, &QProgressBar::setValue);
    connect(m_job, &ExportJob::fileExists, this, [this] {
        m_replace = m_path->line()->text();
        end(tr("%1 exists. Press Replace to write it anew.").arg(QFileInfo(m_replace).fileName()), true);
        m_export->setText(tr("&Replace"));
    });
    connect(m_job, &ExportJob::finished, this, [this](const ExportReport &report) {
        end(report.cancelled ? tr("Cancelled; nothing was written.") : exportResultText(report),
            report.lostRecords > 0 || !report.file.complete());
    });
    connect(m_job, &ExportJob::failed, this, [this](const Error &error) { end(errorText(error), true); });

    const int remembered = Settings().value(QLatin1String(kFormatKey), 0).toInt();
    setFormat(ExportFormat(std::clamp(remembered, 0, int(exportFormats().size()) - 1)));
    formatButton(format())->setFocus();
    resize(560, sizeHint().height());
}

void ExportDialog::buildFormats(QLayout *layout)
{
    auto *box = new QGroupBox(tr("Format"));
    auto *rows = new QVBoxLayout(box);
    rows->setSpacing(2);
    for (const ExportFormatName &name : exportFormats()) {
        auto *button = new QRadioButton(exportFormatName(name.format));
        auto *purpose = new QLabel(exportFormatPurpose(name.format));
        purpose->setWordWrap(true);
        purpose->setForegroundRole(QPalette::PlaceholderText);
        purpose->setIndent(
            style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth) + style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing));
        button->setAccessibleDescription(purpose->text());
        m_formats->addButton(button, int(name.format));
        rows->addWidget(button);
        rows->addWidget(purpose);
    }
    connect(m_formats, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            updateChoices();
    });
    layout->addWidget(box);
}

void ExportDialog::buildChoices(QFormLayout *form)
{
    if (m_selection.messages) {
        m_processes->addItem(tr("All"));
        m_processes->addItem(m_selection.name);
        m_processes->setCurrentIndex(1);
    } else if (m_selection.launch == LaunchId::None) {
        m_processes->addItem(tr("All (to export one, select it in the window first)"));
    } else {
        m_processes->addItem(tr("All"));
        m_processes->addItem(tr("%1 and what it started").arg(m_selection.name));
        m_processes->setCurrentIndex(1);
    }
    m_processes->setAccessibleName(tr("Part"));
    m_processes->setEnabled(m_processes->count() > 1);
    m_source->setAccessibleName(tr("Source"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(m_processes, &QComboBox::currentIndexChanged, this, &ExportDialog::updateChoices);

    const std::pair<ChannelKind, QString> kinds[]
        = {{ChannelKind::StandardOutput, tr("Standard &output")}, {ChannelKind::StandardError, tr("Standard &error")},
            {ChannelKind::Terminal, tr("Ter&minal")}, {ChannelKind::StandardInput, tr("Standard &input")},
            {ChannelKind::Queue, tr("&Queues")}, {ChannelKind::Connection, tr("Connec&tions")}, {ChannelKind::Pipe, tr("Pi&pes")},
            {ChannelKind::Other, tr("Other channel&s")}};
    QSet<ChannelKind> present;
    for (quint32 i = 0; i < m_journal.channelCount(); ++i)
        present.insert(m_journal.channel(ChannelId(i)).kind);
    auto *streams = new QHBoxLayout(m_streamRow);
    streams->setContentsMargins(0, 0, 0, 0);
    for (const auto &[kind, name] : kinds) {
        if (!present.contains(kind))
            continue;
        auto *box = new QCheckBox(name);
        box->setChecked(true);
        connect(box, &QCheckBox::toggled, this, &ExportDialog::updateChoices);
        m_streams.insert(int(kind), box);
        streams->addWidget(box);
    }
    streams->addStretch();

    m_events->setChecked(true);
    form->addRow(tr("&Part:"), m_processes);
    form->addRow(tr("Streams:"), m_streamRow);
    form->addRow(tr("So&urce:"), m_source);
    for (QCheckBox *option : {m_times, m_events, m_typed})
        form->addRow(QString(), option);
    form->addRow(tr("Fi&le:"), m_path);
    connect(m_path->line(), &QLineEdit::textChanged, this, &ExportDialog::updateChoices);
}

void ExportDialog::buildEnd(QLayout *layout)
{
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the export"));
    m_progress->hide();
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->setAccessibleName(tr("Result of the export"));
    m_result->hide();
    auto *buttons = new QDialogButtonBox;
    m_export = buttons->addButton(tr("E&xport"), QDialogButtonBox::AcceptRole);
    m_close = buttons->addButton(QDialogButtonBox::Close);
    m_close->setText(tr("Close"));
    m_close->setAutoDefault(false); // a second Enter must not cancel what the first one began
    m_export->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &ExportDialog::reject);
    layout->addWidget(m_progress);
    layout->addWidget(m_result);
    layout->addWidget(buttons);
}

ExportFormat ExportDialog::format() const
{
    return ExportFormat(m_formats->checkedId());
}

void ExportDialog::setFormat(ExportFormat format)
{
    formatButton(format)->setChecked(true);
}

QAbstractButton *ExportDialog::formatButton(ExportFormat format) const
{
    return m_formats->button(int(format));
}

QLineEdit *ExportDialog::path() const
{
    return m_path->line();
}

QString ExportDialog::result() const
{
    return m_result->text();
}

bool ExportDialog::isRunning() const
{
    return m_job->isRunning();
}

/// Of the chosen processes.
QList<ChannelInfo> ExportDialog::wantedChannels() const
{
    QList<ChannelInfo> channels;
    for (quint32 i = 0; i < m_journal.channelCount(); ++i) {
        const ChannelInfo channel = m_journal.channel(ChannelId(i));
        if (isAll() || (m_selection.messages ? isBetweenProcesses(channel.kind) : channel.launch == m_selection.launch))
            channels.append(channel);
    }
    return channels;
}

bool ExportDialog::isAll() const
{
    return m_processes->currentIndex() == 0;
}

ExportRequest ExportDialog::request() const
{
    ExportRequest request{.format = format(), .stamped = m_times->isChecked(), .events = m_events->isChecked()};
    request.decoders = m_selection.decoders;
    if (!isAll() && m_selection.messages)
        request.messages = m_selection.messages;
    else if (!isAll())
        request.launches = QList<LaunchId>{m_selection.launch};
    if (request.format == ExportFormat::Raw) {
        request.channels.emplace();
        if (m_source->currentIndex() >= 0)
            request.channels->append(ChannelId(m_source->currentData().toUInt()));
    } else if (request.format == ExportFormat::Asciicast) {
        const LaunchId launch = LaunchId(m_source->currentData().toUInt());
        request.launches = QList<LaunchId>{launch};
        request.messages.reset();
        request.channels.emplace();
        for (const ChannelInfo &channel : wantedChannels())
            if (channel.launch == launch && (m_typed->isChecked() || !isTyped(channel)))
                request.channels->append(channel.id);
    } else if (!request.messages
        && std::any_of(m_streams.begin(), m_streams.end(), [](const QCheckBox *box) { return !box->isChecked(); })) {
        request.channels.emplace();
        for (const ChannelInfo &channel : wantedChannels())
            if (const QCheckBox *box = stream(channel.kind); !box || box->isChecked())
                request.channels->append(channel.id);
    }
    return request;
}

void ExportDialog::updateChoices()
{
    if (m_job->isRunning())
        return;
    const bool one = format() == ExportFormat::Raw || format() == ExportFormat::Asciicast;
    const auto show = [this](QWidget *field, bool on) {
        field->setVisible(on);
        if (QWidget *label = m_form->labelForField(field))
            label->setVisible(on);
    };
    const bool messages = m_selection.messages && !isAll();
    show(m_streamRow, !one && !messages && !m_streams.isEmpty());
    show(m_source, one);
    show(m_times, format() == ExportFormat::Text);
    show(m_events, format() == ExportFormat::JsonLines && !messages);
    show(m_typed, format() == ExportFormat::Asciicast);
    const QObject *changed = sender();
    if (changed != m_path->line()) {
        if (one)
            fillSource();
        suggestPath();
    }
    m_export->setEnabled(!m_path->line()->text().isEmpty() && (!one || m_source->count() > 0));
    m_export->setText(m_replace == m_path->line()->text() && !m_replace.isEmpty() ? tr("&Replace") : tr("E&xport"));
    m_result->hide();
    if (one && m_source->count() == 0) {
        m_result->setText(format() == ExportFormat::Raw ? tr("There is no channel yet.") : tr("There is no output yet."));
        m_result->show();
    }
}

/// The channels, or the commands that have a terminal; where none has, those that wrote to pipes.
void ExportDialog::fillSource()
{
    const QVariant before = m_source->currentData();
    m_source->clear();
    const QList<ChannelInfo> channels = wantedChannels();
    if (format() == ExportFormat::Raw) {
        for (const ChannelInfo &channel : channels.first(std::min<qsizetype>(channels.size(), kMostSources)))
            m_source->addItem(QString::fromUtf8(channel.name), quint32(channel.id));
    } else {
        const bool terminals = std::any_of(
            channels.begin(), channels.end(), [](const ChannelInfo &channel) { return channel.kind == ChannelKind::Terminal; });
        QSet<LaunchId> listed;
        for (const ChannelInfo &channel : channels) {
            if (isTyped(channel) || (channel.kind == ChannelKind::Terminal) != terminals || listed.contains(channel.launch)
                || m_source->count() == kMostSources)
                continue;
            listed.insert(channel.launch);
            const QString process = QString::fromUtf8(channel.name).section(u' ', 1);
            m_source->addItem(
                terminals ? tr("Terminal of %1").arg(process) : tr("Output of %1 (it had no terminal)").arg(process),
                quint32(channel.launch));
        }
    }
    m_source->setCurrentIndex(std::max(0, m_source->findData(before)));
}

/// The name stays, its end follows the format.
void ExportDialog::suggestPath()
{
    const QString suffix = QLatin1String(exportFormats()[size_t(format())].suffix);
    const QString typed = m_path->line()->text();
    QString path = typed;
    if (typed.isEmpty()) {
        const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
        const QString folder = QFileInfo::exists(documents) ? documents : QDir::homePath();
        path = QDir(Settings().value(QLatin1String(kFolderKey), folder).toString())
                   .filePath(QFileInfo(m_journal.path()).completeBaseName());
    }
    for (const ExportFormatName &name : exportFormats())
        if (path.endsWith(u'.' + QLatin1String(name.suffix)))
            path.chop(qsizetype(std::strlen(name.suffix)) + 1);
    path += u'.' + suffix;
    if (path != typed)
        m_path->setPath(QFile::encodeName(path));
}

void ExportDialog::start()
{
    if (m_job->isRunning())
        return;
    const QString typed = m_path->line()->text();
    const QString path = QFileInfo(QFile::decodeName(m_path->path())).absoluteFilePath();
    Settings().setValue(QLatin1String(kFormatKey), int(format()));
    Settings().setValue(QLatin1String(kFolderKey), QFileInfo(path).path());
    const bool replace = !m_replace.isEmpty() && m_replace == typed;
    m_replace.clear();
    m_progress->setValue(0);
    m_progress->show();
    m_result->hide();
    m_choices->setEnabled(false);
    m_export->setEnabled(false);
    m_close->setText(tr("Cancel"));
    m_close->setFocus();
    m_job->start(request(), path, replace);
}

void ExportDialog::end(const QString &result, bool warning)
{
    m_progress->hide();
    m_choices->setEnabled(true);
    m_close->setText(tr("Close"));
    updateChoices();
    m_result->setText(warning ? QStringLiteral("⚠ %1").arg(result) : result);
    m_result->show();
    m_export->setFocus();
    emit ended();
}

void ExportDialog::reject()
{
    if (m_job->isRunning())
        m_job->cancel();
    else
        QDialog::reject();
}

} // namespace forkscope
