// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QPlainTextEdit;

namespace forkscope {

/// The bytes that a command gets on its standard input, or none. Bytes that a text field cannot hold are kept until one types.
class InputEdit : public QWidget
{
    Q_OBJECT

public:
    explicit InputEdit(QWidget *parent = nullptr);

    std::optional<QByteArray> input() const;
    void setInput(const std::optional<QByteArray> &input); ///< without changed()
    QCheckBox *check() const { return m_check; }
    QPlainTextEdit *text() const { return m_text; }

signals:
    void changed();

private:
    void showNote();

    QCheckBox *m_check;
    QPlainTextEdit *m_text;
    QLabel *m_note;
    std::optional<QByteArray> m_kept; ///< what was loaded, as long as nobody has typed
};

} // namespace forkscope
