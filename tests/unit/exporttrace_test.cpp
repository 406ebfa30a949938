// SPDX-License-Identifier: GPL-3.0-or-later
// Traces, held against the rules of the Trace Event Format.
#include "tests/unit/exporttesting.h"
#include "tests/unit/recordedoutput.h"

#include <QJsonArray>

#include <map>

using namespace forkscope;

namespace {

struct Trace {
    QList<QJsonObject> events;

    QList<QJsonObject> of(const QString &phase, const QString &name = {}) const
    {
        QList<QJsonObject> found;
        for (const QJsonObject &event : events)
            if (event[u"ph"].toString() == phase && (name.isEmpty() || event[u"name"].toString() == name))
                found.append(event);
        return found;
    }
};

/// Why this is no trace; empty where it is one.
QString faultOf(const QList<QJsonObject> &events)
{
    struct Slice {
        double start, end;
    };
    std::map<std::pair<int, int>, QList<Slice>> open;
    std::map<std::pair<int, int>, double> lastOfCounter;
    std::map<int, int> starts, finishes;
    std::map<std::pair<int, QString>, double> counters;
    QSet<int> named;
    for (const QJsonObject &event : events) {
        const auto say = [&](const char *what) {
            return QLatin1String(what) + QLatin1String(": ") + QString::fromUtf8(QJsonDocument(event).toJson());
        };
        const QString phase = event[u"ph"].toString(), name = event[u"name"].toString();
        if (!event[u"pid"].isDouble() || !event[u"tid"].isDouble() || !event[u"ts"].isDouble() || name.isEmpty())
            return say("pid, tid, ts and name are needed");
        const int pid = event[u"pid"].toInt();
        const double ts = event[u"ts"].toDouble();
        if (ts < 0 || pid <= 0)
            return say("out of range");
        const QJsonObject args = event[u"args"].toObject();
        if (phase == u"M") {
            const QString key
                = name.endsWith(QLatin1String("_sort_index")) ? QStringLiteral("sort_index") : QStringLiteral("name");
            if (args.size() != 1 || !args.contains(key))
                return say("args of metadata");
            if (name == u"process_name") {
                if (named.contains(pid))
                    return say("two processes on one track");
                named.insert(pid);
            }
        } else if (phase == u"X") {
            if (!event[u"dur"].isDouble() || event[u"dur"].toDouble() < 0)
                return say("no duration");
        } else if (phase == u"i") {
            if (!QStringList({QStringLiteral("g"), QStringLiteral("p"), QStringLiteral("t")}).contains(event[u"s"].toString()))
                return say("scope of an instant");
        } else if (phase == u"C") {
            if (args.size() != 1 || !args.begin().value().isDouble() || args.begin().value().toDouble() < 0)
                return say("a counter without a number");
            double &last = counters[{pid, name}];
            if (ts < last)
                return say("a counter goes back in time");
            last = ts;
        } else if (phase == u"s") {
            ++starts[event[u"id"].toInt()];
        } else if (phase == u"f") {
            if (event[u"bp"].toString() != u"e")
                return say("binding of a flow");
            ++finishes[event[u"id"].toInt()];
        } else {
            return say("unknown phase");
        }
        if (phase != u"M" && !named.contains(pid))
            return say("a track without a name");
    }
    if (starts != finishes)
        return QStringLiteral("flows without an end");

    // Slices of a track lie within each other or apart.
    QList<QJsonObject> slices;
    for (const QJsonObject &event : events)
        if (event[u"ph"].toString() == u"X")
            slices.append(event);
    std::stable_sort(slices.begin(), slices.end(), [](const QJsonObject &a, const QJsonObject &b) {
        const double first = a[u"ts"].toDouble(), second = b[u"ts"].toDouble();
        return first != second ? first < second : a[u"dur"].toDouble() > b[u"dur"].toDouble();
    });
    constexpr double kHalfNs = 0.0005;
    for (const QJsonObject &slice : std::as_const(slices)) {
        auto &stack = open[{slice[u"pid"].toInt(), slice[u"tid"].toInt()}];
        const double start = slice[u"ts"].toDouble(), end = start + slice[u"dur"].toDouble();
        while (!stack.isEmpty() && stack.last().end <= start + kHalfNs)
            stack.removeLast();
        if (!stack.isEmpty() && end > stack.last().end + kHalfNs)
            return QStringLiteral("slices overlap: ") + QString::fromUtf8(QJsonDocument(slice).toJson());
        stack.append({start, end});
    }
    return {};
}

Trace traceOf(const Journal &journal, ExportRequest request = {})
{
    request.format = ExportFormat::Perfetto;
    QJsonParseError error;
    const QJsonObject root = QJsonDocument::fromJson(exported(journal, request).bytes, &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("%s", qPrintable(error.errorString()));
    Trace trace;
    for (const QJsonValue event : root[u"traceEvents"].toArray())
        trace.events.append(event.toObject());
    const QString fault = faultOf(trace.events);
    if (root[u"displayTimeUnit"].toString() != u"ms" || !fault.isEmpty())
        qFatal("%s", qPrintable(fault));
    return trace;
}

void start(const RecordedOutput &recorded, const ProcessKey &process, const QByteArray &name, const ProcessKey &parent = {})
{
    recorded.writer->append(ProcessStarted{process, parent, parent.pid, LaunchId(1), name, {name, "a\"b\n\xff"}});
}

void end(const RecordedOutput &recorded, const ProcessKey &process, ExitStatus status = {ExitStatus::Kind::Exited, 0, false})
{
    recorded.writer->append(ProcessExited{process, status});
}

void sample(const RecordedOutput &recorded, const ProcessKey &process, char state, int permille)
{
    recorded.writer->append(ProcessesSampled{{{process, 1, state, 1, 4096, 0, permille}}});
}

} // namespace

class ExportTraceTest : public QObject
{
    Q_OBJECT

