// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/launch/identity.h"

#include <QCoreApplication>

#include <grp.h>
#include <pwd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(LaunchSpec)
};

/// The number of a user or group: by number, or by its name through getpwnam_r(3) or getgrnam_r(3).
template<typename Entry, typename LookUp, typename Number>
Result<quint32> numberOf(const QByteArray &name, const char *field, LookUp lookUp, Number number)
{
    if (name.isEmpty() || name.contains('\0'))
        return specFault(field, Text::tr("it needs a name or a number"));
    bool isNumber = false;
    if (const qlonglong value = name.toLongLong(&isNumber); isNumber) {
        // (uid_t)−1 means "leave it" to the kernel.
        if (value < 0 || value >= 0xffffffffLL)
            return specFault(field, Text::tr("%1 is no user or group number: these lie between 0 and 4294967294").arg(value));
        return quint32(value);
    }
    std::vector<char> buffer(1024);
    Entry entry;
    Entry *found = nullptr;
    int why;
    while ((why = lookUp(name.constData(), &entry, buffer.data(), buffer.size(), &found)) == ERANGE && buffer.size() < (1U << 24))
        buffer.resize(buffer.size() * 4);
    if (!found)
        return specFault(field,
            why ? Text::tr("“%1” cannot be looked up: %2").arg(QString::fromLocal8Bit(name), systemErrorText(why))
                : Text::tr("there is no “%1” on this machine").arg(QString::fromLocal8Bit(name)));
    return quint32(number(entry));
}

Result<quint32> groupNumber(const QByteArray &name, const char *field)
{
    return numberOf<group>(name, field, getgrnam_r, [](const group &entry) { return entry.gr_gid; });
}

} // namespace

Result<Identity> Identity::of(const LaunchSpec &spec)
{
    Identity identity;
    if (spec.extraGroups) {
        identity.extraGroups.emplace();
        for (const QByteArray &name : *spec.extraGroups) {
            const auto number = groupNumber(name, "extra_groups");
            if (!number)
                return number.error();
            identity.extraGroups->push_back(number.value());
        }
    }
    if (spec.group) {
        const auto number = groupNumber(*spec.group, "group");
        if (!number)
            return number.error();
        identity.group = number.value();
    }
    if (spec.user) {
        const auto number = numberOf<passwd>(*spec.user, "user", getpwnam_r, [](const passwd &entry) { return entry.pw_uid; });
        if (!number)
            return number.error();
        identity.user = number.value();
    }
    return identity;
}

int Identity::apply() const noexcept
{
    // The raw calls: glibc's own would make the threads of the parent, whose memory this is, follow.
    if (extraGroups && syscall(SYS_setgroups, extraGroups->size(), extraGroups->data()) != 0)
        return errno;
    if (group && syscall(SYS_setresgid, *group, *group, *group) != 0)
        return errno;
    if (user && syscall(SYS_setresuid, *user, *user, *user) != 0)
        return errno;
    return 0;
}

} // namespace forkscope
