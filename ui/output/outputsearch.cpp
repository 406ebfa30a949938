// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpageprivate.h"

#include "core/output/linetext.h"

#include <QLocale>
#include <QTimer>

namespace forkscope {

void OutputPage::buildSearch()
{
    const OutputToolBar *bar = d->toolBar;
    connect(bar->find, &QAction::triggered, this, &OutputPage::find);
    connect(bar->findNext, &QAction::triggered, this, &OutputPage::findNext);
    connect(bar->findPrevious, &QAction::triggered, this, &OutputPage::findPrevious);
    connect(bar->nextError, &QAction::triggered, this, &OutputPage::showNextError);
    connect(bar->previousError, &QAction::triggered, this, &OutputPage::showPreviousError);
    connect(d->searchBar, &SearchBar::queryChanged, this, &OutputPage::queryChanged);
    connect(d->searchBar, &SearchBar::nextRequested, this, &OutputPage::findNext);
    connect(d->searchBar, &SearchBar::previousRequested, this, &OutputPage::findPrevious);
    connect(d->searchBar, &SearchBar::closed, this, &OutputPage::closeSearch);
    connect(&d->lineSearch, &LineSearch::finished, this, &OutputPage::showSearchResult);
    connect(&d->lineSearch, &LineSearch::progressed, this,
        [this](int permille) { d->searchBar->setStatus(tr("Searching … %1 %").arg(QLocale().toString(permille / 10)), false); });
}

void OutputPage::find()
{
    // A selection within one line is most likely what is to be found.
    QString text;
    const OutputSelection &selection = d->view->selection();
    if (d->filter && !selection.isEmpty() && selection.first().line == selection.last().line) {
        QByteArray bytes;
        exportLines(*d->filter, selection.range(), [&](QByteArrayView piece, quint64) {
            bytes += piece;
            return true;
        });
        if (bytes.size() < 200)
            text = plainText(withoutLineEnd(bytes));
    }
    d->searchBar->open(text);
    queryChanged();
}

void OutputPage::closeSearch()
{
    d->lineSearch.cancel();
    d->searchBar->hide();
    d->matcher.reset();
    d->view->setMatcher({});
    applyFilter();
    d->view->setFocus();
}

void OutputPage::queryChanged()
{
    d->lineSearch.cancel();
    d->matcher.reset();
    const SearchQuery query = d->searchBar->query();
    if (!query.text.isEmpty()) {
        auto matcher = LineMatcher::make(query);
        if (matcher.ok())
            d->matcher = std::move(matcher).value();
        else
            d->searchBar->setStatus(matcher.error().detail, true);
    } else {
        d->searchBar->setStatus({}, false);
    }
    d->view->setMatcher(d->matcher);
    applyFilter();
    if (d->matcher)
        search(false, true);
}

void OutputPage::findNext()
{
    d->searchBar->isVisible() ? search(false, false) : find();
}

void OutputPage::findPrevious()
{
    d->searchBar->isVisible() ? search(true, false) : find();
}

/// From the selection on; while one types, from its start, so that a longer text can match in the same place.
void OutputPage::search(bool backward, bool fromStartOfSelection)
{
    if (!d->matcher || !d->filter)
        return;
    SearchStart start;
    start.backward = backward;
    start.firstLine = d->view->firstLine();
    if (!d->view->records().all()) {
        start.firstLine = std::max(start.firstLine, d->index->firstLineFrom(d->view->records().first));
        start.endLine = d->index->firstLineFrom(d->view->records().end);
    }
    if (const OutputSelection &selection = d->view->selection(); selection.cursor()) {
        const OutputPlace place = backward || fromStartOfSelection ? selection.first() : selection.last();
        start.line = place.line;
        start.byte = place.byte;
    } else {
        start.line = d->view->topLine().value_or(0);
    }
    d->lineSearch.start(d->filter, *d->matcher, start);
}

void OutputPage::showNextError()
{
    findError(false);
}

void OutputPage::showPreviousError()
{
    findError(true);
}

void OutputPage::findError(bool backward)
{
    if (!d->filter)
        return;
    LineCriteria criteria = d->filter->criteria();
    if (!criteria.standardError)
        return d->status->setNotice(tr("Lines of stderr are switched off."), true);
    criteria.standardInput = criteria.standardOutput = false;
    if (!d->errors)
        d->errors = std::make_shared<LineFilter>(*d->index, criteria);
    waitForErrors(backward, d->filter->examined());
}

/// A thread looks for them: until it has seen this many lines, a moment.
void OutputPage::waitForErrors(bool backward, quint64 lines)
{
    if (d->errors->examined() >= lines)
        return showError(backward);
    QTimer::singleShot(20, this, [this, backward, lines, errors = std::weak_ptr(d->errors)] {
        if (errors.lock() == d->errors && d->errors) // still the same choice of lines
            waitForErrors(backward, lines);
    });
}

/// From the selection on, else from the top of the view; around the end.
void OutputPage::showError(bool backward)
{
    const LineFilter &errors = *d->errors;
    const bool any = d->view->shownCount() > 0;
    const LineRange shown = d->view->shownRange();
    const quint64 count
        = any && !d->view->records().all() ? errors.positionOf(shown.lastLine + 1) : errors.count(); // of those in sight
    const quint64 low = any ? errors.positionOf(shown.firstLine) : count;
    if (low >= count)
        return d->status->setNotice(tr("There is no line of stderr."), true);
    const OutputSelection &selection = d->view->selection();
    const quint64 here = selection.cursor() ? selection.first().line : d->view->topLine().value_or(0);
    quint64 position = std::max(low, errors.positionOf(here + (backward || !selection.cursor() ? 0 : 1)));
    if (backward)
        position = position > low ? position - 1 : count - 1;
    else if (position >= count)
        position = low;
    d->view->reveal(errors.line(position), {0, OutputPlace::kEnd});
    const QString text = tr("Line %1 of %2 of stderr");
    d->status->setNotice(text.arg(QLocale().toString(position - low + 1), QLocale().toString(count - low)), false);
}

void OutputPage::showSearchResult(const SearchResult &result)
{
    if (!result.found) {
        d->searchBar->setStatus(tr("Not found"), true);
        return;
    }
    d->view->reveal(result.line, result.match);
    const quint64 first = d->filter->positionOf(d->view->shownRange().firstLine);
    const QString line
        = QLocale().toString(d->filter->positionOf(result.line) - std::min(first, d->filter->positionOf(result.line)) + 1);
    d->searchBar->setStatus(result.wrapped ? tr("Line %1, from the other end").arg(line) : tr("Line %1").arg(line), false);
}

} // namespace forkscope
