// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filterbar.h"

#include "ui/traffic/colorrules.h"
#include "ui/traffic/filteredit.h"
#include "ui/traffic/savedfilters.h"
#include "ui/widgets/settings.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

const QLatin1String kHistoryKey("traffic/filterHistory");

}

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent), m_edit(new FilterEdit), m_mark(new QLabel), m_problem(new QLabel), m_count(new QLabel),
      m_progress(new QProgressBar), m_cancel(new QToolButton), m_filters(new QToolButton), m_menu(new QMenu(this)),
      m_history(Settings().value(kHistoryKey).toStringList())
{
    m_edit->setHistory(m_history);
    m_mark->setFixedWidth(m_mark->fontMetrics().horizontalAdvance(QStringLiteral("⚠")) + 4);
    m_mark->setAlignment(Qt::AlignCenter);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setAccessibleName(tr("What is wrong with the filter"));
    m_problem->hide();
    m_count->setTextFormat(Qt::PlainText);
    m_count->setAccessibleName(tr("Messages that are shown"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedWidth(60);
    m_progress->setMaximumHeight(m_progress->fontMetrics().height());
    m_progress->setAccessibleName(tr("How much the filter has looked at"));
    m_progress->hide();
    m_cancel->setText(tr("Stop"));
    m_cancel->setToolTip(tr("Stop looking, and show what was shown before"));
    m_cancel->setAutoRaise(true);
    m_cancel->hide();
    m_filters->setText(tr("Filters"));
    m_filters->setToolTip(tr("Saved filters, filters of before, colours"));
    m_filters->setPopupMode(QToolButton::InstantPopup);
    m_filters->setMenu(m_menu);
    m_filters->setAutoRaise(true);
    for (QToolButton *button : {m_cancel, m_filters})
        button->setFocusPolicy(Qt::TabFocus);

    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_mark);
    row->addWidget(m_edit, 1);
    row->addWidget(m_filters);
    row->addWidget(m_progress);
    row->addWidget(m_cancel);
    row->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 1, 4, 1);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    setFocusProxy(m_edit);

    connect(m_edit, &FilterEdit::parsedChanged, this, [this] {
        showState();
        if (m_edit->text().isEmpty() && !m_applied.isEmpty())
            applyEdited(); // the button that clears
    });
    connect(m_edit, &FilterEdit::applied, this, &FilterBar::applyEdited);
    connect(
        m_edit, &FilterEdit::left, this, [this] { m_edit->text() == m_applied ? emit closed() : m_edit->setText(m_applied); });
    connect(m_cancel, &QToolButton::clicked, this, &FilterBar::cancelRequested);
    connect(m_menu, &QMenu::aboutToShow, this, &FilterBar::fillMenu);
    showState();
}

