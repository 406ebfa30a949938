// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/followstream.h"

#include "ui/output/searchbar.h"
#include "ui/traffic/bytesview.h"
#include "ui/traffic/colorrules.h"
#include "ui/traffic/messagewords.h"
#include "ui/widgets/format.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBlock>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr quint64 kBatch = 10'000; ///< records
constexpr int kTickMs = 150;

QString firstOf(const QList<Party> &parties)
{
    return parties.isEmpty() ? QStringLiteral("–") : MessageWords::party(parties.first());
}

} // namespace

FollowStream::FollowStream(TrafficSource &source, ChannelId channel, QWidget *parent)
    : QDialog(parent), m_source(source), m_stream(std::make_shared<RecordedStream>(source.journal(), channel)),
      m_format(new QComboBox), m_way(new QComboBox), m_earlier(new QPushButton(tr("◀ &Earlier"))),
      m_later(new QPushButton(tr("&Later ▶"))), m_save(new QPushButton(tr("&Save…"))), m_cancel(new QPushButton(tr("&Cancel"))),
      m_progress(new QProgressBar), m_state(new QLabel), m_message(new QLabel), m_views(new QStackedWidget),
      m_text(new QPlainTextEdit), m_hex(new BytesView), m_search(new SearchBar)
{
    const ChannelInfo info = source.journal().channel(channel);
    setWindowTitle(tr("Stream of %1").arg(MessageWords::channel(info)));

    m_format->setAccessibleName(tr("How the stream is shown"));
    for (const QString &name : {tr("Text"), tr("Hexadecimal"), tr("Raw (digits only)"), tr("JSON lines")})
        m_format->addItem(name);
    m_way->setAccessibleName(tr("Which direction is shown"));
    m_way->addItem(tr("Both directions"), int(StreamWay::Both));
    m_way->addItem({}, int(StreamWay::Forward));
    m_way->addItem({}, int(StreamWay::Back));
    nameWays();
    m_way->setVisible(info.kind == ChannelKind::Connection);
    m_way->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_way->setMinimumContentsLength(16);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("The stream"));
    m_text->setPlaceholderText(tr("Nothing has passed here that was recorded."));
    m_hex->setAccessibleName(tr("The stream in hexadecimal"));
    m_views->addWidget(m_text);
    m_views->addWidget(m_hex);
    m_search->setPrompt(tr("Find in the stream"));
    m_search->setFilterOffered(false);
    m_search->setExpressionOffered(false);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->hide();
    m_progress->setRange(0, 1000);
    m_progress->setAccessibleName(tr("How much is saved"));
    m_progress->hide();
    m_cancel->hide();

    auto *top = new QHBoxLayout;
    top->addWidget(m_format);
    top->addWidget(m_way);
    top->addStretch();
    top->addWidget(m_earlier);
    top->addWidget(m_later);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_state, 1);
    bottom->addWidget(m_progress);
    bottom->addWidget(m_cancel);
    bottom->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_search);
    layout->addWidget(m_message);
    layout->addLayout(bottom);
    for (QPushButton *button : {m_earlier, m_later, m_save, m_cancel})
        button->setAutoDefault(false);
    resize(820, 560);

    auto *findAction = new QAction(this);
    findAction->setShortcut(QKeySequence::Find);
    connect(findAction, &QAction::triggered, this, [this] { m_search->open({}); });
    addAction(findAction);
    connect(m_search, &SearchBar::nextRequested, this, [this] { find(m_search->query().text); });
    connect(m_search, &SearchBar::previousRequested, this, [this] { find(m_search->query().text, true); });
    connect(m_search, &SearchBar::queryChanged, this, [this] { m_search->setStatus({}, false); });
    connect(m_search, &SearchBar::closed, this, [this] {
        m_search->hide();
        m_views->currentWidget()->setFocus();
    });
    connect(m_format, &QComboBox::currentIndexChanged, this, [this] { showPage(m_page.from); });
    connect(m_way, &QComboBox::currentIndexChanged, this, [this] {
        m_hex->setBytes(std::make_shared<StreamBytes>(m_stream, way()));
        showPage(0);
    });
    connect(m_earlier, &QPushButton::clicked, this, [this] { showPage(m_page.from - std::min(m_page.from, kPage)); });
    connect(m_later, &QPushButton::clicked, this, [this] { showPage(m_page.end); });
    connect(m_save, &QPushButton::clicked, this, &FollowStream::askWhereToSave);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_saver.cancel();
        m_saving = false;
        tell(tr("Not saved."));
        showState();
    });
    connect(this, &FollowStream::told, m_message, [this](const QString &text) {
        m_message->setText(text);
        m_message->show();
    });
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        if (m_saving)
            m_progress->setValue(int(m_saved * 1000));
        readOn();
    });
    m_hex->setBytes(std::make_shared<StreamBytes>(m_stream, way()));
    m_ticker.start(kTickMs);
    readOn();
    m_text->setFocus();
}

