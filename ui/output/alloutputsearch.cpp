// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/alloutputsearch.h"

#include "ui/output/outputview.h"
#include "ui/output/searchbar.h"

#include <QKeyEvent>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>

namespace forkscope {

using namespace std::chrono_literals;

AllOutputSearch::AllOutputSearch(QWidget *parent)
    : QWidget(parent), m_bar(new SearchBar), m_results(new OutputView), m_context(new OutputView)
{
    m_bar->setFilterOffered(false);
    m_bar->setPrompt(tr("Find in the output of all processes"));
    m_results->setAccessibleName(tr("Lines that match"));
    m_context->setAccessibleName(tr("Lines around the chosen one"));
    for (OutputView *view : {m_results, m_context}) {
        view->setNames(true);
        view->setTimeStyle(TimeStyle::OfDay);
        view->setFollow(false);
    }
    m_results->setToolTip(tr("A click shows what stands around the line; a double click or Enter shows it in the output."));
    auto *parts = new QSplitter(Qt::Horizontal);
    parts->addWidget(m_results);
    parts->addWidget(m_context);
    parts->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(parts, 1);
    setFocusProxy(m_bar);

    m_typing.setSingleShot(true);
    m_typing.setInterval(150ms);
    m_progress.setInterval(100ms);
    connect(m_bar, &SearchBar::queryChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &AllOutputSearch::start);
    connect(&m_progress, &QTimer::timeout, this, &AllOutputSearch::updateStatus);
    connect(m_bar, &SearchBar::nextRequested, this, [this] { step(false); });
    connect(m_bar, &SearchBar::previousRequested, this, [this] { step(true); });
    connect(m_bar, &SearchBar::closed, this, &AllOutputSearch::closed);
    connect(m_results, &OutputView::countChanged, this, &AllOutputSearch::updateStatus);
    connect(m_results, &OutputView::selectionChanged, this, &AllOutputSearch::chooseAtCursor);
    m_results->installEventFilter(this);
    m_results->viewport()->installEventFilter(this);
}

void AllOutputSearch::setSource(LineIndex *index)
{
    m_index = nullptr;
    start(); // whatever reads from the old source ends
    m_context->setFilter(nullptr);
    m_all.reset();
    m_index = index;
    if (!index)
        return;
    m_all = std::make_shared<LineFilter>(*index, LineCriteria());
    start();
}

void AllOutputSearch::open()
{
    m_bar->open({});
}

void AllOutputSearch::showRecords(const RecordRange &range)
{
    m_results->setRecords(range);
    m_context->setRecords(range);
}

void AllOutputSearch::start()
{
    m_typing.stop();
    m_matcher.reset();
    m_chosen.reset();
    m_found.reset(); // first: the views tell of every change
    m_results->setFilter(nullptr);
    m_context->setFilter(nullptr);
    m_progress.stop();
    m_bar->setStatus({}, false);
    const SearchQuery query = m_bar->query();
    if (!m_index || query.text.isEmpty())
        return;
    auto matcher = LineMatcher::make(query);
    if (!matcher.ok())
        return m_bar->setStatus(matcher.error().detail, true);
    m_matcher = std::move(matcher).value();
    m_found = std::make_shared<LineFilter>(*m_index, LineCriteria{.launches = {}, .text = query});
    for (OutputView *view : {m_results, m_context})
        view->setMatcher(m_matcher);
    m_results->setFilter(m_found);
    m_results->setFollow(false);
    m_progress.start();
    updateStatus();
}

void AllOutputSearch::step(bool backward)
{
    if (m_typing.isActive())
        return start(); // Enter: now
    if (!m_found || m_results->shownCount() == 0)
        return;
    const LineRange shown = m_results->shownRange();
    const quint64 low = m_found->positionOf(shown.firstLine);
    const quint64 high = m_found->positionOf(shown.lastLine);
    if (!m_chosen)
        return choose(backward ? high : low);
    if (backward)
        choose(*m_chosen > low ? *m_chosen - 1 : high);
    else
        choose(*m_chosen < high ? std::max(*m_chosen + 1, low) : low);
}

void AllOutputSearch::choose(quint64 position)
{
    m_chosen = position;
    const quint64 line = m_found->line(position);
    m_results->reveal(line, matchIn(line));
}

/// However the cursor came there: by a click, a key or choose().
void AllOutputSearch::chooseAtCursor()
{
    const auto cursor = m_results->selection().cursor();
    if (!m_found || !cursor || m_results->shownCount() == 0)
        return;
    m_chosen = std::min(m_found->positionOf(cursor->line), m_found->count() - 1);
    const quint64 line = m_found->line(*m_chosen);
    if (!m_context->filter()) {
        m_context->setFilter(m_all);
        m_context->setMatcher(m_matcher);
    }
    m_context->reveal(line, matchIn(line));
    updateStatus();
}

LineMatch AllOutputSearch::matchIn(quint64 line) const
{
    return m_matcher->first(LineReader(*m_index).read(line).bytes).value_or(LineMatch());
}

void AllOutputSearch::updateStatus()
{
    if (!m_found)
        return;
    const QLocale locale;
    const quint64 lines = m_index->lineCount();
    const quint64 examined = m_found->examined();
    const quint64 count = m_results->shownCount();
    const bool done = examined == lines;
    const quint64 low = count > 0 ? m_found->positionOf(m_results->shownRange().firstLine) : 0;
    const bool chosen = m_chosen && *m_chosen >= low && *m_chosen < low + count;
    QString text = chosen ? tr("Result %1 of %2").arg(locale.toString(*m_chosen - low + 1), locale.toString(count))
        : count == 0      ? (done ? tr("No line matches.") : QString())
                          : tr("Lines that match: %1").arg(locale.toString(count));
    if (!done) {
        const QString progress = tr("searching … %1 %").arg(locale.toString(examined * 100 / lines));
        text = text.isEmpty() ? progress : tr("%1, %2", "how many results, progress").arg(text, progress);
    }
    const auto more
        = [&](const QString &what) { text = text.isEmpty() ? what : tr("%1, %2", "how many results, progress").arg(text, what); };
    if (m_results->hiddenByTime() > 0)
        more(tr("at other times: %1").arg(locale.toString(m_results->hiddenByTime())));
    if (const quint64 lost = m_index->journal().counters().lostRecords)
        more(lost == 1 ? tr("1 record was given up and cannot be found")
                       : tr("%1 records were given up and cannot be found", nullptr, int(std::min<quint64>(lost, INT_MAX)))
                             .arg(locale.toString(lost)));
    m_bar->setStatus(text, false);
}

void AllOutputSearch::showChosen()
{
    if (!m_chosen)
        return;
    const quint64 line = m_found->line(*m_chosen);
    emit lineChosen(line, matchIn(line));
}

bool AllOutputSearch::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_results->viewport() && event->type() == QEvent::MouseButtonDblClick) {
        showChosen();
        return true;
    }
    if (object == m_results && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            showChosen();
            return true;
        }
        if (key == Qt::Key_Escape) {
            emit closed();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

} // namespace forkscope
