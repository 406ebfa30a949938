// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace forkscope {

/// Types into the standard input of one launch. Tells what was entered by signals; sends nothing itself.
class InputBar : public QWidget
{
    Q_OBJECT

public:
    explicit InputBar(QWidget *parent = nullptr);

    /// name: "cat 4711". reason: why nothing can be sent, shown in place; empty: it can.
    void setTarget(LaunchId launch, const QString &name, const QString &reason);
    LaunchId launch() const { return m_launch; }
    QLineEdit *line() const { return m_line; }

signals:
    void lineEntered(forkscope::LaunchId launch, const QByteArray &bytes); ///< the line with its line feed
    void endRequested(forkscope::LaunchId launch);
    void fileChosen(forkscope::LaunchId launch, const QString &path);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void chooseFile();

    LaunchId m_launch = LaunchId::None;
    QLabel *m_label;
    QLineEdit *m_line;
    QPushButton *m_end;
    QPushButton *m_file;
};

} // namespace forkscope
