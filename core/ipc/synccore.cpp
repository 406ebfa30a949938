// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/synccore.h"

#include <unistd.h>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::Sync)
};

constexpr qint64 kLookNs = 10'000'000;

QString looking()
{
    return {}; // nobody is told: somebody else will look
}

} // namespace

SyncHandle::SyncHandle(std::shared_ptr<SyncCore> core) : m_core(std::move(core)) { }
SyncHandle::SyncHandle(const SyncHandle &) = default;
SyncHandle &SyncHandle::operator=(const SyncHandle &) = default;
SyncHandle::~SyncHandle() = default;

int SyncHandle::fd() const
{
    return m_core->file().fd();
}

QString SyncHandle::name() const
{
    return m_core->file().name();
}

SyncCore::SyncCore(SharedMemory memory)
    : m_memory(std::move(memory)), m_sync(reinterpret_cast<SyncMemory *>(m_memory.data())), m_kind(m_sync->kind)
{
}

/// A process that holds something keeps its place, so that its death is noticed.
void SyncCore::leave()
{
    if (m_self != kNobody && m_generation == forkGeneration() && !holds(m_self))
        m_sync->participants.leave(m_self);
}

Result<SharedMemory> SyncCore::create(
    const SyncOptions &options, SyncKind kind, size_t partSize, const std::function<void(void *part)> &initialise)
{
    const size_t size = kSyncPart + partSize;
    return SharedMemory::create(options.name, size, size, [&](SharedMemory &memory) -> Result<void> {
        if (auto done = memory.reserve(0, size); !done)
            return done;
        auto *sync = reinterpret_cast<SyncMemory *>(memory.data());
        sync->version = kSyncVersion;
        sync->kind = kind;
        sync->magic = kSyncMagic;
        initialise(memory.data() + kSyncPart);
        return {};
    });
}

Result<SharedMemory> SyncCore::attach(int fd, SyncKind kind, size_t partSize)
{
    return checked(SharedMemory::attach(UniqueFd(fd), kSyncPart + partSize, 0), kind);
}

Result<SharedMemory> SyncCore::attach(const QString &name, SyncKind kind, size_t partSize)
{
    return checked(SharedMemory::attach(name, kSyncPart + partSize, 0), kind);
}

Result<SharedMemory> SyncCore::checked(Result<SharedMemory> memory, SyncKind kind)
{
    if (!memory)
        return memory;
    const auto *sync = reinterpret_cast<const SyncMemory *>(memory.value().data());
    if (sync->magic != kSyncMagic || sync->version != kSyncVersion || sync->kind != kind)
        return Error{ErrorCode::Malformed, 0, Text::tr("attach to shared memory"), memory.value().name(),
            Text::tr("it holds something else, or is of another version")};
    return memory;
}

Error SyncCore::tooMany()
{
    return Error::invalid(Text::tr("attach to shared memory"), Text::tr("1,024 processes use it already"));
}

Error SyncCore::corrupt(const QString &tried) const
{
    return {ErrorCode::Malformed, 0, tried, m_memory.name(),
        Text::tr("a process that uses it has overwritten its memory; create a new one")};
}

ParticipantId SyncCore::self()
{
    const quint32 generation = forkGeneration();
    if (m_self.load(std::memory_order_relaxed) != kNobody && m_generation.load(std::memory_order_acquire) == generation)
        [[likely]]
        return m_self.load(std::memory_order_relaxed);
    const std::scoped_lock lock(m_selfMutex);
    if (m_self == kNobody || m_generation != generation) {
        m_self = m_sync->participants.join([this](ParticipantId dead) { return !holds(dead); });
        m_generation = generation;
    }
    return m_self;
}

bool SyncCore::holds(ParticipantId id) const
{
    if (m_sync->guard.isHeldBy(id))
        return true;
    for (quint32 place = 0; place < Waiters::kCount; ++place)
        if (m_sync->waiters.entry(place).owner.load(std::memory_order_relaxed) == id + 1)
            return true;
    return false;
}

Result<void> SyncCore::enterGuard(const QDeadlineTimer &deadline, QString (*tried)())
{
    ParticipantId previous = kNobody;
    switch (m_sync->guard.lock(m_sync->participants, self(), deadline, previous)) {
    case RobustMutex::Outcome::Locked:
        return {};
    case RobustMutex::Outcome::LockedAfterDeath:
        recover(previous);
        return {};
    case RobustMutex::Outcome::TimedOut:
        return timedOut(tried(),
            Text::tr("process %1 is inside and does not go on; it may be stopped")
                .arg(m_sync->participants.process(previous).pid));
    case RobustMutex::Outcome::Corrupt:
        break;
    }
    return corrupt(tried());
}

bool SyncCore::mayLook()
{
    const qint64 now = monotonicNs();
    qint64 last = m_sync->lookedNs.load(std::memory_order_relaxed);
    return (now - last > kLookNs || now < last) && m_sync->lookedNs.compare_exchange_strong(last, now);
}

void SyncCore::look(ParticipantId id)
{
    Participants &participants = m_sync->participants;
    const ProcessKey key = participants.process(id);
    if (!key.pid || id == m_self || Participants::isAlive(key))
        return;
    (void)guarded(QDeadlineTimer(10), looking, [&] {
        if (participants.process(id) != key)
            return;
        bury(id);
        m_sync->waiters.forget(id);
        if (!holds(id))
            participants.leave(id);
    });
}

void SyncCore::sweep()
{
    for (ParticipantId id = 0; id < Participants::kCount; ++id)
        look(id);
}

SyncSnapshot SyncCore::snapshot(Waiters::Kind kind)
{
    sweep();
    SyncSnapshot shot;
    for (quint32 place = 0; place < Waiters::kCount; ++place) {
        const Waiters::Entry &entry = m_sync->waiters.entry(place);
        const quint32 owner = entry.owner;
        if (owner && owner <= Participants::kCount && entry.kind == kind && entry.sinceNs)
            shot.waiters.append({m_sync->participants.process(owner - 1), qint32(entry.tid), entry.sinceNs});
    }
    shot.deaths = m_sync->deaths.latest();
    shot.deathCount = m_sync->deaths.count();
    return shot;
}

} // namespace forkscope::ipc
