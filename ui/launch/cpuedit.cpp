// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/cpuedit.h"

#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QThread>

namespace forkscope {

namespace {

constexpr int kLargestCpu = 4095;

}

CpuEdit::CpuEdit(QWidget *parent) : QWidget(parent), m_line(new QLineEdit)
{
    constexpr int kMostBoxes = 64;
    constexpr int kInARow = 8;
    m_line->setPlaceholderText(QStringLiteral("0-3, 8"));
    m_line->setAccessibleName(tr("CPU numbers"));
    setFocusProxy(m_line);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->addWidget(m_line, 0, 0, 1, kInARow + 1);
    grid->setColumnStretch(kInARow, 1);
    for (int cpu = 0; cpu < std::min(QThread::idealThreadCount(), kMostBoxes); ++cpu) {
        auto *box = new QCheckBox(QString::number(cpu));
        box->setAccessibleName(tr("CPU %1").arg(cpu));
        grid->addWidget(box, 1 + cpu / kInARow, cpu % kInARow);
        m_boxes.append(box);
        connect(box, &QCheckBox::clicked, this, [this, cpu](bool on) {
            QList<int> chosen = cpus();
            chosen.removeAll(cpu);
            if (on)
                chosen.insert(std::lower_bound(chosen.begin(), chosen.end(), cpu), cpu);
            m_line->setText(numberListText(chosen));
            emit changed();
        });
    }
    connect(m_line, &QLineEdit::textChanged, this, &CpuEdit::showBoxes);
    connect(m_line, &QLineEdit::textEdited, this, &CpuEdit::changed);
}

QList<int> CpuEdit::cpus() const
{
    const auto parsed = parseNumberList(m_line->text(), kLargestCpu);
    return parsed ? parsed.value() : QList<int>();
}

void CpuEdit::setCpus(const QList<int> &cpus)
{
    m_line->setText(numberListText(cpus));
}

QString CpuEdit::fault() const
{
    const auto parsed = parseNumberList(m_line->text(), kLargestCpu);
    if (!parsed)
        return parsed.error().detail;
    return parsed.value().isEmpty() ? tr("choose at least one CPU") : QString();
}

void CpuEdit::showBoxes()
{
    const QList<int> chosen = cpus();
    for (int cpu = 0; cpu < m_boxes.size(); ++cpu)
        m_boxes[cpu]->setChecked(chosen.contains(cpu));
}

} // namespace forkscope
