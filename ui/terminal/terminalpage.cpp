// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminalpage.h"

#include "core/terminal/terminalfeed.h"
#include "ui/output/searchbar.h"
#include "ui/recording/exportjob.h"
#include "ui/recording/exportwords.h"
#include "ui/terminal/terminalview.h"
#include "ui/widgets/format.h"

#include <QFileDialog>
#include <QLabel>
#include <QRegularExpression>
#include <QScrollBar>
#include <QVBoxLayout>

namespace forkscope {

TerminalPage::TerminalPage(const Journal &journal, bool live, QWidget *parent)
    : QWidget(parent), m_journal(journal), m_live(live), m_export(new ExportJob(journal, this)), m_view(new TerminalView),
      m_search(new SearchBar), m_hint(new QLabel)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_search);
    m_hint->setContentsMargins(6, 3, 6, 3);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_hint);
    m_search->hide();

    connect(m_view, &TerminalView::typed, this, [this](const QByteArray &bytes) { emit typed(m_launch, bytes); });
    connect(
        m_view, &TerminalView::sizeChanged, this, [this](int columns, int rows) { emit sizeChanged(m_launch, columns, rows); });
    connect(m_view, &TerminalView::advanced, this, &TerminalPage::updateHint);
    connect(m_view, &TerminalView::leaveRequested, this, &TerminalPage::leaveRequested);
    connect(m_view, &TerminalView::findRequested, this, [this] { m_search->open(m_view->selectedText().section(u'\n', 0, 0)); });
    connect(m_view, &TerminalView::saveRequested, this, &TerminalPage::save);
    connect(m_export, &ExportJob::finished, this,
        [this](const ExportReport &report) { setSaved(tr("Saved: %1.").arg(exportResultText(report).simplified())); });
    connect(m_export, &ExportJob::failed, this, [this](const Error &error) { setSaved(errorText(error)); });
    connect(m_search, &SearchBar::nextRequested, this, [this] { find(false); });
    connect(m_search, &SearchBar::previousRequested, this, [this] { find(true); });
    connect(m_search, &SearchBar::queryChanged, this, [this] { find(true); });
    connect(m_search, &SearchBar::closed, this, [this] {
        m_search->hide();
        m_view->setFocus();
    });
}

TerminalPage::~TerminalPage()
{
    m_view->setFeed(nullptr);
}

void TerminalPage::advance()
{
    for (; m_channelsSeen < m_journal.channelCount(); ++m_channelsSeen) {
        const ChannelInfo channel = m_journal.channel(ChannelId(m_channelsSeen));
        if (channel.kind != ChannelKind::Terminal || m_channels.contains(channel.launch))
            continue;
        m_channels.insert(channel.launch, channel.id);
        if (m_live)
            m_feeds.insert(channel.launch, makeFeed(channel.launch, true));
        emit appeared(channel.launch);
    }
    for (TerminalFeed *feed : std::as_const(m_feeds))
        feed->advance();
}

TerminalFeed *TerminalPage::makeFeed(LaunchId launch, bool answers)
{
    const auto [columns, rows] = fitting(parentWidget() ? parentWidget()->size() : size());
    auto *feed = new TerminalFeed(m_journal, m_channels.value(launch), answers, columns, rows, this);
    connect(feed, &TerminalFeed::answered, this, [this, launch](const QByteArray &bytes) { emit typed(launch, bytes); });
    return feed;
}

/// The one that is fed all along, or in a live session one of its own for an earlier moment.
TerminalFeed *TerminalPage::feedInSight()
{
    if (!has(m_launch))
        return nullptr;
    if (m_live && m_endRecord) {
        if (!m_past || m_past->channel() != m_channels.value(m_launch)) {
            delete m_past;
            m_past = makeFeed(m_launch, false);
        }
        m_past->setEndRecord(m_endRecord);
        return m_past;
    }
    TerminalFeed *&feed = m_feeds[m_launch];
    if (!feed)
        feed = makeFeed(m_launch, false); // over: nobody waits for answers
    if (!m_live)
        feed->setEndRecord(m_endRecord);
    return feed;
}

void TerminalPage::setEndRecord(std::optional<quint64> record)
{
    if (m_endRecord == record)
        return;
    m_endRecord = record;
    showLaunch(m_launch, m_ended);
    if (!m_endRecord) {
        delete m_past;
        m_past = nullptr;
    }
}

