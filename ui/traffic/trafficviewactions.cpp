// SPDX-License-Identifier: GPL-3.0-or-later
// What one can do in TrafficView: its tools, keys and menus.
#include "ui/traffic/bytesource.h"
#include "ui/traffic/colorrulesdialog.h"
#include "ui/traffic/filterbar.h"
#include "ui/traffic/filteredit.h"
#include "ui/traffic/filterwords.h"
#include "ui/traffic/followstream.h"
#include "ui/traffic/messagedetails.h"
#include "ui/traffic/messagewords.h"
#include "ui/traffic/trafficview.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>

namespace forkscope {

namespace {

constexpr int kMostCopied = 1000; ///< messages
constexpr qsizetype kMostCopiedBytes = 8 << 20;
constexpr int kMostExported = 1'000'000; ///< of a selection; a larger one is taken for all

} // namespace

/// Keys are looked for in eventFilter(): some of them belong to other views of the window as well, and only the one that has the
/// focus is meant.
QAction *TrafficView::addTool(
    const QString &text, const QString &toolTip, const QList<QKeySequence> &keys, const std::function<void()> &does)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    const QString key = keys.isEmpty() ? QString() : keys.first().toString(QKeySequence::NativeText);
    action->setToolTip(key.isEmpty() ? toolTip : tr("%1 (%2)", "what it does (keys)").arg(toolTip, key));
    connect(action, &QAction::triggered, this, does);
    m_actions.append(action);
    return action;
}

void TrafficView::buildTools()
{
    m_tools->setAccessibleName(tr("Messages"));
    m_tools->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_tools->setMovable(false);
    m_tools->layout()->setContentsMargins(0, 0, 0, 0);
    addTool(tr("Filter messages"), tr("Type a filter"),
        {QKeySequence::keyBindings(QKeySequence::Find).value(0, QKeySequence(Qt::CTRL | Qt::Key_F)), QKeySequence(Qt::Key_Slash)},
        [this] { m_filterBar->open(); });
    m_follow = addTool(tr("Follow"), tr("Stay at the newest message (End); scrolling up stops it"), {},
        [this] { m_list->setFollow(m_follow->isChecked()); });
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_stream = addTool(tr("Stream"), tr("Show the stream that the selected message is a part of"),
        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::SHIFT | Qt::Key_T)}, [this] { followStream(); });
    m_mark = addTool(tr("Mark"), tr("Mark the selected messages, or take the marks away"), {QKeySequence(Qt::CTRL | Qt::Key_M)},
        [this] { toggleMark(); });
    m_comment = addTool(
        tr("Comment…"), tr("Write a comment on the selected message"), {QKeySequence(Qt::Key_F2)}, [this] { editComment(); });
    addTool(tr("Next of the channel"), tr("To the next message of the same channel"), {QKeySequence(Qt::CTRL | Qt::Key_Period)},
        [this] { goInChannel(1); });
    addTool(tr("Previous of the channel"), tr("To the previous message of the same channel"),
        {QKeySequence(Qt::CTRL | Qt::Key_Comma)}, [this] { goInChannel(-1); });
    addTool(
        tr("Next mark"), tr("To the next message with a mark or a comment"), {QKeySequence(Qt::Key_F8)}, [this] { goToMark(1); });
    addTool(tr("Previous mark"), tr("To the previous message with a mark or a comment"), {QKeySequence(Qt::SHIFT | Qt::Key_F8)},
        [this] { goToMark(-1); });
    addTool(tr("Go to number…"), tr("To the message with a number"), {QKeySequence(Qt::CTRL | Qt::Key_G)},
        [this] { askForNumber(); });
    m_export = addTool(tr("Export…"), tr("Write the selected messages, or all that the list shows, to a file"), {},
        [this] { exportMessages(); });

    auto *times = new QMenu(tr("Time"), this);
    auto *group = new QActionGroup(this);
    const std::array styles = {std::pair(tr("Time of &day"), TimeStyle::OfDay),
        std::pair(tr("Since the &start of the recording"), TimeStyle::SinceStart),
        std::pair(tr("Since the line &above"), TimeStyle::SinceLineBefore)};
    for (const auto &[text, style] : styles) {
        QAction *action = times->addAction(text);
        action->setCheckable(true);
        action->setChecked(style == TimeStyle::OfDay);
        group->addAction(action);
        m_timeStyles.append(action);
        connect(action, &QAction::triggered, this, [this, one = style] { m_model.setTimeStyle(one); });
    }
    auto *time = new QToolButton;
    time->setText(tr("Time"));
    time->setToolTip(tr("What the column Time counts from"));
    time->setPopupMode(QToolButton::InstantPopup);
    time->setMenu(times);
    m_tools->addActions({m_follow});
    m_tools->addWidget(time);
    m_tools->addActions({m_stream, m_mark, m_comment, m_export});
    time->setFocusPolicy(Qt::TabFocus);
    for (QAction *action : m_tools->actions())
        if (QWidget *button = m_tools->widgetForAction(action))
            button->setFocusPolicy(Qt::TabFocus);
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_tools->addWidget(space);
    m_only->setAccessibleName(tr("Show all channels"));
    m_only->setAutoRaise(true);
    m_only->setFocusPolicy(Qt::TabFocus);
    m_onlyShown = m_tools->addWidget(m_only);
    for (QAction *action : {m_stream, m_mark, m_comment})
        action->setEnabled(false);
}

