// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace forkscope {

/// Appends any bytes as one quoted field of a CSV file, on one line and in UTF-8.
///
/// A backslash becomes \\, LF \n, CR \r, tab \t; other control characters and every byte that is not UTF-8 become \xHH. That can
/// be undone: nothing is changed, nothing is ambiguous.
///
/// Spreadsheets take a cell that begins with = + - or @ for a formula, which may run a program or send data away; and what was
/// printed may have been written by an attacker. So such a character becomes \xHH too where it could begin a cell: at the start
/// of the field, and behind a comma or semicolon in it (some locales split at the latter), quotes and blanks skipped.
void appendCsvField(QByteArray &out, QByteArrayView bytes);

} // namespace forkscope
