// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/dependencylist.h"

#include <QComboBox>
#include <QGridLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

QString DependencyList::conditionText(Dependency::Condition condition)
{
    switch (condition) {
    case Dependency::Condition::Started:
        return tr("was started");
    case Dependency::Condition::Ready:
        return tr("is ready");
    case Dependency::Condition::Completed:
        return tr("has ended");
    case Dependency::Condition::CompletedSuccessfully:
        break;
    }
    return tr("has ended with status 0");
}

DependencyList::DependencyList(const QStringList &otherProfiles, QWidget *parent)
    : QWidget(parent), m_others(otherProfiles), m_rows(new QWidget), m_add(new QToolButton)
{
    m_add->setText(tr("Add dependency"));
    m_add->setFocusPolicy(Qt::StrongFocus);
    m_add->setEnabled(!m_others.isEmpty());
    m_add->setToolTip(m_others.isEmpty() ? tr("The workspace has no other profile") : tr("Waits for one more profile"));
    setFocusProxy(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_rows);
    layout->addWidget(m_add);
    auto *grid = new QGridLayout(m_rows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setColumnStretch(0, 1);
    connect(m_add, &QToolButton::clicked, this, [this] {
        m_dependencies.append({m_others.first(), Dependency::Condition::Ready});
        rebuild();
        emit changed();
    });
}

void DependencyList::setDependencies(const QList<Dependency> &dependencies)
{
    m_dependencies = dependencies;
    rebuild();
}

void DependencyList::rebuild()
{
    auto *grid = static_cast<QGridLayout *>(m_rows->layout());
    // Not at once: one of them may be the button that was clicked.
    for (QWidget *old : m_rows->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        grid->removeWidget(old);
        old->hide();
        old->deleteLater();
    }
    for (int i = 0; i < m_dependencies.size(); ++i) {
        auto *other = new QComboBox;
        other->addItems(m_others);
        if (!m_others.contains(m_dependencies[i].profile))
            other->addItem(m_dependencies[i].profile); // gone, or never there: shown, and found fault with
        other->setCurrentText(m_dependencies[i].profile);
        other->setAccessibleName(tr("Dependency %1: profile").arg(i + 1));
        auto *condition = new QComboBox;
        for (const auto value : {Dependency::Condition::Started, Dependency::Condition::Ready, Dependency::Condition::Completed,
                 Dependency::Condition::CompletedSuccessfully})
            condition->addItem(conditionText(value));
        condition->setCurrentIndex(int(m_dependencies[i].condition));
        condition->setAccessibleName(tr("Dependency %1: what it must have reached").arg(i + 1));
        auto *remove = new QToolButton;
        remove->setText(tr("Remove"));
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setAccessibleName(tr("Remove dependency %1").arg(i + 1));
        grid->addWidget(other, i, 0);
        grid->addWidget(condition, i, 1);
        grid->addWidget(remove, i, 2);
        connect(other, &QComboBox::textActivated, this, [this, i](const QString &name) {
            m_dependencies[i].profile = name;
            emit changed();
        });
        connect(condition, &QComboBox::activated, this, [this, i](int index) {
            m_dependencies[i].condition = Dependency::Condition(index);
            emit changed();
        });
        connect(remove, &QToolButton::clicked, this, [this, i] {
            m_dependencies.removeAt(i);
            rebuild();
            m_add->setFocus();
            emit changed();
        });
    }
    m_rows->setVisible(!m_dependencies.isEmpty());
}

} // namespace forkscope