    static constexpr ProcessKey kMake{4711, 1}, kChild{4712, 2};

private slots:
    void everyProcessIsATrackFromBirthToEnd()
    {
        RecordedOutput recorded;
        start(recorded, kMake, "make");
        start(recorded, kChild, "cc", kMake);
        end(recorded, kChild, {ExitStatus::Kind::Signalled, 11, true});
        recorded.write(recorded.out, "later");
        const Trace trace = traceOf(recorded.writer->journal());
        const auto names = trace.of(QStringLiteral("M"), QStringLiteral("process_name"));
        QCOMPARE(names.size(), 3); // and the recording's
        QCOMPARE(names[1][u"args"][u"name"].toString(), QStringLiteral("make 4711"));
        QCOMPARE(names[2][u"args"][u"name"].toString(), QStringLiteral("cc 4712"));
        const auto places = trace.of(QStringLiteral("M"), QStringLiteral("process_sort_index"));
        QVERIFY(places[1][u"args"][u"sort_index"].toInt() < places[2][u"args"][u"sort_index"].toInt());

        const QJsonObject make = trace.of(QStringLiteral("X"), QStringLiteral("make 4711")).value(0),
                          child = trace.of(QStringLiteral("X"), QStringLiteral("cc 4712")).value(0);
        QCOMPARE(make[u"args"][u"end"].toString(), QStringLiteral("was still running"));
        QVERIFY(make[u"ts"].toDouble() + make[u"dur"].toDouble() > child[u"ts"].toDouble() + child[u"dur"].toDouble());
        QCOMPARE(child[u"args"][u"signal"].toString(), QStringLiteral("SIGSEGV"));
        QCOMPARE(child[u"args"][u"parent"].toString(), QStringLiteral("make 4711"));
        QCOMPARE(trace.of(QStringLiteral("i"), QStringLiteral("ended by SIGSEGV")).size(), 1);
        QCOMPARE(trace.of(QStringLiteral("s")).value(0)[u"pid"].toInt(), 4711);
        QCOMPARE(trace.of(QStringLiteral("f")).value(0)[u"pid"].toInt(), 4712);
    }

