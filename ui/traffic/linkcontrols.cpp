// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/linkcontrols.h"

#include "core/session/session.h"
#include "ui/ipc/byteedit.h"
#include "ui/traffic/channelwords.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/quantity.h"
#include "ui/widgets/settings.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTextDocument>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

enum Keep { Everything, FirstBytes, CountersOnly };
const QLatin1String kMore("traffic/moreLinkControls");
constexpr quint32 kDefaultKeepBytes = 256;
constexpr qsizetype kLargestByHand = 64 << 10;
constexpr std::array<quint32, 6> kCapacities = {0, 4096, 16 << 10, 64 << 10, 256 << 10, 1 << 20};

QString nameOf(const QList<ChannelParty> &parties, const QString &unknown)
{
    return parties.isEmpty() || parties.first().name.isEmpty() ? unknown : QString::fromUtf8(parties.first().name);
}

} // namespace

LinkControls::LinkControls(Session *session, QWidget *parent)
    : QWidget(parent), m_session(session), m_state(new ElidedLabel), m_reason(new QLabel), m_fault(new QLabel),
      m_scroll(new QScrollArea), m_body(new QWidget), m_row(nullptr), m_more(new QToolButton),
      m_reset(new QPushButton(tr("Back to a plain pipe"))), m_pause(new QPushButton(tr("Pause"))),
      m_step(new QPushButton(tr("Step"))), m_replace(new QPushButton(tr("Send this instead"))),
      m_drop(new QPushButton(tr("Throw it away"))), m_inject(new QPushButton(tr("Add to the stream"))), m_keep(new QComboBox),
      m_capacity(new QComboBox), m_heldLabel(new QLabel),
      m_held(new ByteEdit(tr("Held piece"), tr("%1 will be sent instead of it"), kLargestByHand)),
      m_injection(new ByteEdit(tr("Bytes to add"), tr("%1 will be added"), kLargestByHand))
{
    setAccessibleName(tr("What can be done to the pipe"));
    for (QLabel *label : {m_reason, m_fault}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_fault->hide();
    m_row = buildRow();
    buildMore();
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_body);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 2);
    layout->setSpacing(2);
    auto *top = new QHBoxLayout;
    top->addWidget(m_state, 1);
    top->addWidget(m_reset);
    layout->addLayout(top);
    layout->addWidget(m_reason);
    layout->addWidget(m_row);
    layout->addWidget(m_fault);
    layout->addWidget(m_scroll, 1);
    connectAll();
    setMore(Settings().value(kMore, false).toBool());
    setChannel({});
}

QLineEdit *LinkControls::addField(const QString &name, const QString &placeholder)
{
    auto *field = new QLineEdit;
    field->setAccessibleName(name);
    field->setPlaceholderText(placeholder);
    field->setMaximumWidth(90);
    return field;
}

/// The label that says what the programs notice.
QLabel *LinkControls::addRow(const QString &label, const QWidgetList &editors, QGridLayout *grid)
{
    const int row = grid->rowCount();
    auto *name = new QLabel(label);
    name->setBuddy(editors.first());
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    const bool isTall = editors.first()->sizeHint().height() > 3 * fontMetrics().lineSpacing();
    for (QWidget *editor : editors)
        line->addWidget(editor, isTall ? 1 : 0);
    if (!isTall)
        line->addStretch();
    auto *note = new QLabel;
    note->setWordWrap(true);
    note->setTextFormat(Qt::PlainText);
    note->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(name, row, 0, isTall ? Qt::AlignTop : Qt::AlignVCenter);
    grid->addLayout(line, row, 1, Qt::AlignTop);
    grid->addWidget(note, row + 1, 1); // below: the pane may be narrow
    return note;
}

