// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queueobserver.h"
#include "core/playground/sceneobservation.h"

namespace forkscope {

/// A queue, seen by its observer: whoever puts or gets, this process included.
class QueueSource : public SceneSource
{
public:
    QueueSource(const ipc::Queue &queue, ipc::QueueDrain drain) : m_queue(queue), m_drainQueue(std::move(drain)) { }
    ~QueueSource() override; ///< after a last look, for who records

    /// Of an observer of the scene's own.
    static Result<ipc::QueueDrain> observe(const ipc::Queue &queue);

    void drain(const std::function<void(const SceneOperation &)> &take) override;
    SceneLevel level() const override;

private:
    ipc::Queue m_queue;
    ipc::QueueDrain m_drainQueue;
    quint64 m_unseen = 0;
};

} // namespace forkscope
