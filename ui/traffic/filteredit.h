// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/displayfilter.h"

#include <QLineEdit>

#include <functional>

class QListWidget;

namespace forkscope {

/// A line for a display filter: what cannot be understood is underlined while one types, and words are offered below. Up and
/// Down walk through the filters of before. GUI thread.
class FilterEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterEdit(QWidget *parent = nullptr);
    ~FilterEdit() override;

    /// What the text is: a filter, or a problem.
    const std::variant<filter::DisplayFilter, filter::Problem> &parsed() const { return m_parsed; }
    const filter::Problem *problem() const { return std::get_if<filter::Problem>(&m_parsed); }
    void setHistory(const QStringList &history) { m_history = history; } ///< newest first
    /// What is known of the recording, to be offered; asked while one types.
    void setNames(std::function<filter::KnownNames()> names) { m_names = std::move(names); }
    QListWidget *popup() const { return m_popup; }
    void complete(); ///< shows what may stand at the cursor
    int xOf(qsizetype position) const; ///< of a character

signals:
    void parsedChanged();
    void applied(); ///< Enter, with a text that can be understood
    void left(); ///< Esc

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void parse();
    void accept(int row);
    bool keyInPopup(QKeyEvent *event);
    void walkHistory(int step);

    std::variant<filter::DisplayFilter, filter::Problem> m_parsed;
    std::function<filter::KnownNames()> m_names;
    QList<filter::Completion> m_completions;
    QListWidget *m_popup; ///< a window of its own, without focus
    QStringList m_history;
    qsizetype m_historyAt = -1;
    QString m_typed; ///< before one began to walk
};

} // namespace forkscope
