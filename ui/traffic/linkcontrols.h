// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/channelfigures.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QToolButton;

namespace forkscope {

class ByteEdit;
class ElidedLabel;
class Session;

/// What can be done to a tapped pipe while programs use it, each with a line (or a tool tip) that says what the two programs
/// notice. A row holds what one does most, the rest is folded. Disabled, with the reason, where it is no live pipe of this
/// session. GUI thread.
class LinkControls : public QWidget
{
    Q_OBJECT

public:
    /// session: null for an opened recording; else it outlives this.
    explicit LinkControls(Session *session, QWidget *parent = nullptr);

    /// Nothing: no channel is selected, or several.
    void setChannel(const std::optional<ChannelFigures> &figures);
    /// Asks the link how it is; at display rate, while visible.
    void refresh();

    QString reason() const; ///< why nothing can be done; empty: it can
    QComboBox *keepBox() const { return m_keep; }
    QLineEdit *keepBytes() const { return m_keepBytes; }
    QPushButton *pauseButton() const { return m_pause; }
    QPushButton *stepButton() const { return m_step; }
    QPushButton *replaceButton() const { return m_replace; }
    QPushButton *dropButton() const { return m_drop; }
    ByteEdit *held() const { return m_held; }
    QLineEdit *bytesPerSecond() const { return m_bytesPerSecond; }
    QLineEdit *piecesPerSecond() const { return m_piecesPerSecond; }
    QLineEdit *delay() const { return m_delay; }
    QLineEdit *split() const { return m_split; }
    QComboBox *capacity() const { return m_capacity; }
    ByteEdit *injection() const { return m_injection; }
    QPushButton *injectButton() const { return m_inject; }
    QPushButton *resetButton() const { return m_reset; }
    QToolButton *moreButton() const { return m_more; } ///< unfolds the rest; remembered
    ElidedLabel *state() const { return m_state; }
    QString heldText() const;

signals:
    void told(const QString &message); ///< what was done
    void folded(); ///< or unfolded: another height fits

private:
    QWidget *buildRow();
    void buildMore();
    void connectAll();
    void setMore(bool on);
    QLabel *addRow(const QString &label, const QWidgetList &editors, QGridLayout *grid);
    QLineEdit *addField(const QString &name, const QString &placeholder);
    void showReason(const QString &reason);
    void showState(const LinkState &state);
    void showHeld(const LinkState &state);
    void showNotes();
    void applyKeep();
    void applySettings();
    void reset();
    void act(const std::function<void(Session &, ChannelId)> &action, const QString &done);
    void noteFault(QLineEdit *field, const QString &fault);

    Session *m_session;
    std::optional<ChannelFigures> m_figures;
    std::optional<LinkState> m_shown; ///< what the fields say
    QByteArray m_heldBytes; ///< that the editor was filled with
    quint64 m_heldAt = ~quint64(0); ///< bytes that had passed then

    QString m_title; ///< which pipe
    ElidedLabel *m_state;
    QLabel *m_reason, *m_fault;
    QScrollArea *m_scroll; ///< the rest
    QWidget *m_body, *m_row;
    QToolButton *m_more;
    QPushButton *m_reset, *m_pause, *m_step, *m_replace, *m_drop, *m_inject;
    QComboBox *m_keep, *m_capacity;
    QLineEdit *m_keepBytes, *m_bytesPerSecond, *m_piecesPerSecond, *m_delay, *m_split;
    QLabel *m_heldLabel;
    ByteEdit *m_held, *m_injection;
    QLabel *m_keepNote, *m_heldNote, *m_throttleNote, *m_splitNote, *m_capacityNote, *m_injectNote;
};

} // namespace forkscope
