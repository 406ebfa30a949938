// SPDX-License-Identifier: GPL-3.0-or-later
// What in the shown text leads somewhere: links of the program, and places in files.
#include "ui/output/outputview.h"
#include "ui/output/programstyle.h"

#include "ui/widgets/format.h"

namespace forkscope {

namespace {

constexpr qsizetype kShownLink = 500; ///< characters

} // namespace

/// The link there, as the program wrote it.
QByteArray OutputView::linkUnder(QPoint point) const
{
    const auto place = point.x() < gutterWidth() ? std::nullopt : placeAt(point);
    if (!place || place->byte == OutputPlace::kEnd)
        return {};
    const Line line = lineAt(m_filter->positionOf(place->line));
    const DisplayText &text = line->layout.text();
    return line->lost ? QByteArray() : linkAt(text, text.positionOf(place->byte));
}

QString OutputView::toolTipAt(QPoint point) const
{
    if (const QByteArray link = linkUnder(point); !link.isEmpty()) {
        const QString text
            = urlToOpen(link).isEmpty() ? tr("Link to %1 (only http and https are opened)") : tr("Ctrl+click opens %1");
        // As rich text with everything escaped: a tool tip guesses, and the address is a stranger's.
        return QStringLiteral("<p>%1</p>").arg(text.arg(QString::fromUtf8(link).left(kShownLink)).toHtmlEscaped());
    }
    if (const auto source = sourceUnder(point)) {
        const QString text = tr("Ctrl+click opens %1, line %2, in the editor");
        const QString filled = text.arg(source->place.file.left(kShownLink), QString::number(source->place.line));
        return QStringLiteral("<p>%1</p>").arg(filled.toHtmlEscaped());
    }
    const auto place = point.x() < gutterWidth() ? placeAt(point) : std::nullopt;
    if (!place || place->byte == OutputPlace::kEnd)
        return {};
    const Line line = lineAt(m_filter->positionOf(place->line));
    if (line->lost)
        return tr("This line was given up because the recording reached its size limit.");
    QStringList parts{streamName(line->kind), QString::fromUtf8(channelInfo(line->channel).name), dateTimeText(line->timeNs)};
    if (const qsizetype bytes = line->layout.text().overwrittenBytes)
        parts.append(tr("Earlier states of this line (%1) are not shown; switch Colours off to see them.").arg(bytesText(bytes)));
    if (line->afterLoss)
        parts.append(tr("Output of this stream right before this line was given up."));
    return parts.join(u'\n');
}

/// The place in a file that is named there.
std::optional<SourceLink> OutputView::sourceUnder(QPoint point) const
{
    const auto place = point.x() < gutterWidth() ? std::nullopt : placeAt(point);
    if (!place || place->byte == OutputPlace::kEnd)
        return {};
    const Line line = lineAt(m_filter->positionOf(place->line));
    const qsizetype at = line->layout.text().positionOf(place->byte);
    const auto isThere
        = [at](const SourcePlace &source) { return at >= source.position && at < source.position + source.length; };
    return sourceIn(*line, isThere);
}

std::optional<SourceLink> OutputView::sourceOfSelection() const
{
    if (!m_filter || m_first >= m_count || !m_selection.cursor())
        return {};
    const quint64 position = m_filter->positionOf(m_selection.first().line);
    if (position < m_first || position >= m_count)
        return {};
    return sourceIn(*lineAt(position), [](const SourcePlace &) { return true; });
}

std::optional<SourceLink> OutputView::sourceIn(
    const ShownLine &line, const std::function<bool(const SourcePlace &)> &isMeant) const
{
    if (line.lost)
        return {};
    for (const SourcePlace &source : sourcePlacesIn(line.layout.text().text))
        if (isMeant(source))
            return SourceLink{source, channelInfo(line.channel).launch};
    return {};
}

bool OutputView::activateLinkAt(QPoint point)
{
    if (const QByteArray link = linkUnder(point); !link.isEmpty()) {
        emit linkActivated(link);
        return true;
    }
    if (const auto source = sourceUnder(point)) {
        emit sourceActivated(*source);
        return true;
    }
    return false;
}

} // namespace forkscope
