// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QByteArrayView>

#include <optional>

namespace forkscope::pool {

/// What a command template is filled with.
struct CommandInput {
    QByteArrayList columns; ///< of its inputs
    quint64 number = 1; ///< {#}: of the command, from 1
    int slot = 1; ///< {%}: of the place where it runs, from 1
};

/// A replacement string, as {}, {2/.} or {#}. A value.
struct Replacement {
    enum class Part : quint8 {
        Whole, ///< {}
        WithoutExtension, ///< {.}
        BaseName, ///< {/}
        Directory, ///< {//}
        BaseNameWithoutExtension, ///< {/.}
        Number, ///< {#}
        Slot, ///< {%}
    };
    Part part = Part::Whole;
    int column = 0; ///< {n}: from 1; {-n}: from the last; 0: all

    bool isOfInput() const { return part != Part::Number && part != Part::Slot; }
    /// What it stands for: one value for each column that is meant. A column that is not there is empty.
    QByteArrayList valuesFor(const CommandInput &input) const;

    /// The one that text begins with, and how many bytes it takes. `whole` stands for {}.
    static std::optional<std::pair<Replacement, qsizetype>> at(QByteArrayView text, const QByteArray &whole);
};

} // namespace forkscope::pool
