// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linefilter.h"
#include "core/output/linereader.h"
#include "core/output/recordrange.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace forkscope {

class OutputView;
class SearchBar;

/// Looks through the output of all processes at once: on one side the lines that match, with time and process, on the other what
/// stands around the one that is chosen.
///
/// The results come while the search goes on, and further ones while the output grows. Another text, or none, cancels. GUI
/// thread.
class AllOutputSearch : public QWidget
{
    Q_OBJECT

public:
    explicit AllOutputSearch(QWidget *parent = nullptr);

    /// Where the lines come from. Not owned: call with nullptr before index (or its journal) goes.
    void setSource(LineIndex *index);
    /// Ready to type over what was looked for.
    void open();
    /// Output that came with other records is left out.
    void showRecords(const RecordRange &range);

    SearchBar *searchBar() const { return m_bar; }
    OutputView *results() const { return m_results; }
    OutputView *context() const { return m_context; }

signals:
    /// A result is to be seen in its place: double click, or Enter in the list.
    void lineChosen(quint64 line, const forkscope::LineMatch &match);
    void closed();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void start();
    void choose(quint64 position);
    void step(bool backward);
    void chooseAtCursor();
    void showChosen();
    LineMatch matchIn(quint64 line) const;
    void updateStatus();

    LineIndex *m_index = nullptr;
    std::shared_ptr<LineFilter> m_all;
    std::shared_ptr<LineFilter> m_found; ///< none where nothing is looked for
    std::optional<LineMatcher> m_matcher;
    std::optional<quint64> m_chosen; ///< position in m_found
    QTimer m_typing; ///< waits for the next key
    QTimer m_progress; ///< while lines are looked through
    SearchBar *m_bar;
    OutputView *m_results;
    OutputView *m_context;
};

} // namespace forkscope
