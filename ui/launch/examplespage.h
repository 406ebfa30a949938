// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace forkscope {

/// Commands that show something worth seeing. They really run.
struct Example {
    QString title;
    QString sentence; ///< what to look at
    QStringList lines; ///< as typed into the launch bar; none: the pool of sleepers
    enum class View { Same, Traffic } view = View::Same; ///< that it is about
};
QList<Example> launchExamples();
QString trafficExample(); ///< the line of the one that shows traffic

/// The Processes view while nothing was launched: says what will be here, and offers the examples.
class ExamplesPage : public QScrollArea
{
    Q_OBJECT

public:
    explicit ExamplesPage(QWidget *parent = nullptr);

signals:
    void runRequested(const QStringList &lines);
    void poolRequested();
    void trafficRequested(); ///< after runRequested(): what passes is worth looking at
};

} // namespace forkscope
