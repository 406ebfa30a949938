// SPDX-License-Identifier: GPL-3.0-or-later
// forkscope up, import and export-profile: workspaces without a window.
#include "app/subcommands.h"

#include "core/base/uniquefd.h"
#include "core/session/session.h"
#include "core/workspace/projectfile.h"
#include "core/workspace/scriptexport.h"
#include "core/workspace/supervisor.h"
#include "core/workspace/workspaceimport.h"
#include "ui/preferences/preferences.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <sys/signalfd.h>
#include <unistd.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

constexpr int kPrintMs = 30;
constexpr int kLastOutputMs = 1000;

void print(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stream);
}

/// Reads a workspace file; an error is told, and nothing comes back.
std::optional<Workspace> opened(const QString &path)
{
    auto imported = openWorkspaceFile(path);
    if (!imported) {
        complain(errorText(imported.error()));
        return {};
    }
    for (const QString &warning : imported.value().warnings)
        complain(Text::tr("warning: %1").arg(warning));
    return std::move(imported.value().workspace);
}

/// Runs a workspace: prints its lines with the profile's name before each, and stops all on Ctrl+C.
class Up : public QObject
{
public:
    Up(std::unique_ptr<Session> session, const Workspace &workspace)
        : m_session(std::move(session)), m_supervisor(std::make_unique<Supervisor>(*m_session))
    {
        m_supervisor->setWorkspace(workspace);
        for (const LaunchProfile &profile : workspace.profiles)
            m_width = std::max(m_width, profile.name.size());
        connect(m_supervisor.get(), &Supervisor::launched, this, [this](const QString &profile, LaunchId launch) {
            m_names.insert(launch, profile);
            m_open.insert(launch);
        });
        connect(m_session.get(), &Session::launchDrained, this, [this](LaunchId launch) {
            m_open.remove(launch);
            quitWhenDone();
        });
        connect(m_supervisor.get(), &Supervisor::statusChanged, this, &Up::tellStatus);
        connect(m_supervisor.get(), &Supervisor::allEnded, this, [this] {
            quitWhenDone();
            // Descendants that go on may hold the output open.
            QTimer::singleShot(kLastOutputMs, this, [] { QCoreApplication::quit(); });
        });
        connect(&m_timer, &QTimer::timeout, this, &Up::printNew);
        m_timer.start(kPrintMs);
        sigset_t mask;
        sigemptyset(&mask);
        for (const int number : {SIGINT, SIGTERM, SIGHUP})
            sigaddset(&mask, number);
        m_signals = UniqueFd(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
        m_notifier = std::make_unique<QSocketNotifier>(m_signals.get(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
            signalfd_siginfo info;
            while (read(m_signals.get(), &info, sizeof info) == sizeof info) { }
            m_interrupted = true;
            complain(Text::tr("stopping all"));
            m_supervisor->stopAll();
        });
    }

    ~Up() override { m_supervisor.reset(); }

    int run(const QStringList &profiles)
    {
        const auto started = profiles.isEmpty() ? m_supervisor->startAll() : m_supervisor->start(profiles);
        if (!started) {
            complain(errorText(started.error()));
            return kOwnFailure;
        }
        if (m_supervisor->isAnyActive())
            QCoreApplication::exec();
        printNew();
        for (const auto &[channel, rest] : m_rests.asKeyValueRange())
            if (!rest.isEmpty())
                printLine(channel, rest);
        for (const LaunchProfile &profile : m_supervisor->workspace().profiles)
            if (m_supervisor->status(profile.name).state == ProfileStatus::State::Failed)
                return 1;
        return m_interrupted ? kSignalBase + SIGINT : 0;
    }

private:
    /// What was written last arrives after the end.
    void quitWhenDone()
    {
        if (m_open.isEmpty() && !m_supervisor->isAnyActive())
            QCoreApplication::quit();
    }

    QByteArray prefix(const QString &name) const { return name.leftJustified(m_width).toUtf8() + " | "; }

    void tellStatus(const QString &name)
    {
        const ProfileStatus status = m_supervisor->status(name);
        if (!status.reason.isEmpty() && status.reason != m_reasons.value(name))
            print(stderr, prefix(name) + "* " + status.reason.toUtf8() + '\n');
        m_reasons.insert(name, status.reason);
    }

    void printLine(ChannelId channel, QByteArrayView line)
    {
        const ChannelInfo info = m_session->journal().channel(channel);
        FILE *const stream = info.kind == ChannelKind::StandardError ? stderr : stdout;
        print(stream, prefix(m_names.value(info.launch)) + line.toByteArray() + '\n');
    }

    void printNew()
    {
        const Journal &journal = m_session->journal();
        for (; m_next < journal.recordCount(); ++m_next) {
            const auto record = journal.read(m_next);
            if (!record || record->isEvent())
                continue;
            const ChannelKind kind = journal.channel(record->channel).kind;
            if (kind == ChannelKind::StandardInput || !isText(kind))
                continue;
            QByteArray &rest = m_rests[record->channel];
            rest.append(record->bytes);
            qsizetype begin = 0;
            for (qsizetype end; (end = rest.indexOf('\n', begin)) >= 0; begin = end + 1)
                printLine(record->channel, QByteArrayView(rest).sliced(begin, end - begin));
            rest.remove(0, begin);
        }
        std::fflush(stdout);
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<Supervisor> m_supervisor; ///< goes before the session
    QHash<LaunchId, QString> m_names;
    QSet<LaunchId> m_open; ///< launches that may still write
    QHash<QString, QString> m_reasons;
    QHash<ChannelId, QByteArray> m_rests; ///< the beginning of a line whose end has not come
    quint64 m_next = 0;
    qsizetype m_width = 0;
    QTimer m_timer;
    UniqueFd m_signals;
    std::unique_ptr<QSocketNotifier> m_notifier;
    bool m_interrupted = false;
};

} // namespace

int upCommand(const QString &file, const QStringList &profiles)
{
    const auto workspace = opened(file);
    if (!workspace)
        return kOwnFailure;
    for (const QString &name : profiles)
        if (!workspace->find(name)) {
            complain(Text::tr("%1 has no profile “%2”").arg(file, name));
            return kUsageError;
        }
    auto session = Session::create({}, Preferences::recordingLimit());
    if (!session) {
        complain(errorText(session.error()));
        return kOwnFailure;
    }
    return Up(std::move(session).value(), *workspace).run(profiles);
}

int importCommand(const QString &file)
{
    const auto workspace = opened(file);
    if (!workspace)
        return kOwnFailure;
    print(stdout, projectText(*workspace));
    return std::fflush(stdout) == 0 ? 0 : kOwnFailure;
}

int profileCommand(const QString &file, const QString &name, const QString &language)
{
    const auto workspace = opened(file);
    if (!workspace)
        return kOwnFailure;
    const LaunchProfile *const profile = workspace->find(name);
    if (!profile) {
        complain(Text::tr("%1 has no profile “%2”").arg(file, name));
        return kUsageError;
    }
    const QString text = language == QLatin1String("python") ? pythonCall(profile->launch) : shellScript(profile->launch);
    print(stdout, text.toUtf8());
    if (!text.endsWith(u'\n'))
        print(stdout, "\n");
    return std::fflush(stdout) == 0 ? 0 : kOwnFailure;
}

} // namespace forkscope
