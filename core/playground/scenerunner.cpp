// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/scenerunner.h"

#include "core/playground/sceneengine.h"

namespace forkscope {

SceneRunner::SceneRunner(TrafficRecorder *traffic, QObject *parent) : QObject(parent), m_engine(new SceneEngine(traffic))
{
    qRegisterMetaType<SceneBatch>();
    m_engine->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_engine, &QObject::deleteLater);
    connect(m_engine, &SceneEngine::stateChanged, this, [this](State state) {
        m_state = state;
        emit stateChanged(state);
    });
    connect(m_engine, &SceneEngine::batchReady, this, [this](const SceneBatch &news) {
        if (news.run == m_run)
            emit batch(news);
        // Only now the next one: a thread that is busy is not buried.
        post([this] { m_engine->batchTaken(); });
    });
    connect(m_engine, &SceneEngine::failed, this, &SceneRunner::failed);
    connect(m_engine, &SceneEngine::injected, this, &SceneRunner::injected);
    m_thread.setObjectName(QStringLiteral("playground"));
    m_thread.start();
}

SceneRunner::~SceneRunner()
{
    m_thread.quit();
    m_thread.wait();
}

template<typename Call> void SceneRunner::post(Call call)
{
    QMetaObject::invokeMethod(m_engine, std::move(call), Qt::QueuedConnection);
}

void SceneRunner::start(const Scene &scene, bool paused)
{
    post([this, scene, paused, run = ++m_run] { m_engine->start(scene, paused, run); });
}

void SceneRunner::pause()
{
    post([this] { m_engine->pause(); });
}

void SceneRunner::resume()
{
    post([this] { m_engine->resume(); });
}

void SceneRunner::step(const QString &name)
{
    post([this, name] { m_engine->step(name); });
}

void SceneRunner::stop()
{
    ++m_run;
    post([this] { m_engine->stop(); });
}

void SceneRunner::apply(const Scene &scene)
{
    post([this, scene] { m_engine->apply(scene); });
}

void SceneRunner::kill(const QString &name)
{
    post([this, name] { m_engine->kill(name, false); });
}

void SceneRunner::terminate(const QString &name)
{
    post([this, name] { m_engine->kill(name, true); });
}

void SceneRunner::restart(const QString &name)
{
    post([this, name] { m_engine->restart(name); });
}

void SceneRunner::inject(const QByteArray &bytes, qint64 priority, const QString &name)
{
    post([this, bytes, priority, name] { m_engine->inject(bytes, priority, name); });
}

} // namespace forkscope
