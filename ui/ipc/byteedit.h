// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ipc/messagetext.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPlainTextEdit;

namespace forkscope {

/// A field for bytes, written as text, JSON or hexadecimal digits, and a line that says how many they are or what is wrong.
class ByteEdit : public QWidget
{
    Q_OBJECT

public:
    /// name: what it is, for screen readers. ready: what is said of %1 bytes that may be sent.
    ByteEdit(const QString &name, const QString &ready, qsizetype largest, QWidget *parent = nullptr);

    /// An error: it is no JSON, no digits, or too much.
    Result<QByteArray> bytes() const;
    /// As text where that gives the same bytes back.
    void setBytes(const QByteArray &bytes);
    QString problem() const; ///< the line below the field

    QHBoxLayout *top() const { return m_top; } ///< of the kind, with room for more
    QComboBox *kind() const { return m_kind; }
    QPlainTextEdit *editor() const { return m_editor; }

signals:
    void checked(bool valid); ///< after each change

private:
    void check();

    QString m_ready;
    qsizetype m_largest;
    QHBoxLayout *m_top;
    QComboBox *m_kind;
    QPlainTextEdit *m_editor;
    QLabel *m_problem;
};

} // namespace forkscope
