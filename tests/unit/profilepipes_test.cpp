// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspacepipes.h"

#include <QtTest>

using namespace forkscope;

namespace {

const QString a = QStringLiteral("a"), b = QStringLiteral("b"), one = QStringLiteral("one"), two = QStringLiteral("two");

LaunchProfile profile(const QString &name, const QByteArray &line = "true")
{
    LaunchProfile profile;
    profile.name = name;
    profile.launch.shell = true;
    profile.launch.arguments = {line};
    return profile;
}

Workspace workspace()
{
    return {QStringLiteral("test"), QStringLiteral("/"), {profile(a), profile(b)}, {{one, {a}, {b}}}};
}

} // namespace

class ProfilePipesTest : public QObject
{
    Q_OBJECT

private slots:
    void aNewNameMakesAPipeAndTheOldOneStays()
    {
        Workspace changed = workspace();
        setPipesOf(changed, a, {{}, two});
        QCOMPARE(changed.pipes.size(), 2);
        QVERIFY(changed.pipes[0].writers.isEmpty());
        QCOMPARE(changed.pipes[0].readers, QStringList{b});
        QCOMPARE(changed.pipes[1].writers, QStringList{a});
        QVERIFY(!validate(changed));
        QCOMPARE(pipesOf(changed, a), (ProfilePipes{{}, two}));
        setPipesOf(changed, a, {});
        QCOMPARE(pipesOf(changed, a), ProfilePipes());
        QCOMPARE(changed.pipes.size(), 2);
    }

    void aStreamLeadsToOnePipeOnly()
    {
        Workspace changed = workspace();
        setPipe(changed, {}, {two, {a}, {a}});
        QVERIFY(!validate(changed));
        QVERIFY(changed.pipes[0].writers.isEmpty());
        setPipe(changed, two, {QStringLiteral("renamed"), {a}, {b}});
        QCOMPARE(changed.pipes.size(), 2);
        QCOMPARE(changed.pipes[1].name, QStringLiteral("renamed"));
        QVERIFY(changed.pipes[0].readers.isEmpty());
    }

    void profilesThatGoOrAreRenamedTakeTheirPlaceAlong()
    {
        Workspace changed = workspace();
        renameInPipes(changed, a, two);
        QCOMPARE(changed.pipes[0].writers, QStringList{two});
        renameInPipes(changed, two, {});
        QVERIFY(changed.pipes[0].writers.isEmpty());
    }

    void aNameThatCannotBeSaysWhy()
    {
        QVERIFY(pipeNameFault(workspace(), {}).contains(QLatin1String("needs a name")));
        QVERIFY(pipeNameFault(workspace(), QStringLiteral("../x")).contains(QLatin1String("letters")));
        QVERIFY(pipeNameFault(workspace(), one).contains(QLatin1String("another pipe")));
        QVERIFY(pipeNameFault(workspace(), one, one).isEmpty());
        QVERIFY(pipeNameFault(workspace(), two, one).isEmpty());
    }

    void thoseThatUseThePathAreFound()
    {
        Workspace used = workspace();
        used.profiles[0] = profile(a, "tee \"$FORKSCOPE_PIPES/one.in\" >${FORKSCOPE_PIPES}/one.in2");
        used.profiles[1].launch.environment.insert("IN", "$FORKSCOPE_PIPES/one.out");
        QCOMPARE(usersByPath(used, one, true), QStringList{a});
        QCOMPARE(usersByPath(used, one, false), QStringList{b});
        QVERIFY(usersByPath(used, two, true).isEmpty());
        used.profiles[0] = profile(a, "cat $FORKSCOPE_PIPES/one.in2");
        QVERIFY(usersByPath(used, one, true).isEmpty());
    }
};

QTEST_GUILESS_MAIN(ProfilePipesTest)
#include "profilepipes_test.moc"
