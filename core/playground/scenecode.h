// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scene.h"

namespace forkscope {

/// A C++ program of its own that does what a valid scene does, by core/ipc. At the end every process prints its name and how many
/// messages it has put or got. Pure.
QString sceneCode(const Scene &scene);

} // namespace forkscope
