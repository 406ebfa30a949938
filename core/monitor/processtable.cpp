// TEMPORARY, never committed
#include "core/monitor/processtable.h"
#include <algorithm>
namespace forkscope {
template<class... T> struct O : T... {
    using T::operator()...;
};
template<class... T> O(T...) -> O<T...>;
ProcessTable::Changes ProcessTable::advance(const Journal &j, quint64 max)
{
    Changes c;
    c.firstNew = rowCount();
    quint64 n = 0;
    while (m_nextEvent < j.eventCount()) {
        if (n++ == max) {
            c.more = true;
            break;
        }
        auto v = j.read(j.eventRecord(m_nextEvent++));
        if (!v)
            continue;
        if (auto e = decodeEvent(v->eventNumber, v->bytes))
            fold(*e, v->timeNs, c);
    }
    std::sort(c.changed.begin(), c.changed.end());
    c.changed.erase(std::unique(c.changed.begin(), c.changed.end()), c.changed.end());
    c.changed.removeIf([&](int i) { return i >= c.firstNew; });
    return c;
}
int ProcessTable::addRow(ProcessRow r)
{
    int n = rowCount();
    if (r.parent >= 0)
        m_rows[size_t(r.parent)].children.append(n);
    else
        m_launches.append(n);
    if (!r.process.isNull())
        m_byProcess.insert(r.process, n);
    m_rows.push_back(std::move(r));
    return n;
}
void ProcessTable::fold(const Event &ev, qint64 t, Changes &c)
{
    std::visit(O{[&](const LaunchRequested &e) {
                     ProcessRow r;
                     r.launch = e.launch;
                     r.arguments = e.arguments;
                     r.startedNs = t;
                     int n = addRow(r);
                     m_byLaunch.insert(e.launch, n);
                     c.changed << n;
                 },
                   [&](const StartFailed &e) {
                       int n = rowOf(e.launch);
                       if (n < 0)
                           return;
                       m_rows[size_t(n)].failure = e;
                       m_failed++;
                       c.changed << n;
                   },
                   [&](const ProcessStarted &e) {
                       m_running++;
                       if (e.ancestor.isNull()) {
                           int n = rowOf(e.launch);
                           auto &r = m_rows[size_t(n)];
                           r.process = e.process;
                           r.ppid = e.ppid;
                           r.name = e.name;
                           r.startedNs = t;
                           if (!e.arguments.isEmpty())
                               r.arguments = e.arguments;
                           m_byProcess.insert(e.process, n);
                           c.changed << n;
                           return;
                       }
                       ProcessRow r;
                       r.launch = e.launch;
                       r.process = e.process;
                       r.parent = rowOf(e.ancestor);
                       r.ppid = e.ppid;
                       r.name = e.name;
                       r.arguments = e.arguments;
                       r.startedNs = t;
                       addRow(r);
                   },
                   [&](const ProcessExecuted &e) {
                       int n = rowOf(e.process);
                       if (n < 0)
                           return;
                       m_rows[size_t(n)].name = e.name;
                       m_rows[size_t(n)].arguments = e.arguments;
                       c.changed << n;
                   },
                   [&](const ProcessExited &e) {
                       int n = rowOf(e.process);
                       if (n < 0)
                           return;
                       auto &r = m_rows[size_t(n)];
                       r.exit = e.status;
                       r.endedNs = t;
                       r.maxResidentBytes = e.maxResidentBytes;
                       m_running--;
                       (e.status.success() ? m_finished : m_failed)++;
                       c.changed << n;
                   },
                   [&](const ProcessesSampled &e) {
                       for (auto &s : e.samples) {
                           int n = rowOf(s.process);
                           if (n < 0)
                               continue;
                           auto &r = m_rows[size_t(n)];
                           r.state = s.state;
                           r.cpuPermille = s.cpuPermille;
                           r.cpuNs = s.cpuNs;
                           r.residentBytes = s.residentBytes;
                           r.threads = s.threads;
                           r.ppid = s.ppid;
                           c.changed << n;
                       }
                   },
                   [](const auto &) {}},
        ev);
}
int ProcessTable::rowOf(const ProcessKey &p) const
{
    return m_byProcess.value(p, -1);
}
int ProcessTable::rowOf(LaunchId l) const
{
    return m_byLaunch.value(l, -1);
}
QList<int> ProcessTable::subtree(int row) const
{
    QList<int> l{row};
    for (qsizetype i = 0; i < l.size(); ++i)
        l += this->row(l[i]).children;
    return l;
}
} // namespace forkscope
