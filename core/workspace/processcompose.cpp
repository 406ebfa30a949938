// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspaceimport.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <yaml-cpp/yaml.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(WorkspaceImport)
};

/// Thrown inside this file only.
struct Fault {
    int line;
    QString detail;
};

[[noreturn]] void fail(const YAML::Node &node, const QString &detail)
{
    throw Fault{node.Mark().line + 1, detail};
}

QString scalar(const YAML::Node &node, const QString &key)
{
    if (!node.IsScalar())
        fail(node, Text::tr("%1: a single value is expected").arg(key));
    return QString::fromStdString(node.Scalar());
}

QByteArray bytes(const YAML::Node &node, const QString &key)
{
    return scalar(node, key).toUtf8();
}

double numberOf(const YAML::Node &node, const QString &key)
{
    bool ok = false;
    const double value = scalar(node, key).toDouble(&ok);
    if (!ok)
        fail(node, Text::tr("%1: a number is expected").arg(key));
    return value;
}

bool truth(const YAML::Node &node, const QString &key)
{
    bool value = false;
    if (!node.IsScalar() || !YAML::convert<bool>::decode(node, value))
        fail(node, Text::tr("%1: true or false is expected").arg(key));
    return value;
}

std::chrono::milliseconds seconds(const YAML::Node &node, const QString &key)
{
    return std::chrono::milliseconds(qint64(numberOf(node, key) * 1000));
}

/// The entries of a map in order, with what "<<" brings in behind them.
QList<std::pair<QString, YAML::Node>> entriesOf(const YAML::Node &map, const QString &key)
{
    if (map.IsNull())
        return {};
    if (!map.IsMap())
        fail(map, Text::tr("%1: a map is expected").arg(key));
    QList<std::pair<QString, YAML::Node>> entries;
    QSet<QString> seen;
    const auto add = [&](const YAML::Node &from) {
        for (const auto &entry : from) {
            const QString name = scalar(entry.first, key);
            if (name == QLatin1String("<<") || seen.contains(name))
                continue;
            seen.insert(name);
            entries.append({name, entry.second});
        }
    };
    add(map);
    for (const auto &entry : map) {
        if (scalar(entry.first, key) != QLatin1String("<<"))
            continue;
        if (entry.second.IsMap())
            add(entry.second);
        else if (entry.second.IsSequence())
            for (const auto &part : entry.second)
                if (part.IsMap())
                    add(part);
    }
    return entries;
}

/// Reads one file. Everything in it is either used or told of.
class Importer
{
public:
    ImportedWorkspace run(const YAML::Node &root)
    {
        for (const auto &[key, node] : entriesOf(root, QStringLiteral("/"))) {
            if (key == QLatin1String("processes")) {
                m_processes = node;
            } else if (key == QLatin1String("environment")) {
                readEnvironment(node, key, m_environment);
            } else if (key == QLatin1String("name")) {
                m_result.workspace.name = scalar(node, key);
            } else if (key == QLatin1String("shell")) {
                readShell(node);
            } else if (key != QLatin1String("version")) {
                leaveOut(key);
            }
        }
        for (const auto &[name, node] : entriesOf(m_processes, QStringLiteral("processes")))
            readProcess(name, node);
        settleDependencies();
        return m_result;
    }

private:
    void warn(const QString &key, const QString &what) { m_result.warnings += key + QStringLiteral(": ") + what; }
    void leaveOut(const QString &key) { warn(key, Text::tr("this is not taken over.")); }
    /// process-compose puts variables in while it reads; a shell does it later, to the same end.
    void tellOfVariables(const QByteArray &value, const QString &key)
    {
        if (value.contains('$'))
            warn(key, Text::tr("“%1” is taken over as it is: variables are not put in.").arg(QString::fromUtf8(value)));
    }

    void readShell(const YAML::Node &node)
    {
        for (const auto &[key, value] : entriesOf(node, QStringLiteral("shell"))) {
            const QString path = QStringLiteral("shell.") + key;
            if (key == QLatin1String("shell_command"))
                m_shell = bytes(value, path);
            else if (key != QLatin1String("shell_argument") || scalar(value, path) != QLatin1String("-c"))
                leaveOut(path);
        }
    }

