// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/signals.h"
#include "core/workspace/projectfields.h"
#include "core/workspace/projectfile.h"

#include <QRegularExpression>

namespace forkscope {

namespace project {

QString bytesToText(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes && !bytes.contains('\0') && !bytes.startsWith("bytes:"))
        return text;
    return QStringLiteral("bytes:") + QString::fromLatin1(bytes.toPercentEncoding(" !\"#$&'()*+,/:;<=>?@[]{}|^`"));
}

} // namespace project

namespace {

using namespace project;

constexpr int kLineWidth = 100;

QString quoted(const QString &text)
{
    QString result = QStringLiteral("\"");
    for (const QChar c : text) {
        switch (c.unicode()) {
        case '"':
        case '\\':
            result += u'\\';
            result += c;
            break;
        case '\n':
            result += QStringLiteral("\\n");
            break;
        case '\t':
            result += QStringLiteral("\\t");
            break;
        case '\r':
            result += QStringLiteral("\\r");
            break;
        default:
            if (c.unicode() < 0x20 || c.unicode() == 0x7f)
                result += QStringLiteral("\\u%1").arg(uint(c.unicode()), 4, 16, QLatin1Char('0'));
            else
                result += c;
        }
    }
    return result + u'"';
}

QString key(const QString &name)
{
    static const QRegularExpression bare(QStringLiteral("^[A-Za-z0-9_-]+$"));
    return bare.match(name).hasMatch() ? name : quoted(name);
}

QString text(const QByteArray &bytes)
{
    return quoted(bytesToText(bytes));
}

QString text(const QString &string)
{
    return quoted(string);
}

QString text(bool value)
{
    return value ? QStringLiteral("true") : QStringLiteral("false");
}

QString text(int value)
{
    return QString::number(value);
}

/// As TOML's integers end at 2^63 − 1, larger ones are strings.
QString text(quint64 value)
{
    return value <= quint64(std::numeric_limits<qint64>::max()) ? QString::number(value) : quoted(QString::number(value));
}

QString text(double value)
{
    return QString::number(value, 'g', 17).toDouble() == QString::number(value, 'g', 15).toDouble()
        ? QString::number(value, 'g', 15)
        : QString::number(value, 'g', 17);
}

/// Seconds, without what is 0 behind the point.
QString text(std::chrono::milliseconds time)
{
    QString seconds = QString::number(time.count() / 1000);
    if (const qint64 rest = std::abs(time.count() % 1000)) {
        if (time.count() < 0 && time.count() > -1000)
            seconds.prepend(u'-');
        QString digits = QStringLiteral("%1").arg(rest, 3, 10, QLatin1Char('0'));
        while (digits.endsWith(u'0'))
            digits.chop(1);
        seconds += u'.' + digits;
    }
    return seconds;
}

QString listText(const QStringList &items)
{
    const QString line = u'[' + items.join(QStringLiteral(", ")) + u']';
    if (line.size() <= kLineWidth || items.size() < 2)
        return line;
    return QStringLiteral("[\n    ") + items.join(QStringLiteral(",\n    ")) + QStringLiteral(",\n]");
}

QString text(const ChildAction &action); // known to the template

template<typename T> QString text(const QList<T> &list)
{
    QStringList items;
    for (const T &item : list)
        items += text(item);
    return listText(items);
}

QString table(const QStringList &entries)
{
    return QStringLiteral("{ ") + entries.join(QStringLiteral(", ")) + QStringLiteral(" }");
}

QString entry(const char *name, const QString &value)
{
    return QLatin1String(name) + QStringLiteral(" = ") + value;
}

QString text(TextErrors errors)
{
    return quoted(QLatin1String(kErrorNames[size_t(errors)]));
}

QString text(const StreamTarget &target)
{
    using Kind = StreamTarget::Kind;
    if (target.kind == Kind::File)
        return table(QStringList{entry("file", text(target.path))}
            + (target.append ? QStringList{entry("append", text(true))} : QStringList()));
    if (target.kind == Kind::Descriptor)
        return table({entry("descriptor", text(target.descriptor))});
    return quoted(QLatin1String(kStreamNames[size_t(target.kind)]));
}

QString octal(int mask)
{
    return QStringLiteral("0o%1").arg(mask, 3, 8, QLatin1Char('0'));
}

QStringList entriesOf(const ChildAction &action)
{
    const auto name = [](const char *word) { return quoted(QLatin1String(word)); };
    return std::visit(
        [&](const auto &step) -> QStringList {
            using T = std::decay_t<decltype(step)>;
            if constexpr (std::is_same_v<T, SetNice>)
                return {entry("nice", text(step.increment))};
            else if constexpr (std::is_same_v<T, SetIoPriority>)
                return {entry("io_priority", name(kIoNames[size_t(step.ioClass)])), entry("level", text(step.level))};
            else if constexpr (std::is_same_v<T, SetCpuAffinity>)
                return {entry("cpus", text(step.cpus))};
            else if constexpr (std::is_same_v<T, SetResourceLimit>)
                return QStringList{entry("limit", name(kLimitNames[size_t(step.resource)])),
                           entry("soft", step.soft ? text(*step.soft) : name("unlimited"))}
                + (step.hard ? QStringList{entry("hard", text(*step.hard))} : QStringList());
            else if constexpr (std::is_same_v<T, SetSchedulingPolicy>)
                return {entry("scheduling", name(kScheduleNames[size_t(step.policy)])), entry("priority", text(step.priority))};
            else if constexpr (std::is_same_v<T, SetOomScoreAdjust>)
                return {entry("oom_score_adj", text(step.value))};
            else if constexpr (std::is_same_v<T, ChangeDirectory>)
                return {entry("chdir", text(step.path))};
            else if constexpr (std::is_same_v<T, SetUmask>)
                return {entry("umask", octal(step.mask))};
            else if constexpr (std::is_same_v<T, NoNewPrivileges>)
                return {entry("no_new_privileges", text(true))};
            else
                return {entry("parent_death_signal", text(step.signal))};
        },
        action);
}

QString text(const ChildAction &action)
{
    return table(entriesOf(action));
}

QString text(const RestartPolicy &policy)
{
    const RestartPolicy usual;
    QStringList entries = {entry("when", quoted(QLatin1String(kRestartNames[size_t(policy.when)])))};
    if (policy.delay != usual.delay)
        entries += entry("delay", text(policy.delay));
    if (policy.factor != usual.factor)
        entries += entry("factor", text(policy.factor));
    if (policy.longestDelay != usual.longestDelay)
        entries += entry("longest_delay", text(policy.longestDelay));
    if (policy.limit != usual.limit)
        entries += entry("limit", text(policy.limit));
    return entries.size() == 1 ? quoted(QLatin1String(kRestartNames[size_t(policy.when)])) : table(entries);
}

QString text(const ReadinessProbe &probe)
{
    const ReadinessProbe usual;
    QStringList entries = {entry(kReadyNames[size_t(probe.kind)], text(probe.target))};
    if (probe.interval != usual.interval)
        entries += entry("interval", text(probe.interval));
    if (probe.timeout != usual.timeout)
        entries += entry("timeout", text(probe.timeout));
    return table(entries);
}

QString text(const StopSettings &stop)
{
    const StopSettings usual;
    QStringList entries;
    if (stop.signal != usual.signal)
        entries += entry("signal", quoted(signalName(stop.signal)));
    if (stop.grace != usual.grace)
        entries += entry("grace", text(stop.grace));
    return entries.isEmpty() ? QStringLiteral("{}") : table(entries);
}

QString text(const QList<Dependency> &dependencies)
{
    if (dependencies.isEmpty())
        return QStringLiteral("{}");
    QStringList entries;
    for (const Dependency &dependency : dependencies)
        entries += key(dependency.profile) + QStringLiteral(" = ")
            + quoted(QLatin1String(kConditionNames[size_t(dependency.condition)]));
    return table(entries);
}

/// "false" where there is nothing, which is needed only to take back what the base says.
template<typename T> QString text(const std::optional<T> &value)
{
    return value ? text(*value) : QStringLiteral("false");
}

/// Writes what is different from the base.
class Writer
{
public:
    Writer(const LaunchProfile &profile, const LaunchProfile &base) : m_profile(profile), m_base(base) { }

