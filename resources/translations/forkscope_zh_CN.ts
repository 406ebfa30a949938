<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>Details</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>not ended when the recording did</source>
        <translation>录制结束时尚未结束</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Tried</source>
        <translation>尝试执行</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>PPID</source>
        <translation>PPID</translation>
    </message>
    <message>
        <source>Forked by</source>
        <translation>派生自</translation>
    </message>
    <message>
        <source>Children</source>
        <translation>子进程</translation>
    </message>
    <message>
        <source>Launch</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Resident memory</source>
        <translation>常驻内存</translation>
    </message>
    <message>
        <source>CPU time</source>
        <translation>CPU 时间</translation>
    </message>
    <message>
        <source>… in user mode</source>
        <translation>… 用户态</translation>
    </message>
    <message>
        <source>… in the kernel</source>
        <translation>… 内核态</translation>
    </message>
    <message>
        <source>Most resident memory</source>
        <translation>常驻内存峰值</translation>
    </message>
    <message>
        <source>%1… (cut here; Copy command line has all of it)</source>
        <translation>%1…（此处截断；“复制命令行”可得到全部内容）</translation>
    </message>
    <message>
        <source>Working directory</source>
        <translation>工作目录</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>请求启动</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>持续时间</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 微秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>About Forkscope</source>
        <translation>关于 Forkscope</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Forkscope %1&lt;/h3&gt;</source>
        <translation>&lt;h3&gt;Forkscope %1&lt;/h3&gt;</translation>
    </message>
    <message>
        <source>Launch commands, watch the processes they become, and read their output live.&lt;p&gt;Built with Qt %1. Free software: GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>启动命令，观察由此产生的进程，实时阅读它们的输出。&lt;p&gt;使用 Qt %1 构建。自由软件：GNU 通用公共许可证第 3 版或更高版本。不提供任何担保。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Launch bar: walk the history</source>
        <translation>启动栏：浏览历史</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>上、下方向键</translation>
    </message>
    <message>
        <source>Launch bar: take a completion</source>
        <translation>启动栏：采用补全</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Input: end of input</source>
        <translation>输入栏：结束输入</translation>
    </message>
    <message>
        <source>Ctrl+D</source>
        <translation>Ctrl+D</translation>
    </message>
</context>
<context>
    <name>Journal</name>
    <message>
        <source>open the recording</source>
        <translation>打开录制文件</translation>
    </message>
    <message>
        <source>this is not a pcapng file in little-endian order</source>
        <translation>这不是小端序的 pcapng 文件</translation>
    </message>
    <message>
        <source>it is not a plain file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>save the recording</source>
        <translation>保存录制文件</translation>
    </message>
    <message>
        <source>create the recording</source>
        <translation>创建录制文件</translation>
    </message>
    <message>
        <source>something that is not a plain file has this name</source>
        <translation>已有同名的非普通文件</translation>
    </message>
    <message>
        <source>make room for the recording</source>
        <translation>为录制文件预留空间</translation>
    </message>
    <message>
        <source>trim the recording</source>
        <translation>裁剪录制文件</translation>
    </message>
</context>
<context>
    <name>LaunchSpec</name>
    <message>
        <source>start the command</source>
        <translation>启动命令</translation>
    </message>
    <message>
        <source>this version does not carry it out yet</source>
        <translation>此版本尚不支持</translation>
    </message>
    <message>
        <source>only stderr can be led to where stdout goes</source>
        <translation>只有 stderr 可以并入 stdout 的去向</translation>
    </message>
    <message>
        <source>the file needs a name without NUL bytes</source>
        <translation>文件名不能为空，也不能含有 NUL 字节</translation>
    </message>
    <message>
        <source>a descriptor is 0 or above</source>
        <translation>文件描述符应大于或等于 0</translation>
    </message>
    <message>
        <source>there is no command</source>
        <translation>没有命令</translation>
    </message>
    <message>
        <source>an argument holds a NUL byte, which execve(2) cannot pass</source>
        <translation>某个参数含有 NUL 字节，execve(2) 无法传递</translation>
    </message>
    <message>
        <source>the program&apos;s name is empty</source>
        <translation>程序名为空</translation>
    </message>
    <message>
        <source>it holds a NUL byte</source>
        <translation>含有 NUL 字节</translation>
    </message>
    <message>
        <source>no shell is named</source>
        <translation>没有指定 shell</translation>
    </message>
    <message>
        <source>a variable&apos;s name is empty or holds “=”, or there is a NUL byte in it</source>
        <translation>某个变量名为空或含有“=”，或者其中有 NUL 字节</translation>
    </message>
    <message>
        <source>it means close_fds</source>
        <translation>它以 close_fds 为前提</translation>
    </message>
    <message>
        <source>a new session is a new process group already</source>
        <translation>新会话本身就是新的进程组</translation>
    </message>
    <message>
        <source>a process group is 0 or above</source>
        <translation>进程组应大于或等于 0</translation>
    </message>
    <message>
        <source>it lies between 0 and 0777</source>
        <translation>应在 0 到 0777 之间</translation>
    </message>
    <message>
        <source>it is −1 or above 0</source>
        <translation>应为 −1 或大于 0</translation>
    </message>
    <message>
        <source>it exists on Windows only</source>
        <translation>仅 Windows 上才有</translation>
    </message>
</context>
<context>
    <name>ProcConnector</name>
    <message>
        <source>listen to the kernel&apos;s process events</source>
        <translation>监听内核的进程事件</translation>
    </message>
