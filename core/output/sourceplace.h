// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace forkscope {

/// A place in a file that a line of output names, as compilers, linters and interpreters write it.
struct SourcePlace {
    QString file; ///< as it is written there: it may be relative, and need not exist
    int line = 1; ///< from 1
    int column = 1; ///< from 1
    qsizetype position = 0; ///< of the place in the text …
    qsizetype length = 0; ///< … and how much of it is the place
};

/// The places in a text, in order: file:line, file:line:column, file(line), file(line,column), and Python's File "…", line N.
/// Without quotation marks a file's name has no spaces, and an extension or a slash (or it is a Makefile): 12:30:45 and
/// localhost:80 are none. Looks at the first 4,096 characters. Pure, thread-safe.
QList<SourcePlace> sourcePlacesIn(QStringView text);

} // namespace forkscope
