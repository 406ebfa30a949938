// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspaceimport.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace forkscope;

class WorkspaceImportTest : public QObject
{
    Q_OBJECT

    static Result<ImportedWorkspace> compose(const QByteArray &text)
    {
        return importProcessCompose(text, QStringLiteral("pc.yaml"), QStringLiteral("/srv"));
    }

private slots:
    void aProcfileBecomesShellCommands();
    void whatIsNoProcfileLineIsTold();
    void theEnvironmentFileBesideAProcfileIsRead();
    void aProcessComposeFileIsTakenOver();
    void whatCannotBeTakenOverIsTold();
    void aFaultyFileNamesItsLine_data();
    void aFaultyFileNamesItsLine();
    void theFormatIsSeenFromTheName();
};

void WorkspaceImportTest::aProcfileBecomesShellCommands()
{
    const auto result = importProcfile("# all\nweb: bundle exec serve -p $PORT \n\n job-1 :  ./work \"a b\" | tee \xff\n",
        QStringLiteral("Procfile"), QStringLiteral("/nowhere"));
    QVERIFY(result.ok());
    const Workspace &workspace = result.value().workspace;
    QCOMPARE(workspace.profiles.size(), 2);
    QCOMPARE(workspace.profiles[0].name, QStringLiteral("web"));
    QVERIFY(workspace.profiles[0].launch.shell);
    QCOMPARE(workspace.profiles[0].launch.arguments, QByteArrayList{"bundle exec serve -p $PORT"});
    QVERIFY(workspace.profiles[0].launch.environment.value("PORT") == QByteArray("5000"));
    QCOMPARE(workspace.profiles[1].name, QStringLiteral("job-1"));
    QCOMPARE(workspace.profiles[1].launch.arguments, QByteArrayList{"./work \"a b\" | tee \xff"});
    QCOMPARE(result.value().warnings.size(), 1);
    QVERIFY(!validate(workspace));
}

void WorkspaceImportTest::whatIsNoProcfileLineIsTold()
{
    const auto result = importProcfile("a: one\nnonsense\na: two\n", QStringLiteral("Procfile"), {});
    QCOMPARE(result.value().workspace.profiles.size(), 1);
    QCOMPARE(result.value().warnings.size(), 2);
    QVERIFY(result.value().warnings[0].contains(QLatin1String("Line 2")));
    QVERIFY(result.value().warnings[1].contains(QLatin1String("Line 3")));
    QVERIFY(!importProcfile("# nothing\n", QStringLiteral("Procfile"), {}).ok());
}

void WorkspaceImportTest::theEnvironmentFileBesideAProcfileIsRead()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral(".env")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto result = importProcfile("a: one\n", QStringLiteral("Procfile"), folder.path());
    QCOMPARE(result.value().workspace.profiles[0].launch.environmentFiles, QByteArrayList{".env"});
}

void WorkspaceImportTest::aProcessComposeFileIsTakenOver()
{
    const auto result = compose(R"yaml(
version: "0.5"
environment:
  - GLOBAL=1
  - SHARED=all
x: &defaults
  working_dir: /tmp
processes:
  zdb:
    <<: *defaults
    command: "echo $$HOME && exec db"
    description: the database
    environment: { SHARED: own, EMPTY: , NUMBER: 5 }
    availability:
      restart: on_failure
      backoff_seconds: 2
      max_restarts: 5
    readiness_probe:
      http_get: { host: localhost, scheme: http, path: health, port: 8080 }
      initial_delay_seconds: 5
      period_seconds: 2
      failure_threshold: 4
    shutdown: { signal: 2, timeout_seconds: 7 }
  log:
    command: tail
    ready_log_line: "up (1)"
    is_tty: true
    disabled: true
  web:
    entrypoint: ["serve", "--all"]
    env_file: web.env
    depends_on:
      zdb: { condition: process_healthy }
      log: { condition: process_log_ready }
      once: { condition: process_completed_successfully }
      other: { condition: process_completed }
  once:
    command: "true"
    availability: { restart: "no" }
  other:
    command: "true"
    depends_on:
      once: { condition: process_started }
    readiness_probe:
      exec: { command: test -f $$FILE }
)yaml");
    QVERIFY2(result.ok(), result.ok() ? "" : qPrintable(errorText(result.error())));
    const Workspace &workspace = result.value().workspace;
    QCOMPARE(result.value().warnings, QStringList{QStringLiteral("x: this is not taken over.")});
    QVERIFY(!validate(workspace));
    const LaunchProfile &db = workspace.profiles[0];
    QCOMPARE(db.name, QStringLiteral("zdb"));
    QCOMPARE(db.launch.arguments, QByteArrayList{"echo $HOME && exec db"});
    QCOMPARE(db.launch.shellPath, QByteArray("/bin/bash"));
    QCOMPARE(db.launch.workingDirectory, QByteArray("/tmp"));
    QCOMPARE(db.description, QStringLiteral("the database"));
    QVERIFY(db.launch.environment.value("GLOBAL") == QByteArray("1"));
    QVERIFY(db.launch.environment.value("SHARED") == QByteArray("own"));
    QVERIFY(db.launch.environment.value("EMPTY") == QByteArray(""));
    QVERIFY(
        db.restart == (RestartPolicy{RestartPolicy::When::OnFailure, std::chrono::seconds(2), 1, std::chrono::seconds(60), 5}));
    QVERIFY(db.readiness
        == (ReadinessProbe{ReadinessProbe::Kind::HttpOk, QStringLiteral("http://localhost:8080/health"), std::chrono::seconds(2),
            std::chrono::seconds(13)}));
    QVERIFY(db.stop == (StopSettings{2, std::chrono::seconds(7)}));
    const LaunchProfile &log = workspace.profiles[1];
    QVERIFY(log.readiness->kind == ReadinessProbe::Kind::LogLine);
    QVERIFY(QRegularExpression(log.readiness->target).match(QStringLiteral("is up (1) now")).hasMatch());
    QVERIFY(log.launch.usesTerminal());
    QVERIFY(!log.startsWithAll);
    const LaunchProfile &web = workspace.profiles[2];
    QCOMPARE(web.launch.arguments, QByteArrayList({"serve", "--all"}));
    QVERIFY(!web.launch.shell);
    QCOMPARE(web.launch.environmentFiles, QByteArrayList{"web.env"});
    using Condition = Dependency::Condition;
    QVERIFY(web.dependencies
        == QList<Dependency>({{QStringLiteral("zdb"), Condition::Ready}, {QStringLiteral("log"), Condition::Ready},
            {QStringLiteral("once"), Condition::CompletedSuccessfully}, {QStringLiteral("other"), Condition::Completed}}));
    QVERIFY(workspace.profiles[3].restart == RestartPolicy());
    QCOMPARE(workspace.profiles[4].readiness->target, QStringLiteral("test -f $FILE"));
}

