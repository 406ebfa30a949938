<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ChannelWords</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Codec</name>
    <message numerus="yes">
        <source>%n byte(s) follow the value</source>
        <translation>
            <numerusform>%n byte follows the value</numerusform>
            <numerusform>%n bytes follow the value</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageContent</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageWords</name>
    <message numerus="yes">
        <source>(+%n more)</source>
        <translation>
            <numerusform>(+%n more)</numerusform>
            <numerusform>(+%n more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProcessList</name>
    <message numerus="yes">
        <source>%n children</source>
        <translation>
            <numerusform>%n child</numerusform>
            <numerusform>%n children</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n children of a process that has ended</source>
        <translation>
            <numerusform>%n child of a process that has ended</numerusform>
            <numerusform>%n children of a process that has ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StreamPage</name>
    <message numerus="yes">
        <source>… %Ln byte(s) not recorded</source>
        <translation>
            <numerusform>… %Ln byte not recorded</numerusform>
            <numerusform>… %Ln bytes not recorded</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Supervisor</name>
    <message numerus="yes">
        <source>%1; was restarted %n times in a row, which is the limit</source>
        <translation>
            <numerusform>%1; was restarted %n time in a row, which is the limit</numerusform>
            <numerusform>%1; was restarted %n times in a row, which is the limit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n processes that it has left running</source>
        <translation>
            <numerusform>%n process that it has left running</numerusform>
            <numerusform>%n processes that it has left running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskFacts</name>
    <message numerus="yes">
        <source>%n attempt(s) at tasks</source>
        <translation>
            <numerusform>%n attempt at a task</numerusform>
            <numerusform>%n attempts at tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n worker process(es) lost here, and replaced</source>
        <translation>
            <numerusform>%n worker process lost here, and replaced</numerusform>
            <numerusform>%n worker processes lost here, and replaced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope</name>
    <message numerus="yes">
        <source>%n processes could not be stopped</source>
        <translation>
            <numerusform>%n process could not be stopped</numerusform>
            <numerusform>%n processes could not be stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>starting no more; waiting for %n jobs (once more: they are ended)</source>
        <translation>
            <numerusform>starting no more; waiting for %n job (once more: it is ended)</numerusform>
            <numerusform>starting no more; waiting for %n jobs (once more: they are ended)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::AllOutputSearch</name>
    <message numerus="yes">
        <source>%1 records were given up and cannot be found</source>
        <translation>
            <numerusform>%1 record was given up and cannot be found</numerusform>
            <numerusform>%1 records were given up and cannot be found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::BytesView</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::ChannelModel</name>
    <message numerus="yes">
        <source>%n of its messages could not be recorded in full</source>
        <translation>
            <numerusform>%n of its messages could not be recorded in full</numerusform>
            <numerusform>%n of its messages could not be recorded in full</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n intervention(s), the last: %1</source>
        <translation>
            <numerusform>%n intervention: %1</numerusform>
            <numerusform>%n interventions, the last: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::ChannelsPane</name>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n channel</numerusform>
            <numerusform>%n channels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n channel(s)</source>
        <translation>
            <numerusform>%1 of %n channel</numerusform>
            <numerusform>%1 of %n channels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::CloseQuestion</name>
    <message numerus="yes">
        <source>%n processes still run: %1.</source>
        <translation>
            <numerusform>%n process still runs: %1.</numerusform>
            <numerusform>%n processes still run: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::CommandSection</name>
    <message numerus="yes">
        <source>%n more argument(s) for the shell ($0, $1 …) in the list.</source>
        <translation>
            <numerusform>%n more argument for the shell ($0, $1 …) in the list.</numerusform>
            <numerusform>%n more arguments for the shell ($0, $1 …) in the list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::EnvironmentSection</name>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n added</numerusform>
            <numerusform>%n added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>%n removed</numerusform>
            <numerusform>%n removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>from %n file(s)</source>
        <translation>
            <numerusform>from %n file</numerusform>
            <numerusform>from %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::FilterBar</name>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::LaunchBar</name>
    <message numerus="yes">
        <source>%n stages, </source>
        <translation>
            <numerusform>%n stage, </numerusform>
            <numerusform>%n stages, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tap(s)</source>
        <translation>
            <numerusform>%n tap</numerusform>
            <numerusform>%n taps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::LinkControls</name>
    <message numerus="yes">
        <source>%1 passed in %n piece(s)</source>
        <translation>
            <numerusform>%1 passed in %n piece</numerusform>
            <numerusform>%1 passed in %n pieces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::MainWindow</name>
    <message numerus="yes">
        <source>%n commands</source>
        <translation>
            <numerusform>%n command</numerusform>
            <numerusform>%n commands</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pool(s) still work: %1 tasks run, and %2 wait.</source>
        <translation>
            <numerusform>%n pool still works: %1 tasks run, and %2 wait.</numerusform>
            <numerusform>%n pools still work: %1 tasks run, and %2 wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::MapView</name>
    <message numerus="yes">
        <source>%n channel(s) are left out: too many to draw.</source>
        <translation>
            <numerusform>%n channel is left out: too many to draw.</numerusform>
            <numerusform>%n channels are left out: too many to draw.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::MessagePane</name>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::OutputPanes</name>
    <message numerus="yes">
        <source>%n earlier command(s) not shown: there is room for the 12 newest.</source>
        <translation>
            <numerusform>%n earlier command not shown: there is room for the 12 newest.</numerusform>
            <numerusform>%n earlier commands not shown: there is room for the 12 newest.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::OutputStatus</name>
    <message numerus="yes">
        <source>%1 lines</source>
        <translation>
            <numerusform>%1 line</numerusform>
            <numerusform>%1 lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 records given up</source>
        <translation>
            <numerusform>%1 record given up</numerusform>
            <numerusform>%1 records given up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 lines hidden</source>
        <translation>
            <numerusform>%1 line hidden</numerusform>
            <numerusform>%1 lines hidden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::PoolNumbers</name>
    <message numerus="yes">
        <source>… with %n worker(s) more</source>
        <translation>
            <numerusform>… with %n worker more</numerusform>
            <numerusform>… with %n workers more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::PoolOptionsEdit</name>
    <message numerus="yes">
        <source>%n retry(s)</source>
        <translation>
            <numerusform>%n retry</numerusform>
            <numerusform>%n retries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) a task</source>
        <translation>
            <numerusform>%n input a task</numerusform>
            <numerusform>%n inputs a task</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::PoolView</name>
    <message numerus="yes">
        <source>Resume: %n task(s) left</source>
        <translation>
            <numerusform>Resume: %n task left</numerusform>
            <numerusform>Resume: %n tasks left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::ProcessView</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::SceneNode</name>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::StopDialog</name>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n process</numerusform>
            <numerusform>%n processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::SupervisionSection</name>
    <message numerus="yes">
        <source>at most %n time(s)</source>
        <translation>
            <numerusform>at most %n time</numerusform>
            <numerusform>at most %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::TaskList</name>
    <message numerus="yes">
        <source>%Ln task(s)</source>
        <translation>
            <numerusform>%Ln task</numerusform>
            <numerusform>%Ln tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::TaskPreview</name>
    <message numerus="yes">
        <source>%Ln task(s):</source>
        <translation>
            <numerusform>%Ln task:</numerusform>
            <numerusform>%Ln tasks:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::TrafficView</name>
    <message numerus="yes">
        <source>Only messages of %n channel(s)</source>
        <translation>
            <numerusform>Only messages of %n channel</numerusform>
            <numerusform>Only messages of %n channels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ipc::Process</name>
    <message numerus="yes">
        <source>this process has %n thread(s), and a fork copies only the one that calls it: locks that the others hold would stay locked in the copy. Use StartMethod::Spawn.</source>
        <translation>
            <numerusform>this process has %n thread, and a fork copies only the one that calls it: locks that the others hold would stay locked in the copy. Use StartMethod::Spawn.</numerusform>
            <numerusform>this process has %n threads, and a fork copies only the one that calls it: locks that the others hold would stay locked in the copy. Use StartMethod::Spawn.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>pool::Pool</name>
    <message numerus="yes">
        <source>the pool was halted after %n failure(s)</source>
        <translation>
            <numerusform>the pool was halted after %n failure</numerusform>
            <numerusform>the pool was halted after %n failures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the pool was halted after %n success(es)</source>
        <translation>
            <numerusform>the pool was halted after %n success</numerusform>
            <numerusform>the pool was halted after %n successes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>poolTemplate</name>
    <message numerus="yes">
        <source>each command gets %n inputs only</source>
        <translation>
            <numerusform>each command gets %n input only</numerusform>
            <numerusform>each command gets %n inputs only</numerusform>
        </translation>
    </message>
</context>
</TS>
