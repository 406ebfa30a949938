// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/userdecoders/description.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace forkscope::description {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(forkscope::UserDecoders)
};

constexpr int kDeepest = 16;
constexpr int kMostFields = 1000;
constexpr qint64 kMostNumber = qint64(1) << 53; ///< that JSON keeps

/// What is wrong, where.
struct Fault {
    QString place, detail;
};

class DescriptionReader
{
public:
    Format format(const QJsonObject &object)
    {
        checkKeys(object, {}, {"name", "comment", "endian", "size", "fields"});
        Format format;
        format.name = string(object, {}, "name").toUtf8();
        m_isBigEndian = endian(object, {}, true);
        format.fields = fields(object.value(u"fields"), QStringLiteral("fields"), 0);
        format.values = int(m_places.size());
        if (object.contains(u"size")) {
            const QString place = QStringLiteral("size");
            const QJsonObject size = object.value(u"size").toObject();
            checkKeys(size, place, {"field", "plus"});
            format.size.field
                = placeOf(string(size, place, "field"), place + QStringLiteral(".field"), qsizetype(m_places.size()));
            format.sizePlus = size.contains(u"plus") ? whole(size.value(u"plus"), place + QStringLiteral(".plus")) : 0;
        }
        return format;
    }

private:
    [[noreturn]] static void fail(const QString &place, const QString &detail) { throw Fault{place, detail}; }
    static QString at(const QString &place, const char *key)
    {
        return place.isEmpty() ? QString::fromLatin1(key) : place + u'.' + QString::fromLatin1(key);
    }

    static void checkKeys(const QJsonObject &object, const QString &place, const QList<QByteArray> &known)
    {
        for (const QString &key : object.keys())
            if (!known.contains(key.toUtf8()))
                fail(at(place, key.toUtf8().constData()),
                    Text::tr("There is no such key; these are: %1.").arg(QString::fromLatin1(known.join(", "))));
    }
    static QString string(const QJsonObject &object, const QString &place, const char *key)
    {
        const QJsonValue value = object.value(QLatin1String(key));
        if (!value.isString() || value.toString().isEmpty())
            fail(at(place, key), Text::tr("A text in quotes is expected."));
        return value.toString();
    }
    static qint64 whole(const QJsonValue &value, const QString &place)
    {
        const double number = value.toDouble(-1);
        if (!value.isDouble() || number < 0 || number > double(kMostNumber) || std::floor(number) != number)
            fail(place, Text::tr("A whole number from 0 on is expected."));
        return qint64(number);
    }
    static bool endian(const QJsonObject &object, const QString &place, bool otherwise)
    {
        if (!object.contains(u"endian"))
            return otherwise;
        const QString word = string(object, place, "endian");
        if (word != u"big" && word != u"little")
            fail(at(place, "endian"), Text::tr("“big” or “little” is expected."));
        return word == u"big";
    }
    int placeOf(const QString &name, const QString &place, qsizetype known) const
    {
        const qsizetype found = m_places.lastIndexOf(name.toUtf8());
        if (found < 0 || found >= known)
            fail(place, Text::tr("No unsigned number called “%1” comes before this.").arg(name));
        return int(found);
    }
    Amount amount(const QJsonValue &value, const QString &place) const
    {
        if (!value.isString())
            return {whole(value, place), -1, false};
        if (value.toString() == u"rest")
            return {0, -1, true};
        return {0, placeOf(value.toString(), place, m_places.size()), false};
    }

