// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferences.h"

#include "core/session/session.h"
#include "ui/preferences/editorcommand.h"
#include "ui/widgets/settings.h"

namespace forkscope {

namespace {

// One line a preference: its key, and what holds while nobody chose.
const QLatin1String kEditor("preferences/editorCommand");
const QLatin1String kLimit("preferences/recordingLimit");
const QLatin1String kKeep("preferences/keepRecordings");
const QLatin1String kCacheDays("preferences/cacheDays");
const QLatin1String kCacheBytes("preferences/cacheBytes");
const QLatin1String kFontSize("preferences/outputFontSize");
const QLatin1String kUnits("preferences/decimalUnits");

constexpr int kDefaultCacheDays = 14;
constexpr quint64 kDefaultCacheBytes = quint64(8) << 30;

quint64 number(QLatin1String key, quint64 otherwise)
{
    bool ok = false;
    const quint64 value = Settings().value(key).toULongLong(&ok);
    return ok ? value : otherwise;
}

} // namespace

QString Preferences::editorCommand()
{
    const QString command = Settings().value(kEditor).toString().trimmed();
    return command.isEmpty() ? defaultEditorCommand() : command;
}

void Preferences::setEditorCommand(const QString &command)
{
    Settings().setValue(kEditor, command.trimmed());
}

quint64 Preferences::recordingLimit()
{
    const quint64 bytes = number(kLimit, Session::kDefaultSizeLimit);
    return bytes == 0 ? 0 : std::max(bytes, kSmallestLimit);
}

void Preferences::setRecordingLimit(quint64 bytes)
{
    Settings().setValue(kLimit, bytes);
}

bool Preferences::keepRecordings()
{
    return Settings().value(kKeep, true).toBool();
}

void Preferences::setKeepRecordings(bool keep)
{
    Settings().setValue(kKeep, keep);
}

int Preferences::cacheDays()
{
    return int(std::min<quint64>(number(kCacheDays, kDefaultCacheDays), 36'500));
}

void Preferences::setCacheDays(int days)
{
    Settings().setValue(kCacheDays, days);
}

quint64 Preferences::cacheBytes()
{
    return number(kCacheBytes, kDefaultCacheBytes);
}

void Preferences::setCacheBytes(quint64 bytes)
{
    Settings().setValue(kCacheBytes, bytes);
}

int Preferences::outputFontSize()
{
    const int points = int(number(kFontSize, 0));
    return points < kSmallestFont || points > kLargestFont ? 0 : points;
}

void Preferences::setOutputFontSize(int points)
{
    Settings().setValue(kFontSize, points);
}

ByteUnits Preferences::byteUnits()
{
    return Settings().value(kUnits, false).toBool() ? ByteUnits::Decimal : ByteUnits::Binary;
}

void Preferences::setByteUnits(ByteUnits units)
{
    Settings().setValue(kUnits, units == ByteUnits::Decimal);
    forkscope::setByteUnits(units);
}

void applyRememberedUnits()
{
    forkscope::setByteUnits(Preferences::byteUnits());
}

} // namespace forkscope
