// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/poolrequest.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace forkscope {

/// What people rarely need of a pool: how failures are met, when it holds back, how inputs are read.
class PoolOptionsEdit : public QWidget
{
    Q_OBJECT

public:
    explicit PoolOptionsEdit(QWidget *parent = nullptr);

    void store(PoolRequest &request) const;
    QString fault() const; ///< empty: all can be read
    QString summary() const; ///< what differs from the defaults, in words

    QSpinBox *retriesBox() const { return m_retries; }
    QLineEdit *timeoutEdit() const { return m_timeout; }
    QComboBox *haltBox() const { return m_halt; }

signals:
    void changed();

private:
    QLineEdit *addText(QFormLayout *form, const QString &label, const QString &placeholder, const QString &tip);
    void buildHalt(QFormLayout *form);

    QSpinBox *m_retries;
    QLineEdit *m_delay = nullptr;
    QLineEdit *m_timeout = nullptr;
    QComboBox *m_halt;
    QComboBox *m_haltOf;
    QSpinBox *m_haltCount;
    QComboBox *m_haltUnit;
    QLineEdit *m_load = nullptr;
    QLineEdit *m_pressure = nullptr;
    QLineEdit *m_memory = nullptr;
    QLineEdit *m_columns = nullptr;
    QSpinBox *m_perCommand;
    QSpinBox *m_perWorker;
    QLineEdit *m_tags = nullptr;
    QCheckBox *m_skipBlank;
    QCheckBox *m_close;
};

} // namespace forkscope
