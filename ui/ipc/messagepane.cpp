// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/messagepane.h"

#include "ui/ipc/messagetext.h"
#include "ui/traffic/bytesview.h"
#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace forkscope {

MessagePane::MessagePane(QWidget *parent)
    : QWidget(parent), m_table(new QTableView), m_follow(new QCheckBox(tr("&Follow"))), m_count(new QLabel), m_title(new QLabel),
      m_value(new QPlainTextEdit), m_hex(new BytesView)
{
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setAccessibleName(tr("Messages"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 4);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const QFontMetrics metrics = m_table->fontMetrics();
    const char *const widest[] = {"1,234,567", "producer-10", "consumer-10", "+1234.567 s", "on its way", "1023.9 KiB"};
    for (int column = 0; column < MessageModel::Value; ++column)
        m_table->setColumnWidth(column, metrics.horizontalAdvance(QLatin1String(widest[column])) + 18);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Keep the latest message in view; ends when you select or scroll"));
    m_title->setTextFormat(Qt::PlainText);
    m_value->setReadOnly(true);
    m_value->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_value->setTabChangesFocus(true);
    m_value->setAccessibleName(tr("Decoded value of the selected message"));
    m_hex->setAccessibleName(tr("Bytes of the selected message"));
    m_value->setPlaceholderText(tr("Select a message to see what it says."));

    auto *top = new QHBoxLayout;
    top->addWidget(m_count, 1);
    top->addWidget(m_follow);
    auto *list = new QWidget;
    auto *listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 0, 0);
    listLayout->setSpacing(2);
    listLayout->addLayout(top);
    listLayout->addWidget(m_table);
    auto *detail = new QWidget;
    auto *detailLayout = new QVBoxLayout(detail);
    detailLayout->setContentsMargins(0, 0, 0, 0);
    detailLayout->setSpacing(2);
    detailLayout->addWidget(m_title);
    auto *both = new QSplitter(Qt::Horizontal);
    both->addWidget(m_value);
    both->addWidget(m_hex);
    both->setSizes({190, 530});
    detailLayout->addWidget(both, 1);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(list);
    splitter->addWidget(detail);
    splitter->setSizes({220, 120});
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(splitter);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && m_table->hasFocus())
            m_follow->setChecked(false);
        showCurrent();
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_follow->setChecked(false); });
    connect(m_follow, &QCheckBox::toggled, this, [this](bool follow) {
        if (follow)
            m_table->scrollToBottom();
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to) {
        const int row = m_table->currentIndex().row();
        if (row >= from.row() && row <= to.row())
            showCurrent();
    });
    showCount();
    showCurrent();
}

void MessagePane::clear()
{
    m_model.clear();
    m_follow->setChecked(true);
    showCount();
    showCurrent();
}

void MessagePane::take(const SceneBatch &batch)
{
    m_model.take(batch);
    if (m_follow->isChecked() && !batch.appeared.isEmpty())
        m_table->scrollToBottom();
    showCount();
}

void MessagePane::showCount()
{
    const QLocale locale;
    QString text = tr("%Ln message(s)", nullptr, m_model.rowCount());
    if (m_model.rowCount() == 0 && m_model.dropped() == 0)
        text = tr("What is put and got is listed here.");
    else if (m_model.dropped() > 0)
        text
            = tr("The latest %1 · %2 more not kept").arg(locale.toString(m_model.rowCount()), locale.toString(m_model.dropped()));
    m_count->setText(text);
}

void MessagePane::showCurrent()
{
    const SceneMessage *message = m_model.message(m_table->currentIndex().row());
    if (!message) {
        m_title->setText(tr("No message selected"));
        m_value->clear();
        m_hex->setBytes(nullptr);
        m_shownBytes.clear();
        return;
    }
    const bool cut = quint64(message->prefix.size()) < message->size;
    const MessageText text = MessageText::of(message->prefix, cut);
    QStringList title
        = {tr("Message %1").arg(QLocale().toString(message->number)), text.kindName(), bytesText(qint64(message->size))};
    if (message->waitedNs() >= 0)
        title += tr("waited %1").arg(durationText(message->waitedNs()));
    if (cut)
        title += tr("only the first %1 are kept").arg(bytesText(message->prefix.size()));
    m_title->setText(title.join(QStringLiteral(" · ")));
    if (m_value->toPlainText() != text.text)
        m_value->setPlainText(text.text);
    if (m_shownBytes != message->prefix || !m_hex->bytes()) {
        m_shownBytes = message->prefix;
        m_hex->setBytes(std::make_shared<HeldBytes>(m_shownBytes));
    }
}

} // namespace forkscope
