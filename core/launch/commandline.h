// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>

namespace forkscope {

/// What a line typed by a person means.
struct ParsedLine {
    QByteArrayList words; ///< split and unquoted as a POSIX shell does (XCU 2.2, 2.6.5)
    bool needsShell = false; ///< holds unquoted syntax that only a shell can carry out: | & ; < > $ ` * ? [ ~ # ( ) { } or VAR=x
                             ///< before the command
};

/// Splits a line. An error where a quote is left open or a backslash ends the line.
Result<ParsedLine> parseCommandLine(const QString &line);
/// The words as a line that a POSIX shell splits into the same words. Bytes that are not UTF-8 become $'\xNN'.
QString quoteCommandLine(const QByteArrayList &words);

} // namespace forkscope
