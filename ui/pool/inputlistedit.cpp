// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/inputlistedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

using pool::InputList;

namespace {

constexpr int kMost = 1'000'000'000;

}

InputListEdit::InputListEdit(QWidget *parent)
    : QWidget(parent), m_kind(new QComboBox), m_stack(new QStackedWidget), m_lines(new QPlainTextEdit), m_file(new QLineEdit),
      m_browse(new QPushButton(tr("Choose…"))), m_glob(new QLineEdit), m_from(new QSpinBox), m_to(new QSpinBox),
      m_step(new QSpinBox), m_linked(new QCheckBox(tr("goes along with the list before it"))), m_remove(new QToolButton)
{
    for (const QString &name : {tr("Lines"), tr("File"), tr("File names"), tr("Numbers")})
        m_kind->addItem(name);
    m_kind->setAccessibleName(tr("Kind of inputs"));
    m_lines->setPlaceholderText(tr("One input a line: type or paste them here"));
    m_lines->setAccessibleName(tr("Inputs, one a line"));
    m_lines->setTabChangesFocus(true);
    m_lines->setMinimumHeight(m_lines->fontMetrics().lineSpacing() * 3 + 12);
    m_lines->setMaximumHeight(m_lines->fontMetrics().lineSpacing() * 7 + 12);
    m_file->setPlaceholderText(tr("A file with one input a line"));
    m_file->setAccessibleName(tr("File with inputs"));
    m_glob->setPlaceholderText(tr("A pattern, for example ~/Pictures/*.jpg"));
    m_glob->setAccessibleName(tr("Pattern of file names"));
    m_browse->setAutoDefault(false);
    auto *file = new QWidget;
    auto *fileRow = new QHBoxLayout(file);
    fileRow->setContentsMargins(0, 0, 0, 0);
    fileRow->addWidget(m_file, 1);
    fileRow->addWidget(m_browse);
    const auto top = [](QWidget *widget) { // not stretched to the height of the lines
        auto *page = new QWidget;
        auto *layout = new QVBoxLayout(page);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(widget);
        layout->addStretch();
        return page;
    };
    m_stack->addWidget(m_lines);
    m_stack->addWidget(top(file));
    m_stack->addWidget(top(m_glob));
    m_stack->addWidget(top(buildRange()));
    m_linked->setToolTip(tr("The first of this list comes with the first of the one before it, the second with the second …\n"
                            "Otherwise all combinations are made."));
    m_remove->setText(QStringLiteral("×"));
    m_remove->setToolTip(tr("Remove this list"));
    m_remove->setAccessibleName(m_remove->toolTip());
    m_remove->setFocusPolicy(Qt::TabFocus);

    auto *left = new QVBoxLayout;
    left->addWidget(m_kind);
    left->addStretch();
    auto *right = new QVBoxLayout;
    right->addWidget(m_remove);
    right->addStretch();
    auto *middle = new QVBoxLayout;
    middle->setSpacing(2);
    middle->addWidget(m_stack);
    middle->addWidget(m_linked);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(left);
    layout->addLayout(middle, 1);
    layout->addLayout(right);
    m_stack->setMaximumHeight(m_lines->maximumHeight());
    setNumber(0, false);

    const auto showKind = [this](int kind) {
        m_stack->setCurrentIndex(kind);
        // Only lines need height.
        m_stack->setMaximumHeight(kind == 0 ? m_lines->maximumHeight() : m_file->sizeHint().height() + 6);
        emit changed();
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, showKind);
    connect(m_lines, &QPlainTextEdit::textChanged, this, &InputListEdit::changed);
    connect(m_file, &QLineEdit::textChanged, this, &InputListEdit::changed);
    connect(m_glob, &QLineEdit::textChanged, this, &InputListEdit::changed);
    for (QSpinBox *box : {m_from, m_to, m_step})
        connect(box, &QSpinBox::valueChanged, this, &InputListEdit::changed);
    connect(m_linked, &QCheckBox::toggled, this, &InputListEdit::changed);
    connect(m_browse, &QPushButton::clicked, this, &InputListEdit::browse);
    connect(m_remove, &QToolButton::clicked, this, &InputListEdit::removeRequested);
}

