// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace forkscope {

struct SavedFilter {
    QString name;
    QString filter;
};

/// The filters that somebody gave a name, in the settings. GUI thread.
class SavedFilters
{
public:
    static QList<SavedFilter> all(); ///< by name
    static void save(const SavedFilter &filter); ///< replaces the one of that name
    static void remove(const QString &name);
};

} // namespace forkscope
