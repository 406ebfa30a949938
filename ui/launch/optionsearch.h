// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsection.h"

#include <QLineEdit>

class QCompleter;
class QStandardItemModel;

namespace forkscope {

/// Finds options by what they are called here or in Python. Enter, or a choice from the list, asks to show one.
class OptionSearch : public QLineEdit
{
    Q_OBJECT

public:
    explicit OptionSearch(QWidget *parent = nullptr);

    /// Adds all options of the group.
    void add(LaunchSection *section);
    /// The options that the text finds, best first: whole names before parts of them.
    QList<LaunchOption> find(const QString &text) const;

signals:
    void chosen(QWidget *editor);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refill();

    QList<LaunchOption> m_options;
    QStandardItemModel *m_found;
    QCompleter *m_completer;
};

} // namespace forkscope
