// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QHash>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

// This program links forkscope-core and Qt Test. A linker may drop a library that nothing calls, so readelf below would not tell
// that core's link list names one of these; the definitions that come with them do.
#if defined(QT_GUI_LIB) || defined(QT_WIDGETS_LIB)
#error "forkscope-core links a library of Qt's GUI"
#endif

namespace {

const QRegularExpression kIncludeLine(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));

/// Which folders of core a folder of core may include besides itself (a missing folder may include every other one).
const QHash<QString, QStringList> kCoreFolderMayInclude = {
    {QStringLiteral("base"), {}},
    {QStringLiteral("journal"), {QStringLiteral("base")}},
    {QStringLiteral("decode"), {QStringLiteral("base"), QStringLiteral("journal")}},
    {QStringLiteral("export"),
        {QStringLiteral("base"), QStringLiteral("journal"), QStringLiteral("output"), QStringLiteral("monitor"),
            QStringLiteral("launch")}},
    {QStringLiteral("redact"),
        {QStringLiteral("base"), QStringLiteral("journal"), QStringLiteral("output"), QStringLiteral("export")}},
    {QStringLiteral("ipc"),
        {QStringLiteral("base"), QStringLiteral("journal"), QStringLiteral("monitor"), QStringLiteral("launch")}},
    {QStringLiteral("pool"),
        {QStringLiteral("base"), QStringLiteral("journal"), QStringLiteral("monitor"), QStringLiteral("launch"),
            QStringLiteral("ipc")}},
    {QStringLiteral("traffic"),
        {QStringLiteral("base"), QStringLiteral("journal"), QStringLiteral("monitor"), QStringLiteral("launch"),
            QStringLiteral("ipc"), QStringLiteral("capture"), QStringLiteral("decode")}},
    {QStringLiteral("worker"), {QStringLiteral("base"), QStringLiteral("ipc"), QStringLiteral("pool")}},
    {QStringLiteral("playground"),
        {QStringLiteral("base"), QStringLiteral("ipc"), QStringLiteral("worker"), QStringLiteral("journal"),
            QStringLiteral("traffic")}},
};
/// Folders that stand on top of the others: nobody inside core but themselves includes them.
const QStringList kTopFolders = {QStringLiteral("session"), QStringLiteral("pool"), QStringLiteral("labs"),
    QStringLiteral("workspace"), QStringLiteral("export"), QStringLiteral("redact"), QStringLiteral("playground")};
/// Which of them may stand on which.
const QHash<QString, QStringList> kTopFolderMayInclude = {{QStringLiteral("workspace"), {QStringLiteral("session")}},
    {QStringLiteral("redact"), {QStringLiteral("export")}}, {QStringLiteral("worker"), {QStringLiteral("pool")}}};

QString baseName(const QString &header)
{
    return header.section(QLatin1Char('/'), -1);
}

bool existsInModule(const QString &module, const QString &header)
{
    static const QString folder = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    return QFileInfo::exists(folder + QLatin1Char('/') + module + QLatin1Char('/') + baseName(header));
}