</context>
<context>
    <name>Process</name>
    <message>
        <source>send input</source>
        <translation>发送输入</translation>
    </message>
    <message>
        <source>the process has no standard input that leads here</source>
        <translation>该进程的标准输入没有连到这里</translation>
    </message>
    <message>
        <source>send the file</source>
        <translation>发送文件</translation>
    </message>
    <message>
        <source>looked for in %1 directories of PATH</source>
        <translation>已在 PATH 的 %1 个目录中查找</translation>
    </message>
    <message>
        <source>the file is there, but the dynamic loader that it names is not</source>
        <translation>文件存在，但它指定的动态加载器不存在</translation>
    </message>
    <message>
        <source>it is a directory</source>
        <translation>这是一个目录</translation>
    </message>
    <message>
        <source>the file is not marked as executable</source>
        <translation>文件没有可执行权限</translation>
    </message>
    <message>
        <source>neither a binary for this machine nor a script with a #! line</source>
        <translation>既不是本机可执行的二进制文件，也不是带 #! 行的脚本</translation>
    </message>
    <message>
        <source>use the descriptor</source>
        <translation>使用文件描述符</translation>
    </message>
    <message>
        <source>open the file</source>
        <translation>打开文件</translation>
    </message>
</context>
<context>
    <name>ProcessList</name>
    <message>
        <source>PID %1</source>
        <translation>PID %1</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>1 child</source>
        <translation>1 个子进程</translation>
    </message>
    <message numerus="yes">
        <source>%n children</source>
        <translation>
            <numerusform>%n 个子进程</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>1 child of a process that has ended</source>
        <translation>已结束进程的 1 个子进程</translation>
    </message>
    <message numerus="yes">
        <source>%n children of a process that has ended</source>
        <translation>
            <numerusform>已结束进程的 %n 个子进程</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
