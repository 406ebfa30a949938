// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/output/outputpage.h"

namespace forkscope {

struct OutputPage::Private {
    LineIndex *index = nullptr;
    OutputView *view = nullptr;
    std::optional<QList<LaunchId>> launches;
    QString title;
};

OutputPage::OutputPage(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>()) { }

OutputPage::~OutputPage() = default;

void OutputPage::setSource(LineIndex *index)
{
    d->index = index;
}

void OutputPage::showLaunches(std::optional<QList<LaunchId>> launches, const QString &title)
{
    d->launches = std::move(launches);
    d->title = title;
}

OutputView *OutputPage::view() const
{
    return d->view;
}

} // namespace forkscope