    void aPidThatComesBackHasATrackOfItsOwn()
    {
        RecordedOutput recorded;
        start(recorded, kMake, "make");
        end(recorded, kMake);
        start(recorded, {4711, 99}, "other");
        end(recorded, {4711, 99});
        const Trace trace = traceOf(recorded.writer->journal());
        const QJsonObject first = trace.of(QStringLiteral("X"), QStringLiteral("make 4711")).value(0),
                          second = trace.of(QStringLiteral("X"), QStringLiteral("other 4711")).value(0);
        QCOMPARE(first[u"pid"].toInt(), 4711);
        QVERIFY(second[u"pid"].toInt() > 4 * 1024 * 1024); // no process has such a number
        QCOMPARE(second[u"args"][u"pid"].toInt(), 4711);
    }

    void replacedProgramsAreSlicesWithinTheProcess()
    {
        RecordedOutput recorded;
        start(recorded, kMake, "sh");
        recorded.writer->append(ProcessExecuted{kMake, "env", {"env", "ls"}});
        recorded.writer->append(ProcessExecuted{kMake, "ls", {"ls"}});
        end(recorded, kMake);
        const Trace trace = traceOf(recorded.writer->journal());
        for (const char *name : {"sh", "env", "ls"})
            QCOMPARE(trace.of(QStringLiteral("X"), QLatin1String(name)).size(), 1);
        QCOMPARE(trace.of(QStringLiteral("i"), QStringLiteral("exec")).size(), 2);
    }

    void signalsAndStopsAreMarks()
    {
        RecordedOutput recorded;
        start(recorded, kMake, "make");
        sample(recorded, kMake, 'R', 500);
        recorded.writer->append(SignalSent{kMake, 19});
        sample(recorded, kMake, 'T', 0);
        sample(recorded, kMake, 'S', 0);
        const Trace trace = traceOf(recorded.writer->journal());
        QStringList marks;
        for (const QJsonObject &mark : trace.of(QStringLiteral("i")))
            marks.append(mark[u"name"].toString());
        QCOMPARE(marks, QStringList({QStringLiteral("SIGSTOP sent"), QStringLiteral("stopped"), QStringLiteral("continued")}));
        QCOMPARE(trace.of(QStringLiteral("C"), QStringLiteral("CPU")).value(0)[u"args"][u"%"].toDouble(), 50.0);
        QCOMPARE(trace.of(QStringLiteral("C"), QStringLiteral("memory")).value(0)[u"args"][u"bytes"].toInt(), 4096);
    }

    void usageOfAProcessEndsWithIt()
    {
        RecordedOutput recorded;
        start(recorded, kMake, "make");
        sample(recorded, kMake, 'R', 1000);
        end(recorded, kMake);
        const auto cpu = traceOf(recorded.writer->journal()).of(QStringLiteral("C"), QStringLiteral("CPU"));
        QCOMPARE(cpu.size(), 2);
        QCOMPARE(cpu.last()[u"args"][u"%"].toDouble(), 0.0);
    }

