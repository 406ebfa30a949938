// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ipc/scenewords.h"

#include <QAbstractButton>

namespace forkscope {

/// A box of the canvas: a process, or the queue or pipe between them. Checked: selected. GUI thread.
class SceneNode : public QAbstractButton
{
    Q_OBJECT

public:
    /// An empty name: what is between them.
    explicit SceneNode(const QString &name, QWidget *parent);

    const QString &name() const { return m_name; }
    const SceneProcessState &state() const { return m_state; }
    void showProcess(const SceneProcess &process, const SceneProcessState &state);
    void showChannel(const Scene &scene, const SceneLevel &level, bool active);

    QSize sizeHint() const override;

signals:
    void moveRequested(int key); ///< an arrow key
    void addRequested(); ///< + on it
    void removeRequested(); ///< − on it
    void selected(); ///< it got the focus

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void paintFill(QPainter &painter, const QRectF &box) const;
    void setTexts(const QString &title, const QString &right, const QString &line, const QString &lineRight);

    QString m_name;
    SceneProcessState m_state;
    QString m_title, m_right, m_line, m_lineRight;
    qint64 m_depth = 0, m_bound = 0;
    bool m_closed = false;
};

} // namespace forkscope
