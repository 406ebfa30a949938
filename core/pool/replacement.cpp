// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/replacement.h"

#include <array>
#include <charconv>

namespace forkscope::pool {

namespace {

using Part = Replacement::Part;

constexpr std::array<std::pair<const char *, Part>, 7> kSuffixes
    = {{{"", Part::Whole}, {".", Part::WithoutExtension}, {"/", Part::BaseName}, {"//", Part::Directory},
        {"/.", Part::BaseNameWithoutExtension}, {"#", Part::Number}, {"%", Part::Slot}}};

QByteArray withoutExtension(const QByteArray &path)
{
    const qsizetype dot = path.lastIndexOf('.');
    return dot < 0 || path.indexOf('/', dot) >= 0 ? path : path.left(dot);
}

QByteArray baseName(const QByteArray &path)
{
    return path.mid(path.lastIndexOf('/') + 1);
}

QByteArray withoutSlashes(QByteArray path)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

/// As dirname(1).
QByteArray directory(const QByteArray &path)
{
    const QByteArray name = withoutSlashes(path);
    const qsizetype slash = name.lastIndexOf('/');
    return slash < 0 ? QByteArray(".") : withoutSlashes(name.left(slash + 1));
}

QByteArray partOf(Part part, const QByteArray &value)
{
    switch (part) {
    case Part::WithoutExtension:
        return withoutExtension(value);
    case Part::BaseName:
        return baseName(value);
    case Part::Directory:
        return directory(value);
    case Part::BaseNameWithoutExtension:
        return withoutExtension(baseName(value));
    default:
        return value;
    }
}

} // namespace

QByteArrayList Replacement::valuesFor(const CommandInput &input) const
{
    if (part == Part::Number)
        return {QByteArray::number(input.number)};
    if (part == Part::Slot)
        return {QByteArray::number(input.slot)};
    const qsizetype size = input.columns.size();
    if (column != 0)
        return {partOf(part, input.columns.value(column > 0 ? column - 1 : size + column))};
    QByteArrayList values;
    values.reserve(size);
    for (const QByteArray &value : input.columns)
        values.append(partOf(part, value));
    return values;
}

std::optional<std::pair<Replacement, qsizetype>> Replacement::at(QByteArrayView text, const QByteArray &whole)
{
    if (text.startsWith(whole))
        return std::pair(Replacement(), whole.size());
    const qsizetype end = text.startsWith('{') ? text.indexOf('}') : -1;
    if (end < 2)
        return {};
    Replacement found;
    const char *const from = text.data() + 1;
    auto [suffix, error] = std::from_chars(from, text.data() + end, found.column);
    if (error != std::errc())
        suffix = from;
    else if (found.column == 0)
        return {};
    const QByteArrayView rest(suffix, text.data() + end);
    for (const auto &[word, part] : kSuffixes)
        if (rest == QByteArrayView(word) && (found.column == 0 || (part != Part::Number && part != Part::Slot))) {
            found.part = part;
            return std::pair(found, end + 1);
        }
    return {};
}

} // namespace forkscope::pool
