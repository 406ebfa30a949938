// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QTimer;
class QToolButton;

namespace forkscope {

/// A field for a path, with a chooser and a word about what is there. It is looked up in another thread: the path may lie on a
/// slow network. The word is a hint, never a fault: the file may exist by the time of the start.
class PathEdit : public QWidget
{
    Q_OBJECT

public:
    enum class Kind {
        Directory, ///< to be entered
        Input, ///< a file to be read
        Output, ///< a file to be written
        Program, ///< a file to be executed
    };
    PathEdit(Kind kind, const QString &name, QWidget *parent = nullptr);

    QByteArray path() const; ///< as the kernel takes it
    void setPath(const QByteArray &path); ///< without changed()
    /// What relative paths count from; empty: our own.
    void setBase(const QByteArray &directory);
    QLineEdit *line() const { return m_line; }
    QLabel *hint() const { return m_hint; }

signals:
    void changed();

private:
    void look();
    void choose();

    Kind m_kind;
    QLineEdit *m_line;
    QToolButton *m_choose;
    QLabel *m_hint;
    QTimer *m_delay;
    QByteArray m_base;
    quint64 m_ticket = 0;
};

} // namespace forkscope