/// Of what the terminal's programs wrote, from the start on.
quint64 TerminalPage::bytesGivenUp(LaunchId launch) const
{
    const ChannelId channel = m_channels.value(launch, ChannelId::None);
    if (channel == ChannelId::None)
        return 0;
    const quint64 first = m_journal.channelPositionOf(channel, m_journal.firstRecord());
    if (first >= m_journal.channelRecordCount(channel))
        return 0;
    const auto record = m_journal.read(m_journal.channelRecord(channel, first));
    return record ? record->message.streamOffset : 0;
}

void TerminalPage::dropEnded(const std::function<bool(LaunchId)> &isOver)
{
    erase_if(m_feeds, [&](const auto &entry) {
        const bool needed = entry.key() == m_launch || entry.value()->isBehind() || !isOver(entry.key());
        if (!needed)
            delete entry.value();
        return !needed;
    });
}

std::pair<int, int> TerminalPage::fitting(const QSize &page) const
{
    const int hint = 2 * m_hint->fontMetrics().height() + 6;
    return m_view->fitting({page.width() - m_view->verticalScrollBar()->sizeHint().width(), page.height() - hint});
}

void TerminalPage::showLaunch(LaunchId launch, const QString &ended)
{
    if (launch != m_launch)
        m_saved.clear();
    m_launch = launch;
    m_view->setLive(m_live && ended.isEmpty() && !m_endRecord);
    m_view->setFeed(feedInSight());
    m_ended = ended;
    updateHint();
}

void TerminalPage::updateHint()
{
    QString text = m_view->isLive() ? tr("Keys go to the program. Ctrl+Shift+Esc leaves the terminal; Ctrl+Shift+C copies, "
                                         "Ctrl+Shift+V pastes, Ctrl+Shift+F finds.")
        : m_endRecord               ? tr("The terminal as it was at the moment that the time bar shows.")
        : m_ended.isEmpty()         ? tr("A terminal as it was recorded. Ctrl+Shift+F finds, Ctrl+Shift+C copies.")
                                    : m_ended;
    if (const quint64 lost = bytesGivenUp(m_launch))
        text.prepend(
            tr("⚠ The first %1 were given up (size limit): the screen begins without them.").arg(bytesText(qint64(lost))) + u' ');
    const TerminalFeed *feed = m_view->feed();
    if (const quint64 skipped = feed ? feed->skippedBytes() : 0)
        text.prepend(
            tr("%1 came too fast to be shown here; the Output tab has all of it.").arg(bytesText(qint64(skipped))) + u' ');
    if (!m_saved.isEmpty())
        text.prepend(m_saved + u' ');
    if (m_hint->text() != text)
        m_hint->setText(text);
}

void TerminalPage::save()
{
    if (!has(m_launch))
        return;
    auto *dialog = new QFileDialog(this, tr("Save the terminal session"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Terminal session, asciicast (*.cast)")});
    dialog->setDefaultSuffix(QStringLiteral("cast"));
    QString name = QString::fromUtf8(m_journal.channel(m_channels.value(m_launch)).name);
    name.replace(QRegularExpression(QStringLiteral("[/\\s]+")), QStringLiteral("-"));
    dialog->selectFile(name.left(60) + QStringLiteral(".cast"));
    connect(dialog, &QFileDialog::fileSelected, this, &TerminalPage::saveTo);
    dialog->open();
}

void TerminalPage::saveTo(const QString &path)
{
    if (m_export->isRunning())
        return setSaved(tr("The session before is still being saved."));
    m_export->start({.format = ExportFormat::Asciicast, .launches = QList{m_launch}}, path, true);
    setSaved(tr("Saving …"));
}

void TerminalPage::setSaved(const QString &text)
{
    m_saved = text;
    updateHint();
}

void TerminalPage::find(bool backward)
{
    const SearchQuery query = m_search->query();
    if (query.text.isEmpty()) {
        m_search->setStatus({}, false);
        return;
    }
    const QRegularExpression pattern(query.regularExpression ? query.text : QRegularExpression::escape(query.text),
        query.caseSensitive ? QRegularExpression::NoPatternOption : QRegularExpression::CaseInsensitiveOption);
    if (!pattern.isValid())
        m_search->setStatus(pattern.errorString(), true);
    else if (m_view->find(pattern, backward))
        m_search->setStatus({}, false);
    else
        m_search->setStatus(tr("Not found on the screen or in its last 10,000 lines"), true);
}

} // namespace forkscope
