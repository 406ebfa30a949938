// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <QRandomGenerator>

/// Profiles that use whatever there is.
namespace forkscope {

using namespace std::chrono_literals;

/// Uses every field at once. No valid launch: some of them exclude each other.
inline LaunchProfile everything()
{
    LaunchProfile profile;
    profile.name = QStringLiteral("web-1");
    profile.description = QStringLiteral("the server");
    profile.basedOn = QStringLiteral("db");
    LaunchSpec &spec = profile.launch;
    spec.arguments = {"prog", "a b", "", "it's", "line\nbreak", "bad \xff\xfe byte", "täxt 語"};
    spec.executable = "/bin/true";
    spec.standardInput = {StreamTarget::Kind::File, "in put.txt", false, -1};
    spec.standardOutput = {StreamTarget::Kind::File, "/tmp/out\xff", true, -1};
    spec.standardError = {StreamTarget::Kind::StandardOutput, {}, false, -1};
    spec.bufferSize = 4097;
    spec.pipeSize = 12288;
    spec.terminalColumns = 132;
    spec.terminalRows = 50;
    spec.workingDirectory = "/tmp/\xe4";
    spec.inheritEnvironment = false;
    spec.environmentFiles = {".env", "other env"};
    spec.environment
        = {{"PATH", QByteArray("/bin")}, {"HOME", std::nullopt}, {"NEW_ONE", QByteArray("a=b\nc")}, {"EMPTY", QByteArray("")}};
    spec.closeDescriptors = false;
    spec.passDescriptors = {3, 4, 5, 100000, 9};
    spec.restoreSignals = false;
    spec.startNewSession = true;
    spec.processGroup = 0;
    spec.user = "nobody";
    spec.group = "1000";
    spec.extraGroups = QByteArrayList{"audio", "44"};
    spec.umask = 027;
    spec.childActions = {SetUmask{077}, SetNice{-3}, SetIoPriority{SetIoPriority::Class::Idle, 7},
        SetCpuAffinity{{0, 5, 2, 3, 4, 900}}, SetResourceLimit{SetResourceLimit::Resource::CpuTime, 90, {}},
        SetResourceLimit{SetResourceLimit::Resource::AddressSpace, {}, 1ULL << 33}, SetNice{4},
        SetSchedulingPolicy{SetSchedulingPolicy::Policy::RoundRobin, 7}, SetOomScoreAdjust{-5}, ChangeDirectory{"/\xff"},
        NoNewPrivileges{}, SetParentDeathSignal{12}, SetResourceLimit{SetResourceLimit::Resource::OpenFiles, 10, 20}};
    spec.childHook = [](void *) noexcept { return 0; };
    spec.childHookData = &profile.name;
    spec.text = true;
    spec.encoding = "koi8-r";
    spec.errors = TextErrors::SurrogateEscape;
    spec.input = QByteArray("a\0b\r\n\xff", 6);
    spec.captureOutput = true;
    spec.check = true;
    spec.timeout = 90'500ms;
    spec.startupInfo = "x";
    spec.creationFlags = 8;
    profile.restart = {RestartPolicy::When::OnFailure, 1500ms, 1.1, 2h, 7};
    profile.readiness = ReadinessProbe{ReadinessProbe::Kind::TcpPort, QStringLiteral("localhost:80"), 250ms, 0ms};
    profile.dependencies
        = {{QStringLiteral("db"), Dependency::Condition::Ready}, {QStringLiteral("gone"), Dependency::Condition::Completed}};
    profile.stop = {3, 1ms};
    profile.startsWithAll = false;
    return profile;
}

inline QByteArray randomBytes(QRandomGenerator &random, int most = 8)
{
    static const char kAny[] = "abcXYZ019 \n\t\r'\"$\\=-~*\x01\x7f\xff\xc3\xa9\xed\xa0";
    QByteArray bytes;
    for (int i = int(random.bounded(1, most)); i > 0; --i)
        bytes += kAny[random.bounded(int(sizeof kAny) - 1)];
    return bytes;
}

/// Any fields, in values that each of them can have.
inline LaunchProfile randomProfile(QRandomGenerator &random)
{
    const auto chance = [&] { return random.bounded(2) == 1; };
    LaunchProfile profile;
    LaunchSpec &spec = profile.launch;
    for (int i = random.bounded(5); i > 0; --i)
        spec.arguments.append(randomBytes(random));
    spec.shell = chance();
    for (StreamTarget *target : {&spec.standardInput, &spec.standardOutput, &spec.standardError}) {
        using Kind = StreamTarget::Kind;
        target->kind
            = QList<Kind>{Kind::Inherit, Kind::Pipe, Kind::Null, Kind::File, Kind::Descriptor, Kind::Pty}[random.bounded(6)];
        if (target->kind == Kind::File)
            target->path = randomBytes(random);
        if (target->kind == Kind::File && target != &spec.standardInput)
            target->append = chance();
        if (target->kind == Kind::Descriptor)
            target->descriptor = random.bounded(100);
    }
    spec.bufferSize = random.bounded(-1, 100'000);
    spec.pipeSize = chance() ? -1 : random.bounded(1, 1 << 30);
    if (chance())
        spec.workingDirectory = randomBytes(random);
    spec.inheritEnvironment = chance();
    for (int i = random.bounded(5); i > 0; --i)
        spec.environment.insert(randomBytes(random), chance() ? std::optional(randomBytes(random)) : std::nullopt);
    if (chance())
        spec.processGroup = random.bounded(70'000);
    if (chance())
        spec.extraGroups.emplace();
    if (chance())
        spec.umask = random.bounded(0, 01000);
    for (int i = random.bounded(6); i > 0; --i) {
        const QList<ChildAction> any
            = {SetNice{random.bounded(-40, 40)}, SetIoPriority{SetIoPriority::Class::BestEffort, random.bounded(8)},
                SetCpuAffinity{{random.bounded(64), random.bounded(64)}}, SetUmask{random.bounded(01000)},
                ChangeDirectory{randomBytes(random)},
                SetResourceLimit{SetResourceLimit::Resource(random.bounded(9)),
                    chance() ? std::optional(random.generate64()) : std::nullopt, {}},
                SetOomScoreAdjust{random.bounded(-1000, 1001)}, NoNewPrivileges{}, SetParentDeathSignal{random.bounded(1, 32)}};
        spec.childActions.append(any[random.bounded(any.size())]);
    }
    if (chance())
        spec.input = randomBytes(random, 40);
    if (chance())
        spec.timeout = std::chrono::milliseconds(random.bounded(10'000'000));
    if (chance())
        profile.restart = {RestartPolicy::When(random.bounded(3)), std::chrono::milliseconds(random.bounded(100'000)),
            1 + random.generateDouble(), std::chrono::milliseconds(random.bounded(100'000)), random.bounded(10)};
    return profile;
}

} // namespace forkscope
