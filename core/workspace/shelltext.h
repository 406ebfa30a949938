// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// Bytes as words of bash. Pure.
namespace forkscope {

/// One word: bare where that is safe, 'quoted', or $'with \n \xNN escapes' where it holds control characters or no UTF-8.
QString shellWord(const QByteArray &word);
/// The arguments with which printf(1) writes exactly these bytes, NUL included: "%s …", or one format with octal escapes.
QString printfFormat(const QByteArray &bytes);
/// Bash itself does something under this name.
bool isShellBuiltin(const QString &name);

} // namespace forkscope
