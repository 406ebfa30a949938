// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/colorrulesdialog.h"

#include "ui/traffic/filteredit.h"
#include "ui/widgets/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace forkscope {

namespace {

QIcon swatch(RuleHue hue, const QPalette &palette)
{
    QPixmap pixmap(16, 16);
    pixmap.fill(hueColor(hue, palette));
    return pixmap;
}

} // namespace

ColorRulesDialog::ColorRulesDialog(QList<ColorRule> rules, QWidget *parent)
    : QDialog(parent), m_rules(std::move(rules)), m_list(new QListWidget), m_name(new QLineEdit), m_mark(new QLineEdit),
      m_filter(new FilterEdit), m_hue(new QComboBox), m_enabled(new QCheckBox(tr("&Use this rule"))), m_problem(new QLabel),
      m_remove(new QPushButton(tr("&Remove"))), m_up(new QPushButton(tr("Move &up"))), m_down(new QPushButton(tr("Move &down")))
{
    setWindowTitle(tr("Colours of messages"));
    m_list->setAccessibleName(tr("Rules"));
    m_name->setMaxLength(80);
    m_mark->setMaxLength(2);
    m_mark->setToolTip(tr("One letter or symbol, shown beside the colour"));
    for (int i = 0; i < kRuleHues; ++i)
        m_hue->addItem(swatch(RuleHue(i), palette()), hueName(RuleHue(i)));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto *explanation = new QLabel(tr("The first rule that fits a message gives it its colour and its mark. Rules that look into "
                                      "the content leave out messages over %1.")
                                       .arg(bytesText(qint64(ColorRules::kLongest))));
    explanation->setWordWrap(true);

    auto *add = new QPushButton(tr("&Add"));
    auto *restore = new QPushButton(tr("&Standard rules"));
    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {add, m_remove, m_up, m_down, restore}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *top = new QHBoxLayout;
    top->addWidget(m_list, 1);
    top->addLayout(buttons);
    auto *form = new QFormLayout;
    form->addRow(tr("&Name:"), m_name);
    form->addRow(tr("&Filter:"), m_filter);
    form->addRow(QString(), m_problem);
    form->addRow(tr("C&olour:"), m_hue);
    form->addRow(tr("&Mark:"), m_mark);
    form->addRow(QString(), m_enabled);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(explanation);
    layout->addLayout(top, 1);
    layout->addLayout(form);
    layout->addWidget(box);
    resize(560, 440);

    connect(add, &QPushButton::clicked, this, &ColorRulesDialog::addRule);
    connect(m_remove, &QPushButton::clicked, this, &ColorRulesDialog::removeRule);
    connect(m_up, &QPushButton::clicked, this, [this] { moveRule(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveRule(1); });
    connect(restore, &QPushButton::clicked, this, [this] {
        m_rules = ColorRules::defaults();
        fillList(0);
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &ColorRulesDialog::showRule);
    connect(m_name, &QLineEdit::textEdited, this, &ColorRulesDialog::changeRule);
    connect(m_mark, &QLineEdit::textEdited, this, &ColorRulesDialog::changeRule);
    connect(m_filter, &FilterEdit::parsedChanged, this, &ColorRulesDialog::changeRule);
    connect(m_hue, &QComboBox::activated, this, &ColorRulesDialog::changeRule);
    connect(m_enabled, &QCheckBox::toggled, this, &ColorRulesDialog::changeRule);
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fillList(0);
}

int ColorRulesDialog::current() const
{
    return m_list->currentRow();
}

void ColorRulesDialog::fillList(int current)
{
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const ColorRule &rule : std::as_const(m_rules)) {
            auto *item = new QListWidgetItem(
                swatch(rule.hue, palette()), tr("%1  %2", "mark, name of a colour rule").arg(rule.mark, rule.name), m_list);
            if (!rule.isEnabled)
                item->setForeground(palette().color(QPalette::PlaceholderText));
        }
        m_list->setCurrentRow(std::clamp(current, -1, int(m_rules.size()) - 1));
    }
    showRule();
}

void ColorRulesDialog::showRule()
{
    const QScopedValueRollback showing(m_showing, true);
    const int row = current();
    const bool any = row >= 0 && row < m_rules.size();
    const ColorRule rule = any ? m_rules[row] : ColorRule();
    for (QWidget *widget : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_mark), static_cast<QWidget *>(m_filter),
             static_cast<QWidget *>(m_hue), static_cast<QWidget *>(m_enabled)})
        widget->setEnabled(any);
    m_name->setText(rule.name);
    m_filter->setText(rule.filter);
    m_mark->setText(rule.mark);
    m_hue->setCurrentIndex(int(rule.hue));
    m_enabled->setChecked(any && rule.isEnabled);
    m_remove->setEnabled(any);
    m_up->setEnabled(any && row > 0);
    m_down->setEnabled(any && row + 1 < m_rules.size());
    m_problem->setText(any && m_filter->problem() ? tr("⚠ %1").arg(m_filter->problem()->text) : QString());
}

void ColorRulesDialog::changeRule()
{
    const int row = current();
    if (m_showing || row < 0 || row >= m_rules.size())
        return;
    m_rules[row] = {m_name->text(), m_filter->text(), RuleHue(m_hue->currentIndex()), m_mark->text(), m_enabled->isChecked()};
    m_problem->setText(
        m_filter->problem() ? tr("⚠ %1 Until then the rule does nothing.").arg(m_filter->problem()->text) : QString());
    QListWidgetItem *item = m_list->item(row);
    item->setText(tr("%1  %2", "mark, name of a colour rule").arg(m_rules[row].mark, m_rules[row].name));
    item->setIcon(swatch(m_rules[row].hue, palette()));
    item->setForeground(palette().color(m_rules[row].isEnabled ? QPalette::Text : QPalette::PlaceholderText));
}

void ColorRulesDialog::addRule()
{
    m_rules.append({tr("New rule"), {}, RuleHue::Purple, QStringLiteral("*"), true});
    fillList(int(m_rules.size()) - 1);
    m_filter->setFocus();
}

void ColorRulesDialog::removeRule()
{
    if (const int row = current(); row >= 0) {
        m_rules.removeAt(row);
        fillList(std::min(row, int(m_rules.size()) - 1));
    }
}

void ColorRulesDialog::moveRule(int step)
{
    const int row = current(), to = row + step;
    if (row < 0 || to < 0 || to >= m_rules.size())
        return;
    m_rules.move(row, to);
    fillList(to);
}

} // namespace forkscope