    void aFloodBecomesABoundedCounterOfItsBytes()
    {
        RecordedOutput recorded;
        start(recorded, kMake, "make");
        for (int i = 0; i < 200'000; ++i) {
            recorded.write(recorded.out, "0123456789");
            if (i % 1000 == 0)
                sample(recorded, kMake, 'R', i % 1000);
        }
        const Trace trace = traceOf(recorded.writer->journal());
        const auto rates = trace.of(QStringLiteral("C"), QStringLiteral("stdout"));
        QVERIFY2(rates.size() < 5000 && trace.events.size() < 12'000, qPrintable(QString::number(trace.events.size())));
        double bytes = 0; // the area under the curve
        for (qsizetype i = 0; i + 1 < rates.size(); ++i)
            bytes
                += rates[i][u"args"][u"bytes/s"].toDouble() * (rates[i + 1][u"ts"].toDouble() - rates[i][u"ts"].toDouble()) / 1e6;
        QVERIFY2(qAbs(bytes - 2e6) < 2e4, qPrintable(QString::number(bytes)));
        QCOMPARE(rates.last()[u"args"][u"bytes/s"].toDouble(), 0.0);
    }

    void outputOfAnUnknownProcessHasATrack()
    {
        RecordedOutput recorded; // no ProcessStarted, as in a file that others wrote
        recorded.write(recorded.out, "x");
        const Trace trace = traceOf(recorded.writer->journal());
        QCOMPARE(trace.of(QStringLiteral("M"), QStringLiteral("process_name")).last()[u"args"][u"name"].toString(),
            QStringLiteral("stdout make(4711)"));
        QCOMPARE(trace.of(QStringLiteral("C")).size(), 2);
    }

    void failedStartsAndLossesAreMarks()
    {
        RecordedOutput recorded(JournalWriter::kMinimumSizeLimit);
        recorded.writer->append(LaunchRequested{LaunchId(2), {"/no"}, {}});
        recorded.writer->append(StartFailed{LaunchId(2), StartStage::Execute, 2, "/no", {}, {}});
        const QByteArray piece(64 * 1024, 'x');
        for (int i = 0; i < 800; ++i)
            recorded.write(recorded.out, piece);
        const Trace trace = traceOf(recorded.writer->journal());
        QCOMPARE(trace.of(QStringLiteral("i"), QStringLiteral("start failed")).value(0)[u"args"][u"path"].toString(),
            QStringLiteral("/no"));
        const auto losses = trace.of(QStringLiteral("i"), QStringLiteral("output given up"));
        QVERIFY(!losses.isEmpty());
        QVERIFY(losses[0][u"args"][u"bytes"].toInteger() > 0);
    }

    void onlyChosenLaunchesHaveTracks()
    {
        RecordedOutput recorded;
        start(recorded, kMake, "make");
        recorded.writer->append(ProcessStarted{kChild, {}, 1, LaunchId(2), "other", {}});
        sample(recorded, kMake, 'R', 1);
        const Trace trace = traceOf(recorded.writer->journal(), {.launches = QList<LaunchId>{LaunchId(2)}});
        QCOMPARE(trace.of(QStringLiteral("X")).size(), 1);
        QCOMPARE(trace.of(QStringLiteral("X"), QStringLiteral("other 4712")).size(), 1);
    }

    /// Exits that contradict the births, in whatever order: still a trace.
    void aRecordingThatMakesNoSenseStaysATrace()
    {
        RecordedOutput recorded;
        end(recorded, kMake);
        recorded.writer->append(ProcessExecuted{kChild, "x", {}});
        start(recorded, kChild, "", kMake);
        start(recorded, kChild, "twice", kMake);
        end(recorded, kChild);
        end(recorded, kChild);
        recorded.writer->append(ProcessExecuted{kChild, "after its end", {}});
        recorded.writer->append(SignalSent{kMake, 99});
        const auto slices = traceOf(recorded.writer->journal()).of(QStringLiteral("X"));
        QCOMPARE(std::count_if(slices.begin(), slices.end(),
                     [](const auto &slice) { return slice[u"cat"] == QJsonValue(QStringLiteral("process")); }),
            1);
    }

    void aProcessWithoutANameHasItsNumber()
    {
        RecordedOutput recorded;
        recorded.writer->append(ProcessStarted{kMake, {}, 1, LaunchId(1), {}, {}});
        QCOMPARE(traceOf(recorded.writer->journal()).of(QStringLiteral("X"), QStringLiteral("process 4711")).size(), 1);
    }
};

QTEST_GUILESS_MAIN(ExportTraceTest)
#include "exporttrace_test.moc"
