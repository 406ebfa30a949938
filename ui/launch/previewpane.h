// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/launchspec.h"

#include <QWidget>

class QPlainTextEdit;
class QTabWidget;
class QTimer;

namespace forkscope {

/// What the launch is as a shell command and as a Python call, to read and to copy. Follows within 100 ms.
class PreviewPane : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPane(QWidget *parent = nullptr);

    /// reason: why there is nothing to show; empty: there is.
    void show(const LaunchSpec &spec, const QString &reason);
    QString shellText() const;
    QString pythonText() const;

private:
    void write();
    void copy();
    QPlainTextEdit *newText(const QString &name);

    QTabWidget *m_tabs;
    QPlainTextEdit *m_shell;
    QPlainTextEdit *m_python;
    QTimer *m_delay;
    LaunchSpec m_spec;
    QString m_reason;
};

} // namespace forkscope