    using Variables = QMap<QByteArray, std::optional<QByteArray>>;
    void readEnvironment(const YAML::Node &node, const QString &key, Variables &environment)
    {
        if (!node.IsSequence()) {
            for (const auto &[name, value] : entriesOf(node, key)) {
                const QString path = key + u'.' + name;
                environment.insert(name.toUtf8(), value.IsNull() ? QByteArray() : bytes(value, path));
                tellOfVariables(*environment[name.toUtf8()], path);
            }
            return;
        }
        for (const YAML::Node &item : node) {
            const QByteArray entry = bytes(item, key);
            const qsizetype equals = entry.indexOf('=');
            if (equals <= 0) {
                warn(key, Text::tr("“%1” is not NAME=VALUE and was left out.").arg(QString::fromUtf8(entry)));
                continue;
            }
            environment.insert(entry.first(equals), entry.sliced(equals + 1));
            tellOfVariables(entry.sliced(equals + 1), key);
        }
    }

    void readProcess(const QString &name, const YAML::Node &node)
    {
        const QString key = QStringLiteral("processes.") + name;
        LaunchProfile profile;
        for (const QChar c : name)
            profile.name += isProfileName(c) ? c : QChar(u'-');
        if (profile.name != name)
            warn(key, Text::tr("its name becomes “%1”.").arg(profile.name));
        if (m_result.workspace.find(profile.name))
            fail(node, Text::tr("%1: there are two processes of this name").arg(key));
        m_names.insert(name, profile.name);
        profile.launch.shell = true;
        profile.launch.shellPath = m_shell;
        profile.launch.environment = m_environment;
        std::optional<ReadinessProbe> probe;
        for (const auto &[field, value] : entriesOf(node, key))
            readField(profile, probe, field, value, key + u'.' + field);
        if (probe && profile.readiness)
            warn(key, Text::tr("of readiness_probe and ready_log_line the line is taken over: there can be one of them."));
        else if (probe)
            profile.readiness = probe;
        if (profile.launch.arguments.isEmpty())
            fail(node, Text::tr("%1: there is no command").arg(key));
        m_result.workspace.profiles.append(profile);
    }

    void readField(LaunchProfile &profile, std::optional<ReadinessProbe> &probe, const QString &field, const YAML::Node &value,
        const QString &path)
    {
        LaunchSpec &launch = profile.launch;
        if (field == QLatin1String("command")) {
            // "$$" is a dollar that process-compose leaves to the shell.
            if (launch.shell)
                launch.arguments = {bytes(value, path).replace("$$", "$")};
            else
                leaveOut(path);
        } else if (field == QLatin1String("entrypoint")) {
            if (!launch.arguments.isEmpty())
                warn(path, Text::tr("it takes the place of “command”."));
            launch.arguments.clear();
            for (const YAML::Node &item : value)
                launch.arguments.append(bytes(item, path));
            launch.shell = false;
            launch.shellPath = LaunchSpec().shellPath;
        } else if (field == QLatin1String("working_dir")) {
            launch.workingDirectory = bytes(value, path);
            tellOfVariables(launch.workingDirectory, path);
        } else if (field == QLatin1String("environment")) {
            readEnvironment(value, path, launch.environment);
        } else if (field == QLatin1String("env_file")) {
            if (value.IsScalar())
                launch.environmentFiles.append(bytes(value, path));
            for (const YAML::Node &item : value)
                launch.environmentFiles.append(bytes(item, path));
        } else if (field == QLatin1String("depends_on")) {
            readDependencies(profile, value, path);
        } else if (field == QLatin1String("availability")) {
            readAvailability(profile.restart, value, path);
        } else if (field == QLatin1String("readiness_probe")) {
            readProbe(probe, value, path);
        } else if (field == QLatin1String("ready_log_line")) {
            const QString line = scalar(value, path); // process-compose looks for the text itself
            profile.readiness = ReadinessProbe{ReadinessProbe::Kind::LogLine, QRegularExpression::escape(line)};
        } else if (field == QLatin1String("shutdown")) {
            readShutdown(profile.stop, value, path);
        } else if (field == QLatin1String("disabled")) {
            profile.startsWithAll = !truth(value, path);
        } else if (field == QLatin1String("description")) {
            profile.description = scalar(value, path).simplified();
        } else if (field == QLatin1String("is_tty")) {
            if (truth(value, path))
                launch.standardInput.kind = launch.standardOutput.kind = launch.standardError.kind = StreamTarget::Kind::Pty;
        } else if (field == QLatin1String("log_location")) {
            warn(path, Text::tr("this is not taken over: Forkscope records all output; “Save output” writes it to a file."));
        } else {
            leaveOut(path);
        }
    }

