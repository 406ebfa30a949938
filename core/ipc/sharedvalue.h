// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ipc/lock.h"

#include <optional>
#include <span>
#include <type_traits>

namespace forkscope::ipc {

/// What SharedValue and SharedArray stand on: elements of a size, and a lock.
class SharedData : public SyncHandle
{
public:
    /// The RLock that it is used under, for more than one step at a time (Python: get_lock()). To hand it on, hand this on.
    RLock lock() const { return m_lock; }
    LockSnapshot snapshot() const { return m_lock.snapshot(); }

protected:
    SharedData(const std::shared_ptr<SyncCore> &core, size_t count);
    /// initial: count elements, or null for zeros.
    static Result<SharedData> create(const SyncOptions &options, size_t elementSize, size_t count, const void *initial);
    /// Malformed where its elements have another size, or are not so many; count 0: any number.
    static Result<SharedData> attach(int fd, size_t elementSize, size_t count);
    static Result<SharedData> attach(const QString &name, size_t elementSize, size_t count);
    Error ownerDied(const Acquired &acquired) const;
    Error outOfRange(size_t index) const;
    void *data() const;

    /// Runs use under the lock.
    template<typename Use> Result<void> locked(QDeadlineTimer deadline, Use use)
    {
        const auto guard = Guard<RLock>::acquire(m_lock, deadline);
        if (!guard)
            return guard.error();
        if (guard.value().acquired().afterDeath())
            return ownerDied(guard.value().acquired());
        use();
        return {};
    }

    size_t m_count; ///< checked once; the memory is not to be trusted

private:
    static Result<SharedData> opened(Result<std::shared_ptr<SyncCore>> core, size_t count);
    RLock m_lock;
};

/// A value that processes share (Python: multiprocessing.Value). T: no pointers, no more than 64 bytes of alignment.
///
/// Each call holds the lock. OwnerDied: the process that held it died, so the value may be half written; this call did nothing,
/// and the next one goes on.
template<typename T> class SharedValue : public SharedData
{
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);

public:
    static Result<SharedValue> create(const T &initial = {}, const SyncOptions &options = {})
    {
        return made(SharedData::create(options, sizeof(T), 1, &initial));
    }
    static Result<SharedValue> attach(int fd) { return made(SharedData::attach(fd, sizeof(T), 1)); }
    static Result<SharedValue> attach(const QString &name) { return made(SharedData::attach(name, sizeof(T), 1)); }

    Result<T> get(QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
    {
        std::optional<T> value;
        const auto done = locked(deadline, [&] { value = unlocked(); });
        return done ? Result<T>(*value) : Result<T>(done.error());
    }
    Result<void> set(const T &value, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
    {
        return locked(deadline, [&] { unlocked() = value; });
    }
    /// change(T &): in one step.
    template<typename Change>
    Result<void> update(Change change, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
    {
        return locked(deadline, [&] { change(unlocked()); });
    }
    /// Without the lock, or with lock() held.
    T &unlocked() const { return *static_cast<T *>(data()); }

private:
    explicit SharedValue(SharedData data) : SharedData(std::move(data)) { }
    static Result<SharedValue> made(Result<SharedData> data)
    {
        return data ? Result<SharedValue>(SharedValue(std::move(data).value())) : Result<SharedValue>(data.error());
    }
};

/// Values in a row that processes share (Python: multiprocessing.Array); as SharedValue. The size is fixed.
template<typename T> class SharedArray : public SharedData
{
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);

public:
    /// Of zeros.
    static Result<SharedArray> create(size_t size, const SyncOptions &options = {})
    {
        return made(SharedData::create(options, sizeof(T), size, nullptr));
    }
    static Result<SharedArray> create(std::span<const T> initial, const SyncOptions &options = {})
    {
        return made(SharedData::create(options, sizeof(T), initial.size(), initial.data()));
    }
    static Result<SharedArray> attach(int fd) { return made(SharedData::attach(fd, sizeof(T), 0)); }
    static Result<SharedArray> attach(const QString &name) { return made(SharedData::attach(name, sizeof(T), 0)); }

    size_t size() const { return m_count; }
    /// InvalidArgument where there is none.
    Result<T> get(size_t index, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
    {
        if (index >= m_count)
            return outOfRange(index);
        std::optional<T> value;
        const auto done = locked(deadline, [&] { value = unlocked()[index]; });
        return done ? Result<T>(*value) : Result<T>(done.error());
    }
    Result<void> set(size_t index, const T &value, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
    {
        if (index >= m_count)
            return outOfRange(index);
        return locked(deadline, [&] { unlocked()[index] = value; });
    }
    /// change(std::span<T>): in one step.
    template<typename Change>
    Result<void> update(Change change, QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever))
    {
        return locked(deadline, [&] { change(unlocked()); });
    }
    std::span<T> unlocked() const { return {static_cast<T *>(data()), m_count}; }

private:
    explicit SharedArray(SharedData data) : SharedData(std::move(data)) { }
    static Result<SharedArray> made(Result<SharedData> data)
    {
        return data ? Result<SharedArray>(SharedArray(std::move(data).value())) : Result<SharedArray>(data.error());
    }
};

} // namespace forkscope::ipc