QWidget *InputListEdit::buildRange()
{
    auto *range = new QWidget;
    auto *row = new QHBoxLayout(range);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [row](const QString &text, QSpinBox *box, int least, int value) {
        auto *label = new QLabel(text);
        box->setRange(least, kMost);
        box->setValue(value);
        box->setGroupSeparatorShown(true);
        box->setAccessibleName(text);
        row->addWidget(label);
        row->addWidget(box);
    };
    add(tr("from"), m_from, -kMost, 1);
    add(tr("to"), m_to, -kMost, 10);
    add(tr("step"), m_step, 1, 1);
    row->addStretch();
    return range;
}

void InputListEdit::browse()
{
    auto *dialog = new QFileDialog(this, tr("File with one input a line"), m_file->text());
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

void InputListEdit::setNumber(int number, bool removable)
{
    m_linked->setVisible(number > 0);
    m_remove->setVisible(removable);
    if (number == 0)
        m_linked->setChecked(false);
}

QWidgetList InputListEdit::fields() const
{
    return {m_kind, m_lines, m_file, m_browse, m_glob, m_from, m_to, m_step, m_linked, m_remove};
}

InputList InputListEdit::list() const
{
    InputList list;
    list.kind = InputList::Kind(m_kind->currentIndex());
    list.linked = m_linked->isChecked();
    switch (list.kind) {
    case InputList::Kind::Values:
        list.values = m_lines->toPlainText().toUtf8().split('\n');
        while (!list.values.isEmpty() && list.values.constLast().isEmpty()) // nobody means the empty line at the end
            list.values.removeLast();
        break;
    case InputList::Kind::File:
        list.source = QFile::encodeName(m_file->text());
        break;
    case InputList::Kind::Glob:
        list.source = QFile::encodeName(m_glob->text());
        break;
    case InputList::Kind::Range:
        list.source = QByteArray::number(m_from->value()) + ".." + QByteArray::number(m_to->value());
        if (m_step->value() != 1)
            list.source += ".." + QByteArray::number(m_step->value());
        break;
    }
    return list;
}

void InputListEdit::setList(const InputList &list)
{
    m_kind->setCurrentIndex(int(list.kind));
    m_linked->setChecked(list.linked);
    m_lines->setPlainText(QString::fromUtf8(list.values.join('\n')));
    if (list.kind == InputList::Kind::File)
        m_file->setText(QFile::decodeName(list.source));
    if (list.kind == InputList::Kind::Glob)
        m_glob->setText(QFile::decodeName(list.source));
    if (list.kind == InputList::Kind::Range) {
        const QStringList parts = QString::fromUtf8(list.source).split(QStringLiteral(".."));
        m_from->setValue(parts.value(0).toInt());
        m_to->setValue(parts.value(1).toInt());
        m_step->setValue(parts.size() > 2 ? parts.value(2).toInt() : 1);
    }
}

QString InputListEdit::fault() const
{
    const InputList current = list();
    switch (current.kind) {
    case InputList::Kind::Values:
        return current.values.isEmpty() ? tr("Type or paste the inputs, one a line.") : QString();
    case InputList::Kind::File:
        if (current.source.isEmpty())
            return tr("Choose the file that holds the inputs.");
        // One that never ends would hold up the thread that reads it.
        return QFileInfo(m_file->text()).isFile() ? QString() : tr("%1 is no file.").arg(m_file->text());
    case InputList::Kind::Glob:
        return current.source.isEmpty() ? tr("Type a pattern, for example *.png.") : QString();
    case InputList::Kind::Range:
        break;
    }
    return {};
}

} // namespace forkscope
