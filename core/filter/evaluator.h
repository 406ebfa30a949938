// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/filterrun.h"
#include "core/filter/jsonsearch.h"
#include "core/filter/messagecontent.h"
#include "core/filter/node.h"
#include "core/traffic/trafficparties.h"

#include <atomic>
#include <optional>

namespace forkscope::filter {

/// Tells of one row after the other whether it passes a filter, and remembers what holds for several. One thread.
class Evaluator
{
public:
    enum class Verdict : quint8 {
        No,
        Yes,
        Unknown, ///< its content was given up
    };

    /// What the source refers to must outlive it.
    Evaluator(DisplayFilter filter, const Source &source);

    Verdict verdictOn(quint64 row); ///< row < index.count()

private:
    struct ChannelMemory {
        quint64 row = 0, position = 0; ///< the last that was looked at, and its place in the channel
        std::vector<signed char> verdicts; ///< by test; −1: not asked yet
    };
    struct PartyKey {
        ChannelId channel;
        qint32 pid, peerPid;
        Operation operation;
        friend bool operator==(const PartyKey &, const PartyKey &) = default;
        friend size_t qHash(const PartyKey &key, size_t seed)
        {
            return qHashMulti(seed, key.channel, key.pid, key.peerPid, int(key.operation));
        }
    };

    /// Tests of JSON that are looked for at once.
    struct Search {
        JsonSearch search;
        std::vector<const Test *> tests; ///< by question
        bool isDone = false; ///< in the row at hand: what it found
        quint64 exists = 0, passes = 0;
    };
    struct Question {
        int search = -1, number = 0;
    };
    struct Match {
        QByteArray text;
        bool is = false, isKnown = false;
    };

    void addQuestions(const Node &node);
    Verdict verdictOf(const Node &node);
    Verdict verdictOf(const Test &test);
    Verdict ofChannel(const Test &test);
    Verdict ofName(const Test &test, const QByteArray &name);
    Verdict ofContent(const Test &test);
    Verdict ofDecoded(const Test &test);
    Verdict ofJson(const Test &test);
    bool passesDecoded(const Test &test, QByteArrayView value);
    bool holds(const Test &test, QByteArrayView text);
    bool matchesExpression(const Test &test, QByteArrayView text);
    bool passes(const Test &test, QByteArrayView text);
    std::optional<qint64> numberOf(FieldId field);
    std::optional<qint64> delta();
    const TrafficParties::Ends &ends();
    ChannelMemory &memory();
    const QRegularExpression &expression(const Test &test);

    const DisplayFilter m_filter;
    const Source m_source;
    std::vector<ChannelMemory> m_channels;
    QHash<PartyKey, TrafficParties::Ends> m_ends;
    std::vector<QHash<QByteArray, bool>> m_names; ///< by test; what it says of names of programs
    std::vector<std::optional<QRegularExpression>> m_expressions; ///< by test; own ones, which no other thread locks
    std::vector<std::vector<Match>> m_matches; ///< by test; what expressions said of short texts, by their hash
    std::vector<Search> m_searches;
    std::vector<Question> m_questions; ///< by test
    MessageContent m_content;
    // Of the row at hand.
    quint64 m_number = 0;
    MessageRow m_row;
    std::optional<TrafficParties::Ends> m_rowEnds;
};

} // namespace forkscope::filter
