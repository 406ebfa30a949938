// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace forkscope {

/// A choice of CPUs: a box each for those of this machine (the first 64), and a field that takes any ("0-3, 8").
class CpuEdit : public QWidget
{
    Q_OBJECT

public:
    explicit CpuEdit(QWidget *parent = nullptr);

    QList<int> cpus() const; ///< as far as fault() is empty
    void setCpus(const QList<int> &cpus); ///< without changed()
    QString fault() const;
    QLineEdit *line() const { return m_line; }
    const QList<QCheckBox *> &boxes() const { return m_boxes; }

signals:
    void changed();

private:
    void showBoxes();

    QLineEdit *m_line;
    QList<QCheckBox *> m_boxes;
};

} // namespace forkscope
