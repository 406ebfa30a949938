// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <cmath>

namespace forkscope {

/// Numbers of a kind. CLI11's own checks name the largest double, in 309 digits.
inline CLI::Validator numberCheck(bool (*holds)(double), const char *kind)
{
    return {[holds, kind](const std::string &text) {
                double value = 0;
                const bool right = CLI::detail::lexical_cast(text, value) && std::isfinite(value) && holds(value);
                return right ? std::string() : "“" + text + "” is no number " + kind;
            },
        ""};
}
inline const CLI::Validator kFromZero = numberCheck([](double value) { return value >= 0; }, "from 0 on");
inline const CLI::Validator kAboveZero = numberCheck([](double value) { return value > 0; }, "above 0");

} // namespace forkscope
