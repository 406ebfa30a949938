// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchhistory.h"

#include <QLineEdit>

class QListView;
class QStringListModel;

namespace forkscope {

class Completion;

/// The field of the launch bar: Up and Down walk the history, words are completed while one types.
///
/// The list of completions never takes the keyboard: Tab takes the first (or the chosen) one, Down and Up choose, Esc closes it,
/// Enter runs the line unless one was chosen.
class LaunchLine : public QLineEdit
{
    Q_OBJECT

public:
    explicit LaunchLine(QWidget *parent = nullptr);
    ~LaunchLine() override;

    LaunchHistory &history() { return m_history; }
    void setWorkingDirectory(const QString &path) { m_workingDirectory = path; }
    QListView *completionList() const { return m_list; }

signals:
    void lineEntered(const QString &line);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void ask();
    void showFound(quint64 ticket, int wordStart, const QStringList &words);
    bool listHandles(QKeyEvent *event);
    bool completeByTab();
    void take(const QString &word);
    void hideList();
    void walk(const QString &line);

    LaunchHistory m_history;
    Completion *m_completion;
    QListView *m_list;
    QStringListModel *m_found;
    QString m_workingDirectory;
    quint64 m_ticket = 0;
    int m_wordStart = 0;
    int m_askedCursor = -1;
};

} // namespace forkscope
