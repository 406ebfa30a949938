// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace forkscope {

class EditorChoice;
class KeepChoice;

/// Changes the Preferences. What was typed holds when the person says OK; a value that makes no sense is told and cannot be
/// taken.
class PreferencesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PreferencesDialog(QWidget *parent);

    QCheckBox *limitCheck() const { return m_limited; }
    QLineEdit *limitEdit() const { return m_limit; }
    QRadioButton *decimalButton() const { return m_decimal; }
    KeepChoice *keepChoice() const { return m_keep; }
    EditorChoice *editorChoice() const { return m_editor; }
    QPushButton *okButton() const { return m_ok; }
    QString problem() const; ///< what is wrong with the limit; empty: nothing

public slots:
    void accept() override;

private:
    void check();

    QCheckBox *m_limited;
    QLineEdit *m_limit;
    QLabel *m_problem;
    KeepChoice *m_keep;
    QRadioButton *m_binary;
    QRadioButton *m_decimal;
    EditorChoice *m_editor;
    QPushButton *m_ok;
};

} // namespace forkscope
