// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/poolrequest.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;
class QToolButton;
class QVBoxLayout;

namespace forkscope {

class InputListEdit;
class PoolOptionsEdit;
class TaskPreview;

/// Builds a pool with the mouse: a command or a function, its inputs, workers; what people rarely need folds out. Shows the first
/// tasks as one types. GUI thread.
class PoolBuilder : public QDialog
{
    Q_OBJECT

public:
    explicit PoolBuilder(QWidget *parent = nullptr);

    /// What is asked for now.
    PoolRequest request() const;
    /// Fills in an example: squares, or commands that sleep.
    void setRequest(const PoolRequest &request);
    void setWorkingDirectory(const QString &path) { m_workingDirectory = path; }

    QLineEdit *commandEdit() const { return m_command; }
    QRadioButton *functionRadio() const { return m_isFunction; }
    QComboBox *functionBox() const { return m_function; }
    QSpinBox *workersBox() const { return m_workers; }
    QList<InputListEdit *> lists() const { return m_lists; }
    QPushButton *addListButton() const { return m_addList; }
    PoolOptionsEdit *options() const { return m_options; }
    TaskPreview *preview() const { return m_preview; }
    QPushButton *startButton() const { return m_start; }

signals:
    void startRequested(const forkscope::PoolRequest &request);

private:
    void buildWhat(QVBoxLayout *layout);
    void buildInputs(QVBoxLayout *layout);
    void buildOptions(QVBoxLayout *layout);
    InputListEdit *addList();
    void removeList(InputListEdit *list);
    void numberLists();
    void orderTabs();
    void changed();
    QString fault() const;
    void accept() override;

    QString m_workingDirectory;
    QRadioButton *m_isCommand;
    QRadioButton *m_isFunction;
    QLineEdit *m_command;
    QComboBox *m_function;
    QLabel *m_hint;
    QLineEdit *m_name;
    QSpinBox *m_workers;
    QVBoxLayout *m_listLayout = nullptr;
    QList<InputListEdit *> m_lists;
    QPushButton *m_addList;
    QToolButton *m_more;
    PoolOptionsEdit *m_options;
    TaskPreview *m_preview;
    QPushButton *m_start;
};

} // namespace forkscope
