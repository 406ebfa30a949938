// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace forkscope {

/// Tells the person, by the desktop's own notifications (org.freedesktop.Notifications). Returns at once; where there is no
/// session bus, or nobody who shows notifications, nothing happens. Plain text.
void notifyDesktop(const QString &title, const QString &text);

} // namespace forkscope
