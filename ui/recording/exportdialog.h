// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/export/exportrecording.h"

#include <QDialog>

class QAbstractButton;
class QButtonGroup;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace forkscope {

class ExportJob;
class PathEdit;

/// What is selected in the window: a launch, or messages of the Traffic view.
struct ExportSelection {
    LaunchId launch = LaunchId::None;
    QString name = {}; ///< "make 4711", "12 messages"
    std::optional<std::vector<quint64>> messages = {}; ///< as ExportRequest::messages
    QHash<ChannelId, const decode::Decoder *> decoders = {}; ///< as there
};

/// Writes a recording, live or closed, in a format that other programs read. Shows only the choices that fit the format. It stays
/// open beside the window while the export runs. GUI thread; the journal must outlive it.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(const Journal &journal, const ExportSelection &selection, QWidget *parent = nullptr);

    void setFormat(ExportFormat format);
    ExportRequest request() const; ///< as chosen now

    QAbstractButton *formatButton(ExportFormat format) const;
    QComboBox *processes() const { return m_processes; }
    QComboBox *source() const { return m_source; } ///< the one channel or command, where the format takes one
    QCheckBox *stream(ChannelKind kind) const { return m_streams.value(int(kind)); } ///< null where the recording has none
    QCheckBox *times() const { return m_times; }
    QCheckBox *events() const { return m_events; }
    QCheckBox *typed() const { return m_typed; }
    QLineEdit *path() const;
    QProgressBar *progress() const { return m_progress; }
    QPushButton *exportButton() const { return m_export; }
    QPushButton *closeButton() const { return m_close; }
    QString result() const;
    bool isRunning() const;

    void reject() override; ///< while it runs: cancels; else closes

signals:
    void ended(); ///< an export, in whatever way

private:
    void buildFormats(QLayout *layout);
    void buildChoices(QFormLayout *form);
    void buildEnd(QLayout *layout);
    ExportFormat format() const;
    bool isAll() const;
    QList<ChannelInfo> wantedChannels() const;
    void updateChoices();
    void fillSource();
    void suggestPath();
    void start();
    void end(const QString &result, bool warning);

    const Journal &m_journal;
    const ExportSelection m_selection;
    ExportJob *m_job;
    QWidget *m_choices; ///< all of them; not while an export runs
    QButtonGroup *m_formats;
    QFormLayout *m_form = nullptr;
    QComboBox *m_processes;
    QWidget *m_streamRow;
    QHash<int, QCheckBox *> m_streams; ///< by kind
    QComboBox *m_source;
    QCheckBox *m_times;
    QCheckBox *m_events;
    QCheckBox *m_typed;
    PathEdit *m_path;
    QProgressBar *m_progress;
    QLabel *m_result;
    QPushButton *m_export;
    QPushButton *m_close;
    QString m_replace; ///< the file that may be replaced: the person has been told that it exists
};

} // namespace forkscope
