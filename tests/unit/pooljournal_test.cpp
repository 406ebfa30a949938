// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/pooltesting.h"

#include "core/journal/journalwriter.h"
#include "core/pool/resume.h"

#include <QProcess>
#include <QTemporaryDir>

#include <fcntl.h>

#include <map>
#include <thread>

using namespace forkscope;
using namespace forkscope::pool;
using namespace pooltesting;
using namespace std::chrono_literals;

namespace {

const TaskFunction square("square", [](const TaskArguments &a) { return QCborValue(a[0].toInteger() * a[0].toInteger()); });
const TaskFunction fail("fail", [](const TaskArguments &) -> QCborValue { throw std::runtime_error("why"); });
/// Writes its number into a file and takes some time.
const TaskFunction mark("mark", [](const TaskArguments &a) {
    const int fd = open(a[0].toString().toLocal8Bit().constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    const QByteArray line = "f" + QByteArray::number(a[1].toInteger()) + '\n';
    std::this_thread::sleep_for(2ms);
    if (write(fd, line.constData(), size_t(line.size())) != line.size())
        throw std::runtime_error("write");
    close(fd);
    return QCborValue(nullptr);
});

constexpr int kFunctions = 300;
constexpr int kCommands = 100;

void submitMarks(Pool &pool, const QString &file)
{
    QList<TaskSpec> tasks;
    LaunchSpec launch;
    for (int i = 0; i < std::max(kFunctions, kCommands); ++i) {
        tasks.append(TaskSpec::ofFunction("mark", {file, i}));
        if (i >= kCommands)
            continue;
        launch.arguments = {"/bin/sh", "-c", "sleep 0.005; echo c$0 >> \"$1\"", QByteArray::number(i), file.toLocal8Bit()};
        tasks.append(TaskSpec::ofCommand(launch));
    }
    if (!pool.submitAll(tasks))
        qFatal("not taken");
}

std::map<QByteArray, int> marksIn(const QString &name)
{
    QFile file(name);
    std::map<QByteArray, int> marks;
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray &line : file.readAll().split('\n'))
            if (!line.isEmpty())
                ++marks[line];
    return marks;
}

template<typename T> QList<T> eventsOf(const Journal &journal)
{
    QList<T> events;
    for (quint64 i = 0; i < journal.eventCount(); ++i)
        if (const auto record = journal.read(journal.eventRecord(i)))
            if (const auto event = decodeEvent(record->eventNumber, record->bytes))
                if (const T *one = std::get_if<T>(&*event))
                    events.append(*one);
    return events;
}

} // namespace

class PoolJournalTest : public QObject
{
    Q_OBJECT

private slots:
    void what_happens_is_recorded();
    void specs_come_back_from_the_journal();
    void what_a_killed_pool_left_is_done_once();
    void what_a_terminated_pool_left_is_told();
};

