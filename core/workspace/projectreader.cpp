// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/signals.h"
#include "core/workspace/projectfields.h"
#include "core/workspace/projectfile.h"
#include "core/workspace/tomlreading.h"

#include <QCoreApplication>
#include <QHash>

#include <sstream>

namespace forkscope {

using namespace project;
using namespace tomlreading;

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectFile)
};

} // namespace

// Found by argument-dependent lookup, from Keys and from lists: so not in the unnamed namespace.
static void readValue(const toml::value &value, TextErrors &field)
{
    field = TextErrors(choice(value, kErrorNames));
}

static void readValue(const toml::value &value, StreamTarget &field)
{
    using Kind = StreamTarget::Kind;
    field = {};
    if (value.is_string()) {
        field.kind = Kind(choice(value, kStreamNames));
        if (field.kind == Kind::File || field.kind == Kind::Descriptor)
            fail(value, Text::tr("write { file = \"PATH\" } or { descriptor = NUMBER }"));
        return;
    }
    Keys keys(value);
    if (const toml::value *path = keys.take("file")) {
        field.kind = Kind::File;
        readValue(*path, field.path);
        keys.read("append", field.append);
    } else if (const toml::value *descriptor = keys.take("descriptor")) {
        field.kind = Kind::Descriptor;
        readValue(*descriptor, field.descriptor);
    } else {
        fail(value, Text::tr("write { file = \"PATH\" } or { descriptor = NUMBER }"));
    }
    keys.finish();
}

static void readValue(const toml::value &value, ChildAction &field)
{
    Keys keys(value);
    if (const toml::value *nice = keys.take("nice")) {
        readValue(*nice, field.emplace<SetNice>().increment);
    } else if (const toml::value *ioClass = keys.take("io_priority")) {
        auto &step = field.emplace<SetIoPriority>();
        step.ioClass = SetIoPriority::Class(choice(*ioClass, kIoNames));
        keys.read("level", step.level);
    } else if (const toml::value *cpus = keys.take("cpus")) {
        readValue(*cpus, field.emplace<SetCpuAffinity>().cpus);
    } else if (const toml::value *limit = keys.take("limit")) {
        auto &step = field.emplace<SetResourceLimit>();
        step.resource = SetResourceLimit::Resource(choice(*limit, kLimitNames));
        const auto bound = [&keys](const char *name, std::optional<quint64> &into) {
            const toml::value *given = keys.take(name);
            if (given && !(given->is_string() && stringOf(*given) == QLatin1String("unlimited")))
                readValue(*given, into.emplace());
        };
        bound("soft", step.soft);
        bound("hard", step.hard);
    } else if (const toml::value *policy = keys.take("scheduling")) {
        auto &step = field.emplace<SetSchedulingPolicy>();
        step.policy = SetSchedulingPolicy::Policy(choice(*policy, kScheduleNames));
        keys.read("priority", step.priority);
    } else if (const toml::value *score = keys.take("oom_score_adj")) {
        readValue(*score, field.emplace<SetOomScoreAdjust>().value);
    } else if (const toml::value *path = keys.take("chdir")) {
        readValue(*path, field.emplace<ChangeDirectory>().path);
    } else if (const toml::value *mask = keys.take("umask")) {
        readValue(*mask, field.emplace<SetUmask>().mask);
    } else if (const toml::value *flag = keys.take("no_new_privileges")) {
        bool wanted = true;
        readValue(*flag, wanted);
        if (!wanted)
            fail(*flag, Text::tr("it can only be true: leave the action out instead"));
        field = NoNewPrivileges();
    } else if (const toml::value *signal = keys.take("parent_death_signal")) {
        readValue(*signal, field.emplace<SetParentDeathSignal>().signal);
    } else {
        fail(value,
            Text::tr("an action is one of: nice, io_priority, cpus, limit, scheduling, oom_score_adj, chdir, umask, "
                     "no_new_privileges, parent_death_signal"));
    }
    keys.finish();
}

static void readValue(const toml::value &value, RestartPolicy &field)
{
    field = {};
    if (value.is_string()) {
        field.when = RestartPolicy::When(choice(value, kRestartNames));
        return;
    }
    Keys keys(value);
    if (const toml::value *when = keys.take("when"))
        field.when = RestartPolicy::When(choice(*when, kRestartNames));
    keys.read("delay", field.delay);
    keys.read("factor", field.factor);
    keys.read("longest_delay", field.longestDelay);
    keys.read("limit", field.limit);
    keys.finish();
}

