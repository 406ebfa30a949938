// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/childaction.h"

#include <QWidget>

#include <array>

class QCheckBox;
class QLineEdit;

namespace forkscope {

class ChildSteps;

/// A row for each limit of setrlimit(2), soft and hard with their units. Writes into the list of steps.
class ResourceLimits : public QWidget
{
    Q_OBJECT

public:
    explicit ResourceLimits(ChildSteps *steps, QWidget *parent = nullptr);

    void read(); ///< from the steps
    QString fault() const; ///< why what was typed is no limit; empty: it is
    QLineEdit *softEdit(SetResourceLimit::Resource resource) const { return m_rows[size_t(resource)].soft; }
    QLineEdit *hardEdit(SetResourceLimit::Resource resource) const { return m_rows[size_t(resource)].hard; }
    QCheckBox *check(SetResourceLimit::Resource resource) const { return m_rows[size_t(resource)].check; }

signals:
    void changed(); ///< what was typed, also where it is no value

private:
    struct Row {
        QCheckBox *check = nullptr;
        QLineEdit *soft = nullptr;
        QLineEdit *hard = nullptr;
    };
    void write(int resource);
    QString faultOf(int resource) const;

    static constexpr int kCount = 9;
    ChildSteps *m_steps;
    std::array<Row, kCount> m_rows;
};

} // namespace forkscope
