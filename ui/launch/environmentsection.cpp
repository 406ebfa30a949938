// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/environmentsection.h"

#include "ui/launch/entrylist.h"
#include "ui/launch/environmentmodel.h"
#include "ui/widgets/bytestext.h"
#include "ui/widgets/status.h"
#include "ui/window/background.h"

#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>

namespace forkscope {

namespace {

QToolButton *newButton(const QString &text, const QString &help)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setToolTip(help);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

EnvironmentSection::EnvironmentSection(QWidget *parent)
    : LaunchSection(tr("Environment"), parent), m_model(new EnvironmentModel(effectiveEnvironment(LaunchSpec()), this)),
      m_filtered(new QSortFilterProxyModel(this)), m_table(new QTableView), m_filter(new QLineEdit),
      m_empty(new QCheckBox(tr("Start from an empty environment"))), m_files(new EntryList(tr(".env files"))),
      m_add(newButton(tr("Add variable"), tr("Adds a variable to the table"))),
      m_remove(newButton(tr("Remove"), tr("The command will not get the variable (Delete)"))),
      m_restore(newButton(tr("Restore"), tr("The variable is inherited as it is"))), m_filesHint(new QLabel)
{
    buildTable();
    buildFiles();
    m_terminalNote = addNote(tr("A terminal sets TERM=xterm-256color and COLORTERM=truecolor, unless they are set here."));
    m_terminalNote->hide();
    connect(m_model, &EnvironmentModel::changed, this, [this] {
        updateButtons();
        emit changed();
    });
    updateButtons();
}

void EnvironmentSection::buildTable()
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setDynamicSortFilter(false); // a row must not vanish while it is edited
    m_table->setModel(m_filtered);
    m_table->setAccessibleName(tr("Environment variables"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(
        QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    m_table->horizontalHeader()->setSectionResizeMode(EnvironmentModel::Value, QHeaderView::Stretch);
    m_table->setColumnWidth(EnvironmentModel::Name, fontMetrics().averageCharWidth() * 26);
    m_table->setColumnWidth(EnvironmentModel::State, fontMetrics().averageCharWidth() * 16);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setFixedHeight(m_table->verticalHeader()->defaultSectionSize() * 9 + 8);
    useTableKeys(m_table, [this] { removeVariable(); });
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the variables"));
    m_filter->setClearButtonEnabled(true);

    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_filter, 1);
    row->addWidget(m_add);
    row->addWidget(m_remove);
    row->addWidget(m_restore);
    addCheck({"env_empty", m_empty->text(), QStringLiteral("env={…} instead of env=None"),
                 tr("Nothing is inherited: the command gets the variables that are added here, and no others.")},
        m_empty);
    addRow({"env", tr("Variables"), QStringLiteral("env, os.environ"),
               tr("All variables that the command gets. Edit a value in its row; “removed” ones are not handed on.")},
        m_table);
    addWide(bar);

    connect(m_empty, &QCheckBox::toggled, this, [this](bool empty) { m_model->setInherits(!empty); });
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &EnvironmentSection::updateButtons);
    connect(m_add, &QToolButton::clicked, this, &EnvironmentSection::addVariable);
    connect(m_remove, &QToolButton::clicked, this, &EnvironmentSection::removeVariable);
    connect(m_restore, &QToolButton::clicked, this, &EnvironmentSection::restoreVariable);
}

void EnvironmentSection::buildFiles()
{
    m_filesHint->setWordWrap(true);
    m_filesHint->setTextFormat(Qt::RichText);
    m_filesHint->hide();
    addRow({"env_file", tr(".env files"), QStringLiteral("none; python-dotenv’s load_dotenv()"),
               tr("Files with NAME=VALUE lines, read at the start in this order. What is set in the table wins.")},
        m_files);
    addWide(m_filesHint);
    QToolButton *choose = m_files->addButton(tr("Choose…"), tr("Chooses a file to add"));
    choose->setAccessibleName(tr("Choose a .env file"));
    connect(choose, &QToolButton::clicked, this, &EnvironmentSection::chooseFile);
    connect(m_files, &EntryList::changed, this, [this] {
        lookAtFiles();
        emit changed();
    });
}

void EnvironmentSection::load(const LaunchProfile &profile)
{
    m_model->load(profile.launch.inheritEnvironment, profile.launch.environment);
    const QSignalBlocker quiet(m_empty);
    m_empty->setChecked(!profile.launch.inheritEnvironment);
    QStringList files;
    for (const QByteArray &file : profile.launch.environmentFiles)
        files.append(textOfBytes(file));
    m_files->setEntries(files);
    lookAtFiles();
    updateButtons();
}

void EnvironmentSection::store(LaunchProfile &profile) const
{
    profile.launch.inheritEnvironment = m_model->inherits();
    profile.launch.environment = m_model->changes();
    profile.launch.environmentFiles.clear();
    for (const QString &file : m_files->entries())
        profile.launch.environmentFiles.append(bytesOfText(file));
}

QString EnvironmentSection::summary() const
{
    using Kind = EnvironmentModel::Kind;
    QStringList parts;
    if (!m_model->inherits())
        parts.append(tr("empty at first"));
    if (const int count = m_model->count(Kind::Changed))
        parts.append(tr("%n changed", nullptr, count));
    if (const int count = m_model->count(Kind::Added))
        parts.append(tr("%n added", nullptr, count));
    if (const int count = m_model->count(Kind::Removed))
        parts.append(tr("%n removed", nullptr, count));
    if (const QStringList files = m_files->entries(); files.size() == 1)
        parts.append(tr("from %1").arg(files.first()));
    else if (!files.isEmpty())
        parts.append(tr("from %n file(s)", nullptr, int(files.size())));
    return parts.join(QStringLiteral(", "));
}

void EnvironmentSection::setTerminal(bool terminal)
{
    m_terminalNote->setVisible(terminal);
}

void EnvironmentSection::setBase(const QByteArray &directory)
{
    if (directory == m_base)
        return;
    m_base = directory;
    lookAtFiles();
}

QString EnvironmentSection::filesHint() const
{
    return m_filesHint->text();
}

int EnvironmentSection::currentRow() const
{
    return m_filtered->mapToSource(m_table->currentIndex()).row();
}

void EnvironmentSection::updateButtons()
{
    using Kind = EnvironmentModel::Kind;
    const int row = currentRow();
    const Kind kind = row < 0 ? Kind::Inherited : m_model->kind(row);
    m_remove->setEnabled(row >= 0 && kind != Kind::Removed && kind != Kind::LeftOut);
    m_restore->setEnabled(row >= 0 && kind != Kind::Inherited && (kind != Kind::Added || !m_model->inherits()));
    m_restore->setText(m_model->inherits() ? tr("Restore") : tr("Hand on"));
}

void EnvironmentSection::addVariable()
{
    m_filter->clear();
    const int row = m_model->addVariable();
    const QModelIndex index = m_filtered->mapFromSource(m_model->index(row, EnvironmentModel::Name));
    m_table->setFocus();
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
    m_table->edit(index);
}

void EnvironmentSection::removeVariable()
{
    if (m_remove->isEnabled())
        m_model->remove(currentRow());
}

void EnvironmentSection::restoreVariable()
{
    if (m_restore->isEnabled())
        m_model->restore(currentRow());
}

void EnvironmentSection::lookAtFiles()
{
    QStringList paths;
    const QDir base(QFile::decodeName(m_base));
    for (const QString &file : m_files->entries())
        paths.append(base.absoluteFilePath(QFile::decodeName(bytesOfText(file))));
    runInBackground( // they may lie on a slow network
        this,
        [paths, names = m_files->entries()] {
            QStringList missing;
            for (qsizetype i = 0; i < paths.size(); ++i) {
                const QFileInfo info(paths[i]);
                if (!info.isFile() || !info.isReadable())
                    missing.append(names[i]);
            }
            return missing;
        },
        [this, ticket = ++m_ticket, any = !paths.isEmpty()](const QStringList &missing) {
            if (ticket == m_ticket)
                showFiles(any, missing);
        });
}

void EnvironmentSection::showFiles(bool any, const QStringList &missing)
{
    const auto line = [](const QColor &color, const QString &mark, const QString &text) {
        return QStringLiteral("<span style='color:%1'>%2</span> %3").arg(color.name(), mark, text.toHtmlEscaped());
    };
    m_filesHint->setText(missing.isEmpty()
            ? line(statusColor(Status::Finished), QStringLiteral("✓"), tr("All of them can be read."))
            : line(warningColor(), QStringLiteral("!"), tr("Cannot be read: %1").arg(missing.join(QStringLiteral(", ")))));
    m_filesHint->setVisible(any);
}

void EnvironmentSection::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a .env file"), QFile::decodeName(m_base));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setFilter(QDir::AllDirs | QDir::Files | QDir::Hidden | QDir::NoDot);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, m_files, &EntryList::add);
    dialog->open();
}

} // namespace forkscope
