// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/backgroundjob.h"
#include "ui/traffic/streampage.h"
#include "ui/traffic/trafficsource.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace forkscope {

class BytesView;
class SearchBar;

/// The bytes that passed one channel as a stream, both directions of a connection: as text, hexadecimal, bare digits or JSON
/// lines. Shows 256 KiB at a time (of hexadecimal: what can be seen), however long it is. Grows with a live recording. GUI
/// thread.
class FollowStream : public QDialog
{
    Q_OBJECT

public:
    FollowStream(TrafficSource &source, ChannelId channel, QWidget *parent = nullptr);
    ~FollowStream() override; ///< waits until its threads have noticed

    static constexpr quint64 kPage = 256 << 10; ///< bytes

    QPlainTextEdit *text() const { return m_text; }
    BytesView *hex() const { return m_hex; }
    QComboBox *formatBox() const { return m_format; }
    QComboBox *wayBox() const { return m_way; }
    QLabel *state() const { return m_state; }
    QPushButton *laterButton() const { return m_later; }
    QPushButton *earlierButton() const { return m_earlier; }
    SearchBar *searchBar() const { return m_search; }
    void find(const QString &text, bool backwards = false);
    /// In the format on show. told() tells the end.
    void saveTo(const QString &path);
    const RecordedStream &stream() const { return *m_stream; }

signals:
    void read(); ///< what there was when it was asked
    void pageShown();
    void told(const QString &text);

private:
    StreamFormat format() const;
    StreamWay way() const;
    void nameWays();
    void readOn();
    void showPage(quint64 from);
    void fill(const StreamPage &page);
    void showState();
    void showFound(quint64 offset);
    void askWhereToSave();
    void tell(const QString &text, bool problem = false);

    TrafficSource &m_source;
    std::shared_ptr<RecordedStream> m_stream;
    QString m_forward, m_back; ///< "a → b", for a person
    StreamPage m_page;
    quint64 m_request = 0; ///< the latest page
    bool m_reading = false, m_isRead = false;
    quint64 m_findFrom = 0;
    qsizetype m_found = 0; ///< bytes of what was found
    std::optional<quint64> m_foundAt;
    bool m_showsFound = false; ///< it is selected as soon as its page is there
    std::vector<int> m_starts; ///< of the runs of the page, in the text
    quint64 m_seenRecords = 0; ///< and channels, when it was last read
    std::atomic<double> m_saved = 0;
    QTimer m_ticker;
    bool m_saving = false;

    QComboBox *m_format, *m_way;
    QPushButton *m_earlier, *m_later, *m_save, *m_cancel;
    QProgressBar *m_progress;
    QLabel *m_state, *m_message;
    QStackedWidget *m_views;
    QPlainTextEdit *m_text;
    BytesView *m_hex;
    SearchBar *m_search;
    // last: they end before the rest goes
    BackgroundJob m_reader, m_pager, m_finder, m_saver;
};

} // namespace forkscope
