// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/decode/decoder.h"
#include "core/filter/parser.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace forkscope::filter {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope::filter::Completion)
};

constexpr qsizetype kMost = 50;

QString operatorText(const QString &op)
{
    if (op == u"~")
        return Text::tr("matches a regular expression");
    if (op == u"!~")
        return Text::tr("does not match a regular expression");
    if (op == u"in")
        return Text::tr("is one of {1, 2, 5..9}");
    if (op == u"contains")
        return Text::tr("has this in it");
    return {};
}

struct Choice {
    QString text, explanation;
};

QList<Choice> choicesOf(const Parser::Expectation &expected, const KnownNames &names)
{
    QList<Choice> choices;
    const auto quotedAll = [&choices](const QStringList &all) {
        for (QString name : all)
            choices.append({u'"' + name.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\"")) + u'"', {}});
    };
    switch (expected.what) {
    case Parser::Expected::Field:
        for (const FieldInfo &field : fields())
            choices.append({QString::fromLatin1(field.name), explanationOf(field)});
        for (const decode::Decoder *decoder : decode::decoders())
            choices.append({QString::fromUtf8(decoder->name()) + u'.', explanationOf(fieldInfo(FieldId::Decoded))});
        break;
    case Parser::Expected::Operator:
        for (const QString &op : operatorsFor(fieldInfo(expected.field).type))
            choices.append({op, operatorText(op)});
        break;
    case Parser::Expected::Connective:
        choices = {{QStringLiteral("&&"), Text::tr("and")}, {QStringLiteral("||"), Text::tr("or")}};
        break;
    case Parser::Expected::Value:
        for (const QByteArray &word : wordsOf(expected.field))
            choices.append({QString::fromLatin1(word), {}});
        if (expected.field == FieldId::Channel)
            quotedAll(names.channels);
        if (expected.field == FieldId::FromName || expected.field == FieldId::ToName)
            quotedAll(names.programs);
        break;
    }
    return choices;
}

} // namespace

QList<Completion> completionsAt(QStringView text, qsizetype position, const KnownNames &names)
{
    const QStringView before = text.first(std::clamp<qsizetype>(position, 0, text.size()));
    Parser parser(before);
    (void)parser.parse();
    const bool mayBegin
        = before.isEmpty() || !(before.back().isLetterOrNumber() || QStringView(u"_-.\"'").contains(before.back()));
    QList<Completion> found;
    QSet<Parser::Expected> seen;
    for (qsizetype i = parser.expectations().size() - 1; i >= 0; --i) {
        const auto &expected = parser.expectations()[i];
        const QStringView typed = before.sliced(expected.at);
        const bool isOneWord
            = typed.startsWith(u'"') || std::none_of(typed.begin(), typed.end(), [](QChar c) { return c.isSpace(); });
        if (!isOneWord || (typed.isEmpty() && !mayBegin) || seen.contains(expected.what))
            continue;
        seen.insert(expected.what);
        for (const Choice &choice : choicesOf(expected, names)) {
            const QStringView bare = QStringView(choice.text).sliced(choice.text.startsWith(u'"'));
            const bool fits = choice.text.startsWith(typed, Qt::CaseInsensitive) || bare.startsWith(typed, Qt::CaseInsensitive);
            if (fits && choice.text != typed && found.size() < kMost)
                found.append({choice.text, expected.at, typed.size(), choice.explanation});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Completion &a, const Completion &b) { return a.length > b.length; });
    return found;
}

} // namespace forkscope::filter
