// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/playgroundview.h"

#include "ui/ipc/codepane.h"
#include "ui/ipc/injectdialog.h"
#include "ui/ipc/messagepane.h"
#include "ui/ipc/playgroundexamples.h"
#include "ui/ipc/scenecanvas.h"
#include "ui/ipc/sceneplots.h"
#include "ui/ipc/sceneproperties.h"
#include "ui/ipc/scenewords.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/format.h"
#include "ui/widgets/settings.h"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolBar>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr auto kSceneKey = QLatin1String("playground/scene");
constexpr int kMark = 16; ///< pixels

Scene simplestScene()
{
    Scene scene;
    scene.add(true);
    scene.add(false);
    return scene;
}

} // namespace

PlaygroundView::PlaygroundView(TrafficRecorder *traffic, QWidget *parent)
    : QWidget(parent), m_scene(simplestScene()), m_actions(this), m_runner(std::make_unique<SceneRunner>(traffic))
{
    build();
    connectActions();
    connect(m_runner.get(), &SceneRunner::batch, this, &PlaygroundView::take);
    connect(m_runner.get(), &SceneRunner::stateChanged, this, &PlaygroundView::showState);
    connect(m_runner.get(), &SceneRunner::failed, this, [this](const Error &error) { tell(errorText(error), true); });
    connect(m_runner.get(), &SceneRunner::injected, this, [this](const InjectionResult &result) {
        if (m_inject)
            m_inject->showResult(result);
        tell(SceneWords::injection(result), !result.sent);
    });
    recall();
    showScene();
}

PlaygroundView::~PlaygroundView()
{
    delete m_inject;
    m_runner.reset();
}

void PlaygroundView::build()
{
    m_canvas = new SceneCanvas;
    m_properties = new SceneProperties;
    m_properties->setFixedWidth(m_properties->fontMetrics().averageCharWidth() * 42);
    m_plots = new ScenePlots;
    m_messages = new MessagePane;
    m_messages->model().setNames([this](qint32 pid) { return nameOf(pid); });
    m_code = new CodePane;
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Messages and code"));
    m_tabs->addTab(m_messages, tr("&Messages"));
    m_tabs->addTab(m_code, tr("&C++ code"));
    m_stateMark = new QLabel;
    m_state = new QLabel;
    m_news = new ElidedLabel;
    m_news->setAccessibleName(tr("What has happened"));
    m_figures = new QLabel;

    auto *top = new QWidget;
    auto *topLayout = new QHBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->addWidget(m_canvas, 1);
    topLayout->addWidget(m_properties);
    auto *bottom = new QSplitter(Qt::Horizontal);
    bottom->addWidget(m_plots);
    bottom->addWidget(m_tabs);
    bottom->setSizes({520, 740});
    bottom->setChildrenCollapsible(false);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(top);
    splitter->addWidget(bottom);
    splitter->setSizes({244, 376});
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);

    auto *examples = new PlaygroundExamples;
    connect(examples, &PlaygroundExamples::chosen, this, &PlaygroundView::runExample);
    connect(examples, &PlaygroundExamples::ownRequested, this, [this] { setScene(simplestScene()); });
    m_pages = new QStackedWidget;
    m_pages->addWidget(examples);
    m_pages->addWidget(splitter);

    auto *status = new QHBoxLayout;
    status->setContentsMargins(8, 2, 8, 4);
    status->addWidget(m_stateMark);
    status->addWidget(m_state);
    status->addSpacing(12);
    status->addWidget(m_news, 1);
    status->addWidget(m_figures);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_actions.makeToolBar(this));
    layout->addWidget(m_pages, 1);
    layout->addLayout(status);
}

