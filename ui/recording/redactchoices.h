// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/redact/redaction.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QTableWidget;
class QVBoxLayout;

namespace forkscope {

/// What is to be taken out of a copy, to be chosen. GUI thread; the journal must outlive it.
class RedactChoices : public QWidget
{
    Q_OBJECT

public:
    explicit RedactChoices(const Journal &journal, QWidget *parent = nullptr);

    /// As chosen now. Error where an expression is malformed; it is also shown here.
    Result<RedactionRequest> request();

    QCheckBox *payload() const { return m_payload; } ///< of all channels
    QTableWidget *channels() const { return m_channels; } ///< columns: replace, leave out, name
    QCheckBox *arguments() const { return m_arguments; }
    QCheckBox *directories() const { return m_directories; }
    QCheckBox *environment() const { return m_environment; }
    QCheckBox *preset(const QByteArray &word) const { return m_presets.value(word); }
    QPlainTextEdit *texts() const { return m_texts; }
    QPlainTextEdit *expressions() const { return m_expressions; }
    QString fault() const;

signals:
    void changed();

private:
    void buildChannels(QVBoxLayout *layout);
    void buildCommandLines(QVBoxLayout *layout);
    void buildPatterns(QVBoxLayout *layout);
    QPlainTextEdit *lines(const QString &name);
    QCheckBox *box(const QString &text, const QString &help);
    bool isChecked(int row, int column) const;

    const Journal &m_journal;
    QCheckBox *m_payload;
    QTableWidget *m_channels;
    QCheckBox *m_arguments;
    QCheckBox *m_directories;
    QCheckBox *m_environment;
    QHash<QByteArray, QCheckBox *> m_presets;
    QPlainTextEdit *m_texts;
    QPlainTextEdit *m_expressions;
    QLabel *m_fault;
};

} // namespace forkscope
