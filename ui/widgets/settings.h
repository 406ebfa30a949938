// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>

namespace forkscope {

/// What the program remembers between runs: $XDG_CONFIG_HOME/forkscope/forkscope.conf. Make one where it is needed; it is cheap.
class Settings : public QSettings
{
public:
    Settings() : QSettings(QStringLiteral("forkscope"), QStringLiteral("forkscope")) { }
};

} // namespace forkscope