void PlaygroundView::connectActions()
{
    const auto on = [this](QAction *action, auto slot) { connect(action, &QAction::triggered, this, slot); };
    on(m_actions.start, &PlaygroundView::start);
    on(m_actions.pause, [this] { m_runner->pause(); });
    on(m_actions.step, [this] { step({}); });
    on(m_actions.stepThis, [this] { step(m_canvas->selected()); });
    on(m_actions.stop, [this] { m_runner->stop(); });
    on(m_actions.inject, &PlaygroundView::openInject);
    on(m_actions.kill, [this] { m_runner->kill(m_canvas->selected()); });
    on(m_actions.terminate, [this] { m_runner->terminate(m_canvas->selected()); });
    on(m_actions.restart, [this] { m_runner->restart(m_canvas->selected()); });
    on(m_actions.remove, [this] { remove(m_canvas->selected()); });
    on(m_actions.copyCode, [this] {
        m_code->copy();
        tell(tr("The C++ program of this scene was copied."));
    });
    for (const SceneWords::Example &example : SceneWords::examples()) {
        QAction *action = m_actions.examples->addAction(example.title);
        action->setToolTip(example.sentence);
        on(action, [this, which = example.example] { runExample(which); });
    }
    m_actions.examples->setToolTipsVisible(true);

    connect(m_canvas, &SceneCanvas::selectionChanged, this, [this] { showState(); });
    connect(m_canvas, &SceneCanvas::addRequested, this, &PlaygroundView::add);
    connect(m_canvas, &SceneCanvas::removeRequested, this, &PlaygroundView::remove);
    connect(m_canvas, &SceneCanvas::menuRequested, this, [this](const QString &name, const QPoint &at) {
        QMenu menu;
        if (name.isEmpty())
            menu.addActions({m_actions.start, m_actions.pause, m_actions.step, m_actions.stop, m_actions.inject});
        else
            menu.addActions({m_actions.stepThis, m_actions.kill, m_actions.terminate, m_actions.restart, m_actions.remove});
        menu.exec(at);
    });
    connect(m_properties, &SceneProperties::edited, this, &PlaygroundView::edit);
}

void PlaygroundView::focusFirst()
{
    QWidget *first = m_pages->currentIndex() == 0 ? m_pages->currentWidget()->focusProxy() : m_canvas->node({});
    first->setFocus(Qt::OtherFocusReason);
}

void PlaygroundView::runExample(SceneExample example)
{
    setScene(exampleScene(example));
    begin(false);
    for (const SceneWords::Example &known : SceneWords::examples())
        if (known.example == example)
            tell(known.sentence);
}

void PlaygroundView::setScene(const Scene &scene)
{
    m_runner->stop();
    m_scene = scene;
    m_canvas->select({});
    m_pages->setCurrentIndex(1);
    remember();
    clear();
    showScene();
    focusFirst();
}

void PlaygroundView::edit(const Scene &scene)
{
    if (scene == m_scene)
        return;
    m_scene = scene;
    remember();
    m_runner->apply(scene);
    showScene();
}

void PlaygroundView::add(bool producer)
{
    Scene scene = m_scene;
    const QString name = scene.add(producer);
    if (name.isEmpty())
        return;
    edit(scene);
    m_canvas->node(name)->setFocus(Qt::TabFocusReason);
}

void PlaygroundView::remove(const QString &name)
{
    Scene scene = m_scene;
    scene.remove(name);
    if (name.isEmpty() || !scene.validate())
        return;
    const bool focused = m_canvas->node(name) && m_canvas->node(name)->hasFocus();
    edit(scene);
    if (focused)
        m_canvas->node({})->setFocus(Qt::TabFocusReason);
}

void PlaygroundView::start()
{
    const SceneRunner::State state = m_runner->state();
    if (state == SceneRunner::State::Paused || state == SceneRunner::State::Pausing)
        m_runner->resume();
    else
        begin(false);
}

void PlaygroundView::begin(bool paused)
{
    m_pages->setCurrentIndex(1);
    clear();
    tell({});
    m_runner->start(m_scene, paused);
}

void PlaygroundView::clear()
{
    m_last = {};
    m_names.clear();
    m_messages->clear();
    m_plots->clear();
}

void PlaygroundView::step(const QString &name)
{
    if (m_runner->state() == SceneRunner::State::Stopped)
        begin(true);
    m_runner->step(name);
}

