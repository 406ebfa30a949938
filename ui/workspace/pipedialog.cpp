// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/pipedialog.h"

#include "core/capture/tap.h"
#include "ui/launch/launchsection.h"
#include "ui/widgets/quantity.h"
#include "ui/widgets/status.h"
#include "ui/workspace/pipemodel.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace forkscope {

namespace {

enum Keep { Everything, FirstBytes, CountersOnly };
constexpr quint32 kDefaultKeepBytes = 256;

QStringList checkedOf(const QListWidget &list)
{
    QStringList names;
    for (int row = 0; row < list.count(); ++row)
        if (list.item(row)->checkState() == Qt::Checked)
            names.append(list.item(row)->text());
    return names;
}

} // namespace

PipeDialog::PipeDialog(const Workspace &workspace, const QString &name, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_name(name), m_nameEdit(new QLineEdit(name)), m_keep(new QComboBox),
      m_keepBytes(new QLineEdit), m_keepUnit(new QLabel(tr("of each piece"))), m_fault(new QLabel), m_notes(new QLabel),
      m_paths(new QLabel)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(name.isEmpty() ? tr("Add a named pipe") : tr("Named pipe %1").arg(name));
    const WorkspacePipe *known = findPipe(workspace, name);
    const WorkspacePipe pipe = known ? *known : WorkspacePipe();
    m_writers = newList(tr("Commands whose standard output it is"), pipe.writers);
    m_readers = newList(tr("Commands whose standard input it is"), pipe.readers);
    m_keep->addItems({tr("everything"), tr("the first bytes"), tr("counters only")});
    m_keep->setCurrentIndex(pipe.keep == 0 ? CountersOnly : pipe.keep == TapKeep::kEverything ? Everything : FirstBytes);
    m_keepBytes->setText(sizeInputText(pipe.keep == 0 || pipe.keep == TapKeep::kEverything ? kDefaultKeepBytes : pipe.keep));
    m_keepBytes->setAccessibleName(tr("Bytes of each piece that are recorded"));
    m_keepBytes->setMaximumWidth(fontMetrics().averageCharWidth() * 14);
    for (QLabel *label : {m_fault, m_notes, m_paths}) {
        label->setWordWrap(true);
        label->setTextFormat(label == m_paths ? Qt::PlainText : Qt::RichText);
    }
    m_paths->setForegroundRole(QPalette::PlaceholderText);
    m_paths->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *grid = new QGridLayout;
    const auto label = [](const QString &text, QWidget *buddy) {
        auto *made = new QLabel(text);
        made->setBuddy(buddy);
        return made;
    };
    auto *keep = new QHBoxLayout;
    keep->addWidget(m_keep);
    keep->addWidget(m_keepBytes);
    keep->addWidget(m_keepUnit);
    keep->addStretch();
    grid->addWidget(label(tr("&Name:"), m_nameEdit), 0, 0);
    grid->addWidget(m_nameEdit, 0, 1);
    grid->addWidget(label(tr("&Record:"), m_keep), 1, 0);
    grid->addLayout(keep, 1, 1);
    auto *sides = new QGridLayout;
    sides->addWidget(label(tr("Standard &output of:"), m_writers), 0, 0);
    sides->addWidget(label(tr("Standard &input of:"), m_readers), 0, 1);
    sides->addWidget(m_writers, 1, 0);
    sides->addWidget(m_readers, 1, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(grid);
    layout->addWidget(m_fault);
    layout->addLayout(sides, 1);
    layout->addWidget(m_notes);
    layout->addWidget(m_paths);
    layout->addWidget(buttons);
    resize(520, 400);

    connect(m_nameEdit, &QLineEdit::textChanged, this, &PipeDialog::refresh);
    connect(m_keepBytes, &QLineEdit::textChanged, this, &PipeDialog::refresh);
    connect(m_keep, &QComboBox::activated, this, &PipeDialog::refresh);
    for (QListWidget *list : {m_writers, m_readers})
        connect(list, &QListWidget::itemChanged, this, &PipeDialog::refresh);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit pipeAccepted(this->pipe());
        accept();
    });
    refresh();
}

