// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/launchdialog.h"

#include "ui/launch/commandsection.h"
#include "ui/launch/environmentsection.h"
#include "ui/launch/fold.h"
#include "ui/launch/limitssection.h"
#include "ui/launch/optionsearch.h"
#include "ui/launch/previewpane.h"
#include "ui/launch/sessionsection.h"
#include "ui/launch/streamedit.h"
#include "ui/launch/streamssection.h"
#include "ui/launch/supervisionsection.h"
#include "ui/launch/timeoutsection.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/status.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMetaMethod>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

LaunchDialog::LaunchDialog(const LaunchProfile &initial, Mode mode, const QStringList &otherProfiles, QWidget *parent)
    : QDialog(parent), m_mode(mode), m_initial(initial), m_otherProfiles(otherProfiles), m_search(new OptionSearch),
      m_preview(new PreviewPane), m_scroll(new QScrollArea), m_splitter(new QSplitter(Qt::Vertical)), m_help(new QLabel),
      m_reasonLine(new QLabel)
{
    setWindowTitle(mode == Mode::EditProfile ? tr("Edit profile") : tr("Launch with options"));
    setAttribute(Qt::WA_DeleteOnClose);
    buildGroups(otherProfiles);
    m_splitter->addWidget(m_scroll);
    m_splitter->addWidget(m_preview);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(buildBottom());

    for (LaunchSection *section : std::as_const(m_sections)) {
        section->load(initial);
        m_search->add(section);
        connect(section, &LaunchSection::changed, this, &LaunchDialog::refresh);
    }
    for (Fold *fold : std::as_const(m_folds))
        fold->setOpen(fold->section()->opensByItself());
    connect(m_command, &CommandSection::terminalChosen, m_streams, &StreamsSection::setTerminal);
    connect(m_search, &OptionSearch::chosen, this, &LaunchDialog::reveal);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { showHelp(now); });
    for (const QKeySequence &keys : {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)})
        connect(new QShortcut(keys, this), &QShortcut::activated, m_accept, &QPushButton::click);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    guardWheel();
    m_loading = false;
    refresh();
    restoreSize();
    m_command->line()->setFocus();
}

LaunchDialog::~LaunchDialog()
{
    // Fields tell of changes even while they are deleted.
    for (LaunchSection *section : std::as_const(m_sections))
        disconnect(section, nullptr, this, nullptr);
    disconnect(qApp, nullptr, this, nullptr);
    Settings settings;
    settings.setValue(QStringLiteral("launch/dialogSize"), size());
    settings.setValue(QStringLiteral("launch/dialogSplitter"), m_splitter->saveState());
}

/// The wheel scrolls the groups; it must not change what happens to pass below the pointer.
void LaunchDialog::guardWheel()
{
    for (QWidget *field : m_scroll->findChildren<QWidget *>()) {
        if (qobject_cast<QComboBox *>(field) || qobject_cast<QAbstractSpinBox *>(field)) {
            field->setFocusPolicy(Qt::StrongFocus);
            field->installEventFilter(this);
        }
    }
}

void LaunchDialog::buildGroups(const QStringList &otherProfiles)
{
    const bool profile = m_mode == Mode::EditProfile;
    m_command = new CommandSection(profile);
    m_streams = new StreamsSection;
    m_environment = new EnvironmentSection;
    m_limits = new LimitsSection;
    m_session = new SessionSection;
    m_timeout = new TimeoutSection;
    m_supervision = new SupervisionSection(profile, otherProfiles);
    m_sections = {m_command, m_streams, m_environment, m_limits, m_session, m_timeout, m_supervision};

    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(4);
    auto *command = new QWidget; // as far in as what the groups hold, so that all fields stand in one line
    auto *inset = new QVBoxLayout(command);
    inset->setContentsMargins(8, 0, 0, 8);
    inset->addWidget(m_command);
    layout->addWidget(command);
    for (LaunchSection *section : std::as_const(m_sections)) {
        if (section == m_command)
            continue;
        m_folds.append(new Fold(section));
        layout->addWidget(m_folds.constLast());
    }
    layout->addStretch();
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(page);
}