void WorkspaceImportTest::whatCannotBeTakenOverIsTold()
{
    const auto result = compose(R"yaml(
log_level: debug
processes:
  a b:
    command: x
    namespace: back
    liveness_probe: { exec: { command: y } }
    shutdown: { command: z }
    working_dir: ${HOME}/x
    availability: { restart: exit_on_failure, exit_on_end: true }
    depends_on: { c: { condition: process_healthy } }
  c: { command: y }
)yaml");
    QVERIFY(result.ok());
    const QStringList &warnings = result.value().warnings;
    for (const char *word : {"log_level", "becomes “a-b”", "namespace", "liveness_probe", "shutdown.command", "${HOME}/x",
             "exit_on_failure", "exit_on_end", "waits for its start only"})
        QVERIFY2(warnings.join(u'\n').contains(QString::fromUtf8(word)), word);
    QCOMPARE(warnings.size(), 9);
    QVERIFY(!validate(result.value().workspace));
}

void WorkspaceImportTest::aFaultyFileNamesItsLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("subject");
    QTest::newRow("no YAML") << QByteArray("processes:\n  a: [\n") << QStringLiteral("pc.yaml:3");
    QTest::newRow("something else") << QByteArray("services: {}\n") << QStringLiteral("pc.yaml");
    QTest::newRow("list") << QByteArray("processes:\n  - a\n") << QStringLiteral("pc.yaml:2");
    QTest::newRow("no command") << QByteArray("processes:\n  a:\n    disabled: true\n") << QStringLiteral("pc.yaml:3");
    QTest::newRow("no number") << QByteArray("processes:\n  a:\n    availability:\n      max_restarts: many\n")
                               << QStringLiteral("pc.yaml:4");
    QTest::newRow("unknown condition") << QByteArray(
        "processes:\n  a:\n    command: x\n    depends_on:\n      b: { condition: happy }\n")
                                       << QStringLiteral("pc.yaml:5");
    QTest::newRow("binary") << QByteArray("\x00\x01\xff{", 4) << QStringLiteral("pc.yaml");
}

void WorkspaceImportTest::aFaultyFileNamesItsLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, subject);
    const auto result = compose(text);
    QVERIFY(!result.ok());
    QVERIFY2(result.error().subject.startsWith(subject), qPrintable(errorText(result.error())));
}

void WorkspaceImportTest::theFormatIsSeenFromTheName()
{
    for (const char *name : {"forkscope.toml", "Procfile", "/a/Procfile.dev", "x.procfile", "process-compose.yaml", "a.yml"})
        QVERIFY2(isWorkspaceFileName(QLatin1String(name)), name);
    for (const char *name : {"a.pcapng", "Makefile", ""})
        QVERIFY2(!isWorkspaceFileName(QLatin1String(name)), name);
    QVERIFY(!openWorkspaceFile(QStringLiteral("/nowhere/Procfile")).ok());
}

QTEST_GUILESS_MAIN(WorkspaceImportTest)
#include "workspaceimport_test.moc"