/// Two and more that are selected; else all in the list.
void TrafficView::exportMessages()
{
    const QList<quint64> selected = m_list->selectedMessages(kMostExported);
    const bool few = selected.size() > 1 && selected.size() < kMostExported;
    // There may be millions.
    m_gathering.start([this, few, selected, shown = m_model.stretch()](const std::atomic<bool> &cancelled) {
        std::vector<quint64> records;
        const quint64 count = few ? quint64(selected.size()) : shown.count;
        records.reserve(count);
        for (quint64 i = 0; i < count && !cancelled; ++i)
            records.push_back(m_source.index().row(few ? selected[qsizetype(i)] : shown.row(i)).record);
        std::sort(records.begin(), records.end());
        QMetaObject::invokeMethod(
            this, [this, records = std::move(records)] { emit exportRequested(records); }, Qt::QueuedConnection);
    });
}

bool TrafficView::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(object, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const QKeySequence pressed(key->keyCombination());
    const bool isTyping = qobject_cast<QLineEdit *>(object); // there only keys with Ctrl are meant for the view
    if (isTyping && !(key->modifiers() & Qt::ControlModifier))
        return QWidget::eventFilter(object, event);
    for (QAction *action : std::as_const(m_actions)) {
        if (!action->shortcuts().contains(pressed))
            continue;
        if (event->type() == QEvent::ShortcutOverride)
            event->accept();
        else if (action->isEnabled())
            action->trigger();
        return true;
    }
    return QWidget::eventFilter(object, event);
}

void TrafficView::goToNumber(quint64 number)
{
    if (number == 0 || number > m_source.index().count())
        return emit told(tr("There is no message %L1: the last one is %L2.").arg(number).arg(m_source.index().count()));
    if (!m_list->goTo(number - 1))
        emit told(tr("Message %L1 is hidden by the filter.").arg(number));
    m_list->setFocus();
}

void TrafficView::askForNumber()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::TextInput);
    dialog->setWindowTitle(tr("Go to number"));
    dialog->setLabelText(tr("Number of the message (1 to %L1):").arg(m_source.index().count()));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        bool isNumber = false;
        quint64 number = QLocale().toULongLong(text.trimmed(), &isNumber);
        if (!isNumber)
            number = text.trimmed().toULongLong();
        goToNumber(number);
    });
    dialog->open();
}