void PoolJournalTest::what_happens_is_recorded()
{
    QTemporaryDir folder;
    auto writer = JournalWriter::create(folder.filePath(QStringLiteral("r.pcapng"))).value();
    {
        Pool pool({.name = QStringLiteral("mine"), .processes = 2, .journal = writer.get(), .id = PoolId(7)});
        TaskSpec failing = TaskSpec::ofFunction("fail");
        failing.options.retries = 1;
        (void)pool.applyAsync("square", {5});
        (void)pool.submit(failing);
        LaunchSpec launch;
        launch.arguments = {"/bin/sh", "-c", "echo out; echo err >&2; exit 3"};
        (void)pool.submit(TaskSpec::ofCommand(launch));
        (void)pool.mapAsync("square", {1, 2, 3, 4, 5, 6}, 3);
        pool.close();
        QVERIFY(pool.join(soon()).ok());
    }
    const Journal &journal = writer->journal();
    QCOMPARE(eventsOf<PoolOpened>(journal).value(0).name, QByteArray("mine"));
    QCOMPARE(eventsOf<PoolOpened>(journal).value(0).pool, PoolId(7));
    const auto changes = eventsOf<PoolChanged>(journal);
    QCOMPARE(changes.first().workers, 2);
    QCOMPARE(changes.last().phase, PoolPhase::Finished);
    QVERIFY(eventsOf<PoolWorkerStarted>(journal).size() >= 2);
    QCOMPARE(eventsOf<PoolWorkerStarted>(journal).size(), eventsOf<PoolWorkerEnded>(journal).size());
    int queued = 0;
    for (const TasksQueued &event : eventsOf<TasksQueued>(journal))
        queued += int(event.arguments.size());
    QCOMPARE(queued, 5);
    QMap<quint64, TaskEnd> ends;
    int attempts = 0;
    for (const TasksEnded &event : eventsOf<TasksEnded>(journal)) {
        for (const TaskEnd &end : event.tasks) {
            ++attempts;
            ends[end.task] = end;
        }
    }
    QCOMPARE(attempts, 6);
    QCOMPARE(QCborValue::fromCbor(ends[0].result).toInteger(), 25);
    QVERIFY(ends[0].startNs > 0 && ends[0].endNs >= ends[0].startNs);
    QCOMPARE(ends[1].attempt, 2);
    QVERIFY(ends[1].detail.contains("why"));
    QCOMPARE(ends[2].status.returnCode(), 3);
    QMap<ChannelKind, QByteArray> output;
    for (quint32 i = 0; i < journal.channelCount(); ++i) {
        const ChannelInfo info = journal.channel(ChannelId(i));
        QCOMPARE(info.process, ends[2].process);
        QVERIFY2(info.name.contains("task 2 sh("), info.name.constData());
        for (quint64 k = 0; k < journal.channelRecordCount(ChannelId(i)); ++k)
            output[info.kind] += journal.read(journal.channelRecord(ChannelId(i), k))->bytes.toByteArray();
    }
    QCOMPARE(output[ChannelKind::StandardOutput], QByteArray("out\n"));
    QCOMPARE(output[ChannelKind::StandardError], QByteArray("err\n"));
    QVERIFY(unfinishedTasks(journal, PoolId(7)).value().isEmpty());
}

void PoolJournalTest::specs_come_back_from_the_journal()
{
    TaskSpec function = TaskSpec::ofFunction("f", {1, QByteArray("x")}, {{QStringLiteral("k"), 2}});
    function.options = {
        .timeout = 5s, .retries = 2, .retryDelay = {1s, 3, 9s}, .priority = -4, .after = {3, 8}, .tags = {QStringLiteral("t")}};
    const TaskSpec again = TaskSpec::fromJournal(function.journalCommon(), function.journalArguments()).value();
    QCOMPARE(again.function, function.function);
    QCOMPARE(again.arguments, function.arguments);
    QCOMPARE(again.keywordArguments, function.keywordArguments);
    QCOMPARE(again.options.timeout, function.options.timeout);
    QCOMPARE(again.options.retryDelay.most, function.options.retryDelay.most);
    QCOMPARE(again.options.priority, -4);
    QCOMPARE(again.options.after, function.options.after);
    QCOMPARE(again.options.tags, function.options.tags);

    LaunchSpec launch;
    launch.arguments = {"a", "b\xff"};
    launch.shell = true;
    launch.standardOutput = {StreamTarget::Kind::File, "/tmp/x", true, -1};
    launch.environment = {{"A", QByteArray("1")}, {"B", std::nullopt}};
    launch.umask = 022;
    launch.user = "nobody";
    launch.extraGroups = QByteArrayList{};
    launch.input = "in";
    launch.timeout = 3s;
    launch.errors = TextErrors::Replace;
    launch.childActions
        = {SetNice{3}, SetResourceLimit{SetResourceLimit::Resource::OpenFiles, 9, {}}, SetCpuAffinity{{0, 1}}, NoNewPrivileges{}};
    const TaskSpec command = TaskSpec::ofCommand(launch);
    const TaskSpec back = TaskSpec::fromJournal(command.journalCommon(), command.journalArguments()).value();
    LaunchSpec whole = *back.command;
    whole.arguments = back.commandArguments;
    QVERIFY(whole == launch);
    launch.passDescriptors = {9};
    const TaskSpec bound = TaskSpec::ofCommand(launch);
    QCOMPARE(TaskSpec::fromJournal(bound.journalCommon(), bound.journalArguments()).error().code, ErrorCode::Unsupported);
    QVERIFY(!TaskSpec::fromJournal("x", "y").ok());
}

