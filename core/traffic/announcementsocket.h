// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/ipc/announcement.h"

#include <QByteArray>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace forkscope {

/// Where programs that a session launched tell of their queues and connections: a socket in a folder that only its user may
/// enter, which answers processes of this user alone. A thread of its own; the rest is thread-safe.
class AnnouncementSocket
{
public:
    struct Received {
        ipc::Announcement::Kind kind;
        LaunchId launch;
        ProcessKey process; ///< who told
        QByteArray name; ///< UTF-8 without control characters; may be empty
        UniqueFd fd; ///< not looked at yet
    };
    /// In the socket's thread. Whether it is watched now: false is counted as malformed.
    using Handler = std::function<bool(Received)>;

    /// The file is removed again at the end; those of sessions that have been killed are removed here.
    static Result<std::unique_ptr<AnnouncementSocket>> listen(Handler handler);
    ~AnnouncementSocket();
    Q_DISABLE_COPY_MOVE(AnnouncementSocket)

    /// $XDG_RUNTIME_DIR/forkscope/traffic, mode 0700; without that variable in the folder of temporary files.
    static Result<QString> folder();
    const QByteArray &path() const { return m_path; }
    quint64 refused() const { return m_refused; } ///< of other users
    quint64 malformed() const { return m_malformed; }

private:
    explicit AnnouncementSocket(Handler handler) : m_handler(std::move(handler)) { }
    struct Client {
        UniqueFd socket;
        ProcessKey process;
        qint64 sinceNs = 0;
    };
    void run();
    void acceptClient();
    void hear(const Client &client);

    const Handler m_handler;
    QByteArray m_path;
    UniqueFd m_listener, m_wake;
    std::vector<Client> m_clients; ///< have said nothing yet
    std::atomic<quint64> m_refused = 0, m_malformed = 0;
    std::thread m_thread;
};

} // namespace forkscope
