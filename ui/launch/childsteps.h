// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/childaction.h"

#include <QWidget>

#include <algorithm>

class QLabel;
class QListWidget;
class QToolButton;

namespace forkscope {

/// The one list of steps between fork and exec, in the order in which they are taken. The fields of the group write into it and
/// read from it (the first step of a kind is theirs); any step can be moved and removed here, directories and masks be edited.
class ChildSteps : public QWidget
{
    Q_OBJECT

public:
    explicit ChildSteps(QWidget *parent = nullptr);

    const ChildActions &actions() const { return m_actions; }
    void setActions(const ChildActions &actions, bool hasHook); ///< without changed()

    /// The first step of this kind that fits, if any.
    template<typename Step, typename Fits> std::optional<Step> find(Fits fits) const
    {
        for (const ChildAction &action : m_actions) {
            if (const auto *step = std::get_if<Step>(&action); step && fits(*step))
                return *step;
        }
        return {};
    }
    template<typename Step> std::optional<Step> find() const
    {
        return find<Step>([](const Step &) { return true; });
    }
    /// Replaces the first step of this kind that fits, or adds it at the end; with nothing it removes all that fit.
    template<typename Step, typename Fits> void set(const std::optional<Step> &value, Fits fits)
    {
        const auto mine = [&](const ChildAction &action) {
            const auto *step = std::get_if<Step>(&action);
            return step && fits(*step);
        };
        const auto first = std::find_if(m_actions.begin(), m_actions.end(), mine);
        if (!value)
            m_actions.removeIf(mine);
        else if (first != m_actions.end())
            *first = *value;
        else
            m_actions.append(*value);
        refill();
        emit edited();
    }
    template<typename Step> void set(const std::optional<Step> &value)
    {
        set(value, [](const Step &) { return true; });
    }

    QListWidget *list() const { return m_list; }
    QToolButton *addButton() const { return m_add; }

signals:
    void edited(); ///< by set() or in the list
    void rearranged(); ///< in the list: fields read their step again

private:
    void refill();
    void add(const ChildAction &action);
    void removeCurrent();
    void move(int by);
    void editText(int row, const QString &text);
    void updateButtons();

    ChildActions m_actions;
    QListWidget *m_list;
    QToolButton *m_add;
    QToolButton *m_remove;
    QToolButton *m_up;
    QToolButton *m_down;
    QLabel *m_note;
};

} // namespace forkscope
