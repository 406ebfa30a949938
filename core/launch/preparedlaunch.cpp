// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/preparedlaunch.h"

#include "core/launch/pipepair.h"
#include "core/launch/startfailure.h"
#include "core/launch/terminal.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace forkscope {

namespace {

StartFailed invalid(const Error &error)
{
    return {{}, StartStage::Validate, 0, {}, {}, errorText(error).toUtf8()};
}

} // namespace

std::variant<PreparedLaunch, StartFailed> PreparedLaunch::prepare(LaunchSpec spec)
{
    if (const auto error = validate(spec))
        return invalid(*error);
    auto complete = withEnvironmentFiles(std::move(spec));
    if (!complete)
        return invalid(complete.error());
    PreparedLaunch launch(std::move(complete).value());
    if (auto failure = launch.open())
        return std::move(*failure);
    return launch;
}

std::optional<StartFailed> PreparedLaunch::open()
{
    auto identity = Identity::of(m_spec);
    if (!identity)
        return invalid(identity.error());
    // A child that becomes another user in our memory makes that memory undumpable: commit_creds() in the kernel's cred.c.
    if (identity.value().changesAnything())
        m_dumpable = prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);

    const StreamTarget *targets[] = {&m_spec.standardInput, &m_spec.standardOutput, &m_spec.standardError};
    UniqueFd *ours[] = {&input, &output, &error};
    int standard[3];
    for (int fd = 0; fd < 3; ++fd) {
        auto opened = openTarget(*targets[fd], fd, m_spec.pipeSize);
        if (!opened) {
            const bool isPipe = targets[fd]->kind == StreamTarget::Kind::Pipe;
            return StartFailed{{}, isPipe ? StartStage::Pipe : StartStage::Redirect, opened.error().systemError,
                opened.error().subject.toUtf8(), {}, {}};
        }
        standard[fd] = opened.value().child;
        m_childs[fd] = std::move(opened.value().childOwned);
        *ours[fd] = std::move(opened.value().ours);
    }
    if (m_spec.usesTerminal()) {
        auto pair = makeTerminal(m_spec.terminalColumns, m_spec.terminalRows);
        if (!pair)
            return StartFailed{{}, StartStage::Pipe, pair.error().systemError, {}, {}, {}};
        terminal = std::move(pair.value().master);
        m_terminalSlave = std::move(pair.value().slave);
        for (int fd = 0; fd < 3; ++fd)
            if (targets[fd]->kind == StreamTarget::Kind::Pty)
                standard[fd] = m_terminalSlave.get();
    }
    if (m_spec.standardError.kind == StreamTarget::Kind::StandardOutput)
        standard[2] = standard[1] >= 0 ? standard[1] : STDOUT_FILENO;

    auto report = makePipe(-1);
    if (!report)
        return StartFailed{{}, StartStage::Pipe, report.error().systemError, {}, {}, {}};
    m_report = std::move(report.value().read);
    m_setup = std::make_unique<ChildSetup>(m_spec, standard, std::move(identity).value(), std::move(report.value().write));
    return {};
}

void PreparedLaunch::forked()
{
    m_setup->closeReport();
    for (UniqueFd &fd : m_childs)
        fd.reset();
    m_terminalSlave.reset();
    if (m_dumpable == 1)
        prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

std::optional<StartFailed> PreparedLaunch::outcome(bool settled)
{
    if (settled)
        fcntl(m_report.get(), F_SETFL, O_NONBLOCK);
    // To the end, which comes with exec or the child's end; a report is the last that was written.
    QByteArray written;
    char part[256];
    ssize_t got;
    while ((got = read(m_report.get(), part, sizeof part)) > 0 || (got < 0 && errno == EINTR))
        written = written.append(part, std::max<ssize_t>(got, 0)).right(sizeof(ChildSetup::Report));
    m_report.reset();
    ChildSetup::Report told;
    if (written.size() != sizeof told)
        return {};
    memcpy(&told, written.constData(), sizeof told);
    if (told.mark != ChildSetup::Report::kMark)
        return {};
    return describeStartFailure(m_spec, m_setup->candidates(), told);
}

} // namespace forkscope
