// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/signals.h"
#include "core/workspace/projectfields.h"
#include "core/workspace/projectfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>
#include <QSet>

#include <toml.hpp>

#include <cmath>
#include <sstream>

namespace forkscope {

namespace project {

std::optional<QByteArray> textToBytes(const QString &text)
{
    if (!text.startsWith(QLatin1String("bytes:")))
        return text.toUtf8();
    const QByteArray encoded = text.sliced(6).toUtf8();
    for (qsizetype i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', i + 1))
        if (i + 2 >= encoded.size() || !isxdigit(static_cast<unsigned char>(encoded[i + 1]))
            || !isxdigit(static_cast<unsigned char>(encoded[i + 2])))
            return {};
    return QByteArray::fromPercentEncoding(encoded);
}

} // namespace project

namespace {

using namespace project;

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectFile)
};

/// Thrown inside this file only: what is wrong, and where. toml11 throws as well.
struct Fault {
    int line;
    QString detail;
};

int lineOf(const toml::value &value)
{
    return int(value.location().line());
}

[[noreturn]] void fail(const toml::value &value, const QString &detail)
{
    throw Fault{lineOf(value), detail};
}

QString fromStd(const std::string &string)
{
    return QString::fromStdString(string);
}

/// The entries of a table as they stand in the file. toml11 keeps no order, but it knows where each value is.
QList<std::pair<QString, toml::value>> inOrder(const toml::value &table)
{
    QList<std::pair<QString, toml::value>> entries;
    for (const auto &[key, value] : table.as_table())
        entries.append({fromStd(key), value});
    std::ranges::sort(entries, [](const auto &a, const auto &b) {
        const auto place
            = [](const auto &entry) { return std::pair(entry.second.location().line(), entry.second.location().column()); };
        return place(a) < place(b);
    });
    return entries;
}

QString stringOf(const toml::value &value)
{
    if (!value.is_string())
        fail(value, Text::tr("a text in quotes is expected"));
    return fromStd(value.as_string().str);
}

void read(const toml::value &value, QString &field)
{
    field = stringOf(value);
}

void read(const toml::value &value, QByteArray &field)
{
    const auto bytes = textToBytes(stringOf(value));
    if (!bytes)
        fail(value, Text::tr("after “bytes:” each “%” needs two hexadecimal digits"));
    field = *bytes;
}

void read(const toml::value &value, bool &field)
{
    if (!value.is_boolean())
        fail(value, Text::tr("true or false is expected"));
    field = value.as_boolean();
}

void read(const toml::value &value, int &field)
{
    if (!value.is_integer() || value.as_integer() < std::numeric_limits<int>::min()
        || value.as_integer() > std::numeric_limits<int>::max())
        fail(value, Text::tr("a whole number is expected"));
    field = int(value.as_integer());
}

void read(const toml::value &value, quint64 &field)
{
    bool ok = value.is_integer() && value.as_integer() >= 0;
    if (ok)
        field = quint64(value.as_integer());
    else if (value.is_string()) // beyond the integers of TOML
        field = stringOf(value).toULongLong(&ok);
    if (!ok)
        fail(value, Text::tr("a whole number of 0 or more is expected"));
}

void read(const toml::value &value, double &field)
{
    if (value.is_floating())
        field = value.as_floating();
    else if (value.is_integer())
        field = double(value.as_integer());
    else
        fail(value, Text::tr("a number is expected"));
}

void read(const toml::value &value, std::chrono::milliseconds &field)
{
    double seconds = 0;
    read(value, seconds);
    if (!(std::abs(seconds) < 1e12))
        fail(value, Text::tr("a number of seconds is expected"));
    field = std::chrono::milliseconds(std::llround(seconds * 1000));
}

// Known to the templates that follow.
void read(const toml::value &value, TextErrors &field);
void read(const toml::value &value, StreamTarget &field);
void read(const toml::value &value, ChildAction &field);
void read(const toml::value &value, RestartPolicy &field);
void read(const toml::value &value, ReadinessProbe &field);
void read(const toml::value &value, StopSettings &field);
void read(const toml::value &value, QList<Dependency> &field);
template<typename T> void read(const toml::value &value, std::optional<T> &field);

template<typename T> void read(const toml::value &value, QList<T> &field)
{
    if (!value.is_array())
        fail(value, Text::tr("a list in [ ] is expected"));
    field.clear();
    for (const toml::value &item : value.as_array()) {
        T element{};
        read(item, element);
        field.append(element);
    }
}

template<size_t Size> size_t choice(const toml::value &value, const std::array<const char *, Size> &names)
{
    const QString word = stringOf(value);
    QStringList known;
    for (size_t i = 0; i < Size; ++i) {
        if (word == QLatin1String(names[i]) && !word.isEmpty())
            return i;
        if (*names[i])
            known += QLatin1String(names[i]);
    }
    fail(value, Text::tr("“%1” is not known here; it is one of: %2").arg(word, known.join(QStringLiteral(", "))));
}

/// The keys of one table; what nobody has asked for in the end is an error.
class Keys
{
public:
    explicit Keys(const toml::value &table) : m_table(table)
    {
        if (!table.is_table())
            fail(table, Text::tr("a table is expected"));
    }
    const toml::value *take(const char *name)
    {
        const auto found = m_table.as_table().find(name);
        if (found == m_table.as_table().end())
            return nullptr;
        m_taken.insert(QLatin1String(name));
        return &found->second;
    }
    template<typename T> void read(const char *name, T &field)
    {
        if (const toml::value *value = take(name))
            forkscope::read(*value, field);
    }
    void finish() const
    {
        for (const auto &[name, value] : inOrder(m_table))
            if (!m_taken.contains(name))
                fail(value, Text::tr("the key “%1” is not known here").arg(name));
    }

private:
    const toml::value &m_table;
    QSet<QString> m_taken;
};

void read(const toml::value &value, TextErrors &field)
{
    field = TextErrors(choice(value, kErrorNames));
}

void read(const toml::value &value, StreamTarget &field)
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
        read(*path, field.path);
        keys.read("append", field.append);
    } else if (const toml::value *descriptor = keys.take("descriptor")) {
        field.kind = Kind::Descriptor;
        read(*descriptor, field.descriptor);
    } else {
        fail(value, Text::tr("write { file = \"PATH\" } or { descriptor = NUMBER }"));
    }
    keys.finish();
}

