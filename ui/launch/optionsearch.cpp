// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/optionsearch.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QStandardItemModel>

#include <algorithm>

namespace forkscope {

namespace {

/// 0: not found; the higher the better.
int score(const LaunchOption &option, const QString &text)
{
    if (option.field.compare(text, Qt::CaseInsensitive) == 0)
        return 4;
    const QRegularExpression word(QStringLiteral("\\b%1").arg(QRegularExpression::escape(text)),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    if (option.label.contains(word) || option.python.contains(word))
        return 3;
    if (option.label.contains(text, Qt::CaseInsensitive) || option.python.contains(text, Qt::CaseInsensitive))
        return 2;
    return option.help.contains(text, Qt::CaseInsensitive) ? 1 : 0;
}

} // namespace

OptionSearch::OptionSearch(QWidget *parent)
    : QLineEdit(parent), m_found(new QStandardItemModel(this)), m_completer(new QCompleter(m_found, this))
{
    setPlaceholderText(tr("Find an option: umask, preexec_fn, memory … (Ctrl+F)"));
    setAccessibleName(tr("Find an option"));
    setClearButtonEnabled(true);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(12);
    m_completer->setWidget(this); // not setCompleter(): that would write the chosen line into the field
    connect(this, &QLineEdit::textEdited, this, &OptionSearch::refill);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, [this](const QModelIndex &index) {
        auto *editor = index.data(Qt::UserRole).value<QWidget *>();
        clear();
        emit chosen(editor);
    });
}

void OptionSearch::add(LaunchSection *section)
{
    m_options += section->options();
}

QList<LaunchOption> OptionSearch::find(const QString &text) const
{
    QList<std::pair<int, const LaunchOption *>> found;
    for (const LaunchOption &option : m_options) {
        if (const int points = text.trimmed().isEmpty() ? 0 : score(option, text.trimmed()))
            found.append({points, &option});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    QList<LaunchOption> options;
    for (const auto &[points, option] : std::as_const(found))
        options.append(*option);
    return options;
}

void OptionSearch::refill()
{
    m_found->clear();
    for (const LaunchOption &option : find(text())) {
        auto *item = new QStandardItem(option.python.isEmpty() ? option.label : tr("%1   (%2)").arg(option.label, option.python));
        item->setToolTip(option.help);
        item->setData(QVariant::fromValue(option.editor), Qt::UserRole);
        m_found->appendRow(item);
    }
    if (m_found->rowCount() > 0)
        m_completer->complete();
    else
        m_completer->popup()->hide();
}

void OptionSearch::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        const QList<LaunchOption> found = find(text());
        if (!found.isEmpty()) {
            m_completer->popup()->hide();
            clear();
            emit chosen(found.first().editor);
        }
        event->accept(); // it never runs the command
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace forkscope
