// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolrequest.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace forkscope {

QCborValue argumentOf(const QByteArray &column)
{
    // As the only element of an array, since a document is no single value.
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson('[' + column + ']', &error);
    if (error.error == QJsonParseError::NoError && json.array().size() == 1)
        return QCborValue::fromJsonValue(json.array().at(0));
    return QCborValue(QString::fromUtf8(column));
}

TaskSource::TaskSource(PoolRequest request, pool::InputReader inputs, std::optional<pool::CommandTemplate> command)
    : m_request(std::move(request)), m_inputs(std::move(inputs)), m_command(std::move(command))
{
    LaunchSpec launch;
    launch.workingDirectory = m_request.workingDirectory;
    launch.startNewSession = true;
    m_launch = std::make_shared<const LaunchSpec>(std::move(launch));
}

Result<TaskSource> TaskSource::open(PoolRequest request)
{
    std::optional<pool::CommandTemplate> command;
    if (request.function.isEmpty()) {
        auto parsed = pool::CommandTemplate::parse(request.command);
        if (!parsed)
            return parsed.error();
        command = std::move(parsed).value();
    }
    auto inputs = pool::InputReader::open(request.inputs);
    if (!inputs)
        return inputs.error();
    if (const auto columns = inputs.value().columns(); command && columns)
        if (const auto fits = command->check(*columns); !fits)
            return fits.error();
    return TaskSource(std::move(request), std::move(inputs).value(), std::move(command));
}

Result<QList<pool::TaskSpec>> TaskSource::next(int most)
{
    QList<pool::TaskSpec> tasks;
    while (tasks.size() < most) {
        auto input = m_inputs.next();
        if (!input)
            return input.error();
        if (!input.value())
            break;
        const QByteArrayList columns = *std::move(input).value();
        ++m_number;
        pool::TaskSpec task;
        if (m_command) {
            auto arguments = m_command->arguments({.columns = columns, .number = m_number, .slot = 1});
            if (!arguments)
                return arguments.error();
            task.command = m_launch;
            task.commandArguments = std::move(arguments).value();
        } else {
            task.function = m_request.function;
            for (const QByteArray &column : columns)
                task.arguments.append(argumentOf(column));
        }
        task.options = m_request.task;
        tasks.append(std::move(task));
    }
    return tasks;
}

} // namespace forkscope
