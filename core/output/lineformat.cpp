// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/output/lineformat.h"

#include "core/output/linetext.h"

#include <QDateTime>
#include <QUrl>

#include <algorithm>

namespace forkscope {

namespace {

QByteArray stamp(qint64 timeNs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeNs / 1'000'000);
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz")).toLatin1()
        + QByteArray::number(timeNs / 1000 % 1000).rightJustified(3, '0');
}

/// The sixteen colours that a terminal may choose are the page's; of the others it is fixed what they are.
QByteArray htmlColor(const TextColor &color)
{
    const auto hex = [](int red, int green, int blue) {
        return '#' + QByteArray::number(red << 16 | green << 8 | blue, 16).rightJustified(6, '0');
    };
    if (color.kind == TextColor::Kind::Rgb)
        return hex(color.red, color.green, color.blue);
    if (color.index < 16)
        return "var(--c" + QByteArray::number(color.index) + ')';
    if (color.index >= 232) {
        const int grey = 8 + (color.index - 232) * 10;
        return hex(grey, grey, grey);
    }
    const auto step = [](int n) { return n == 0 ? 0 : 55 + n * 40; };
    const int index = color.index - 16;
    return hex(step(index / 36), step(index / 6 % 6), step(index % 6));
}

QByteArray css(const TextStyle &style)
{
    QByteArray text;
    const auto own = [](const TextColor &color) { return color.kind != TextColor::Kind::Default; };
    const TextColor &front = style.reverse ? style.background : style.foreground;
    const TextColor &back = style.reverse ? style.foreground : style.background;
    if (own(front) || style.reverse)
        text += "color:" + (own(front) ? htmlColor(front) : QByteArray("var(--base)")) + ';';
    if (own(back) || style.reverse)
        text += "background:" + (own(back) ? htmlColor(back) : QByteArray("var(--text)")) + ';';
    if (style.bold)
        text += "font-weight:bold;";
    if (style.italic)
        text += "font-style:italic;";
    if (style.underline || style.strikeOut)
        text += QByteArray("text-decoration:") + (style.underline ? " underline" : "") + (style.strikeOut ? " line-through" : "")
            + ';';
    return text;
}

/// Only addresses of the web: a page must not make a script or a file of what a program wrote.
bool isWebAddress(const QByteArray &link)
{
    const QUrl url = QUrl::fromEncoded(link, QUrl::StrictMode);
    return url.isValid() && (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

QByteArray html(QByteArrayView bytes)
{
    const DisplayText text = displayText(bytes, ControlStyle::Symbols, SequenceHandling::Obey);
    const auto escaped = [&](qsizetype from, qsizetype end) { return text.text.mid(from, end - from).toHtmlEscaped().toUtf8(); };
    QByteArray out;
    qsizetype at = 0;
    for (const DisplayText::Run &run : text.runs) {
        out += escaped(at, run.position);
        at = run.position + run.length;
        const bool isLink = isWebAddress(run.link);
        const QByteArray style = css(run.style);
        if (isLink)
            out += "<a href=\"" + QString::fromUtf8(run.link).toHtmlEscaped().toUtf8() + "\">";
        out += style.isEmpty() ? QByteArray("<span>") : "<span style=\"" + style + "\">";
        out += escaped(run.position, at) + "</span>" + (isLink ? "</a>" : "");
    }
    return out + escaped(at, text.text.size());
}

QByteArray streamWord(ChannelKind kind)
{
    return kind == ChannelKind::StandardError ? "stderr" : kind == ChannelKind::StandardInput ? "stdin" : "stdout";
}

} // namespace

QByteArray LineFormatter::head() const
{
    if (m_format != LineFormat::Html)
        return {};
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Forkscope</title>\n<style>\n"
           ":root{--base:#fff;--text:#000;--c0:#000;--c1:#b02020;--c2:#1a7a1a;--c3:#806000;--c4:#1f4fb8;--c5:#8a2be2;--c6:#"
           "00757f;"
           "--c7:#6e6e6e;--c8:#555;--c9:#d03030;--c10:#107010;--c11:#8f6a00;--c12:#2a62d8;--c13:#9b30d0;--c14:#006f86;"
           "--c15:#8c8c8c}\n"
           "body{background:var(--base);color:var(--text)}pre{font-family:monospace;margin:0}\n"
           ".stderr{color:#964200}.stderr::before{content:\"\\25B2 \"}\n.stdin{color:#00654a}.stdin::before{content:\"\\276F "
           "\"}\n"
           ".stdout::before{content:\"\\2502 \"}\n"
           "</style></head><body><pre>\n";
}

QByteArray LineFormatter::foot() const
{
    return m_format == LineFormat::Html ? "</pre></body></html>\n" : "";
}

const ChannelInfo &LineFormatter::channel(ChannelId id)
{
    auto known = m_channels.find(id);
    if (known == m_channels.end())
        known = m_channels.insert(id, m_index.journal().channel(id));
    return *known;
}

void LineFormatter::append(QByteArray &out, const LineText &line, QByteArrayView bytes)
{
    const ChannelInfo &from = channel(line.channel);
    const QByteArray who = from.name.mid(from.name.indexOf(' ') + 1);
    if (m_format == LineFormat::Html) {
        const QString title = QString::fromLatin1(stamp(line.timeNs)) + u' ' + QString::fromUtf8(who);
        out += "<span class=\"" + streamWord(from.kind) + "\" title=\"" + title.toHtmlEscaped().toUtf8() + "\">" + html(bytes)
            + "</span>\n";
        return;
    }
    out += stamp(line.timeNs) + ' ' + streamWord(from.kind) + ' ' + who + ": ";
    out += withoutObeyedSequences(withoutLineEnd(bytes)) + '\n';
}

} // namespace forkscope
