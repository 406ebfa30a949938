// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/displayfilter.h"

#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QToolButton;

namespace forkscope {

class FilterEdit;

/// How far a filter is.
struct FilterFigures {
    quint64 shown = 0; ///< messages
    quint64 all = 0;
    double done = 1; ///< 0 … 1: how much has been looked at
    quint64 unreadable = 0; ///< their content was given up, so that nobody knows
};

/// The row in which one types which messages are shown: the filter, what is wrong with it, how many pass, and those of before
/// and saved ones. GUI thread.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget *parent = nullptr);

    FilterEdit *edit() const { return m_edit; }
    QLabel *problemLabel() const { return m_problem; }
    QLabel *countLabel() const { return m_count; }
    QToolButton *cancelButton() const { return m_cancel; }
    QMenu *menu() const { return m_menu; }
    void open(); ///< ready to be typed over
    void setFigures(const FilterFigures &figures);
    /// Types and applies it.
    void apply(const QString &text);
    /// This is what is applied; emits nothing.
    void showApplied(const QString &text);
    /// Together with what is applied already.
    void addCondition(const QString &condition);
    const QString &applied() const { return m_applied; }

    static constexpr int kHistory = 20;

signals:
    void filterApplied(const forkscope::filter::DisplayFilter &filter);
    void cancelRequested(); ///< of what is being looked for
    void colorsRequested();
    void closed(); ///< Esc in an empty line

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyEdited();
    void showState();
    void fillMenu();
    void saveFilter();

    FilterEdit *m_edit;
    QLabel *m_mark, *m_problem, *m_count;
    QProgressBar *m_progress;
    QToolButton *m_cancel, *m_filters;
    QMenu *m_menu;
    QString m_applied;
    QStringList m_history; ///< newest first
};

} // namespace forkscope