void PoolJournalTest::what_a_killed_pool_left_is_done_once()
{
    QTemporaryDir folder;
    const QString recording = folder.filePath(QStringLiteral("r.pcapng")), marks = folder.filePath(QStringLiteral("marks"));
    QProcess first;
    first.setProcessChannelMode(QProcess::ForwardedChannels);
    first.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--pool"), recording, marks});
    QTRY_VERIFY(marksIn(marks).size() > 60);
    first.kill();
    first.waitForFinished();
    const auto journal = Journal::open(recording);
    QVERIFY(journal.ok());
    const auto left = unfinishedTasks(*journal.value(), PoolId(1));
    QVERIFY(left.ok());
    QVERIFY(left.value().size() > 10 && left.value().size() < kFunctions + kCommands);
    Pool pool({.processes = 2});
    QVERIFY(pool.submitAll(left.value()).ok());
    pool.close();
    QVERIFY(pool.join(soon()).ok());
    int twice = 0, commandsTwice = 0;
    const auto all = marksIn(marks);
    for (int i = 0; i < kFunctions + kCommands; ++i) {
        const QByteArray name = i < kFunctions ? "f" + QByteArray::number(i) : "c" + QByteArray::number(i - kFunctions);
        const auto found = all.find(name);
        QVERIFY2(found != all.end(), name.constData());
        QVERIFY(found->second <= 2);
        twice += found->second == 2;
        commandsTwice += i >= kFunctions && found->second == 2;
    }
    QVERIFY2(commandsTwice <= 2, qPrintable(QString::number(commandsTwice))); // those that ran
    // Ends of short functions reach the journal within 50 ms.
    QVERIFY2(twice <= 2 + 2 * 50 / 2, qPrintable(QString::number(twice)));
}

void PoolJournalTest::what_a_terminated_pool_left_is_told()
{
    QTemporaryDir folder;
    auto writer = JournalWriter::create(folder.filePath(QStringLiteral("r.pcapng"))).value();
    Pool pool({.processes = 1, .journal = writer.get(), .id = PoolId(1)});
    LaunchSpec launch;
    launch.arguments = {"/bin/true"};
    const auto done = pool.submit(TaskSpec::ofCommand(launch));
    launch.arguments = {"/bin/sleep", "66"};
    TaskSpec runs = TaskSpec::ofCommand(launch);
    runs.options.after = {0};
    (void)pool.submit(runs);
    TaskSpec waits = TaskSpec::ofFunction("square", {3});
    waits.options.after = {1};
    (void)pool.submit(waits);
    QTRY_VERIFY(done.ready() && pool.snapshot().running == 1);
    pool.terminate();
    QVERIFY(pool.join(soon()).ok());
    const auto left = unfinishedTasks(writer->journal(), PoolId(1));
    QCOMPARE(left.value().size(), 2);
    QCOMPARE(left.value()[0].commandArguments, (QByteArrayList{"/bin/sleep", "66"}));
    QCOMPARE(left.value()[0].options.after, QList<TaskId>());
    QCOMPARE(left.value()[1].options.after, QList<TaskId>{0});
}

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv);
    if (argc == 4 && QByteArrayView(argv[1]) == QByteArrayView("--pool")) {
        const auto writer = JournalWriter::create(QString::fromLocal8Bit(argv[2])).value();
        Pool pool({.processes = 2, .journal = writer.get(), .id = PoolId(1)});
        submitMarks(pool, QString::fromLocal8Bit(argv[3]));
        pool.close();
        (void)pool.join();
        return 0;
    }
    return run<PoolJournalTest>(argc, argv);
}
#include "pooljournal_test.moc"
