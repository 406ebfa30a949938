// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspacepipes.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace forkscope {

/// A named pipe of a workspace: its name, whose streams it is, what is recorded of it. Says what is wrong as one types; changes
/// nothing itself. Use open(); deletes itself when it is closed. GUI thread.
class PipeDialog : public QDialog
{
    Q_OBJECT

public:
    /// name: the pipe that is edited; empty: a new one.
    PipeDialog(const Workspace &workspace, const QString &name, QWidget *parent = nullptr);

    WorkspacePipe pipe() const;
    QLineEdit *nameEdit() const { return m_nameEdit; }
    QListWidget *writers() const { return m_writers; }
    QListWidget *readers() const { return m_readers; }
    QComboBox *keepBox() const { return m_keep; }
    QLineEdit *keepBytes() const { return m_keepBytes; }
    QPushButton *acceptButton() const { return m_accept; }
    QString fault() const; ///< why it cannot be; empty: it can
    QString notes() const; ///< what else there is to know

signals:
    void pipeAccepted(const forkscope::WorkspacePipe &pipe);

private:
    QListWidget *newList(const QString &name, const QStringList &checked);
    void refresh();

    const Workspace m_workspace;
    const QString m_name;
    QLineEdit *m_nameEdit;
    QListWidget *m_writers, *m_readers;
    QComboBox *m_keep;
    QLineEdit *m_keepBytes;
    QLabel *m_keepUnit, *m_fault, *m_notes, *m_paths;
    QPushButton *m_accept;
};

} // namespace forkscope
