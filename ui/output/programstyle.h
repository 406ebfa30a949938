// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/output/linelayout.h"
#include "ui/terminal/terminalcolors.h"

#include <QUrl>

namespace forkscope {

/// Adds what the program itself wanted its text to look like.
void addStyles(QList<Highlight> &highlights, const DisplayText &text, const TerminalColors &colors);

/// The address of a link at this position of the text, as it came; empty: there is none.
QByteArray linkAt(const DisplayText &text, qsizetype position);
/// Where it leads, if it may be opened: to the web, and nowhere else, since the program chose it. Else empty.
QUrl urlToOpen(const QByteArray &link);

} // namespace forkscope
