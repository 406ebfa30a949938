// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/queueobserver.h"
#include "core/playground/sceneobservation.h"

namespace forkscope {

/// A queue, seen by its observer: whoever puts or gets, this process included.
class QueueSource : public SceneSource
{
public:
    QueueSource(const ipc::Queue &queue, ipc::QueueObserver observer) : m_queue(queue), m_observer(std::move(observer)) { }
    void drain(const std::function<void(const SceneOperation &)> &take) override;
    SceneLevel level() const override;

private:
    ipc::Queue m_queue;
    ipc::QueueObserver m_observer;
};

} // namespace forkscope
