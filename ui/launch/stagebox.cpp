// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/stagebox.h"

#include "core/launch/commandline.h"
#include "core/launch/pipelinetext.h"
#include "ui/launch/launchsection.h"
#include "ui/launch/pathedit.h"
#include "ui/widgets/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kWidth = 250;
constexpr std::array<quint32, 4> kKept = {TapKeep::kEverything, 4096, 256, 0};

} // namespace

Result<LaunchSpec> StageDraft::spec() const
{
    auto stages = parsePipeline(command);
    if (!stages)
        return stages.error();
    if (stages.value().size() > 1)
        return Error::invalid(
            StageBox::tr("understand the stage"), StageBox::tr("a | makes two stages of it; add a box for the second"));
    LaunchSpec spec = stages.value().first();
    if (errorToo)
        spec.standardError.kind = StreamTarget::Kind::StandardOutput;
    spec.workingDirectory = folder;
    spec.startNewSession = true;
    const auto words = parseCommandLine(environment);
    if (!words)
        return words.error();
    for (const QByteArray &word : words.value().words) {
        const qsizetype equals = word.indexOf('=');
        if (equals <= 0)
            return Error::invalid(
                StageBox::tr("understand the variables"), StageBox::tr("“%1” is no NAME=value").arg(QString::fromUtf8(word)));
        spec.environment.insert(word.left(equals), word.mid(equals + 1));
    }
    return spec;
}

