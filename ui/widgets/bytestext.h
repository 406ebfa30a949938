// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace forkscope {

/// Arguments, paths and variables are bytes; fields edit text. Bytes that are not UTF-8 become U+DC80 … U+DCFF and come back as
/// they were (PEP 383, as Python's os.fsdecode), so that what nobody edits never changes. Pure.
QString textOfBytes(const QByteArray &bytes);
QByteArray bytesOfText(const QString &text);

} // namespace forkscope
