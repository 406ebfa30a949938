// SPDX-License-Identifier: GPL-3.0-or-later
// A program that decodes: a message in, a tree as JSON out.
#include "core/decode/fieldtree.h"
#include "core/launch/runcommand.h"
#include "core/userdecoders/keptprogram.h"
#include "core/userdecoders/userdecoders.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>
#include <atomic>

namespace forkscope {

namespace {

using decode::Decoded;
using decode::Field;

constexpr qsizetype kMostBytes = 1 << 20; ///< of a message that it gets

quint64 whole(const QJsonValue &value)
{
    const double number = value.toDouble();
    return number >= 0 && number < 9e15 ? quint64(number) : 0;
}

class ProgramDecoder : public decode::Decoder
{
public:
    ProgramDecoder(QByteArray name, const QByteArray &path, std::chrono::milliseconds idle)
        : m_name(std::move(name)), m_path(path), m_kept(path, idle)
    {
    }

    const char *name() const override { return m_name.constData(); }
    /// Never guessed: it runs only where somebody has chosen it.
    int confidence(QByteArrayView) const override { return 0; }

    Decoded decode(QByteArrayView bytes, const decode::Limits &limits) const override
    {
        const QByteArrayView sent = bytes.first(std::min(bytes.size(), kMostBytes));
        QByteArray reply;
        if (const QByteArray problem = m_keepsRunning ? m_kept.ask(sent, reply) : askOnce(sent, reply); !problem.isEmpty())
            return failed(problem);
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(reply, &error);
        if (!document.isObject())
            return failed("its answer is no JSON object: " + error.errorString().toUtf8());
        if (document.object().value(u"keeps_running").toBool())
            m_keepsRunning = true;
        return told(document.object(), bytes, limits);
    }

private:
    Decoded failed(const QByteArray &problem) const { return decode::malformed(0, m_name + ": " + problem); }

    /// What went wrong; empty: reply is there. The program gets the end of input behind the message.
    QByteArray askOnce(QByteArrayView message, QByteArray &reply) const
    {
        QByteArray length(4, '\0');
        qToBigEndian(quint32(message.size()), length.data());
        LaunchSpec spec;
        spec.arguments = {m_path};
        spec.input = length + message.toByteArray();
        spec.captureOutput = true;
        spec.timeout = kProgramTimeout;
        spec.startNewSession = true;
        spec.workingDirectory = "/";
        bool isTooMuch = false;
        try {
            const CompletedProcess done = runCommand(spec, [&](Popen &process) {
                isTooMuch |= process.collected().output.size() > kMostReply;
                if (isTooMuch)
                    (void)process.kill();
            });
            if (isTooMuch || done.output.size() > kMostReply)
                return "its answer is longer than 4 MiB";
            if (done.returnCode != 0)
                return "it failed: " + decode::shownPart(done.error.view()).toByteArray().simplified();
            reply = done.output.toByteArray();
            if (reply.size() < 4 || qsizetype(qFromBigEndian<quint32>(reply.constData())) != reply.size() - 4)
                return "its answer is no length of 4 bytes and so many bytes";
            reply.remove(0, 4);
            return {};
        } catch (const TimeoutExpired &) {
            return "it was killed, since it gave no answer within a second";
        } catch (const std::exception &error) {
            return error.what();
        }
    }

    Decoded told(const QJsonObject &object, QByteArrayView bytes, const decode::Limits &limits) const
    {
        decode::Budget budget(limits);
        Field root{m_name, oneLine(object.value(u"value")), 0, 0, {}};
        addFields(object.value(u"fields").toArray(), root, quint64(bytes.size()), budget);
        const QString state = object.value(u"state").toString();
        const quint64 used = whole(object.value(u"used"));
        if (state == u"partial")
            return decode::partial(used > quint64(bytes.size()) ? used : 0, std::move(root));
        if (state == u"complete" && used > 0 && used <= quint64(bytes.size()))
            return decode::complete(used, std::move(root), budget);
        return decode::malformed(0,
            state == u"malformed" ? oneLine(object.value(u"problem"))
                                  : m_name + ": a state (complete, partial, malformed) and the bytes used are expected",
            std::move(root));
    }

    static QByteArray oneLine(const QJsonValue &value)
    {
        const QByteArray text = value.toVariant().toString().toUtf8();
        const QByteArray shown = decode::shownPart(text).toByteArray();
        return value.isString() ? shown.simplified() : shown;
    }

    static void addFields(const QJsonArray &array, Field &parent, quint64 end, decode::Budget &budget)
    {
        if (array.isEmpty() || !budget.enter())
            return;
        for (const QJsonValue &value : array) {
            const QJsonObject object = value.toObject();
            const quint64 offset = std::min(whole(object.value(u"offset")), end);
            Field *const added = budget.add(parent,
                {oneLine(object.value(u"name")), oneLine(object.value(u"value")), offset,
                    std::min(whole(object.value(u"length")), end - offset), {}});
            if (!added)
                break;
            addFields(object.value(u"fields").toArray(), *added, end, budget);
        }
        budget.leave();
    }

    const QByteArray m_name, m_path;
    mutable std::atomic<bool> m_keepsRunning = false; ///< it has said so
    mutable KeptPrograms m_kept;
};

} // namespace

std::unique_ptr<const decode::Decoder> programDecoder(const QByteArray &name, const QString &path, std::chrono::milliseconds idle)
{
    return std::make_unique<ProgramDecoder>(name, QFile::encodeName(path), idle);
}

} // namespace forkscope
