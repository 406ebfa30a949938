// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/sessionsection.h"

#include "ui/launch/childstepwords.h"
#include "ui/launch/pathedit.h"
#include "ui/widgets/bytestext.h"
#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>

namespace forkscope {

namespace {

constexpr int kLargestDescriptor = 1'048'575; // nr_open of the kernel, if nobody raised it

/// "12" or "0x8"; nothing where the text is neither.
std::optional<int> number(const QString &text)
{
    bool isNumber = false;
    const int value = text.trimmed().toInt(&isNumber, text.contains(u'x') ? 16 : 10);
    return isNumber ? std::optional(value) : std::nullopt;
}

QString numberFault(const QLineEdit *edit)
{
    return edit->text().trimmed().isEmpty() || number(edit->text()) ? QString() : SessionSection::tr("this is a whole number");
}

std::optional<QByteArray> nameOf(const QLineEdit *edit)
{
    const QString text = edit->text().trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(bytesOfText(text));
}

} // namespace

SessionSection::SessionSection(QWidget *parent)
    : LaunchSection(tr("Session and identity"), parent), m_newSession(new QCheckBox(tr("New session"))),
      m_processGroup(new QLineEdit), m_user(new QLineEdit), m_group(new QLineEdit), m_hasGroups(new QCheckBox(tr("Only these:"))),
      m_groups(new QLineEdit), m_umask(new QLineEdit), m_close(new QCheckBox(tr("Close all other descriptors"))),
      m_pass(new QLineEdit), m_restoreSignals(new QCheckBox(tr("Restore signals"))),
      m_executable(new PathEdit(PathEdit::Kind::Program, tr("Program file"))), m_startupInfo(new QLineEdit),
      m_creationFlags(new QLineEdit)
{
    buildIdentity();
    buildInheritance();
    for (const QCheckBox *check : {m_newSession, m_hasGroups, m_close, m_restoreSignals})
        connect(check, &QCheckBox::toggled, this, &LaunchSection::changed);
    for (const QLineEdit *edit : {m_processGroup, m_user, m_group, m_groups, m_umask, m_pass, m_startupInfo, m_creationFlags})
        connect(edit, &QLineEdit::textEdited, this, &LaunchSection::changed);
    connect(m_executable, &PathEdit::changed, this, &LaunchSection::changed);
}

void SessionSection::buildIdentity()
{
    addCheck(
        {"start_new_session", m_newSession->text(), QStringLiteral("start_new_session=True, setsid(2)"),
            tr("The command leaves our terminal and process group, so that Ctrl+C there does not reach it, and its whole tree "
               "can be told apart.")},
        m_newSession);
    m_processGroup->setPlaceholderText(tr("ours"));
    addRow({"process_group", tr("Process group"), QStringLiteral("process_group=n, setpgid(0, n)"),
               tr("The process group to join; 0: a new one. Not together with a new session, which is one already.")},
        m_processGroup);
    judgeBy([this] { return numberFault(m_processGroup); });
    m_user->setPlaceholderText(tr("the same"));
    addRow({"user", tr("User"), QStringLiteral("user, setreuid(2)"),
               tr("Who the command runs as, a name or a number. To become somebody else needs a privilege.")},
        m_user);
    m_group->setPlaceholderText(tr("the same"));
    addRow({"group", tr("Group"), QStringLiteral("group, setregid(2)"),
               tr("The group that the command runs as, a name or a number. Needs a privilege.")},
        m_group);
    auto *groups = new QWidget;
    auto *row = new QHBoxLayout(groups);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_hasGroups);
    row->addWidget(m_groups, 1);
    m_groups->setAccessibleName(tr("Further groups"));
    m_groups->setPlaceholderText(tr("none"));
    m_groups->setEnabled(false);
    connect(m_hasGroups, &QCheckBox::toggled, m_groups, &QWidget::setEnabled);
    m_hasGroups->setAccessibleName(tr("Further groups: only these"));
    addRow({"extra_groups", tr("Further groups"), QStringLiteral("extra_groups=[…], setgroups(2)"),
               tr("Names or numbers with commas between them; empty: none at all. Needs a privilege.")},
        groups, m_hasGroups);
    m_umask->setPlaceholderText(tr("ours"));
    addRow({"umask", tr("File mode mask"), QStringLiteral("umask, umask(2)"),
               tr("The permissions that new files do not get, octal: 022 leaves writing to the owner.")},
        m_umask);
    judgeBy([this] {
        const auto mask = ChildStepWords::parseMask(m_umask->text());
        return m_umask->text().trimmed().isEmpty() || mask ? QString() : mask.error().detail;
    });
}