/// What one does most, in one line.
QWidget *LinkControls::buildRow()
{
    m_pause->setCheckable(true);
    m_bytesPerSecond = addField(tr("Bytes a second, at most"), tr("no limit"));
    m_delay = addField(tr("Delay of each piece"), tr("none"));
    m_more->setText(tr("More"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setToolTip(tr("Edit or throw away what is held, add bytes, split, shrink, record less"));
    const auto label = [](const QString &text, QWidget *buddy) {
        auto *made = new QLabel(text);
        made->setBuddy(buddy);
        return made;
    };
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_pause);
    layout->addWidget(m_step);
    layout->addWidget(label(tr("at most"), m_bytesPerSecond));
    layout->addWidget(m_bytesPerSecond);
    layout->addWidget(new QLabel(tr("a second")));
    layout->addSpacing(4);
    layout->addWidget(label(tr("delay"), m_delay));
    layout->addWidget(m_delay);
    layout->addStretch();
    layout->addWidget(m_more);
    return row;
}

void LinkControls::buildMore()
{
    auto *grid = new QGridLayout(m_body);
    grid->setContentsMargins(0, 2, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setColumnStretch(1, 1);
    m_heldLabel->setTextFormat(Qt::PlainText);
    m_heldLabel->setWordWrap(true);
    m_held->editor()->setMaximumHeight(5 * fontMetrics().lineSpacing());
    auto *held = new QWidget;
    auto *heldLayout = new QVBoxLayout(held);
    heldLayout->setContentsMargins(0, 0, 0, 0);
    heldLayout->addWidget(m_heldLabel);
    heldLayout->addWidget(m_held);
    for (QPushButton *button : {m_replace, m_drop})
        m_held->top()->addWidget(button);
    m_held->top()->addStretch();
    m_heldNote = addRow(tr("Held piece"), {held}, grid);
    m_injection->editor()->setMaximumHeight(4 * fontMetrics().lineSpacing());
    m_injection->top()->addWidget(m_inject);
    m_injection->top()->addStretch();
    m_injectNote = addRow(tr("Add bytes"), {m_injection}, grid);

    m_piecesPerSecond = addField(tr("Pieces a second, at most"), tr("no limit"));
    m_throttleNote = addRow(tr("At most"), {m_piecesPerSecond, new QLabel(tr("pieces a second"))}, grid);
    m_split = addField(tr("Largest write to the reader"), tr("as they come"));
    m_splitNote = addRow(tr("Split into"), {m_split}, grid);
    for (const quint32 capacity : kCapacities)
        m_capacity->addItem(capacity ? bytesText(capacity) : tr("as they were made"), capacity);
    m_capacity->setAccessibleName(tr("Capacity of the two pipes"));
    m_capacityNote = addRow(tr("Pipes of"), {m_capacity}, grid);
    m_keep->addItems({tr("everything"), tr("the first bytes of each piece"), tr("counters only")});
    m_keep->setAccessibleName(tr("What is recorded"));
    m_keepBytes = addField(tr("Bytes of each piece that are recorded"), sizeInputText(kDefaultKeepBytes));
    m_keepBytes->hide();
    m_keepNote = addRow(tr("Record"), {m_keep, m_keepBytes}, grid);
    grid->setRowStretch(grid->rowCount(), 1);
}

void LinkControls::connectAll()
{
    connect(m_more, &QToolButton::clicked, this, &LinkControls::setMore);
    connect(m_keep, &QComboBox::activated, this, &LinkControls::applyKeep);
    connect(m_keepBytes, &QLineEdit::editingFinished, this, &LinkControls::applyKeep);
    connect(m_pause, &QPushButton::clicked, this, &LinkControls::applySettings);
    connect(m_capacity, &QComboBox::activated, this, &LinkControls::applySettings);
    for (const QLineEdit *field : {m_bytesPerSecond, m_piecesPerSecond, m_delay, m_split})
        connect(field, &QLineEdit::editingFinished, this, &LinkControls::applySettings);
    connect(m_reset, &QPushButton::clicked, this, &LinkControls::reset);
    connect(m_step, &QPushButton::clicked, this,
        [this] { act([](Session &session, ChannelId id) { session.passHeld(id); }, tr("One piece was let through.")); });
    connect(m_drop, &QPushButton::clicked, this,
        [this] { act([](Session &session, ChannelId id) { session.dropHeld(id); }, tr("The held piece was thrown away.")); });
    connect(m_replace, &QPushButton::clicked, this, [this] {
        if (const auto bytes = m_held->bytes())
            act([&](Session &session, ChannelId id) { session.replaceHeld(id, bytes.value()); },
                tr("Sent instead of the held piece: %1.").arg(bytesText(bytes.value().size())));
    });
    connect(m_inject, &QPushButton::clicked, this, [this] {
        if (const auto bytes = m_injection->bytes())
            act([&](Session &session, ChannelId id) { session.injectIntoLink(id, bytes.value()); },
                tr("Added to the stream: %1.").arg(bytesText(bytes.value().size())));
    });
    const auto enable = [this] {
        const bool isHeld = m_shown && m_shown->heldBytes > 0;
        m_replace->setEnabled(isHeld && m_held->bytes().ok());
        m_inject->setEnabled(m_injection->bytes().ok() && !m_injection->editor()->toPlainText().isEmpty());
    };
    connect(m_held, &ByteEdit::checked, this, enable);
    connect(m_injection, &ByteEdit::checked, this, enable);
    enable();
}

void LinkControls::setMore(bool on)
{
    m_more->setChecked(on);
    m_more->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
    m_scroll->setVisible(on);
    setSizePolicy(QSizePolicy::Preferred, on ? QSizePolicy::Expanding : QSizePolicy::Maximum);
    Settings().setValue(kMore, on);
    emit folded();
}

void LinkControls::setChannel(const std::optional<ChannelFigures> &figures)
{
    const ChannelId before = m_figures ? m_figures->info.id : ChannelId::None;
    m_figures = figures;
    if (!figures || figures->info.id != before) {
        m_shown.reset();
        m_heldBytes.clear();
        m_heldAt = ~quint64(0);
        noteFault(nullptr, {});
    }
    m_title = figures ? ChannelWords::title(figures->info) : QString(); // the list above says between whom
    showNotes();
    refresh();
}

void LinkControls::showNotes()
{
    const QString writer = m_figures ? nameOf(m_figures->writers, tr("The writer")) : tr("The writer");
    const QString reader = m_figures ? nameOf(m_figures->readers, tr("the reader")) : tr("the reader");
    m_keepNote->setText(tr("%1 and %2 notice nothing. What is not recorded is counted all the same.").arg(writer, reader));
    const auto tip = [](QWidget *widget, const QString &text) {
        widget->setToolTip(text);
        widget->setAccessibleDescription(text);
    };
    tip(m_pause, tr("%2 gets nothing and waits. %1 can go on until its pipe is full, then its write waits.").arg(writer, reader));
    tip(m_step, tr("Lets one piece of %1 through to %2, and holds what comes next.").arg(writer, reader));
    m_heldNote->setText(tr("%2 gets what you send instead, or nothing of it; %1 does not learn of it.").arg(writer, reader));
    const QString slowly = tr("%2 gets its input slowly; once the pipe is full, %1 is slowed down as well.").arg(writer, reader);
    m_throttleNote->setText(slowly);
    tip(m_bytesPerSecond, tr("100 B, 64 KiB. %1").arg(slowly));
    tip(m_delay, tr("Each piece reaches %1 that much later, in order. 20 ms, 1.5 s.").arg(reader));
    m_splitNote->setText(
        tr("One write of %1 reaches %2 in several reads: parsers that count on whole messages break. 1 B, 4 KiB.")
            .arg(writer, reader));
    m_capacityNote->setText(tr("%1 has to wait for %2 sooner, as with a pipe on another system.").arg(writer, reader));
    m_injectNote->setText(tr("%2 reads them before what passes next, as if %1 had written them.").arg(writer, reader));
}

QString LinkControls::reason() const
{
    return m_reason->isHidden() ? QString() : m_reason->text();
}

QString LinkControls::heldText() const
{
    return m_heldLabel->text();
}

void LinkControls::showReason(const QString &reason)
{
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    m_body->setEnabled(reason.isEmpty());
    for (QWidget *widget : m_row->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly))
        widget->setEnabled(reason.isEmpty() && (widget != m_step || (m_shown && m_shown->settings.paused)));
    m_more->setEnabled(true);
    m_reset->setVisible(reason.isEmpty());
    m_reset->setEnabled(reason.isEmpty() && m_shown && !m_shown->settings.isPlain());
    m_state->setVisible(reason.isEmpty());
}

void LinkControls::refresh()
{
    if (!m_figures)
        return showReason(tr("Select one pipe in the list to hold, slow down or change what passes it."));
    if (!m_session)
        return showReason(tr("This recording is over: what passed can be read, not changed."));
    if (m_figures->info.kind != ChannelKind::Pipe)
        return showReason(tr("Only pipes between the stages of a pipeline that Forkscope started can be changed; this is a %1.")
                              .arg(ChannelWords::kind(m_figures->info.kind)));
    const std::optional<LinkState> state = m_session->link(m_figures->info.id);
    if (!state) {
        m_shown.reset();
        return showReason(tr("This pipe has ended: one of its programs has closed it."));
    }
    showState(*state);
    showReason({});
}

void LinkControls::showState(const LinkState &state)
{
    const bool first = !m_shown;
    const LinkSettings &now = state.settings;
    const auto set = [&](QLineEdit *field, const QString &text, bool changed) {
        if ((first || changed) && !field->hasFocus())
            field->setText(text);
    };
    const LinkSettings before = m_shown ? m_shown->settings : LinkSettings();
    const auto size = [](quint64 bytes) { return bytes ? sizeInputText(bytes) : QString(); };
    set(m_bytesPerSecond, size(now.bytesPerSecond), now.bytesPerSecond != before.bytesPerSecond);
    set(m_piecesPerSecond, now.messagesPerSecond ? QString::number(now.messagesPerSecond) : QString(),
        now.messagesPerSecond != before.messagesPerSecond);
    set(m_delay, now.delayNs ? durationInputText(std::chrono::milliseconds(now.delayNs / 1'000'000)) : QString(),
        now.delayNs != before.delayNs);
    set(m_split, size(now.splitBytes), now.splitBytes != before.splitBytes);
    if (first || now.capacity != before.capacity)
        m_capacity->setCurrentIndex(std::max(0, m_capacity->findData(now.capacity)));
    m_pause->setChecked(now.paused);
    m_pause->setText(now.paused ? tr("Resume") : tr("Pause"));
    m_step->setEnabled(now.paused);
    if (first || m_shown->keep.bytes != state.keep.bytes) {
        const quint32 keep = state.keep.bytes;
        m_keep->setCurrentIndex(keep == 0 ? CountersOnly : keep == TapKeep::kEverything ? Everything : FirstBytes);
        m_keepBytes->setText(sizeInputText(keep == 0 || keep == TapKeep::kEverything ? kDefaultKeepBytes : keep));
    }
    m_keepBytes->setVisible(m_keep->currentIndex() == FirstBytes);
    m_shown = state;
    const QString sign = ChannelWords::settings(now);
    QStringList parts{m_title, sign.isEmpty() ? tr("a plain pipe") : QStringLiteral("⚠ %1").arg(sign)};
    if (state.settings.paused && state.heldBytes > 0)
        parts.append(tr("%1 held").arg(bytesText(qint64(state.heldBytes))));
    parts.append(tr("%1 passed in %n piece(s)", nullptr, int(std::min<quint64>(state.counters.pieces, 2'000'000'000)))
                     .arg(bytesText(qint64(state.counters.bytes))));
    if (state.queuedBytes >= 0)
        parts.append(tr("%1 of %2 queued").arg(bytesText(state.queuedBytes), bytesText(state.capacityBytes)));
    if (state.droppedBytes)
        parts.append(tr("%1 thrown away by hand").arg(bytesText(qint64(state.droppedBytes))));
    if (state.injectedBytes)
        parts.append(tr("%1 added by hand").arg(bytesText(qint64(state.injectedBytes))));
    m_state->setText(parts.join(QStringLiteral(" · ")));
    showHeld(state);
}

void LinkControls::showHeld(const LinkState &state)
{
    const bool isHeld = state.settings.paused && state.heldBytes > 0;
    const bool cut = state.heldBytes > quint64(state.held.size());
    m_heldLabel->setText(!state.settings.paused ? tr("Nothing is held: pause first.")
            : !isHeld                           ? tr("Nothing has come since; the next piece will be held.")
            : cut ? tr("%1 are held; here are the first %2. What you send instead replaces all of it.")
                        .arg(bytesText(qint64(state.heldBytes)), bytesText(state.held.size()))
                  : tr("%1 are held.").arg(bytesText(qint64(state.heldBytes))));
    m_drop->setEnabled(isHeld);
    m_held->editor()->setEnabled(isHeld);
    m_held->kind()->setEnabled(isHeld);
    const quint64 at = state.counters.bytes + state.droppedBytes;
    if (!isHeld) {
        if (m_heldAt != ~quint64(0))
            m_held->setBytes({});
        m_heldAt = ~quint64(0);
        m_heldBytes.clear();
    } else if (at != m_heldAt || (state.held != m_heldBytes && !m_held->editor()->document()->isModified())) {
        // Another piece: what was typed for the last one is over.
        m_heldAt = at;
        m_heldBytes = state.held;
        m_held->setBytes(state.held);
    }
    m_replace->setEnabled(isHeld && m_held->bytes().ok());
}

void LinkControls::noteFault(QLineEdit *field, const QString &fault)
{
    const bool isFaulty = field && !fault.isEmpty();
    m_fault->setVisible(isFaulty);
    m_fault->setText(isFaulty ? QStringLiteral("⚠ %1: %2").arg(field->accessibleName(), fault) : QString());
}

void LinkControls::act(const std::function<void(Session &, ChannelId)> &action, const QString &done)
{
    if (!m_session || !m_figures)
        return;
    action(*m_session, m_figures->info.id);
    refresh();
    if (!done.isEmpty())
        emit told(done);
}

void LinkControls::applyKeep()
{
    m_keepBytes->setVisible(m_keep->currentIndex() == FirstBytes);
    TapKeep keep;
    if (m_keep->currentIndex() == CountersOnly)
        keep.bytes = 0;
    if (m_keep->currentIndex() == FirstBytes) {
        const auto bytes = parseSize(m_keepBytes->text());
        if (!bytes || bytes.value() == 0 || bytes.value() >= TapKeep::kEverything)
            return noteFault(m_keepBytes, tr("a size from 1 B to 4 GiB is needed"));
        keep.bytes = quint32(bytes.value());
    }
    noteFault(nullptr, {});
    if (m_shown && keep.bytes != m_shown->keep.bytes)
        act([&](Session &session, ChannelId id) { session.setLinkKeep(id, keep); }, {});
}

void LinkControls::applySettings()
{
    if (!m_shown)
        return;
    LinkSettings settings;
    settings.paused = m_pause->isChecked();
    const auto size = [&](QLineEdit *field, quint64 &value) {
        if (field->text().trimmed().isEmpty())
            return true;
        const auto parsed = parseSize(field->text());
        if (parsed)
            value = parsed.value();
        else
            noteFault(field, tr("a size is needed, such as 100 B or 4 KiB; empty for none"));
        return parsed.ok();
    };
    if (!size(m_bytesPerSecond, settings.bytesPerSecond) || !size(m_split, settings.splitBytes))
        return;
    if (const QString text = m_piecesPerSecond->text().trimmed(); !text.isEmpty()) {
        bool ok = false;
        settings.messagesPerSecond = text.toULongLong(&ok);
        if (!ok)
            return noteFault(m_piecesPerSecond, tr("a whole number is needed; empty for no limit"));
    }
    if (const QString text = m_delay->text().trimmed(); !text.isEmpty()) {
        const auto parsed = parseDuration(text);
        if (!parsed)
            return noteFault(m_delay, tr("a duration is needed, such as 20 ms; empty for none"));
        settings.delayNs = std::chrono::nanoseconds(parsed.value()).count();
    }
    settings.capacity = m_capacity->currentData().toUInt();
    noteFault(nullptr, {});
    if (settings != m_shown->settings)
        act([&](Session &session, ChannelId id) { session.setLink(id, settings); }, {});
}

void LinkControls::reset()
{
    // Fields that have the focus would otherwise keep what they say.
    for (QLineEdit *field : {m_bytesPerSecond, m_piecesPerSecond, m_delay, m_split})
        field->clear();
    act([](Session &session, ChannelId id) { session.setLink(id, {}); }, tr("The pipe is a plain one again."));
}

} // namespace forkscope
