// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

// Qt's five seconds are too few on a machine that does something else as well. Waiting ends with the event, so patience costs
// nothing.
#undef QTRY_VERIFY
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT((expr), 30'000)
#undef QTRY_COMPARE
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT((expr), expected, 30'000)
