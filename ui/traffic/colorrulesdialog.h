// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/colorrules.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace forkscope {

class FilterEdit;

/// The rules that give messages their colours: a list, and the fields of the selected one. GUI thread.
class ColorRulesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ColorRulesDialog(QList<ColorRule> rules, QWidget *parent = nullptr);

    const QList<ColorRule> &rules() const { return m_rules; }
    QListWidget *list() const { return m_list; }
    FilterEdit *filterEdit() const { return m_filter; }
    QLineEdit *nameEdit() const { return m_name; }
    QLineEdit *markEdit() const { return m_mark; }

    void addRule(); ///< at the end, selected

private:
    void fillList(int current);
    void showRule();
    void changeRule();
    void moveRule(int step);
    void removeRule();
    int current() const;

    QList<ColorRule> m_rules;
    QListWidget *m_list;
    QLineEdit *m_name, *m_mark;
    FilterEdit *m_filter;
    QComboBox *m_hue;
    QCheckBox *m_enabled;
    QLabel *m_problem;
    QPushButton *m_remove, *m_up, *m_down;
    bool m_showing = false;
};

} // namespace forkscope
