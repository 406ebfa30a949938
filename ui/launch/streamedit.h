// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/launch/launchspec.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace forkscope {

class PathEdit;

/// Where one standard stream leads, with what the choice needs: a file and how it is opened, or a descriptor.
class StreamEdit : public QWidget
{
    Q_OBJECT

public:
    enum class Stream { Input, Output, Error };
    StreamEdit(Stream stream, const QString &name, QWidget *parent = nullptr);

    StreamTarget target() const;
    void setTarget(const StreamTarget &target); ///< without changed()
    void setBase(const QByteArray &directory);
    /// In a few words, "stderr → stdout"; empty for a pipe.
    QString summary() const;
    QComboBox *kindBox() const { return m_kind; }

signals:
    void changed();

private:
    StreamTarget::Kind kind() const;
    void showParts();

    Stream m_stream;
    QComboBox *m_kind;
    PathEdit *m_path;
    QComboBox *m_open; ///< truncate or append; null for input
    QSpinBox *m_descriptor;
};

} // namespace forkscope
