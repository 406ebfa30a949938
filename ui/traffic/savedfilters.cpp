// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/savedfilters.h"

#include "ui/widgets/settings.h"

#include <algorithm>

namespace forkscope {

namespace {

const QLatin1String kKey("traffic/filters");

void write(const QList<SavedFilter> &filters)
{
    Settings settings;
    settings.remove(kKey);
    settings.beginWriteArray(kKey, int(filters.size()));
    for (int i = 0; i < filters.size(); ++i) {
        settings.setArrayIndex(i);
        settings.setValue(QLatin1String("name"), filters[i].name);
        settings.setValue(QLatin1String("filter"), filters[i].filter);
    }
    settings.endArray();
}

} // namespace

QList<SavedFilter> SavedFilters::all()
{
    Settings settings;
    QList<SavedFilter> filters;
    const int count = settings.beginReadArray(kKey);
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        filters.append({settings.value(QLatin1String("name")).toString(), settings.value(QLatin1String("filter")).toString()});
    }
    return filters;
}

void SavedFilters::save(const SavedFilter &filter)
{
    QList<SavedFilter> filters = all();
    filters.removeIf([&](const SavedFilter &one) { return one.name == filter.name; });
    filters.append(filter);
    std::sort(filters.begin(), filters.end(),
        [](const SavedFilter &a, const SavedFilter &b) { return a.name.compare(b.name, Qt::CaseInsensitive) < 0; });
    write(filters);
}

void SavedFilters::remove(const QString &name)
{
    QList<SavedFilter> filters = all();
    filters.removeIf([&](const SavedFilter &one) { return one.name == name; });
    write(filters);
}

} // namespace forkscope
