// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolbuilder.h"

#include "core/pool/builtinfunctions.h"
#include "ui/pool/inputlistedit.h"
#include "ui/pool/pooloptionsedit.h"
#include "ui/pool/taskpreview.h"
#include "ui/widgets/bytestext.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QThread>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

QString effect(pool::BuiltinFunction::Does does)
{
    using Does = pool::BuiltinFunction::Does;
    switch (does) {
    case Does::Sleep:
        return PoolBuilder::tr("Waits so many seconds.");
    case Does::Spin:
        return PoolBuilder::tr("Keeps a CPU busy for so many milliseconds.");
    case Does::CountPrimes:
        return PoolBuilder::tr("Counts the primes from the first number to the one before the second.");
    case Does::Fibonacci:
        return PoolBuilder::tr("Computes a Fibonacci number the slow way: each one more takes 1.6 times as long.");
    case Does::Echo:
        return PoolBuilder::tr("Returns its argument.");
    case Does::FailSometimes:
        return PoolBuilder::tr("Fails in so many of a hundred calls: to see retries.");
    case Does::Crash:
        return PoolBuilder::tr("Is ended by that signal, and its worker with it: to see that the pool goes on.");
    case Does::Exit:
        return PoolBuilder::tr("Ends its worker with that exit status: to see that the pool goes on.");
    }
    return {};
}

QString functionHint(const pool::BuiltinFunction &function)
{
    return PoolBuilder::tr("%1 An input, for example: %2").arg(effect(function.does), QLatin1String(function.example));
}

} // namespace

PoolBuilder::PoolBuilder(QWidget *parent)
    : QDialog(parent), m_isCommand(new QRadioButton(tr("A &command"))), m_isFunction(new QRadioButton(tr("A &function"))),
      m_command(new QLineEdit), m_function(new QComboBox), m_hint(new QLabel), m_name(new QLineEdit), m_workers(new QSpinBox),
      m_addList(new QPushButton(tr("&Another list of inputs"))), m_more(new QToolButton), m_options(new PoolOptionsEdit),
      m_preview(new TaskPreview), m_start(new QPushButton(tr("&Start the pool")))
{
    setWindowTitle(tr("New pool"));
    auto *page = new QWidget;
    auto *form = new QVBoxLayout(page);
    form->setContentsMargins(0, 0, 8, 0);
    buildWhat(form);
    buildInputs(form);
    buildOptions(form);
    form->addStretch();
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    area->setFocusPolicy(Qt::NoFocus);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_start, QDialogButtonBox::AcceptRole);
    m_start->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &PoolBuilder::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(area, 1);
    layout->addWidget(m_preview);
    layout->addWidget(buttons);
    connect(m_preview, &TaskPreview::shown, this, [this] {
        m_start->setEnabled(m_preview->isUsable());
        m_start->setDefault(true);
    });
    addList();
    area->setMinimumWidth(page->minimumSizeHint().width() + 24);
    resize(680, 600);
    changed();
    m_command->setFocus();
}

void PoolBuilder::buildWhat(QVBoxLayout *layout)
{
    m_isCommand->setChecked(true);
    m_command->setPlaceholderText(tr("for example: gzip -k {}"));
    m_command->setAccessibleName(tr("Command of each task"));
    m_command->setClearButtonEnabled(true);
    m_function->setAccessibleName(tr("Function of each task"));
    for (const pool::BuiltinFunction &function : pool::kBuiltinFunctions)
        m_function->addItem(QStringLiteral("%1(%2)").arg(QLatin1String(function.name), QLatin1String(function.arguments)),
            QByteArray(function.name));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_name->setPlaceholderText(tr("Pool 1, 2, …"));
    m_workers->setRange(1, 1000);
    m_workers->setValue(std::max(1, QThread::idealThreadCount()));

    auto *box = new QGroupBox(tr("What each task does"));
    auto *grid = new QGridLayout(box);
    grid->addWidget(m_isCommand, 0, 0);
    grid->addWidget(m_command, 0, 1);
    grid->addWidget(m_isFunction, 1, 0);
    grid->addWidget(m_function, 1, 1);
    grid->addWidget(m_hint, 2, 1);
    auto *row = new QHBoxLayout;
    auto *workers = new QLabel(tr("&Workers"));
    workers->setBuddy(m_workers);
    workers->setToolTip(tr("So many tasks run at once"));
    m_workers->setToolTip(workers->toolTip());
    auto *name = new QLabel(tr("&Name"));
    name->setBuddy(m_name);
    row->addWidget(m_workers);
    row->addSpacing(12);
    row->addWidget(name);
    row->addWidget(m_name, 1);
    grid->addWidget(workers, 3, 0);
    grid->addLayout(row, 3, 1);
    layout->addWidget(box);

    connect(m_isCommand, &QRadioButton::toggled, this, &PoolBuilder::changed);
    connect(m_command, &QLineEdit::textChanged, this, &PoolBuilder::changed);
    connect(m_function, &QComboBox::currentIndexChanged, this, &PoolBuilder::changed);
}

