// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <memory>
#include <optional>

namespace forkscope {

/// Runs work() in a thread of its own and then done(result) in the thread of context, unless context is gone by then.
/// The thread deletes itself; who lends data to work() waits for it.
template<typename Work, typename Done> QThread *runInBackground(QObject *context, Work work, Done done)
{
    auto result = std::make_shared<std::optional<decltype(work())>>();
    QThread *thread = QThread::create([work = std::move(work), result]() mutable { result->emplace(work()); });
    QObject::connect(
        thread, &QThread::finished, context, [done = std::move(done), result]() mutable { done(std::move(**result)); });
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
    return thread;
}

} // namespace forkscope
