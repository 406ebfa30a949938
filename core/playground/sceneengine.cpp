// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/playground/sceneengine.h"

#include "core/base/clock.h"
#include "core/ipc/announcement.h"
#include "core/ipc/pipe.h"
#include "core/playground/pipesource.h"
#include "core/playground/queuesource.h"
#include "core/traffic/trafficrecorder.h"

#include <QCoreApplication>

#include <algorithm>

namespace forkscope {

SceneEngine::SceneEngine(TrafficRecorder *traffic) : m_traffic(traffic), m_drainTimer(this), m_tellTimer(this)
{
    m_drainTimer.setInterval(kDrainMs);
    m_drainTimer.setTimerType(Qt::PreciseTimer);
    m_tellTimer.setInterval(kTellMs);
    connect(&m_drainTimer, &QTimer::timeout, this, &SceneEngine::drain);
    connect(&m_tellTimer, &QTimer::timeout, this, &SceneEngine::tell);
}

SceneEngine::~SceneEngine()
{
    clear();
}

void SceneEngine::start(const Scene &scene, bool paused, int run)
{
    clear();
    m_run = run;
    setState(State::Starting);
    m_scene = scene;
    Result<void> done = scene.validate();
    if (done && scene.kind == Scene::Kind::Pipe) {
        auto pipe = std::make_unique<PipeSource>();
        m_pipe = pipe.get();
        m_source = std::move(pipe);
        done = startPipe();
    } else if (done) {
        done = makeQueue();
        for (const SceneProcess &process : scene.producers + scene.consumers)
            if (done)
                done = startAtQueue(process);
    }
    if (!done)
        return fail(done.error());
    m_startNs = m_sampledNs = monotonicNs();
    m_counts.push_back({m_startNs, 0, 0, 0});
    m_drainTimer.start();
    m_tellTimer.start();
    if (paused) {
        setState(State::Pausing);
        settle();
        return;
    }
    for (const auto &member : m_members)
        member->run();
    setState(State::Running);
}

Result<void> SceneEngine::makeQueue()
{
    ipc::QueueOptions options;
    options.maxSize = m_scene.bound;
    const auto take = [this](auto queue) -> Result<void> {
        if (!queue)
            return queue.error();
        m_queue.emplace(queue.value());
        if constexpr (std::is_same_v<decltype(queue), Result<ipc::PriorityQueue>>)
            m_ordered.emplace(queue.value());
        return {};
    };
    const auto made = m_scene.order == Scene::Order::Fifo ? take(ipc::Queue::create(options))
        : m_scene.order == Scene::Order::Lifo             ? take(ipc::LifoQueue::create(options))
                                                          : take(ipc::PriorityQueue::create(options));
    if (!made)
        return made;
    auto drain = m_traffic ? m_traffic->tee(*m_queue, "playground") : QueueSource::observe(*m_queue);
    if (!drain)
        return drain.error();
    m_source = std::make_unique<QueueSource>(*m_queue, std::move(drain).value());
    return {};
}

Result<void> SceneEngine::startPipe()
{
    auto pipe = ipc::makePipe(m_scene.duplex);
    if (!pipe)
        return pipe.error();
    // A duplex pipe has two equal ends; of the other kind the first receives.
    auto &[receiving, sending] = pipe.value();
    SceneMember::Part part;
    part.duplex = m_scene.duplex;
    part.function = "scene sender";
    // The ends tell the session; a queue is watched from here.
    if (const QByteArray variable = m_traffic ? m_traffic->variable() : QByteArray(); !variable.isEmpty())
        part.environment.insert(ipc::kTrafficVariable, variable);
    part.handed.append(std::move(sending));
    SceneMember::Part other;
    other.duplex = m_scene.duplex;
    other.environment = part.environment;
    other.function = "scene receiver";
    other.first = false;
    other.handed.append(std::move(receiving));
    if (const auto started = startMember(m_scene.producers.first(), std::move(part)); !started)
        return started;
    return startMember(m_scene.consumers.first(), std::move(other));
}

Result<void> SceneEngine::startAtQueue(const SceneProcess &process)
{
    SceneMember::Part part;
    part.function = m_scene.isProducer(process.name) ? "scene producer" : "scene consumer";
    part.ordered = m_ordered.has_value();
    part.handed.append(*m_queue);
    return startMember(process, std::move(part));
}

Result<void> SceneEngine::startMember(const SceneProcess &process, SceneMember::Part part)
{
    auto owned = std::make_unique<SceneMember>();
    SceneMember *member = owned.get();
    connect(member, &SceneMember::changed, this, &SceneEngine::settle);
    connect(member, &SceneMember::injected, this, &SceneEngine::injectedIntoPipe);
    connect(
        member, &SceneMember::ended, this, [this, member] { memberEnded(member); }, Qt::QueuedConnection);
    connect(member, &SceneMember::messagesReported, this, [this, member](const QCborArray &report) {
        if (m_pipe)
            m_pipe->add(member->isFirst(), member->pid(), report);
    });
    if (const auto started = member->start(process, std::move(part)); !started)
        return started;
    const auto same
        = std::find_if(m_members.begin(), m_members.end(), [&](const auto &other) { return other->name() == process.name; });
    if (same == m_members.end())
        m_members.push_back(std::move(owned));
    else
        *same = std::move(owned);
    return {};
}

void SceneEngine::memberEnded(SceneMember *member)
{
    std::erase_if(m_leaving, [member](const auto &leaving) { return leaving.get() == member; });
    if (m_injecting && m_pipe)
        injectedIntoPipe(false);
    if (m_queue && !m_scene.producers.isEmpty()
        && std::all_of(m_scene.producers.begin(), m_scene.producers.end(), [this](const SceneProcess &producer) {
               const SceneMember *made = find(producer.name);
               return made && made->hasFinished();
           }))
        m_queue->close(); // nothing will come any more: the consumers may end
    settle();
}

void SceneEngine::settle()
{
    if (m_state == State::Stopped || m_state == State::Starting)
        return;
    if (std::none_of(m_members.begin(), m_members.end(), [](const auto &member) { return member->isAlive(); })) {
        m_steps.clear();
        drain();
        if (m_state != State::Finished)
            sample(monotonicNs(), m_source->level());
        setState(State::Finished);
        return;
    }
    if (m_state == State::Running)
        return;
    if (!std::all_of(m_members.begin(), m_members.end(), [](const auto &member) { return member->isAtRest(); })) {
        if (m_state != State::Paused) // a step under way is one
            setState(State::Pausing);
        return;
    }
    setState(State::Paused);
    if (!m_steps.isEmpty())
        step(m_steps.takeFirst());
}

void SceneEngine::pause()
{
    if (m_state != State::Running)
        return;
    for (const auto &member : m_members)
        if (member->isAlive())
            member->pause();
    setState(State::Pausing);
    settle();
}

void SceneEngine::resume()
{
    if (m_state != State::Paused && m_state != State::Pausing)
        return;
    m_steps.clear();
    for (const auto &member : m_members)
        if (member->isAlive())
            member->run();
    setState(State::Running);
}

void SceneEngine::step(const QString &name)
{
    if (m_state == State::Running)
        pause();
    const bool atRest = std::all_of(m_members.begin(), m_members.end(), [](const auto &member) { return member->isAtRest(); });
    if (m_state == State::Pausing || (m_state == State::Paused && name.isEmpty() && !atRest)) {
        if (m_steps.size() < 100)
            m_steps.append(name);
        return;
    }
    if (m_state != State::Paused)
        return;
    drain();
    if (SceneMember *member = name.isEmpty() ? nextToStep() : find(name); member && member->isAlive())
        member->permit();
}

/// Whose turn it is: whoever can take what is there, else the next that can send.
SceneMember *SceneEngine::nextToStep()
{
    const SceneLevel level = m_source->level();
    const size_t count = m_members.size();
    for (const bool sends : {level.depth == 0, level.depth != 0}) {
        for (size_t i = 0; i < count; ++i) {
            const size_t at = (m_nextStep + i) % count;
            if (m_members[at]->isAlive() && m_members[at]->sendsNext() == sends) {
                m_nextStep = at + 1;
                return m_members[at].get();
            }
        }
    }
    return nullptr;
}

void SceneEngine::stop()
{
    clear();
    setState(State::Stopped);
}

void SceneEngine::apply(const Scene &scene)
{
    if (m_state == State::Stopped || m_state == State::Starting)
        return;
    m_scene.producers = scene.producers;
    m_scene.consumers = scene.consumers;
    for (auto &member : m_members) {
        if (const SceneProcess *process = scene.find(member->name())) {
            if (member->isAlive())
                member->apply(*process);
        } else if (member->isAlive()) {
            member->end();
            m_leaving.push_back(std::move(member));
        } else {
            member.reset();
        }
    }
    std::erase(m_members, nullptr);
    for (const SceneProcess &process : scene.producers + scene.consumers) {
        if (find(process.name) || m_pipe)
            continue;
        if (const auto started = startAtQueue(process); !started)
            emit failed(started.error());
        else if (m_state == State::Running)
            m_members.back()->run();
        else if (m_state == State::Finished)
            restart(process.name);
    }
    settle();
}

void SceneEngine::kill(const QString &name, bool gently)
{
    SceneMember *member = find(name);
    if (!member || !member->isAlive())
        return;
    if (const auto done = gently ? member->terminate() : member->kill(); !done)
        emit failed(done.error());
}

void SceneEngine::restart(const QString &name)
{
    const SceneProcess *process = m_scene.find(name);
    if (!process || m_state == State::Stopped || m_state == State::Starting)
        return;
    const bool running = m_state == State::Running || m_state == State::Finished;
    Result<void> done;
    if (m_pipe) {
        m_members.clear();
        auto pipe = std::make_unique<PipeSource>();
        m_pipe = pipe.get();
        m_source = std::move(pipe);
        m_joiner.forgetOpen();
        m_counts.clear();
        done = startPipe();
    } else if (const SceneMember *member = find(name); !member || !member->isAlive()) {
        done = startAtQueue(*process);
    }
    if (!done) {
        emit failed(done.error());
        return;
    }
    if (running) {
        for (const auto &member : m_members)
            if (member->isAlive())
                member->run();
        setState(State::Running);
    } else {
        settle();
    }
}

void SceneEngine::inject(const QByteArray &bytes, qint64 priority, const QString &name)
{
    const QString tried = QCoreApplication::translate("Scene", "send a message by hand");
    const auto refuse = [this](const Error &error) { emit injected({false, error}); };
    if (bytes.size() > SceneRunner::kLargestInjection)
        return refuse({ErrorCode::TooLarge, 0, tried, {},
            QCoreApplication::translate("Scene", "%1 bytes; the limit is %2")
                .arg(bytes.size())
                .arg(SceneRunner::kLargestInjection)});
    if (m_queue) {
        // A moment, in which others leave the queue's lock; full is full.
        const QDeadlineTimer deadline(20);
        const auto put = m_ordered ? m_ordered->putBytes(bytes, priority, deadline) : m_queue->putBytes(bytes, deadline);
        if (!put)
            return refuse(put.error());
        emit injected({true, {}});
        return;
    }
    SceneMember *sender = name.isEmpty() && !m_members.empty() ? m_members.front().get() : find(name);
    if (!sender || !sender->isAlive() || (!sender->isFirst() && !m_scene.duplex))
        return refuse({ErrorCode::PeerGone, 0, tried, name,
            QCoreApplication::translate("Scene", "no process that could send it is alive")});
    if (m_injecting)
        return refuse({ErrorCode::Full, 0, tried, sender->name(),
            QCoreApplication::translate("Scene", "it still has to send the one before")});
    m_injecting = true;
    sender->inject(bytes);
}

void SceneEngine::injectedIntoPipe(bool sent)
{
    if (!m_injecting)
        return;
    m_injecting = false;
    if (sent)
        emit injected({true, {}});
    else
        emit injected({false,
            {ErrorCode::Full, 0, QCoreApplication::translate("Scene", "send a message by hand"), {},
                QCoreApplication::translate("Scene", "the process that would send it is waiting in the pipe, or has ended")}});
}

SceneMember *SceneEngine::find(const QString &name)
{
    const auto at = std::find_if(m_members.begin(), m_members.end(), [&](const auto &member) { return member->name() == name; });
    return at == m_members.end() ? nullptr : at->get();
}

void SceneEngine::fail(const Error &error)
{
    clear();
    setState(State::Stopped);
    emit failed(error);
}

void SceneEngine::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    if (state == State::Paused || state == State::Finished) {
        m_batchTaken = true; // all that there is, before the word
        tell();
    }
    emit stateChanged(state);
}

void SceneEngine::clear()
{
    m_drainTimer.stop();
    m_tellTimer.stop();
    m_leaving.clear();
    for (const auto &member : m_members) // all of them, before any is waited for
        if (member->isAlive())
            (void)member->kill();
    m_members.clear();
    m_source.reset();
    m_pipe = nullptr;
    m_ordered.reset();
    m_queue.reset();
    m_joiner = {};
    m_steps.clear();
    m_nextStep = 0;
    m_injecting = false;
    m_deathsTold = 0;
    m_counts.clear();
    m_waits.clear();
    m_batch = {};
    m_told = {};
}

} // namespace forkscope
