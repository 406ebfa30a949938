// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pool/inputs.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace forkscope {

/// One list of inputs: lines to paste, a file, a pattern of file names, or a range of numbers.
class InputListEdit : public QWidget
{
    Q_OBJECT

public:
    explicit InputListEdit(QWidget *parent = nullptr);

    pool::InputList list() const;
    void setList(const pool::InputList &list); ///< a range only where it is "from..to" or "from..to..step"
    /// Which one it is, from 0: the first cannot go along with another one.
    void setNumber(int number, bool removable);
    /// Why it cannot be read; empty: nothing is against it. Looks at the disk only where a file was named.
    QString fault() const;

    QWidgetList fields() const; ///< in the order in which Tab goes through them
    QComboBox *kindBox() const { return m_kind; }
    QPlainTextEdit *lines() const { return m_lines; }
    QLineEdit *fileEdit() const { return m_file; }
    QLineEdit *globEdit() const { return m_glob; }
    QSpinBox *fromBox() const { return m_from; }
    QSpinBox *toBox() const { return m_to; }
    QSpinBox *stepBox() const { return m_step; }

signals:
    void changed();
    void removeRequested();

private:
    QWidget *buildRange();
    void browse();

    QComboBox *m_kind;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_lines;
    QLineEdit *m_file;
    QPushButton *m_browse;
    QLineEdit *m_glob;
    QSpinBox *m_from;
    QSpinBox *m_to;
    QSpinBox *m_step;
    QCheckBox *m_linked;
    QToolButton *m_remove;
};

} // namespace forkscope
