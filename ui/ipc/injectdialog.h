// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scenerunner.h"
#include "ui/ipc/messagetext.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;
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

    QComboBox *kind() const { return m_kind; }
    QPlainTextEdit *editor() const { return m_editor; }
    QPushButton *sendButton() const { return m_send; }
    QString problem() const;
    QString result() const;

signals:
    /// from: the process that sends it into a pipe; empty for a queue.
    void sendRequested(const QByteArray &bytes, qint64 priority, const QString &from);

private:
    void check();
    void send();

    QComboBox *m_kind, *m_from;
    QSpinBox *m_priority;
    QLabel *m_fromLabel, *m_priorityLabel;
    QPlainTextEdit *m_editor;
    QLabel *m_problem, *m_result;
    QPushButton *m_send;
};

} // namespace forkscope