FollowStream::~FollowStream() = default;

/// Who is at the ends may be known later than what they sent.
void FollowStream::nameWays()
{
    const auto channels = m_stream->channels();
    QString writer = firstOf(m_source.parties().writers(channels[0])), reader = firstOf(m_source.parties().readers(channels[0]));
    if (channels[1] != ChannelId::None && reader == firstOf({}))
        reader = firstOf(m_source.parties().writers(channels[1]));
    m_forward = tr("%1 → %2", "from, to").arg(writer, reader);
    m_back = tr("%1 → %2", "from, to").arg(reader, writer);
    m_way->setItemText(1, tr("▶ %1", "direction").arg(m_forward));
    m_way->setItemText(2, tr("◀ %1", "direction").arg(m_back));
}

StreamFormat FollowStream::format() const
{
    return StreamFormat(m_format->currentIndex());
}

StreamWay FollowStream::way() const
{
    return StreamWay(m_way->currentData().toInt());
}

/// Looks at what has come since.
void FollowStream::readOn()
{
    quint64 records = m_source.journal().channelCount();
    for (const ChannelId channel : m_stream->channels())
        if (channel != ChannelId::None)
            records += m_source.journal().channelRecordCount(channel);
    if (m_reading || (records == m_seenRecords && m_isRead))
        return;
    m_seenRecords = records;
    m_isRead = m_reading = true;
    const quint64 before = m_stream->size(StreamWay::Both);
    m_reader.start([this, before, stream = m_stream](const std::atomic<bool> &cancelled) {
        while (!cancelled && stream->advance(kBatch)) { }
        QMetaObject::invokeMethod(
            this,
            [this, before] {
                m_reading = false;
                nameWays();
                const bool isNew = m_stream->size(StreamWay::Both) != before;
                if (isNew)
                    m_hex->refresh();
                if (isNew && m_page.end - m_page.from < kPage)
                    showPage(m_page.from);
                showState();
                emit read();
            },
            Qt::QueuedConnection);
    });
}

void FollowStream::showPage(quint64 from)
{
    const bool isHex = format() == StreamFormat::Hex;
    m_views->setCurrentIndex(isHex ? 1 : 0);
    const quint64 request = ++m_request;
    m_pager.start([this, from, request, way = way(), format = format(), stream = m_stream](const std::atomic<bool> &) {
        StreamPage page = streamPage(*stream, way, from, kPage, format);
        QMetaObject::invokeMethod(
            this,
            [this, request, page = std::move(page)] {
                if (request == m_request)
                    fill(page);
            },
            Qt::QueuedConnection);
    });
}

void FollowStream::fill(const StreamPage &page)
{
    m_page = page;
    if (format() != StreamFormat::Hex) {
        const QSignalBlocker blocker(m_text);
        m_text->clear();
        m_starts.clear();
        QTextCursor cursor(m_text->document());
        cursor.beginEditBlock();
        const bool marks = format() != StreamFormat::JsonLines && way() == StreamWay::Both && m_stream->hasBack();
        QTextCharFormat note;
        note.setForeground(palette().color(QPalette::PlaceholderText));
        for (StreamRun &run : m_page.runs) {
            QTextCharFormat shape;
            shape.setForeground(m_stream->hasBack() ? hueColor(run.isBack ? RuleHue::Vermillion : RuleHue::Blue, palette())
                                                    : palette().color(QPalette::Text));
            const auto begin = [&] { m_starts.push_back(cursor.position()); };
            if (run.isNote || marks) {
                if (!cursor.atBlockStart())
                    cursor.insertText(QStringLiteral("\n"), note);
                if (marks && !run.isNote)
                    cursor.insertText(
                        run.isBack ? tr("◀ %1", "direction").arg(m_back) : tr("▶ %1", "direction").arg(m_forward), shape);
                else
                    cursor.insertText(run.text, note);
                cursor.insertText(QStringLiteral("\n"), note);
                if (run.isNote) {
                    begin();
                    continue;
                }
            }
            begin();
            cursor.insertText(run.text, shape);
        }
        cursor.endEditBlock();
        m_text->moveCursor(QTextCursor::Start);
    }
    showState();
    if (std::exchange(m_showsFound, false))
        showFound(*m_foundAt);
    emit pageShown();
}

