// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/resourcelimits.h"

#include "ui/launch/childsteps.h"
#include "ui/launch/childstepwords.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>

namespace forkscope {

namespace {

using Resource = SetResourceLimit::Resource;

QString example(Resource resource)
{
    if (ChildStepWords::isTime(resource))
        return QStringLiteral("90 s");
    return ChildStepWords::isSize(resource) ? QStringLiteral("512 MiB") : QStringLiteral("1024");
}

QString what(Resource resource)
{
    switch (resource) {
    case Resource::Core:
        return ResourceLimits::tr("the largest core file that a crash leaves; 0: none");
    case Resource::CpuTime:
        return ResourceLimits::tr("computing time; then SIGXCPU, at the hard limit SIGKILL");
    case Resource::DataSize:
        return ResourceLimits::tr("heap and initialised data; then allocations fail");
    case Resource::FileSize:
        return ResourceLimits::tr("the largest file that it may write; then SIGXFSZ");
    case Resource::LockedMemory:
        return ResourceLimits::tr("memory that it may keep from being swapped out");
    case Resource::OpenFiles:
        return ResourceLimits::tr("one more than the highest descriptor that it may have");
    case Resource::Processes:
        return ResourceLimits::tr("processes and threads that its user may have in all");
    case Resource::StackSize:
        return ResourceLimits::tr("the stack of the main thread; then SIGSEGV");
    case Resource::AddressSpace:
        break;
    }
    return ResourceLimits::tr("all its virtual memory; then allocations fail");
}

} // namespace

ResourceLimits::ResourceLimits(ChildSteps *steps, QWidget *parent) : QWidget(parent), m_steps(steps)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->addWidget(new QLabel(tr("Soft")), 0, 1);
    grid->addWidget(new QLabel(tr("Hard")), 0, 2);
    grid->setColumnStretch(3, 1);
    for (int i = 0; i < kCount; ++i) {
        const auto resource = Resource(i);
        const QString name = ChildStepWords::resourceName(resource);
        Row &row = m_rows[size_t(i)];
        row.check = new QCheckBox(name);
        row.soft = new QLineEdit;
        row.hard = new QLineEdit;
        row.soft->setAccessibleName(tr("%1: soft limit").arg(name));
        row.hard->setAccessibleName(tr("%1: hard limit").arg(name));
        auto *help = new QLabel(what(resource));
        help->setForegroundRole(QPalette::PlaceholderText);
        help->setWordWrap(true);
        const QString text = tr("%1: %2. Soft: what counts. Hard: how far it may be raised again. For example %3.\nPython: %4")
                                 .arg(name, what(resource), example(resource),
                                     ChildStepWords::resourcePython(resource) + QStringLiteral(", setrlimit(2)"));
        for (QWidget *widget :
            {static_cast<QWidget *>(row.check), static_cast<QWidget *>(row.soft), static_cast<QWidget *>(row.hard)}) {
            widget->setToolTip(text);
            widget->setWhatsThis(text);
        }
        for (QLineEdit *edit : {row.soft, row.hard}) {
            edit->setFixedWidth(fontMetrics().averageCharWidth() * 14);
            edit->setEnabled(false);
            connect(edit, &QLineEdit::textEdited, this, [this, i] { write(i); });
        }
        grid->addWidget(row.check, i + 1, 0);
        grid->addWidget(row.soft, i + 1, 1);
        grid->addWidget(row.hard, i + 1, 2);
        grid->addWidget(help, i + 1, 3);
        connect(row.check, &QCheckBox::toggled, this, [this, i](bool on) {
            m_rows[size_t(i)].soft->setEnabled(on);
            m_rows[size_t(i)].hard->setEnabled(on);
            m_rows[size_t(i)].soft->setPlaceholderText(on ? tr("unlimited") : QString());
            m_rows[size_t(i)].hard->setPlaceholderText(on ? tr("as it is") : QString());
        });
        connect(row.check, &QCheckBox::clicked, this, [this, i] { write(i); });
    }
    setFocusProxy(m_rows.front().check);
}

void ResourceLimits::read()
{
    for (int i = 0; i < kCount; ++i) {
        const auto resource = Resource(i);
        const auto step
            = m_steps->find<SetResourceLimit>([resource](const SetResourceLimit &limit) { return limit.resource == resource; });
        const Row &row = m_rows[size_t(i)];
        const auto text = [&](const std::optional<quint64> &value) {
            return value ? ChildStepWords::limitText(resource, *value) : QString();
        };
        row.check->setChecked(step.has_value());
        row.soft->setText(step ? text(step->soft) : QString());
        row.hard->setText(step ? text(step->hard) : QString());
    }
}

QString ResourceLimits::faultOf(int i) const
{
    const Row &row = m_rows[size_t(i)];
    if (!row.check->isChecked())
        return {};
    for (const QLineEdit *edit : {row.soft, row.hard}) {
        if (edit->text().trimmed().isEmpty())
            continue;
        const Result<quint64> value = ChildStepWords::parseLimit(Resource(i), edit->text());
        if (!value)
            return tr("%1: %2").arg(row.check->text(), value.error().detail);
    }
    return {};
}

QString ResourceLimits::fault() const
{
    for (int i = 0; i < kCount; ++i) {
        if (const QString text = faultOf(i); !text.isEmpty())
            return text;
    }
    return {};
}

void ResourceLimits::write(int i)
{
    const auto resource = Resource(i);
    const Row &row = m_rows[size_t(i)];
    if (faultOf(i).isEmpty()) {
        const auto value = [&](const QLineEdit *edit) -> std::optional<quint64> {
            if (edit->text().trimmed().isEmpty())
                return {};
            return ChildStepWords::parseLimit(resource, edit->text()).value();
        };
        std::optional<SetResourceLimit> step;
        if (row.check->isChecked())
            step = SetResourceLimit{resource, value(row.soft), value(row.hard)};
        m_steps->set<SetResourceLimit>(step, [resource](const SetResourceLimit &limit) { return limit.resource == resource; });
    }
    emit changed();
}

} // namespace forkscope
