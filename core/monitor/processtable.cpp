// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitor/processtable.h"

#include <algorithm>
#include <csignal>

namespace forkscope {

namespace {

/// "changed" as Changes promises it: ascending, each row once, without the new ones.
void tidy(ProcessTable::Changes &changes)
{
    QList<int> &rows = changes.changed;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    rows.erase(std::lower_bound(rows.begin(), rows.end(), changes.firstNew), rows.end());
}

/// Of event bodies, some milliseconds: an event may sample thousands of processes.
constexpr qsizetype kBytesAtOnce = 256 * 1024;

} // namespace

ProcessTable::Changes ProcessTable::advance(const Journal &journal, quint64 maxEvents, quint64 endRecord)
{
    Changes changes;
    changes.firstNew = rowCount();
    const quint64 available = journal.eventCount();
    const quint64 end = m_nextEvent + std::min(maxEvents, available - std::min(available, m_nextEvent));
    for (qsizetype bytes = 0; m_nextEvent < end && bytes < kBytesAtOnce; ++m_nextEvent) {
        const quint64 number = journal.eventRecord(m_nextEvent);
        if (number >= endRecord)
            break;
        const auto record = journal.read(number);
        if (!record || !record->isEvent())
            continue; // a sample that was given up with the payload around it
        if (const auto event = decodeEvent(record->eventNumber, record->bytes))
            apply(*event, record->timeNs, changes);
        bytes += record->bytes.size();
    }
    changes.more = m_nextEvent < available && journal.eventRecord(m_nextEvent) < endRecord;
    tidy(changes);
    return changes;
}

ProcessTable::Changes ProcessTable::fold(const Event &event, qint64 timeNs)
{
    Changes changes;
    changes.firstNew = rowCount();
    apply(event, timeNs, changes);
    tidy(changes);
    return changes;
}

int ProcessTable::rowOf(const ProcessKey &process) const
{
    return m_byProcess.value(process, -1);
}

int ProcessTable::rowOf(LaunchId launch) const
{
    return m_byLaunch.value(launch, -1);
}

QList<int> ProcessTable::subtree(int row) const
{
    QList<int> rows;
    QList<int> open = {row};
    while (!open.isEmpty()) {
        const int next = open.takeLast();
        rows.append(next);
        const QList<int> &children = this->row(next).children;
        std::copy(children.rbegin(), children.rend(), std::back_inserter(open));
    }
    return rows;
}

void ProcessTable::apply(const Event &event, qint64 timeNs, Changes &changes)
{
    if (const auto *requested = std::get_if<LaunchRequested>(&event)) {
        apply(*requested, timeNs);
    } else if (const auto *failed = std::get_if<StartFailed>(&event)) {
        apply(*failed, timeNs, changes);
    } else if (const auto *started = std::get_if<ProcessStarted>(&event)) {
        apply(*started, timeNs, changes);
    } else if (const auto *executed = std::get_if<ProcessExecuted>(&event)) {
        if (const int i = rowOf(executed->process); i >= 0) {
            m_rows[size_t(i)].name = executed->name;
            m_rows[size_t(i)].arguments = executed->arguments;
            changes.changed.append(i);
        }
    } else if (const auto *exited = std::get_if<ProcessExited>(&event)) {
        apply(*exited, timeNs, changes);
    } else if (const auto *sent = std::get_if<SignalSent>(&event)) {
        const int i = rowOf(sent->process);
        // What stops and continues says nothing of the end.
        if (i >= 0 && sent->signal != SIGCONT) {
            m_rows[size_t(i)].signalSent = *sent;
            changes.changed.append(i);
        }
    } else if (const auto *sampled = std::get_if<ProcessesSampled>(&event)) {
        for (const ProcessSample &sample : sampled->samples)
            apply(sample, changes);
    }
}

void ProcessTable::apply(const LaunchRequested &event, qint64 timeNs)
{
    if (rowOf(event.launch) >= 0)
        return;
    ProcessRow row;
    row.launch = event.launch;
    row.arguments = event.arguments;
    row.workingDirectory = event.workingDirectory;
    if (!event.arguments.isEmpty())
        row.name = event.arguments.first().mid(event.arguments.first().lastIndexOf('/') + 1);
    row.startedNs = timeNs;
    addRow(std::move(row));
}

void ProcessTable::apply(const StartFailed &event, qint64 timeNs, Changes &changes)
{
    int i = rowOf(event.launch);
    if (i < 0) {
        ProcessRow row;
        row.launch = event.launch;
        row.startedNs = timeNs;
        i = addRow(std::move(row));
    }
    ProcessRow &row = m_rows[size_t(i)];
    if (row.failure || !row.process.isNull())
        return;
    count(row, -1);
    row.failure = event;
    row.endedNs = timeNs;
    count(row, 1);
    changes.changed.append(i);
}

void ProcessTable::apply(const ProcessStarted &event, qint64 timeNs, Changes &changes)
{
    if (event.process.isNull() || rowOf(event.process) >= 0)
        return;
    const int ofLaunch = rowOf(event.launch);
    int parent = event.ancestor.isNull() ? -1 : rowOf(event.ancestor);
    if (!event.ancestor.isNull() && parent < 0)
        parent = ofLaunch;

    int i = ofLaunch;
    const bool fillsLaunch = event.ancestor.isNull() && ofLaunch >= 0 && m_rows[size_t(ofLaunch)].process.isNull()
        && !m_rows[size_t(ofLaunch)].failure;
    if (!fillsLaunch) {
        ProcessRow row;
        row.launch = event.launch;
        row.parent = parent;
        i = addRow(std::move(row));
        if (parent >= 0) {
            m_rows[size_t(parent)].children.append(i);
            changes.changed.append(parent);
        }
    }
    ProcessRow &row = m_rows[size_t(i)];
    count(row, -1);
    row.process = event.process;
    row.ppid = event.ppid;
    row.name = event.name;
    if (!event.arguments.isEmpty() || !fillsLaunch)
        row.arguments = event.arguments;
    row.startedNs = timeNs;
    count(row, 1);
    m_byProcess.insert(event.process, i);
    changes.changed.append(i);
}

void ProcessTable::apply(const ProcessExited &event, qint64 timeNs, Changes &changes)
{
    const int i = rowOf(event.process);
    if (i < 0)
        return;
    ProcessRow &row = m_rows[size_t(i)];
    // Two may tell the end; the first who knows how it ended is believed.
    if (row.exit && (row.exit->kind != ExitStatus::Kind::Unknown || event.status.kind == ExitStatus::Kind::Unknown))
        return;
    count(row, -1);
    row.exit = event.status;
    row.perhapsOutOfMemory = event.perhapsOutOfMemory;
    if (row.endedNs == 0)
        row.endedNs = timeNs;
    row.cpuPermille = 0;
    row.threads = 0;
    row.residentBytes = 0;
    if (event.userNs >= 0 && event.systemNs >= 0)
        row.cpuNs = qint64(std::min(quint64(event.userNs) + quint64(event.systemNs), quint64(INT64_MAX)));
    row.userNs = event.userNs;
    row.systemNs = event.systemNs;
    row.maxResidentBytes = std::max(row.maxResidentBytes, event.maxResidentBytes);
    count(row, 1);
    changes.changed.append(i);
}

void ProcessTable::apply(const ProcessSample &sample, Changes &changes)
{
    const int i = rowOf(sample.process);
    if (i < 0 || m_rows[size_t(i)].exit)
        return;
    ProcessRow &row = m_rows[size_t(i)];
    row.ppid = sample.ppid;
    row.state = sample.state;
    row.threads = sample.threads;
    row.residentBytes = sample.residentBytes;
    row.maxResidentBytes = std::max(row.maxResidentBytes, sample.residentBytes);
    row.cpuNs = sample.cpuNs;
    row.cpuPermille = sample.cpuPermille;
    changes.changed.append(i);
}

void ProcessTable::count(const ProcessRow &row, int step)
{
    if (!row.isLaunch())
        return;
    if (row.isRunning())
        m_running += step;
    else if (row.exit && row.exit->success())
        m_finished += step;
    else if (row.failure || (row.exit && row.exit->kind != ExitStatus::Kind::Unknown))
        m_failed += step;
}

int ProcessTable::addRow(ProcessRow row)
{
    const int i = rowCount();
    if (row.isLaunch()) {
        m_launches.append(i);
        if (row.launch != LaunchId::None && !m_byLaunch.contains(row.launch))
            m_byLaunch.insert(row.launch, i);
    }
    m_rows.push_back(std::move(row));
    return i;
}

} // namespace forkscope
