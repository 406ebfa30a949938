// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/readiness.h"

#include "core/launch/process.h"
#include "core/workspace/logline.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTimer>

#include <csignal>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Readiness)
};

using Kind = ReadinessProbe::Kind;

/// A connection is accepted.
class TcpCheck : public ReadinessCheck
{
public:
    explicit TcpCheck(const ReadinessProbe &probe) : ReadinessCheck(probe)
    {
        const qsizetype colon = probe.target.lastIndexOf(u':');
        m_host = colon > 0 ? probe.target.first(colon) : QStringLiteral("localhost");
        if (m_host.startsWith(u'[') && m_host.endsWith(u']')) // [::1]:80
            m_host = m_host.sliced(1).chopped(1);
        m_port = probe.target.sliced(colon + 1).toUShort();
    }

protected:
    void attempt() override
    {
        auto *socket = new QTcpSocket(this);
        socket->setProxy(QNetworkProxy::NoProxy);
        connect(socket, &QTcpSocket::connected, this, [this, socket] {
            socket->deleteLater();
            succeed();
        });
        connect(socket, &QTcpSocket::errorOccurred, this, [this, socket] {
            socket->disconnect(this);
            socket->deleteLater();
            retry(socket->errorString());
        });
        QTimer::singleShot(patience(), socket, [this, socket] {
            socket->disconnect(this);
            socket->deleteLater();
            retry(Text::tr("no answer within %1 s").arg(double(patience().count()) / 1000));
        });
        socket->connectToHost(m_host, m_port);
    }

private:
    QString m_host;
    quint16 m_port = 0;
};

/// The address answers 200.
class HttpCheck : public ReadinessCheck
{
public:
    explicit HttpCheck(const ReadinessProbe &probe) : ReadinessCheck(probe) { }

protected:
    void attempt() override
    {
        if (!m_network) {
            m_network = new QNetworkAccessManager(this); // here, because it belongs to the thread that makes it
            m_network->setProxy(QNetworkProxy::NoProxy);
        }
        QNetworkRequest request(QUrl(probe().target));
        request.setTransferTimeout(int(patience().count()));
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
        QNetworkReply *reply = m_network->get(request);
        // The status is the answer; what follows it may be endless.
        connect(reply, &QNetworkReply::metaDataChanged, this, [this, reply] { judge(reply); });
        connect(reply, &QNetworkReply::finished, this, [this, reply] { judge(reply); });
    }

private:
    void judge(QNetworkReply *reply)
    {
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (!reply->isFinished() && status / 100 == 3)
            return; // it follows
        reply->disconnect(this);
        const QString error = reply->errorString();
        reply->abort();
        reply->deleteLater();
        if (status == 200)
            succeed();
        else
            retry(status ? Text::tr("it answers %1").arg(status) : error);
    }
    QNetworkAccessManager *m_network = nullptr;
};

class FileCheck : public ReadinessCheck
{
public:
    FileCheck(const ReadinessProbe &probe, const LaunchSpec &spec)
        : ReadinessCheck(probe), m_path(QDir(QFile::decodeName(spec.workingDirectory)).filePath(probe.target))
    {
    }

protected:
    void attempt() override
    {
        if (QFileInfo::exists(m_path))
            succeed();
        else
            retry(Text::tr("“%1” does not exist").arg(m_path));
    }

private:
    QString m_path;
};

