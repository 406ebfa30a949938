// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/pipelinedialog.h"

#include "core/launch/commandline.h"
#include "core/launch/pipelinetext.h"
#include "ui/launch/launchsection.h"
#include "ui/launch/pathedit.h"
#include "ui/widgets/bytestext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/status.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QFontDatabase>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kMostStages = 64;

QString keepText(TapKeep keep)
{
    if (keep.bytes == TapKeep::kEverything)
        return PipelineDialog::tr("everything is recorded");
    return keep.bytes ? PipelineDialog::tr("the first %1 of each piece are recorded").arg(bytesText(keep.bytes))
                      : PipelineDialog::tr("it is counted only");
}

} // namespace

PipelineDialog::PipelineDialog(const QString &line, const QString &workingDirectory, QWidget *parent)
    : QDialog(parent), m_workingDirectory(workingDirectory), m_line(new QLineEdit(line)), m_problem(new QLabel),
      m_scroll(new QScrollArea), m_lag(new QComboBox), m_add(new QPushButton(tr("&Add a stage"))), m_preview(new QPlainTextEdit),
      m_start(new QPushButton(statusIcon(Status::Running), tr("&Start")))
{
    setWindowTitle(tr("Pipeline"));
    auto *label = new QLabel(tr("&Line"));
    label->setBuddy(m_line);
    m_line->setAccessibleName(tr("The pipeline as a line"));
    m_line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    auto *row = new QWidget;
    m_row = new QHBoxLayout(row);
    m_row->setContentsMargins(2, 2, 2, 2);
    m_row->addStretch();
    m_scroll->setWidget(row);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setAccessibleName(tr("Stages"));
    m_lag->addItem(tr("the slowest reader decides the pace"), quint64(0));
    for (const quint64 lag : {quint64(1) << 20, quint64(16) << 20, quint64(256) << 20})
        m_lag->addItem(tr("a slow reader may stay %1 behind, then it loses bytes, counted").arg(bytesText(qint64(lag))), lag);
    m_lag->setAccessibleName(tr("Where several stages read the same output"));
    m_lag->setToolTip(m_lag->accessibleName());
    auto *previewLabel = new QLabel(tr("&What starts"));
    previewLabel->setBuddy(m_preview);
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_preview->setAccessibleName(tr("What starts"));
    m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_preview->setMaximumHeight(8 * fontMetrics().lineSpacing());

    auto *top = new QHBoxLayout;
    top->addWidget(label);
    top->addWidget(m_line, 1);
    top->addWidget(m_add);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(m_start, QDialogButtonBox::AcceptRole);
    m_add->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_problem);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_lag);
    layout->addWidget(previewLabel);
    layout->addWidget(m_preview);
    layout->addWidget(buttons);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    m_start->setDefault(true); // in the dialog by now
    resize(960, 520);

    connect(m_line, &QLineEdit::textEdited, this, &PipelineDialog::readLine);
    connect(m_add, &QPushButton::clicked, this, &PipelineDialog::add);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit startRequested(request(), lineOfBoxes());
        accept();
    });
    m_drafts = {{}, {}};
    readLine();
}

/// What the line tells goes into the boxes; what it cannot tell stays there. One that is no pipeline leaves them as they are.
void PipelineDialog::readLine()
{
    const auto stages = parsePipeline(m_line->text());
    if (stages && stages.value().size() <= kMostStages) {
        if (m_former.size() < m_drafts.size())
            m_former.resize(m_drafts.size());
        std::copy(m_drafts.cbegin(), m_drafts.cend(), m_former.begin());
        QList<StageDraft> drafts = m_former.mid(0, stages.value().size());
        drafts.resize(stages.value().size());
        for (qsizetype i = 0; i < drafts.size(); ++i) {
            const LaunchSpec &spec = stages.value()[i];
            drafts[i].command = spec.shell ? textOfBytes(spec.arguments.value(0)) : quoteCommandLine(spec.arguments);
            drafts[i].errorToo = spec.standardError.kind == StreamTarget::Kind::StandardOutput;
        }
        m_drafts = drafts;
    }
    if (m_boxes.size() != m_drafts.size())
        rebuild();
    refresh(false);
}

void PipelineDialog::readBoxes()
{
    for (qsizetype i = 0; i < m_drafts.size(); ++i) {
        m_boxes[i]->store(m_drafts[i]);
        if (m_links[i])
            m_links[i]->store(m_drafts[i]);
    }
    refresh(true);
}

/// As many boxes as there are drafts.
void PipelineDialog::rebuild()
{
    while (m_boxes.size() > m_drafts.size()) {
        m_boxes.takeLast()->deleteLater();
        if (LinkBox *link = m_links.takeLast())
            link->deleteLater();
    }
    while (m_boxes.size() < m_drafts.size()) {
        const int stage = int(m_boxes.size());
        LinkBox *link = stage ? new LinkBox : nullptr;
        auto *box = new StageBox;
        if (link) {
            m_row->insertWidget(m_row->count() - 1, link);
            connect(link, &LinkBox::edited, this, &PipelineDialog::readBoxes);
        }
        m_row->insertWidget(m_row->count() - 1, box);
        m_boxes.append(box);
        m_links.append(link);
        connect(box, &StageBox::edited, this, &PipelineDialog::readBoxes);
        connect(box, &StageBox::removeRequested, this, [this, stage] { remove(stage); });
        connect(box, &StageBox::moveRequested, this, [this, stage](int steps) { move(stage, stage + steps); });
        connect(box, &StageBox::dropped, this, [this, stage](int x) {
            int to = 0;
            while (to + 1 < int(m_boxes.size()) && x > m_boxes[to]->geometry().right())
                ++to;
            move(stage, to);
        });
    }
}

