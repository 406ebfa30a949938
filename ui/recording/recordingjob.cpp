// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/recordingjob.h"

#include <QTimer>

namespace forkscope {

RecordingJob::RecordingJob(const Journal &journal, QObject *parent)
    : QObject(parent), m_journal(journal), m_poll(new QTimer(this))
{
    m_poll->setInterval(100);
    connect(m_poll, &QTimer::timeout, this, [this] { emit progressed(m_shared->permille); });
}

RecordingJob::~RecordingJob()
{
    cancel();
    if (m_thread)
        m_thread->wait();
}

void RecordingJob::cancel()
{
    if (m_shared)
        m_shared->cancelled = true;
}

std::shared_ptr<RecordingJob::Shared> RecordingJob::begin()
{
    Q_ASSERT(!isRunning());
    m_shared = std::make_shared<Shared>();
    m_poll->start();
    return m_shared;
}

void RecordingJob::end()
{
    m_thread = nullptr;
    m_poll->stop();
}

} // namespace forkscope
