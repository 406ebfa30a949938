// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <QWidget>

class QGridLayout;
class QToolButton;

namespace forkscope {

/// What a profile waits for: a row a dependency, the other's name and what it must have reached.
class DependencyList : public QWidget
{
    Q_OBJECT

public:
    explicit DependencyList(const QStringList &otherProfiles, QWidget *parent = nullptr);

    QList<Dependency> dependencies() const { return m_dependencies; }
    void setDependencies(const QList<Dependency> &dependencies); ///< without changed()
    QToolButton *addButton() const { return m_add; }

    static QString conditionText(Dependency::Condition condition);

signals:
    void changed();

private:
    void rebuild();

    QStringList m_others;
    QList<Dependency> m_dependencies;
    QWidget *m_rows;
    QToolButton *m_add;
};

} // namespace forkscope
