// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/pooloptionsedit.h"

#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QSpinBox>

namespace forkscope {

namespace {

/// A figure ≥ 0; nothing where the field is empty; NaN where it is none.
std::optional<double> figureOf(const QLineEdit *edit)
{
    const QString text = edit->text().trimmed();
    if (text.isEmpty())
        return {};
    bool ok = false;
    const double value = QLocale().toDouble(text, &ok);
    return ok && value >= 0 ? value : qQNaN();
}

} // namespace

PoolOptionsEdit::PoolOptionsEdit(QWidget *parent)
    : QWidget(parent), m_retries(new QSpinBox), m_halt(new QComboBox), m_haltOf(new QComboBox), m_haltCount(new QSpinBox),
      m_haltUnit(new QComboBox), m_perCommand(new QSpinBox), m_perWorker(new QSpinBox),
      m_skipBlank(new QCheckBox(tr("Leave out blank inputs"))), m_close(new QCheckBox(tr("Close the pool when all tasks are in")))
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_retries->setRange(0, 1000);
    m_retries->setToolTip(tr("So many further attempts at a task that did not succeed"));
    form->addRow(tr("&Retries"), m_retries);
    m_delay
        = addText(form, tr("Wait &before a retry"), tr("none; for example 1 s"), tr("Doubles with each attempt, up to a minute"));
    m_timeout = addText(form, tr("Time&out of an attempt"), tr("none; for example 30 s or 2 min"),
        tr("One that takes longer is ended, with all its children, and counts as timed out"));
    buildHalt(form);
    m_load = addText(form, tr("Only below a &load of"), tr("no limit; for example 4"),
        tr("No task starts while the load average of the last minute is higher"));
    m_pressure = addText(form, tr("Only below memory pressure of (%)"), tr("no limit; for example 10"),
        tr("No task starts while processes waited for memory for more of the last ten seconds (/proc/pressure/memory)"));
    m_memory = addText(
        form, tr("Leave memory fr&ee"), tr("no limit; for example 2 GiB"), tr("No task starts while less memory is available"));
    m_columns = addText(form, tr("Colu&mns are separated by"), tr("not split; for example , or \\t"),
        tr("A regular expression. Commands get the columns as {1} {2} …, functions as arguments"));
    m_perCommand->setRange(1, 100'000);
    m_perCommand->setToolTip(tr("So many inputs are given to one command, or one call"));
    form->addRow(tr("&Inputs a task"), m_perCommand);
    m_perWorker->setRange(0, 1'000'000'000);
    m_perWorker->setSpecialValueText(tr("any number"));
    m_perWorker->setToolTip(tr("Of functions: a worker process is replaced by a new one after so many"));
    form->addRow(tr("Tas&ks a worker process"), m_perWorker);
    m_tags = addText(form, tr("Ta&gs"), tr("words to find the tasks by"), tr("Separated by blanks"));
    form->addRow(QString(), m_skipBlank);
    form->addRow(QString(), m_close);

    for (QSpinBox *box : {m_retries, m_haltCount, m_perCommand, m_perWorker})
        connect(box, &QSpinBox::valueChanged, this, &PoolOptionsEdit::changed);
    for (QComboBox *box : {m_halt, m_haltOf, m_haltUnit})
        connect(box, &QComboBox::currentIndexChanged, this, &PoolOptionsEdit::changed);
    for (QCheckBox *box : {m_skipBlank, m_close})
        connect(box, &QCheckBox::toggled, this, &PoolOptionsEdit::changed);
}

QLineEdit *PoolOptionsEdit::addText(QFormLayout *form, const QString &label, const QString &placeholder, const QString &tip)
{
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(placeholder);
    edit->setToolTip(tip);
    form->addRow(label, edit);
    connect(edit, &QLineEdit::textChanged, this, &PoolOptionsEdit::changed);
    return edit;
}

void PoolOptionsEdit::buildHalt(QFormLayout *form)
{
    m_halt->addItems({tr("go on"), tr("let the running ones end, start none"), tr("end the running ones too")});
    m_halt->setAccessibleName(tr("What the pool does then"));
    m_haltCount->setRange(1, 1'000'000);
    m_haltCount->setAccessibleName(tr("How many"));
    m_haltUnit->addItems({tr("tasks"), tr("% of all")});
    m_haltUnit->setAccessibleName(tr("Tasks, or percent of all"));
    m_haltOf->addItems({tr("fail"), tr("succeed")});
    m_haltOf->setAccessibleName(tr("Fail or succeed"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_haltCount);
    row->addWidget(m_haltUnit);
    row->addWidget(m_haltOf);
    row->addWidget(new QLabel(tr(": ")));
    row->addWidget(m_halt, 1);
    auto *label = new QLabel(tr("W&hen"));
    label->setBuddy(m_haltCount);
    form->addRow(label, row);
    const auto judge = [this](int unit) { m_haltCount->setMaximum(unit == 1 ? 100 : 1'000'000); };
    connect(m_haltUnit, &QComboBox::currentIndexChanged, this, judge);
}

QString PoolOptionsEdit::fault() const
{
    for (const QLineEdit *edit : {m_delay, m_timeout})
        if (!edit->text().trimmed().isEmpty())
            if (const auto duration = parseDuration(edit->text()); !duration)
                return duration.error().detail;
    if (!m_memory->text().trimmed().isEmpty())
        if (const auto size = parseSize(m_memory->text()); !size)
            return size.error().detail;
    for (const QLineEdit *edit : {m_load, m_pressure})
        if (const auto figure = figureOf(edit); figure && qIsNaN(*figure))
            return tr("“%1” is no number.").arg(edit->text());
    if (const QRegularExpression separator(m_columns->text()); !separator.isValid())
        return tr("“%1” is no regular expression: %2").arg(m_columns->text(), separator.errorString());
    return {};
}

void PoolOptionsEdit::store(PoolRequest &request) const
{
    request.task.retries = m_retries->value();
    if (const auto delay = parseDuration(m_delay->text()); !m_delay->text().trimmed().isEmpty() && delay)
        request.task.retryDelay.first = delay.value();
    if (const auto timeout = parseDuration(m_timeout->text()); !m_timeout->text().trimmed().isEmpty() && timeout)
        request.task.timeout = timeout.value();
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    request.task.tags = m_tags->text().split(blanks, Qt::SkipEmptyParts);
    pool::HaltPolicy &halt = request.options.halt;
    halt.when = pool::HaltPolicy::When(m_halt->currentIndex());
    halt.of = pool::HaltPolicy::Of(m_haltOf->currentIndex());
    (m_haltUnit->currentIndex() == 1 ? halt.percent : halt.count) = m_haltCount->value();
    if (halt.when == pool::HaltPolicy::When::Never)
        halt = {};
    request.options.limits.load = figureOf(m_load);
    request.options.limits.memoryPressure = figureOf(m_pressure);
    if (const auto size = parseSize(m_memory->text()); !m_memory->text().trimmed().isEmpty() && size)
        request.options.limits.freeMemory = qint64(size.value());
    request.options.maxTasksPerChild = m_perWorker->value();
    request.inputs.columnSeparator = m_columns->text().toUtf8();
    request.inputs.perCommand = m_perCommand->value();
    request.inputs.skipBlank = m_skipBlank->isChecked();
    request.close = m_close->isChecked();
}

QString PoolOptionsEdit::summary() const
{
    PoolRequest request;
    store(request);
    QStringList parts;
    if (request.task.retries > 0)
        parts.append(tr("%n retry(s)", nullptr, request.task.retries));
    if (request.task.timeout)
        parts.append(tr("timeout %1").arg(durationInputText(*request.task.timeout)));
    if (request.options.halt.when != pool::HaltPolicy::When::Never)
        parts.append(tr("halts"));
    const pool::PoolLimits &limits = request.options.limits;
    if (limits.load || limits.memoryPressure || limits.freeMemory)
        parts.append(tr("limits"));
    if (!request.inputs.columnSeparator.isEmpty())
        parts.append(tr("columns"));
    if (request.inputs.perCommand > 1)
        parts.append(tr("%n input(s) a task", nullptr, request.inputs.perCommand));
    if (request.close)
        parts.append(tr("closed at the end"));
    return parts.join(QStringLiteral(", "));
}

} // namespace forkscope