    template<typename Accessor> void field(const char *name, Accessor access)
    {
        if (access(m_profile) != access(m_base))
            line(QLatin1String(name), text(access(m_profile)));
    }
    template<typename Accessor> void field(const char *name, Accessor access, Mask)
    {
        const std::optional<int> &mask = access(m_profile);
        if (mask != access(m_base))
            line(QLatin1String(name), mask ? octal(*mask) : QStringLiteral("false"));
    }
    void command()
    {
        const LaunchSpec &launch = m_profile.launch;
        if (launch.arguments == m_base.launch.arguments && launch.shell == m_base.launch.shell)
            return;
        if (!launch.shell) {
            line(QStringLiteral("args"), text(launch.arguments));
            return;
        }
        line(QStringLiteral("shell"), multiLine(launch.arguments.value(0)));
        if (launch.arguments.size() > 1)
            line(QStringLiteral("shell_args"), text(launch.arguments.mid(1)));
    }
    QString lines() const { return m_lines; }

private:
    void line(const QString &name, const QString &value) { m_lines += name + QStringLiteral(" = ") + value + u'\n'; }

    /// A script of several lines is to stay readable.
    static QString multiLine(const QByteArray &script)
    {
        const QString string = bytesToText(script);
        static const QRegularExpression needsEscape(QStringLiteral("[\\x00-\\x08\\x0b-\\x1f\\x7f]|'''"));
        if (!string.contains(u'\n') || string.endsWith(u'\'') || string.contains(needsEscape))
            return quoted(string);
        return QStringLiteral("'''\n") + string + QStringLiteral("'''");
    }

