// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pipelinelinks.h"

#include "app/subcommands.h"

#include <CLI/CLI.hpp>

#include <QByteArray>
#include <QCoreApplication>

#include <string_view>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope)
};

std::optional<quint64> numberOf(const std::string &text)
{
    bool ok = false;
    const quint64 number = QByteArray::fromStdString(text).toULongLong(&ok);
    return ok && number > 0 ? std::optional(number) : std::nullopt;
}

/// Takes a unit off the end.
bool chop(std::string &text, std::string_view unit)
{
    if (!text.ends_with(unit))
        return false;
    text.resize(text.size() - unit.size());
    return true;
}

bool setThrottle(LinkSettings &settings, std::string &value)
{
    const bool pieces = chop(value, "/s");
    const auto number = pieces ? numberOf(value) : bytesOf(value);
    (pieces ? settings.messagesPerSecond : settings.bytesPerSecond) = number.value_or(0);
    return number.has_value();
}

bool setDelay(LinkSettings &settings, std::string &value)
{
    const qint64 unit = chop(value, "us") ? 1000 : chop(value, "ms") ? 1'000'000 : chop(value, "s") ? 1'000'000'000 : 1'000'000;
    const auto number = numberOf(value);
    settings.delayNs = qint64(std::min<quint64>(number.value_or(0), 1'000'000'000)) * unit;
    return number.has_value();
}

bool setSplit(LinkSettings &settings, std::string &value)
{
    const auto number = bytesOf(value);
    settings.splitBytes = number.value_or(0);
    return number.has_value();
}

bool setCapacity(LinkSettings &settings, std::string &value)
{
    const auto number = value.empty() ? std::optional<quint64>(4096) : bytesOf(value);
    settings.capacity = quint32(std::min<quint64>(number.value_or(0), 1 << 20));
    return number && *number >= 4096 && *number <= 1 << 20;
}

using Setter = bool (*)(LinkSettings &, std::string &value); ///< may change value

struct Written {
    std::string link, value;
};

Written parts(const std::string &text)
{
    const size_t colon = text.find(':');
    return colon == std::string::npos ? Written{text, {}} : Written{text.substr(0, colon), text.substr(colon + 1)};
}

std::string fault(const std::string &text, Setter set, const char *wanted)
{
    Written written = parts(text);
    LinkSettings settings;
    if ((written.link == "all" || numberOf(written.link)) && set(settings, written.value))
        return {};
    return std::string(wanted) + " is wanted, not " + text;
}

} // namespace

std::optional<quint64> bytesOf(const std::string &text)
{
    std::string number = text;
    const int shift = chop(number, "K") ? 10 : chop(number, "M") ? 20 : chop(number, "G") ? 30 : 0;
    const auto value = numberOf(number);
    return value && *value < quint64(1) << 32 ? std::optional(*value << shift) : std::nullopt;
}

void addPipelineLinkOptions(CLI::App &command, PipelineLinkOptions &options)
{
    const auto add
        = [&command](const char *name, std::vector<std::string> &into, Setter set, const char *wanted, const char *help) {
              command.add_option(name, into, help)
                  ->type_name(wanted)
                  ->expected(1)
                  ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                  ->check([set, wanted](const std::string &text) { return fault(text, set, wanted); })
                  ->group("Provoking what rarely happens (LINK: 1, 2, …: into stage 2, 3, …; or all)");
          };
    add("--throttle", options.throttle, setThrottle, "LINK:RATE",
        "Let so many bytes a second pass (64K, 2M), or so many pieces (10/s)");
    add("--delay", options.delay, setDelay, "LINK:TIME", "Hold each piece so long (200us, 50ms, 2s)");
    add("--split", options.split, setSplit, "LINK:BYTES", "Give the reader at most so many bytes at once");
    add("--shrink", options.shrink, setCapacity, "LINK[:BYTES]", "Pipes that hold so little (default: 4K)");
}

std::optional<std::vector<LinkSettings>> linkSettings(const PipelineLinkOptions &options, qsizetype links)
{
    std::vector<LinkSettings> all{size_t(links)};
    const auto apply = [&](const std::vector<std::string> &texts, Setter set) {
        for (const std::string &text : texts) {
            Written written = parts(text);
            const quint64 number = written.link == "all" ? 0 : numberOf(written.link).value_or(0);
            if (number > quint64(links)) {
                complain(
                    Text::tr("%1: there is no link %2; there are %3").arg(QString::fromStdString(text)).arg(number).arg(links));
                return false;
            }
            for (size_t i = 0; i < all.size(); ++i)
                if (number == 0 || number == i + 1)
                    set(all[i], written.value);
        }
        return true;
    };
    if (apply(options.throttle, setThrottle) && apply(options.delay, setDelay) && apply(options.split, setSplit)
        && apply(options.shrink, setCapacity))
        return all;
    return {};
}

} // namespace forkscope
