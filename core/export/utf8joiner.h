// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace forkscope {

/// Makes valid UTF-8 of a stream that comes in pieces: a character that two pieces share is given with the second, and bytes that
/// are no character become U+FFFD.
class Utf8Joiner
{
public:
    QByteArray add(QByteArrayView bytes);
    /// What is left of a character that was never finished. The next piece begins anew.
    QByteArray finish();

private:
    QByteArray m_begun; ///< up to three bytes
};

} // namespace forkscope
