// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ipc/scenenode.h"

#include <QScrollArea>

class QLabel;
class QToolButton;

namespace forkscope {

/// The scene: producers at the left, what is between them, consumers at the right. Asks for changes, and shows what it is told.
/// GUI thread.
class SceneCanvas : public QScrollArea
{
    Q_OBJECT

public:
    explicit SceneCanvas(QWidget *parent = nullptr);

    void setScene(const Scene &scene);
    void showStates(const QList<SceneProcessState> &states, const SceneLevel &level, bool active);
    /// Empty: what is between the processes.
    void select(const QString &name);
    const QString &selected() const { return m_selected; }
    SceneNode *node(const QString &name) const; ///< null: none
    QToolButton *addButton(bool producer) const { return producer ? m_producers.add : m_consumers.add; }
    QToolButton *removeButton(bool producer) const { return producer ? m_producers.remove : m_consumers.remove; }

signals:
    void selectionChanged(const QString &name);
    void addRequested(bool producer);
    void removeRequested(const QString &name);
    void menuRequested(const QString &name, const QPoint &at); ///< in global coordinates

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Board;
    struct Side {
        QLabel *title = nullptr;
        QToolButton *add = nullptr, *remove = nullptr;
    };
    Side makeSide(bool producer);
    SceneNode *makeNode(const QString &name);
    void arrange();
    void moveFrom(const SceneNode *node, int key);
    QString lastOf(bool producer) const;

    Board *m_board;
    Scene m_scene;
    QList<SceneProcessState> m_states;
    QString m_selected;
    QList<SceneNode *> m_nodes; ///< producers, then consumers
    SceneNode *m_channel;
    Side m_producers, m_consumers;
};

} // namespace forkscope
