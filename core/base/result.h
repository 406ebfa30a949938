// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace forkscope {

/// What kind of thing went wrong. Sentences are made from it by errorText().
enum class ErrorCode {
    System, ///< a system call failed; systemError says how
    InvalidArgument, ///< the caller's request makes no sense; detail says why
    Unsupported, ///< a field or feature that this version does not carry out; detail names it
    NotARecording, ///< the file is no pcapng file that we can read
    Closed, ///< the object was closed or has ended
    TimedOut, ///< the time is over; nothing has changed
    EndOfStream, ///< the other end was closed; no more will come (Python: EOFError)
    PeerGone, ///< nobody is at the other end to take it (Python: BrokenPipeError)
    TooLarge, ///< beyond a limit; detail states size and limit
    NotSerialisable, ///< the value cannot be written as CBOR
    Malformed, ///< what came was cut short or is not in its format; detail says how
    Full, ///< a bounded queue has no place (Python: queue.Full)
    Empty, ///< a queue holds nothing (Python: queue.Empty)
    OwnerDied, ///< a process died while it held what is needed; detail names it
    BrokenBarrier, ///< not all came to the barrier; detail says why (Python: threading.BrokenBarrierError)
    TaskFailed, ///< a task of a pool did not succeed: its function threw, its command exited with another status than 0
};

/// A failure in the world (never a bug of ours): what was tried, on what, and how it failed.
struct Error {
    ErrorCode code = ErrorCode::System;
    int systemError = 0; ///< errno, or 0 where no system call was involved
    QString tried; ///< what was tried, in the infinitive: "open the recording"
    QString subject; ///< the file, command or field it was tried on; may be empty
    QString detail; ///< what more is known, and what the person can do; may be empty

    /// The error of the system call that has just failed; reads errno.
    static Error fromErrno(QString tried, QString subject = {}, QString detail = {});
    static Error invalid(QString tried, QString detail, QString subject = {})
    {
        return {ErrorCode::InvalidArgument, 0, std::move(tried), std::move(subject), std::move(detail)};
    }
};

/// One sentence for a person: "Cannot open the recording “x”: Permission denied. …"
QString errorText(const Error &error);
/// errno as its name and text: "ENOENT (No such file or directory)".
QString systemErrorText(int systemError);

/// A value or the Error that kept us from having it. Check ok() first; the wrong access is a bug and asserts.
template<typename T> class [[nodiscard]] Result
{
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) { }
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) { }

    bool ok() const { return m_content.index() == 0; }
    explicit operator bool() const { return ok(); }
    T &value() &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_content);
    }
    const T &value() const &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_content);
    }
    T &&value() &&
    {
        Q_ASSERT(ok());
        return std::move(*std::get_if<0>(&m_content));
    }
    const Error &error() const
    {
        Q_ASSERT(!ok());
        return *std::get_if<1>(&m_content);
    }

private:
    std::variant<T, Error> m_content;
};

/// Success, or the Error.
template<> class [[nodiscard]] Result<void>
{
public:
    Result() { } // defaulted, `{}` would clear the place for the error as well
    Result(Error error) : m_error(std::move(error)) { }
    bool ok() const { return !m_error; }
    explicit operator bool() const { return ok(); }
    const Error &error() const
    {
        Q_ASSERT(!ok());
        return *m_error;
    }

private:
    std::optional<Error> m_error;
};

} // namespace forkscope
