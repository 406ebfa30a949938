// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of one channel, as they were written.
#include "core/export/exportrun.h"
#include "core/export/formats.h"
#include "core/export/selection.h"

#include <QCoreApplication>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Export)
};

} // namespace

Result<void> exportRaw(ExportRun &run)
{
    QList<ChannelInfo> channels;
    for (const ChannelId id : run.wantedChannels())
        channels.append(run.channel(id));
    if (channels.isEmpty())
        return Error::invalid(Text::tr("export raw bytes"), Text::tr("there is no such channel in the recording"));
    if (channels.size() > 1)
        return Error::invalid(Text::tr("export raw bytes"),
            Text::tr("they are those of one channel, and there are several. Choose one: %1").arg(channelList(channels)));
    if (auto done = run.forEachRecord([&](const RecordView &record) { run.out.append(record.bytes); }); !done)
        return done;
    return run.flush(true);
}

} // namespace forkscope
