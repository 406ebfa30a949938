// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/event.h"
#include "core/journal/journal.h"

#include <QList>

#include <optional>
#include <variant>

/// All events of one kind, in order.
template<typename E> QList<E> eventsOf(const forkscope::Journal &journal)
{
    QList<E> found;
    for (quint64 i = 0; i < journal.eventCount(); ++i) {
        const auto record = journal.read(journal.eventRecord(i));
        const auto event = record ? forkscope::decodeEvent(record->eventNumber, record->bytes) : std::nullopt;
        if (const E *content = event ? std::get_if<E>(&*event) : nullptr)
            found.append(*content);
    }
    return found;
}
