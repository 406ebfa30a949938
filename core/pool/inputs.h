// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>
#include <QList>

#include <memory>
#include <optional>

/// What the commands of a pool are made for: lists of inputs, and how they come together. Known from xargs and GNU parallel.
namespace forkscope::pool {

/// One list of inputs. A value.
struct InputList {
    enum class Kind : quint8 {
        Values, ///< these
        File, ///< what stands in a file, a line each; "-": standard input
        Glob, ///< the files that match a pattern (glob(7), and ~ in front), sorted
        Range, ///< whole numbers: "1..10", "10..1", "0..100..5"; zeros in front pad: "001..100"
    };
    Kind kind = Kind::Values;
    QByteArrayList values = {}; ///< of Values
    QByteArray source = {}; ///< path, pattern or range of the others
    bool linked = false; ///< goes along with the list before it, the shorter one ends both (GNU parallel: :::+)
};

/// How inputs are read and put together. A value.
struct InputOptions {
    QList<InputList> lists = {}; ///< of several: all combinations, the last varies fastest
    char delimiter = '\n'; ///< between inputs of a file
    QByteArray columnSeparator
        = {}; ///< splits each input into columns, blanks around them are cut: a regular expression. Empty: none
    int perCommand = 1; ///< so many inputs (or combinations) for one command, ≥ 1; the last may get fewer
    bool skipBlank = false; ///< leaves out inputs without a visible character
    int interrupt = -1; ///< a descriptor of the caller's: once it is readable, next() waits for no file any more. −1: none
};

/// Gives the inputs of one command after the other. Reads a file (and standard input) as far as it is asked for; of several
/// lists all but the first are kept in memory. Belongs to one thread.
class InputReader
{
public:
    /// An error names the list that cannot be read: a file, a pattern that nothing matches, a range, a separator.
    static Result<InputReader> open(InputOptions options);
    InputReader(InputReader &&) noexcept;
    InputReader &operator=(InputReader &&) noexcept;
    ~InputReader();

    /// The columns of the next command; nothing at the end. Waits where the file does, for a pipe or a terminal. An error names
    /// the input: one that no command can be given (a NUL in it, beyond 131,071 bytes), or a file that cannot be read on.
    Result<std::optional<QByteArrayList>> next();
    /// How many commands there are, where that is known without reading.
    std::optional<quint64> count() const;
    /// How many columns each command gets (the last one maybe fewer), where that is known without reading.
    std::optional<int> columns() const;

private:
    struct Private;
    explicit InputReader(std::unique_ptr<Private> made);
    std::unique_ptr<Private> d;
};

} // namespace forkscope::pool
