// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpane.h"

#include "ui/output/emptyoutput.h"
#include "ui/output/outputview.h"
#include "ui/widgets/elidedlabel.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QStackedLayout>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kBarWidth = 4;
constexpr int kFewestColumns = 26;
constexpr int kFewestRows = 3;

} // namespace

OutputPane::OutputPane(LaunchId launch, QWidget *parent)
    : QWidget(parent), m_launch(launch), m_stack(new QStackedLayout), m_view(new OutputView), m_empty(new EmptyOutput)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (launch != LaunchId::None)
        buildHeading(layout);
    m_stack->setStackingMode(QStackedLayout::StackAll);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    layout->addLayout(m_stack, 1);
    setFocusProxy(m_view);
    m_view->installEventFilter(this);
    updateMinimumSize();
}

void OutputPane::buildHeading(QLayout *layout)
{
    m_headingRow = new QWidget;
    m_headingRow->setObjectName(QStringLiteral("heading"));
    m_mark = new QLabel;
    m_name = new ElidedLabel;
    m_name->setObjectName(QStringLiteral("name"));
    m_state = new QLabel;
    m_maximize = new QToolButton;
    m_maximize->setAutoRaise(true);
    m_maximize->setIconSize({12, 12});
    m_maximize->setFocusPolicy(Qt::TabFocus);
    connect(m_maximize, &QToolButton::clicked, this, &OutputPane::maximizeToggled);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(m_headingRow);
    row->setContentsMargins(kBarWidth + 6, 3, 2, 2);
    row->setSpacing(5);
    row->addWidget(m_mark);
    row->addWidget(m_name, 1);
    row->addWidget(m_state);
    row->addWidget(m_maximize);
    m_headingRow->installEventFilter(this);
    layout->addWidget(m_headingRow);
    setMaximized(false, false);
}

void OutputPane::setLines(LineIndex *index, const LineCriteria &criteria)
{
    if (!index)
        m_filter.reset();
    else if (!m_filter || m_filter->criteria() != criteria || &m_filter->index() != index)
        m_filter = std::make_shared<LineFilter>(*index, criteria);
    if (m_view->filter() != m_filter)
        m_view->setFilter(m_filter);
}

void OutputPane::setPaused(bool paused)
{
    if (m_filter)
        m_filter->setPaused(paused);
}

void OutputPane::setEmpty(bool empty)
{
    m_stack->setCurrentWidget(empty ? static_cast<QWidget *>(m_empty) : m_view);
}

bool OutputPane::isEmpty() const
{
    return m_stack->currentWidget() == m_empty;
}

void OutputPane::setHeading(const LaunchHeading &heading)
{
    if (!m_headingRow || heading == m_heading)
        return;
    m_heading = heading;
    m_name->setText(heading.name);
    m_state->setText(heading.state);
    m_state->setVisible(!heading.state.isEmpty());
    updateMark();
    m_view->setAccessibleName(tr("Output of %1").arg(heading.name));
    m_headingRow->setAccessibleName(
        heading.state.isEmpty() ? heading.name : tr("%1, %2", "name and PID, state").arg(heading.name, heading.state));
}

void OutputPane::updateMark()
{
    if (!m_mark)
        return;
    m_mark->setVisible(m_heading.status.has_value());
    if (m_heading.status)
        m_mark->setPixmap(statusIcon(*m_heading.status).pixmap({14, 14}, devicePixelRatioF()));
}

void OutputPane::setActive(bool active)
{
    m_active = active;
    if (!m_headingRow)
        return;
    QFont name = font();
    name.setBold(active);
    m_name->setFont(name);
    m_headingRow->update();
}

void OutputPane::setMaximized(bool maximized, bool canToggle)
{
    if (!m_maximize)
        return;
    m_maximize->setVisible(canToggle);
    m_maximize->setIcon(style()->standardIcon(maximized ? QStyle::SP_TitleBarNormalButton : QStyle::SP_TitleBarMaxButton));
    const QString text = maximized ? tr("Show the other panes again") : tr("Show only this pane");
    m_maximize->setToolTip(text);
    m_maximize->setAccessibleName(text);
}

/// The active pane is told by its bold name and by the line above it.
void OutputPane::paintHeading()
{
    QPainter painter(m_headingRow);
    const QRect area = m_headingRow->rect();
    const OutputColors colors = OutputColors::of(palette());
    painter.fillRect(area, colors.gutter);
    if (m_active)
        painter.fillRect(0, 0, area.width(), 2, palette().color(QPalette::Highlight));
    painter.fillRect(0, m_active ? 2 : 0, kBarWidth, area.height(), colors.process(m_launch));
    painter.fillRect(0, area.bottom(), area.width(), 1, colors.gutterEdge);
}

bool OutputPane::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_view && event->type() == QEvent::FocusIn) {
        emit activated();
    } else if (object == m_headingRow) {
        switch (event->type()) {
        case QEvent::Paint:
            paintHeading();
            return true;
        case QEvent::MouseButtonPress:
            m_view->setFocus(Qt::MouseFocusReason);
            return true;
        case QEvent::MouseButtonDblClick:
            emit maximizeToggled();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(object, event);
}

/// Of the empty state.
void OutputPane::mousePressEvent(QMouseEvent *)
{
    m_view->setFocus(Qt::MouseFocusReason);
}

void OutputPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updateMark();
    } else if (event->type() == QEvent::FontChange) {
        updateMinimumSize();
    }
}

/// Below it nothing could be read: the panes are scrolled instead.
void OutputPane::updateMinimumSize()
{
    if (!m_headingRow)
        return;
    const QFontMetrics metrics = m_view->fontMetrics();
    setMinimumSize(kFewestColumns * metrics.averageCharWidth(),
        kFewestRows * metrics.lineSpacing() + m_headingRow->minimumSizeHint().height());
}

} // namespace forkscope
