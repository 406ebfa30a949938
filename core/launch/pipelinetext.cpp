// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/pipelinetext.h"

#include "core/launch/commandline.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(pipeline)
};

Error fault(const QString &detail, const QString &subject)
{
    return Error::invalid(Text::tr("understand the pipeline"), detail, subject);
}

struct Piece {
    QString text;
    bool errorToo = false; ///< "|&" follows
};

/// The place behind what begins at i: a quote, an escaped character, a substitution or a bracket; i where none does; −1: it is
/// left open.
qsizetype behind(const QString &text, qsizetype i)
{
    const QChar c = text[i];
    if (c == u'\\')
        return i + 2 <= text.size() ? i + 2 : -1;
    if (c == u'\'') {
        const qsizetype end = text.indexOf(u'\'', i + 1);
        return end < 0 ? -1 : end + 1;
    }
    QChar closing;
    if (c == u'"' || c == u'`')
        closing = c;
    else if (c == u'(')
        closing = u')';
    else if (c == u'{' && (i + 1 == text.size() || text[i + 1].isSpace() || (i > 0 && text[i - 1] == u'$')))
        closing = u'}'; // a group, or ${…}; not the literal of "{}" and {a,b}
    else
        return i;
    for (qsizetype at = i + 1; at < text.size();) {
        if (text[at] == closing)
            return at + 1;
        // Within double quotes only substitutions count.
        const bool counts = c != u'"' || text[at] == u'\\' || text[at] == u'`' || (text[at] == u'(' && text[at - 1] == u'$');
        const qsizetype next = counts ? behind(text, at) : at;
        if (next < 0)
            return -1;
        at = next > at ? next : at + 1;
    }
    return -1;
}

/// where: of an error.
Result<QList<Piece>> split(const QString &text, PipelineFault *where = nullptr)
{
    const qsizetype indent = text.indexOf(QRegularExpression(QStringLiteral("\\S")));
    const auto note = [&](PipelineFault::Kind kind, qsizetype i) {
        if (where)
            *where = {kind, std::max<qsizetype>(0, indent) + i};
    };
    QList<Piece> pieces;
    qsizetype from = 0;
    bool wordBegins = true;
    const auto at = [](qsizetype i) { return QString::number(i + 1); };
    const QString line = text.trimmed();
    for (qsizetype i = 0; i < line.size();) {
        const qsizetype next = behind(line, i);
        if (next < 0) {
            note(PipelineFault::Kind::LeftOpen, i);
            return fault(Text::tr("what begins at character %1 (%2) is left open").arg(at(i), line[i]), line);
        }
        if (next > i) {
            i = next;
            wordBegins = false;
            continue;
        }
        const QChar c = line[i];
        const QChar after = i + 1 < line.size() ? line[i + 1] : QChar();
        const QChar before = i > 0 ? line[i - 1] : QChar();
        if (c == u'#' && wordBegins)
            break; // a comment
        if (c == u'|' && after != u'|' && before != u'>') {
            const bool errorToo = after == u'&';
            pieces.append({line.mid(from, i - from).trimmed(), errorToo});
            if (pieces.last().text.isEmpty()) {
                note(PipelineFault::Kind::EmptyStage, i);
                return fault(Text::tr("there is no command before the | at character %1").arg(at(i)), line);
            }
            from = i += errorToo ? 2 : 1;
            wordBegins = true;
            continue;
        }
        // "2>&1", ">&2" and "&>" are redirections.
        const bool redirects = c == u'&' && (before == u'>' || before == u'<' || after == u'>');
        if (c == u';' || c == u'\n' || (c == u'|' && after == u'|') || (c == u'&' && !redirects)) {
            note(PipelineFault::Kind::SeveralPipelines, i);
            return fault(Text::tr("%1 at character %2 ends the pipeline, and another follows; put what belongs together into "
                                  "sh -c '…', or into ( … )")
                             .arg(c == u'\n'      ? Text::tr("the line break")
                                     : after == c ? QString(2, c)
                                                  : QString(c),
                                 at(i)),
                line);
        }
        wordBegins = c.isSpace();
        ++i;
    }
    pieces.append({line.mid(from).trimmed(), false});
    if (pieces.last().text.isEmpty() || pieces.last().text.startsWith(u'#')) {
        note(pieces.size() == 1 ? PipelineFault::Kind::Empty : PipelineFault::Kind::EmptyStage, std::max<qsizetype>(0, from - 1));
        return fault(pieces.size() == 1 ? Text::tr("it is empty") : Text::tr("there is no command behind the last |"), line);
    }
    return pieces;
}

} // namespace

Result<QList<LaunchSpec>> parsePipeline(const QString &text)
{
    const auto pieces = split(text);
    if (!pieces)
        return pieces.error();
    QList<LaunchSpec> stages;
    for (const Piece &piece : pieces.value()) {
        const auto parsed = parseCommandLine(piece.text);
        LaunchSpec spec;
        spec.shell = !parsed || parsed.value().needsShell;
        spec.arguments = spec.shell ? QByteArrayList{piece.text.toUtf8()} : parsed.value().words;
        if (piece.errorToo)
            spec.standardError.kind = StreamTarget::Kind::StandardOutput;
        stages.append(spec);
    }
    return stages;
}

bool isPipeline(const QString &text)
{
    const auto pieces = split(text);
    return pieces && pieces.value().size() > 1;
}

std::optional<PipelineFault> pipelineFault(const QString &text)
{
    PipelineFault where;
    return split(text, &where) ? std::nullopt : std::optional(where);
}

QString pipelineLine(const QList<LaunchSpec> &stages)
{
    QString line;
    for (qsizetype i = 0; i < stages.size(); ++i) {
        const LaunchSpec &stage = stages[i];
        line += stage.shell ? QString::fromUtf8(stage.arguments.value(0)) : quoteCommandLine(stage.arguments);
        if (i + 1 < stages.size())
            line += stage.standardError.kind == StreamTarget::Kind::StandardOutput ? QStringLiteral(" |& ")
                                                                                   : QStringLiteral(" | ");
    }
    return line;
}

} // namespace forkscope