/// A header of QtGui, QtWidgets or a library that stands on them, by name (QPainter) or by module (QtGui/QPainter).
bool isGuiHeader(const QString &header)
{
    if (header.contains(QLatin1Char('/')) && !header.startsWith(QLatin1String("Qt")))
        return false;
    for (const char *name : {"QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "QtOpenGL", "QtPrintSupport"}) {
        const QString module = QLatin1String(name);
        if (header == module || header.startsWith(module + QLatin1Char('/')) || existsInModule(module, header))
            return true;
    }
    return false;
}

bool isPosixHeader(const QString &header)
{
    static const QStringList exact
        = {QStringLiteral("unistd.h"), QStringLiteral("fcntl.h"), QStringLiteral("signal.h"), QStringLiteral("csignal"),
            QStringLiteral("poll.h"), QStringLiteral("pthread.h"), QStringLiteral("spawn.h"), QStringLiteral("termios.h"),
            QStringLiteral("pty.h"), QStringLiteral("dirent.h"), QStringLiteral("dlfcn.h"), QStringLiteral("mqueue.h"),
            QStringLiteral("semaphore.h"), QStringLiteral("sched.h"), QStringLiteral("pwd.h"), QStringLiteral("grp.h")};
    return exact.contains(header) || header.startsWith(QLatin1String("sys/")) || header.startsWith(QLatin1String("linux/"))
        || header.startsWith(QLatin1String("netinet/")) || header.startsWith(QLatin1String("arpa/"));
}

/// Why this include is not allowed in this file, or nothing. Paths are relative to the project.
QString includeFault(const QString &file, const QString &header)
{
    const QString layer = file.section(QLatin1Char('/'), 0, 0);
    const QString target = header.section(QLatin1Char('/'), 0, 0);
    if (layer == QLatin1String("core")) {
        if (isGuiHeader(header))
            return QStringLiteral("core includes a header of Qt's GUI");
        if (target == QLatin1String("ui") || target == QLatin1String("app"))
            return QStringLiteral("core includes what stands above it");
        if (target == QLatin1String("core")) {
            const QString from = file.section(QLatin1Char('/'), 1, 1);
            const QString to = header.section(QLatin1Char('/'), 1, 1);
            if (from != to && kCoreFolderMayInclude.contains(from) && !kCoreFolderMayInclude[from].contains(to))
                return QStringLiteral("core/%1 includes core/%2").arg(from, to);
            if (from != to && kTopFolders.contains(to) && !kTopFolderMayInclude.value(from).contains(to))
                return QStringLiteral("core/%1 includes core/%2, which stands above it").arg(from, to);
        }
    }
    if (layer == QLatin1String("ui")) {
        if (isPosixHeader(header))
            return QStringLiteral("ui includes a POSIX header");
        if (target == QLatin1String("app"))
            return QStringLiteral("ui includes what stands above it");
    }
    return {};
}

/// All that breaks a rule in the tree, as "file:line: reason".
QStringList faultsIn(const QString &root)
{
    QStringList faults;
    for (const QString &layer : {QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("tests")}) {
        QDirIterator files(QDir(root).filePath(layer), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
            QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                return {QStringLiteral("%1: cannot be read").arg(file.fileName())};
            const QString name = QDir(root).relativeFilePath(file.fileName());
            const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
            if (lines.first() != QLatin1String("// SPDX-License-Identifier: GPL-3.0-or-later"))
                faults += QStringLiteral("%1:1: the first line is not the SPDX line").arg(name);
            for (qsizetype i = 0; i < lines.size(); ++i) {
                const auto match = kIncludeLine.match(lines[i]);
                const QString fault = match.hasMatch() ? includeFault(name, match.captured(2)) : QString();
                if (!fault.isEmpty())
                    faults += QStringLiteral("%1:%2: %3 (%4)").arg(name).arg(i + 1).arg(fault, match.captured(2));
            }
        }
    }
    return faults;
}

QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("%s: %s", qPrintable(program), qPrintable(process.errorString()));
    return QString::fromLocal8Bit(process.readAllStandardOutput());
}

} // namespace

/// The rules of docs/architecture.md that a compiler does not enforce.
class HouseRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void theTreeKeepsTheRules();
    void aBrokenRuleIsFound_data();
    void aBrokenRuleIsFound();
    void whatIsAllowedIsNotReported();
    void aProgramOfCoreAloneNeedsNoGui();
};

void HouseRulesTest::theTreeKeepsTheRules()
{
    const QString root = QStringLiteral(FORKSCOPE_SOURCE_DIR);
    QVERIFY(QFileInfo::exists(root + QStringLiteral("/core/base/result.h"))); // an empty tree has no faults either
    const QStringList faults = faultsIn(root);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
}

