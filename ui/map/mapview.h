// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/map/mapcanvas.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QStackedWidget;
class QThread;
class QToolButton;

namespace forkscope {

class ChannelModel;
class ElidedLabel;

/// Who is connected with whom: processes as nodes, the channels between them as edges, with what passes and who cannot go on.
///
/// Reads a ChannelModel that somebody else advances; advance() at display rate. Nodes keep their places while the map grows;
/// Graphviz lays out what is new in a thread. GUI thread.
class MapView : public QWidget
{
    Q_OBJECT

public:
    /// The model outlives it. live: an example can be offered while there is nothing.
    MapView(const ChannelModel &model, bool live, QWidget *parent = nullptr);
    ~MapView() override;

    /// Shows what has changed, some times a second.
    void advance();
    void arrange(); ///< all nodes anew
    bool isArranging() const { return m_layout; }
    void selectProcess(const ProcessKey &process); ///< marks it where it is there
    void selectChannel(ChannelId channel);

    MapCanvas *canvas() const { return m_canvas; }
    QToolButton *arrangeButton() const { return m_arrange; }
    QCheckBox *endedBox() const { return m_ended; }
    QString note() const;
    bool isEmptyShown() const;

    /// .svg or .png by the name; the file is for its owner alone. Nothing is said but by told().
    void saveAs(const QString &path);

    static constexpr int kMostChannels = 400; ///< of more the open ones, then the latest, are shown

signals:
    void processSelected(const forkscope::ProcessKey &process); ///< by a person
    void channelSelected(forkscope::ChannelId channel);
    /// By a double click or Enter: its output, its messages are wanted.
    void processActivated(const forkscope::ProcessKey &process);
    void channelActivated(forkscope::ChannelId channel);
    void exampleRequested();
    void told(const QString &message);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildTop();
    QWidget *buildEmpty(bool live);
    void rebuild();
    void layOutNew(const QList<MapKey> &keys, bool all);
    void askWhereToSave();
    void showNote();

    const ChannelModel &m_model;
    QStackedWidget *m_pages;
    MapCanvas *m_canvas;
    QToolButton *m_arrange, *m_fit, *m_zoomIn, *m_zoomOut, *m_save;
    QCheckBox *m_ended;
    ElidedLabel *m_note;
    QPointer<QThread> m_layout;
    QElapsedTimer m_sinceRebuild;
    int m_leftOut = 0; ///< channels
    bool m_selecting = false; ///< what somebody else selected is not told again
};

} // namespace forkscope
