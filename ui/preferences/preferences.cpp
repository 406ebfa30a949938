// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferences.h"

#include "ui/preferences/editorcommand.h"
#include "ui/widgets/settings.h"

namespace forkscope {

namespace {

// One line a preference: its key, and what holds while nobody chose.
const QLatin1String kLimit("preferences/recordingLimit");
const QLatin1String kKeepDays("preferences/keepUnsavedDays");
const QLatin1String kKeepBytes("preferences/keepUnsavedBytes");
const QLatin1String kUnits("preferences/decimalUnits");
const QLatin1String kEditor("preferences/editorCommand");
const QLatin1String kTaps("launch/tapPipelines");

quint64 number(QLatin1String key, quint64 otherwise)
{
    bool ok = false;
    const quint64 value = Settings().value(key).toULongLong(&ok);
    return ok ? value : otherwise;
}

} // namespace

quint64 Preferences::recordingLimit()
{
    const quint64 bytes = number(kLimit, kDefaultLimit);
    return bytes == 0 ? 0 : std::max(bytes, kSmallestLimit);
}

void Preferences::setRecordingLimit(quint64 bytes)
{
    Settings().setValue(kLimit, bytes);
}

CacheLimits Preferences::cacheLimits()
{
    return {int(std::min(number(kKeepDays, quint64(kDefaultCacheLimits.days)), quint64(kMostDays))),
        number(kKeepBytes, kDefaultCacheLimits.bytes)};
}

void Preferences::setCacheLimits(const CacheLimits &limits)
{
    Settings().setValue(kKeepDays, limits.days);
    Settings().setValue(kKeepBytes, limits.bytes);
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

QString Preferences::editorCommand()
{
    const QString command = Settings().value(kEditor).toString().trimmed();
    return command.isEmpty() ? defaultEditorCommand() : command;
}

bool Preferences::editorChosen()
{
    return !Settings().value(kEditor).toString().trimmed().isEmpty();
}

void Preferences::setEditorCommand(const QString &command)
{
    if (command.trimmed().isEmpty())
        Settings().remove(kEditor);
    else
        Settings().setValue(kEditor, command.trimmed());
}

bool Preferences::tapsPipelines()
{
    return Settings().value(kTaps, true).toBool();
}

void Preferences::setTapsPipelines(bool taps)
{
    Settings().setValue(kTaps, taps);
}

void applyRememberedUnits()
{
    forkscope::setByteUnits(Preferences::byteUnits());
}

} // namespace forkscope
