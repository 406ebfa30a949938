// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ipc/sharedvalue.h"

#include "core/ipc/lockcore.h"

#include <cstring>

namespace forkscope::ipc {

namespace {

/// lupdate reads its tr().
class Text
{
    Q_DECLARE_TR_FUNCTIONS(ipc::SharedData)
};

struct alignas(64) DataHeader {
    std::atomic<quint64> elementSize, count;
};
static_assert(sizeof(DataHeader) == 64);
constexpr size_t kMost = size_t(1) << 40; ///< bytes

/// The handle, if the elements fit.
Result<std::shared_ptr<SyncCore>> checked(Result<SharedMemory> memory, size_t elementSize, size_t &count)
{
    if (memory) {
        const auto *header = reinterpret_cast<const DataHeader *>(memory.value().data() + kSyncPart);
        const size_t room = memory.value().size() - kSyncPart - sizeof(DataHeader);
        const size_t stated = header->count;
        if (header->elementSize != elementSize || stated > room / elementSize || (count && stated != count))
            return Error{ErrorCode::Malformed, 0, Text::tr("attach to the shared value"), memory.value().name(),
                Text::tr("its type is another")};
        count = stated;
    }
    struct Opened {
        explicit Opened(std::shared_ptr<SyncCore> opened) : core(std::move(opened)) { }
        std::shared_ptr<SyncCore> core;
    };
    auto opened = SyncCore::open<Opened, LockCore>(std::move(memory), true);
    return opened ? Result<std::shared_ptr<SyncCore>>(opened.value().core) : Result<std::shared_ptr<SyncCore>>(opened.error());
}

} // namespace

SharedData::SharedData(const std::shared_ptr<SyncCore> &core, size_t count) : SyncHandle(core), m_count(count), m_lock(core) { }

Result<SharedData> SharedData::opened(Result<std::shared_ptr<SyncCore>> core, size_t count)
{
    return core ? Result<SharedData>(SharedData(core.value(), count)) : Result<SharedData>(core.error());
}

Result<SharedData> SharedData::create(const SyncOptions &options, size_t elementSize, size_t count, const void *initial)
{
    if (count > kMost / elementSize)
        return Error{ErrorCode::TooLarge, 0, Text::tr("create the shared value"), options.name, {}};
    auto memory = SyncCore::create(options, SyncKind::Value, sizeof(DataHeader) + count * elementSize, [&](void *part) {
        auto *header = static_cast<DataHeader *>(part);
        header->elementSize = elementSize;
        header->count = count;
        if (initial && count)
            std::memcpy(static_cast<void *>(header + 1), initial, count * elementSize);
    });
    auto core = checked(std::move(memory), elementSize, count);
    return opened(std::move(core), count);
}

Result<SharedData> SharedData::attach(int fd, size_t elementSize, size_t count)
{
    auto core = checked(SyncCore::attach(fd, SyncKind::Value, sizeof(DataHeader)), elementSize, count);
    return opened(std::move(core), count);
}

Result<SharedData> SharedData::attach(const QString &name, size_t elementSize, size_t count)
{
    auto core = checked(SyncCore::attach(name, SyncKind::Value, sizeof(DataHeader)), elementSize, count);
    return opened(std::move(core), count);
}

Error SharedData::ownerDied(const Acquired &acquired) const
{
    return {ErrorCode::OwnerDied, 0, Text::tr("use the shared value"), name(),
        Text::tr("process %1 died while it held the lock, so the value may be half written; the next use goes on")
            .arg(acquired.deadOwner.pid)};
}

Error SharedData::outOfRange(size_t index) const
{
    return Error::invalid(
        Text::tr("use the shared value"), Text::tr("there is no element %1 of %2").arg(index).arg(m_count), name());
}

void *SharedData::data() const
{
    return static_cast<char *>(m_core->part()) + sizeof(DataHeader);
}

} // namespace forkscope::ipc
