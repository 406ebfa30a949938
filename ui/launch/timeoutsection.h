// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsection.h"

class QCheckBox;
class QLineEdit;

namespace forkscope {

/// How long the command may take, and whether a failure of it is an error.
class TimeoutSection : public LaunchSection
{
    Q_OBJECT

public:
    explicit TimeoutSection(QWidget *parent = nullptr);

    void load(const LaunchProfile &profile) override;
    void store(LaunchProfile &profile) const override;
    QString summary() const override;
    QLineEdit *timeoutEdit() const { return m_timeout; }

private:
    QLineEdit *m_timeout;
    QCheckBox *m_check;
};

} // namespace forkscope
