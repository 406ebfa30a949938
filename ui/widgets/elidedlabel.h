// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace forkscope {

/// One line of text that gives way: cut with "…" where there is no room, whole in the tool tip.
class ElidedLabel : public QFrame
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace forkscope
