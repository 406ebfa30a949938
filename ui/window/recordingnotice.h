// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

#include <QLabel>
#include <QTimer>

namespace forkscope {

/// What opening found out about a file, a sentence a line; empty where all is well.
QString openReportText(const OpenReport &report);

/// Stands in the place of the launch bar where a closed recording is shown: its name, how far it has been read, and what was
/// found out about it. The recording must outlive it.
class RecordingNotice : public QLabel
{
    Q_OBJECT

public:
    explicit RecordingNotice(const Journal &recording, QWidget *parent = nullptr);

private:
    void showState();

    const Journal &m_recording;
    QTimer m_refresh; ///< while the file is being read
};

} // namespace forkscope
