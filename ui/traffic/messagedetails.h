// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/fieldmodel.h"
#include "ui/traffic/messagecontent.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QTabBar;
class QThread;
class QTreeView;

namespace forkscope {

class BytesView;

/// One message in full: its facts, what a decoder makes of it, and its bytes; a field and its bytes are selected together. Reads
/// and decodes in a thread. GUI thread.
class MessageDetails : public QWidget
{
    Q_OBJECT

public:
    explicit MessageDetails(TrafficSource &source, QWidget *parent = nullptr);
    ~MessageDetails() override; ///< waits for a message that is being decoded

    /// Nothing: none. Takes effect soon; shown() tells.
    void show(std::optional<quint64> message);
    std::optional<quint64> message() const { return m_wanted; }
    const MessageContent *content() const { return m_content.get(); } ///< what is on show; null: none

    QTreeView *tree() const { return m_tree; }
    const FieldModel &fields() const { return m_model; }
    BytesView *bytes() const { return m_bytes; }
    QTabBar *layers() const { return m_layers; } ///< which bytes are on show, where there are several
    QComboBox *decoderBox() const { return m_decoder; }
    QLabel *decoderState() const { return m_state; }
    void focusDecoder();
    /// The whole tree as JSON, values as texts.
    QByteArray treeAsJson() const;

signals:
    void shown();
    void told(const QString &text);

private:
    void load();
    void take(const std::shared_ptr<MessageContent> &content);
    void showLayer(int layer);
    void selectField(const QModelIndex &index);
    void selectByte(quint64 offset);
    void showDecoder();
    void showTreeMenu(QPoint at);

    TrafficSource &m_source;
    std::optional<quint64> m_wanted;
    std::shared_ptr<MessageContent> m_content;
    QPointer<QThread> m_loading; ///< one at a time; the latest wish is carried out when it is through
    bool m_again = false;
    bool m_selecting = false; ///< the field of a byte: the bytes stay as they are

    FieldModel m_model;
    QComboBox *m_decoder;
    QLabel *m_state;
    QTreeView *m_tree;
    QTabBar *m_layers;
    BytesView *m_bytes;
};

} // namespace forkscope