QWidget *LaunchDialog::buildBottom()
{
    m_help->setWordWrap(true);
    m_help->setTextFormat(Qt::PlainText);
    m_help->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_help->setForegroundRole(QPalette::PlaceholderText);
    m_help->setFixedHeight(m_help->fontMetrics().lineSpacing() * 3 + 2); // nothing moves when the focus does
    m_reasonLine->setTextFormat(Qt::RichText);
    m_reasonLine->setWordWrap(true);

    auto *buttons = new QDialogButtonBox;
    if (m_mode == Mode::Run) {
        m_accept = buttons->addButton(tr("Run"), QDialogButtonBox::AcceptRole);
        m_accept->setIcon(statusIcon(Status::Running));
        m_accept->setToolTip(tr("Launches the command (Ctrl+Enter)"));
        m_save = buttons->addButton(tr("Save as profile"), QDialogButtonBox::ActionRole);
        m_save->setToolTip(tr("Keeps it in the workspace under its name, without running it"));
        connect(m_save, &QPushButton::clicked, this, &LaunchDialog::save);
    } else {
        m_accept = buttons->addButton(QDialogButtonBox::Ok);
    }
    QPushButton *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    for (QPushButton *button : {m_accept, m_save, cancel}) {
        if (button)
            button->setAutoDefault(false); // keyPressEvent() says what Enter does
    }
    m_accept->setDefault(true);
    connect(m_accept, &QPushButton::clicked, this, &LaunchDialog::finish);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *bottom = new QWidget;
    auto *layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_help);
    auto *row = new QHBoxLayout;
    row->addWidget(m_reasonLine, 1);
    row->addWidget(buttons);
    layout->addLayout(row);
    return bottom;
}

void LaunchDialog::restoreSize()
{
    const Settings settings;
    const QSize room = screen()->availableSize() - QSize(40, 60);
    resize(settings.value(QStringLiteral("launch/dialogSize"), QSize(860, 640)).toSize().boundedTo(room));
    if (!m_splitter->restoreState(settings.value(QStringLiteral("launch/dialogSplitter")).toByteArray()))
        m_splitter->setSizes({440, 110});
}

LaunchProfile LaunchDialog::profile() const
{
    LaunchProfile profile = m_initial;
    for (const LaunchSection *section : m_sections)
        section->store(profile);
    return profile;
}

void LaunchDialog::setPipes(const QStringList &names, const ProfilePipes &used)
{
    m_streams->setPipes(names, used);
    guardWheel();
    for (Fold *fold : std::as_const(m_folds))
        fold->setOpen(fold->section()->opensByItself());
    refresh();
}

ProfilePipes LaunchDialog::pipes() const
{
    return m_streams->pipes();
}

/// As a program finds a named pipe by its path.
static void showPipes(LaunchSpec &spec, const ProfilePipes &pipes)
{
    if (!pipes.input.isEmpty())
        spec.standardInput = {StreamTarget::Kind::File, pipes.input.toUtf8() + ".out", false, -1};
    if (!pipes.output.isEmpty())
        spec.standardOutput = {StreamTarget::Kind::File, pipes.output.toUtf8() + ".in", false, -1};
}

void LaunchDialog::refresh()
{
    if (m_loading)
        return;
    const LaunchProfile now = profile();
    const auto pty = StreamTarget::Kind::Pty;
    const bool all = now.launch.standardInput.kind == pty && now.launch.standardOutput.kind == pty
        && (now.launch.standardError.kind == pty || now.launch.standardError.kind == StreamTarget::Kind::StandardOutput);
    m_command->showTerminal(all, now.launch.usesTerminal());
    m_environment->setTerminal(now.launch.usesTerminal());
    m_streams->setBase(now.launch.workingDirectory);
    m_environment->setBase(now.launch.workingDirectory);
    m_session->setBase(now.launch.workingDirectory);

    m_reason = judge();
    const QString before = m_mode == Mode::Run ? tr("Cannot be run: %1") : tr("Cannot be saved: %1");
    QString doubt = warnings(now.launch).value(0);
    if (const ProfilePipes used = pipes(); doubt.isEmpty() && !used.input.isEmpty() && used.input == used.output)
        doubt = tr("it reads from the pipe “%1” what it writes into it itself, and waits for ever once that is all")
                    .arg(used.input);
    m_reasonLine->setText(m_reason.isEmpty() && doubt.isEmpty() ? QString()
            : m_reason.isEmpty()
            ? QStringLiteral("<span style='color:%1'>!</span> %2").arg(warningColor().name(), asSentence(doubt).toHtmlEscaped())
            : QStringLiteral("<span style='color:%1'>✗</span> %2")
                  .arg(statusColor(Status::Failed).name(), before.arg(m_reason).toHtmlEscaped()));
    m_accept->setEnabled(m_reason.isEmpty());
    if (m_save)
        m_save->setEnabled(m_reason.isEmpty());
    for (Fold *fold : std::as_const(m_folds))
        fold->showSummary();
    LaunchSpec shown = now.launch;
    showPipes(shown, pipes());
    m_preview->show(shown, now.launch.arguments.isEmpty() ? tr("There is no command yet.") : QString());
}

