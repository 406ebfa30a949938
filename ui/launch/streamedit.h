// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/launchspec.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;

namespace forkscope {

class PathEdit;

/// Where one standard stream leads, with what the choice needs: a file and how it is opened, a descriptor, or the name of a pipe
/// of the workspace.
class StreamEdit : public QWidget
{
    Q_OBJECT

public:
    enum class Stream { Input, Output, Error };
    StreamEdit(Stream stream, const QString &name, QWidget *parent = nullptr);

    StreamTarget target() const;
    void setTarget(const StreamTarget &target); ///< without changed()
    void setBase(const QByteArray &directory);
    /// Offers these pipes of a workspace, and new ones. chosen: the one that it is; empty: none is.
    void setPipes(const QStringList &names, const QString &chosen);
    bool isNamedPipe() const; ///< target() is a pipe then
    QString pipe() const; ///< its name, perhaps none yet; empty where another kind is chosen
    /// In a few words, "stderr → stdout"; empty for a pipe.
    QString summary() const;
    QComboBox *kindBox() const { return m_kind; }
    QComboBox *pipeBox() const { return m_pipe; } ///< null before setPipes()

signals:
    void changed();

private:
    StreamTarget::Kind kind() const;
    void showParts();

    const QString m_name;
    Stream m_stream;
    QComboBox *m_kind;
    PathEdit *m_path;
    QComboBox *m_open; ///< truncate or append; null for input
    QSpinBox *m_descriptor;
    QComboBox *m_pipe = nullptr;
    QLabel *m_pipeNote = nullptr; ///< that the name is a new one
};

} // namespace forkscope
