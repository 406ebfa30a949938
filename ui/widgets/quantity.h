// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>

#include <chrono>

namespace forkscope {

/// Figures as people type them. What the …InputText functions write, the parse functions read back exactly. Pure.

/// "250 ms", "1.5s", "2 min", "1 h 30 min"; a bare number is seconds, as in Python. An error where it is none, or negative.
Result<std::chrono::milliseconds> parseDuration(const QString &text);
QString durationInputText(std::chrono::milliseconds duration);

/// "4096", "64 KiB", "1.5 GiB"; K, M, G, T mean 1024 each; kB, MB, GB, TB mean 1000.
Result<quint64> parseSize(const QString &text);
QString sizeInputText(quint64 bytes);

/// "0-3, 8": numbers and ranges of them, each from 0 to largest.
Result<QList<int>> parseNumberList(const QString &text, int largest);
QString numberListText(const QList<int> &numbers);

} // namespace forkscope