/// Shows all faults beside their fields; the first one is returned.
QString LaunchDialog::judge()
{
    QString reason;
    for (LaunchSection *section : std::as_const(m_sections)) {
        const auto fault = section->judge();
        if (fault && reason.isEmpty())
            reason = fault->text;
    }
    if (!reason.isEmpty())
        return reason;
    const LaunchProfile now = profile();
    const std::optional<Error> error = faultOf(now, m_mode == Mode::EditProfile);
    if (!error)
        return {};
    // An empty command is no mistake before anything was typed.
    if (!now.launch.arguments.isEmpty() || m_command->wasEdited())
        showFault(*error);
    return error->detail.isEmpty() ? errorText(*error) : error->detail;
}

/// What is wrong, with the field that it is about as subject.
std::optional<Error> LaunchDialog::faultOf(const LaunchProfile &profile, bool asProfile) const
{
    if (auto error = validate(profile.launch))
        return error;
    if (!asProfile)
        return {};
    if (m_otherProfiles.contains(profile.name))
        return Error::invalid(tr("save the profile"), tr("another profile has this name"), QStringLiteral("name"));
    auto error = validate(profile);
    if (!error)
        return {};
    // It names the profile. The field is the one without which all is well.
    LaunchProfile other = profile;
    const auto blame = [&](const char *field) {
        if (!validate(other))
            error->subject = QLatin1String(field);
        other = profile;
    };
    other.name = QStringLiteral("name");
    blame("name");
    other.restart = {};
    blame("restart");
    other.readiness.reset();
    blame("readiness");
    other.stop = {};
    blame("stop");
    return error;
}

void LaunchDialog::showFault(const Error &error)
{
    // "readiness.target" where the group knows no more than "readiness", and the other way round.
    for (QString field = error.subject; !field.isEmpty(); field = field.section(u'.', 0, -2)) {
        for (LaunchSection *section : std::as_const(m_sections)) {
            if (section->showFault(field, error.detail))
                return;
        }
        if (!field.contains(u'.'))
            return;
    }
}

void LaunchDialog::reveal(QWidget *editor)
{
    for (Fold *fold : std::as_const(m_folds)) {
        if (fold->isAncestorOf(editor))
            fold->setOpen(true);
    }
    editor->setFocus(Qt::ShortcutFocusReason);
    // Once what was unfolded has its place.
    QTimer::singleShot(0, editor, [scroll = m_scroll, editor] { scroll->ensureWidgetVisible(editor, 0, 60); });
    if (!editor->hasFocus()) // a disabled one, or one that the group does not show now: its help at least
        showHelp(editor);
}

void LaunchDialog::showHelp(const QWidget *focused)
{
    if (!focused || !isAncestorOf(focused))
        return;
    QString help;
    for (const QWidget *widget = focused; widget && widget != this && help.isEmpty(); widget = widget->parentWidget())
        help = widget->whatsThis();
    m_help->setText(help);
}

void LaunchDialog::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter || (event->modifiers() & ~Qt::KeypadModifier)) {
        QDialog::keyPressEvent(event);
        return;
    }
    // Enter runs from a field; on a button it presses that button; anywhere else it does nothing.
    if (auto *button = qobject_cast<QAbstractButton *>(focusWidget()))
        button->click();
    else if (qobject_cast<QLineEdit *>(focusWidget()))
        m_accept->click();
    event->accept();
}

void LaunchDialog::showEvent(QShowEvent *event)
{
    if (m_save) {
        const bool saveable = isSignalConnected(QMetaMethod::fromSignal(&LaunchDialog::profileAccepted));
        m_save->setVisible(saveable);
        m_command->setSaveable(saveable);
    }
    QDialog::showEvent(event);
}

bool LaunchDialog::eventFilter(QObject *object, QEvent *event)
{
    const auto *field = qobject_cast<QWidget *>(object);
    if (event->type() == QEvent::Wheel && field && !field->hasFocus()) {
        event->ignore();
        return true;
    }
    return QDialog::eventFilter(object, event);
}

void LaunchDialog::finish()
{
    if (m_mode == Mode::Run)
        emit runRequested(profile().launch);
    else
        emit profileAccepted(profile());
    accept();
}

void LaunchDialog::save()
{
    const LaunchProfile now = profile();
    if (const std::optional<Error> error = faultOf(now, true)) {
        showFault(*error);
        for (const LaunchSection *section : std::as_const(m_sections)) {
            for (const LaunchOption &option : section->options()) {
                if (option.field == error->subject) {
                    reveal(option.editor);
                    return;
                }
            }
        }
        return;
    }
    emit profileAccepted(now);
    accept();
}

} // namespace forkscope