void FilterBar::open()
{
    m_edit->selectAll();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void FilterBar::apply(const QString &text)
{
    m_edit->setText(text);
    if (!m_edit->problem())
        applyEdited();
    else
        open();
}

void FilterBar::showApplied(const QString &text)
{
    m_applied = text;
    m_edit->setText(text);
    showState();
}

void FilterBar::addCondition(const QString &condition)
{
    apply(m_applied.isEmpty() ? condition : QStringLiteral("(%1) && %2").arg(m_applied, condition));
}

void FilterBar::applyEdited()
{
    m_applied = m_edit->text().trimmed();
    if (!m_applied.isEmpty()) {
        m_history.removeAll(m_applied);
        m_history.prepend(m_applied);
        m_history.resize(std::min<qsizetype>(m_history.size(), kHistory));
        m_edit->setHistory(m_history);
        Settings().setValue(kHistoryKey, m_history);
    }
    showState();
    emit filterApplied(std::get<filter::DisplayFilter>(m_edit->parsed()));
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showState();
}

/// A mark and a colour: applied, not applied yet, cannot be understood.
void FilterBar::showState()
{
    const filter::Problem *problem = m_edit->problem();
    const bool isApplied = !problem && !m_applied.isEmpty() && m_edit->text().trimmed() == m_applied;
    QPalette colors = palette();
    if (problem)
        colors.setColor(QPalette::Base, hueTint(RuleHue::Vermillion, palette()));
    else if (isApplied)
        colors.setColor(QPalette::Base, hueTint(RuleHue::Green, palette()));
    if (m_edit->palette() != colors)
        m_edit->setPalette(colors);
    m_mark->setText(problem ? QStringLiteral("⚠") : isApplied ? QStringLiteral("✓") : QString());
    m_mark->setToolTip(problem ? problem->text : isApplied ? tr("This filter is applied") : tr("Enter applies the filter"));
    m_problem->setVisible(problem);
    m_problem->setText(problem ? tr("⚠ At character %1: %2").arg(problem->position + 1).arg(problem->text) : QString());
}

void FilterBar::setFigures(const FilterFigures &figures)
{
    const QLocale locale;
    QString text = m_applied.isEmpty() && figures.shown == figures.all
        ? tr("%Ln message(s)", nullptr, int(std::min<quint64>(figures.all, INT_MAX)))
        : tr("%1 of %2 messages").arg(locale.toString(figures.shown), locale.toString(figures.all));
    if (figures.unreadable > 0)
        text += QStringLiteral(" · ") + tr("⚠ %L1 unknown").arg(figures.unreadable);
    if (m_count->text() != text)
        m_count->setText(text);
    m_count->setToolTip(
        figures.unreadable > 0 ? tr("The content of these was given up: nobody knows whether they pass.") : QString());
    const bool isBusy = figures.done < 1;
    m_progress->setVisible(isBusy);
    m_cancel->setVisible(isBusy);
    m_progress->setValue(int(figures.done * 1000));
}

void FilterBar::fillMenu()
{
    m_menu->clear();
    const QList<SavedFilter> saved = SavedFilters::all();
    for (const SavedFilter &one : saved)
        m_menu->addAction(tr("%1:  %2", "name, filter")
                              .arg(QString(one.name).replace(u'&', QLatin1String("&&")),
                                  QString(one.filter).replace(u'&', QLatin1String("&&"))),
            this, [this, text = one.filter] { apply(text); });
    if (saved.isEmpty())
        m_menu->addAction(tr("No filter is saved"))->setEnabled(false);
    m_menu->addSeparator();
    m_menu->addAction(tr("&Save this filter…"), this, &FilterBar::saveFilter)
        ->setEnabled(!m_edit->problem() && !m_edit->text().trimmed().isEmpty());
    QMenu *remove = m_menu->addMenu(tr("&Remove a saved filter"));
    remove->setEnabled(!saved.isEmpty());
    for (const SavedFilter &one : saved)
        remove->addAction(
            QString(one.name).replace(u'&', QLatin1String("&&")), this, [name = one.name] { SavedFilters::remove(name); });
    QMenu *before = m_menu->addMenu(tr("Filters of &before"));
    before->setEnabled(!m_history.isEmpty());
    for (const QString &text : std::as_const(m_history))
        before->addAction(QString(text).replace(u'&', QLatin1String("&&")), this, [this, text] { apply(text); });
    m_menu->addSeparator();
    m_menu->addAction(tr("&Colours…"), this, &FilterBar::colorsRequested);
}

void FilterBar::saveFilter()
{
    const QString text = m_edit->text().trimmed();
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save filter"));
    dialog->setLabelText(tr("Name of the filter “%1”:").arg(QString(text).replace(u'&', QLatin1String("&&"))));
    connect(dialog, &QInputDialog::textValueSelected, this, [text](const QString &name) {
        if (!name.trimmed().isEmpty())
            SavedFilters::save({name.trimmed(), text});
    });
    dialog->open();
}

} // namespace forkscope