void PlaygroundView::openInject()
{
    if (!m_inject) {
        m_inject = new InjectDialog(window());
        connect(m_inject, &InjectDialog::sendRequested, m_runner.get(), &SceneRunner::inject);
    }
    m_inject->setScene(m_scene);
    m_inject->show();
    m_inject->activateWindow();
    m_inject->editor()->setFocus();
    m_inject->editor()->selectAll();
}

void PlaygroundView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        m_actions.restyle(this);
}

const SceneProcessState *PlaygroundView::stateOf(const QString &name) const
{
    for (const SceneProcessState &state : m_last.processes)
        if (state.name == name)
            return &state;
    return nullptr;
}

void PlaygroundView::take(const SceneBatch &batch)
{
    for (const SceneProcessState &state : batch.processes) {
        const SceneProcessState *before = stateOf(state.name);
        m_names.insert(state.pid, state.name);
        if (before && before->pid == state.pid && before->isAlive() && !state.isAlive())
            tell(tr("%1: %2.").arg(SceneWords::nameAndPid(state), SceneWords::phase(state)),
                state.phase != SceneProcessState::Phase::Finished);
    }
    for (const ipc::QueueDeath &death : batch.deaths)
        tell(SceneWords::death(death, nameOf(death.process.pid)), true);
    m_messages->take(batch);
    m_plots->add(batch.samples);
    m_last = batch;
    m_last.appeared.clear();
    m_last.arrived.clear();
    showState();
}

void PlaygroundView::showScene()
{
    m_canvas->setScene(m_scene);
    m_plots->setBound(m_scene.kind == Scene::Kind::Queue ? m_scene.bound : 0);
    m_code->setScene(m_scene);
    if (m_inject)
        m_inject->setScene(m_scene);
    showState();
}

void PlaygroundView::showState()
{
    const SceneRunner::State state = m_runner->state();
    const bool active = m_runner->isActive();
    if (!active && !m_last.processes.isEmpty())
        m_last.processes.clear();
    m_canvas->showStates(m_last.processes, m_last.level, active);
    const QString selected = m_canvas->selected();
    m_properties->show(m_scene, selected, active);
    SceneProcessState unknown;
    unknown.name = selected;
    const SceneProcessState *known = stateOf(selected);
    Scene without = m_scene;
    without.remove(selected);
    m_actions.update(state, selected.isEmpty() ? nullptr : known ? known : &unknown, without.validate().ok());
    m_stateMark->setPixmap(statusIcon(SceneWords::status(state)).pixmap(kMark));
    m_state->setText(SceneWords::state(state));
    const QLocale locale;
    const SceneLevel &level = m_last.level;
    QString figures;
    if (active) {
        figures = tr("%1 put · %2 got · %3 in between")
                      .arg(locale.toString(level.puts), locale.toString(level.gets), locale.toString(level.depth));
        if (level.unseen > 0)
            figures += tr(" · %1 too fast to be listed").arg(locale.toString(level.unseen));
    }
    m_figures->setText(figures);
}

void PlaygroundView::tell(const QString &text, bool warning)
{
    m_news->setText(warning ? QStringLiteral("⚠ %1").arg(text) : text);
}

InjectDialog *PlaygroundView::injectDialog() const
{
    return m_inject;
}

QString PlaygroundView::news() const
{
    return m_news->text();
}

QString PlaygroundView::figures() const
{
    return m_figures->text();
}

void PlaygroundView::remember() const
{
    Settings().setValue(kSceneKey, QJsonDocument(m_scene.toJson()).toJson(QJsonDocument::Compact));
}

void PlaygroundView::recall()
{
    const QByteArray json = Settings().value(kSceneKey).toByteArray();
    if (json.isEmpty())
        return;
    auto scene = Scene::fromJson(QJsonDocument::fromJson(json).object());
    if (!scene)
        return;
    m_scene = std::move(scene).value();
    m_pages->setCurrentIndex(1);
}

} // namespace forkscope
