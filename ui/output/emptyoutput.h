// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace forkscope {

/// Stands in the place of the lines while there are none: says why, and offers what helps.
class EmptyOutput : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyOutput(QWidget *parent = nullptr);

    /// Without a button text there is no button.
    void setContent(
        const QString &heading, const QString &text, const QString &button = {}, const std::function<void()> &onClick = {});
    QString heading() const;

private:
    QLabel *m_heading;
    QLabel *m_text;
    QPushButton *m_button;
    std::function<void()> m_onClick;
};

} // namespace forkscope