LinkBox::LinkBox(QWidget *parent) : QWidget(parent), m_input(new QComboBox), m_keep(new QComboBox)
{
    auto *arrow = new QLabel(QStringLiteral("⟶"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    arrow->setFont(large);
    arrow->setAlignment(Qt::AlignCenter);
    for (const quint32 bytes : kKept)
        m_keep->addItem(bytes == TapKeep::kEverything ? tr("record all")
                : bytes == 0                          ? tr("count only")
                                                      : tr("first %1").arg(bytesText(bytes)),
            bytes);
    m_keep->setToolTip(tr("How much of each piece that passes is recorded"));
    m_input->setToolTip(tr("Whose output is read. Several stages may read the same one: each gets all of it."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 0, 2, 0);
    layout->addStretch();
    layout->addWidget(m_input);
    layout->addWidget(arrow);
    layout->addWidget(m_keep);
    layout->addStretch();
    connect(m_input, &QComboBox::activated, this, &LinkBox::edited);
    connect(m_keep, &QComboBox::activated, this, &LinkBox::edited);
}

void LinkBox::show(int stage, const StageDraft &draft)
{
    m_input->clear();
    for (int i = 0; i < stage; ++i)
        m_input->addItem(tr("from %1", "number of a stage").arg(i + 1), i + 1 == stage ? -1 : i);
    m_input->setCurrentIndex(draft.input < 0 ? stage - 1 : int(draft.input));
    m_input->setEnabled(stage > 1);
    m_input->setAccessibleName(tr("Input of stage %1").arg(stage + 1));
    int keep = m_keep->findData(draft.keep.bytes);
    if (keep < 0) {
        m_keep->addItem(tr("first %1").arg(bytesText(draft.keep.bytes)), draft.keep.bytes);
        keep = m_keep->count() - 1;
    }
    m_keep->setCurrentIndex(keep);
    m_keep->setAccessibleName(tr("Recorded of the input of stage %1").arg(stage + 1));
}

void LinkBox::store(StageDraft &draft) const
{
    draft.input = m_input->currentData().toInt();
    draft.keep.bytes = m_keep->currentData().toUInt();
}

StageBox::StageBox(QWidget *parent)
    : QFrame(parent), m_heading(new QLabel), m_earlier(new QToolButton), m_later(new QToolButton), m_remove(new QToolButton),
      m_command(new QLineEdit), m_environment(new QLineEdit),
      m_folder(new PathEdit(PathEdit::Kind::Directory, tr("Working folder of the stage"))),
      m_errorToo(new QCheckBox(tr("Standard error too"))), m_fault(new QLabel)
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFixedWidth(kWidth);
    m_heading->setCursor(Qt::OpenHandCursor);
    m_heading->setToolTip(tr("Drag to move the stage; or Alt+Left, Alt+Right"));
    m_heading->installEventFilter(this);
    QFont bold = font();
    bold.setBold(true);
    m_heading->setFont(bold);
    m_earlier->setArrowType(Qt::LeftArrow);
    m_earlier->setToolTip(tr("Move it before the stage before (Alt+Left)"));
    m_later->setArrowType(Qt::RightArrow);
    m_later->setToolTip(tr("Move it behind the next stage (Alt+Right)"));
    m_remove->setText(QStringLiteral("✕"));
    m_remove->setToolTip(tr("Remove the stage (Alt+Delete)"));
    m_command->setPlaceholderText(tr("Command"));
    m_environment->setPlaceholderText(tr("Variables: NAME=value …"));
    m_folder->line()->setPlaceholderText(tr("Folder: as in the launch bar"));
    m_errorToo->setToolTip(tr("What it writes to standard error goes to the next stage as well, as with |&"));
    m_fault->setWordWrap(true);
    m_fault->setTextFormat(Qt::PlainText);
    auto *top = new QHBoxLayout;
    top->addWidget(m_heading, 1);
    for (QToolButton *button : {m_earlier, m_later, m_remove}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        top->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 6);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_command);
    layout->addWidget(m_fault);
    layout->addWidget(m_environment);
    layout->addWidget(m_folder);
    layout->addWidget(m_errorToo);
    layout->addStretch();
    connect(m_command, &QLineEdit::textEdited, this, &StageBox::edited);
    connect(m_environment, &QLineEdit::textEdited, this, &StageBox::edited);
    connect(m_folder, &PathEdit::changed, this, &StageBox::edited);
    connect(m_errorToo, &QCheckBox::clicked, this, &StageBox::edited);
    connect(m_earlier, &QToolButton::clicked, this, [this] { emit moveRequested(-1); });
    connect(m_later, &QToolButton::clicked, this, [this] { emit moveRequested(1); });
    connect(m_remove, &QToolButton::clicked, this, &StageBox::removeRequested);
}

void StageBox::show(int stage, int count, const StageDraft &draft)
{
    const QString number = QString::number(stage + 1);
    m_heading->setText(tr("Stage %1").arg(number));
    m_earlier->setEnabled(stage > 0);
    m_later->setEnabled(stage + 1 < count);
    m_remove->setEnabled(count > 1);
    m_errorToo->setVisible(stage + 1 < count);
    m_command->setAccessibleName(tr("Command of stage %1").arg(number));
    m_environment->setAccessibleName(tr("Variables of stage %1").arg(number));
    m_folder->line()->setAccessibleName(tr("Working folder of stage %1").arg(number));
    m_errorToo->setAccessibleName(tr("Standard error of stage %1 too").arg(number));
    m_earlier->setAccessibleName(tr("Move stage %1 before the one before").arg(number));
    m_later->setAccessibleName(tr("Move stage %1 behind the next one").arg(number));
    m_remove->setAccessibleName(tr("Remove stage %1").arg(number));
    setAccessibleName(m_heading->text());
    // Text that is being typed keeps its cursor.
    if (m_command->text() != draft.command)
        m_command->setText(draft.command);
    if (m_environment->text() != draft.environment)
        m_environment->setText(draft.environment);
    if (m_folder->path() != draft.folder)
        m_folder->setPath(draft.folder);
    m_errorToo->setChecked(draft.errorToo);
}

void StageBox::store(StageDraft &draft) const
{
    draft.command = m_command->text();
    draft.environment = m_environment->text();
    draft.folder = m_folder->path();
    draft.errorToo = m_errorToo->isChecked();
}

void StageBox::showFault(const QString &fault)
{
    m_fault->setText(fault.isEmpty() ? QString() : QStringLiteral("⚠ %1").arg(asSentence(fault)));
    m_fault->setVisible(!fault.isEmpty());
}

QString StageBox::fault() const
{
    return m_fault->text();
}

void StageBox::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (alt && event->key() == Qt::Key_Left && m_earlier->isEnabled())
        emit moveRequested(-1);
    else if (alt && event->key() == Qt::Key_Right && m_later->isEnabled())
        emit moveRequested(1);
    else if (alt && event->key() == Qt::Key_Delete && m_remove->isEnabled())
        emit removeRequested();
    else
        QFrame::keyPressEvent(event);
}

bool StageBox::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_heading && event->type() == QEvent::MouseButtonPress) {
        m_dragging = true;
        m_heading->setCursor(Qt::ClosedHandCursor);
        raise();
        return true;
    }
    if (object == m_heading && event->type() == QEvent::MouseButtonRelease && m_dragging) {
        m_dragging = false;
        m_heading->setCursor(Qt::OpenHandCursor);
        const QPoint at = m_heading->mapTo(parentWidget(), static_cast<QMouseEvent *>(event)->pos());
        if (!geometry().contains(at))
            emit dropped(at.x());
        return true;
    }
    return QFrame::eventFilter(object, event);
}

} // namespace forkscope
