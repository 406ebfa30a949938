// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/exampleworkspace.h"

#include <QCoreApplication>
#include <QDir>
#include <QTcpServer>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ExampleWorkspace)
};

QByteArray freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? QByteArray::number(server.serverPort()) : QByteArray("8642");
}

} // namespace

Workspace exampleWorkspace()
{
    using Condition = Dependency::Condition;
    const QByteArray port = freePort();
    const QString address = QStringLiteral("http://127.0.0.1:%1/").arg(QString::fromLatin1(port));

    LaunchProfile page;
    page.name = QStringLiteral("page");
    page.description = Text::tr("writes a page and ends");
    page.launch.shell = true;
    page.launch.arguments
        = {"mkdir -p forkscope-example && echo 'It works.' > forkscope-example/index.html && echo page written"};

    LaunchProfile server;
    server.name = QStringLiteral("server");
    server.description = Text::tr("shows the page, once it is written; ready when it answers");
    server.launch.arguments
        = {"python3", "-u", "-m", "http.server", port, "--bind", "127.0.0.1", "--directory", "forkscope-example"};
    server.readiness = ReadinessProbe{ReadinessProbe::Kind::HttpOk, address};
    server.restart.when = RestartPolicy::When::OnFailure;
    server.dependencies = {{page.name, Condition::CompletedSuccessfully}};

    LaunchProfile client;
    client.name = QStringLiteral("client");
    client.description = Text::tr("reads the page every second, once the server is ready");
    client.launch.arguments = {"python3", "-u", "-c",
        "import time, urllib.request\n"
        "while True:\n"
        "    print(urllib.request.urlopen('"
            + address.toLatin1()
            + "').read().decode().strip())\n"
              "    time.sleep(1)\n"};
    client.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QStringLiteral("^It works")};
    client.dependencies = {{server.name, Condition::Ready}};

    LaunchProfile flaky;
    flaky.name = QStringLiteral("flaky");
    flaky.description = Text::tr("crashes after two seconds, and is restarted three times, later each time");
    flaky.launch.shell = true;
    flaky.launch.arguments = {"echo running; sleep 2; echo giving up >&2; exit 3"};
    flaky.restart.when = RestartPolicy::When::OnFailure;
    flaky.restart.limit = 3;

    return {Text::tr("Example"), QDir::tempPath(), {page, server, client, flaky}};
}

} // namespace forkscope
