// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>

#include <cstdlib>
#include <cstring>

/// For LLVMFuzzerInitialize(): with --seeds FOLDER as the only arguments each of these becomes a file there, and that is all.
inline void writeSeedsIfAsked(int argc, char **argv, const QByteArrayList &seeds)
{
    if (argc != 3 || std::strcmp(argv[1], "--seeds") != 0)
        return;
    const QDir folder(QFile::decodeName(argv[2]));
    folder.mkpath(QStringLiteral("."));
    for (qsizetype i = 0; i < seeds.size(); ++i) {
        QFile file(folder.filePath(QString::number(i)));
        if (!file.open(QIODevice::WriteOnly) || file.write(seeds[i]) != seeds[i].size())
            std::abort();
    }
    std::exit(0);
}
