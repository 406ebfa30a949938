// SPDX-License-Identifier: GPL-3.0-or-later
// Two processes: one runs a function, the other an object. The blocks of docs/ipc.md are taken from here.
#include "core/ipc/children.h"
#include "core/ipc/process.h"
#include "core/ipc/worker.h"

#include <cstdio>
#include <stdexcept>

using namespace forkscope;

static const ipc::Function divide("divide", [](ipc::Arguments &arguments) {
    const qint64 divisor = arguments.value(1).toInteger();
    if (divisor == 0)
        throw std::domain_error("division by zero");
    printf("%lld\n", arguments.value(0).toInteger() / divisor);
});

class Greeter : public ipc::Process
{
public:
    explicit Greeter(const QString &whom = {}) : m_whom(whom) { }
    void run() override { printf("%s greets %s\n", qPrintable(name()), qPrintable(m_whom)); }

protected:
    void save(ipc::Arguments &state) const override { state.append(m_whom); }
    void restore(ipc::Arguments &state) override { m_whom = state.value(0).toString(); }

private:
    QString m_whom;
};
static const ipc::ProcessClass<Greeter> greeterClass("Greeter");

int main(int argc, char **argv)
{
    ipc::runWorkerIfAsked(argc, argv); // first of all
    const ipc::ChildrenScope children; // waits for those that still run at the end

    ipc::Process good("divide", ipc::Arguments(42, 6)), bad("divide", ipc::Arguments(42, 0));
    Greeter greeter(QStringLiteral("you"));
    for (ipc::Process *process : {&good, &bad, static_cast<ipc::Process *>(&greeter)}) {
        if (const auto started = process->start(); !started)
            qFatal("%s", qPrintable(errorText(started.error())));
        if (!process->join(QDeadlineTimer(std::chrono::seconds(30))))
            (void)process->kill();
    }
    const auto result = bad.result();
    printf("%s: %d, %s: %s\n", qPrintable(result->name), *result->exitCode, qPrintable(result->errorType),
        qPrintable(result->errorText));
}
