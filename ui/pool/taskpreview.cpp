// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/taskpreview.h"

#include "core/pool/inputpreview.h"
#include "ui/pool/taskwords.h"
#include "ui/window/background.h"

#include <QFontDatabase>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kPauseMs = 200;
constexpr quint64 kCountUpTo = 1'000'000;

} // namespace

TaskPreview::TaskPreview(QWidget *parent) : QWidget(parent), m_title(new QLabel), m_text(new QPlainTextEdit)
{
    m_title->setWordWrap(true);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("The first tasks"));
    m_text->setFixedHeight(QFontMetrics(m_text->font()).lineSpacing() * (kShown + 1) + 12);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &TaskPreview::look);
}

void TaskPreview::setRequest(const PoolRequest &request, const QString &fault)
{
    m_request = request;
    ++m_number;
    m_usable = false;
    if (fault.isEmpty())
        return m_pause.start();
    m_pause.stop();
    show({.tasks = {}, .count = {}, .fault = fault});
}

TaskPreview::Found TaskPreview::find(const PoolRequest &request)
{
    Found found;
    const auto fail = [&found](const Error &error) {
        found.fault = errorText(error);
        return found;
    };
    auto source = TaskSource::open(request);
    if (!source)
        return fail(source.error());
    const auto tasks = source.value().next(kShown);
    if (!tasks)
        return fail(tasks.error());
    for (const pool::TaskSpec &task : tasks.value())
        found.tasks.append(TaskWords::name(task));
    // Calls are counted as commands are.
    const auto command
        = pool::CommandTemplate::parse(request.function.isEmpty() ? request.command : QByteArrayList{"echo", "{}"});
    if (!command)
        return fail(command.error());
    const auto counted = pool::previewInputs(command.value(), request.inputs, 0, kCountUpTo);
    if (!counted)
        return fail(counted.error());
    found.count = counted.value().count;
    return found;
}

void TaskPreview::look()
{
    runInBackground(
        this, [request = m_request] { return find(request); },
        [this, number = m_number](const Found &found) {
            if (number != m_number)
                return; // it was changed meanwhile
            m_usable = found.fault.isEmpty() && !found.tasks.isEmpty();
            show(found);
        });
}

void TaskPreview::show(const Found &found)
{
    if (!found.fault.isEmpty())
        m_title->setText(found.fault);
    else if (found.tasks.isEmpty())
        m_title->setText(tr("These inputs make no task."));
    else if (found.count)
        m_title->setText(tr("%Ln task(s):", nullptr, int(std::min<quint64>(*found.count, 2'000'000'000))));
    else
        m_title->setText(tr("More than %L1 tasks:").arg(kCountUpTo));
    QStringList lines = found.tasks;
    if (!lines.isEmpty() && found.count.value_or(kCountUpTo) > quint64(lines.size()))
        lines.append(QString(QChar(0x2026)));
    m_text->setPlainText(lines.join(QLatin1Char('\n')));
    emit shown();
}

QString TaskPreview::title() const
{
    return m_title->text();
}

QString TaskPreview::text() const
{
    return m_text->toPlainText();
}

} // namespace forkscope
