// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/livepools.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;

namespace forkscope {

namespace pool {
class PoolRecord;
}

/// What can be done with a pool that works, each with a line in plain words that says what it does. GUI thread.
class PoolControls : public QScrollArea
{
    Q_OBJECT

public:
    explicit PoolControls(LivePools &pools, QWidget *parent = nullptr);

    void setPool(const pool::PoolRecord *record); ///< not owned; may be null
    void refresh();
    /// Asks first, where tasks would be lost.
    void terminate();
    void togglePause();

    QSlider *sizeSlider() const { return m_slider; }
    QPushButton *pauseButton() const { return m_pause; }
    QPushButton *closeButton() const { return m_close; }
    QPushButton *joinButton() const { return m_join; }
    QPushButton *terminateButton() const { return m_terminate; }
    QPushButton *retryButton() const { return m_retry; }
    QLabel *answer() const { return m_answer; } ///< what join() said

private:
    void buildSize(QGridLayout *grid);
    QPushButton *addRow(QGridLayout *grid, const QString &text, const QString &explanation);
    pool::Pool *live() const;
    void resize(int workers);
    void retry();
    void showJoinAnswer(PoolId pool, const Result<void> &answer);

    LivePools &m_pools;
    const pool::PoolRecord *m_record = nullptr;
    PoolId m_joining = PoolId::None; ///< an answer is waited for
    QSlider *m_slider;
    QSpinBox *m_size;
    QPushButton *m_pause = nullptr;
    QPushButton *m_close = nullptr;
    QPushButton *m_join = nullptr;
    QPushButton *m_terminate = nullptr;
    QPushButton *m_retry = nullptr;
    QLabel *m_answer;
    QLabel *m_over; ///< why nothing can be done
};

} // namespace forkscope