static void readValue(const toml::value &value, ReadinessProbe &field)
{
    field = {};
    Keys keys(value);
    int given = 0;
    for (size_t i = 0; i < kReadyNames.size(); ++i) {
        if (const toml::value *target = keys.take(kReadyNames[i])) {
            ++given;
            field.kind = ReadinessProbe::Kind(i);
            if (target->is_integer()) // a port
                field.target = QString::number(target->as_integer());
            else
                readValue(*target, field.target);
        }
    }
    if (given != 1)
        fail(value, Text::tr("it holds exactly one of: log_line, tcp, file, http, command"));
    keys.read("interval", field.interval);
    keys.read("timeout", field.timeout);
    keys.finish();
}

/// "SIGINT", "signal 32" (as we name it), or the number.
static void readValue(const toml::value &value, StopSettings &field)
{
    field = {};
    Keys keys(value);
    if (const toml::value *signal = keys.take("signal")) {
        if (signal->is_integer()) {
            readValue(*signal, field.signal);
        } else {
            const QString name = stringOf(*signal);
            field.signal = 0;
            for (int number = 1; number <= 64; ++number)
                if (signalName(number) == name)
                    field.signal = number;
            if (field.signal == 0)
                fail(*signal, Text::tr("there is no signal “%1”").arg(name));
        }
    }
    keys.read("grace", field.grace);
    keys.finish();
}

/// { db = "ready" }, or ["db"] where "started" is meant.
static void readValue(const toml::value &value, QList<Dependency> &field)
{
    field.clear();
    if (value.is_array()) {
        for (const toml::value &item : value.as_array())
            field.append({stringOf(item), Dependency::Condition::Started});
        return;
    }
    if (!value.is_table())
        fail(value, Text::tr("write { NAME = \"CONDITION\" }"));
    for (const auto &[name, condition] : inOrder(value))
        field.append({name, Dependency::Condition(choice(condition, kConditionNames))});
}

namespace {

void readEnvironment(const toml::value &value, QMap<QByteArray, std::optional<QByteArray>> &environment)
{
    if (!value.is_table())
        fail(value, Text::tr("a table is expected"));
    for (const auto &[key, entry] : inOrder(value)) {
        const auto name = textToBytes(key);
        if (!name)
            fail(entry, Text::tr("after “bytes:” each “%” needs two hexadecimal digits"));
        if (!entry.is_string() && !entry.is_boolean())
            fail(entry, Text::tr("a variable is a text in quotes; false removes it"));
        if (entry.is_boolean() && entry.as_boolean())
            environment.remove(*name); // as it is inherited, whatever the base says
        else
            readValue(entry, environment[*name]);
    }
}

/// Reads over what the base has left in the profile.
class Reader
{
public:
    Reader(const toml::value &table, LaunchProfile &profile) : m_keys(table), m_profile(profile) { }

    template<typename Accessor> void field(const char *name, Accessor access) { m_keys.read(name, access(m_profile)); }
    template<typename Accessor> void field(const char *name, Accessor access, Mask) { m_keys.read(name, access(m_profile)); }
    void command()
    {
        LaunchSpec &launch = m_profile.launch;
        const toml::value *arguments = m_keys.take("args");
        const toml::value *shell = m_keys.take("shell");
        const toml::value *shellArguments = m_keys.take("shell_args");
        if (arguments && shell)
            fail(*shell, Text::tr("there are both “args” and “shell”"));
        if (shellArguments && !shell)
            fail(*shellArguments, Text::tr("“shell_args” needs “shell”"));
        if (arguments) {
            readValue(*arguments, launch.arguments);
            launch.shell = false;
        } else if (shell) {
            QByteArray line;
            readValue(*shell, line);
            launch.arguments.clear();
            if (shellArguments)
                readValue(*shellArguments, launch.arguments);
            launch.arguments.prepend(line);
            launch.shell = true;
        }
    }
    void finish()
    {
        m_keys.take("extends");
        if (const toml::value *environment = m_keys.take("env"))
            readEnvironment(*environment, m_profile.launch.environment);
        m_keys.finish();
    }

private:
    Keys m_keys;
    LaunchProfile &m_profile;
};

/// Resolves "extends" while it reads.
class ProfileTables
{
public:
    explicit ProfileTables(const QList<std::pair<QString, toml::value>> &tables) : m_tables(tables) { }