void read(const toml::value &value, ChildAction &field)
{
    Keys keys(value);
    if (const toml::value *nice = keys.take("nice")) {
        read(*nice, field.emplace<SetNice>().increment);
    } else if (const toml::value *ioClass = keys.take("io_priority")) {
        auto &step = field.emplace<SetIoPriority>();
        step.ioClass = SetIoPriority::Class(choice(*ioClass, kIoNames));
        keys.read("level", step.level);
    } else if (const toml::value *cpus = keys.take("cpus")) {
        read(*cpus, field.emplace<SetCpuAffinity>().cpus);
    } else if (const toml::value *limit = keys.take("limit")) {
        auto &step = field.emplace<SetResourceLimit>();
        step.resource = SetResourceLimit::Resource(choice(*limit, kLimitNames));
        const auto bound = [&keys](const char *name, std::optional<quint64> &into) {
            const toml::value *given = keys.take(name);
            if (given && !(given->is_string() && stringOf(*given) == QLatin1String("unlimited")))
                read(*given, into.emplace());
        };
        bound("soft", step.soft);
        bound("hard", step.hard);
    } else if (const toml::value *policy = keys.take("scheduling")) {
        auto &step = field.emplace<SetSchedulingPolicy>();
        step.policy = SetSchedulingPolicy::Policy(choice(*policy, kScheduleNames));
        keys.read("priority", step.priority);
    } else if (const toml::value *score = keys.take("oom_score_adj")) {
        read(*score, field.emplace<SetOomScoreAdjust>().value);
    } else if (const toml::value *path = keys.take("chdir")) {
        read(*path, field.emplace<ChangeDirectory>().path);
    } else if (const toml::value *mask = keys.take("umask")) {
        read(*mask, field.emplace<SetUmask>().mask);
    } else if (const toml::value *flag = keys.take("no_new_privileges")) {
        bool wanted = true;
        read(*flag, wanted);
        if (!wanted)
            fail(*flag, Text::tr("it can only be true: leave the action out instead"));
        field = NoNewPrivileges();
    } else if (const toml::value *signal = keys.take("parent_death_signal")) {
        read(*signal, field.emplace<SetParentDeathSignal>().signal);
    } else {
        fail(value,
            Text::tr("an action is one of: nice, io_priority, cpus, limit, scheduling, oom_score_adj, chdir, umask, "
                     "no_new_privileges, parent_death_signal"));
    }
    keys.finish();
}

void read(const toml::value &value, RestartPolicy &field)
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

void read(const toml::value &value, ReadinessProbe &field)
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
                read(*target, field.target);
        }
    }
    if (given != 1)
        fail(value, Text::tr("it holds exactly one of: log_line, tcp, file, http, command"));
    keys.read("interval", field.interval);
    keys.read("timeout", field.timeout);
    keys.finish();
}

/// "SIGINT", "signal 32" (as we name it), or the number.
void read(const toml::value &value, StopSettings &field)
{
    field = {};
    Keys keys(value);
    if (const toml::value *signal = keys.take("signal")) {
        if (signal->is_integer()) {
            read(*signal, field.signal);
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
void read(const toml::value &value, QList<Dependency> &field)
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

/// false takes back what the base says.
template<typename T> void read(const toml::value &value, std::optional<T> &field)
{
    field.reset();
    if (!value.is_boolean() || value.as_boolean())
        read(value, field.emplace());
}

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
            read(entry, environment[*name]);
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
            read(*arguments, launch.arguments);
            launch.shell = false;
        } else if (shell) {
            QByteArray line;
            read(*shell, line);
            launch.arguments.clear();
            if (shellArguments)
                read(*shellArguments, launch.arguments);
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

Workspace workspaceOf(const toml::value &root)
{
    Workspace workspace;
    Keys keys(root);
    keys.read("name", workspace.name);
    const toml::value *profiles = keys.take("profile");
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

Result<Workspace> readProjectFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::System, 0, Text::tr("read the workspace"), path, file.errorString()};
    constexpr qint64 kLargest = 16 * 1024 * 1024;
    if (file.size() > kLargest)
        return Error::invalid(Text::tr("read the workspace"), Text::tr("it is larger than 16 MiB: this is no workspace"), path);
    const QByteArray text = file.readAll();
    if (file.error() != QFile::NoError)
        return Error{ErrorCode::System, 0, Text::tr("read the workspace"), path, file.errorString()};
    return parseProject(text, path, QFileInfo(path).absolutePath());
}

Result<void> writeProjectFile(const QString &path, const Workspace &workspace)
{
    QSaveFile file(path);
    const QByteArray text = projectText(workspace);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return Error{ErrorCode::System, 0, Text::tr("save the workspace"), path, file.errorString()};
    return {};
}

} // namespace forkscope