bool PipelineDialog::hasBranches() const
{
    return std::any_of(m_drafts.cbegin(), m_drafts.cend(), [](const StageDraft &draft) { return draft.input >= 0; });
}

QString PipelineDialog::lineOfBoxes() const
{
    QString line;
    for (qsizetype i = 0; i < m_drafts.size(); ++i) {
        line += m_drafts[i].command.trimmed();
        if (i + 1 < m_drafts.size())
            line += m_drafts[i].errorToo ? QStringLiteral(" |& ") : QStringLiteral(" | ");
    }
    return line;
}

void PipelineDialog::refresh(bool writeLine)
{
    const bool branches = hasBranches();
    if (writeLine && m_line->text() != lineOfBoxes())
        m_line->setText(lineOfBoxes());
    m_line->setReadOnly(branches);
    m_lag->setVisible(branches);
    QString problem;
    if (const auto fault = pipelineFault(m_line->text()); fault && !branches) {
        problem = asSentence(parsePipeline(m_line->text()).error().detail);
        if (m_line->hasFocus() && fault->kind == PipelineFault::Kind::Empty)
            problem = tr("Type a pipeline here, or a command into each box.");
    }
    QString text;
    for (qsizetype i = 0; i < m_boxes.size(); ++i) {
        const StageDraft &draft = m_drafts[i];
        m_boxes[i]->show(int(i), int(m_boxes.size()), draft);
        if (m_links[i])
            m_links[i]->show(int(i), draft);
        const auto spec = draft.spec();
        m_boxes[i]->showFault(spec ? QString() : spec.error().detail);
        if (!spec && problem.isEmpty())
            problem = tr("Stage %1: %2").arg(i + 1).arg(spec.error().detail);
        if (i > 0)
            text += tr("   stage %1 → stage %2: %3\n")
                        .arg(draft.input < 0 ? i : draft.input + 1)
                        .arg(i + 1)
                        .arg(keepText(draft.keep));
        text += tr("%1: %2").arg(i + 1).arg(draft.command.trimmed());
        if (spec && spec.value().shell)
            text += tr("   (via /bin/sh)");
        if (!draft.folder.isEmpty())
            text += tr("   in %1").arg(QFile::decodeName(draft.folder));
        if (!draft.environment.trimmed().isEmpty())
            text += tr("   with %1").arg(draft.environment.trimmed());
        text += QLatin1Char('\n');
    }
    m_preview->setPlainText(text.trimmed());
    const QString note = branches ? tr("A line cannot tell branches: change them in the boxes.") : QString();
    m_problem->setText(problem.isEmpty() ? note : QStringLiteral("⚠ %1").arg(problem));
    m_start->setEnabled(problem.isEmpty());
    m_add->setEnabled(m_boxes.size() < kMostStages);
}

void PipelineDialog::add()
{
    m_former.clear();
    m_drafts.append(StageDraft());
    rebuild();
    refresh(true);
    m_boxes.last()->command()->setFocus();
    QMetaObject::invokeMethod(
        this, [this] { m_scroll->ensureWidgetVisible(m_boxes.last()); }, Qt::QueuedConnection);
}

void PipelineDialog::remove(int stage)
{
    if (m_drafts.size() < 2)
        return;
    m_former.clear();
    m_drafts.removeAt(stage);
    // Who read it reads the one before now.
    for (qsizetype i = 0; i < m_drafts.size(); ++i) {
        qsizetype &input = m_drafts[i].input;
        if (input == stage || i == 0)
            input = -1;
        else if (input > stage)
            --input;
        if (input == i - 1)
            input = -1;
    }
    rebuild();
    refresh(true);
    m_boxes[std::min<qsizetype>(stage, m_boxes.size() - 1)]->command()->setFocus();
}

void PipelineDialog::move(int stage, int to)
{
    to = std::clamp(to, 0, int(m_drafts.size()) - 1);
    if (stage == to)
        return;
    QList<qsizetype> places(m_drafts.size());
    std::iota(places.begin(), places.end(), 0);
    places.move(stage, to);
    m_drafts.move(stage, to);
    for (qsizetype i = 0; i < m_drafts.size(); ++i) {
        qsizetype &input = m_drafts[i].input;
        if (input < 0)
            continue;
        input = places.indexOf(input);
        if (input >= i - 1)
            input = -1; // only what comes before can be read
    }
    refresh(true);
    m_boxes[to]->command()->setFocus();
}

QString PipelineDialog::problem() const
{
    return m_start->isEnabled() ? QString() : m_problem->text();
}

QString PipelineDialog::preview() const
{
    return m_preview->toPlainText();
}

PipelineRequest PipelineDialog::request() const
{
    PipelineRequest request;
    if (hasBranches())
        request.lagBytes = m_lag->currentData().toULongLong();
    for (qsizetype i = 0; i < m_drafts.size(); ++i) {
        const auto spec = m_drafts[i].spec();
        if (!spec)
            return {};
        PipelineStage stage{spec.value(), m_drafts[i].input, {}};
        if (stage.spec.workingDirectory.isEmpty())
            stage.spec.workingDirectory = QFile::encodeName(m_workingDirectory);
        if (i > 0)
            stage.keep = m_drafts[i].keep;
        request.stages.append(std::move(stage));
    }
    return request;
}

void PipelineDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    m_boxes.first()->command()->setFocus();
}

} // namespace forkscope
