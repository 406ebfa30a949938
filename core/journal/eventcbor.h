// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

#include <QByteArrayList>
#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QList>

#include <type_traits>

/// How the fields of events become CBOR, and back: for event.cpp.
namespace forkscope::eventcbor {

using Key = QLatin1String;

/// One description a struct serves both directions: fields(io, value) names every field, Writer and Reader carry it out.
struct Writer {
    QCborMap map;

    void operator()(Key key, qint64 value) { map[key] = value; }
    void operator()(Key key, qint32 value) { map[key] = value; }
    void operator()(Key key, quint64 value) { map[key] = qint64(value); }
    void operator()(Key key, bool value) { map[key] = value; }
    void operator()(Key key, char value) { map[key] = qint64(static_cast<unsigned char>(value)); }
    void operator()(Key key, const QByteArray &value)
    {
        if (!value.isEmpty())
            map[key] = value;
    }
    void operator()(Key key, const QByteArrayList &value)
    {
        QCborArray array;
        for (const QByteArray &item : value)
            array.append(item);
        map[key] = array;
    }
    void operator()(Key key, const ProcessKey &value)
    {
        if (!value.isNull())
            map[key] = QCborArray{value.pid, qint64(value.startTicks)};
    }
    template<typename E>
    requires std::is_enum_v<E>
    void operator()(Key key, E value) { map[key] = qint64(value); }
    void operator()(Key key, const QList<quint64> &value)
    {
        QCborArray array;
        for (const quint64 item : value)
            array.append(qint64(item));
        map[key] = array;
    }
    template<typename T> void operator()(Key key, const QList<T> &value);
};

/// Of lists that get long: the values of all items, one after the other, without keys. New fields would need a new key.
struct FlatWriter {
    QCborArray array;

    void operator()(Key, qint64 value) { array.append(value); }
    void operator()(Key, qint32 value) { array.append(value); }
    void operator()(Key, quint64 value) { array.append(qint64(value)); }
    void operator()(Key, bool value) { array.append(value); }
    void operator()(Key, const QByteArray &value) { array.append(value); }
    void operator()(Key, const ProcessKey &value)
    {
        array.append(value.pid);
        array.append(qint64(value.startTicks));
    }
    template<typename E>
    requires std::is_enum_v<E>
    void operator()(Key, E value) { array.append(qint64(value)); }
};

struct Reader {
    QCborMap map;

    /// QCborValue::toInteger() converts fractions as well, out of any range.
    static qint64 whole(const QCborValue &value, qint64 otherwise) { return value.isInteger() ? value.toInteger() : otherwise; }
    qint64 integer(Key key, qint64 otherwise) const { return whole(map.value(key), otherwise); }
    void operator()(Key key, qint64 &value) const { value = integer(key, value); }
    void operator()(Key key, qint32 &value) const { value = qint32(integer(key, value)); }
    void operator()(Key key, quint64 &value) const { value = quint64(integer(key, qint64(value))); }
    void operator()(Key key, bool &value) const { value = map.value(key).toBool(value); }
    void operator()(Key key, char &value) const { value = char(integer(key, value)); }
    void operator()(Key key, QByteArray &value) const { value = map.value(key).toByteArray(); }
    void operator()(Key key, QByteArrayList &value) const
    {
        const QCborArray array = map.value(key).toArray();
        for (const QCborValue &item : array)
            value.append(item.toByteArray());
    }
    void operator()(Key key, ProcessKey &value) const
    {
        const QCborArray array = map.value(key).toArray();
        if (array.size() == 2)
            value = {qint32(whole(array[0], 0)), quint64(whole(array[1], 0))};
    }
    template<typename E>
    requires std::is_enum_v<E>
    void operator()(Key key, E &value) const { value = E(integer(key, qint64(value))); }
    void operator()(Key key, QList<quint64> &value) const
    {
        const QCborArray array = map.value(key).toArray();
        for (const QCborValue &item : array)
            value.append(quint64(whole(item, 0)));
    }
    template<typename T> void operator()(Key key, QList<T> &value) const;
};

struct FlatReader {
    const QCborArray &array;
    qsizetype next = 0;

    qint64 integer(qint64 otherwise) { return Reader::whole(array.at(next++), otherwise); }
    void operator()(Key, qint64 &value) { value = integer(value); }
    void operator()(Key, qint32 &value) { value = qint32(integer(value)); }
    void operator()(Key, quint64 &value) { value = quint64(integer(qint64(value))); }
    void operator()(Key, bool &value) { value = array.at(next++).toBool(value); }
    void operator()(Key, QByteArray &value) { value = array.at(next++).toByteArray(); }
    void operator()(Key, ProcessKey &value)
    {
        value.pid = qint32(integer(0));
        value.startTicks = quint64(integer(0));
    }
    template<typename E>
    requires std::is_enum_v<E>
    void operator()(Key, E &value) { value = E(integer(qint64(value))); }
};

} // namespace forkscope::eventcbor