void TrafficView::goInChannel(int step)
{
    const auto current = m_list->currentMessage();
    if (!current)
        return;
    const MessageIndex &index = m_source.index();
    const ChannelId channel = index.channel(*current);
    // What the filter hides is passed over; not for ever.
    constexpr quint64 kMostSteps = 1'000'000;
    quint64 position = index.positionInChannel(*current);
    for (quint64 i = 0; i < kMostSteps; ++i) {
        if (step < 0 ? position == 0 : position + 1 >= index.channelRowCount(channel))
            break;
        position = step < 0 ? position - 1 : position + 1;
        if (m_list->goTo(index.channelRow(channel, position)))
            return;
    }
    emit told(step < 0 ? tr("There is no earlier message of this channel here.")
                       : tr("There is no later message of this channel here."));
}

void TrafficView::goToMark(int step)
{
    QList<quint64> records = m_notes.records();
    const auto current = m_list->currentMessage();
    const quint64 here = current ? m_source.index().row(*current).record : 0;
    if (step < 0)
        std::reverse(records.begin(), records.end());
    for (const quint64 record : std::as_const(records))
        if (!current || (step < 0 ? record < here : record > here))
            if (m_list->goTo(m_source.index().rowOfRecord(record)))
                return;
    emit told(tr("There is no further mark or comment in this direction."));
}

void TrafficView::toggleMark()
{
    const QList<quint64> messages = m_list->selectedMessages(kMostCopied);
    const auto noteOf = [this](quint64 message) { return m_notes.note(m_source.index().row(message).record); };
    const bool mark = std::any_of(messages.begin(), messages.end(), [&](quint64 message) { return !noteOf(message).isMarked; });
    for (const quint64 message : messages) {
        MessageNote note = noteOf(message);
        note.isMarked = mark;
        m_notes.setNote(m_source.index().row(message).record, note);
    }
}

void TrafficView::editComment()
{
    const auto current = m_list->currentMessage();
    if (!current)
        return;
    const quint64 record = m_source.index().row(*current).record;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::TextInput);
    dialog->setWindowTitle(tr("Comment"));
    dialog->setLabelText(tr("Comment on message %L1; it is kept beside the recording, not in it:").arg(*current + 1));
    dialog->setTextValue(m_notes.note(record).comment);
    dialog->resize(420, dialog->sizeHint().height());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, record](const QString &text) {
        MessageNote note = m_notes.note(record);
        note.comment = text.trimmed();
        m_notes.setNote(record, note);
    });
    dialog->open();
}

void TrafficView::followStream()
{
    const auto current = m_list->currentMessage();
    if (!current)
        return;
    delete m_streamDialog;
    m_streamDialog = new FollowStream(m_source, m_source.index().channel(*current), this);
    m_streamDialog->setAttribute(Qt::WA_DeleteOnClose);
    m_streamDialog->show();
}

void TrafficView::setColorRules(const QList<ColorRule> &rules)
{
    ColorRules::remember(rules);
    m_model.setColors(ColorRules(rules));
}

void TrafficView::editColors()
{
    if (m_colorsDialog)
        return m_colorsDialog->activateWindow();
    m_colorsDialog = new ColorRulesDialog(m_model.colors().rules(), this);
    m_colorsDialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_colorsDialog, &QDialog::accepted, this, [this] { setColorRules(m_colorsDialog->rules()); });
    m_colorsDialog->open();
}

QString TrafficView::conditionFor(quint64 message, MessageListModel::Column column) const
{
    const MessageRow row = m_source.index().row(message);
    const auto partyCondition = [](const Party &party, const QString &end) {
        return party.name.isEmpty() ? party.pid == 0 ? QString() : QStringLiteral("%1.pid == %2").arg(end).arg(party.pid)
                                    : QStringLiteral("%1.name == %2").arg(end, filterText(QString::fromUtf8(party.name)));
    };
    switch (column) {
    case MessageListModel::From:
        return partyCondition(m_source.parties().from(row), QStringLiteral("from"));
    case MessageListModel::To:
        return partyCondition(m_source.parties().to(row), QStringLiteral("to"));
    case MessageListModel::Channel:
        return channelCondition(m_source.journal().channel(row.channel));
    case MessageListModel::OperationColumn:
        return operationCondition(row.operation);
    case MessageListModel::Length:
        return QStringLiteral("len == %1").arg(row.length);
    case MessageListModel::Delta:
        return deltaCondition(m_source.index().deltaNs(message));
    default:
        return {};
    }
}