    void readDependencies(LaunchProfile &profile, const YAML::Node &node, const QString &key)
    {
        using Condition = Dependency::Condition;
        static const QHash<QString, Condition> conditions = {{QStringLiteral("process_started"), Condition::Started},
            {QStringLiteral("process_healthy"), Condition::Ready}, {QStringLiteral("process_log_ready"), Condition::Ready},
            {QStringLiteral("process_completed"), Condition::Completed},
            {QStringLiteral("process_completed_successfully"), Condition::CompletedSuccessfully}};
        for (const auto &[name, settings] : entriesOf(node, key)) {
            Dependency dependency{name, Condition::Completed}; // what process-compose takes without a condition
            const QString path = key + u'.' + name;
            for (const auto &[field, value] : entriesOf(settings, path)) {
                if (field != QLatin1String("condition")) {
                    leaveOut(path + u'.' + field);
                    continue;
                }
                const auto known = conditions.constFind(scalar(value, path));
                if (known == conditions.constEnd())
                    fail(value, Text::tr("%1: the condition “%2” is not known").arg(path, scalar(value, path)));
                dependency.condition = *known;
            }
            profile.dependencies.append(dependency);
        }
    }

    void readAvailability(RestartPolicy &policy, const YAML::Node &node, const QString &key)
    {
        policy.factor = 1; // process-compose waits the same time each time
        for (const auto &[field, value] : entriesOf(node, key)) {
            const QString path = key + u'.' + field;
            if (field == QLatin1String("restart")) {
                const QString when = scalar(value, path);
                if (when == QLatin1String("always"))
                    policy.when = RestartPolicy::When::Always;
                else if (when == QLatin1String("on_failure"))
                    policy.when = RestartPolicy::When::OnFailure;
                else if (when != QLatin1String("no") && when != QLatin1String("false"))
                    warn(path, Text::tr("“%1” is taken over as “never”.").arg(when));
            } else if (field == QLatin1String("backoff_seconds")) {
                policy.delay = seconds(value, path);
            } else if (field == QLatin1String("max_restarts")) {
                policy.limit = int(numberOf(value, path));
            } else {
                leaveOut(path);
            }
        }
        policy.longestDelay = std::max(policy.longestDelay, policy.delay);
        if (policy.when == RestartPolicy::When::Never)
            policy = {};
    }

    void readProbe(std::optional<ReadinessProbe> &probe, const YAML::Node &node, const QString &key)
    {
        probe.emplace();
        double initialDelay = 0;
        double period = 10; // process-compose's defaults
        double failures = 3;
        for (const auto &[field, value] : entriesOf(node, key)) {
            const QString path = key + u'.' + field;
            if (field == QLatin1String("exec")) {
                for (const auto &[part, content] : entriesOf(value, path)) {
                    if (part == QLatin1String("command"))
                        *probe = {ReadinessProbe::Kind::Command,
                            scalar(content, path).replace(QLatin1String("$$"), QLatin1String("$"))};
                    else
                        leaveOut(path + u'.' + part);
                }
            } else if (field == QLatin1String("http_get")) {
                readHttp(*probe, value, path);
            } else if (field == QLatin1String("initial_delay_seconds")) {
                initialDelay = numberOf(value, path);
            } else if (field == QLatin1String("period_seconds")) {
                period = numberOf(value, path);
            } else if (field == QLatin1String("failure_threshold")) {
                failures = numberOf(value, path);
            } else if (field != QLatin1String("success_threshold") || numberOf(value, path) != 1) {
                leaveOut(path);
            }
        }
        if (probe->target.isEmpty()) {
            probe.reset();
            return;
        }
        // So many failures in a row count as not ready: in time, as we count.
        probe->interval = std::chrono::milliseconds(qint64(std::max(period, 0.1) * 1000));
        probe->timeout
            = std::chrono::milliseconds(qint64((initialDelay + std::max(period, 0.1) * std::max(failures, 1.0)) * 1000));
    }

