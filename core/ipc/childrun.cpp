// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/childrun.h"

#include "core/ipc/children.h"
#include "core/ipc/process.h"

#include <QThreadPool>

#include <cxxabi.h>
#include <unistd.h>

#include <cstdio>

namespace forkscope::ipc {

namespace {

struct Ending {
    int status = 0;
    QString type;
    QString text;
};

Ending runBody(const std::function<void()> &body)
{
    try {
        body();
        return {};
    } catch (const Exit &exit) {
        return {exit.text.isEmpty() ? exit.status : 1, {}, exit.text};
    } catch (const std::exception &exception) {
        return {1, detail::typeName(typeid(exception)), QString::fromUtf8(exception.what())};
    } catch (const abi::__forced_unwind &) {
        throw; // pthread_exit(3) must not be stopped
    } catch (...) {
        const std::type_info *const type = abi::__cxa_current_exception_type();
        return {1, type ? detail::typeName(*type) : QStringLiteral("?"), {}};
    }
}

} // namespace

int detail::runChild(const QString &name, const std::function<void()> &body, int reportFile, qint64 offset)
{
    const Ending ending = runBody(body);
    if (!ending.type.isEmpty() || !ending.text.isEmpty()) {
        if (ending.type.isEmpty())
            fprintf(stderr, "%s\n", qUtf8Printable(ending.text));
        else
            fprintf(
                stderr, "%s ended by %s: %s\n", qUtf8Printable(name), qUtf8Printable(ending.type), qUtf8Printable(ending.text));
        const QByteArray report
            = QCborValue(QCborMap{{QStringLiteral("type"), ending.type}, {QStringLiteral("text"), ending.text}}).toCbor();
        // Where there is no memory for it, the exit status and stderr still tell.
        [[maybe_unused]] const auto written = pwrite(reportFile, report.constData(), size_t(report.size()), offset);
    }
    finishChildren();
    QThreadPool::globalInstance()->waitForDone();
    return ending.status;
}

} // namespace forkscope::ipc
