// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/redactjob.h"

#include "ui/window/background.h"

#include <QFileInfo>
#include <QTimer>

namespace forkscope {

struct RedactJob::Shared {
    std::atomic<bool> cancelled = false;
    std::atomic<int> permille = 0;
};

RedactJob::RedactJob(const Journal &journal, QObject *parent) : QObject(parent), m_journal(journal), m_poll(new QTimer(this))
{
    m_poll->setInterval(100);
    connect(m_poll, &QTimer::timeout, this, [this] { emit progressed(m_shared->permille); });
}

RedactJob::~RedactJob()
{
    cancel();
    if (m_thread)
        m_thread->wait();
}

void RedactJob::cancel()
{
    if (m_shared)
        m_shared->cancelled = true;
}

void RedactJob::start(const RedactionRequest &request, const QString &path, bool replace)
{
    Q_ASSERT(!isRunning());
    m_preview = path.isEmpty();
    m_shared = std::make_shared<Shared>();
    m_poll->start();
    const auto work
        = [&journal = m_journal, request, path, replace, shared = m_shared]() -> std::optional<Result<RedactionReport>> {
        const ExportControl control{
            .cancelled = &shared->cancelled, .progress = [&](double part) { shared->permille = int(part * 1000); }};
        if (path.isEmpty())
            return previewRedaction(journal, request, control);
        if (!replace && QFileInfo::exists(path))
            return {};
        return redactRecordingTo(path, journal, request, control);
    };
    m_thread = runInBackground(this, work, [this](const std::optional<Result<RedactionReport>> &done) {
        m_thread = nullptr;
        m_poll->stop();
        if (!done)
            emit fileExists();
        else if (*done)
            emit finished(done->value());
        else
            emit failed(done->error());
    });
}

} // namespace forkscope