    const LaunchProfile &m_profile;
    const LaunchProfile &m_base;
    QString m_lines;
};

QString environmentLines(const LaunchProfile &profile, const LaunchProfile &base)
{
    QString lines;
    const auto &own = profile.launch.environment;
    const auto &others = base.launch.environment;
    for (auto it = own.begin(); it != own.end(); ++it)
        if (const auto other = others.constFind(it.key()); other == others.constEnd() || *other != it.value())
            lines += key(bytesToText(it.key())) + QStringLiteral(" = ") + text(it.value()) + u'\n';
    for (auto it = others.begin(); it != others.end(); ++it)
        if (!own.contains(it.key())) // as if the base said nothing of it
            lines += key(bytesToText(it.key())) + QStringLiteral(" = true\n");
    return lines;
}

} // namespace

QByteArray projectText(const Workspace &workspace)
{
    const LaunchProfile usual;
    QString result = QStringLiteral("# A Forkscope workspace: “forkscope up” runs it.\n");
    if (!workspace.name.isEmpty())
        result += QStringLiteral("name = ") + quoted(workspace.name) + u'\n';
    for (const LaunchProfile &profile : workspace.profiles) {
        const LaunchProfile *base = profile.basedOn.isEmpty() ? &usual : workspace.find(profile.basedOn);
        if (!base)
            base = &usual;
        result += QStringLiteral("\n[profile.%1]\n").arg(key(profile.name));
        if (!profile.basedOn.isEmpty())
            result += QStringLiteral("extends = ") + quoted(profile.basedOn) + u'\n';
        LaunchProfile without = *base;
        without.description.clear(); // of which nobody inherits
        Writer writer(profile, without);
        describe(writer);
        result += writer.lines();
        if (const QString lines = environmentLines(profile, *base); !lines.isEmpty())
            result += QStringLiteral("\n[profile.%1.env]\n").arg(key(profile.name)) + lines;
    }
    for (const WorkspacePipe &pipe : workspace.pipes) {
        result += QStringLiteral("\n[pipe.%1]\n").arg(key(pipe.name));
        if (!pipe.writers.isEmpty())
            result += QStringLiteral("writers = ") + text(pipe.writers) + u'\n';
        if (!pipe.readers.isEmpty())
            result += QStringLiteral("readers = ") + text(pipe.readers) + u'\n';
        if (pipe.keep != WorkspacePipe().keep)
            result += QStringLiteral("keep = %1\n").arg(pipe.keep);
    }
    return result.toUtf8();
}

} // namespace forkscope
