// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/startedprocess.h"

#include "core/ipc/children.h"

#include <QCborMap>
#include <QCborValue>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace forkscope::ipc {

namespace {

struct Children {
    std::mutex mutex;
    std::vector<std::shared_ptr<StartedProcess>> list;
};

/// Never destroyed, as the others.
Children &children()
{
    static auto *const only = new Children;
    return *only;
}

} // namespace

StartedProcess::StartedProcess(ProcessInfo info, std::unique_ptr<ChildHandle> child, UniqueFd report, qint64 reportOffset)
    : m_info(std::move(info)), m_child(std::move(child)), m_report(std::move(report)), m_reportOffset(reportOffset)
{
}

std::optional<ProcessResult> StartedProcess::result()
{
    const auto status = m_child->poll();
    if (!status)
        return {};
    const std::lock_guard lock(m_mutex);
    if (!m_result) {
        ProcessResult result;
        result.name = m_info.name;
        result.pid = m_info.pid;
        result.status = *status;
        result.exitCode = status->returnCode();
        result.startNs = m_child->startNs();
        result.endNs = m_child->endNs();
        result.cpuNs = m_child->cpuNs();
        readReport(result);
        m_report.reset();
        m_result = std::move(result);
    }
    return m_result;
}

void StartedProcess::readReport(ProcessResult &result) const
{
    struct stat info {
    };
    if (fstat(m_report.get(), &info) != 0 || info.st_size <= m_reportOffset)
        return;
    QByteArray bytes(info.st_size - m_reportOffset, Qt::Uninitialized);
    if (pread(m_report.get(), bytes.data(), size_t(bytes.size()), m_reportOffset) != bytes.size())
        return;
    const QCborMap report = QCborValue::fromCbor(bytes).toMap(); // empty where the child was killed within it
    result.errorType = report[QStringLiteral("type")].toString();
    result.errorText = report[QStringLiteral("text")].toString();
}

bool StartedProcess::wait(QDeadlineTimer deadline)
{
    if (deadline.isForever())
        return m_child->wait();
    return m_child->wait(std::chrono::milliseconds(deadline.remainingTime()));
}

void StartedProcess::forget()
{
    m_child->forget();
    m_report.reset();
}

void detail::addChild(std::shared_ptr<StartedProcess> child)
{
    const std::lock_guard lock(children().mutex);
    children().list.push_back(std::move(child));
}

void detail::removeChild(const std::shared_ptr<StartedProcess> &child)
{
    const std::lock_guard lock(children().mutex);
    std::erase(children().list, child);
}

std::vector<std::shared_ptr<StartedProcess>> detail::liveChildren()
{
    const std::lock_guard lock(children().mutex);
    std::erase_if(children().list, [](const auto &child) { return child->child().poll().has_value(); });
    return children().list;
}

void detail::forgetChildren()
{
    for (const auto &child : children().list)
        child->forget();
    children().list.clear();
}

QList<ProcessInfo> activeChildren()
{
    QList<ProcessInfo> active;
    for (const auto &child : detail::liveChildren())
        active.append(child->info());
    return active;
}

void finishChildren(std::chrono::milliseconds grace)
{
    const auto all = detail::liveChildren();
    for (const auto &child : all)
        if (child->info().daemon)
            (void)child->child().sendSignal(SIGTERM);
    const QDeadlineTimer patience(grace);
    for (const auto &child : all) {
        if (child->info().daemon && !child->wait(patience)) {
            (void)child->child().sendSignal(SIGKILL);
            child->wait(QDeadlineTimer::Forever);
        }
    }
    for (const auto &child : all)
        child->wait(QDeadlineTimer::Forever);
    (void)detail::liveChildren();
}

} // namespace forkscope::ipc
