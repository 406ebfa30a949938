// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspacepipes.h"
#include "ui/launch/launchsection.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace forkscope {

class InputEdit;
class StreamEdit;

/// Where the standard streams lead, the sizes of what lies between, and what becomes of the bytes as text.
class StreamsSection : public LaunchSection
{
    Q_OBJECT

public:
    explicit StreamsSection(QWidget *parent = nullptr);

    void load(const LaunchProfile &profile) override;
    void store(LaunchProfile &profile) const override;
    QString summary() const override;

    /// All streams on a terminal, or those that are on one back to pipes. Emits changed().
    void setTerminal(bool terminal);
    /// What relative paths count from.
    void setBase(const QByteArray &directory);
    /// Of a profile: the pipes of its workspace, and those that it uses.
    void setPipes(const QStringList &names, const ProfilePipes &used);
    ProfilePipes pipes() const;
    InputEdit *input() const { return m_text; }
    StreamEdit *standardError() const { return m_error; }
    StreamEdit *standardOutput() const { return m_output; }
    StreamEdit *standardInput() const { return m_input; }

private:
    void buildStreams();
    void buildSizes();
    void buildText();
    void showTerminalSize();

    StreamEdit *m_input;
    StreamEdit *m_output;
    StreamEdit *m_error;
    InputEdit *m_text;
    QCheckBox *m_capture;
    QSpinBox *m_columns;
    QSpinBox *m_rows;
    QLineEdit *m_pipeSize;
    QComboBox *m_buffering;
    QLineEdit *m_bufferSize;
    QCheckBox *m_decode;
    QComboBox *m_encoding;
    QComboBox *m_errors;
};

} // namespace forkscope
