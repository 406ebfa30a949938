// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pool/poolrequest.h"

#include <QTimer>
#include <QWidget>

namespace forkscope {

/// The first tasks that a request makes, and how many there are: found in a thread, shortly after the last change. GUI thread.
class TaskPreview : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kShown = 6;

    explicit TaskPreview(QWidget *parent = nullptr);

    /// fault: why there is nothing to preview yet; empty: there is.
    void setRequest(const PoolRequest &request, const QString &fault);
    bool isUsable() const { return m_usable; } ///< the last request makes tasks
    QString title() const; ///< "100 tasks", or what is wrong
    QString text() const;

    struct Found {
        QStringList tasks;
        std::optional<quint64> count;
        QString fault;
    };
    /// Not for the GUI thread.
    static Found find(const PoolRequest &request);

signals:
    void shown(); ///< the preview is that of the last request

private:
    void look();
    void show(const Found &found);

    QTimer m_pause;
    PoolRequest m_request;
    quint64 m_number = 0; ///< of the last request
    bool m_usable = false;
    QLabel *m_title;
    QPlainTextEdit *m_text;
};

} // namespace forkscope