QListWidget *PipeDialog::newList(const QString &name, const QStringList &checked)
{
    auto *list = new QListWidget;
    list->setAccessibleName(name);
    for (const LaunchProfile &profile : m_workspace.profiles) {
        auto *item = new QListWidgetItem(profile.name, list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(checked.contains(profile.name) ? Qt::Checked : Qt::Unchecked);
    }
    if (list->count() > 0)
        list->setCurrentRow(0);
    return list;
}

WorkspacePipe PipeDialog::pipe() const
{
    WorkspacePipe pipe{.name = m_nameEdit->text().trimmed(), .writers = checkedOf(*m_writers), .readers = checkedOf(*m_readers)};
    if (m_keep->currentIndex() == CountersOnly)
        pipe.keep = 0;
    else if (m_keep->currentIndex() == FirstBytes)
        if (const auto bytes = parseSize(m_keepBytes->text()); bytes && bytes.value() < TapKeep::kEverything)
            pipe.keep = quint32(bytes.value());
    return pipe;
}

QString PipeDialog::fault() const
{
    if (const QString fault = pipeNameFault(m_workspace, m_nameEdit->text().trimmed(), m_name); !fault.isEmpty())
        return fault;
    if (m_keep->currentIndex() == FirstBytes)
        if (const auto bytes = parseSize(m_keepBytes->text());
            !bytes || bytes.value() == 0 || bytes.value() >= TapKeep::kEverything)
            return tr("what is recorded of each piece is a size from 1 B to 4 GiB, such as 256 or 4 KiB");
    return {};
}

QString PipeDialog::notes() const
{
    const WorkspacePipe now = pipe();
    Workspace next = m_workspace;
    QStringList notes;
    for (const bool writes : {true, false}) {
        for (const QString &profile : writes ? now.writers : now.readers) {
            const ProfilePipes before = pipesOf(m_workspace, profile);
            const QString other = writes ? before.output : before.input;
            if (!other.isEmpty() && other != m_name)
                notes += writes
                    ? tr("%1 writes to the pipe “%2” until now, and to this one from its next start.").arg(profile, other)
                    : tr("%1 reads from the pipe “%2” until now, and from this one from its next start.").arg(profile, other);
        }
    }
    if (!m_name.isEmpty() && now.name != m_name) {
        const QStringList users = usersByPath(m_workspace, m_name, true) + usersByPath(m_workspace, m_name, false);
        if (!users.isEmpty())
            notes += tr("Used by its path, which has the old name in it: %1.").arg(users.join(QStringLiteral(", ")));
    }
    setPipe(next, m_name, now);
    if (const QString doubt = PipeModel::warning(next, now); !doubt.isEmpty())
        notes += doubt;
    return notes.join(u'\n');
}

void PipeDialog::refresh()
{
    const bool first = m_keep->currentIndex() == FirstBytes;
    m_keepBytes->setVisible(first);
    m_keepUnit->setVisible(first);
    const QString fault = this->fault(), notes = this->notes(), name = m_nameEdit->text().trimmed();
    // An empty name is no mistake before anything was typed.
    const bool shows = !fault.isEmpty() && (!name.isEmpty() || m_nameEdit->isModified());
    m_fault->setText(shows ? QStringLiteral("<span style='color:%1'>✗</span> %2")
                                 .arg(statusColor(Status::Failed).name(), asSentence(fault).toHtmlEscaped())
                           : QString());
    m_fault->setVisible(shows);
    QStringList lines;
    for (const QString &note : notes.split(u'\n', Qt::SkipEmptyParts))
        lines += QStringLiteral("<span style='color:%1'>⚠</span> %2").arg(warningColor().name(), note.toHtmlEscaped());
    m_notes->setText(lines.join(QStringLiteral("<br>")));
    m_notes->setVisible(!lines.isEmpty());
    m_paths->setText(
        tr("Any command of the workspace can also write to $FORKSCOPE_PIPES/%1.in and read from $FORKSCOPE_PIPES/%1.out.")
            .arg(name.isEmpty() ? tr("NAME") : name));
    m_accept->setEnabled(fault.isEmpty());
}

} // namespace forkscope