    LaunchProfile profile(const QString &name)
    {
        if (const auto done = m_done.constFind(name); done != m_done.constEnd())
            return *done;
        const auto found = std::ranges::find(m_tables, name, &std::pair<QString, toml::value>::first);
        const toml::value &table = found->second;
        if (!table.is_table())
            fail(table, Text::tr("“%1” is expected to be a table: [profile.%1]").arg(name));
        LaunchProfile profile;
        if (table.contains("extends")) {
            const toml::value &key = toml::find(table, "extends");
            const QString base = stringOf(key);
            m_path += name;
            if (const qsizetype begin = m_path.indexOf(base); begin >= 0)
                fail(key,
                    Text::tr("the profile extends itself: %1")
                        .arg((m_path.sliced(begin) + QStringList{base}).join(QStringLiteral(" → "))));
            if (std::ranges::none_of(m_tables, [&base](const auto &entry) { return entry.first == base; }))
                fail(key, Text::tr("it extends “%1”, but there is no such profile").arg(base));
            profile = this->profile(base);
            m_path.removeLast();
            profile.description.clear();
            profile.basedOn = base;
        }
        profile.name = name;
        Reader reader(table, profile);
        describe(reader);
        reader.finish();
        m_done.insert(name, profile);
        return profile;
    }

private:
    const QList<std::pair<QString, toml::value>> &m_tables;
    QHash<QString, LaunchProfile> m_done;
    QStringList m_path;
};

/// [pipe.NAME]
void readPipes(const toml::value &value, QList<WorkspacePipe> &pipes)
{
    if (!value.is_table())
        fail(value, Text::tr("pipes are tables: [pipe.NAME]"));
    for (const auto &[name, table] : inOrder(value)) {
        WorkspacePipe pipe;
        pipe.name = name;
        Keys keys(table);
        keys.read("writers", pipe.writers);
        keys.read("readers", pipe.readers);
        quint64 keep = pipe.keep;
        keys.read("keep", keep);
        pipe.keep = quint32(std::min<quint64>(keep, pipe.keep));
        keys.finish();
        pipes.append(pipe);
    }
}

Workspace workspaceOf(const toml::value &root)
{
    Workspace workspace;
    Keys keys(root);
    keys.read("name", workspace.name);
    const toml::value *profiles = keys.take("profile");
    if (const toml::value *pipes = keys.take("pipe"))
        readPipes(*pipes, workspace.pipes);
    keys.finish();
    if (!profiles)
        return workspace;
    if (!profiles->is_table())
        fail(*profiles, Text::tr("profiles are tables: [profile.NAME]"));
    const auto tables = inOrder(*profiles);
    ProfileTables reader(tables);
    for (const auto &[name, table] : tables)
        workspace.profiles.append(reader.profile(name));
    return workspace;
}

/// toml11's message, without its name for the function and the drawing of the place.
QString plainMessage(const char *what)
{
    QString message = QString::fromUtf8(what).section(u'\n', 0, 0);
    if (message.startsWith(QLatin1String("[error] ")))
        message = message.sliced(8);
    if (message.startsWith(QLatin1String("toml::")))
        message = message.section(QStringLiteral(": "), 1);
    return message;
}

Error faulty(const QString &fileName, int line, const QString &detail)
{
    return Error::invalid(Text::tr("read the workspace"), detail, QStringLiteral("%1:%2").arg(fileName).arg(line));
}

} // namespace

Result<Workspace> parseProject(const QByteArray &text, const QString &fileName, const QString &directory)
{
    const QByteArrayList lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i)
        if (QString::fromUtf8(lines[i]).toUtf8() != lines[i])
            return faulty(fileName, int(i) + 1, Text::tr("the line is not UTF-8; write other bytes as \"bytes:…%FF…\""));
    try {
        std::istringstream stream(text.toStdString(), std::ios::binary);
        Workspace workspace = workspaceOf(toml::parse(stream, fileName.toStdString()));
        workspace.directory = directory;
        return workspace;
    } catch (const Fault &fault) {
        return faulty(fileName, fault.line, fault.detail);
    } catch (const toml::exception &exception) {
        return faulty(fileName, int(exception.location().line()), plainMessage(exception.what()));
    } catch (const std::exception &exception) {
        return faulty(fileName, 1, plainMessage(exception.what()));
    }
}

} // namespace forkscope