void FollowStream::showState()
{
    const quint64 size = m_stream->size(way());
    const QLocale locale;
    const bool isWhole = format() == StreamFormat::Hex || (m_page.from == 0 && m_page.end >= size);
    QString text = isWhole
        ? tr("%1 in all").arg(bytesText(qint64(size)))
        : tr("bytes %1 to %2 of %3").arg(locale.toString(m_page.from + 1), locale.toString(m_page.end), locale.toString(size));
    if (m_stream->missing() > 0)
        text += QStringLiteral(" · ") + tr("⚠ %1 not recorded").arg(bytesText(qint64(m_stream->missing())));
    if (m_state->text() != text)
        m_state->setText(text);
    m_earlier->setVisible(!isWhole);
    m_later->setVisible(!isWhole);
    m_earlier->setEnabled(m_page.from > 0);
    m_later->setEnabled(m_page.end < size);
    m_progress->setVisible(m_saving);
    m_cancel->setVisible(m_saving);
    m_save->setEnabled(!m_saving);
}

void FollowStream::find(const QString &text, bool backwards)
{
    const QByteArray wanted = text.toUtf8();
    if (wanted.isEmpty())
        return;
    quint64 from = m_findFrom;
    if (m_foundAt)
        from = backwards ? *m_foundAt : *m_foundAt + 1;
    m_search->setStatus(tr("Looking …"), false);
    m_finder.start([this, wanted, backwards, from, way = way(), matters = m_search->query().caseSensitive, stream = m_stream](
                       const std::atomic<bool> &cancelled) {
        auto found = findInStream(*stream, way, wanted, matters, from, backwards, cancelled);
        bool again = false;
        if (!found && !cancelled) { // from the other end
            found = findInStream(*stream, way, wanted, matters, backwards ? stream->size(way) : 0, backwards, cancelled);
            again = found.has_value();
        }
        if (cancelled)
            return;
        QMetaObject::invokeMethod(
            this,
            [this, found, again, length = wanted.size()] {
                if (!found)
                    return m_search->setStatus(tr("Not found"), true);
                m_search->setStatus(
                    again ? tr("Found at byte %L1, from the other end").arg(*found + 1) : tr("Found at byte %L1").arg(*found + 1),
                    false);
                m_found = length;
                m_foundAt = found;
                if (format() == StreamFormat::Hex || (*found >= m_page.from && *found < m_page.end))
                    showFound(*found);
                else {
                    m_showsFound = true;
                    showPage(*found / kPage * kPage);
                }
            },
            Qt::QueuedConnection);
    });
}

void FollowStream::showFound(quint64 offset)
{
    if (format() == StreamFormat::Hex)
        return m_hex->select(offset, quint64(m_found));
    const auto run = std::find_if(m_page.runs.begin(), m_page.runs.end(), [offset](const StreamRun &one) {
        return !one.isNote && offset >= one.offset && offset < one.offset + quint64(one.bytes.size());
    });
    if (run == m_page.runs.end())
        return;
    const qsizetype at = m_starts[size_t(run - m_page.runs.begin())];
    const bool isRaw = format() == StreamFormat::Raw;
    const qsizetype from = isRaw ? 2 * qsizetype(offset - run->offset) : run->positionOf(offset);
    const qsizetype end = isRaw ? from + 2 * m_found : run->positionOf(offset + quint64(m_found));
    QTextCursor cursor(m_text->document());
    cursor.setPosition(int(at + from));
    cursor.setPosition(int(std::min<qsizetype>(at + end, m_text->document()->characterCount() - 1)), QTextCursor::KeepAnchor);
    m_text->setTextCursor(cursor);
    m_text->centerCursor();
}

void FollowStream::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save stream"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    static constexpr std::array kNames = {"stream.txt", "stream.hex", "stream.bin", "stream.jsonl"};
    dialog->selectFile(QLatin1String(kNames[size_t(format())]));
    connect(dialog, &QFileDialog::fileSelected, this, &FollowStream::saveTo);
    dialog->open();
}

void FollowStream::saveTo(const QString &path)
{
    m_saved = 0;
    m_saving = true;
    showState();
    m_saver.start([this, path, way = way(), format = format(), stream = m_stream](const std::atomic<bool> &cancelled) {
        const Result<quint64> saved = saveStream(*stream, way, format, path, cancelled, m_saved);
        if (cancelled)
            return;
        QMetaObject::invokeMethod(
            this,
            [this, saved, path] {
                m_saving = false;
                showState();
                if (!saved)
                    return tell(errorText(saved.error()), true);
                tell(tr("Saved %1 as %2").arg(bytesText(qint64(saved.value())), path));
            },
            Qt::QueuedConnection);
    });
}

void FollowStream::tell(const QString &text, bool problem)
{
    emit told(problem ? tr("⚠ %1").arg(text) : text);
}

} // namespace forkscope
