// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace forkscope {

/// The window's colours: the system's, or ours whatever the system says.
enum class Theme { System = 0, Light = 1, Dark = 2 };

/// GUI thread. Takes effect at once in all windows and is remembered.
void setTheme(Theme theme);
/// The remembered theme. Call applyRememberedTheme() once the QApplication exists.
Theme rememberedTheme();
void applyRememberedTheme();

} // namespace forkscope
