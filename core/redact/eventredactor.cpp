// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/eventredactor.h"

#include "core/journal/words.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr auto kRemoved = "***";

} // namespace

std::optional<Event> EventRedactor::redacted(Event event)
{
    m_changed = false;
    m_sample.clear();
    if (!std::visit([this](auto &content) { return apply(content); }, event))
        return {};
    return event;
}

ChannelInfo EventRedactor::redacted(ChannelInfo channel)
{
    m_changed = false;
    if (m_request.dropChannels.contains(channel.id))
        change(channel.name, streamWord(channel.kind) + QByteArrayLiteral(" (left out)"));
    else
        name(channel.name);
    return channel;
}

void EventRedactor::change(QByteArray &text, const QByteArray &to)
{
    m_changed |= text != to;
    text = to;
}

void EventRedactor::name(QByteArray &text)
{
    if (m_patterns.isEmpty() || text.isEmpty() || m_failed)
        return;
    const QByteArray before = text;
    m_failed = StreamMasker::maskAll(m_patterns, text, m_counts);
    m_changed |= text != before;
}

void EventRedactor::path(QByteArray &text)
{
    if (const qsizetype slash = text.lastIndexOf('/'); m_request.stripDirectories && slash >= 0)
        change(text, kRemoved + text.mid(slash));
    name(text);
}

void EventRedactor::arguments(QByteArrayList &arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        QByteArray &argument = arguments[i];
        if (m_request.stripArguments) {
            // A program may write more than its name there: "sshd: somebody@pts/1".
            const qsizetype space = i == 0 ? argument.indexOf(' ') : 0;
            if (space >= 0)
                change(argument, argument.first(space) + kRemoved);
        }
        if (const qsizetype slash = argument.lastIndexOf('/'); m_request.stripDirectories && slash >= 0)
            change(argument, kRemoved + argument.mid(slash));
    }
    maskArguments(arguments);
}

/// In each by itself, and in the line that they make: "--password" and its value are two.
void EventRedactor::maskArguments(QByteArrayList &arguments)
{
    if (m_patterns.isEmpty() || m_failed)
        return;
    QByteArray line = arguments.join(' ');
    const QByteArray before = line;
    m_failed = StreamMasker::maskAll(m_patterns, line, m_counts);
    std::vector<StreamMasker::Count> again; // the same matches, but for expressions that need a beginning or an end
    qsizetype at = 0;
    for (QByteArray &argument : arguments) {
        const QByteArray original = argument;
        std::vector<StreamMasker::Count> found;
        if (!m_failed)
            m_failed = StreamMasker::maskAll(m_patterns, argument, found);
        bool more = false;
        for (qsizetype i = 0; i < argument.size(); ++i, ++at) {
            if (argument[i] == original[i])
                argument[i] = line[at];
            else if (line[at] == before[at])
                more = true;
        }
        ++at;
        for (size_t i = 0; i < found.size() && more; ++i) {
            m_counts[i].matches += found[i].matches;
            m_counts[i].bytes += found[i].bytes;
        }
        m_changed |= argument != original;
    }
    if (const QByteArray after = arguments.join(' '); after != before)
        m_sample = after;
}

bool EventRedactor::apply(LaunchRequested &event)
{
    arguments(event.arguments);
    if (m_request.stripDirectories && !event.workingDirectory.isEmpty())
        change(event.workingDirectory, kRemoved);
    name(event.workingDirectory);
    return true;
}

bool EventRedactor::apply(StartFailed &event)
{
    path(event.path);
    path(event.interpreter);
    if ((m_request.stripArguments || m_request.stripDirectories) && event.stage == StartStage::Validate)
        change(event.detail, kRemoved); // a sentence that may name any of them
    name(event.detail);
    return true;
}

bool EventRedactor::apply(ProcessStarted &event)
{
    name(event.name);
    arguments(event.arguments);
    return true;
}

bool EventRedactor::apply(ProcessExecuted &event)
{
    name(event.name);
    arguments(event.arguments);
    return true;
}

bool EventRedactor::apply(ChannelOpened &event)
{
    event.channel = redacted(event.channel);
    return true;
}

bool EventRedactor::apply(ChannelClosed &event)
{
    return !m_request.dropChannels.contains(event.channel);
}

bool EventRedactor::apply(PayloadLost &event)
{
    const qsizetype before = event.channels.size();
    event.channels.removeIf([this](const auto &channel) { return m_request.dropChannels.contains(channel.channel); });
    m_changed = event.channels.size() != before;
    return !m_changed || !event.channels.isEmpty();
}

bool EventRedactor::apply(ChannelsSampled &event)
{
    const auto removed
        = event.samples.removeIf([this](const ChannelSample &sample) { return m_request.dropChannels.contains(sample.channel); });
    m_changed = removed > 0;
    return !m_changed || !event.samples.isEmpty();
}

bool EventRedactor::apply(TrafficLost &event)
{
    return !m_request.dropChannels.contains(event.channel);
}

bool EventRedactor::apply(ChannelEnds &event)
{
    return !m_request.dropChannels.contains(event.channel);
}

bool EventRedactor::apply(Intervened &event)
{
    if (m_request.stripPayload && (!m_request.stripChannels || m_request.stripChannels->contains(event.channel)))
        change(event.removed, {});
    name(event.removed);
    return !m_request.dropChannels.contains(event.channel);
}

bool EventRedactor::apply(Redacted &event)
{
    for (Redacted::Pattern &pattern : event.patterns)
        name(pattern.name);
    return true;
}

bool EventRedactor::apply(PoolOpened &event)
{
    name(event.name);
    return true;
}

bool EventRedactor::apply(TasksQueued &event)
{
    if (m_request.stripArguments || m_request.stripDirectories || m_request.stripEnvironment || !m_patterns.isEmpty()) {
        // CBOR within CBOR: what a mask made of it could not be read any more. That there were tasks is what is left.
        change(event.common, {});
        for (QByteArray &one : event.arguments)
            change(one, {});
    }
    return true;
}

bool EventRedactor::apply(TasksEnded &event)
{
    for (TaskEnd &end : event.tasks) {
        name(end.detail);
        if (m_request.stripArguments || !m_patterns.isEmpty())
            change(end.result, {});
    }
    return true;
}

} // namespace forkscope
