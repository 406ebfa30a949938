// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/redactchoices.h"

#include "ui/recording/redactwords.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace forkscope {

namespace {

enum Column { Replace, LeaveOut, Name, ColumnCount };
constexpr quint32 kMostChannels = 1000; // a longer list cannot be chosen from

} // namespace

RedactChoices::RedactChoices(const Journal &journal, QWidget *parent)
    : QWidget(parent), m_journal(journal),
      m_payload(box(tr("Replace &all payload"), tr("Every byte becomes *; times and sizes stay."))),
      m_channels(new QTableWidget(0, ColumnCount)),
      m_arguments(box(tr("Ar&guments"), tr("Of each command line only the program stays."))),
      m_directories(box(tr("&Directories"), tr("Working directories, and the folders in command lines."))),
      m_environment(box(tr("&Variables"), tr("Values in NAME=VALUE, in command lines and in output."))),
      m_texts(lines(tr("Texts to mask, one a line"))), m_expressions(lines(tr("Regular expressions to mask, one a line"))),
      m_fault(new QLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    buildChannels(layout);
    buildCommandLines(layout);
    buildPatterns(layout);
}

QCheckBox *RedactChoices::box(const QString &text, const QString &help)
{
    auto *made = new QCheckBox(text);
    made->setToolTip(help);
    made->setAccessibleDescription(help);
    connect(made, &QCheckBox::toggled, this, &RedactChoices::changed);
    return made;
}

QPlainTextEdit *RedactChoices::lines(const QString &name)
{
    auto *edit = new QPlainTextEdit;
    edit->setAccessibleName(name);
    edit->setTabChangesFocus(true);
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * 3 + 12);
    connect(edit, &QPlainTextEdit::textChanged, this, &RedactChoices::changed);
    return edit;
}

void RedactChoices::buildChannels(QVBoxLayout *layout)
{
    auto *group = new QGroupBox(tr("Channels"));
    auto *rows = new QVBoxLayout(group);
    m_channels->setHorizontalHeaderLabels({tr("Replace"), tr("Leave out"), tr("Channel")});
    m_channels->setAccessibleName(tr("Channels whose payload is replaced, or that are left out"));
    m_channels->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_channels->horizontalHeader()->setStretchLastSection(true);
    m_channels->horizontalHeader()->setHighlightSections(false);
    m_channels->horizontalHeaderItem(Name)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_channels->verticalHeader()->hide();
    m_channels->setSelectionMode(QAbstractItemView::SingleSelection);
    m_channels->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_channels->setTabKeyNavigation(false);
    m_channels->setMinimumHeight(90);
    const quint32 count = std::min(m_journal.channelCount(), kMostChannels);
    m_channels->setRowCount(int(count));
    for (int row = 0; row < int(count); ++row) {
        const QString name = QString::fromUtf8(m_journal.channel(ChannelId(quint32(row))).name);
        auto *label = new QTableWidgetItem(name);
        label->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        m_channels->setItem(row, Name, label);
        for (const int column : {Replace, LeaveOut}) {
            auto *item = new QTableWidgetItem;
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            item->setCheckState(Qt::Unchecked);
            item->setData(
                Qt::AccessibleTextRole, (column == Replace ? tr("Replace the payload of %1") : tr("Leave out %1")).arg(name));
            m_channels->setItem(row, column, item);
        }
    }
    connect(m_channels, &QTableWidget::itemChanged, this, &RedactChoices::changed);
    connect(m_payload, &QCheckBox::toggled, this, [this](bool all) { m_channels->setColumnHidden(Replace, all); });
    rows->addWidget(m_payload);
    rows->addWidget(m_channels, 1);
    if (m_journal.channelCount() > kMostChannels)
        rows->addWidget(new QLabel(tr("The first %1 channels. The command line takes them all.").arg(kMostChannels)));
    layout->addWidget(group, 1);
}

