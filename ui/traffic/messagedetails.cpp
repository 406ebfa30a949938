// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/messagedetails.h"

#include "ui/traffic/bytesview.h"
#include "ui/window/background.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTabBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace forkscope {

namespace {

QJsonObject jsonOf(const FieldNode &node)
{
    QJsonObject object{{QStringLiteral("name"), node.name}};
    if (!node.value.isEmpty())
        object.insert(QStringLiteral("value"), node.value);
    QJsonArray parts;
    for (const auto &part : node.parts)
        parts.append(jsonOf(*part));
    if (!parts.isEmpty())
        object.insert(QStringLiteral("fields"), parts);
    return object;
}

} // namespace

MessageDetails::MessageDetails(TrafficSource &source, QWidget *parent)
    : QWidget(parent), m_source(source), m_decoder(new QComboBox), m_state(new QLabel), m_tree(new QTreeView),
      m_layers(new QTabBar), m_bytes(new BytesView)
{
    m_tree->setModel(&m_model);
    m_tree->setAccessibleName(tr("Fields of the message"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->header()->setSectionResizeMode(FieldModel::Name, QHeaderView::Interactive);
    m_tree->header()->resizeSection(FieldModel::Name, fontMetrics().horizontalAdvance(QLatin1Char('0')) * 20);
    m_decoder->setAccessibleName(tr("Decoder of this channel"));
    m_decoder->setToolTip(tr("How the messages of this channel are decoded"));
    m_decoder->addItem(tr("Guess"));
    for (const decode::Decoder *decoder : decode::decoders())
        m_decoder->addItem(QLatin1String(decoder->name()), QByteArray(decoder->name()));
    m_decoder->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_decoder->setMinimumContentsLength(12);
    m_state->setTextFormat(Qt::PlainText);
    m_layers->setAccessibleName(tr("Which bytes are shown"));
    m_layers->setDrawBase(false);
    m_layers->setExpanding(false);
    m_layers->hide();

    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(2);
    auto *top = new QHBoxLayout;
    auto *label = new QLabel(tr("Decode &as:"));
    label->setBuddy(m_decoder);
    top->addWidget(label);
    top->addWidget(m_decoder);
    top->addWidget(m_state, 1);
    leftLayout->addLayout(top);
    leftLayout->addWidget(m_tree, 1);
    auto *right = new QWidget;
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(2);
    rightLayout->addWidget(m_layers);
    rightLayout->addWidget(m_bytes, 1);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({280, 320});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_decoder, &QComboBox::activated, this, [this] {
        if (m_content)
            m_source.chooseDecoder(m_content->channel, decode::decoderNamed(m_decoder->currentData().toByteArray()));
    });
    connect(&m_source, &TrafficSource::decoderChanged, this, [this](ChannelId channel) {
        if (m_wanted && m_source.index().channel(*m_wanted) == channel)
            load();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &MessageDetails::selectField);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &MessageDetails::showTreeMenu);
    connect(m_layers, &QTabBar::currentChanged, this, &MessageDetails::showLayer);
    connect(m_bytes, &BytesView::byteChosen, this, &MessageDetails::selectByte);
    connect(m_bytes, &BytesView::copyCut, this,
        [this](quint64 bytes) { emit told(tr("Only the first %L1 bytes of the selection were copied.").arg(bytes)); });
    show({});
}

MessageDetails::~MessageDetails()
{
    if (m_loading)
        m_loading->wait();
}

void MessageDetails::show(std::optional<quint64> message)
{
    m_wanted = message;
    load();
}

void MessageDetails::load()
{
    if (!m_wanted)
        return take(nullptr);
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = runInBackground(
        this, [&source = std::as_const(m_source), message = *m_wanted] { return loadMessage(source, message); },
        [this](const std::shared_ptr<MessageContent> &content) {
            m_loading = nullptr;
            if (std::exchange(m_again, false))
                return load();
            if (m_wanted == content->message)
                take(content);
        });
}

void MessageDetails::take(const std::shared_ptr<MessageContent> &content)
{
    m_content = content;
    m_model.setRoot(content ? std::move(content->root) : nullptr);
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        m_tree->setExpanded(index, FieldModel::node(index)->isOpen);
    }
    {
        const QSignalBlocker blocker(m_layers);
        while (m_layers->count() > 0)
            m_layers->removeTab(0);
        for (qsizetype i = 0; content && i < content->layers.size(); ++i)
            m_layers->addTab(content->layers[i].title);
        m_layers->setCurrentIndex(0);
    }
    m_layers->setVisible(m_layers->count() > 1);
    m_bytes->setBytes(content ? content->layers.first().bytes : nullptr);
    showDecoder();
    if (content)
        emit shown();
}

