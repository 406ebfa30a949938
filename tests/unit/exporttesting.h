// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrecording.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

namespace forkscope {

struct Exported {
    QByteArray bytes;
    ExportReport report;
};

inline Exported exported(const Journal &journal, const ExportRequest &request)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto report = exportRecording(journal, request, buffer);
    if (!report.ok())
        qFatal("%s", qPrintable(errorText(report.error())));
    if (report.value().bytes != quint64(buffer.data().size()))
        qFatal("the report tells another size");
    return {buffer.data(), report.value()};
}

/// The objects of JSON lines; an invalid one fails the test.
inline QList<QJsonObject> objectsOf(const QByteArray &lines)
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : lines.split('\n')) {
        if (line.isEmpty())
            continue;
        QJsonParseError error;
        const auto document = QJsonDocument::fromJson(line, &error);
        if (!document.isObject())
            qFatal("%s: %s", qPrintable(error.errorString()), line.constData());
        objects.append(document.object());
    }
    return objects;
}

} // namespace forkscope
