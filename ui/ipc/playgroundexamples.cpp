// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/playgroundexamples.h"

#include "ui/ipc/scenewords.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace forkscope {

PlaygroundExamples::PlaygroundExamples(QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(4);
    auto *intro
        = new QLabel(tr("Real processes around a queue in shared memory, or at the two ends of a pipe: start them, pause them, "
                        "send messages by hand, kill one, and watch what happens.\n\nTry an example:"));
    intro->setWordWrap(true);
    layout->addWidget(intro);
    const auto add = [layout](const QString &title, const QString &text, const QIcon &icon) {
        auto *button = new QPushButton(icon, title);
        button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
        auto *sentence = new QLabel(text);
        sentence->setWordWrap(true);
        sentence->setForegroundRole(QPalette::PlaceholderText);
        button->setAccessibleDescription(text);
        layout->addSpacing(12);
        layout->addWidget(button);
        layout->addWidget(sentence);
        return button;
    };
    for (const SceneWords::Example &example : SceneWords::examples()) {
        QPushButton *button = add(example.title, example.sentence, statusIcon(Status::Running));
        if (!focusProxy())
            setFocusProxy(button);
        connect(button, &QPushButton::clicked, this, [this, which = example.example] { emit chosen(which); });
    }
    const QPushButton *own = add(tr("Set up a scene of your own"),
        tr("Begins with one producer, a queue and one consumer. Add processes with +, click what you want to change."), QIcon());
    connect(own, &QPushButton::clicked, this, &PlaygroundExamples::ownRequested);
    layout->addStretch();
    setWidget(page);
}

} // namespace forkscope