void SessionSection::buildInheritance()
{
    addCheck({"close_fds", m_close->text(), QStringLiteral("close_fds=True, close_range(2)"),
                 tr("The command gets its three standard streams and nothing else that is open here.")},
        m_close);
    m_pass->setPlaceholderText(tr("none"));
    addRow({"pass_fds", tr("But pass on"), QStringLiteral("pass_fds=(3, 4)"),
               tr("Descriptors of ours that stay open in the command, under the same numbers.")},
        m_pass);
    judgeBy([this] {
        const auto descriptors = parseNumberList(m_pass->text(), kLargestDescriptor);
        return descriptors ? QString() : descriptors.error().detail;
    });
    addCheck({"restore_signals", m_restoreSignals->text(), QStringLiteral("restore_signals=True"),
                 tr("SIGPIPE and SIGXFSZ, which a launcher may ignore, end the command again as usual.")},
        m_restoreSignals);
    addRow({"executable", tr("Program file"), QStringLiteral("executable, execve(2)"),
               tr("The file that is executed in place of the command's first word, which the program still sees as its name "
                  "(argv[0]). Via a shell it replaces the shell.")},
        m_executable);
    m_startupInfo->setPlaceholderText(tr("Windows only"));
    m_creationFlags->setPlaceholderText(tr("Windows only"));
    addRow({"startupinfo", QStringLiteral("startupinfo"), QStringLiteral("startupinfo"),
               tr("Exists on Windows only; refused here, as Python refuses it.")},
        m_startupInfo);
    addRow({"creationflags", QStringLiteral("creationflags"), QStringLiteral("creationflags"),
               tr("Exists on Windows only; refused here, as Python refuses it.")},
        m_creationFlags);
    judgeBy([this] { return numberFault(m_creationFlags); });
}

void SessionSection::load(const LaunchProfile &profile)
{
    const LaunchSpec &spec = profile.launch;
    m_newSession->setChecked(spec.startNewSession);
    m_processGroup->setText(spec.processGroup ? QString::number(*spec.processGroup) : QString());
    m_user->setText(textOfBytes(spec.user.value_or(QByteArray())));
    m_group->setText(textOfBytes(spec.group.value_or(QByteArray())));
    m_hasGroups->setChecked(spec.extraGroups.has_value());
    m_groups->setText(textOfBytes(spec.extraGroups.value_or(QByteArrayList()).join(", ")));
    m_umask->setText(spec.umask ? ChildStepWords::maskText(*spec.umask) : QString());
    m_close->setChecked(spec.closeDescriptors);
    m_pass->setText(numberListText(spec.passDescriptors));
    m_restoreSignals->setChecked(spec.restoreSignals);
    m_executable->setPath(spec.executable);
    m_startupInfo->setText(textOfBytes(spec.startupInfo));
    m_creationFlags->setText(spec.creationFlags ? QString::number(spec.creationFlags) : QString());
}

void SessionSection::store(LaunchProfile &profile) const
{
    LaunchSpec &spec = profile.launch;
    spec.startNewSession = m_newSession->isChecked();
    spec.processGroup = number(m_processGroup->text());
    spec.user = nameOf(m_user);
    spec.group = nameOf(m_group);
    spec.extraGroups.reset();
    if (m_hasGroups->isChecked()) {
        spec.extraGroups.emplace();
        static const QRegularExpression between(QStringLiteral("[,\\s]+"));
        for (const QString &name : m_groups->text().split(between, Qt::SkipEmptyParts))
            spec.extraGroups->append(bytesOfText(name));
    }
    spec.umask.reset();
    if (const auto mask = ChildStepWords::parseMask(m_umask->text()))
        spec.umask = mask.value();
    spec.closeDescriptors = m_close->isChecked();
    const auto descriptors = parseNumberList(m_pass->text(), kLargestDescriptor);
    spec.passDescriptors = descriptors ? descriptors.value() : QList<int>();
    spec.restoreSignals = m_restoreSignals->isChecked();
    spec.executable = m_executable->path();
    spec.startupInfo = bytesOfText(m_startupInfo->text());
    spec.creationFlags = number(m_creationFlags->text()).value_or(0);
}

QString SessionSection::summary() const
{
    LaunchProfile profile;
    store(profile);
    const LaunchSpec &spec = profile.launch;
    QStringList parts;
    if (spec.startNewSession)
        parts.append(tr("new session"));
    if (spec.processGroup)
        parts.append(*spec.processGroup == 0 ? tr("new process group") : tr("process group %1").arg(*spec.processGroup));
    if (spec.user)
        parts.append(tr("as user %1").arg(textOfBytes(*spec.user)));
    if (spec.group)
        parts.append(tr("as group %1").arg(textOfBytes(*spec.group)));
    if (spec.extraGroups)
        parts.append(spec.extraGroups->isEmpty() ? tr("no further groups") : tr("groups %1").arg(m_groups->text()));
    if (spec.umask)
        parts.append(tr("mask %1").arg(ChildStepWords::maskText(*spec.umask)));
    if (!spec.closeDescriptors)
        parts.append(tr("all descriptors passed on"));
    if (!spec.passDescriptors.isEmpty())
        parts.append(tr("descriptors %1 passed on").arg(numberListText(spec.passDescriptors)));
    if (!spec.restoreSignals)
        parts.append(tr("signals not restored"));
    if (!spec.executable.isEmpty())
        parts.append(tr("program file %1").arg(textOfBytes(spec.executable)));
    if (!spec.startupInfo.isEmpty())
        parts.append(QStringLiteral("startupinfo"));
    if (spec.creationFlags != 0)
        parts.append(QStringLiteral("creationflags"));
    return parts.join(QStringLiteral(", "));
}

bool SessionSection::opensByItself() const
{
    return !summary().isEmpty() && summary() != tr("new session");
}

void SessionSection::setBase(const QByteArray &directory)
{
    m_executable->setBase(directory);
}

} // namespace forkscope