void RedactChoices::buildCommandLines(QVBoxLayout *layout)
{
    auto *group = new QGroupBox(tr("Remove from command lines"));
    auto *row = new QHBoxLayout(group);
    for (QCheckBox *part : {m_arguments, m_directories, m_environment})
        row->addWidget(part);
    row->addStretch();
    layout->addWidget(group);
}

void RedactChoices::buildPatterns(QVBoxLayout *layout)
{
    auto *group = new QGroupBox(tr("Mask in output, command lines, paths and names"));
    auto *rows = new QVBoxLayout(group);
    auto *grid = new QGridLayout;
    grid->setVerticalSpacing(2);
    const std::pair<const char *, QString> names[]
        = {{"email", tr("E-&mail addresses")}, {"tokens", tr("To&kens")}, {"home", tr("&Home folders")},
            {"ipv4", tr("IPv&4 addresses")}, {"passwords", tr("&Passwords")}, {"user", tr("My &user name")},
            {"ipv6", tr("IPv&6 addresses")}, {"private-keys", tr("Private ke&ys")}, {"host", tr("C&omputer name")}};
    int cell = 0;
    for (const auto &[word, name] : names) {
        QCheckBox *preset = box(name, maskPresetPurpose(word));
        preset->setChecked(true);
        m_presets.insert(word, preset);
        grid->addWidget(preset, cell / 3, cell % 3);
        ++cell;
    }
    rows->addLayout(grid);
    auto *fields = new QGridLayout;
    fields->setVerticalSpacing(2);
    auto *textsLabel = new QLabel(tr("&Texts, one a line:"));
    textsLabel->setBuddy(m_texts);
    auto *expressionsLabel = new QLabel(tr("Regular e&xpressions, one a line:"));
    expressionsLabel->setBuddy(m_expressions);
    fields->addWidget(textsLabel, 0, 0);
    fields->addWidget(expressionsLabel, 0, 1);
    fields->addWidget(m_texts, 1, 0);
    fields->addWidget(m_expressions, 1, 1);
    rows->addLayout(fields);
    m_fault->setWordWrap(true);
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->hide();
    rows->addWidget(m_fault);
    layout->addWidget(group);
}

bool RedactChoices::isChecked(int row, int column) const
{
    return m_channels->item(row, column)->checkState() == Qt::Checked;
}

QString RedactChoices::fault() const
{
    return m_fault->isHidden() ? QString() : m_fault->text();
}

Result<RedactionRequest> RedactChoices::request()
{
    RedactionRequest request{.stripArguments = m_arguments->isChecked(),
        .stripDirectories = m_directories->isChecked(),
        .stripEnvironment = m_environment->isChecked()};
    QSet<ChannelId> replaced;
    for (int row = 0; row < m_channels->rowCount(); ++row) {
        if (isChecked(row, LeaveOut))
            request.dropChannels.insert(ChannelId(quint32(row)));
        if (isChecked(row, Replace))
            replaced.insert(ChannelId(quint32(row)));
    }
    request.stripPayload = m_payload->isChecked() || !replaced.isEmpty();
    if (!m_payload->isChecked())
        request.stripChannels = replaced;
    const OwnNames names = OwnNames::ofThisComputer();
    for (const char *word : maskPresets())
        if (const QCheckBox *preset = m_presets.value(word); preset && preset->isChecked())
            request.patterns.append(presetPatterns(word, names));
    m_fault->hide();
    const auto add = [&](QPlainTextEdit *edit, auto make, const QByteArray &name) -> Result<void> {
        int number = 0;
        for (const QString &line : edit->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
            auto made = make(line, name + QByteArray::number(++number));
            if (!made)
                return made.error();
            request.patterns.append(std::move(made).value());
        }
        return {};
    };
    (void)add(m_texts, maskText, "text ").ok(); // any text will do
    if (const auto added = add(m_expressions, maskExpression, "expression "); !added) {
        m_fault->setText(QStringLiteral("⚠ %1").arg(errorText(added.error())));
        m_fault->show();
        return added.error();
    }
    return request;
}

} // namespace forkscope
