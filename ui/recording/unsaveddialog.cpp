// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/unsaveddialog.h"

#include "ui/preferences/preferences.h"
#include "ui/recording/recordingwords.h"
#include "ui/recording/unsavedactions.h"
#include "ui/recording/unsavedmodel.h"
#include "ui/window/background.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>
#include <QTimer>
#include <QTreeView>
#include <QVBoxLayout>

namespace forkscope {

namespace {

QString limitsText(const CacheLimits &limits)
{
    const QString days = QLocale().toString(limits.days), size = bytesText(qint64(limits.bytes));
    if (limits.days > 0 && limits.bytes > 0)
        return UnsavedDialog::tr("Those older than %1 days, and the oldest beyond %2 in all, are removed when Forkscope starts.")
            .arg(days, size);
    if (limits.days > 0)
        return UnsavedDialog::tr("Those older than %1 days are removed when Forkscope starts.").arg(days);
    if (limits.bytes > 0)
        return UnsavedDialog::tr("The oldest beyond %1 in all are removed when Forkscope starts.").arg(size);
    return UnsavedDialog::tr("They stay until they are removed here.");
}

QList<CachedRecording> unused(QList<CachedRecording> recordings)
{
    recordings.removeIf([](const CachedRecording &recording) { return recording.use != FileUse::None; });
    return recordings;
}

} // namespace

UnsavedDialog::UnsavedDialog(QWidget *parent)
    : QDialog(parent), m_model(new UnsavedModel(this)), m_actions(new UnsavedActions(this)), m_table(new QTreeView),
      m_summary(new QLabel), m_result(new QLabel), m_open(new QPushButton(tr("&Open"))), m_save(new QPushButton(tr("&Save as…"))),
      m_remove(new QPushButton(tr("&Remove…"))), m_removeAll(new QPushButton(tr("Remove &all…")))
{
    setWindowTitle(tr("Unsaved recordings"));
    auto *what = new QLabel(tr("What sessions have recorded that nobody saved. A session that ends properly takes its recording "
                               "with it; one that crashed or was killed leaves it here. %1")
                                .arg(limitsText(Preferences::cacheLimits())));
    what->setWordWrap(true);
    m_table->setModel(m_model);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAccessibleName(tr("Unsaved recordings"));
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setMinimumSectionSize(90);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(UnsavedModel::Command, QHeaderView::Stretch);
    m_summary->setWordWrap(true);
    m_result->setWordWrap(true);
    m_result->setTextFormat(Qt::PlainText);
    m_result->hide();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *line = new QHBoxLayout;
    for (QPushButton *button : {m_open, m_save, m_remove, m_removeAll}) {
        button->setAutoDefault(false); // Enter opens what is selected in the table
        line->addWidget(button);
    }
    line->addStretch();
    line->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(what);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_summary);
    layout->addWidget(m_result);
    layout->addLayout(line);
    resize(860, 420);

    const auto open = [this] {
        if (m_open->isEnabled())
            emit openRequested(m_model->recording(selectedRows().first()).path);
    };
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_open, &QPushButton::clicked, this, open);
    connect(m_table, &QTreeView::activated, this, open);
    connect(m_save, &QPushButton::clicked, this, [this] { m_actions->saveAs(m_model->recording(selectedRows().first())); });
    const auto remove = [this] {
        QList<CachedRecording> chosen;
        for (const int row : selectedRows())
            chosen.append(m_model->recording(row));
        if (m_remove->isEnabled())
            m_actions->remove(chosen);
    };
    connect(m_remove, &QPushButton::clicked, this, remove);
    connect(
        new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this, remove);
    connect(m_removeAll, &QPushButton::clicked, this, [this] { m_actions->remove(unused(m_model->recordings())); });
    connect(m_actions, &UnsavedActions::busyChanged, this, &UnsavedDialog::updateButtons);
    const auto tell = [this](const QString &text) {
        m_result->setText(text);
        m_result->show();
    };
    connect(m_actions, &UnsavedActions::told, this, tell);
    connect(m_actions, &UnsavedActions::failed, this,
        [tell](const QString &, const Error &error) { tell(QStringLiteral("⚠ %1").arg(errorText(error))); });
    connect(m_actions, &UnsavedActions::done, this, &UnsavedDialog::reload);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &UnsavedDialog::updateButtons);
    auto *clock = new QTimer(this); // ages grow, sessions end
    connect(clock, &QTimer::timeout, this, &UnsavedDialog::reload);
    clock->start(30'000);
    m_table->setFocus();
    updateButtons();
    reload();
}

void UnsavedDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow())
        reload();
}

void UnsavedDialog::reload()
{
    if (std::exchange(m_loading, true))
        return;
    runInBackground(
        this, [] { return RecordingCache().list(); },
        [this](const Result<QList<CachedRecording>> &listed) {
            m_loading = false;
            m_model->setRecordings(listed ? listed.value() : QList<CachedRecording>());
            const QList<CachedRecording> all = m_model->recordings();
            if (!listed)
                m_summary->setText(QStringLiteral("⚠ %1").arg(errorText(listed.error())));
            else if (all.isEmpty())
                m_summary->setText(tr("There are none."));
            else
                m_summary->setText(tr("%1, of which in use: %2").arg(countText(all)).arg(all.size() - unused(all).size()));
            if (!m_table->currentIndex().isValid() && !all.isEmpty()) { // the newest with which something can be done
                const auto free
                    = std::find_if(all.begin(), all.end(), [](const auto &each) { return each.use == FileUse::None; });
                m_table->setCurrentIndex(m_model->index(free == all.end() ? 0 : int(free - all.begin()), 0));
            }
            updateButtons();
            readNext();
        });
}

/// One file after the other.
void UnsavedDialog::readNext()
{
    const auto next = m_model->nextUnread();
    if (m_reading || !next)
        return;
    m_reading = true;
    runInBackground(
        this, [path = next->path] { return summarizeRecording(path); },
        [this, path = next->path](const Result<RecordingSummary> &summary) {
            m_reading = false;
            m_model->setSummary(path, summary);
            readNext();
        });
}

QList<int> UnsavedDialog::selectedRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void UnsavedDialog::updateButtons()
{
    const QList<int> rows = selectedRows();
    const bool idle = !m_actions->isBusy();
    const bool free
        = std::all_of(rows.begin(), rows.end(), [this](int row) { return m_model->recording(row).use == FileUse::None; });
    m_open->setEnabled(rows.size() == 1);
    m_save->setEnabled(idle && rows.size() == 1 && free);
    m_remove->setEnabled(idle && !rows.isEmpty() && free);
    m_removeAll->setEnabled(idle && !unused(m_model->recordings()).isEmpty());
}

} // namespace forkscope
