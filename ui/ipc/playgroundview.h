// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scenerunner.h"
#include "ui/ipc/playgroundactions.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

#include <memory>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace forkscope {

class CodePane;
class ElidedLabel;
class InjectDialog;
class MessagePane;
class PlaygroundExamples;
class SceneCanvas;
class ScenePlots;
class SceneProperties;

/// The playground: a scene that can be built, played and watched. Its processes end with it. GUI thread.
class PlaygroundView : public QWidget
{
    Q_OBJECT

public:
    /// traffic: of the session that records what happens here, which outlives the view; null: nobody does.
    explicit PlaygroundView(TrafficRecorder *traffic = nullptr, QWidget *parent = nullptr);
    ~PlaygroundView() override;

    void focusFirst(); ///< where a person begins
    void runExample(SceneExample example);
    /// Ends what runs.
    void setScene(const Scene &scene);
    const Scene &scene() const { return m_scene; }

    const SceneRunner &runner() const { return *m_runner; }
    const PlaygroundActions &actions() const { return m_actions; }
    SceneCanvas *canvas() const { return m_canvas; }
    SceneProperties *properties() const { return m_properties; }
    ScenePlots *plots() const { return m_plots; }
    MessagePane *messages() const { return m_messages; }
    CodePane *code() const { return m_code; }
    InjectDialog *injectDialog() const; ///< null until it was opened
    QString news() const; ///< what has happened last
    QString figures() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void connectActions();
    void showScene();
    void edit(const Scene &scene);
    void add(bool producer);
    void remove(const QString &name);
    void start();
    void begin(bool paused);
    void clear();
    void step(const QString &name);
    void openInject();
    void take(const SceneBatch &batch);
    void showState();
    void tell(const QString &text, bool warning = false);
    void remember() const;
    void recall();
    const SceneProcessState *stateOf(const QString &name) const;
    QString nameOf(qint32 pid) const { return m_names.value(pid); }

    Scene m_scene;
    SceneBatch m_last; ///< of the run that is shown; without messages
    QHash<qint32, QString> m_names; ///< of processes of this run, by pid
    PlaygroundActions m_actions;
    std::unique_ptr<SceneRunner> m_runner;
    QStackedWidget *m_pages = nullptr;
    SceneCanvas *m_canvas = nullptr;
    SceneProperties *m_properties = nullptr;
    ScenePlots *m_plots = nullptr;
    MessagePane *m_messages = nullptr;
    CodePane *m_code = nullptr;
    QTabWidget *m_tabs = nullptr;
    QLabel *m_stateMark = nullptr, *m_state = nullptr;
    ElidedLabel *m_news = nullptr;
    QLabel *m_figures = nullptr;
    QPointer<InjectDialog> m_inject;
};

} // namespace forkscope
