// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ipc/messagemodel.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QTableView;

namespace forkscope {

class BytesView;

/// The messages of a scene as a list, and one of them in full: decoded and in hexadecimal. GUI thread.
class MessagePane : public QWidget
{
    Q_OBJECT

public:
    explicit MessagePane(QWidget *parent = nullptr);

    void clear();
    void take(const SceneBatch &batch);
    MessageModel &model() { return m_model; }
    QTableView *table() const { return m_table; }
    QPlainTextEdit *value() const { return m_value; }
    BytesView *hex() const { return m_hex; }

private:
    void showCurrent();
    void showCount();

    MessageModel m_model;
    QTableView *m_table;
    QCheckBox *m_follow;
    QLabel *m_count, *m_title;
    QPlainTextEdit *m_value;
    BytesView *m_hex;
    QByteArray m_shownBytes; ///< in m_hex
};

} // namespace forkscope
