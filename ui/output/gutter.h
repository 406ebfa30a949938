// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/output/outputcolors.h"
#include "ui/output/shownline.h"

#include <QHash>

class QPainter;

namespace forkscope {

/// Which time stands beside a line.
enum class TimeStyle : quint8 {
    None,
    OfDay,
    SinceStart, ///< of the recording
    SinceLineBefore, ///< the one that is shown above
};

/// What stands left of the lines: a mark that tells the stream by its shape (and hue), and if wanted number, time and process.
class Gutter
{
public:
    void setTimeStyle(TimeStyle style) { m_timeStyle = style; }
    void setNumbers(bool shown) { m_numbers = shown; }
    void setNames(bool shown) { m_names = shown; }
    TimeStyle timeStyle() const { return m_timeStyle; }
    bool names() const { return m_names; }
    bool numbers() const { return m_numbers; }

    /// Width in pixels.
    int width(const OutputFont &font) const;
    void paintBackground(QPainter &painter, const QRect &area, const OutputColors &colors) const;
    /// For the first row of a line, at top. The name of the process has a bar of this colour.
    void paint(QPainter &painter, qreal top, const ShownLine &line, const QString &name, const QColor &nameColor,
        const OutputFont &font, const OutputColors &colors) const;

    /// A bar for output, a triangle for errors, a chevron for what was typed.
    static void paintMark(QPainter &painter, const QRectF &cell, ChannelKind kind, const QColor &color);
    static QString timeText(qint64 timeNs); ///< of day, to the millisecond
    static QString elapsedText(qint64 ns); ///< "+12.345" seconds, "+2:03:12.345" above a minute

private:
    QString timeOf(const ShownLine &line) const;

    TimeStyle m_timeStyle = TimeStyle::None;
    bool m_numbers = false;
    bool m_names = false;
};

/// "stdout", "stderr", "stdin", as people call them.
QString streamName(ChannelKind kind);

} // namespace forkscope
