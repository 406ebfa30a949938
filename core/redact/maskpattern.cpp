// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/redact/maskpattern.h"

#include <QCoreApplication>
#include <QDir>
#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Redact)
};

QRegularExpression compiled(const QString &expression)
{
    QRegularExpression made(expression, QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption);
    made.optimize();
    return made;
}

MaskPattern patternOf(const QByteArray &name, const QString &expression)
{
    MaskPattern pattern{name, compiled(expression)};
    Q_ASSERT(pattern.expression.isValid());
    pattern.group = std::max(0, int(pattern.expression.namedCaptureGroups().indexOf(QLatin1String("mask"))));
    return pattern;
}

struct Preset {
    const char *word;
    QList<const char *> expressions;
};

// Runs of characters have a longest length where it can be told: a long run of letters must not look like the beginning of a
// match that never ends. A look behind instead of a search from every character keeps them fast.
const QList<Preset> &fixedPresets()
{
    static const QList<Preset> kPresets = {
        {"email", {R"((?<![\w.%+-])[\w.%+-]{1,254}+@[\w-]{1,63}(?:\.[\w-]{1,63})+)"}},
        {"ipv4",
            {R"((?<![0-9.])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?!\.?[0-9]))"}},
        {"ipv6",
            {R"((?<![\w:])[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7}(?![\w:]))",
                R"((?<![\w:])[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6}::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})?(?![\w:]))",
                R"((?<![\w:])::(?:[Ff]{4}:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6})(?![\w:]))"}},
        {"tokens",
            {R"(\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b)", R"(\bgh[pousr]_[A-Za-z0-9]{20,255})",
                R"(\bgithub_pat_[A-Za-z0-9_]{20,255})", R"(\bglpat-[\w-]{20,255})", R"(\bxox[abeoprs]-[\w-]{10,255})",
                R"(\b[prs]k[-_](?:live|test|proj|ant)[-_][\w-]{16,255})", R"(\bsk-[A-Za-z0-9]{32,255})", R"(\bAIza[\w-]{35})",
                R"(\beyJ[\w-]{5,16384}\.[\w-]{5,16384}(?:\.[\w-]{0,16384})?)",
                R"((?i)\b(?:bearer|basic)\s{1,8}(?<mask>[\w.~+/=:-]{6,16384}))"}},
        {"passwords",
            {R"((?i)(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?["']?)"
             R"(\s{0,8}(?:=>|[:=])\s{0,8}(?<mask>"(?:[^"\\\r\n]++|\\.)++"?|'(?:[^'\\\r\n]++|\\.)++'?|[^\s"'&;,]{1,4096}))",
                R"((?i)--?(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key)\s{1,8}(?<mask>[^\s-]\S{0,4095}))",
                R"([a-z][a-z0-9+.-]{1,30}://[^\s:@/]{0,255}:(?<mask>[^\s@/]{1,255})@)"}},
        {"private-keys",
            {R"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)"
             R"((?:[\s\S]{0,32768}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\s:,\\-]{0,32768}))"}},
    };
    return kPresets;
}

constexpr const char *kWords[] = {"email", "ipv4", "ipv6", "tokens", "passwords", "private-keys", "home", "user", "host", "all"};

/// The name between characters that no name holds.
MaskPattern wholeWord(const QByteArray &word, const QString &name)
{
    return patternOf(word, QStringLiteral("(?<![\\w])%1(?![\\w])").arg(QRegularExpression::escape(name)));
}

} // namespace

std::optional<ExpressionFault> expressionFault(const QString &expression)
{
    const QRegularExpression made(expression);
    if (made.isValid())
        return {};
    return ExpressionFault{made.patternErrorOffset(), made.errorString()};
}

Result<MaskPattern> maskExpression(const QString &expression, const QByteArray &name)
{
    const QString tried = Text::tr("mask");
    if (expression.isEmpty())
        return Error::invalid(tried, Text::tr("the regular expression is empty"));
    if (const auto fault = expressionFault(expression))
        return Error::invalid(tried,
            Text::tr("the regular expression is wrong at position %1: %2").arg(fault->position + 1).arg(fault->reason),
            expression);
    return patternOf(name, expression);
}

Result<MaskPattern> maskText(const QString &text, const QByteArray &name)
{
    if (text.isEmpty())
        return Error::invalid(Text::tr("mask"), Text::tr("the text is empty"));
    return patternOf(name, QRegularExpression::escape(text));
}

OwnNames OwnNames::ofThisComputer()
{
    OwnNames names;
    if (const QString home = QDir::homePath(); home.size() > 1)
        names.home = home;
    if (const passwd *entry = getpwuid(getuid()))
        names.user = QString::fromLocal8Bit(entry->pw_name);
    const QString host = QSysInfo::machineHostName();
    for (const QString &name : {host, host.section(u'.', 0, 0)})
        if (!name.isEmpty() && name != QLatin1String("localhost") && !names.hosts.contains(name))
            names.hosts.append(name);
    return names;
}

std::span<const char *const> maskPresets()
{
    return kWords;
}

QList<MaskPattern> presetPatterns(const QByteArray &word, const OwnNames &names)
{
    QList<MaskPattern> patterns;
    for (const Preset &preset : fixedPresets())
        if (word == preset.word || word == "all")
            for (const char *expression : preset.expressions)
                patterns.append(patternOf(preset.word, QLatin1String(expression)));
    if (word == "home" || word == "all") {
        if (!names.home.isEmpty())
            patterns.append(patternOf("home", QRegularExpression::escape(names.home) + QStringLiteral("(?![\\w])")));
        patterns.append(patternOf("home", QStringLiteral("/(?:home|Users)/(?<mask>[^/\\s:;,\"'()\\[\\]<>|*?]{1,255})")));
    }
    if ((word == "user" || word == "all") && !names.user.isEmpty())
        patterns.append(wholeWord("user", names.user));
    if (word == "host" || word == "all")
        for (const QString &host : names.hosts)
            patterns.append(wholeWord("host", host));
    return patterns;
}

MaskPattern environmentInOutput()
{
    return patternOf(
        "environment", QStringLiteral("(?:^|\\x00)(?:export |declare -x )?[A-Z_][A-Z0-9_]{1,255}=(?<mask>[^\\r\\n\\x00]+)"));
}

QList<MaskPattern> environmentInArguments()
{
    return {patternOf("environment", QStringLiteral("\\A[A-Za-z_]\\w*=(?<mask>[\\s\\S]+)\\z")),
        patternOf("environment", QStringLiteral("(?:^|[\\s=;&|(\"'])[A-Za-z_]\\w*=(?<mask>\"[^\"]*\"?|'[^']*'?|\\S+)"))};
}

} // namespace forkscope
