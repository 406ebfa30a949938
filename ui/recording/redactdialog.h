// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/redact/redaction.h"

#include <QDialog>

class QLabel;
class QLayout;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTimer;
class QTreeWidget;

namespace forkscope {

class PathEdit;
class RedactChoices;
class RedactJob;

/// Writes a copy of a recording, live or closed, without what others should not see; shows beforehand what that removes. It stays
/// open beside the window. GUI thread; the journal must outlive it.
class RedactDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RedactDialog(const Journal &journal, QWidget *parent = nullptr);

    RedactChoices *choices() const { return m_choices; }
    QTreeWidget *counts() const { return m_counts; } ///< columns: pattern, matches, where
    QPlainTextEdit *samples() const { return m_samples; }
    QLineEdit *path() const;
    QPushButton *previewButton() const { return m_look; }
    QPushButton *saveButton() const { return m_save; }
    QPushButton *closeButton() const { return m_close; }
    QString result() const;
    bool isSaving() const; ///< a preview does not count

    void reject() override; ///< while it saves: cancels; else closes

signals:
    void previewed();
    void ended(); ///< saving, in whatever way

private:
    QWidget *buildPreview();
    void buildEnd(QLayout *layout);
    void onChanged();
    void preview();
    void start();
    void onFinished(const RedactionReport &report);
    void onFailed(const Error &error);
    void showCounts(const RedactionReport &report);
    void end(const QString &result, bool warning);
    void updateButtons();

    const Journal &m_journal;
    RedactJob *m_job;
    RedactChoices *m_choices;
    QTreeWidget *m_counts;
    QPlainTextEdit *m_samples;
    QLabel *m_notes;
    PathEdit *m_path;
    QProgressBar *m_progress;
    QLabel *m_result;
    QPushButton *m_look;
    QPushButton *m_save = nullptr;
    QPushButton *m_close = nullptr;
    QTimer *m_delay; ///< between a change and its preview
    bool m_saveWhenFree = false; ///< a preview is being cancelled for it
    bool m_stale = false; ///< the preview that runs shows choices of before
    QString m_replace; ///< the file that may be replaced: the person has been told that it exists
};

} // namespace forkscope