void HouseRulesTest::aBrokenRuleIsFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    const auto row = [](const char *name, const char *file, const char *include) {
        QTest::newRow(name) << QString::fromUtf8(file) << QString::fromUtf8(include);
    };
    row("core includes a class of QtGui", "core/launch/a.cpp", "<QPainter>");
    row("core includes QtGui by module", "core/launch/a.h", "<QtGui/QColor>");
    row("core includes a lower-case header of QtWidgets", "core/a.h", "<qwidget.h>");
    row("core includes all of QtWidgets", "core/a.h", "<QtWidgets>");
    row("core includes ui", "core/monitor/a.cpp", "\"ui/mainwindow.h\"");
    row("ui includes unistd.h", "ui/a.cpp", "<unistd.h>");
    row("ui includes a sys header", "ui/output/a.h", "<sys/stat.h>");
    row("ui includes signal.h under its C++ name", "ui/output/a.h", "<csignal>");
    row("base includes journal", "core/base/a.h", "\"core/journal/event.h\"");
    row("journal includes launch", "core/journal/a.cpp", "\"core/launch/process.h\"");
    row("decode includes monitor", "core/decode/a.cpp", "\"core/monitor/procfs.h\"");
    row("export includes session", "core/export/a.cpp", "\"core/session/session.h\"");
    row("output includes export", "core/output/a.cpp", "\"core/export/exportrecording.h\"");
    row("launch includes session", "core/launch/a.cpp", "\"core/session/session.h\"");
    row("white space does not hide an include", "ui/a.cpp", " <fcntl.h>  // x");
    row("a file without the SPDX line", "tests/unit/a_test.cpp", "");
}

void HouseRulesTest::aBrokenRuleIsFound()
{
    QFETCH(QString, file);
    QFETCH(QString, include);
    QTemporaryDir root;
    QVERIFY(QDir(root.path()).mkpath(QFileInfo(file).path()));
    QFile source(root.filePath(file));
    QVERIFY(source.open(QIODevice::WriteOnly));
    if (!include.isEmpty())
        source.write("// SPDX-License-Identifier: GPL-3.0-or-later\n#include " + include.toUtf8());
    source.write("\n");
    source.close();

    const QStringList faults = faultsIn(root.path());
    QCOMPARE(faults.size(), 1);
    QVERIFY2(faults.first().startsWith(file + (include.isEmpty() ? QLatin1String(":1:") : QLatin1String(":2:"))),
        qPrintable(faults.first()));
}

void HouseRulesTest::whatIsAllowedIsNotReported()
{
    const std::pair<const char *, const char *> allowed[] = {
        {"core/launch/process.cpp", "unistd.h"},
        {"core/launch/process.cpp", "QProcess"},
        {"core/launch/process.cpp", "core/journal/journal.h"},
        {"core/session/session.h", "core/launch/process.h"},
        {"core/decode/text.cpp", "core/journal/journal.h"},
        {"core/journal/event.h", "core/base/processkey.h"},
        {"ui/mainwindow.cpp", "QPainter"},
        {"ui/mainwindow.cpp", "core/session/session.h"},
        {"tests/e2e/record_test.cpp", "sys/wait.h"},
    };
    for (const auto &[file, header] : allowed)
        QCOMPARE(includeFault(QLatin1String(file), QLatin1String(header)), QString());
}

void HouseRulesTest::aProgramOfCoreAloneNeedsNoGui()
{
    // This very program links forkscope-core and Qt Test, and nothing else of ours.
    const QString self = QCoreApplication::applicationFilePath();
    const QString needed = outputOf(QStringLiteral("readelf"), {QStringLiteral("-d"), self});
    QVERIFY(needed.contains(QLatin1String("libQt6Core")));
    QVERIFY2(
        !needed.contains(QLatin1String("libQt6Gui")) && !needed.contains(QLatin1String("libQt6Widgets")), qPrintable(needed));
    // Neither does a library that it needs (ldd follows them all).
    const QString loaded = outputOf(QStringLiteral("ldd"), {self});
    QVERIFY2(
        !loaded.contains(QLatin1String("libQt6Gui")) && !loaded.contains(QLatin1String("libQt6Widgets")), qPrintable(loaded));
}

QTEST_GUILESS_MAIN(HouseRulesTest)
#include "house_rules_test.moc"
