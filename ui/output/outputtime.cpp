// SPDX-License-Identifier: GPL-3.0-or-later
// The time that an output page shows: it is told which, and asks for another.
#include "ui/output/outputpageprivate.h"

#include "core/output/linereader.h"

#include <QMenu>

namespace forkscope {

void OutputPage::showRecords(const RecordRange &range, const QString &when)
{
    d->when = when;
    if (d->records == range)
        return updateState();
    d->records = range;
    d->panes->forEachView([&range](OutputView &view) { view.setRecords(range); }); // they tell that the lines changed
}

void OutputPage::addTimeActions(QMenu *menu, QPoint at)
{
    const auto line = d->view->lineUnder(d->view->viewport()->mapFromGlobal(at));
    const auto add = [&](const QString &text, auto slot) {
        QAction *action = menu->addAction(text);
        action->setEnabled(line.has_value());
        connect(action, &QAction::triggered, this, slot);
    };
    add(tr("Only from this line on"), [this, line] { emit onlyFromRequested(d->index->line(*line).record); });
    add(tr("Only until this line"), [this, line] { emit onlyUntilRequested(LineReader(*d->index).read(*line).lastRecord); });
    menu->addAction(d->toolBar->filterByTime);
    menu->addSeparator();
}

} // namespace forkscope
