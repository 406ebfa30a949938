// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/userdecoders/userdecoders.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace forkscope {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope::UserDecoders)
};

constexpr qint64 kMostBytes = 1 << 20; ///< of a description

Error fault(const QString &path, const QString &detail)
{
    return Error::invalid(Text::tr("use the decoder"), detail, path);
}

/// A name that filters and commands can say, and that nobody else has.
std::optional<QString> nameFault(const QByteArray &name, const UserDecoders &known)
{
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    if (name.isEmpty() || name[0] < 'a' || name[0] > 'z' || !std::all_of(name.begin(), name.end(), isPart))
        return Text::tr("“%1” is no name for a decoder: it begins with a letter and is made of a–z, 0–9, _ and -.")
            .arg(QString::fromUtf8(name));
    const bool isTaken = decode::decoderNamed(name)
        || std::any_of(known.decoders.begin(), known.decoders.end(), [&](const auto &one) { return name == one->name(); });
    if (isTaken)
        return Text::tr("There is a decoder “%1” already: give it another name.").arg(QString::fromUtf8(name));
    return {};
}

/// Nobody but the user and root may have written what is executed.
bool isTrusted(const QString &path)
{
    struct stat status;
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 && (status.st_uid == geteuid() || status.st_uid == 0)
        && !(status.st_mode & (S_IWGRP | S_IWOTH));
}

void readOne(const QFileInfo &info, UserDecoders &all)
{
    const QString path = info.filePath();
    const bool isDescription = info.suffix() == u"json";
    if (!isDescription && !info.isExecutable())
        return; // a README
    if (!isTrusted(path)) {
        all.problems.append(fault(path,
            Text::tr("Others than you could have written it: make it yours (chown) and writable by nobody else (chmod go-w).")));
        return;
    }
    std::unique_ptr<const decode::Decoder> decoder;
    if (isDescription) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            all.problems.append(fault(path, file.errorString()));
            return;
        }
        auto read = readDescription(file.read(kMostBytes), path);
        if (!read) {
            all.problems.append(read.error());
            return;
        }
        decoder = std::move(read).value();
    } else {
        decoder = programDecoder(info.completeBaseName().toUtf8(), path);
    }
    if (const auto wrong = nameFault(decoder->name(), all))
        all.problems.append(fault(path, *wrong));
    else
        all.decoders.push_back(std::move(decoder));
}

} // namespace

QString userDecoderFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/forkscope/decoders");
}

UserDecoders readUserDecoders(const QString &folder)
{
    UserDecoders all;
    for (const QFileInfo &info : QDir(folder).entryInfoList(QDir::Files, QDir::Name))
        readOne(info, all);
    return all;
}

const QList<Error> &installUserDecoders()
{
    static const QList<Error> kProblems = [] {
        UserDecoders all = readUserDecoders(userDecoderFolder());
        decode::addDecoders(std::move(all.decoders));
        return all.problems;
    }();
    return kProblems;
}

} // namespace forkscope