</context>
<context>
    <name>ProcessText</name>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>signalled</source>
        <translation>被信号终止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>traced</source>
        <translation>被跟踪</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>disk wait</source>
        <translation>等待磁盘</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>休眠</translation>
    </message>
    <message>
        <source>zombie</source>
        <translation>僵尸</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>not started: %1</source>
        <translation>未启动：%1</translation>
    </message>
    <message>
        <source>not started: %1: %2</source>
        <translation>未启动：%1：%2</translation>
    </message>
    <message>
        <source>%1, core dumped</source>
        <translation>%1，已转储核心</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Not started yet.</source>
        <translation>尚未启动。</translation>
    </message>
    <message>
        <source>Still running.</source>
        <translation>仍在运行。</translation>
    </message>
    <message>
        <source>Exited with status 0: success.</source>
        <translation>退出状态为 0：成功。</translation>
    </message>
    <message>
        <source>Exited with status 126. A shell says so when it found the command but could not execute it.</source>
        <translation>退出状态为 126。shell 找到命令但无法执行时会返回此值。</translation>
    </message>
    <message>
        <source>Exited with status 127. A shell says so when it did not find the command.</source>
        <translation>退出状态为 127。shell 找不到命令时会返回此值。</translation>
    </message>
    <message>
        <source>Exited with status %1. A shell says so when its command was ended by %2.</source>
        <translation>退出状态为 %1。命令被 %2 终止时，shell 会返回此值。</translation>
    </message>
    <message>
        <source>Exited with status %1. By convention any status but 0 means failure; its standard error may say why.</source>
        <translation>退出状态为 %1。按惯例，非 0 即表示失败；原因可能写在标准错误中。</translation>
    </message>
    <message>
        <source>A core dump was written.</source>
        <translation>已写入核心转储。</translation>
    </message>
    <message>
        <source>Ended by %1: %2.</source>
        <translation>被 %1 终止：%2。</translation>
    </message>
    <message>
        <source>It has ended, but its exit status went to another process.</source>
        <translation>它已结束，但退出状态被另一个进程取走。</translation>
    </message>
    <message>
        <source>Not started: %1</source>
        <translation>未启动：%1</translation>
    </message>
    <message>
        <source>Not started: the pipes could not be made: %1.</source>
        <translation>未启动：无法创建管道：%1。</translation>
    </message>
    <message>
        <source>Not started: no process could be made: %1.</source>
        <translation>未启动：无法创建进程：%1。</translation>
    </message>
    <message>
        <source>Not started: the stream could not be redirected to “%1”: %2.</source>
        <translation>未启动：无法将流重定向到“%1”：%2。</translation>
    </message>
    <message>
        <source>Not started: the session or process group could not be set: %1.</source>
        <translation>未启动：无法设置会话或进程组：%1。</translation>
    </message>
    <message>
        <source>Not started: cannot change to the working directory “%1”: %2.</source>
        <translation>未启动：无法进入工作目录“%1”：%2。</translation>
    </message>
    <message>
        <source>Not started: “%1” asks for the interpreter “%2”: %3.</source>
        <translation>未启动：“%1”需要解释器“%2”：%3。</translation>
    </message>
    <message>
        <source>Not started: cannot execute “%1”: %2.</source>
        <translation>未启动：无法执行“%1”：%2。</translation>
    </message>
    <message>
        <source>Choose another working directory, or make this one.</source>
        <translation>请选择其他工作目录，或者创建此目录。</translation>
    </message>
    <message>
        <source>Install the interpreter, or correct the first line of the script.</source>
        <translation>请安装该解释器，或者改正脚本的第一行。</translation>
    </message>
    <message>
        <source>Check the spelling of the path.</source>
        <translation>请检查路径拼写。</translation>
    </message>
    <message>
        <source>No directory of PATH holds it: check the spelling, or install it.</source>
        <translation>PATH 的各目录中都没有它：请检查拼写，或者安装它。</translation>
    </message>
    <message>
        <source>You may not enter it: check the permissions of it and of the directories above.</source>
        <translation>您无权进入：请检查该目录及其上级目录的权限。</translation>
    </message>
    <message>
        <source>Check that it is a file, not a directory, and is executable (chmod +x).</source>
        <translation>请确认它是文件而不是目录，并且可执行（chmod +x）。</translation>
    </message>
    <message>
        <source>It is neither a program for this machine nor a script that begins with “#!”. Run it with its interpreter.</source>
        <translation>它既不是适用于本机的程序，也不是以“#!”开头的脚本。请用它的解释器运行。</translation>
    </message>
    <message>
        <source>A part of the path is a file, not a directory.</source>
        <translation>路径中的某一部分是文件而不是目录。</translation>
    </message>
    <message>
        <source>You have reached the limit of processes (ulimit -u). End some and run it again.</source>
        <translation>已达到进程数上限（ulimit -u）。请结束一些进程后重新运行。</translation>
    </message>
    <message>
        <source>Too many files are open. End some commands and run it again.</source>
        <translation>打开的文件太多。请结束一些命令后重新运行。</translation>
    </message>
    <message>
        <source>The machine is short of memory.</source>
        <translation>本机内存不足。</translation>
    </message>
    <message>
        <source>The arguments and the environment are too long together. Pass the list in a file, or through xargs.</source>
        <translation>参数与环境变量合计过长。请改用文件传递列表，或者使用 xargs。</translation>
    </message>
    <message>
        <source>asks it to end; it may clean up first</source>
        <translation>请求它结束；它可以先做清理</translation>
    </message>
    <message>
        <source>it was asked to end (kill, a stop, or a shutdown)</source>
        <translation>它被要求结束（kill、停止操作或关机）</translation>
    </message>
    <message>
        <source>interrupts it, as Ctrl+C in a terminal does</source>
        <translation>中断它，如同在终端中按 Ctrl+C</translation>
    </message>
    <message>
        <source>it was interrupted, as by Ctrl+C</source>
        <translation>它被中断，如同按下 Ctrl+C</translation>
    </message>
    <message>
        <source>says that its terminal is gone; daemons read their configuration again</source>
        <translation>告知它终端已断开；守护进程会重新读取配置</translation>
    </message>
    <message>
        <source>its terminal went away, or someone sent it by hand</source>
        <translation>它的终端已断开，或者有人手动发送了该信号</translation>
    </message>
    <message>
        <source>ends it with a core dump, as Ctrl+\ in a terminal does</source>
        <translation>使它结束并转储核心，如同在终端中按 Ctrl+\</translation>
    </message>
    <message>
        <source>it was asked to quit with a core dump, as by Ctrl+\</source>
        <translation>它被要求退出并转储核心，如同按下 Ctrl+\</translation>
    </message>
    <message>
        <source>freezes it; it cannot refuse</source>
        <translation>冻结它；它无法拒绝</translation>
    </message>
    <message>
        <source>it was frozen</source>
        <translation>它被冻结</translation>
    </message>
    <message>
        <source>lets it go on after a stop</source>
        <translation>让它在暂停后继续</translation>
    </message>
    <message>
        <source>it was told to go on</source>
        <translation>它被要求继续</translation>
    </message>
    <message>
        <source>ends it at once; it cannot clean up or refuse</source>
        <translation>立即结束它；它无法清理，也无法拒绝</translation>
    </message>
    <message>
        <source>kill -9, or the kernel ran out of memory</source>
        <translation>kill -9，或者内核内存耗尽</translation>
    </message>
    <message>
        <source>means what the program says; ends it if it says nothing</source>
        <translation>含义由程序决定；程序未定义时会使它结束</translation>
    </message>
    <message>
        <source>it does not handle this signal, which a program may give a meaning</source>
        <translation>它没有处理这个可由程序自定义含义的信号</translation>
    </message>
    <message>
        <source>it touched memory that it may not touch (a bad pointer, or a stack that overflowed)</source>
        <translation>它访问了不允许访问的内存（错误的指针或栈溢出）</translation>
    </message>
    <message>
        <source>it touched memory that is not there (a mapped file that shrank, bad alignment)</source>
        <translation>它访问了不存在的内存（映射的文件变短，或未对齐）</translation>
    </message>
    <message>
        <source>it gave up by itself (abort(), a failed assertion, an uncaught exception)</source>
        <translation>它自行中止（abort()、断言失败或未捕获的异常）</translation>
    </message>
    <message>
        <source>an arithmetic error, such as an integer division by zero</source>
        <translation>算术错误，例如整数除以零</translation>
    </message>
    <message>
        <source>it ran an instruction that this processor does not have</source>
        <translation>它执行了本处理器没有的指令</translation>
    </message>
    <message>
        <source>it met a breakpoint and no debugger was there</source>
        <translation>它遇到断点，但没有调试器</translation>
    </message>
    <message>
        <source>it wrote to a pipe or socket that nobody reads any more</source>
        <translation>它向已无人读取的管道或套接字写入</translation>
    </message>
    <message>
        <source>a timer that it set ran out</source>
        <translation>它设置的定时器到期</translation>
    </message>
    <message>
        <source>it used more CPU time than its limit allows (ulimit -t)</source>
        <translation>它使用的 CPU 时间超过限制（ulimit -t）</translation>
    </message>
    <message>
        <source>it wrote a file larger than its limit allows (ulimit -f)</source>
        <translation>它写入的文件超过大小限制（ulimit -f）</translation>
    </message>
    <message>
        <source>it made a system call that a filter (seccomp) forbids</source>
        <translation>它发起了被过滤器（seccomp）禁止的系统调用</translation>
    </message>
    <message>
        <source>a signal that it does not handle</source>
        <translation>它没有处理的信号</translation>
    </message>
    <message>
        <source>(unknown)</source>
        <translation>（未知）</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>make the folder for recordings</source>
        <translation>创建录制文件夹</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>%1: </source>
        <translation>%1：</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open recording…</source>
        <translation>打开录制文件(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save recording as…</source>
        <translation>录制另存为(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Type a &amp;command</source>
        <translation>输入命令(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Filter processes</source>
        <translation>筛选进程(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Restore default layout</source>
        <translation>恢复默认布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Process</source>
        <translation>进程(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Stop…</source>
        <translation>停止(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Kill…</source>
        <translation>强制结束(&amp;K)…</translation>
    </message>
    <message>
        <source>Send s&amp;ignal</source>
        <translation>发送信号(&amp;I)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>&amp;Run again</source>
        <translation>重新运行(&amp;R)</translation>
    </message>
    <message>
        <source>Send &amp;end of input</source>
        <translation>结束输入(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>命令面板(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Forkscope</source>
        <translation>关于 Forkscope(&amp;A)</translation>
    </message>
</context>
<context>
    <name>commandLine</name>
    <message>
        <source>understand the command line</source>
        <translation>解析命令行</translation>
    </message>
    <message>
        <source>a single quote (&apos;) is left open</source>
        <translation>单引号 (&apos;) 没有闭合</translation>
    </message>
    <message>
        <source>a double quote (&quot;) is left open</source>
        <translation>双引号 (&quot;) 没有闭合</translation>
    </message>
    <message>
        <source>a backslash ends it</source>
        <translation>以反斜杠结尾</translation>
    </message>
</context>
<context>
    <name>errorText</name>
    <message>
        <source>Cannot %1</source>
        <translation>无法%1</translation>
    </message>
    <message>
        <source>Cannot %1 “%2”</source>
        <translation>无法%1“%2”</translation>
    </message>
</context>
<context>
    <name>forkscope</name>
    <message>
        <source>how the command ended is not known: somebody else has waited for it</source>
        <translation>命令如何结束不得而知：它的退出状态已被别的进程取走</translation>
    </message>
    <message>
        <source>the command has ended; waiting for descendants that still hold its output open (Ctrl+C ends the recording)</source>
        <translation>命令已结束；正在等待仍占用其输出的后代进程（按 Ctrl+C 结束录制）</translation>
    </message>
    <message>
        <source>the timeout has passed: stopping the command and its descendants</source>
        <translation>已超时：正在停止该命令及其后代进程</translation>
    </message>
    <message numerus="yes">
        <source>%n processes could not be stopped</source>
        <translation>
            <numerusform>有 %n 个进程无法停止</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bytes of the oldest output were given up (size limit or full disk)</source>
        <translation>最早的输出中有 %1 字节已舍弃（达到大小上限或磁盘已满）</translation>
    </message>
    <message>
        <source>%1 started (PPID %2): %3</source>
        <translation>%1 启动（PPID %2）：%3</translation>
    </message>
    <message>
        <source>%1 executes: %2</source>
        <translation>%1 执行：%2</translation>
    </message>
    <message>
        <source>%1 ended: %2</source>
        <translation>%1 结束：%2</translation>
    </message>
    <message>
        <source>%1 records (%2 bytes) of the oldest output were given up</source>
        <translation>最早的输出中有 %1 条记录（%2 字节）已舍弃</translation>
    </message>
    <message>
        <source>cannot write to standard output: %1</source>
        <translation>无法写入标准输出：%1</translation>
    </message>
    <message>
        <source>the recording ends abruptly: %1 bytes at its end were cut, %2 records had been begun and not finished</source>
        <translation>录制文件突然中断：末尾的 %1 字节已截去，有 %2 条记录未写完</translation>
    </message>
    <message>
        <source>%1 records (%2 bytes) of the oldest output had been given up while it was recorded</source>
        <translation>录制期间，最早的输出中有 %1 条记录（%2 字节）已舍弃</translation>
    </message>
    <message>
        <source>no display was found (neither DISPLAY nor WAYLAND_DISPLAY is set); the subcommands run, record and show need none</source>
        <translation>没有找到显示器（DISPLAY 和 WAYLAND_DISPLAY 均未设置）；子命令 run、record 和 show 不需要显示器</translation>
    </message>
</context>
<context>
    <name>forkscope::CloseQuestion</name>
    <message>
        <source>&amp;Stop them</source>
        <translation>停止它们(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Leave them running</source>
        <translation>让它们继续运行(&amp;L)</translation>
    </message>
    <message>
        <source>Processes are running</source>
        <translation>有进程正在运行</translation>
    </message>
    <message>
        <source>1 process still runs: %1.</source>
        <translation>仍有 1 个进程在运行：%1。</translation>
    </message>
    <message numerus="yes">
        <source>%n processes still run: %1.</source>
        <translation>
            <numerusform>仍有 %n 个进程在运行：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>“Stop them” asks them to end (SIGTERM) and kills what still runs after 5 seconds. “Leave them running” lets them go on without Forkscope: what they write from then on is thrown away.</source>
        <translation>“停止它们”会请求它们结束 (SIGTERM)，5 秒后仍在运行的将被强制结束 (SIGKILL)。“让它们继续运行”则让它们脱离 Forkscope 继续：此后它们写出的内容将被丢弃。</translation>
    </message>
</context>
<context>
    <name>forkscope::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Type the name of an action or a process</source>
        <translation>输入操作或进程的名称</translation>
    </message>
    <message>
        <source>Find an action or a process</source>
        <translation>查找操作或进程</translation>
    </message>
    <message>
        <source>Actions and processes</source>
        <translation>操作与进程</translation>
    </message>
</context>
<context>
    <name>forkscope::DetailsPane</name>
    <message>
        <source>Details of the selected process</source>
        <translation>所选进程的详细信息</translation>
    </message>
    <message>
        <source>Select a process to see its command line, times, resources and how it ended.</source>
        <translation>选择一个进程，即可查看它的命令行、时间、资源以及结束方式。</translation>
    </message>
</context>
<context>
    <name>forkscope::ExamplesPage</name>
    <message>
        <source>Run a small build</source>
        <translation>运行一次小型构建</translation>
    </message>
    <message>
        <source>Watch the tree grow: compilers side by side, the linker last, finished ones with their exit status.</source>
        <translation>观察进程树的生长：编译器并行运行，链接器最后运行，结束的进程显示退出状态。</translation>
    </message>
    <message>
        <source>Run a flood of output</source>
        <translation>运行大量输出</translation>
    </message>
    <message>
        <source>20,000 lines with a warning on standard error at every tenth: mark and hue tell the streams apart.</source>
        <translation>20,000 行输出，每十行有一条警告写入标准错误：用标记和颜色区分各个流。</translation>
    </message>
    <message>
        <source>Run two that fail</source>
        <translation>运行两个失败的命令</translation>
    </message>
    <message>
        <source>One crashes by a signal, one cannot be started: the Exit column and the details say why.</source>
        <translation>一个因信号崩溃，一个无法启动：“退出”列和详细信息会说明原因。</translation>
    </message>
    <message>
        <source>The commands that you launch appear here, as a tree with every process that they start.

Type one above (Ctrl+L), or try an example:</source>
        <translation>您启动的命令会显示在这里，与它们启动的所有进程组成一棵树。

请在上方输入命令 (Ctrl+L)，或者试试示例：</translation>
    </message>
</context>
<context>
    <name>forkscope::Gutter</name>
    <message>
        <source>standard input (typed)</source>
        <translation>标准输入（键入）</translation>
    </message>
    <message>
        <source>standard output</source>
        <translation>标准输出</translation>
    </message>
    <message>
        <source>standard error</source>
        <translation>标准错误</translation>
    </message>
</context>
<context>
    <name>forkscope::InputBar</name>
    <message>
        <source>End input</source>
        <translation>结束输入</translation>
    </message>
    <message>
        <source>Send file…</source>
        <translation>发送文件…</translation>
    </message>
    <message>
        <source>Closes its standard input, so that it reads end of file (Ctrl+D in the field)</source>
        <translation>关闭它的标准输入，使它读到文件结束（在输入框中按 Ctrl+D）</translation>
    </message>
    <message>
        <source>Sends the content of a file, and then the end of input</source>
        <translation>发送文件内容，然后结束输入</translation>
    </message>
    <message>
        <source>&amp;Input for %1</source>
        <translation>%1 的输入(&amp;I)</translation>
    </message>
    <message>
        <source>Input for %1</source>
        <translation>%1 的输入</translation>
    </message>
    <message>
        <source>A line for its standard input; Enter sends it, Ctrl+D ends the input</source>
        <translation>输入一行，Enter 发送，Ctrl+D 结束输入</translation>
    </message>
    <message>
        <source>Send a file to the standard input</source>
        <translation>将文件发送到标准输入</translation>
    </message>
</context>
<context>
    <name>forkscope::LaunchBar</name>
    <message>
        <source>via /bin/sh</source>
        <translation>经由 /bin/sh</translation>
    </message>
    <message>
        <source>Type a command and press Enter (Ctrl+L)</source>
        <translation>输入命令并按 Enter (Ctrl+L)</translation>
    </message>
    <message>
        <source>Command to launch</source>
        <translation>要启动的命令</translation>
    </message>
    <message>
        <source>The line holds what only a shell understands (| &amp; ; &lt; &gt; $ * and the like), so /bin/sh -c runs it.
Quote those characters to pass them as they are.</source>
        <translation>此行含有只有 shell 才能理解的字符（| &amp; ; &lt; &gt; $ * 等），因此由 /bin/sh -c 运行。
要原样传递这些字符，请给它们加上引号。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Commands that were run (Up and Down walk through them)</source>
        <translation>运行过的命令（用上、下方向键浏览）</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Launch the command (Enter)</source>
        <translation>启动命令 (Enter)</translation>
    </message>
    <message>
        <source>Not run: %1</source>
        <translation>未运行：%1</translation>
    </message>
    <message>
        <source>Nothing was run yet</source>
        <translation>尚未运行过命令</translation>
    </message>
    <message>
        <source>Clear history</source>
        <translation>清除历史</translation>
    </message>
    <message>
        <source>Working directory of new commands: %1</source>
        <translation>新命令的工作目录：%1</translation>
    </message>
    <message>
        <source>Working directory of new commands</source>
        <translation>新命令的工作目录</translation>
    </message>
</context>
<context>
    <name>forkscope::LaunchLine</name>
    <message>
        <source>Completions</source>
        <translation>补全</translation>
    </message>
</context>
<context>
    <name>forkscope::LineExport</name>
    <message>
        <source>save the output</source>
        <translation>保存输出</translation>
    </message>
</context>
<context>
    <name>forkscope::LineMatcher</name>
    <message>
        <source>search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>There is nothing to look for.</source>
        <translation>没有要查找的内容。</translation>
    </message>
    <message>
        <source>The regular expression is wrong at position %1: %2.</source>
        <translation>正则表达式在位置 %1 处有误：%2。</translation>
    </message>
</context>
<context>
    <name>forkscope::MainWindow</name>
    <message>
        <source>Forkscope</source>
        <translation>Forkscope</translation>
    </message>
    <message>
        <source>%1 — Forkscope</source>
        <translation>%1 — Forkscope</translation>
    </message>
    <message>
        <source>all commands</source>
        <translation>所有命令</translation>
    </message>
    <message numerus="yes">
        <source>%n commands</source>
        <translation>
            <numerusform>%n 个命令</numerusform>
        </translation>
    </message>
    <message>
        <source>It was not started.</source>
        <translation>它没有启动。</translation>
    </message>
    <message>
        <source>It has ended: nobody reads its input.</source>
        <translation>它已结束：无人读取它的输入。</translation>
    </message>
    <message>
        <source>It is starting.</source>
        <translation>它正在启动。</translation>
    </message>
    <message>
        <source>Dropped output</source>
        <translation>舍弃的输出</translation>
    </message>
    <message>
        <source>A file was sent, and then the end of input.</source>
        <translation>已发送文件并结束输入。</translation>
    </message>
    <message>
        <source>Its input was ended.</source>
        <translation>它的输入已结束。</translation>
    </message>
    <message>
        <source>Open recording</source>
        <translation>打开录制文件</translation>
    </message>
    <message>
        <source>Recordings (*.pcapng);;All files (*)</source>
        <translation>录制文件 (*.pcapng);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Opening %1…</source>
        <translation>正在打开 %1…</translation>
    </message>
    <message>
        <source>Save recording as</source>
        <translation>录制另存为</translation>
    </message>
    <message>
        <source>Recordings (*.pcapng)</source>
        <translation>录制文件 (*.pcapng)</translation>
    </message>
    <message>
        <source>Saving %1…</source>
        <translation>正在保存 %1…</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Save recording</source>
        <translation>保存录制</translation>
    </message>
    <message>
        <source>The window closes when the recording is saved.</source>
        <translation>录制保存后窗口将关闭。</translation>
    </message>
    <message>
        <source>Stopping what still runs; the window closes then.</source>
        <translation>正在停止仍在运行的进程；之后窗口将关闭。</translation>
    </message>
    <message>
        <source>Launch bar</source>
        <translation>启动栏</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>This recording holds no processes.</source>
        <translation>此录制文件中没有进程。</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>显示或隐藏%1</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>forkscope::OutputCopier</name>
    <message>
        <source>Copying …</source>
        <translation>正在复制…</translation>
    </message>
    <message>
        <source>Not copied: the selection is larger than %1. Save… writes any amount to a file.</source>
        <translation>未复制：所选内容大于 %1。“保存…”可将任意多的内容写入文件。</translation>
    </message>
    <message>
        <source>Copied %1.</source>
        <translation>已复制 %1。</translation>
    </message>
</context>
<context>
    <name>forkscope::OutputPage</name>
    <message>
        <source>Nothing was launched yet.</source>
        <translation>尚未启动任何命令。</translation>
    </message>
    <message>
        <source>Type a command into the launch bar (Ctrl+L) and press Enter: what it prints appears here, line by line, as it comes.</source>
        <translation>在启动栏中输入命令 (Ctrl+L) 并按 Enter：它打印的内容会实时逐行显示在这里。</translation>
    </message>
    <message>
        <source>Cleared.</source>
        <translation>已清空。</translation>
    </message>
    <message>
        <source>New output appears here. What came before is only hidden.</source>
        <translation>新的输出会显示在这里。之前的内容只是隐藏了。</translation>
    </message>
    <message>
        <source>Show all again</source>
        <translation>重新显示全部</translation>
    </message>
    <message>
        <source>The output is hidden.</source>
        <translation>输出已隐藏。</translation>
    </message>
    <message>
        <source>There is output, but its stream is switched off.</source>
        <translation>有输出，但它所在的流已关闭显示。</translation>
    </message>
    <message>
        <source>Show all streams</source>
        <translation>显示所有流</translation>
    </message>
    <message>
        <source>No output yet.</source>
        <translation>尚无输出。</translation>
    </message>
    <message>
        <source>Waiting for what %1 prints.</source>
        <translation>正在等待 %1 的输出。</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>Saved %1 lines; %2 more had been given up before.</source>
        <translation>已保存 %1 行；另有 %2 行此前已舍弃。</translation>
    </message>
    <message>
        <source>Saved 1 line.</source>
        <translation>已保存 1 行。</translation>
    </message>
    <message>
        <source>Saved %1 lines.</source>
        <translation>已保存 %1 行。</translation>
    </message>
    <message>
        <source>Not saved: cancelled.</source>
        <translation>未保存：已取消。</translation>
    </message>
    <message>
        <source>Save the output</source>
        <translation>保存输出</translation>
    </message>
    <message>
        <source>Text files (*.txt *.log)</source>
        <translation>文本文件 (*.txt *.log)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Saving %1 …</source>
        <translation>正在保存 %1…</translation>
    </message>
    <message>
        <source>Searching … %1 %</source>
        <translation>正在搜索… %1 %</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Line %1, from the other end</source>
        <translation>第 %1 行，已从另一端继续</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
</context>
<context>
    <name>forkscope::OutputStatus</name>
    <message>
        <source>Show all again</source>
        <translation>重新显示全部</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Number of lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Show the lines from before Clear again; nothing was lost</source>
        <translation>重新显示清空之前的行；没有丢失任何内容</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 行</translation>
    </message>
    <message numerus="yes">
        <source>%1 lines</source>
        <translation>
            <numerusform>%1 行</numerusform>
        </translation>
    </message>
    <message>
        <source>1 record given up</source>
        <translation>已舍弃 1 条记录</translation>
    </message>
    <message numerus="yes">
        <source>%1 records given up</source>
        <translation>
            <numerusform>已舍弃 %1 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>⚠ %1: size limit</source>
        <translation>⚠ %1：达到大小上限</translation>
    </message>
    <message>
        <source>⚠ %1: could not be stored</source>
        <translation>⚠ %1：无法存储</translation>
    </message>
    <message>
        <source>The recording reached its size limit: %1 of the oldest output were given up.</source>
        <translation>录制已达到大小上限：最早的输出中有 %1 已舍弃。</translation>
    </message>
    <message>
        <source>%1 of output could not be stored, probably because the disk is full.</source>
        <translation>有 %1 输出无法存储，可能是因为磁盘已满。</translation>
    </message>
</context>
<context>
    <name>forkscope::OutputToolBar</name>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>stdout</source>
        <translation>stdout</translation>
    </message>
    <message>
        <source>Show standard output</source>
        <translation>显示标准输出</translation>
    </message>
    <message>
        <source>stderr</source>
        <translation>stderr</translation>
    </message>
    <message>
        <source>Show standard error</source>
        <translation>显示标准错误</translation>
    </message>
    <message>
        <source>stdin</source>
        <translation>stdin</translation>
    </message>
    <message>
        <source>Show what was typed into standard input</source>
        <translation>显示键入标准输入的内容</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Show when each line began to arrive</source>
        <translation>显示每一行开始到达的时间</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>长行自动换行</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Stay at the newest line (End); scrolling up stops it</source>
        <translation>停留在最新一行 (End)；向上滚动即停止跟随</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Find in the output</source>
        <translation>在输出中查找</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the shown lines to a file</source>
        <translation>将显示的行保存到文件</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Hide the lines up to now; nothing is lost</source>
        <translation>隐藏到目前为止的行；不会丢失任何内容</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>Find previous</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what it does (keys)</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>forkscope::OutputView</name>
    <message>
        <source>This line was given up because the recording reached its size limit.</source>
        <translation>此行已舍弃，因为录制达到了大小上限。</translation>
    </message>
    <message>
        <source>Output of this stream right before this line was given up.</source>
        <translation>此流中紧接在此行之前的输出已舍弃。</translation>
    </message>
    <message>
        <source>… given up</source>
        <translation>… 已舍弃</translation>
    </message>
    <message>
        <source>… the rest was given up</source>
        <translation>… 其余部分已舍弃</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>forkscope::ProcessCommands</name>
    <message>
        <source>Could not be stopped: %1</source>
        <translation>无法停止：%1</translation>
    </message>
    <message>
        <source>Stopped: %1</source>
        <translation>已停止：%1</translation>
    </message>
    <message>
        <source>Nothing to stop: no process below the selection runs.</source>
        <translation>没有可停止的进程：所选项及其下级都没有进程在运行。</translation>
    </message>
    <message>
        <source>No signal was sent: none of the selected processes runs.</source>
        <translation>未发送信号：所选进程都不在运行。</translation>
    </message>
    <message>
        <source>%1 sent to %2</source>
        <translation>已将 %1 发送给 %2</translation>
    </message>
</context>
<context>
    <name>forkscope::ProcessModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>PPID</source>
        <translation>PPID</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>CPU %</source>
        <translation>CPU %</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>not ended</source>
        <translation>未结束</translation>
    </message>
    <message>
        <source>It still ran when the recording ended.</source>
        <translation>录制结束时它仍在运行。</translation>
    </message>
    <message>
        <source>Share of one CPU since the last sample. CPU time so far: %1</source>
        <translation>自上次采样以来占用单个 CPU 的比例。目前累计 CPU 时间：%1</translation>
    </message>
    <message>
        <source>Resident memory: pages in RAM, shared ones included</source>
        <translation>常驻内存：位于物理内存中的页，包括共享页</translation>
    </message>
    <message>
        <source>Most resident memory it ever had: %1</source>
        <translation>常驻内存峰值：%1</translation>
    </message>
    <message>
        <source>%1, ended after %2</source>
        <translation>%1，历时 %2 后结束</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>forkscope::ProcessView</name>
    <message>
        <source>Filter by name, command, PID, state or exit</source>
        <translation>按名称、命令、PID、状态或退出情况筛选</translation>
    </message>
    <message>
        <source>Filter processes</source>
        <translation>筛选进程</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>复制行(&amp;C)</translation>
    </message>
    <message>
        <source>Copy command &amp;line</source>
        <translation>复制命令行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Show output of all</source>
        <translation>显示所有输出(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Expand all</source>
        <translation>全部展开(&amp;E)</translation>
    </message>
    <message>
        <source>C&amp;ollapse all</source>
        <translation>全部折叠(&amp;O)</translation>
    </message>
    <message>
        <source>Clear &amp;finished</source>
        <translation>清除已完成(&amp;F)</translation>
    </message>
    <message>
        <source>Hides the launches of which no process runs any more; the recording keeps them</source>
        <translation>隐藏已没有进程在运行的启动项；录制中仍保留它们</translation>
    </message>
    <message>
        <source>Show c&amp;leared again</source>
        <translation>重新显示已清除(&amp;L)</translation>
    </message>
    <message>
        <source>No process matches “%1”.
Press Esc in the filter to see all.</source>
        <translation>没有进程匹配“%1”。
在筛选框中按 Esc 可查看全部。</translation>
    </message>
    <message>
        <source>All finished launches are cleared away.
Run another command, or show them again from the Edit menu.</source>
        <translation>所有已完成的启动项均已清除。
请运行另一个命令，或者从“编辑”菜单重新显示它们。</translation>
    </message>
    <message>
        <source>Default columns</source>
        <translation>默认列</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 和另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Col&amp;umns</source>
        <translation>列(&amp;U)</translation>
    </message>
</context>
<context>
    <name>forkscope::RecordingNotice</name>
    <message>
        <source>Its end was torn: %1 that form no whole record were cut.</source>
        <translation>末尾不完整：已截去不足一条完整记录的 %1。</translation>
    </message>
    <message>
        <source>Records that were never completed: %1.</source>
        <translation>未写完的记录：%1。</translation>
    </message>
    <message>
        <source>While it was made, %1 of output in %2 records were dropped.</source>
        <translation>录制期间舍弃了 %2 条记录中的 %1 输出。</translation>
    </message>
    <message>
        <source>Another program wrote it: what Forkscope adds to a recording is missing.</source>
        <translation>由其他程序写成：缺少 Forkscope 附加到录制文件中的内容。</translation>
    </message>
    <message>
        <source>Recording &lt;b&gt;%1&lt;/b&gt; (read only)</source>
        <translation>录制文件 &lt;b&gt;%1&lt;/b&gt;（只读）</translation>
    </message>
</context>
<context>
    <name>forkscope::SearchBar</name>
    <message>
        <source>Find in the output</source>
        <translation>在输出中查找</translation>
    </message>
    <message>
        <source>Aa</source>
        <translation>Aa</translation>
    </message>
    <message>
        <source>Case matters</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>.*</source>
        <translation>.*</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一个匹配</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>上一个匹配 (Shift+F3)</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一个匹配</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>下一个匹配 (F3)</translation>
    </message>
    <message>
        <source>Result of the search</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
</context>
<context>
    <name>forkscope::Session</name>
    <message>
        <source>send input</source>
        <translation>发送输入</translation>
    </message>
    <message>
        <source>the process closed its standard input; %1 bytes did not arrive</source>
        <translation>进程关闭了它的标准输入；有 %1 字节未送达</translation>
    </message>
    <message>
        <source>the process has ended</source>
        <translation>进程已结束</translation>
    </message>
</context>
<context>
    <name>forkscope::StatusLine</name>
    <message>
        <source>Launched commands that run now</source>
        <translation>正在运行的已启动命令</translation>
    </message>
    <message>
        <source>Launched commands that had not ended when the recording did</source>
        <translation>录制结束时尚未结束的已启动命令</translation>
    </message>
    <message>
        <source>Launched commands that ended with exit status 0</source>
        <translation>以退出状态 0 结束的已启动命令</translation>
    </message>
    <message>
        <source>Launched commands that did not start, or ended with another exit status or by a signal</source>
        <translation>未能启动、以其他退出状态结束或被信号终止的已启动命令</translation>
    </message>
    <message>
        <source>CPU time that Forkscope itself uses: reading, recording and painting (100 % is one CPU)</source>
        <translation>Forkscope 自身占用的 CPU 时间：读取、录制和绘制（100 % 为一个 CPU）</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 运行中</translation>
    </message>
    <message>
        <source>%1 not ended</source>
        <translation>%1 未结束</translation>
    </message>
    <message>
        <source>%1 finished</source>
        <translation>%1 已完成</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 失败</translation>
    </message>
    <message>
        <source>Recording %1, %2/s</source>
        <translation>录制 %1，%2/s</translation>
    </message>
    <message>
        <source>Recording %1</source>
        <translation>录制 %1</translation>
    </message>
    <message>
        <source>Size of the recording&apos;s file. Output recorded so far: %1</source>
        <translation>录制文件的大小。目前已录制的输出：%1</translation>
    </message>
    <message>
        <source>Forkscope %1 CPU</source>
        <translation>Forkscope %1 CPU</translation>
    </message>
    <message>
        <source>⚠ %1 dropped</source>
        <translation>⚠ 已舍弃 %1</translation>
    </message>
    <message>
        <source>0 dropped</source>
        <translation>舍弃 0</translation>
    </message>
    <message>
        <source>Output that was given up. Click for the reason.</source>
        <translation>已舍弃的输出。点击查看原因。</translation>
    </message>
    <message>
        <source>Everything that was written is in the recording.</source>
        <translation>写出的一切都在录制中。</translation>
    </message>
    <message>
        <source>Nothing was dropped: every byte that the commands wrote is in the recording.</source>
        <translation>没有舍弃任何内容：命令写出的每个字节都在录制中。</translation>
    </message>
    <message>
        <source>%1 of output in %2 records were given up, the oldest first, because the recording reached its size limit or the disk was full. What processes did (starts, ends, exit causes) is still complete. To keep more, save the recording earlier, or free space on the disk.</source>
        <translation>因录制达到大小上限或磁盘已满，%2 条记录中的 %1 输出已从最早的开始舍弃。进程的活动（启动、结束、退出原因）仍然完整。要保留更多内容，请尽早保存录制，或者释放磁盘空间。</translation>
    </message>
</context>
<context>
    <name>forkscope::StopDialog</name>
    <message>
        <source>1 process</source>
        <translation>1 个进程</translation>
    </message>
    <message numerus="yes">
        <source>%n processes</source>
        <translation>
            <numerusform>%n 个进程</numerusform>
        </translation>
    </message>
    <message>
        <source>Kill %1: %2?</source>
        <translation>强制结束 %1：%2？</translation>
    </message>
    <message>
        <source>Stop %1: %2?</source>
        <translation>停止 %1：%2？</translation>
    </message>
    <message>
        <source>Kill processes</source>
        <translation>强制结束进程</translation>
    </message>
    <message>
        <source>Stop processes</source>
        <translation>停止进程</translation>
    </message>
    <message>
        <source>Processes that will be reached</source>
        <translation>受影响的进程</translation>
    </message>
    <message>
        <source>SIGKILL ends them at once. They cannot save their work or remove their temporary files.</source>
        <translation>SIGKILL 会立即结束它们。它们无法保存工作，也无法删除临时文件。</translation>
    </message>
    <message>
        <source>They are asked to end (SIGTERM). What still runs after 5 seconds is killed (SIGKILL).</source>
        <translation>请求它们结束 (SIGTERM)。5 秒后仍在运行的将被强制结束 (SIGKILL)。</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>停止 %1</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>强制结束 %1</translation>
    </message>
    <message>
        <source>Kill at once</source>
        <translation>立即强制结束</translation>
    </message>
</context>
<context>
    <name>sendSignal</name>
    <message>
        <source>send signal %1 to process</source>
        <translation>将信号 %1 发送给进程</translation>
    </message>
</context>
<context>
    <name>streams</name>
    <message>
        <source>make a pipe</source>
        <translation>创建管道</translation>
    </message>
    <message>
        <source>send input</source>
        <translation>发送输入</translation>
    </message>
    <message>
        <source>the end of input was sent already, or the process closed its standard input</source>
        <translation>输入已经结束，或者进程已关闭它的标准输入</translation>
    </message>
    <message>
        <source>the process does not read: 16 MiB wait for it already</source>
        <translation>进程没有读取：已有 16 MiB 在等待它</translation>
    </message>
    <message>
        <source>send the file</source>
        <translation>发送文件</translation>
    </message>
</context>
</TS>
