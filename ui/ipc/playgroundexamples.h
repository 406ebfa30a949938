// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scene.h"

#include <QScrollArea>

namespace forkscope {

/// The playground before there is a scene: what it is for, and examples that really run.
class PlaygroundExamples : public QScrollArea
{
    Q_OBJECT

public:
    explicit PlaygroundExamples(QWidget *parent = nullptr);

signals:
    void chosen(forkscope::SceneExample example);
    void ownRequested(); ///< an own scene, from the simplest on
};

} // namespace forkscope
