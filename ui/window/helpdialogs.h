// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMainWindow;

namespace forkscope {

/// Both return at once; the dialogs delete themselves.
void showAbout(QMainWindow *window);
void showShortcuts(QMainWindow *window); ///< of all actions in the window's menus

} // namespace forkscope
