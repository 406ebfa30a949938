// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/poolevent.h"
#include "core/output/linematcher.h"
#include "core/session/session.h"
#include "ui/recording/savestate.h"
#include "ui/window/windowactions.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <functional>

class QMenu;
class QTabWidget;
class QThread;

namespace forkscope {

class AllOutputSearch;
class CloseQuestion;
class ChannelStatistics;
class ChannelsPane;
class CommandPalette;
class DetailsPane;
class ExportDialog;
class InputBar;
class LaunchBar;
class LeftoverBar;
class LineIndex;
class LivePools;
class MapView;
class OutputPage;
class PlaygroundWindow;
class PoolBuilder;
class PoolView;
class PreferencesDialog;
class ProcessCommands;
class RecordingTrouble;
class ProcessModel;
class ProcessView;
class RedactDialog;
class StatusLine;
struct ExportSelection;
struct CachedRecording;
struct PipelineRequest;
struct PoolRequest;
namespace pool {
struct PoolOptions;
struct TaskSpec;
} // namespace pool
struct SourceLink;
class Playback;
class ProcessHistory;
class Supervisor;
class TimeBar;
class TerminalPage;
class TrafficView;
class UnsavedDialog;
class WorkspacePanel;

/// The window: launch bar, processes, output, details. Over a live session, or over a closed recording (read only).
///
/// The views read the journal; this class ticks them at display rate while the window is visible, shares the one selection
/// between them, and hands what the person asks for to the session. GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(std::unique_ptr<Session> session, QWidget *parent = nullptr);
    explicit MainWindow(std::unique_ptr<Journal> recording, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Launches, and selects the new process once it is seen. Only with a session.
    LaunchId launch(const LaunchSpec &spec);
    /// The same for a pipeline, whose last stage is selected. The number of its first stage.
    LaunchId launchPipeline(const forkscope::PipelineRequest &request);
    /// Opens a recording in a window of its own, which deletes itself when it is closed. Returns at once.
    void openRecording(const QString &path) { openRecordings({path}); }
    void openRecordings(const QStringList &paths); ///< what cannot be opened is told in one message
    /// Writes all that can still be read to a file, which is replaced once it is all there. Returns at once.
    void saveRecording(const QString &path);
    /// To where it was saved before; asks where that is nowhere.
    void saveAgain();
    /// Cleans the cache of unsaved recordings, as the preferences say, and offers what a crash has left. Returns at once.
    void tendCache();

    /// Opens forkscope.toml, a Procfile or a process-compose file; asks first about what would be lost. Only with a session.
    void openWorkspace(const QString &path);
    /// An empty path: asks where. then: what follows when it is saved.
    void saveWorkspace(const QString &path, const std::function<void()> &then = {});

    const Journal &journal() const;
    const ProcessModel &processes() const { return *m_model; }
    ProcessView *processView() const { return m_processView; }
    LaunchBar *launchBar() const { return m_launchBar; } ///< null without a session
    InputBar *inputBar() const { return m_inputBar; } ///< null without a session
    DetailsPane *details() const { return m_details; }
    AllOutputSearch *allOutputSearch() const { return m_allOutput; }
    OutputPage *output() const { return m_output; }
    TerminalPage *terminal() const { return m_terminal; }
    LeftoverBar *leftoverBar() const { return m_leftover; } ///< null until there is something to offer
    StatusLine *statusLine() const { return m_status; }
    Playback *playback() const { return m_playback.get(); }
    TimeBar *timeBar() const { return m_timeBar; }
    WorkspacePanel *workspacePanel() const { return m_workspacePanel; } ///< null without a session
    Supervisor *supervisor() const { return m_supervisor.get(); } ///< null without a session
    PlaygroundWindow *playground() const; ///< null while it is not open
    ChannelsPane *channels() const { return m_channels; } ///< in traffic()
    MapView *map() const { return m_map; } ///< shown once there are channels between processes
    PoolView *pools() const { return m_pools; } ///< shown once there is a pool
    TrafficView *traffic() const { return m_traffic; } ///< shown once there are channels between processes
    LivePools *livePools() const { return m_livePools.get(); } ///< null without a session
    PoolBuilder *poolBuilder() const; ///< null while it is not open
    void startPool(const forkscope::PoolRequest &request); ///< only with a session
    void startPool(const forkscope::pool::PoolOptions &options, const QList<forkscope::pool::TaskSpec> &tasks);
    const WindowActions &windowActions() const { return m_actions; }

signals:
    void recordingOpened(forkscope::MainWindow *window);
    void recordingSaved(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    MainWindow(std::unique_ptr<Session> session, std::unique_ptr<Journal> recording, QWidget *parent);
    void buildTop();
    void buildDocks();
    void buildCentre();
    void connectActions();
    void connectSession();
    void arrangeDocks();
    void buildWorkspace();
    void offerWorkspace();
    void showWorkspace();
    void askForWorkspace();
    void askAboutWorkspace(const QString &title, const std::function<void()> &goOn);
    void addSelectedToWorkspace();
    void restoreLayout();
    void saveLayout();

    void tick();
    void pace();
    void onSelection(int tableRow);
    void showSelection();
    void showOutput();
    void updateInput(int tableRow);
    void showInOutput(quint64 line, const forkscope::LineMatch &match);
    void openSource(const forkscope::SourceLink &source);
    void buildTerminal();
    void showTerminal();
    void dropEndedTerminals();
    void buildChannels();
    bool advanceChannels();
    void showTraffic();
    void showStages();
    void buildPools();
    void showPoolBuilder();
    void startPoolExample();
    void showPool(const forkscope::Result<forkscope::PoolId> &started);
    void resumePool(forkscope::PoolId id);
    MainWindow *sessionWindow();
    void showPoolOutput(quint64 record);
    void tellPoolIdle(forkscope::PoolId id);
    bool mayClosePools();
    void buildTraffic();
    void connectTraffic();
    void buildTime();
    void showTime();
    void showProcesses();
    void moveProcesses(const std::function<void()> &move);
    void updateFigures();
    LaunchSpec withTerminalSize(LaunchSpec spec) const;
    void updateActions();
    void runAgain();
    void launchWithOptions(); ///< the line typed so far
    void runAgainWithOptions(); ///< the launch of the selected process
    void editProfile(const QString &name);
    void openLaunchDialog(const LaunchSpec &spec, bool fromLine);
    void endInput(LaunchId launch);
    void tell(const QString &message);
    void report(const QString &title, const Error &error);
    void reportText(const QString &title, const QString &text);
    void updateTitle();
    void showUnsaved();
    void offerLeftovers(const QList<forkscope::CachedRecording> &recordings);
    void askForRecording();
    void askWhereToSave();
    void askWhereToGoOn();
    void showExport();
    void openExport(ExportSelection selection);
    void showRedact();
    void watchRecording();
    void showPalette();
    void showPreferences();
    void showPlayground();
    void closeIfStopped(const QList<forkscope::ProcessKey> &roots, const QList<forkscope::ProcessKey> &survivors);
    QList<int> actionRows() const;

    std::unique_ptr<Session> m_session;
    std::unique_ptr<Journal> m_recording;
    SaveState m_saveState;
    std::unique_ptr<Supervisor> m_supervisor; ///< null without a session
    std::unique_ptr<LivePools> m_livePools; ///< null without a session
    std::unique_ptr<ProcessModel> m_model;
    std::unique_ptr<LineIndex> m_lines;
    std::unique_ptr<Playback> m_playback; ///< the moment and the range of time that all views show
    std::unique_ptr<ProcessHistory> m_history; ///< once an earlier moment was asked for
    WindowActions m_actions;
    LaunchBar *m_launchBar = nullptr;
    InputBar *m_inputBar = nullptr;
    OutputPage *m_output = nullptr;
    AllOutputSearch *m_allOutput = nullptr;
    ProcessView *m_processView = nullptr;
    ProcessCommands *m_commands = nullptr; ///< null without a session
    DetailsPane *m_details = nullptr;
    StatusLine *m_status = nullptr;
    QTabWidget *m_tabs = nullptr;
    TerminalPage *m_terminal = nullptr; ///< in m_tabs where it has something to show
    PoolView *m_pools = nullptr; ///< in m_tabs once there is a pool
    std::unique_ptr<ChannelStatistics> m_channelStatistics;
    ChannelsPane *m_channels = nullptr; ///< in m_traffic
    MapView *m_map = nullptr; ///< in m_tabs once there are channels between processes
    bool m_trafficWanted = false; ///< comes to the front once it is there
    TrafficView *m_traffic = nullptr; ///< in m_tabs once there are channels between processes
    QMenu *m_trafficMenu = nullptr; ///< visible then
    LaunchId m_freshTerminal = LaunchId::None; ///< comes to the front once it is selected
    QDockWidget *m_processDock = nullptr;
    QDockWidget *m_detailsDock = nullptr;
    QDockWidget *m_allOutputDock = nullptr;
    WorkspacePanel *m_workspacePanel = nullptr;
    QDockWidget *m_workspaceDock = nullptr;
    QToolBar *m_topBar = nullptr;
    QToolBar *m_troubleBar = nullptr; ///< shown while the recording cannot go on where it is; null without a session
    RecordingTrouble *m_trouble = nullptr; ///< in it
    LeftoverBar *m_leftover = nullptr; ///< in a tool bar of its own

    TimeBar *m_timeBar = nullptr;
    QToolBar *m_timeToolBar = nullptr; ///< holds it
    int m_heldRow = -1; ///< was selected, and is again at a moment at which it is born; −1: none
    bool m_movingProcesses = false;

    QTimer m_ticker;
    int m_quietTicks = 0;
    qint64 m_lastSecond = 0;
    QHash<LaunchId, LaunchSpec> m_specs; ///< to run again
    struct LaunchedPipeline {
        LaunchId first = LaunchId::None;
        std::shared_ptr<PipelineRequest> request;
    };
    QHash<LaunchId, LaunchedPipeline> m_pipelines; ///< of each stage
    QHash<LaunchId, QString> m_inputOver; ///< why no more input can be sent
    std::optional<QList<LaunchId>> m_shownLaunches; ///< in the output; nothing: all
    LaunchId m_awaited = LaunchId::None; ///< is selected once its row is there
    QPointer<CloseQuestion> m_closeQuestion;
    QPointer<CommandPalette> m_palette;
    QPointer<PreferencesDialog> m_preferences;
    QPointer<PlaygroundWindow> m_playground; ///< a window of its own, which goes with this one
    QPointer<PoolBuilder> m_poolBuilder;
    QPointer<QWidget> m_poolQuestion;
    QPointer<QWidget> m_workspaceQuestion;
    QPointer<ExportDialog> m_export;
    QPointer<RedactDialog> m_redact;
    QPointer<UnsavedDialog> m_unsaved;
    QPointer<QThread> m_saving;
    QPointer<QThread> m_resuming; ///< reads what is left of a pool
    enum class Closing { No, Pools, Stopping, Agreed } m_closing = Closing::No;
    bool m_closeWhenSaved = false;
    bool m_workspaceAgreed = false; ///< its changes are saved, or may be lost
};

} // namespace forkscope
