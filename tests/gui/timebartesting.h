// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/guitesting.h"
#include "tests/unit/timedrecording.h"
#include "ui/mainwindow.h"
#include "ui/monitor/processmodel.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputview.h"
#include "ui/recording/timebar.h"
#include "ui/recording/timetrack.h"

/// What the tests of the time bar share.
namespace forkscope {

constexpr qint64 kSecond = 1'000'000'000;
constexpr qint64 kStart = 1'700'000'000 * kSecond;

inline ProcessStarted started(int pid, int parent, quint32 launch, const QByteArray &name)
{
    ProcessStarted event;
    event.process = {pid, 1};
    event.ancestor = parent ? ProcessKey{parent, 1} : ProcessKey();
    event.launch = LaunchId(launch);
    event.name = name;
    event.arguments = {name};
    return event;
}

/// One hundred seconds: ten commands with a child each, which write, are sampled and end; and a terminal that counts.
inline TimedRecording story()
{
    TimedRecording recording(kStart);
    std::vector<ChannelId> outs;
    outs.reserve(10);
    for (int i = 0; i < 10; ++i)
        outs.push_back(recording.open(ChannelKind::StandardOutput, quint32(i) + 1, {100 + i, 1}, "stdout"));
    const ChannelId terminal = recording.open(ChannelKind::Terminal, 11, {300, 1}, "terminal");
    recording.tell(started(300, 0, 11, "count"), kStart);
    recording.write(terminal, kStart, "\x1b[2J");
    for (int tenth = 1; tenth <= 1000; ++tenth) {
        const qint64 time = kStart + tenth * kSecond / 10;
        const int i = (tenth - 1) / 100;
        const ProcessKey root{100 + i, 1}, child{200 + i, 1};
        switch ((tenth - 1) % 100) {
        case 0:
            recording.tell(started(100 + i, 0, quint32(i) + 1, "make"), time);
            break;
        case 10:
            recording.tell(started(200 + i, 100 + i, quint32(i) + 1, "cc"), time);
            break;
        case 90:
            recording.tell(ProcessExited{child, {ExitStatus::Kind::Exited, 0, false}}, time);
            break;
        case 95:
            recording.tell(ProcessExited{root, {ExitStatus::Kind::Exited, i % 2, false}}, time);
            break;
        default:
            recording.write(outs[size_t(i)], time, "line " + QByteArray::number(tenth) + '\n');
            recording.tell(ProcessesSampled{{{child, 1, 'R', 1, tenth * 1'000'000LL, tenth, 10}}}, time);
            recording.write(terminal, time, "\x1b[Hcount " + QByteArray::number(tenth) + ' ');
        }
    }
    return recording;
}

/// The recording in its window, read to the end.
struct TimeFixture {
    explicit TimeFixture(const TimedRecording &recording)
        : times(recording.times()), window(recording.save(home.file(QStringLiteral("t.pcapng"))))
    {
        window.resize(1280, 720);
        window.show();
        if (!QTest::qWaitForWindowExposed(&window))
            qFatal("the window was not shown");
        if (!QTest::qWaitFor([this] { return playback().timeline().position() == window.journal().recordCount(); }, 20'000))
            qFatal("the timeline did not get to the end");
        const Timeline &timeline = playback().timeline();
        const qint64 middle = timeline.firstNs() + (timeline.lastNs() - timeline.firstNs()) / 2;
        if (!QTest::qWaitFor([&] { return track()->xOf(middle) < track()->width() * 3 / 5; }, 20'000))
            qFatal("the track does not show the span");
        if (!QTest::qWaitFor([this] { return shown() > 0; }, 20'000))
            qFatal("no output was shown");
    }

    Playback &playback() { return *window.playback(); }
    TimeTrack *track() { return window.timeBar()->track(); }
    ProcessModel *model() { return const_cast<ProcessModel *>(&window.processes()); }
    quint64 shown() { return window.output()->view()->shownCount(); }
    quint64 recordsUntil(qint64 time) const
    {
        return quint64(std::upper_bound(times.begin(), times.end(), time) - times.begin());
    }

    TestHome home;
    std::vector<qint64> times;
    MainWindow window;
};

} // namespace forkscope