void PoolBuilder::buildInputs(QVBoxLayout *layout)
{
    auto *box = new QGroupBox(tr("Its inputs: a task for each of them"));
    auto *outer = new QVBoxLayout(box);
    m_listLayout = new QVBoxLayout;
    outer->addLayout(m_listLayout);
    m_addList->setAutoDefault(false); // Enter is for the pool
    m_addList->setToolTip(tr("A task for each combination of the lists: a matrix"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_addList);
    row->addStretch();
    outer->addLayout(row);
    layout->addWidget(box);
    connect(m_addList, &QPushButton::clicked, this, [this] {
        addList()->kindBox()->setFocus();
        changed();
    });
}

void PoolBuilder::buildOptions(QVBoxLayout *layout)
{
    m_more->setText(tr("More options"));
    m_more->setArrowType(Qt::RightArrow);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setAutoRaise(true);
    m_more->setCheckable(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_options->hide();
    layout->addWidget(m_more);
    layout->addWidget(m_options);
    connect(m_more, &QToolButton::toggled, this, [this](bool open) {
        m_options->setVisible(open);
        m_more->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_options, &PoolOptionsEdit::changed, this, &PoolBuilder::changed);
}

InputListEdit *PoolBuilder::addList()
{
    auto *list = new InputListEdit;
    m_lists.append(list);
    m_listLayout->addWidget(list);
    connect(list, &InputListEdit::changed, this, &PoolBuilder::changed);
    connect(list, &InputListEdit::removeRequested, this, [this, list] { removeList(list); });
    numberLists();
    return list;
}

void PoolBuilder::removeList(InputListEdit *list)
{
    m_lists.removeOne(list);
    list->hide();
    list->deleteLater();
    numberLists();
    changed();
}

void PoolBuilder::numberLists()
{
    for (int i = 0; i < int(m_lists.size()); ++i)
        m_lists[i]->setNumber(i, m_lists.size() > 1);
    orderTabs();
}

/// As one reads; lists come and go.
void PoolBuilder::orderTabs()
{
    QWidgetList order = {m_isCommand, m_command, m_isFunction, m_function, m_workers, m_name};
    for (const InputListEdit *list : m_lists)
        order += list->fields();
    order += {m_addList, m_more};
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order[i - 1], order[i]);
}

PoolRequest PoolBuilder::request() const
{
    PoolRequest request;
    if (m_isFunction->isChecked())
        request.function = m_function->currentData().toByteArray();
    else
        request.command = {bytesOfText(m_command->text().trimmed())};
    request.workingDirectory = QFile::encodeName(m_workingDirectory);
    request.options.name = m_name->text().trimmed();
    request.options.processes = m_workers->value();
    m_options->store(request);
    for (const InputListEdit *list : m_lists)
        request.inputs.lists.append(list->list());
    // One line holds all arguments of a function.
    if (!request.function.isEmpty() && m_lists.size() == 1 && request.inputs.columnSeparator.isEmpty())
        request.inputs.columnSeparator = ",";
    return request;
}

void PoolBuilder::setRequest(const PoolRequest &request)
{
    (request.function.isEmpty() ? m_isCommand : m_isFunction)->setChecked(true);
    m_command->setText(textOfBytes(request.command.value(0)));
    m_function->setCurrentIndex(std::max(0, m_function->findData(request.function)));
    m_name->setText(request.options.name);
    if (request.options.processes > 0)
        m_workers->setValue(request.options.processes);
    while (m_lists.size() < request.inputs.lists.size())
        addList();
    for (int i = 0; i < int(request.inputs.lists.size()); ++i)
        m_lists[i]->setList(request.inputs.lists[i]);
}

QString PoolBuilder::fault() const
{
    if (m_isCommand->isChecked() && m_command->text().trimmed().isEmpty())
        return tr("Type the command. {} in it stands for the input; without {} the input comes at the end.");
    for (const InputListEdit *list : m_lists)
        if (const QString fault = list->fault(); !fault.isEmpty())
            return fault;
    return m_options->fault();
}

void PoolBuilder::changed()
{
    if (m_lists.isEmpty())
        return; // being built
    const bool command = m_isCommand->isChecked();
    m_command->setEnabled(command);
    m_function->setEnabled(!command);
    const int function = m_function->currentIndex();
    m_hint->setText(command
            ? tr("{} the input · {.} without extension · {/} without folder · {//} its folder · {1} {2} one of several "
                 "lists · {#} number of the task")
            : function >= 0 ? functionHint(pool::kBuiltinFunctions[size_t(function)])
                            : QString());
    const QString summary = m_options->summary();
    m_more->setText(summary.isEmpty() ? tr("More options") : tr("More options (%1)").arg(summary));
    m_start->setEnabled(false);
    m_preview->setRequest(request(), fault());
}

void PoolBuilder::accept()
{
    if (!m_preview->isUsable())
        return;
    emit startRequested(request());
    QDialog::accept();
}

} // namespace forkscope
