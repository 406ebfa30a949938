// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/examplespage.h"

#include "ui/widgets/status.h"

#include <QCoreApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace forkscope {

QString trafficExample()
{
    return QStringLiteral("( i=0; while [ $i -lt 400 ]; do i=$((i+1)); echo \"{\\\"order\\\": $i, \\\"item\\\": $((i % 7))}\"; "
                          "sleep 0.02; done ) | grep --line-buffered -v '\"item\": 3' | "
                          "( while read -r line; do echo \"$line\"; sleep 0.08; done )");
}

QList<Example> launchExamples()
{
    return {
        {ExamplesPage::tr("Run a small build"),
            ExamplesPage::tr(
                "Watch the tree grow: compilers side by side, the linker last, finished ones with their exit status."),
            {QStringLiteral("for part in 1 2 3 4; do (echo \"CC part$part.o\"; sleep 0.$((part * 2)); "
                            "sh -c \"sleep 0.6; echo AS part$part.s\") & done; wait; echo LINK app; sleep 0.5; echo built app")}},
        {ExamplesPage::tr("Run a flood of output"),
            ExamplesPage::tr(
                "20,000 lines with a warning on standard error at every tenth: mark and hue tell the streams apart."),
            {QStringLiteral("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo \"line $i\"; "
                            "if [ $((i % 10)) -eq 0 ]; then echo \"warning at line $i\" >&2; fi; done")}},
        {ExamplesPage::tr("Run a pipeline with traffic"),
            ExamplesPage::tr(
                "Three programs and two taps: every order that passes is a message. The last program is slow, so the "
                "second pipe fills up."),
            {trafficExample()}, Example::View::Traffic},
        {ExamplesPage::tr("Run a pool of sleepers"),
            ExamplesPage::tr("40 tasks on 4 workers: a lane each, a bar for every task, above them those that wait. Change the "
                             "number of workers under Control."),
            {}},
        {ExamplesPage::tr("Run two that fail"),
            ExamplesPage::tr("One crashes by a signal, one cannot be started: the Exit column and the details say why."),
            {QStringLiteral("echo about to crash; kill -SEGV $$"), QStringLiteral("no-such-program --help")}},
    };
}

ExamplesPage::ExamplesPage(QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(4);
    auto *intro = new QLabel(tr("The commands that you launch appear here, as a tree with every process that they start.\n\n"
                                "Type one above (Ctrl+L), or try an example:"));
    intro->setWordWrap(true);
    layout->addWidget(intro);
    for (const Example &example : launchExamples()) {
        auto *button = new QPushButton(statusIcon(Status::Running), example.title);
        button->setToolTip(example.lines.join(QLatin1Char('\n')));
        button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        connect(button, &QPushButton::clicked, this, [this, example] {
            example.lines.isEmpty() ? emit poolRequested() : emit runRequested(example.lines);
            if (example.view == Example::View::Traffic)
                emit trafficRequested();
        });
        auto *sentence = new QLabel(example.sentence);
        sentence->setWordWrap(true);
        sentence->setForegroundRole(QPalette::PlaceholderText);
        layout->addSpacing(12);
        layout->addWidget(button);
        layout->addWidget(sentence);
    }
    layout->addStretch();
    setWidget(page);
}

} // namespace forkscope
