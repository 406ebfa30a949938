// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/guitesting.h"
#include "tests/unit/recordedoutput.h"
#include "ui/output/outputpage.h"
#include "ui/output/outputview.h"

#include <QImage>
#include <QLineEdit>
#include <QtTest>

namespace forkscope {

/// A page on a real recording, shown. Members go in reverse order: the page first.
struct ShownOutput {
    explicit ShownOutput(quint64 sizeLimit = 0) : recorded(sizeLimit)
    {
        page.resize(900, 400);
        page.setSource(recorded.index.get());
        page.show();
        if (!QTest::qWaitForWindowExposed(&page))
            qFatal("the window was not shown");
    }
    /// Writes, and waits until it is shown.
    void write(ChannelId channel, QByteArrayView bytes, quint64 linesThen)
    {
        recorded.write(channel, bytes);
        QTRY_COMPARE(page.view()->shownCount(), linesThen);
    }
    void writeNumbers(int count)
    {
        QByteArray bytes;
        for (int i = 1; i <= count; ++i)
            bytes += "line " + QByteArray::number(i) + '\n';
        write(recorded.out, bytes, quint64(count));
    }
    bool atEnd() const
    {
        const quint64 rows = quint64(page.view()->viewport()->height() / page.view()->rowHeight());
        return page.view()->topLine().value_or(0) + rows >= page.view()->shownCount();
    }
    QLineEdit *searchField() const { return page.findChild<QLineEdit *>(); }
    QImage gutterOfRow(int row) const
    {
        const int height = page.view()->rowHeight();
        return page.view()->viewport()->grab(QRect(0, row * height, 16, height)).toImage();
    }

    RecordedOutput recorded;
    OutputPage page;
};

} // namespace forkscope
