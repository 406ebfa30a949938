// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/playgroundwindow.h"

#include "ui/ipc/playgroundview.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QCloseEvent>

namespace forkscope {

namespace {

constexpr auto kGeometryKey = QLatin1String("playground/geometry");

} // namespace

PlaygroundWindow::PlaygroundWindow(TrafficRecorder *traffic, QWidget *parent)
    : QMainWindow(parent), m_view(new PlaygroundView(traffic))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Playground: queues and pipes"));
    setCentralWidget(m_view);
    m_view->focusFirst();
    auto *close = new QAction(this);
    close->setShortcut(QKeySequence::Close);
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
    if (!restoreGeometry(Settings().value(kGeometryKey).toByteArray()))
        resize(1240, 680);
}

void PlaygroundWindow::closeEvent(QCloseEvent *event)
{
    Settings().setValue(kGeometryKey, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace forkscope