QMenu *TrafficView::makeMenu(MessageListModel::Column column)
{
    auto *menu = new QMenu(this);
    const auto current = m_list->currentMessage();
    const QString condition = current ? conditionFor(*current, column) : QString();
    const auto shown = [](QString text) { return text.replace(u'&', QLatin1String("&&")); };
    if (!condition.isEmpty()) {
        menu->addAction(
            tr("&Only with %1").arg(shown(condition)), this, [this, condition] { m_filterBar->addCondition(condition); });
        menu->addAction(tr("&Without %1").arg(shown(condition)), this,
            [this, condition] { m_filterBar->addCondition(QStringLiteral("!(%1)").arg(condition)); });
        menu->addSeparator();
    }
    menu->addActions({m_stream});
    menu->addAction(tr("&Decode channel as…"), m_details, &MessageDetails::focusDecoder)->setEnabled(current.has_value());
    menu->addSeparator();
    menu->addActions({m_mark, m_comment});
    menu->addAction(tr("Co&lour by this value…"), this,
            [this, condition] {
                editColors();
                m_colorsDialog->addRule();
                m_colorsDialog->filterEdit()->setText(condition);
            })
        ->setEnabled(!condition.isEmpty());
    menu->addSeparator();
    addCopies(menu);
    menu->addSeparator();
    menu->addActions({m_export});
    return menu;
}

void TrafficView::addCopies(QMenu *menu)
{
    QMenu *copies = menu->addMenu(tr("&Copy"));
    copies->addAction(tr("As &lines of the list"), this, [this] {
        QStringList lines;
        for (const quint64 message : m_list->selectedMessages(kMostCopied)) {
            QStringList cells;
            const int row = m_model.rowOf(message);
            for (int column = MessageListModel::Number; column < MessageListModel::ColumnCount; ++column)
                cells += m_model.index(row, column).data().toString();
            lines += cells.join(QLatin1Char('\t'));
        }
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    });
    copies->addAction(tr("The bytes as &text"), this, &TrafficView::copyText);
    copies->addAction(tr("The bytes as &hexadecimal"), this, &TrafficView::copyHex);
    copies->addAction(tr("The fields as &JSON"), this, &TrafficView::copyTree)->setEnabled(m_details->content());
    copies->setEnabled(m_list->currentMessage().has_value());
}

namespace {

/// The bytes of messages, one after the other; what is beyond the limit is told.
QByteArray bytesOf(const TrafficSource &source, const QList<quint64> &messages, bool &isCut)
{
    QByteArray bytes;
    for (const quint64 message : messages) {
        const MessageBytes one(source.journal(), source.index().row(message).record);
        bytes += one.read(0, kMostCopiedBytes - bytes.size());
        isCut |= bytes.size() >= kMostCopiedBytes;
    }
    return bytes;
}

} // namespace

void TrafficView::copyText()
{
    bool isCut = false;
    QApplication::clipboard()->setText(QString::fromUtf8(bytesOf(m_source, m_list->selectedMessages(kMostCopied), isCut)));
    if (isCut)
        emit told(tr("Only the first %L1 bytes of the selection were copied.").arg(kMostCopiedBytes));
}

void TrafficView::copyHex()
{
    bool isCut = false;
    const QByteArray bytes = bytesOf(m_source, m_list->selectedMessages(kMostCopied), isCut);
    QApplication::clipboard()->setText(QString::fromLatin1(bytes.toHex(' ')));
    if (isCut)
        emit told(tr("Only the first %L1 bytes of the selection were copied.").arg(kMostCopiedBytes));
}

void TrafficView::copyTree()
{
    QApplication::clipboard()->setText(QString::fromUtf8(m_details->treeAsJson()));
}

} // namespace forkscope
