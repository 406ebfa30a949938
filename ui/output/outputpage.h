// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/processkey.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <optional>

namespace forkscope {

class LineIndex;
class OutputView;

/// What the processes wrote and were sent, with what one does to it: streams on and off, follow, find, copy, save.
///
/// GUI thread. Shows what the journal has; changes nothing in it.
class OutputPage : public QWidget
{
    Q_OBJECT

public:
    explicit OutputPage(QWidget *parent = nullptr);
    ~OutputPage() override;

    /// Where the lines come from. Not owned: call with nullptr before index (or its journal) goes. Clears search and selection,
    /// waits (a few milliseconds) until no thread of the page reads from the old source.
    void setSource(LineIndex *index);

    /// Only the output of these launches; nothing: of all. Channels that they open later appear by themselves.
    /// The title names them to a person, for the empty state and for the name of a saved file.
    void showLaunches(std::optional<QList<LaunchId>> launches, const QString &title);

    OutputView *view() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace forkscope
