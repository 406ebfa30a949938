// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/filteredrecords.h"

#include "core/decode/channeldecoders.h"
#include "core/filter/evaluator.h"

#include <QCoreApplication>

namespace forkscope::filter {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Filter)
};

} // namespace

Result<std::vector<quint64>> filteredRecords(const Journal &journal, const QString &text)
{
    const auto parsed = DisplayFilter::parse(text);
    if (const auto *problem = std::get_if<Problem>(&parsed))
        return Error::invalid(
            Text::tr("read the filter"), Text::tr("character %1: %2").arg(problem->position + 1).arg(problem->text), text);
    constexpr quint64 kAtOnce = 100'000;
    MessageIndex index(journal);
    while (index.advance(kAtOnce)) { }
    TrafficParties parties(journal);
    while (parties.advance(kAtOnce)) { }
    const decode::ChannelDecoders decoders(journal);
    Evaluator evaluator(std::get<DisplayFilter>(parsed), {journal, index, parties, decoders});
    std::vector<quint64> records;
    for (quint64 row = 0; row < index.count(); ++row)
        if (evaluator.verdictOn(row) == Evaluator::Verdict::Yes)
            records.push_back(index.row(row).record);
    return records;
}

} // namespace forkscope::filter