void MessageDetails::showDecoder()
{
    m_decoder->setEnabled(m_content != nullptr);
    if (!m_content) {
        m_state->setText(tr("No message selected"));
        return;
    }
    const QString name = QLatin1String(m_content->decoder->name());
    m_decoder->setCurrentIndex(
        m_content->isChosen ? std::max(0, m_decoder->findData(QByteArray(m_content->decoder->name()))) : 0);
    m_state->setText(
        m_content->isChosen ? QString() : tr("%1, %2 % sure", "decoder, per cent").arg(name).arg(m_content->confidence));
    m_state->setToolTip(m_content->isChosen
            ? tr("Chosen for all messages of this channel")
            : tr("Guessed from the beginning of the channel. Of this message alone the guess would be that sure."));
}

void MessageDetails::focusDecoder()
{
    m_decoder->setFocus(Qt::ShortcutFocusReason);
    m_decoder->showPopup();
}

void MessageDetails::showLayer(int layer)
{
    if (m_content && layer >= 0 && layer < m_content->layers.size())
        m_bytes->setBytes(m_content->layers[layer].bytes);
}

void MessageDetails::selectField(const QModelIndex &index)
{
    const FieldNode *field = index.isValid() ? FieldModel::node(index) : nullptr;
    if (!field || field->layer < 0 || m_selecting || !m_content)
        return;
    if (m_layers->currentIndex() != field->layer)
        m_layers->setCurrentIndex(field->layer);
    m_bytes->select(field->offset, field->length);
}

void MessageDetails::selectByte(quint64 offset)
{
    if (!m_model.root())
        return;
    const FieldNode *field = m_model.root()->innermost(std::max(0, m_layers->currentIndex()), offset);
    if (!field)
        return;
    const QScopedValueRollback selecting(m_selecting, true);
    const QModelIndex index = m_model.indexOf(field);
    m_tree->setCurrentIndex(index); // opens what it lies in
    m_tree->scrollTo(index);
}

QByteArray MessageDetails::treeAsJson() const
{
    QJsonArray parts;
    if (m_model.root())
        for (const auto &part : m_model.root()->parts)
            parts.append(jsonOf(*part));
    return QJsonDocument(parts).toJson();
}

void MessageDetails::showTreeMenu(QPoint at)
{
    const QModelIndex index = m_tree->currentIndex();
    QMenu menu(this);
    const auto add = [&](const QString &text, const QString &copied, bool enabled) {
        menu.addAction(text, this, [copied] { QApplication::clipboard()->setText(copied); })->setEnabled(enabled);
    };
    const FieldNode *field = index.isValid() ? FieldModel::node(index) : nullptr;
    add(tr("Copy &value"), field ? field->value : QString(), field);
    add(tr("Copy &name and value"), field ? tr("%1: %2", "name, value").arg(field->name, field->value) : QString(), field);
    menu.addAction(tr("Copy all as &JSON"), this, [this] { QApplication::clipboard()->setText(QString::fromUtf8(treeAsJson())); })
        ->setEnabled(m_model.rowCount() > 0);
    menu.addSeparator();
    menu.addAction(tr("&Expand all"), m_tree, &QTreeView::expandAll);
    menu.addAction(tr("&Collapse all"), m_tree, &QTreeView::collapseAll);
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

} // namespace forkscope
