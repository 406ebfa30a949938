// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/terminal/sequencefilter.h"

#include <algorithm>

namespace forkscope {

namespace {

constexpr char kEscape = '\x1b';
constexpr char kHalfControl = '\xc2'; ///< begins U+0080 … U+00BF
constexpr int kMostParameters = 16;
constexpr int kMostDigits = 5;
constexpr qsizetype kLongestSequence = 128;

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

bool isBearable(QByteArrayView parameters)
{
    int count = 1;
    int digits = 0;
    for (const char c : parameters) {
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        count += c == ';' || c == ':';
        if (digits > kMostDigits)
            return false;
    }
    return count <= kMostParameters;
}

} // namespace

QByteArray SequenceFilter::filter(QByteArrayView bytes, int columns)
{
    m_passed.clear();
    m_passed.reserve(bytes.size());
    for (const char c : bytes) {
        switch (m_state) {
        case State::Text:
            text(c);
            break;
        case State::HalfControl:
            m_state = State::Text;
            if (!isContinuation(c)) {
                m_passed += "\xef\xbf\xbd"; // U+FFFD: its second half is missing
                text(c);
            } else if (static_cast<unsigned char>(c) >= 0xa0) {
                m_last = QByteArray(1, kHalfControl) + c;
                m_passed += m_last;
            }
            break;
        case State::Escape:
            m_state = State::Text;
            if (c == '[') {
                m_state = State::Sequence;
                m_sequence.clear();
            } else if (c == kEscape) {
                m_state = State::Escape;
            } else {
                m_passed += kEscape;
                m_passed += c;
                m_last.clear();
            }
            break;
        case State::Sequence:
            sequence(c, columns);
            break;
        }
    }
    return m_passed;
}

void SequenceFilter::text(char c)
{
    if (c == kEscape) {
        m_state = State::Escape;
        return;
    }
    if (c == kHalfControl) {
        m_state = State::HalfControl;
        return;
    }
    m_passed += c;
    if (isControl(c))
        m_last.clear();
    else if (isContinuation(c) && m_last.size() < 4)
        m_last += c;
    else
        m_last = QByteArray(1, c);
}

void SequenceFilter::sequence(char c, int columns)
{
    if (c == kEscape) {
        m_state = State::Escape; // broken off
    } else if (c == '\x18' || c == '\x1a') {
        m_state = State::Text; // cancelled
    } else if (isControl(c)) {
        m_passed += c; // carried out within it
    } else if (c >= 0x20 && c <= 0x3f) {
        if (m_sequence.size() < kLongestSequence)
            m_sequence += c;
    } else {
        m_state = State::Text;
        if (c >= 0x40)
            endSequence(c, columns);
    }
}

void SequenceFilter::endSequence(char final, int columns)
{
    if (m_sequence.size() >= kLongestSequence || !isBearable(m_sequence))
        return;
    const bool isPlain = std::all_of(m_sequence.begin(), m_sequence.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (final == 'b' && isPlain) {
        const int count = std::clamp(m_sequence.toInt(), 1, std::max(columns, 1));
        for (int i = 0; i < count; ++i)
            m_passed += m_last;
        return;
    }
    m_passed += kEscape;
    m_passed += '[' + m_sequence + final;
    m_last.clear();
}

} // namespace forkscope
