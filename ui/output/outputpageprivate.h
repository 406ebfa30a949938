// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linesearch.h"
#include "ui/output/emptyoutput.h"
#include "ui/output/outputcopier.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputpanes.h"
#include "ui/output/outputstatus.h"
#include "ui/output/outputtoolbar.h"
#include "ui/output/outputview.h"
#include "ui/output/searchbar.h"
#include "ui/recording/exportjob.h"

namespace forkscope {

/// The parts of the page; the widgets are its children.
struct OutputPage::Private {
    LineIndex *index = nullptr;
    std::shared_ptr<LineFilter> filter; ///< of the active pane
    std::shared_ptr<LineFilter> errors; ///< of the shown lines those of stderr, once somebody goes through them
    std::optional<QList<LaunchId>> launches;
    QString title;
    RecordRange records;
    QString when; ///< of the records that are shown; empty: all are

    OutputToolBar *toolBar = nullptr;
    SearchBar *searchBar = nullptr;
    OutputPanes *panes = nullptr;
    OutputView *view = nullptr; ///< of the active pane
    OutputStatus *status = nullptr;

    OutputCopier copier;
    LineExport exporter;
    std::unique_ptr<ExportJob> castExport; ///< the last one
    LineSearch lineSearch;
    std::optional<LineMatcher> matcher;
    quint32 channelsSeen = 0; ///< that were looked at for `names`
    QList<LaunchId> launchesSeen; ///< those of `launches` that have output channels, ascending
    std::function<LaunchHeading(LaunchId)> headings;

    bool shows(const ChannelInfo &channel) const { return !launches || launches->contains(channel.launch); }
};

} // namespace forkscope
