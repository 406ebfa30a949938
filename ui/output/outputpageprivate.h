// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linesearch.h"
#include "ui/output/emptyoutput.h"
#include "ui/output/outputcopier.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputstatus.h"
#include "ui/output/outputtoolbar.h"
#include "ui/output/outputview.h"
#include "ui/output/searchbar.h"

#include <QStackedLayout>

namespace forkscope {

/// The parts of the page; the widgets are its children.
struct OutputPage::Private {
    LineIndex *index = nullptr;
    std::shared_ptr<LineFilter> filter;
    std::shared_ptr<LineFilter> errors; ///< of the shown lines those of stderr, once somebody goes through them
    std::optional<QList<LaunchId>> launches;
    QString title;
    QString when; ///< of the records that are shown; empty: all are

    OutputToolBar *toolBar = nullptr;
    SearchBar *searchBar = nullptr;
    QStackedLayout *stack = nullptr; ///< both are visible: the view goes on looking for lines below the empty state
    OutputView *view = nullptr;
    EmptyOutput *empty = nullptr;
    OutputStatus *status = nullptr;

    OutputCopier copier;
    LineExport exporter;
    LineSearch lineSearch;
    std::optional<LineMatcher> matcher;
    quint32 channelsSeen = 0; ///< that were looked at for `names`
    QList<LaunchId> launchesSeen;
    void (OutputPage::*help)() = nullptr; ///< what the button of the empty state does

    bool shows(const ChannelInfo &channel) const { return !launches || launches->contains(channel.launch); }
};

} // namespace forkscope
