// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/recordingcache.h"

#include <QGroupBox>

class QCheckBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace forkscope {

/// The part of the preferences that says how long recordings stay that nobody saved.
class KeepChoice : public QGroupBox
{
    Q_OBJECT

public:
    explicit KeepChoice(QWidget *parent = nullptr);

    CacheLimits limits() const; ///< without a problem()
    QString problem() const; ///< what is wrong with the size; empty: nothing

    QCheckBox *daysCheck() const { return m_byAge; }
    QSpinBox *daysBox() const { return m_days; }
    QCheckBox *sizeCheck() const { return m_bySize; }
    QLineEdit *sizeEdit() const { return m_size; }

signals:
    void changed();

private:
    void check();

    QCheckBox *m_byAge;
    QSpinBox *m_days;
    QCheckBox *m_bySize;
    QLineEdit *m_size;
    QLabel *m_problem;
};

} // namespace forkscope
