// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/filter/fields.h"

#include <QRegularExpression>

#include <limits>
#include <memory>
#include <vector>

/// A filter as a tree: what the parser makes and the evaluator walks.
namespace forkscope::filter {

/// Numbers from low to high. Whole numbers are compared as such: doubles are too coarse for times in ns.
struct Range {
    qint64 low = std::numeric_limits<qint64>::min(), high = std::numeric_limits<qint64>::max();
    double realLow = -std::numeric_limits<double>::infinity(), realHigh = std::numeric_limits<double>::infinity();
    bool openLow = false, openHigh = false; ///< realLow, realHigh are outside
    bool isDate = false; ///< ns since 1970; else of times since the recording began

    bool holds(qint64 value) const { return low <= value && value <= high; }
    bool holds(double value) const
    {
        return (openLow ? realLow < value : realLow <= value) && (openHigh ? value < realHigh : value <= realHigh);
    }
};

struct Test {
    enum class How : quint8 { Exists, IsOneOf, Contains, Matches };
    FieldId field = FieldId::Length;
    QByteArrayList path; ///< of Decoded: the decoder's name, then those of parts
    How how = How::Exists;
    bool isNegated = false; ///< of what exists
    QList<Range> ranges; ///< IsOneOf: one of these, …
    QByteArrayList strings; ///< … or of these; Contains: the first
    QRegularExpression expression; ///< of Matches
    int place = 0; ///< among the tests of the filter
};

struct Node {
    enum class Kind : quint8 { All, Any, Not, Test };
    Kind kind = Kind::Test;
    std::vector<std::shared_ptr<const Node>> parts; ///< of All, Any: the cheapest first; Not: one
    Test test;
    int cost = 0; ///< compared with others
    bool needsContent = false, needsParties = false;
    int tests = 0; ///< in it
};
using NodePointer = std::shared_ptr<const Node>;

} // namespace forkscope::filter
