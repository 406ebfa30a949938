// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/programstyle.h"

namespace forkscope {

void addStyles(QList<Highlight> &highlights, const DisplayText &text, const TerminalColors &colors)
{
    for (const DisplayText::Run &run : text.runs) {
        const TextStyle &style = run.style;
        Highlight highlight{.position = run.position,
            .length = run.length,
            .background = {},
            .foreground = {},
            .bold = style.bold,
            .italic = style.italic,
            .underline = style.underline || !run.link.isEmpty(),
            .strikeOut = style.strikeOut};
        TerminalCell cell;
        cell.bold = style.bold;
        cell.reverse = style.reverse;
        cell.foreground = style.foreground;
        cell.background = style.background;
        highlight.background = colors.background(cell);
        // Without a colour of its own the text keeps that of its stream.
        if (style.foreground != TextColor() || style.reverse || highlight.background.isValid())
            highlight.foreground = colors.foreground(cell);
        highlights.append(highlight);
    }
}

QByteArray linkAt(const DisplayText &text, qsizetype position)
{
    for (const DisplayText::Run &run : text.runs)
        if (position >= run.position && position < run.position + run.length)
            return run.link;
    return {};
}

QUrl urlToOpen(const QByteArray &link)
{
    const QUrl url = QUrl::fromEncoded(link, QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return url.isValid() && web && !url.host().isEmpty() ? url : QUrl();
}

} // namespace forkscope
