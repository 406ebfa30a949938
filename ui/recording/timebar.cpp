// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/timebar.h"

#include "ui/recording/timetext.h"
#include "ui/recording/timetrack.h"
#include "ui/widgets/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kRefreshMs = 100;
constexpr double kSpeeds[] = {0.5, 1, 2, 10, 100};

} // namespace

TimeBar::TimeBar(Playback &playback, QWidget *parent)
    : QWidget(parent), m_playback(playback), m_play(new QToolButton), m_speed(new QComboBox),
      m_skipIdle(new QCheckBox(tr("Skip idle time"))), m_moment(new QLabel), m_problem(new QLabel), m_from(new QLineEdit),
      m_until(new QLineEdit), m_clear(new QPushButton(tr("Show all times"))), m_start(new QLabel), m_end(new QLabel),
      m_track(new TimeTrack)
{
    m_play->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_play->setFocusPolicy(Qt::TabFocus);
    for (const double speed : kSpeeds)
        m_speed->addItem(tr("%1 ×", "speed").arg(QLocale().toString(speed)), speed);
    m_speed->setCurrentIndex(1);
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("How fast it is played; 1 × is as fast as it happened"));
    m_skipIdle->setToolTip(tr("Where nothing came for longer than half a second, go on with what came next"));
    m_moment->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // Its text changes at display rate: the window is not to be laid out anew for it.
    m_moment->setFixedWidth(m_moment->fontMetrics().horizontalAdvance(QStringLiteral("00:00:00.000 · +000 min 00 s")) + 4);
    m_moment->setAccessibleName(tr("Moment that is shown"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QLineEdit *edit : {m_from, m_until}) {
        edit->setPlaceholderText(tr("14:03:10 or +3.5 s"));
        edit->setClearButtonEnabled(true);
        edit->setMaximumWidth(edit->fontMetrics().horizontalAdvance(QStringLiteral("0000-00-00 00:00:00.000")) + 24);
        connect(edit, &QLineEdit::editingFinished, this, &TimeBar::applyRange);
        connect(edit, &QLineEdit::textEdited, this, [this, edit](const QString &text) {
            edit->setModified(true); // the button that clears it does not say so
            if (text.isEmpty())
                applyRange();
        });
    }
    m_from->setAccessibleName(tr("Show only from this time on"));
    m_until->setAccessibleName(tr("Show only until this time"));
    for (QLabel *label : {m_start, m_end})
        label->setForegroundRole(QPalette::PlaceholderText);

    auto *controls = new QHBoxLayout;
    controls->addWidget(m_play);
    controls->addWidget(m_speed);
    controls->addWidget(m_skipIdle);
    controls->addSpacing(12);
    controls->addWidget(m_moment);
    controls->addWidget(m_problem, 1);
    for (const auto &[text, edit] : {std::pair(tr("From"), m_from), std::pair(tr("until"), m_until)}) {
        auto *label = new QLabel(text);
        label->setBuddy(edit);
        controls->addWidget(label);
        controls->addWidget(edit);
    }
    controls->addWidget(m_clear);
    auto *line = new QHBoxLayout;
    line->addWidget(m_start);
    line->addWidget(m_track, 1);
    line->addWidget(m_end);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(2);
    layout->addLayout(controls);
    layout->addLayout(line);

    connect(m_play, &QToolButton::clicked, this, [this] { m_playback.isPlaying() ? m_playback.pause() : m_playback.play(); });
    connect(m_speed, &QComboBox::currentIndexChanged, this, [this] { m_playback.setSpeed(m_speed->currentData().toDouble()); });
    connect(m_skipIdle, &QCheckBox::toggled, this, [this](bool skip) { m_playback.setSkipIdle(skip); });
    connect(m_clear, &QPushButton::clicked, &m_playback, &Playback::clear);
    connect(m_track, &TimeTrack::playRequested, m_play, &QToolButton::click);
    connect(m_track, &TimeTrack::seekRequested, &m_playback, &Playback::seek);
    connect(m_track, &TimeTrack::endRequested, &m_playback, &Playback::seekEnd);
    connect(m_track, &TimeTrack::rangeRequested, &m_playback, &Playback::setRange);
    connect(m_track, &TimeTrack::clearRequested, this, [this] { m_playback.setRange({}, {}); });
    connect(&m_playback, &Playback::changed, this, &TimeBar::showMoment);
    connect(&m_playback, &Playback::playingChanged, this, &TimeBar::showPlaying);
    connect(&m_refresh, &QTimer::timeout, this, &TimeBar::refresh);
    m_refresh.setInterval(kRefreshMs);
    showPlaying();
}