/// A command line ends with 0. It runs as the launch does, without its streams.
class CommandCheck : public ReadinessCheck
{
public:
    CommandCheck(const ReadinessProbe &probe, const LaunchSpec &launch) : ReadinessCheck(probe)
    {
        m_spec.arguments = {QFile::encodeName(probe.target)};
        m_spec.shell = true;
        m_spec.shellPath = launch.shellPath;
        m_spec.workingDirectory = launch.workingDirectory;
        m_spec.inheritEnvironment = launch.inheritEnvironment;
        m_spec.environmentFiles = launch.environmentFiles;
        m_spec.environment = launch.environment;
        m_spec.user = launch.user;
        m_spec.group = launch.group;
        m_spec.extraGroups = launch.extraGroups;
        m_spec.startNewSession = true;
        for (StreamTarget *target : {&m_spec.standardInput, &m_spec.standardOutput, &m_spec.standardError})
            target->kind = StreamTarget::Kind::Null;
    }
    ~CommandCheck() override { end(); }

protected:
    void attempt() override
    {
        m_process = new Process(m_spec, LaunchId::None, nullptr, this);
        connect(m_process, &Process::drained, this, [this] {
            const bool started = !m_process->startFailure();
            const ExitStatus status = m_process->exitStatus();
            m_process->deleteLater();
            m_process = nullptr;
            if (started && status.success())
                succeed();
            else if (!started)
                retry(Text::tr("the command cannot be started"));
            else if (status.kind == ExitStatus::Kind::Exited)
                retry(Text::tr("the command ends with %1").arg(status.value));
            else
                retry(Text::tr("the command took too long, or was killed"));
        });
        QTimer::singleShot(patience(), m_process, [this] { end(); });
        m_process->start();
    }

private:
    /// With all that it has started: they share its session.
    void end()
    {
        if (m_process && m_process->isRunning() && m_process->key().pid > 0)
            ::kill(-m_process->key().pid, SIGKILL);
    }
    LaunchSpec m_spec;
    Process *m_process = nullptr;
};

/// Looks at new output 20 times a second.
class LogLineCheck : public ReadinessCheck
{
public:
    LogLineCheck(const ReadinessProbe &probe, const ReadinessSubject &subject)
        : ReadinessCheck(probe), m_lines(*subject.journal, subject.launch, probe.target)
    {
    }

protected:
    void attempt() override
    {
        switch (m_lines.look()) {
        case LogLineSearch::Found:
            succeed();
            break;
        case LogLineSearch::More:
            QTimer::singleShot(0, this, [this] { attempt(); });
            break;
        case LogLineSearch::NotYet:
            QTimer::singleShot(50, this, [this] { attempt(); });
            break;
        }
    }

private:
    LogLineSearch m_lines;
};

} // namespace

ReadinessCheck::ReadinessCheck(const ReadinessProbe &probe) : m_probe(probe) { }
ReadinessCheck::~ReadinessCheck() = default;

std::unique_ptr<ReadinessCheck> ReadinessCheck::create(const ReadinessProbe &probe, const ReadinessSubject &subject)
{
    switch (probe.kind) {
    case Kind::LogLine:
        return std::make_unique<LogLineCheck>(probe, subject);
    case Kind::TcpPort:
        return std::make_unique<TcpCheck>(probe);
    case Kind::FileExists:
        return std::make_unique<FileCheck>(probe, subject.spec);
    case Kind::HttpOk:
        return std::make_unique<HttpCheck>(probe);
    case Kind::Command:
        return std::make_unique<CommandCheck>(probe, subject.spec);
    }
    return nullptr;
}

void ReadinessCheck::start()
{
    if (m_probe.timeout.count() > 0) {
        m_deadline = new QTimer(this);
        m_deadline->setSingleShot(true);
        connect(m_deadline, &QTimer::timeout, this, &ReadinessCheck::giveUp);
        m_deadline->start(m_probe.timeout);
    }
    attempt();
}

std::chrono::milliseconds ReadinessCheck::patience() const
{
    return std::max<std::chrono::milliseconds>(m_probe.interval, std::chrono::seconds(5));
}

void ReadinessCheck::succeed()
{
    if (std::exchange(m_done, true))
        return;
    if (m_deadline)
        m_deadline->stop();
    emit ready();
}

void ReadinessCheck::retry(const QString &trouble)
{
    m_trouble = trouble;
    if (!m_done)
        QTimer::singleShot(m_probe.interval, this, [this] {
            if (!m_done)
                attempt();
        });
}

void ReadinessCheck::giveUp()
{
    if (!std::exchange(m_done, true))
        emit gaveUp(m_trouble);
}

QString readinessText(const ReadinessProbe &probe)
{
    switch (probe.kind) {
    case Kind::LogLine:
        return Text::tr("line “%1”").arg(probe.target);
    case Kind::TcpPort:
        return Text::tr("port %1").arg(probe.target);
    case Kind::FileExists:
        return Text::tr("file “%1”").arg(probe.target);
    case Kind::HttpOk:
        return Text::tr("answer of %1").arg(probe.target);
    case Kind::Command:
        return Text::tr("success of “%1”").arg(probe.target);
    }
    return {};
}

} // namespace forkscope