    QList<Field> fields(const QJsonValue &value, const QString &place, int depth)
    {
        if (!value.isArray() || value.toArray().isEmpty())
            fail(place, Text::tr("A list of fields is expected."));
        if (depth == kDeepest)
            fail(place, Text::tr("This is nested too deeply."));
        QList<Field> list;
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            const QString where = QStringLiteral("%1[%2]").arg(place).arg(i);
            if (!array[i].isObject())
                fail(where, Text::tr("A field in braces is expected."));
            if (++m_fields > kMostFields)
                fail(where, Text::tr("These are too many fields."));
            list.append(field(array[i].toObject(), where, depth));
        }
        return list;
    }

    Field field(const QJsonObject &object, const QString &place, int depth)
    {
        checkKeys(object, place, {"name", "comment", "type", "endian", "length", "value", "names", "count", "fields"});
        Field field;
        field.name = string(object, place, "name").toUtf8();
        if (object.contains(u"fields")) {
            for (const char *key : {"type", "endian", "length", "value", "names"})
                if (object.contains(QLatin1String(key)))
                    fail(at(place, key), Text::tr("A group of fields has only a name, a count and its fields."));
            field.type = Type::Group;
            field.isRepeated = object.contains(u"count");
            field.count = field.isRepeated ? amount(object.value(u"count"), at(place, "count")) : Amount{1, -1, false};
            field.fields = fields(object.value(u"fields"), at(place, "fields"), depth + 1);
            return field;
        }
        if (object.contains(u"count"))
            fail(at(place, "count"), Text::tr("Only a group of fields has a count."));
        type(object, place, field);
        field.isBigEndian = endian(object, place, m_isBigEndian);
        if (object.contains(u"value"))
            fixed(object.value(u"value"), at(place, "value"), field);
        const QJsonObject names = object.value(u"names").toObject();
        for (auto name = names.begin(); name != names.end(); ++name)
            field.names.insert(name.key().toUtf8(), name.value().toString().toUtf8());
        return field;
    }

    void type(const QJsonObject &object, const QString &place, Field &field)
    {
        const QByteArray word = string(object, place, "type").toLatin1();
        static const QHash<QByteArray, Type> kOther
            = {{"bytes", Type::Bytes}, {"text", Type::Text}, {"zero", Type::Zero}, {"payload", Type::Payload}};
        static const QHash<char, Type> kNumbers = {{'u', Type::Unsigned}, {'i', Type::Signed}, {'f', Type::Float}};
        const int bits = word.mid(1).toInt();
        if (kOther.contains(word)) {
            field.type = kOther.value(word);
        } else if (kNumbers.contains(word[0]) && (bits == 32 || bits == 64 || (word[0] != 'f' && (bits == 8 || bits == 16)))) {
            field.type = kNumbers.value(word[0]);
            field.length.number = bits / 8;
        } else {
            fail(at(place, "type"),
                Text::tr("“%1” is no type; these are: u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 bytes text zero payload.")
                    .arg(QString::fromLatin1(word)));
        }
        const bool needsLength = field.type == Type::Bytes || field.type == Type::Text || field.type == Type::Payload;
        if (needsLength)
            field.length = amount(object.value(u"length"), at(place, "length"));
        else if (object.contains(u"length"))
            fail(at(place, "length"), Text::tr("This type has a length of its own."));
        if (field.type == Type::Unsigned) {
            field.place = int(m_places.size());
            m_places.append(field.name);
        }
    }

    static void fixed(const QJsonValue &value, const QString &place, Field &field)
    {
        if (field.type == Type::Unsigned && value.isString()) {
            bool ok = false;
            const quint64 number = value.toString().toULongLong(&ok, 0); // "0xA55A"
            if (!ok)
                fail(place, Text::tr("A number is expected: 7 or \"0xA55A\"."));
            field.fixed = QByteArray::number(number);
        } else if (field.type == Type::Unsigned || field.type == Type::Signed) {
            field.fixed = QByteArray::number(qint64(value.toDouble()));
            if (!value.isDouble())
                fail(place, Text::tr("A number is expected: 7 or \"0xA55A\"."));
        } else if (field.type == Type::Text || field.type == Type::Bytes) {
            field.fixed = field.type == Type::Text ? value.toString().toUtf8() : QByteArray::fromHex(value.toString().toLatin1());
            if (field.fixed.isEmpty() || field.length.field >= 0 || field.length.isRest
                || field.length.number != field.fixed.size())
                fail(place, Text::tr("A text, or bytes in hexadecimal, as long as the length says are expected."));
        } else {
            fail(place, Text::tr("This type has no fixed value."));
        }
    }

    bool m_isBigEndian = true;
    int m_fields = 0;
    QByteArrayList m_places; ///< names of the unsigned numbers so far
};

} // namespace

Result<Format> read(const QByteArray &json, const QString &file)
{
    const auto fault = [&file](const QString &detail) { return Error::invalid(Text::tr("use the decoder"), detail, file); };
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return fault(Text::tr("Line %1: %2.")
                         .arg(json.first(std::min<qsizetype>(error.offset, json.size())).count('\n') + 1)
                         .arg(error.errorString()));
    if (!document.isObject())
        return fault(Text::tr("A description in braces is expected."));
    try {
        return DescriptionReader().format(document.object());
    } catch (const Fault &wrong) {
        return fault(wrong.place + QStringLiteral(": ") + wrong.detail);
    }
}

} // namespace forkscope::description
