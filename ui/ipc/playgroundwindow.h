// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

namespace forkscope {

class PlaygroundView;
class TrafficRecorder;

/// The playground in a window of its own, since it needs the room. Deletes itself when it is closed, and its processes with it.
/// GUI thread.
class PlaygroundWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit PlaygroundWindow(TrafficRecorder *traffic = nullptr, QWidget *parent = nullptr); ///< as PlaygroundView's

    PlaygroundView *view() const { return m_view; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    PlaygroundView *m_view;
};

} // namespace forkscope
