// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scene.h"
#include "core/playground/scenerunner.h"
#include "ui/widgets/status.h"

#include <QCoreApplication>

namespace forkscope {

/// What the playground says about scenes. GUI thread.
class SceneWords
{
    Q_DECLARE_TR_FUNCTIONS(SceneWords)

public:
    static Status status(const SceneProcessState &process);
    /// "waits for a place, 1.2 s", "killed by SIGKILL".
    static QString phase(const SceneProcessState &process);
    static QString rate(double rate); ///< "25/s", "as fast as possible"
    static QString nameAndPid(const SceneProcessState &process);
    static Status status(SceneRunner::State state);
    static QString state(SceneRunner::State state);
    /// What a dead process held, in a sentence. name: of the process.
    static QString death(const ipc::QueueDeath &death, const QString &name);
    static QString injection(const InjectionResult &result);

    struct Example {
        SceneExample example;
        QString title;
        QString sentence; ///< what to look at
    };
    static QList<Example> examples();
};

} // namespace forkscope
