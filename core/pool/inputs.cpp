// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/inputstream.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace forkscope::pool {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(poolInputs)
};

using Row = QByteArrayList; ///< the columns of one combination, or of a part of it

/// Lists that go along with each other.
struct Group {
    std::vector<std::unique_ptr<InputStream>> lists;
    QList<Row> rows; ///< of all but the first group, once it is needed
    bool loaded = false;

    std::optional<quint64> count() const
    {
        if (loaded)
            return quint64(rows.size());
        std::optional<quint64> least;
        for (const auto &list : lists) {
            const auto count = list->count();
            if (!count)
                return {};
            least = std::min(least.value_or(*count), *count);
        }
        return least;
    }
};

} // namespace

struct InputReader::Private {
    InputOptions options;
    QRegularExpression separator; ///< over bytes: each is one character
    std::vector<Group> groups;
    Row first; ///< of the first group
    QList<qsizetype> at; ///< rows of the other groups: the next combination. Empty: the first group gives its next row before
    bool ended = false;

    void addColumns(Row &row, const QByteArray &input) const
    {
        if (options.columnSeparator.isEmpty()) {
            row.append(input);
            return;
        }
        for (const QString &column : QString::fromLatin1(input).split(separator))
            row.append(column.toLatin1().trimmed());
    }

    Result<std::optional<Row>> nextOf(Group &group) const
    {
        Row row;
        for (const auto &list : group.lists) {
            const auto input = list->next();
            if (!input)
                return input.error();
            if (!input.value())
                return std::optional<Row>();
            addColumns(row, *input.value());
        }
        return std::optional(row);
    }

    Result<void> load(Group &group) const
    {
        for (; !group.loaded;) {
            auto row = nextOf(group);
            if (!row)
                return row.error();
            group.loaded = !row.value();
            if (row.value())
                group.rows.append(*row.value());
        }
        return {};
    }

    Result<std::optional<Row>> nextCombination()
    {
        if (at.isEmpty()) {
            for (auto group = groups.begin() + 1; group < groups.end(); ++group) {
                if (auto loaded = load(*group); !loaded)
                    return loaded.error();
                if (group->rows.isEmpty())
                    return std::optional<Row>();
            }
            auto row = nextOf(groups.front());
            if (!row || !row.value())
                return row;
            if (groups.size() == 1)
                return row;
            first = *row.value();
            at.fill(0, qsizetype(groups.size()) - 1);
        }
        Row row = first;
        for (qsizetype i = 0; i < at.size(); ++i)
            row += groups[size_t(i) + 1].rows[at[i]];
        for (qsizetype i = at.size() - 1; ++at[i] == groups[size_t(i) + 1].rows.size();) {
            at[i] = 0;
            if (--i < 0) {
                at.clear();
                break;
            }
        }
        return std::optional(row);
    }
};

InputReader::InputReader(std::unique_ptr<Private> made) : d(std::move(made)) { }
InputReader::InputReader(InputReader &&) noexcept = default;
InputReader &InputReader::operator=(InputReader &&) noexcept = default;
InputReader::~InputReader() = default;

Result<InputReader> InputReader::open(InputOptions options)
{
    auto made = std::make_unique<Private>();
    if (options.perCommand < 1)
        return Error::invalid(Text::tr("give a command its inputs"), Text::tr("it needs at least one"));
    made->separator.setPattern(QString::fromLatin1(options.columnSeparator));
    if (!made->separator.isValid())
        return Error::invalid(Text::tr("split the inputs into columns"),
            Text::tr("%1, at character %2").arg(made->separator.errorString()).arg(made->separator.patternErrorOffset() + 1),
            QString::fromLocal8Bit(options.columnSeparator));
    for (const InputList &list : std::as_const(options.lists)) {
        auto stream = InputStream::open(list, options);
        if (!stream)
            return stream.error();
        if (!list.linked || made->groups.empty())
            made->groups.emplace_back();
        made->groups.back().lists.push_back(std::move(stream).value());
    }
    made->ended = made->groups.empty();
    made->options = std::move(options);
    return InputReader(std::move(made));
}

Result<std::optional<QByteArrayList>> InputReader::next()
{
    Row columns;
    for (int i = 0; i < d->options.perCommand && !d->ended; ++i) {
        auto row = d->nextCombination();
        d->ended = !row || !row.value();
        if (!row)
            return row.error();
        if (row.value())
            columns += *row.value();
    }
    return d->ended && columns.isEmpty() ? std::optional<Row>() : std::optional(columns);
}

std::optional<quint64> InputReader::count() const
{
    quint64 product = d->groups.empty() ? 0 : 1;
    for (const Group &group : d->groups) {
        const auto count = group.count();
        if (!count || __builtin_mul_overflow(product, *count, &product))
            return {};
    }
    const auto each = quint64(d->options.perCommand);
    return product / each + (product % each != 0);
}

std::optional<int> InputReader::columns() const
{
    if (!d->options.columnSeparator.isEmpty())
        return {};
    return int(d->options.lists.size()) * d->options.perCommand;
}

} // namespace forkscope::pool
