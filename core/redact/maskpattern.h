// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <QStringList>

#include <optional>
#include <span>

namespace forkscope {

/// What is masked wherever it stands. Lines are told apart by ^ and $; letters and digits are Unicode's.
struct MaskPattern {
    QByteArray name; ///< for reports: a preset's word, "text 1", "expression 1"; never what is looked for
    QRegularExpression expression; ///< valid
    int group = 0; ///< what of a match is masked, where it took part: the group named "mask", or 0: all of it
};

/// What is wrong with a regular expression, and at which character, from 0.
struct ExpressionFault {
    qsizetype position = 0;
    QString reason;
};
std::optional<ExpressionFault> expressionFault(const QString &expression);

/// Error (InvalidArgument) where the expression is empty or malformed; it tells where.
Result<MaskPattern> maskExpression(const QString &expression, const QByteArray &name);
/// The text itself, in this case of its letters. Error where it is empty.
Result<MaskPattern> maskText(const QString &text, const QByteArray &name);

/// Whom and which computer the presets "home", "user" and "host" mean.
struct OwnNames {
    QString home; ///< absolute
    QString user;
    QStringList hosts;
    static OwnNames ofThisComputer();
};

/// Words of the presets, in the order in which they are listed.
std::span<const char *const> maskPresets();
/// The patterns of one preset, all under its word; of several for "all". Empty where there is no such preset. The ones that mean
/// people and computers are empty as well where the name is not known.
QList<MaskPattern> presetPatterns(const QByteArray &word, const OwnNames &names);

/// Values of environment variables, as env(1) and the like print them, and as they stand in a command line.
MaskPattern environmentInOutput();
QList<MaskPattern> environmentInArguments();

} // namespace forkscope
