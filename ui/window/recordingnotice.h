// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QLabel>

namespace forkscope {

/// What opening found out about a file, a sentence a line; empty where all is well.
QString openReportText(const OpenReport &report);

/// Stands in the place of the launch bar where a closed recording is shown.
class RecordingNotice : public QLabel
{
    Q_OBJECT

public:
    explicit RecordingNotice(const Journal &recording, QWidget *parent = nullptr);
};

} // namespace forkscope
