// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/capture/linkregistry.h"
#include "core/capture/namedpipe.h"
#include "core/journal/journalwriter.h"
#include "core/monitor/processmonitor.h"
#include "core/session/session.h"
#include "core/traffic/trafficrecorder.h"

#include <QHash>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <mutex>

namespace forkscope {

struct Session::Private {
    std::unique_ptr<JournalWriter> writer;
    std::unique_ptr<ProcessMonitor> monitor;
    std::unique_ptr<TrafficRecorder> traffic;
    QThread ioThread;
    QObject *io = nullptr; ///< lives in ioThread; owns the processes, and calls sent to it run there
    QHash<LaunchId, Process *> processes; ///< ioThread only
    LinkRegistry links;
    std::mutex pipesMutex;
    std::unique_ptr<QTemporaryDir> pipeFolder; ///< under pipesMutex; of the named pipes, made with the first
    QHash<QByteArray, NamedPipe *> pipes; ///< ioThread only; owned by io
    LinkSampler *sampler = nullptr; ///< ioThread only; of the named pipes; owned by io, older than they are
    std::atomic<quint32> lastLaunch = 0;
    QString temporaryFile; ///< goes with the session; empty: the recording stays
    QTimer healthTimer;
    JournalHealth health; ///< as last told
    std::unique_ptr<QThread> mover; ///< while the recording moves

    template<typename F> void inIoThread(F function) { QMetaObject::invokeMethod(io, std::move(function), Qt::QueuedConnection); }
};

} // namespace forkscope
