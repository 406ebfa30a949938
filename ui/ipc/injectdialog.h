// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scenerunner.h"
#include "ui/ipc/byteedit.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace forkscope {

/// Where a person writes messages by hand; stays open. GUI thread.
class InjectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit InjectDialog(QWidget *parent);

    void setScene(const Scene &scene);
    void showResult(const InjectionResult &result);

    QComboBox *kind() const { return m_message->kind(); }
    QPlainTextEdit *editor() const { return m_message->editor(); }
    QPushButton *sendButton() const { return m_send; }
    QString problem() const { return m_message->problem(); }
    QString result() const;

signals:
    /// from: the process that sends it into a pipe; empty for a queue.
    void sendRequested(const QByteArray &bytes, qint64 priority, const QString &from);

private:
    void send();

    ByteEdit *m_message;
    QComboBox *m_from;
    QSpinBox *m_priority;
    QLabel *m_fromLabel, *m_priorityLabel;
    QLabel *m_result;
    QPushButton *m_send;
};

} // namespace forkscope