    void readHttp(ReadinessProbe &probe, const YAML::Node &node, const QString &key)
    {
        QString scheme = QStringLiteral("http");
        QString host = QStringLiteral("127.0.0.1");
        QString path = QStringLiteral("/");
        QString port;
        for (const auto &[field, value] : entriesOf(node, key)) {
            const QString name = key + u'.' + field;
            if (field == QLatin1String("scheme"))
                scheme = scalar(value, name).toLower();
            else if (field == QLatin1String("host"))
                host = scalar(value, name);
            else if (field == QLatin1String("path"))
                path = scalar(value, name);
            else if (field == QLatin1String("port"))
                port = u':' + scalar(value, name);
            else if (field != QLatin1String("status_code") || scalar(value, name) != QLatin1String("200"))
                leaveOut(name);
        }
        if (!path.startsWith(u'/'))
            path.prepend(u'/');
        probe.kind = ReadinessProbe::Kind::HttpOk;
        probe.target = scheme + QStringLiteral("://") + host + port + path;
        tellOfVariables(probe.target.toUtf8(), key);
    }

    void readShutdown(StopSettings &stop, const YAML::Node &node, const QString &key)
    {
        stop.grace = std::chrono::seconds(10); // process-compose's default
        for (const auto &[field, value] : entriesOf(node, key)) {
            const QString path = key + u'.' + field;
            if (field == QLatin1String("signal"))
                stop.signal = int(numberOf(value, path));
            else if (field == QLatin1String("timeout_seconds"))
                stop.grace = seconds(value, path);
            else
                leaveOut(path);
        }
    }

    /// Names as they have become; and a condition that the other one cannot fulfil is weakened.
    void settleDependencies()
    {
        for (LaunchProfile &profile : m_result.workspace.profiles) {
            for (Dependency &dependency : profile.dependencies) {
                dependency.profile = m_names.value(dependency.profile, dependency.profile);
                const LaunchProfile *other = m_result.workspace.find(dependency.profile);
                if (dependency.condition != Dependency::Condition::Ready || !other || other->readiness)
                    continue;
                dependency.condition = Dependency::Condition::Started;
                warn(QStringLiteral("processes.%1.depends_on.%2").arg(profile.name, other->name),
                    Text::tr("“%1” does not say when it is ready, so “%2” waits for its start only.")
                        .arg(other->name, profile.name));
            }
        }
    }

    ImportedWorkspace m_result;
    YAML::Node m_processes;
    Variables m_environment;
    QByteArray m_shell = "/bin/bash"; ///< what process-compose takes
    QHash<QString, QString> m_names; ///< in the file → ours
};

} // namespace

Result<ImportedWorkspace> importProcessCompose(const QByteArray &text, const QString &fileName, const QString &directory)
{
    const auto faulty = [&fileName](int line, const QString &detail) {
        return Error::invalid(
            Text::tr("read the workspace"), detail, QStringLiteral("%1:%2").arg(fileName).arg(std::max(line, 1)));
    };
    try {
        const YAML::Node root = YAML::Load(text.toStdString());
        if (!root.IsMap() || !root["processes"])
            return Error::invalid(Text::tr("read the workspace"),
                Text::tr("it has no “processes”: it is no configuration of process-compose"), fileName);
        ImportedWorkspace result = Importer().run(root);
        result.workspace.directory = directory;
        return result;
    } catch (const Fault &fault) {
        return faulty(fault.line, fault.detail);
    } catch (const YAML::Exception &exception) {
        return faulty(exception.mark.line + 1, QString::fromStdString(exception.msg));
    }
}

} // namespace forkscope