QString TimeBar::momentLabel() const
{
    return m_moment->text();
}

QString TimeBar::problem() const
{
    return m_problem->text();
}

void TimeBar::editRange()
{
    m_from->setFocus(Qt::ShortcutFocusReason);
    m_from->selectAll();
}

void TimeBar::refresh()
{
    const Timeline &timeline = m_playback.timeline();
    const Journal &journal = timeline.journal();
    const quint64 seen = timeline.position();
    if (seen != m_seen) {
        m_seen = seen;
        m_track->setActivity(timeline.activity());
        m_track->setKeptFrom(timeline.keptFromNs());
    }
    const qint64 start = m_playback.startNs(), end = m_playback.endNs();
    m_track->setSpan(start, end);
    m_start->setText(clockText(start));
    m_start->setToolTip(dateTimeText(start));
    m_end->setText(m_playback.isLive() ? tr("now") : clockText(end));
    m_end->setToolTip(tr("%1, %2 after the start").arg(dateTimeText(end), durationText(end - start)));
    showMoment();
    if (!m_playback.isLive() && journal.isWholeFileRead() && seen == journal.recordCount())
        m_refresh.stop();
}

void TimeBar::showMoment()
{
    if (!isVisible())
        return;
    const qint64 start = m_playback.startNs();
    const auto moment = m_playback.moment();
    const qint64 shown = moment.value_or(m_playback.endNs());
    const QString when = QStringLiteral("%1 · %2").arg(momentText(shown), sinceText(shown - start));
    m_moment->setText(moment ? when : m_playback.isLive() ? tr("Now") : tr("End · %1").arg(sinceText(shown - start)));
    m_moment->setToolTip(dateTimeText(shown));
    m_track->setMoment(moment);
    m_track->setAccessibleDescription(m_moment->text());
    m_track->setRange(m_playback.fromNs(), m_playback.untilNs());
    const auto fill = [&](QLineEdit *edit, std::optional<qint64> timeNs) {
        if (!edit->hasFocus() || !edit->isModified())
            edit->setText(timeNs ? momentInputText(*timeNs, start) : QString());
    };
    fill(m_from, m_playback.fromNs());
    fill(m_until, m_playback.untilNs());
    m_clear->setEnabled(moment || m_playback.fromNs() || m_playback.untilNs());
}

void TimeBar::showPlaying()
{
    const bool playing = m_playback.isPlaying();
    m_play->setIcon(style()->standardIcon(playing ? QStyle::SP_MediaPause : QStyle::SP_MediaPlay));
    m_play->setText(playing ? tr("Pause") : tr("Play"));
    m_play->setToolTip(playing ? tr("Stop here (Space on the bar below)") : tr("Play on from here (Space on the bar below)"));
}

void TimeBar::applyRange()
{
    const qint64 start = m_playback.startNs();
    // What was not typed keeps its digits.
    const auto read = [start](const QLineEdit *edit, std::optional<qint64> now) {
        return edit->isModified() ? parseMoment(edit->text(), start) : Result<std::optional<qint64>>(now);
    };
    const auto from = read(m_from, m_playback.fromNs()), until = read(m_until, m_playback.untilNs());
    m_problem->setText(from && until ? QString() : QStringLiteral("⚠ %1").arg((from ? until : from).error().detail));
    m_problem->setToolTip(m_problem->text());
    if (!from || !until)
        return;
    m_from->setModified(false);
    m_until->setModified(false);
    m_playback.setRange(from.value(), until.value());
}

void TimeBar::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_refresh.start();
    refresh();
}

void TimeBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_refresh.stop();
    m_playback.pause();
}

void TimeBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        showPlaying();
}

} // namespace forkscope
