// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGroupBox>

class QComboBox;
class QLabel;
class QLineEdit;

namespace forkscope {

/// The part of the preferences that chooses the editor: the first that is installed, a well-known one, or a command of the
/// person's own; below it what would run.
class EditorChoice : public QGroupBox
{
    Q_OBJECT

public:
    explicit EditorChoice(QWidget *parent = nullptr);

    /// For Preferences::setEditorCommand(); empty: the first that is installed.
    QString command() const;
    QString problem() const; ///< what is wrong with a command of the person's own; empty: nothing

    QComboBox *presetBox() const { return m_preset; }
    QLineEdit *commandEdit() const { return m_command; }
    QLabel *resultLabel() const { return m_result; }

signals:
    void changed();

private:
    void takePreset();
    void showResult();
    bool isOwn() const;

    QComboBox *m_preset;
    QLineEdit *m_command;
    QLabel *m_result;
};

} // namespace forkscope
