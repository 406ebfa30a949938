// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/sceneobservation.h"

#include <QCborArray>

namespace forkscope {

/// A pipe, seen by its two ends: each process reports what it has sent and received. What one reported just before it was killed
/// may not have come.
class PipeSource : public SceneSource
{
public:
    /// report: what a Report::Messages has after its kind. first: whether it comes from the first end, which sends ahead.
    void add(bool first, qint32 pid, const QCborArray &report);

    void drain(const std::function<void(const SceneOperation &)> &take) override;
    SceneLevel level() const override { return m_level; }

private:
    struct Reported {
        SceneOperation operation; ///< without prefix
        QByteArray prefix;
    };
    QList<Reported> m_reported; ///< not yet handed over
    SceneLevel m_level;
};

} // namespace forkscope
