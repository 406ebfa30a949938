// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>

namespace forkscope {

/// The window.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    using QMainWindow::QMainWindow;
};

} // namespace forkscope
