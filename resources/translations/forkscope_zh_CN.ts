<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>ChannelWords</name>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>PID %1</source>
        <translation>PID %1</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>kind and number of a channel</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>pipe</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>name, PID</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 · fd %2</source>
        <translation>%1 · fd %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 +%2</source>
        <comment>and so many others</comment>
        <translation>%1 +%2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 messages</source>
        <translation>%1 / %2 条消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 waits to write, %2</source>
        <translation>%1 正在等待写入，已 %2</translation>
    </message>
    <message>
        <source>%1 waits for a place, %2</source>
        <translation>%1 正在等待空位，已 %2</translation>
    </message>
    <message>
        <source>%1 waits to read, %2</source>
        <translation>%1 正在等待读取，已 %2</translation>
    </message>
    <message>
        <source>%1 waits for a message, %2</source>
        <translation>%1 正在等待消息，已 %2</translation>
    </message>
    <message>
        <source>held: the link is paused</source>
        <translation>已扣住：链路已暂停</translation>
    </message>
    <message>
        <source>full: %1 cannot write more</source>
        <translation>已满:%1 无法继续写入</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>closed by an error</source>
        <translation>因错误关闭</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>at most %1/s</source>
        <translation>最多 %1/s</translation>
    </message>
    <message>
        <source>at most %1 pieces/s</source>
        <translation>每秒最多 %1 块</translation>
    </message>
    <message>
        <source>delayed by %1</source>
        <translation>延迟 %1</translation>
    </message>
    <message>
        <source>split into %1</source>
        <translation>拆成 %1</translation>
    </message>
    <message>
        <source>pipes of %1</source>
        <translation>管道容量 %1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>已继续</translation>
    </message>
    <message>
        <source>one piece let through</source>
        <translation>放行了一块</translation>
    </message>
    <message>
        <source>no limit of speed any more</source>
        <translation>不再限速</translation>
    </message>
    <message>
        <source>no delay any more</source>
        <translation>不再延迟</translation>
    </message>
    <message>
        <source>%1 added</source>
        <translation>加入了 %1</translation>
    </message>
    <message>
        <source>%1 replaced by %2</source>
        <translation>%1 被替换为 %2</translation>
    </message>
    <message>
        <source>%1 thrown away</source>
        <translation>丢弃了 %1</translation>
    </message>
    <message>
        <source>not split any more</source>
        <translation>不再拆分</translation>
    </message>
    <message>
        <source>pipes as large as they were</source>
        <translation>管道恢复原来的容量</translation>
    </message>
    <message>
        <source>counted only from here on</source>
        <translation>从这里起只计数</translation>
    </message>
    <message>
        <source>everything recorded from here on</source>
        <translation>从这里起全部记录</translation>
    </message>
    <message>
        <source>the first %1 of each piece recorded from here on</source>
        <translation>从这里起只记录每块的前 %1</translation>
    </message>
    <message>
        <source>Nobody sees when a byte of a pipe is read. Shown is how long, at most, the oldest byte in it had been there whenever somebody looked.</source>
        <translation>管道中的字节何时被读走，无人能见。这里显示的是每次查看时，其中最早的字节至多已停留多久。</translation>
    </message>
    <message>
        <source>Shown is the longest time that a message had waited when it was taken out.</source>
        <translation>显示的是消息被取出时等待过的最长时间。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>channel, its name</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>ChildStepWords</name>
    <message>
        <source>Nice value %1%2</source>
        <translation>nice 值 %1%2</translation>
    </message>
    <message>
        <source>Disk priority real time, level %1</source>
        <translation>磁盘优先级：实时，级别 %1</translation>
    </message>
    <message>
        <source>Disk priority best effort, level %1</source>
        <translation>磁盘优先级：尽力而为，级别 %1</translation>
    </message>
    <message>
        <source>Disk priority idle</source>
        <translation>磁盘优先级：空闲</translation>
    </message>
    <message>
        <source>On CPU %1</source>
        <translation>在 CPU %1 上运行</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>%1: %2, at most %3</source>
        <translation>%1：%2，最多 %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Scheduled as usual</source>
        <translation>按常规方式调度</translation>
    </message>
    <message>
        <source>Scheduled as a batch job</source>
        <translation>按批处理作业调度</translation>
    </message>
    <message>
        <source>Scheduled when idle</source>
        <translation>空闲时调度</translation>
    </message>
    <message>
        <source>Scheduled in real time (FIFO), priority %1</source>
        <translation>实时调度（FIFO），优先级 %1</translation>
    </message>
    <message>
        <source>Scheduled in real time (round robin), priority %1</source>
        <translation>实时调度（轮转），优先级 %1</translation>
    </message>
    <message>
        <source>Out-of-memory score %1%2</source>
        <translation>内存不足（OOM）评分 %1%2</translation>
    </message>
    <message>
        <source>Change to %1</source>
        <translation>切换到 %1</translation>
    </message>
    <message>
        <source>File mode mask %1</source>
        <translation>文件模式掩码 %1</translation>
    </message>
    <message>
        <source>No new privileges</source>
        <translation>禁止获得新特权</translation>
    </message>
    <message>
        <source>%1 when Forkscope ends</source>
        <translation>Forkscope 结束时发送 %1</translation>
    </message>
    <message>
        <source>Core dump</source>
        <translation>核心转储</translation>
    </message>
    <message>
        <source>CPU time</source>
        <translation>CPU 时间</translation>
    </message>
    <message>
        <source>Data segment</source>
        <translation>数据段</translation>
    </message>
    <message>
        <source>Written file</source>
        <translation>写入的文件</translation>
    </message>
    <message>
        <source>Locked memory</source>
        <translation>锁定的内存</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开的文件</translation>
    </message>
    <message>
        <source>Processes of the user</source>
        <translation>该用户的进程数</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>栈</translation>
    </message>
    <message>
        <source>Address space</source>
        <translation>地址空间</translation>
    </message>
    <message>
        <source>read the limit</source>
        <translation>读取限制</translation>
    </message>
    <message>
        <source>this limit is a whole number</source>
        <translation>此限制应为整数</translation>
    </message>
    <message>
        <source>this limit is in whole seconds</source>
        <translation>此限制应为整数秒</translation>
    </message>
    <message>
        <source>read the mask</source>
        <translation>读取掩码</translation>
    </message>
    <message>
        <source>a mask is octal, from 0 to 777, as in 022</source>
        <translation>掩码为八进制数，范围是 0 到 777，例如 022</translation>
    </message>
</context>
<context>
    <name>Codec</name>
    <message>
        <source>values are nested more than %1 deep</source>
        <translation>值的嵌套超过 %1 层</translation>
    </message>
    <message>
        <source>it holds an invalid value</source>
        <translation>其中含有无效值</translation>
    </message>
    <message>
        <source>it holds text with half a surrogate pair</source>
        <translation>其中的文本含有不完整的代理对</translation>
    </message>
    <message>
        <source>it holds a simple type that CBOR reserves</source>
        <translation>其中含有 CBOR 保留的简单类型</translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) follow the value</source>
        <translation>
            <numerusform>值之后还有 %n 个字节</numerusform>
        </translation>
    </message>
    <message>
        <source>read a value</source>
        <translation>读取值</translation>
    </message>
    <message>
        <source>it was cut short</source>
        <translation>内容不完整</translation>
    </message>
    <message>
        <source>it holds more than %L1 values</source>
        <translation>其中的值超过 %L1 个</translation>
    </message>
    <message>
        <source>a break stands where none may</source>
        <translation>在不允许的位置出现了结束标记</translation>
    </message>
    <message>
        <source>a chunk of a string is none</source>
        <translation>字符串的某一段无效</translation>
    </message>
    <message>
        <source>a byte has no meaning</source>
        <translation>某个字节没有意义</translation>
    </message>
    <message>
        <source>it is undefined</source>
        <translation>值为未定义</translation>
    </message>
    <message>
        <source>write a value</source>
        <translation>写入值</translation>
    </message>
</context>
<context>
    <name>ColorRules</name>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>Sky blue</source>
        <translation>天蓝</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Vermillion</source>
        <translation>朱红</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Slow: waited over 100 ms</source>
        <translation>慢：等待超过 100 毫秒</translation>
    </message>
    <message>
        <source>Large: over 1 MiB</source>
        <translation>大：超过 1 MiB</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>send a message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>the connection is closed</source>
        <translation>连接已关闭</translation>
    </message>
    <message>
        <source>this end of the connection only receives</source>
        <translation>连接的这一端只能接收</translation>
    </message>
    <message>
        <source>%L1 bytes from %L2 on are not within %L3</source>
        <translation>从 %L2 起的 %L1 字节不在 %L3 字节之内</translation>
    </message>
    <message>
        <source>it has %L1 bytes, and the limit is %L2</source>
        <translation>其大小为 %L1 字节，上限为 %L2</translation>
    </message>
    <message>
        <source>send a file descriptor</source>
        <translation>发送文件描述符</translation>
    </message>
    <message>
        <source>only a duplex connection can carry one</source>
        <translation>只有双向连接才能传送</translation>
    </message>
    <message>
        <source>receive a message</source>
        <translation>接收消息</translation>
    </message>
    <message>
        <source>this end receives no more since a message was beyond the limit or was none</source>
        <translation>由于某条消息超过上限或无效，这一端不再接收</translation>
    </message>
    <message>
        <source>this end of the connection only sends</source>
        <translation>连接的这一端只能发送</translation>
    </message>
    <message>
        <source>the other end was closed</source>
        <translation>另一端已关闭</translation>
    </message>
    <message>
        <source>the other end was closed before it had read all that was sent</source>
        <translation>另一端在读完全部已发送内容之前就关闭了</translation>
    </message>
    <message>
        <source>what came does not begin with the length of a message</source>
        <translation>收到的内容不以消息长度开头</translation>
    </message>
    <message>
        <source>it has %L1 bytes, and there is not the memory for it</source>
        <translation>其大小为 %L1 字节，内存不足</translation>
    </message>
    <message>
        <source>the other end was closed within the header of a message</source>
        <translation>另一端在消息头传送途中关闭</translation>
    </message>
    <message>
        <source>the other end was closed after %L1 of the %L2 bytes of a message</source>
        <translation>另一端在消息的 %L2 字节中传送 %L1 字节后关闭</translation>
    </message>
    <message>
        <source>offset %L1 is not within the buffer</source>
        <translation>偏移 %L1 不在缓冲区内</translation>
    </message>
    <message>
        <source>it has %L1 bytes, and the buffer has room for %L2</source>
        <translation>其大小为 %L1 字节，缓冲区只能容纳 %L2</translation>
    </message>
    <message>
        <source>wait for a message</source>
        <translation>等待消息</translation>
    </message>
    <message>
        <source>receive a file descriptor</source>
        <translation>接收文件描述符</translation>
    </message>
    <message>
        <source>the connection reads ahead, or a message has come only in part</source>
        <translation>连接开启了预读，或消息只到达了一部分</translation>
    </message>
    <message>
        <source>something else came than one file descriptor</source>
        <translation>收到的不是一个文件描述符</translation>
    </message>
    <message>
        <source>watch the connections of a process</source>
        <translation>监视进程的连接</translation>
    </message>
    <message>
        <source>it is no memory of this version</source>
        <translation>它不是此版本的共享内存</translation>
    </message>
    <message>
        <source>use this name for a connection</source>
        <translation>将此名称用于连接</translation>
    </message>
    <message>
        <source>a name has 1 to 100 letters, digits, dots, underscores and hyphens, and does not begin with a dot</source>
        <translation>名称由 1 到 100 个字母、数字、点、下划线和连字符组成，且不以点开头</translation>
    </message>
    <message>
        <source>it must be a folder of yours that nobody else may enter (mode 0700)</source>
        <translation>它必须是属于您、且其他人无法进入的文件夹（权限 0700）</translation>
    </message>
    <message>
        <source>the path of a socket has at most %1 bytes</source>
        <translation>套接字的路径最多 %1 字节</translation>
    </message>
    <message>
        <source>listen for connections</source>
        <translation>监听连接</translation>
    </message>
    <message>
        <source>somebody listens there already; connect to it, or choose another name</source>
        <translation>已有进程在此监听；请连接到它，或换一个名称</translation>
    </message>
    <message>
        <source>wait for a connection</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>nobody has come in time</source>
        <translation>在限定时间内没有进程连接</translation>
    </message>
    <message>
        <source>connect</source>
        <translation>建立连接</translation>
    </message>
    <message>
        <source>another user&apos;s process listens there</source>
        <translation>在此监听的是其他用户的进程</translation>
    </message>
    <message>
        <source>nobody listens there</source>
        <translation>没有进程在此监听</translation>
    </message>
</context>
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
    <message>
        <source>CPU, memory</source>
        <translation>CPU、内存</translation>
    </message>
    <message>
        <source>⚠ given up: the recording reached its size limit</source>
        <translation>⚠ 已舍弃：录制文件达到了大小上限</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>open the editor</source>
        <translation>打开编辑器</translation>
    </message>
    <message>
        <source>no command is set: see Edit, Preferences</source>
        <translation>没有设置命令：见“编辑”→“首选项”</translation>
    </message>
    <message>
        <source>open the file in the editor</source>
        <translation>在编辑器中打开文件</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>the program is not installed: choose another in Edit, Preferences</source>
        <translation>该程序没有安装：请在“编辑”→“首选项”中另选一个</translation>
    </message>
</context>
<context>
    <name>ExampleWorkspace</name>
    <message>
        <source>writes a page and ends</source>
        <translation>写入一个网页后结束</translation>
    </message>
    <message>
        <source>shows the page, once it is written; ready when it answers</source>
        <translation>网页写好后提供该网页；有应答时即就绪</translation>
    </message>
    <message>
        <source>reads the page every second, once the server is ready</source>
        <translation>服务器就绪后，每秒读取一次网页</translation>
    </message>
    <message>
        <source>crashes after two seconds, and is restarted three times, later each time</source>
        <translation>两秒后崩溃，重新启动三次，间隔逐次延长</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>export a terminal session</source>
        <translation>导出终端会话</translation>
    </message>
    <message>
        <source>neither a terminal nor standard output nor standard error is in it</source>
        <translation>其中既没有终端，也没有标准输出或标准错误</translation>
    </message>
    <message>
        <source>it is that of one command, and there are several. Choose one: %1</source>
        <translation>它只能来自一个命令，而这里有多个。请选择一个：%1</translation>
    </message>
    <message>
        <source>write the export to</source>
        <translation>把导出写入</translation>
    </message>
    <message>
        <source>this is the recording itself</source>
        <translation>这就是记录本身</translation>
    </message>
    <message>
        <source>write the export</source>
        <translation>写出导出文件</translation>
    </message>
    <message>
        <source>export raw bytes</source>
        <translation>导出原始字节</translation>
    </message>
    <message>
        <source>there is no such channel in the recording</source>
        <translation>记录中没有这个通道</translation>
    </message>
    <message>
        <source>they are those of one channel, and there are several. Choose one: %1</source>
        <translation>它们只能来自一个通道，而这里有多个。请选择一个：%1</translation>
    </message>
    <message>
        <source>find the channel</source>
        <translation>查找通道</translation>
    </message>
    <message>
        <source>the recording has no channels</source>
        <translation>记录中没有通道</translation>
    </message>
    <message>
        <source>the recording has these: %1</source>
        <translation>记录中有：%1</translation>
    </message>
    <message>
        <source>find the process</source>
        <translation>查找进程</translation>
    </message>
    <message>
        <source>the recording has no processes</source>
        <translation>记录中没有进程</translation>
    </message>
    <message>
        <source>the recording has these, and what they started: %1</source>
        <translation>记录中有以下进程及其启动的进程：%1</translation>
    </message>
    <message>
        <source>the recording ends abruptly: %1 bytes at its end were cut, %2 records had been begun and not finished</source>
        <translation>记录突然中断：末尾有 %1 字节被截去，有 %2 条记录已开始而未完成</translation>
    </message>
    <message>
        <source>%1 bytes of %2 were given up here</source>
        <translation>此处舍弃了 %2 的 %1 字节</translation>
    </message>
</context>
<context>
    <name>ExportWords</name>
    <message>
        <source>&amp;Text</source>
        <translation>文本(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;JSON lines</source>
        <translation>JSON 行(&amp;J)</translation>
    </message>
    <message>
        <source>CSV ta&amp;ble</source>
        <translation>CSV 表格(&amp;B)</translation>
    </message>
    <message>
        <source>Ra&amp;w bytes</source>
        <translation>原始字节(&amp;W)</translation>
    </message>
    <message>
        <source>Trace &amp;for Perfetto</source>
        <translation>Perfetto 跟踪(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Asciicast</source>
        <translation>Asciicast(&amp;A)</translation>
    </message>
    <message>
        <source>The lines, to read, search and compare.</source>
        <translation>各行文本，用于阅读、搜索和比较。</translation>
    </message>
    <message>
        <source>Every record with all that is known of it, for jq, Python and databases.</source>
        <translation>每条记录及其全部信息，供 jq、Python 和数据库使用。</translation>
    </message>
    <message>
        <source>A row for each piece of output, for spreadsheets and statistics.</source>
        <translation>每段输出一行，供电子表格和统计使用。</translation>
    </message>
    <message>
        <source>What one stream carried, byte for byte.</source>
        <translation>一个流传送的内容，逐字节。</translation>
    </message>
    <message>
        <source>Processes, signals, CPU, memory and output along time, for ui.perfetto.dev.</source>
        <translation>沿时间的进程、信号、CPU、内存和输出，供 ui.perfetto.dev 使用。</translation>
    </message>
    <message>
        <source>What a terminal showed, to be played by asciinema or on a web page.</source>
        <translation>终端显示的内容，可用 asciinema 或在网页上播放。</translation>
    </message>
    <message>
        <source>1 record, %1</source>
        <translation>1 条记录，%1</translation>
    </message>
    <message>
        <source>%1 records, %2</source>
        <translation>%1 条记录，%2</translation>
    </message>
    <message>
        <source>; %1 lost</source>
        <translation>；丢失 %1</translation>
    </message>
    <message>
        <source>The command had no terminal: this is made of its standard output and standard error.</source>
        <translation>该命令没有终端：内容由其标准输出和标准错误组成。</translation>
    </message>
    <message>
        <source>The recording&apos;s end was torn; what can be read of it is in the file.</source>
        <translation>记录的末尾不完整；能读出的内容已在文件中。</translation>
    </message>
    <message>
        <source>Packets for Wireshar&amp;k</source>
        <translation>供 Wireshark 读取的数据包(&amp;K)</translation>
    </message>
    <message>
        <source>Recor&amp;ding</source>
        <translation>记录(&amp;D)</translation>
    </message>
    <message>
        <source>A packet for each message, which Wireshark reads as HTTP, JSON, CBOR or text.</source>
        <translation>每条消息一个数据包，Wireshark 可按 HTTP、JSON、CBOR 或文本解析。</translation>
    </message>
    <message>
        <source>This part as a recording of its own, to be opened or replayed (forkscope replay).</source>
        <translation>把这一部分存为单独的记录，可打开或重放（forkscope replay）。</translation>
    </message>
</context>
<context>
    <name>Filter</name>
    <message>
        <source>read the filter</source>
        <translation>读取过滤器</translation>
    </message>
    <message>
        <source>character %1: %2</source>
        <translation>第 %1 个字符：%2</translation>
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
    <message>
        <source>this is not a pcapng file</source>
        <translation>这不是 pcapng 文件</translation>
    </message>
    <message>
        <source>record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>the file was removed; what it holds can be read here until the recording ends, unless it is saved elsewhere</source>
        <translation>文件已被删除；除非另存到别处，其内容只能在此读取，直到记录结束</translation>
    </message>
    <message>
        <source>what finds no room is counted, not kept; free some room there, or go on in another place</source>
        <translation>没有空间存放的内容只计数、不保留；请在那里腾出空间，或换到别处继续</translation>
    </message>
    <message>
        <source>what cannot be stored is counted; go on in another place</source>
        <translation>无法保存的内容会计数；请换到别处继续</translation>
    </message>
    <message>
        <source>move the recording</source>
        <translation>移动记录</translation>
    </message>
    <message>
        <source>it has ended</source>
        <translation>它已经结束</translation>
    </message>
</context>
<context>
    <name>LaunchSpec</name>
    <message>
        <source>start the command</source>
        <translation>启动命令</translation>
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
    <message>
        <source>%1: %2 is not between %3 and %4</source>
        <translation>%1：%2 不在 %3 到 %4 之间</translation>
    </message>
    <message>
        <source>CPU affinity: at least one CPU is needed</source>
        <translation>CPU 亲和性：至少需要一个 CPU</translation>
    </message>
    <message>
        <source>%1: the soft limit is above the hard one</source>
        <translation>%1：软限制高于硬限制</translation>
    </message>
    <message>
        <source>chdir: the directory needs a name without NUL bytes</source>
        <translation>chdir：目录名不能为空，也不能含有 NUL 字节</translation>
    </message>
    <message>
        <source>umask: it lies between 0 and 0777 (octal)</source>
        <translation>umask：应在 0 到 0777（八进制）之间</translation>
    </message>
    <message>
        <source>it needs a name or a number</source>
        <translation>需要名称或编号</translation>
    </message>
    <message>
        <source>%1 is no user or group number: these lie between 0 and 4294967294</source>
        <translation>%1 不是用户或组编号：编号应在 0 到 4294967294 之间</translation>
    </message>
    <message>
        <source>“%1” cannot be looked up: %2</source>
        <translation>无法查找“%1”：%2</translation>
    </message>
    <message>
        <source>there is no “%1” on this machine</source>
        <translation>本机上没有“%1”</translation>
    </message>
    <message>
        <source>stdin cannot lead elsewhere as well</source>
        <translation>stdin 不能同时指向别处</translation>
    </message>
    <message>
        <source>stdout and stderr cannot lead elsewhere as well</source>
        <translation>stdout 和 stderr 不能同时指向别处</translation>
    </message>
    <message>
        <source>it is 0 or above</source>
        <translation>应大于或等于 0</translation>
    </message>
    <message>
        <source>it is −1 or above</source>
        <translation>应大于或等于 −1</translation>
    </message>
    <message>
        <source>a terminal has between 1 and 65535 columns and rows</source>
        <translation>终端的列数和行数应在 1 到 65535 之间</translation>
    </message>
    <message>
        <source>an environment file needs a name without NUL bytes</source>
        <translation>环境文件的名称不能为空，也不能含有 NUL 字节</translation>
    </message>
    <message>
        <source>bufsize=1 buffers by line in text mode only; the default size is used</source>
        <translation>bufsize=1 仅在文本模式下按行缓冲；将使用默认大小</translation>
    </message>
    <message>
        <source>pass_fds overrides close_fds=False: all other descriptors are closed</source>
        <translation>pass_fds 优先于 close_fds=False：其他所有文件描述符都会关闭</translation>
    </message>
</context>
<context>
    <name>MessageContent</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 bytes (%2)</source>
        <translation>%1 字节（%2）</translation>
    </message>
    <message>
        <source>Decompressed</source>
        <translation>解压后</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Bytes after that</source>
        <translation>其后的字节</translation>
    </message>
    <message>
        <source>Not %1</source>
        <comment>name of a decoder</comment>
        <translation>不是 %1</translation>
    </message>
    <message>
        <source>Not whole</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>only the first %1 are decoded</source>
        <translation>只解码了前 %1</translation>
    </message>
    <message>
        <source>More that is not decoded</source>
        <translation>其余未解码</translation>
    </message>
    <message>
        <source>Before this</source>
        <translation>在此之前</translation>
    </message>
    <message>
        <source>%1 not recorded</source>
        <translation>%1 未记录</translation>
    </message>
    <message>
        <source>A message too long to be decoded</source>
        <translation>消息过长，未解码</translation>
    </message>
    <message>
        <source>Message across pieces</source>
        <translation>跨多段的消息</translation>
    </message>
    <message>
        <source>%1, in No. %2 to %3</source>
        <translation>%1，位于第 %2 至 %3 号</translation>
    </message>
    <message>
        <source>Reassembled</source>
        <translation>重组后</translation>
    </message>
    <message>
        <source>Decoded from here</source>
        <translation>从此处开始解码</translation>
    </message>
    <message>
        <source>too far from the beginning of the channel to know where its messages begin</source>
        <translation>距通道开头太远，无法得知消息从哪里开始</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>name, kind</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送方</translation>
    </message>
    <message>
        <source>To</source>
        <translation>接收方</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>已舍弃</translation>
    </message>
    <message>
        <source>bytes of it, for the recording&apos;s size limit</source>
        <translation>因录制文件的大小上限，其部分字节已舍弃</translation>
    </message>
    <message>
        <source>Not recorded</source>
        <translation>未记录</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Since the start</source>
        <translation>自开始以来</translation>
    </message>
    <message>
        <source>Since the one before</source>
        <translation>自上一条以来</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>In its channel</source>
        <translation>在通道中</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 条，共 %2 条</translation>
    </message>
    <message>
        <source>The call took</source>
        <translation>调用耗时</translation>
    </message>
    <message>
        <source>Thread</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Messages in it afterwards</source>
        <translation>之后其中的消息数</translation>
    </message>
    <message>
        <source>Offset in the stream</source>
        <translation>在流中的偏移</translation>
    </message>
    <message>
        <source>Record of the journal</source>
        <translation>日志记录号</translation>
    </message>
    <message>
        <source>those of No. %1, which put it in</source>
        <translation>取自放入它的第 %1 号消息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>MessageSummary</name>
    <message>
        <source>⚠ given up (size limit of the recording)</source>
        <translation>⚠ 已舍弃（录制文件达到大小上限）</translation>
    </message>
    <message>
        <source>No. %L1: %2</source>
        <translation>第 %L1 号：%2</translation>
    </message>
    <message>
        <source>its bytes were recorded when it was put in</source>
        <translation>其字节在放入时已记录</translation>
    </message>
    <message>
        <source>not recorded, only counted</source>
        <translation>未记录，仅计数</translation>
    </message>
</context>
<context>
    <name>MessageText</name>
    <message>
        <source>line %1, column %2</source>
        <translation>第 %1 行，第 %2 列</translation>
    </message>
    <message>
        <source>read what was typed</source>
        <translation>读取输入的内容</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>“%1” is no hexadecimal digit</source>
        <translation>“%1”不是十六进制数字</translation>
    </message>
    <message>
        <source>a byte has two digits, and there are %1</source>
        <translation>一个字节有两位数字，而这里共有 %1 位</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>二进制</translation>
    </message>
</context>
<context>
    <name>MessageWords</name>
    <message>
        <source>write</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>put</source>
        <translation>放入</translation>
    </message>
    <message>
        <source>get</source>
        <translation>取出</translation>
    </message>
    <message>
        <source>send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>pipe</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>fd %1</source>
        <translation>fd %1</translation>
    </message>
    <message numerus="yes">
        <source>(+%n more)</source>
        <translation>
            <numerusform>（另有 %n 个）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PathEdit</name>
    <message>
        <source>There is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>This is a directory</source>
        <translation>这是一个目录</translation>
    </message>
    <message>
        <source>You may not read this file</source>
        <translation>您无权读取此文件</translation>
    </message>
    <message>
        <source>There is no such directory</source>
        <translation>没有这个目录</translation>
    </message>
    <message>
        <source>This is no directory</source>
        <translation>这不是目录</translation>
    </message>
    <message>
        <source>You may not enter this directory</source>
        <translation>您无权进入此目录</translation>
    </message>
    <message>
        <source>The directory of this file does not exist</source>
        <translation>此文件所在的目录不存在</translation>
    </message>
    <message>
        <source>You may not write this file</source>
        <translation>您无权写入此文件</translation>
    </message>
    <message>
        <source>This file is not executable</source>
        <translation>此文件不可执行</translation>
    </message>
</context>
<context>
    <name>Pipe</name>
    <message>
        <source>make a pair of sockets</source>
        <translation>创建套接字对</translation>
    </message>
</context>
<context>
    <name>PipeIo</name>
    <message>
        <source>it was closed</source>
        <translation>它已关闭</translation>
    </message>
    <message>
        <source>read from the child</source>
        <translation>从子进程读取</translation>
    </message>
    <message>
        <source>read text from the child</source>
        <translation>从子进程读取文本</translation>
    </message>
    <message>
        <source>it was not started in text mode</source>
        <translation>它不是以文本模式启动的</translation>
    </message>
    <message>
        <source>write to the child</source>
        <translation>向子进程写入</translation>
    </message>
    <message>
        <source>write text to the child</source>
        <translation>向子进程写入文本</translation>
    </message>
</context>
<context>
    <name>PlaygroundActions</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Start the processes, or let them go on</source>
        <translation>启动各进程，或让它们继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Let every process finish what it is doing, and wait</source>
        <translation>让每个进程做完手头的操作，然后等待</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Move one message by one step: from a producer, or to a consumer</source>
        <translation>让一条消息前进一步：离开生产者，或到达消费者</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End all processes of the scene</source>
        <translation>结束场景中的所有进程</translation>
    </message>
    <message>
        <source>Send by hand…</source>
        <translation>手动发送…</translation>
    </message>
    <message>
        <source>Write a message yourself</source>
        <translation>自己写一条消息</translation>
    </message>
    <message>
        <source>End it by SIGKILL, wherever it is</source>
        <translation>用 SIGKILL 结束它，无论它正在做什么</translation>
    </message>
    <message>
        <source>End it by SIGTERM</source>
        <translation>用 SIGTERM 结束它</translation>
    </message>
    <message>
        <source>Start the process that has ended again</source>
        <translation>重新启动已结束的进程</translation>
    </message>
    <message>
        <source>One message by this process</source>
        <translation>由此进程处理一条消息</translation>
    </message>
    <message>
        <source>Take it out of the scene</source>
        <translation>将它移出场景</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Copy the C++ program that does what this scene does</source>
        <translation>复制与此场景功能相同的 C++ 程序</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>演练场</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>强制结束 %1</translation>
    </message>
    <message>
        <source>Kill</source>
        <translation>强制结束</translation>
    </message>
    <message>
        <source>Terminate %1 (SIGTERM)</source>
        <translation>终止 %1（SIGTERM）</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>重新启动 %1</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>One message by %1</source>
        <translation>由 %1 处理一条消息</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>PoolExample</name>
    <message>
        <source>Sleepers</source>
        <translation>睡眠任务</translation>
    </message>
</context>
<context>
    <name>Popen</name>
    <message>
        <source>communicate with the child</source>
        <translation>与子进程通信</translation>
    </message>
    <message>
        <source>input was given already: the first time decides</source>
        <translation>输入已经给出：以第一次为准</translation>
    </message>
    <message>
        <source>its stdin is no pipe</source>
        <translation>它的 stdin 不是管道</translation>
    </message>
    <message>
        <source>send signal %1 to process</source>
        <translation>向进程发送信号 %1</translation>
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
    <message>
        <source>make a pseudo-terminal</source>
        <translation>创建伪终端</translation>
    </message>
    <message>
        <source>resize the pseudo-terminal</source>
        <translation>调整伪终端大小</translation>
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
    <message>
        <source>It was sent from this window.</source>
        <translation>该信号由此窗口发送。</translation>
    </message>
    <message>
        <source>Its timeout had passed, so Forkscope stopped it.</source>
        <translation>已超时，因此 Forkscope 停止了它。</translation>
    </message>
    <message>
        <source>Its workspace stopped or restarted it.</source>
        <translation>其工作区停止或重新启动了它。</translation>
    </message>
    <message>
        <source>Forkscope got it and passed it on.</source>
        <translation>Forkscope 收到该信号并转发给了它。</translation>
    </message>
    <message>
        <source>It was not ready in time, so its workspace stopped it.</source>
        <translation>它未能及时就绪，因此其工作区停止了它。</translation>
    </message>
    <message>
        <source>The kernel killed a process for lack of memory while it ran: most probably this one.</source>
        <translation>它运行期间，内核因内存不足杀死了一个进程：很可能就是它。</translation>
    </message>
    <message>
        <source>Forkscope did not send it; the system does not tell who did.</source>
        <translation>该信号不是 Forkscope 发送的；系统未提供发送者。</translation>
    </message>
    <message>
        <source>Not started: the user or group could not be changed: %1.</source>
        <translation>未启动：无法更改用户或组：%1。</translation>
    </message>
    <message>
        <source>Not started: the step “%1” before the program failed: %2.</source>
        <translation>未启动：程序运行前的步骤“%1”失败：%2。</translation>
    </message>
    <message>
        <source>Not started: the child hook failed: %1.</source>
        <translation>未启动：子进程钩子失败：%1。</translation>
    </message>
</context>
<context>
    <name>ProjectFile</name>
    <message>
        <source>a text in quotes is expected</source>
        <translation>此处应为带引号的文本</translation>
    </message>
    <message>
        <source>after “bytes:” each “%” needs two hexadecimal digits</source>
        <translation>“bytes:”之后的每个“%”都需要两位十六进制数字</translation>
    </message>
    <message>
        <source>true or false is expected</source>
        <translation>此处应为 true 或 false</translation>
    </message>
    <message>
        <source>a whole number is expected</source>
        <translation>此处应为整数</translation>
    </message>
    <message>
        <source>a whole number of 0 or more is expected</source>
        <translation>此处应为大于或等于 0 的整数</translation>
    </message>
    <message>
        <source>a number is expected</source>
        <translation>此处应为数字</translation>
    </message>
    <message>
        <source>a number of seconds is expected</source>
        <translation>此处应为秒数</translation>
    </message>
    <message>
        <source>a list in [ ] is expected</source>
        <translation>此处应为 [ ] 中的列表</translation>
    </message>
    <message>
        <source>“%1” is not known here; it is one of: %2</source>
        <translation>此处不识别“%1”；应为以下之一：%2</translation>
    </message>
    <message>
        <source>a table is expected</source>
        <translation>此处应为表</translation>
    </message>
    <message>
        <source>the key “%1” is not known here</source>
        <translation>此处不识别键“%1”</translation>
    </message>
    <message>
        <source>write { file = &quot;PATH&quot; } or { descriptor = NUMBER }</source>
        <translation>请写成 { file = &quot;PATH&quot; } 或 { descriptor = NUMBER }</translation>
    </message>
    <message>
        <source>it can only be true: leave the action out instead</source>
        <translation>它只能为 true：如不需要，请省略该操作</translation>
    </message>
    <message>
        <source>an action is one of: nice, io_priority, cpus, limit, scheduling, oom_score_adj, chdir, umask, no_new_privileges, parent_death_signal</source>
        <translation>操作应为以下之一：nice、io_priority、cpus、limit、scheduling、oom_score_adj、chdir、umask、no_new_privileges、parent_death_signal</translation>
    </message>
    <message>
        <source>it holds exactly one of: log_line, tcp, file, http, command</source>
        <translation>应恰好包含以下之一：log_line、tcp、file、http、command</translation>
    </message>
    <message>
        <source>there is no signal “%1”</source>
        <translation>没有信号“%1”</translation>
    </message>
    <message>
        <source>write { NAME = &quot;CONDITION&quot; }</source>
        <translation>请写成 { NAME = &quot;CONDITION&quot; }</translation>
    </message>
    <message>
        <source>a variable is a text in quotes; false removes it</source>
        <translation>变量应为带引号的文本；false 表示移除该变量</translation>
    </message>
    <message>
        <source>there are both “args” and “shell”</source>
        <translation>同时存在“args”和“shell”</translation>
    </message>
    <message>
        <source>“shell_args” needs “shell”</source>
        <translation>“shell_args”需要“shell”</translation>
    </message>
    <message>
        <source>“%1” is expected to be a table: [profile.%1]</source>
        <translation>“%1”应为表：[profile.%1]</translation>
    </message>
    <message>
        <source>the profile extends itself: %1</source>
        <translation>配置扩展了自身：%1</translation>
    </message>
    <message>
        <source>it extends “%1”, but there is no such profile</source>
        <translation>它扩展“%1”，但没有这个配置</translation>
    </message>
    <message>
        <source>profiles are tables: [profile.NAME]</source>
        <translation>配置应为表：[profile.NAME]</translation>
    </message>
    <message>
        <source>read the workspace</source>
        <translation>读取工作区</translation>
    </message>
    <message>
        <source>the line is not UTF-8; write other bytes as &quot;bytes:…%FF…&quot;</source>
        <translation>该行不是 UTF-8；其他字节请写成 &quot;bytes:…%FF…&quot;</translation>
    </message>
    <message>
        <source>it is larger than 16 MiB: this is no workspace</source>
        <translation>它大于 16 MiB：这不是工作区</translation>
    </message>
    <message>
        <source>save the workspace</source>
        <translation>保存工作区</translation>
    </message>
    <message>
        <source>pipes are tables: [pipe.NAME]</source>
        <translation>管道须为表：[pipe.NAME]</translation>
    </message>
</context>
<context>
    <name>Quantity</name>
    <message>
        <source>read the duration</source>
        <translation>读取时长</translation>
    </message>
    <message>
        <source>a duration reads like “250 ms”, “1.5 s” or “2 min”</source>
        <translation>时长应写成“250 ms”“1.5 s”或“2 min”的形式</translation>
    </message>
    <message>
        <source>read the size</source>
        <translation>读取大小</translation>
    </message>
    <message>
        <source>a size reads like “4096”, “64 KiB” or “1.5 GiB”</source>
        <translation>大小应写成“4096”“64 KiB”或“1.5 GiB”的形式</translation>
    </message>
    <message>
        <source>the shortest is 1 ms</source>
        <translation>最短为 1 ms</translation>
    </message>
    <message>
        <source>nobody waits that long</source>
        <translation>没有人会等那么久</translation>
    </message>
    <message>
        <source>that is more than 16 EiB</source>
        <translation>超过了 16 EiB</translation>
    </message>
    <message>
        <source>read the list of numbers</source>
        <translation>读取数字列表</translation>
    </message>
    <message>
        <source>“%1” is no number: write “0-3, 8”</source>
        <translation>“%1”不是数字：请写成“0-3, 8”的形式</translation>
    </message>
    <message>
        <source>“%1” is above %2</source>
        <translation>“%1”大于 %2</translation>
    </message>
    <message>
        <source>the range “%1” runs backwards</source>
        <translation>范围“%1”首尾颠倒</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>put into the queue</source>
        <translation>放入队列</translation>
    </message>
    <message>
        <source>get from the queue</source>
        <translation>从队列取出</translation>
    </message>
    <message>
        <source>create the queue</source>
        <translation>创建队列</translation>
    </message>
    <message>
        <source>sizes cannot be negative</source>
        <translation>大小不能为负</translation>
    </message>
    <message>
        <source>attach to the queue</source>
        <translation>连接到队列</translation>
    </message>
    <message>
        <source>it is no queue of this version</source>
        <translation>它不是此版本的队列</translation>
    </message>
    <message>
        <source>it is a queue of another order</source>
        <translation>它是另一种次序的队列</translation>
    </message>
    <message>
        <source>1,024 processes use it already</source>
        <translation>已有 1,024 个进程在使用它</translation>
    </message>
    <message>
        <source>a process that uses the queue has overwritten its memory; create a new queue</source>
        <translation>某个使用队列的进程改写了它的内存；请创建新队列</translation>
    </message>
    <message>
        <source>process %1 is inside the queue and does not go on; it may be stopped</source>
        <translation>进程 %1 停留在队列操作中；它可能已被暂停</translation>
    </message>
    <message>
        <source>its memory is full</source>
        <translation>其内存已满</translation>
    </message>
    <message>
        <source>%1 bytes; the limit is %2</source>
        <translation>%1 字节；上限为 %2</translation>
    </message>
    <message>
        <source>the queue is closed</source>
        <translation>队列已关闭</translation>
    </message>
    <message>
        <source>it is full</source>
        <translation>队列已满</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>队列为空</translation>
    </message>
    <message>
        <source>the queue is closed and empty</source>
        <translation>队列已关闭且为空</translation>
    </message>
    <message>
        <source>report a task of the queue as done</source>
        <translation>报告队列的任务已完成</translation>
    </message>
    <message>
        <source>it was reported more often than messages were put</source>
        <translation>报告次数超过了放入的消息数</translation>
    </message>
    <message>
        <source>wait until all tasks of the queue are done</source>
        <translation>等待队列的所有任务完成</translation>
    </message>
    <message>
        <source>observe the queue</source>
        <translation>观察队列</translation>
    </message>
    <message>
        <source>another process observes it</source>
        <translation>另一个进程正在观察它</translation>
    </message>
    <message>
        <source>remove the queue</source>
        <translation>删除队列</translation>
    </message>
    <message>
        <source>what has this name is no queue</source>
        <translation>使用此名称的不是队列</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>no answer within %1 s</source>
        <translation>%1 秒内没有应答</translation>
    </message>
    <message>
        <source>it answers %1</source>
        <translation>应答为 %1</translation>
    </message>
    <message>
        <source>“%1” does not exist</source>
        <translation>“%1”不存在</translation>
    </message>
    <message>
        <source>the command cannot be started</source>
        <translation>无法启动该命令</translation>
    </message>
    <message>
        <source>the command ends with %1</source>
        <translation>该命令以 %1 结束</translation>
    </message>
    <message>
        <source>the command took too long, or was killed</source>
        <translation>该命令耗时过长，或已被杀死</translation>
    </message>
    <message>
        <source>line “%1”</source>
        <translation>行“%1”</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>file “%1”</source>
        <translation>文件“%1”</translation>
    </message>
    <message>
        <source>answer of %1</source>
        <translation>%1 的应答</translation>
    </message>
    <message>
        <source>success of “%1”</source>
        <translation>“%1”的成功</translation>
    </message>
</context>
<context>
    <name>RecordingCache</name>
    <message>
        <source>it is no unsaved recording in %1</source>
        <translation>它不是 %1 中未保存的录制</translation>
    </message>
    <message>
        <source>it is no recording of Forkscope’s</source>
        <translation>它不是 Forkscope 的录制文件</translation>
    </message>
    <message>
        <source>a Forkscope that runs uses it</source>
        <translation>正在运行的 Forkscope 正在使用它</translation>
    </message>
    <message>
        <source>make the folder for recordings</source>
        <translation>创建录制文件夹</translation>
    </message>
    <message>
        <source>look into the folder of unsaved recordings</source>
        <translation>查看未保存录制的文件夹</translation>
    </message>
    <message>
        <source>remove the recording</source>
        <translation>删除录制文件</translation>
    </message>
    <message>
        <source>save the recording</source>
        <translation>保存录制文件</translation>
    </message>
    <message>
        <source>that is the folder of unsaved recordings, which is cleaned up</source>
        <translation>那是存放未保存录制的文件夹，会被自动清理</translation>
    </message>
    <message>
        <source>read the recording</source>
        <translation>读取录制文件</translation>
    </message>
    <message>
        <source>Forkscope did not write this file</source>
        <translation>此文件不是 Forkscope 写成的</translation>
    </message>
</context>
<context>
    <name>RecordingWords</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>1 day ago</source>
        <translation>1 天前</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>%1 天前</translation>
    </message>
    <message>
        <source>shown in a window</source>
        <translation>正在窗口中显示</translation>
    </message>
    <message>
        <source>being recorded</source>
        <translation>正在录制</translation>
    </message>
    <message>
        <source>perhaps in use</source>
        <translation>可能在使用</translation>
    </message>
    <message>
        <source>1 recording, %1</source>
        <translation>1 个录制，%1</translation>
    </message>
    <message>
        <source>%1 recordings, %2</source>
        <translation>%1 个录制，%2</translation>
    </message>
    <message>
        <source>Removed 1 old recording, %1</source>
        <translation>已删除 1 个旧录制，%1</translation>
    </message>
    <message>
        <source>Removed %1 old recordings, %2</source>
        <translation>已删除 %1 个旧录制，%2</translation>
    </message>
</context>
<context>
    <name>Redact</name>
    <message>
        <source>mask</source>
        <translation>掩盖</translation>
    </message>
    <message>
        <source>the regular expression is empty</source>
        <translation>正则表达式为空</translation>
    </message>
    <message>
        <source>the regular expression is wrong at position %1: %2</source>
        <translation>正则表达式在第 %1 个字符处有误：%2</translation>
    </message>
    <message>
        <source>the text is empty</source>
        <translation>文本为空</translation>
    </message>
    <message>
        <source>write the redacted copy to</source>
        <translation>写入脱敏副本</translation>
    </message>
    <message>
        <source>this is the recording itself</source>
        <translation>这就是记录本身</translation>
    </message>
    <message>
        <source>write the redacted copy</source>
        <translation>写入脱敏副本</translation>
    </message>
    <message>
        <source>looking for it takes too long in this recording, so nothing was written. Choose a simpler expression.</source>
        <translation>在此录制中查找它耗时过长，因此没有写入任何内容。请选择更简单的表达式。</translation>
    </message>
</context>
<context>
    <name>RedactWords</name>
    <message>
        <source>1 record (%1)</source>
        <translation>1 条记录（%1）</translation>
    </message>
    <message>
        <source>%1 records (%2)</source>
        <translation>%1 条记录（%2）</translation>
    </message>
    <message>
        <source>e-mail addresses</source>
        <translation>电子邮件地址</translation>
    </message>
    <message>
        <source>IPv4 addresses</source>
        <translation>IPv4 地址</translation>
    </message>
    <message>
        <source>IPv6 addresses</source>
        <translation>IPv6 地址</translation>
    </message>
    <message>
        <source>tokens and keys of AWS, GitHub, GitLab, Slack and others; Bearer …, JWT</source>
        <translation>AWS、GitHub、GitLab、Slack 等的令牌和密钥；Bearer …、JWT</translation>
    </message>
    <message>
        <source>values of password=…, secret: …, --token …, and passwords in URLs</source>
        <translation>password=…、secret: …、--token … 的值，以及 URL 中的密码</translation>
    </message>
    <message>
        <source>private key blocks (PEM)</source>
        <translation>私钥块（PEM）</translation>
    </message>
    <message>
        <source>this home folder, and the names in /home/… and /Users/…</source>
        <translation>本用户的主目录，以及 /home/… 和 /Users/… 中的名称</translation>
    </message>
    <message>
        <source>the name of this user</source>
        <translation>本用户的名称</translation>
    </message>
    <message>
        <source>the name of this computer</source>
        <translation>本计算机的名称</translation>
    </message>
    <message>
        <source>all of these</source>
        <translation>以上全部</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 中 %1 处</translation>
    </message>
    <message>
        <source>more in %1 other channels</source>
        <translation>另有 %1 个通道中的若干处</translation>
    </message>
    <message>
        <source>%1 in command lines and names</source>
        <translation>命令行和名称中 %1 处</translation>
    </message>
    <message>
        <source>Payload replaced: %1.</source>
        <translation>已替换的内容：%1。</translation>
    </message>
    <message>
        <source>Channels left out: %1.</source>
        <translation>已略去的通道：%1。</translation>
    </message>
    <message>
        <source>Command lines, paths and names changed in %1 events and channels.</source>
        <translation>%1 个事件和通道中的命令行、路径和名称已更改。</translation>
    </message>
    <message>
        <source>%1 events left out: they belong to such channels, or are of an unknown kind.</source>
        <translation>已略去 %1 个事件：它们属于这些通道，或类型未知。</translation>
    </message>
    <message>
        <source>⚠ %1 matches are longer than 256 KiB: only so much of them is masked at once. Look at the copy.</source>
        <translation>⚠ %1 处匹配长于 256 KiB：每次只掩盖这么多。请检查副本。</translation>
    </message>
    <message>
        <source>%1 records left out: their channel is not known.</source>
        <translation>已略去 %1 条记录：其通道未知。</translation>
    </message>
    <message>
        <source>Given up while it was recorded: %1.</source>
        <translation>录制时已舍弃：%1。</translation>
    </message>
    <message>
        <source>The recording&apos;s end was torn; what can be read of it is in the copy.</source>
        <translation>录制的末尾已损坏；可读取的部分都在副本中。</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>write what was recorded</source>
        <translation>写出记录的内容</translation>
    </message>
</context>
<context>
    <name>SaveState</name>
    <message>
        <source>Unsaved recording</source>
        <translation>未保存的录制</translation>
    </message>
    <message>
        <source>%1[*] — Forkscope</source>
        <translation>%1[*] — Forkscope</translation>
    </message>
</context>
<context>
    <name>Scene</name>
    <message>
        <source>set the scene</source>
        <translation>设置场景</translation>
    </message>
    <message>
        <source>it is one of %1</source>
        <translation>它只能是以下之一：%1</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>容量上限</translation>
    </message>
    <message>
        <source>it cannot be negative</source>
        <translation>不能为负数</translation>
    </message>
    <message>
        <source>a side has at most %1 processes</source>
        <translation>每一侧最多有 %1 个进程</translation>
    </message>
    <message>
        <source>a pipe has one process at each end</source>
        <translation>管道的每一端各有一个进程</translation>
    </message>
    <message>
        <source>it has no process</source>
        <translation>其中没有进程</translation>
    </message>
    <message>
        <source>each process needs a name of its own</source>
        <translation>每个进程都需要有自己的名称</translation>
    </message>
    <message>
        <source>its rate is from 0 to %1 a second</source>
        <translation>其速率为每秒 0 到 %1 条</translation>
    </message>
    <message>
        <source>its messages have from 0 to %1 bytes</source>
        <translation>其消息大小为 0 到 %1 字节</translation>
    </message>
    <message>
        <source>it cannot send fewer than no messages</source>
        <translation>消息条数不能为负数</translation>
    </message>
    <message>
        <source>send a message by hand</source>
        <translation>手动发送消息</translation>
    </message>
    <message>
        <source>%1 bytes; the limit is %2</source>
        <translation>%1 字节；上限为 %2</translation>
    </message>
    <message>
        <source>no process that could send it is alive</source>
        <translation>没有能发送它的进程在运行</translation>
    </message>
    <message>
        <source>it still has to send the one before</source>
        <translation>它还没有发送完上一条</translation>
    </message>
    <message>
        <source>the process that would send it is waiting in the pipe, or has ended</source>
        <translation>负责发送的进程正阻塞在管道上，或已结束</translation>
    </message>
</context>
<context>
    <name>SceneWords</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>waits for a place</source>
        <translation>等待空位</translation>
    </message>
    <message>
        <source>waits for a message</source>
        <translation>等待消息</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed, exit status %1</source>
        <translation>失败，退出状态 %1</translation>
    </message>
    <message>
        <source>ended by %1</source>
        <translation>被 %1 结束</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>at full speed</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>All processes have ended</source>
        <translation>所有进程都已结束</translation>
    </message>
    <message>
        <source>%1 died while it put message %2: it was not sent.</source>
        <translation>%1 在放入消息 %2 时死亡：该消息没有发出。</translation>
    </message>
    <message>
        <source>%1 died in put, but message %2 had been sent.</source>
        <translation>%1 在放入操作中死亡，但消息 %2 已经发出。</translation>
    </message>
    <message>
        <source>%1 died while it took message %2: it stays, and goes to another.</source>
        <translation>%1 在取出消息 %2 时死亡：该消息仍在队列中，将交给其他进程。</translation>
    </message>
    <message>
        <source>%1 died after it had taken message %2: that is lost.</source>
        <translation>%1 在取出消息 %2 之后死亡：该消息已丢失。</translation>
    </message>
    <message>
        <source>%1 died while it wrote a message of %2: it was not sent.</source>
        <translation>%1 在写入一条 %2 的消息时死亡：该消息没有发出。</translation>
    </message>
    <message>
        <source>%1 died while it read message %2, which is gone with it.</source>
        <translation>%1 在读取消息 %2 时死亡，该消息随之丢失。</translation>
    </message>
    <message>
        <source>Sent.</source>
        <translation>已发送。</translation>
    </message>
    <message>
        <source>Not sent: it is full.</source>
        <translation>未发送：已满。</translation>
    </message>
    <message>
        <source>Not sent: %1. Try again when there is room.</source>
        <translation>未发送：%1。有空位时再试。</translation>
    </message>
    <message>
        <source>Not sent: all producers have finished, and so the queue was closed. Stop and start the scene.</source>
        <translation>未发送：所有生产者都已完成，因此队列已关闭。请停止并重新开始场景。</translation>
    </message>
    <message>
        <source>Not sent. %1</source>
        <translation>未发送。%1</translation>
    </message>
    <message>
        <source>Bounded queue: fast producer, slow consumer</source>
        <translation>有界队列：生产者快，消费者慢</translation>
    </message>
    <message>
        <source>The depth climbs to the bound; then the producer waits for places and both go at the consumer&apos;s pace (back-pressure).</source>
        <translation>深度升至上限；之后生产者要等待空位，双方都按消费者的速度前进（背压）。</translation>
    </message>
    <message>
        <source>Many producers, many consumers</source>
        <translation>多个生产者，多个消费者</translation>
    </message>
    <message>
        <source>Every message goes to exactly one consumer; kill one of them, and the others take over its share.</source>
        <translation>每条消息只交给一个消费者；强制结束其中一个，其余的会接手它的份额。</translation>
    </message>
    <message>
        <source>Pipe ping-pong</source>
        <translation>管道乒乓</translation>
    </message>
    <message>
        <source>One message at a time goes there and back: what limits the throughput is the waiting, not the bytes. Pause, and go on step by step.</source>
        <translation>每次只有一条消息往返：限制吞吐量的是等待，而不是字节数。暂停后可逐步继续。</translation>
    </message>
    <message>
        <source>A producer dies</source>
        <translation>一个生产者死亡</translation>
    </message>
    <message>
        <source>producer-2 is killed after 60 messages: the others go on as if nothing had been. Kill all three, and the consumers wait for ever.</source>
        <translation>producer-2 在发出 60 条消息后被杀死：其他进程照常继续。如果三个都强制结束，消费者将永远等待。</translation>
    </message>
</context>
<context>
    <name>ScriptExport</name>
    <message>
        <source>Forkscope shows the terminal; here its output has to be read from “controller”.</source>
        <translation>Forkscope 会显示终端；此处需从“controller”读取其输出。</translation>
    </message>
    <message>
        <source>After the timeout Python kills the command alone; Forkscope stops its descendants as well.</source>
        <translation>超时后 Python 只杀死该命令；Forkscope 还会停止它的后代进程。</translation>
    </message>
    <message>
        <source>A hook in C++ runs before the command; Python has preexec_fn for that.</source>
        <translation>有一个 C++ 钩子在命令之前运行；Python 为此提供 preexec_fn。</translation>
    </message>
    <message>
        <source>startupinfo, creationflags: these exist on Windows only.</source>
        <translation>startupinfo、creationflags：仅在 Windows 上存在。</translation>
    </message>
    <message>
        <source>The command gets a pseudo-terminal of %1 × %2 characters from Forkscope; here it gets your terminal.</source>
        <translation>该命令在 Forkscope 中使用 %1 × %2 个字符的伪终端；此处使用您的终端。</translation>
    </message>
    <message>
        <source>Changing user or groups needs the rights of root.</source>
        <translation>更改用户或组需要 root 权限。</translation>
    </message>
    <message>
        <source>The shell reads the .env files itself: values in them that are not quoted must be single words.</source>
        <translation>shell 会自行读取 .env 文件：其中未加引号的值必须是单个词。</translation>
    </message>
    <message>
        <source>capture_output: the output is not caught here; append “&gt; FILE” for that.</source>
        <translation>capture_output：此处不捕获输出；如需捕获，请在末尾加上“&gt; FILE”。</translation>
    </message>
    <message>
        <source>text, encoding, errors: a shell passes the bytes on as they are.</source>
        <translation>text、encoding、errors：shell 会原样传递字节。</translation>
    </message>
    <message>
        <source>bufsize, pipesize: these concern pipes that a script does not have.</source>
        <translation>bufsize、pipesize：它们针对管道，而脚本中没有这些管道。</translation>
    </message>
    <message>
        <source>pass_fds: the command inherits these descriptors if this shell has them open.</source>
        <translation>pass_fds：如果此 shell 打开了这些文件描述符，命令就会继承它们。</translation>
    </message>
    <message>
        <source>A hook in C++ runs before the command; a shell cannot do that.</source>
        <translation>有一个 C++ 钩子在命令之前运行；shell 做不到这一点。</translation>
    </message>
</context>
<context>
    <name>SharedMemory</name>
    <message>
        <source>use this name for shared memory</source>
        <translation>将此名称用于共享内存</translation>
    </message>
    <message>
        <source>a name has 1 to 100 letters, digits, dots, underscores and hyphens, and does not begin with a dot</source>
        <translation>名称由 1 到 100 个字母、数字、点、下划线和连字符组成，且不以点开头</translation>
    </message>
    <message>
        <source>use the folder of shared memory</source>
        <translation>使用共享内存的文件夹</translation>
    </message>
    <message>
        <source>there is no runtime folder; set XDG_RUNTIME_DIR</source>
        <translation>没有运行时文件夹；请设置 XDG_RUNTIME_DIR</translation>
    </message>
    <message>
        <source>it must be a folder of yours that nobody else may enter (mode 0700)</source>
        <translation>它必须是属于您且他人无法进入的文件夹（模式 0700）</translation>
    </message>
    <message>
        <source>map shared memory</source>
        <translation>映射共享内存</translation>
    </message>
    <message>
        <source>create shared memory</source>
        <translation>创建共享内存</translation>
    </message>
    <message>
        <source>this name is in use; attach to it, or choose another name</source>
        <translation>此名称正在使用中；请连接到它，或选择其他名称</translation>
    </message>
    <message>
        <source>attach to shared memory</source>
        <translation>连接到共享内存</translation>
    </message>
    <message>
        <source>make room in shared memory</source>
        <translation>在共享内存中腾出空间</translation>
    </message>
    <message>
        <source>it has another size than this version makes</source>
        <translation>其大小与此版本所创建的不符</translation>
    </message>
    <message>
        <source>remove shared memory</source>
        <translation>删除共享内存</translation>
    </message>
    <message>
        <source>keep the name of shared memory</source>
        <translation>保留共享内存的名称</translation>
    </message>
</context>
<context>
    <name>StreamPage</name>
    <message numerus="yes">
        <source>… %Ln byte(s) not recorded</source>
        <translation>
            <numerusform>… %Ln 字节未记录</numerusform>
        </translation>
    </message>
    <message>
        <source>save the stream</source>
        <translation>保存流</translation>
    </message>
</context>
<context>
    <name>Supervisor</name>
    <message>
        <source>exit status %1</source>
        <translation>退出状态 %1</translation>
    </message>
    <message>
        <source>ended by %1</source>
        <translation>因 %1 结束</translation>
    </message>
    <message>
        <source>it is not known how it ended</source>
        <translation>不清楚它是如何结束的</translation>
    </message>
    <message>
        <source>could not be started: %1</source>
        <translation>无法启动：%1</translation>
    </message>
    <message>
        <source>could not be started: the interpreter %1 of %2 is missing</source>
        <translation>无法启动：缺少 %2 的解释器 %1</translation>
    </message>
    <message>
        <source>could not be started: %1: %2</source>
        <translation>无法启动：%1：%2</translation>
    </message>
    <message>
        <source>%1 (profile “%2”)</source>
        <translation>%1（配置“%2”）</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>正在等待 %1</translation>
    </message>
    <message>
        <source>was not ready within %1 s: no %2</source>
        <translation>在 %1 秒内未就绪：没有%2</translation>
    </message>
    <message numerus="yes">
        <source>%1; was restarted %n times in a row, which is the limit</source>
        <translation>
            <numerusform>%1；已连续重新启动 %n 次，达到上限</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n processes that it has left running</source>
        <translation>
            <numerusform>它遗留的 %n 个仍在运行的进程</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>could not be stopped</source>
        <translation>无法停止</translation>
    </message>
    <message>
        <source>waits until what depends on it has stopped</source>
        <translation>正在等待依赖它的进程停止</translation>
    </message>
    <message>
        <source>%1 was sent</source>
        <translation>已发送 %1</translation>
    </message>
    <message>
        <source>“%1” was not started</source>
        <translation>“%1”未启动</translation>
    </message>
    <message>
        <source>“%1” failed: %2</source>
        <translation>“%1”失败：%2</translation>
    </message>
    <message>
        <source>“%1” has ended</source>
        <translation>“%1”已结束</translation>
    </message>
    <message>
        <source>“%1” was stopped</source>
        <translation>“%1”已被停止</translation>
    </message>
    <message>
        <source>waits for “%1” to start</source>
        <translation>正在等待“%1”启动</translation>
    </message>
    <message>
        <source>waits for “%1” to be ready</source>
        <translation>正在等待“%1”就绪</translation>
    </message>
    <message>
        <source>waits for “%1” to end</source>
        <translation>正在等待“%1”结束</translation>
    </message>
    <message>
        <source>waits for “%1” to end with success</source>
        <translation>正在等待“%1”成功结束</translation>
    </message>
</context>
<context>
    <name>TaskFacts</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>%1 of CBOR (only its beginning is recorded)</source>
        <translation>%1 的 CBOR（只记录了开头）</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队时间</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Ran for</source>
        <translation>运行了</translation>
    </message>
    <message>
        <source>Runs for</source>
        <translation>已运行</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Task %1: %2</source>
        <translation>任务 %1：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>name of a fact: its value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>PID %1 on worker %2</source>
        <translation>PID %1，工作者 %2</translation>
    </message>
    <message>
        <source>Worker %1</source>
        <translation>工作者 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) at tasks</source>
        <translation>
            <numerusform>执行了 %n 次任务</numerusform>
        </translation>
    </message>
    <message>
        <source>busy %1 of its time</source>
        <translation>%1 的时间在忙</translation>
    </message>
    <message numerus="yes">
        <source>%n worker process(es) lost here, and replaced</source>
        <translation>
            <numerusform>此处丢失了 %n 个工作进程，已替换</numerusform>
        </translation>
    </message>
    <message>
        <source>The pool was made smaller: it takes no more tasks.</source>
        <translation>进程池已缩小：它不再接受任务。</translation>
    </message>
</context>
<context>
    <name>TaskWords</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>worker lost</source>
        <translation>工作者丢失</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>waits to be tried again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>exit status %1</source>
        <translation>退出状态 %1</translation>
    </message>
    <message>
        <source>ended by %1, core dumped</source>
        <translation>被 %1 终止，已转储核心</translation>
    </message>
    <message>
        <source>ended by %1</source>
        <translation>被 %1 终止</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>terminated: its workers end</source>
        <translation>已终止：工作者正在结束</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>holds back: the CPUs are busier than allowed</source>
        <translation>暂缓：CPU 比允许的更忙</translation>
    </message>
    <message>
        <source>holds back: memory pressure is higher than allowed</source>
        <translation>暂缓：内存压力高于允许值</translation>
    </message>
    <message>
        <source>holds back: less memory is free than has to stay free</source>
        <translation>暂缓：空闲内存少于必须保留的数量</translation>
    </message>
    <message>
        <source>closed: does what it has</source>
        <translation>已关闭：做完已有的任务</translation>
    </message>
    <message>
        <source>open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 个运行中</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 个等待</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>%1 个完成</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 个失败</translation>
    </message>
    <message>
        <source>%1 timed out</source>
        <translation>%1 个超时</translation>
    </message>
    <message>
        <source>%1 with a lost worker</source>
        <translation>%1 个丢失工作者</translation>
    </message>
    <message>
        <source>%1 cancelled</source>
        <translation>%1 个已取消</translation>
    </message>
    <message>
        <source>%1 skipped</source>
        <translation>%1 个已跳过</translation>
    </message>
    <message>
        <source>Pool %1</source>
        <translation>进程池 %1</translation>
    </message>
</context>
<context>
    <name>TextCodec</name>
    <message>
        <source>start the command</source>
        <translation>启动命令</translation>
    </message>
    <message>
        <source>no encoding is called “%1”</source>
        <translation>没有名为“%1”的编码</translation>
    </message>
    <message>
        <source>decode the output</source>
        <translation>解码输出</translation>
    </message>
    <message>
        <source>the bytes %1 at offset %2 are not %3; the raw bytes are kept</source>
        <translation>偏移量 %2 处的字节 %1 不是 %3；已保留原始字节</translation>
    </message>
    <message>
        <source>encode the input</source>
        <translation>编码输入</translation>
    </message>
    <message>
        <source>%1 has no character “%2”</source>
        <translation>%1 中没有字符“%2”</translation>
    </message>
</context>
<context>
    <name>TimeText</name>
    <message>
        <source>read the time</source>
        <translation>读取时间</translation>
    </message>
    <message>
        <source>a time reads like “14:03:10.5” or “+3.5 s”</source>
        <translation>时间应写成“14:03:10.5”或“+3.5 s”</translation>
    </message>
</context>
<context>
    <name>Traffic</name>
    <message>
        <source>use the folder where programs tell of their queues</source>
        <translation>使用供程序通报队列的文件夹</translation>
    </message>
    <message>
        <source>it must be a folder of yours that nobody else may enter (mode 0700)</source>
        <translation>它必须是属于您、且其他人无法进入的文件夹（权限 0700）</translation>
    </message>
    <message>
        <source>listen for queues of the programs that are launched</source>
        <translation>监听所启动程序的队列</translation>
    </message>
    <message>
        <source>the path is too long for a socket; set XDG_RUNTIME_DIR</source>
        <translation>路径对套接字而言过长；请设置 XDG_RUNTIME_DIR</translation>
    </message>
    <message>
        <source>watch the queue</source>
        <translation>监视队列</translation>
    </message>
</context>
<context>
    <name>WaitAny</name>
    <message>
        <source>wait for several connections</source>
        <translation>等待多个连接</translation>
    </message>
    <message>
        <source>number %1 is closed</source>
        <translation>第 %1 个已关闭</translation>
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
    <message>
        <source>&amp;Launch with options…</source>
        <translation>带选项启动(&amp;L)…</translation>
    </message>
    <message>
        <source>Run again with &amp;options…</source>
        <translation>用选项再次运行(&amp;O)…</translation>
    </message>
    <message>
        <source>Prefere&amp;nces…</source>
        <translation>首选项(&amp;N)…</translation>
    </message>
    <message>
        <source>Find in &amp;all output…</source>
        <translation>在所有输出中查找(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Unsaved recordings…</source>
        <translation>未保存的录制(&amp;U)…</translation>
    </message>
    <message>
        <source>&amp;Save recording</source>
        <translation>保存录制(&amp;S)</translation>
    </message>
    <message>
        <source>Save recording &amp;as…</source>
        <translation>录制另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>Re&amp;dact a copy…</source>
        <translation>脱敏副本(&amp;D)…</translation>
    </message>
    <message>
        <source>Save &amp;terminal session…</source>
        <translation>保存终端会话(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Playground: queues and pipes</source>
        <translation>演练场：队列与管道(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;New pool…</source>
        <translation>新建进程池(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Pipeline…</source>
        <translation>流水线(&amp;P)…</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>use the profile</source>
        <translation>使用该配置</translation>
    </message>
    <message>
        <source>ready: it does not say what to wait for</source>
        <translation>就绪：没有写明要等什么</translation>
    </message>
    <message>
        <source>ready: “%1” is no regular expression: %2</source>
        <translation>就绪：“%1”不是正则表达式：%2</translation>
    </message>
    <message>
        <source>ready: “%1” is no port; write “8080” or “host:8080”</source>
        <translation>就绪：“%1”不是端口；请写成“8080”或“host:8080”</translation>
    </message>
    <message>
        <source>ready: “%1” is no address; write “http://localhost:8080/”</source>
        <translation>就绪：“%1”不是地址；请写成“http://localhost:8080/”</translation>
    </message>
    <message>
        <source>ready: the time between two tries must be above 0</source>
        <translation>就绪：两次尝试之间的时间必须大于 0</translation>
    </message>
    <message>
        <source>ready: the timeout is 0 (none) or above</source>
        <translation>就绪：超时为 0（无）或更大</translation>
    </message>
    <message>
        <source>restart: the delay is 0 or above</source>
        <translation>重新启动：延迟为 0 或更大</translation>
    </message>
    <message>
        <source>restart: the factor is 1 or above</source>
        <translation>重新启动：倍数为 1 或更大</translation>
    </message>
    <message>
        <source>restart: the limit is 0 (none) or above</source>
        <translation>重新启动：次数上限为 0（无）或更大</translation>
    </message>
    <message>
        <source>it depends on itself</source>
        <translation>它依赖自身</translation>
    </message>
    <message>
        <source>it depends on “%1”, which is not in this workspace</source>
        <translation>它依赖“%1”，而该工作区中没有它</translation>
    </message>
    <message>
        <source>it depends on “%1” twice</source>
        <translation>它两次依赖“%1”</translation>
    </message>
    <message>
        <source>it waits until “%1” is ready, but “%1” does not say when that is</source>
        <translation>它等待“%1”就绪，但“%1”没有写明何时就绪</translation>
    </message>
    <message>
        <source>it is based on “%1”, which is not in this workspace</source>
        <translation>它基于“%1”，而该工作区中没有它</translation>
    </message>
    <message>
        <source>it needs a name</source>
        <translation>它需要一个名称</translation>
    </message>
    <message>
        <source>its name may hold letters, digits, “-”, “_” and “.” only</source>
        <translation>它的名称只能包含字母、数字、“-”、“_”和“.”</translation>
    </message>
    <message>
        <source>stop: a signal lies between 1 and 64</source>
        <translation>停止：信号在 1 与 64 之间</translation>
    </message>
    <message>
        <source>stop: the time to wait is 0 or above</source>
        <translation>停止：等待时间为 0 或更大</translation>
    </message>
    <message>
        <source>there are two profiles with this name</source>
        <translation>有两个配置使用此名称</translation>
    </message>
    <message>
        <source>use the workspace</source>
        <translation>使用该工作区</translation>
    </message>
    <message>
        <source>its dependencies go in a circle: %1</source>
        <translation>它的依赖形成循环：%1</translation>
    </message>
    <message>
        <source>its profiles are based on each other in a circle: %1</source>
        <translation>它的配置互相基于而形成循环：%1</translation>
    </message>
    <message>
        <source>use the pipe</source>
        <translation>使用该管道</translation>
    </message>
    <message>
        <source>a name consists of letters, digits, “-”, “_” and “.”</source>
        <translation>名称由字母、数字、“-”、“_”和“.”组成</translation>
    </message>
    <message>
        <source>there are two pipes with this name</source>
        <translation>有两个管道使用此名称</translation>
    </message>
    <message>
        <source>there is no profile “%1”</source>
        <translation>没有名为“%1”的配置</translation>
    </message>
    <message>
        <source>the standard output of “%1” can be one pipe only</source>
        <translation>“%1”的标准输出只能接到一个管道</translation>
    </message>
    <message>
        <source>the standard input of “%1” can be one pipe only</source>
        <translation>“%1”的标准输入只能接到一个管道</translation>
    </message>
    <message>
        <source>the pipe needs a name</source>
        <translation>管道需要一个名称</translation>
    </message>
    <message>
        <source>another pipe has this name</source>
        <translation>已有另一个管道使用此名称</translation>
    </message>
</context>
<context>
    <name>WorkspaceImport</name>
    <message>
        <source>%1: a single value is expected</source>
        <translation>%1：应为单个值</translation>
    </message>
    <message>
        <source>%1: a number is expected</source>
        <translation>%1：应为数字</translation>
    </message>
    <message>
        <source>%1: true or false is expected</source>
        <translation>%1：应为 true 或 false</translation>
    </message>
    <message>
        <source>%1: a map is expected</source>
        <translation>%1：应为映射</translation>
    </message>
    <message>
        <source>this is not taken over.</source>
        <translation>此项未导入。</translation>
    </message>
    <message>
        <source>“%1” is taken over as it is: variables are not put in.</source>
        <translation>“%1”按原样导入：变量不会被代入。</translation>
    </message>
    <message>
        <source>“%1” is not NAME=VALUE and was left out.</source>
        <translation>“%1”不是 NAME=VALUE，已略去。</translation>
    </message>
    <message>
        <source>its name becomes “%1”.</source>
        <translation>其名称改为“%1”。</translation>
    </message>
    <message>
        <source>%1: there are two processes of this name</source>
        <translation>%1：有两个进程使用此名称</translation>
    </message>
    <message>
        <source>of readiness_probe and ready_log_line the line is taken over: there can be one of them.</source>
        <translation>readiness_probe 与 ready_log_line 中采用了后者：只能有一个。</translation>
    </message>
    <message>
        <source>%1: there is no command</source>
        <translation>%1：没有命令</translation>
    </message>
    <message>
        <source>it takes the place of “command”.</source>
        <translation>它取代了“command”。</translation>
    </message>
    <message>
        <source>this is not taken over: Forkscope records all output; “Save output” writes it to a file.</source>
        <translation>此项未导入：Forkscope 记录全部输出；用“保存输出”可写入文件。</translation>
    </message>
    <message>
        <source>%1: the condition “%2” is not known</source>
        <translation>%1：未知的条件“%2”</translation>
    </message>
    <message>
        <source>“%1” is taken over as “never”.</source>
        <translation>“%1”按“never”导入。</translation>
    </message>
    <message>
        <source>“%1” does not say when it is ready, so “%2” waits for its start only.</source>
        <translation>“%1”没有写明何时就绪，因此“%2”只等待它启动。</translation>
    </message>
    <message>
        <source>read the workspace</source>
        <translation>读取工作区</translation>
    </message>
    <message>
        <source>it has no “processes”: it is no configuration of process-compose</source>
        <translation>其中没有“processes”：不是 process-compose 的配置</translation>
    </message>
    <message>
        <source>it is neither forkscope.toml nor a Procfile nor process-compose.yaml, by its name</source>
        <translation>从名称看，它既不是 forkscope.toml，也不是 Procfile 或 process-compose.yaml</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>this is not “name: command” and was left out.</source>
        <translation>这不是“名称: 命令”，已略去。</translation>
    </message>
    <message>
        <source>there is a second “%1”, which was left out.</source>
        <translation>出现第二个“%1”，已略去。</translation>
    </message>
    <message>
        <source>“%1” uses PORT, which is set to %2, as foreman does.</source>
        <translation>“%1”使用 PORT，已像 foreman 那样设为 %2。</translation>
    </message>
    <message>
        <source>it holds no line of the form “name: command”</source>
        <translation>其中没有“名称: 命令”形式的行</translation>
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
    <name>environmentFile</name>
    <message>
        <source>there is no “=” after “%1”</source>
        <translation>“%1”之后没有“=”</translation>
    </message>
    <message>
        <source>“%1” is no name of a variable</source>
        <translation>“%1”不是变量名</translation>
    </message>
    <message>
        <source>read the environment file</source>
        <translation>读取环境变量文件</translation>
    </message>
    <message>
        <source>something follows the closing quote</source>
        <translation>右引号之后还有内容</translation>
    </message>
    <message>
        <source>there is a NUL byte in the value</source>
        <translation>值中有 NUL 字节</translation>
    </message>
    <message>
        <source>a quote (%1) is left open</source>
        <translation>引号（%1）没有闭合</translation>
    </message>
    <message>
        <source>it is a directory</source>
        <translation>它是一个目录</translation>
    </message>
    <message>
        <source>it is larger than 4 MiB</source>
        <translation>它大于 4 MiB</translation>
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
        <source>%1 bytes were not kept (size limit, or a disk that was full or too slow)</source>
        <translation>有 %1 字节未能保留（达到大小上限，或磁盘已满、过慢）</translation>
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
    <message>
        <source>warning: %1</source>
        <translation>警告：%1</translation>
    </message>
    <message>
        <source>stopping all</source>
        <translation>正在停止全部</translation>
    </message>
    <message>
        <source>%1 has no profile “%2”</source>
        <translation>%1 中没有配置“%2”</translation>
    </message>
    <message>
        <source>there is room again: recording goes on</source>
        <translation>又有空间了：记录继续</translation>
    </message>
    <message>
        <source>write to standard output</source>
        <translation>写到标准输出</translation>
    </message>
    <message>
        <source>the command had no terminal: this is made of its standard output and standard error</source>
        <translation>该命令没有终端：内容由其标准输出和标准错误组成</translation>
    </message>
    <message>
        <source>%1 records (%2 bytes) of what was exported had been given up while it was recorded</source>
        <translation>所导出的内容中，有 %1 条记录（%2 字节）在记录时已被舍弃</translation>
    </message>
    <message>
        <source>there are no unsaved recordings in %1</source>
        <translation>%1 中没有未保存的录制</translation>
    </message>
    <message>
        <source>removed: %1</source>
        <translation>已删除：%1</translation>
    </message>
    <message>
        <source>use the preset</source>
        <translation>使用预设</translation>
    </message>
    <message>
        <source>nothing is known that it could mask</source>
        <translation>没有已知的可掩盖内容</translation>
    </message>
    <message>
        <source>choose channels</source>
        <translation>选择通道</translation>
    </message>
    <message>
        <source>--channel goes with --strip payload</source>
        <translation>--channel 须与 --strip payload 一起使用</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>没有匹配</translation>
    </message>
    <message>
        <source>%1 matches: %2</source>
        <translation>%1 处匹配：%2</translation>
    </message>
    <message>
        <source>redact</source>
        <translation>脱敏</translation>
    </message>
    <message>
        <source>give the recording, and -o FILE or --dry-run</source>
        <translation>请给出录制文件，以及 -o FILE 或 --dry-run</translation>
    </message>
    <message>
        <source>choose what to remove: --strip, --drop-channel, --mask, --mask-text or --preset</source>
        <translation>请选择要移除的内容：--strip、--drop-channel、--mask、--mask-text 或 --preset</translation>
    </message>
    <message>
        <source>this is a redacted copy</source>
        <translation>这是脱敏副本</translation>
    </message>
    <message>
        <source>%1 operations and the bytes of %2 messages were too fast to be recorded</source>
        <translation>有 %1 次操作和 %2 条消息的内容过快，未能录制</translation>
    </message>
    <message>
        <source>%1 queues or connections could not be recorded: somebody else records them, there was no memory for it, or they are of another version</source>
        <translation>有 %1 个队列或连接未能录制：已有其他会话在录制，或内存不足，或版本不同</translation>
    </message>
    <message>
        <source>read the message as JSON</source>
        <translation>将消息读作 JSON</translation>
    </message>
    <message>
        <source>it must be one value</source>
        <translation>必须是单个值</translation>
    </message>
    <message>
        <source>read standard input</source>
        <translation>读取标准输入</translation>
    </message>
    <message>
        <source>show the message as JSON</source>
        <translation>以 JSON 显示消息</translation>
    </message>
    <message>
        <source>%1. It was put as bytes: get it without --json</source>
        <translation>%1。它是以字节放入的：请不带 --json 取出</translation>
    </message>
    <message>
        <source>there is no queue “%1”; make one with: forkscope queue create %1</source>
        <translation>没有名为“%1”的队列；可用以下命令创建：forkscope queue create %1</translation>
    </message>
    <message>
        <source>there is a queue “%1” already; use it, or remove it with: forkscope queue remove %1</source>
        <translation>已有名为“%1”的队列；请直接使用，或用以下命令删除：forkscope queue remove %1</translation>
    </message>
    <message>
        <source>put with a priority</source>
        <translation>按优先级放入</translation>
    </message>
    <message>
        <source>the queue was not made with --priority</source>
        <translation>该队列创建时未使用 --priority</translation>
    </message>
    <message>
        <source>there is no queue “%1”</source>
        <translation>没有名为“%1”的队列</translation>
    </message>
    <message>
        <source>%1 puts message %2: %3 bytes, then %4 are in the queue</source>
        <translation>%1 放入消息 %2：%3 字节，此后队列中有 %4 条</translation>
    </message>
    <message>
        <source>%1 gets message %2: %3 bytes, then %4 are in the queue</source>
        <translation>%1 取出消息 %2：%3 字节，此后队列中有 %4 条</translation>
    </message>
    <message>
        <source>%1 messages; wait for put: %2; wait for get: %3</source>
        <translation>%1 条消息；等待放入：%2；等待取出：%3</translation>
    </message>
    <message>
        <source>; closed</source>
        <translation>；已关闭</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>order: %1
messages: %2 (at most: %3), %4 bytes
put: %5, got: %6%7
processes: %8
wait for put: %9
wait for get: %10</source>
        <translation>顺序：%1
消息：%2（上限：%3），%4 字节
已放入：%5，已取出：%6%7
进程：%8
等待放入：%9
等待取出：%10</translation>
    </message>
    <message>
        <source>a session records this queue already: only depth and who waits are shown here</source>
        <translation>已有会话在录制此队列：这里只显示深度和等待者</translation>
    </message>
    <message>
        <source>%1 operations were too fast to be shown</source>
        <translation>有 %1 次操作过快，未能显示</translation>
    </message>
    <message>
        <source>stage  status  command</source>
        <translation>阶段  状态  命令</translation>
    </message>
    <message>
        <source>%1 → %2: %3 in %4 pieces, %5/s</source>
        <translation>%1 → %2：%3，分 %4 段，%5/秒</translation>
    </message>
    <message numerus="yes">
        <source>starting no more; waiting for %n jobs (once more: they are ended)</source>
        <translation>
            <numerusform>不再启动新的作业；正在等待 %n 个作业（再按一次则终止它们）</numerusform>
        </translation>
    </message>
    <message>
        <source>warning: “%1” is an argument of the command here; with --shell it is the shell&apos;s</source>
        <translation>警告：“%1”在这里是命令的参数；加上 --shell 才由 shell 解释</translation>
    </message>
    <message>
        <source>the inputs are read from the terminal, a line each; Ctrl+D ends them</source>
        <translation>正在从终端读取输入，每行一个；按 Ctrl+D 结束</translation>
    </message>
    <message>
        <source>%1 % · %2 of %3</source>
        <translation>%1 % · %2/%3</translation>
    </message>
    <message>
        <source>%1 done</source>
        <translation>已完成 %1</translation>
    </message>
    <message>
        <source> · %1 failed</source>
        <translation> · 失败 %1</translation>
    </message>
    <message>
        <source> · %1 running · %2/s</source>
        <translation> · 运行中 %1 · %2 个/秒</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · 还需 %1</translation>
    </message>
    <message>
        <source>job %1 took too long: %2</source>
        <translation>作业 %1 用时过长：%2</translation>
    </message>
    <message>
        <source>job %1: %2</source>
        <translation>作业 %1：%2</translation>
    </message>
    <message>
        <source>job %1 succeeded, no more are started</source>
        <translation>作业 %1 成功，不再启动新的作业</translation>
    </message>
    <message>
        <source>job %1 failed, no more are started</source>
        <translation>作业 %1 失败，不再启动新的作业</translation>
    </message>
    <message>
        <source>%1 → %2: %3 dropped, since the reader was too slow</source>
        <translation>%1 → %2：因读取方过慢而丢弃 %3</translation>
    </message>
    <message>
        <source>“%1”: a branch begins with the number of a stage, 1 to %2, and a colon</source>
        <translation>“%1”：分支须以阶段编号（1 到 %2）加冒号开头</translation>
    </message>
    <message>
        <source>%1: there is no link %2; there are %3</source>
        <translation>%1：没有第 %2 个连接；共有 %3 个</translation>
    </message>
    <message>
        <source>choose what to replay</source>
        <translation>选择要重放的内容</translation>
    </message>
    <message>
        <source>the recording holds nothing of it</source>
        <translation>记录中没有它的内容</translation>
    </message>
    <message>
        <source>there are several: name one with --channel: %1</source>
        <translation>有多个：请用 --channel 指明一个：%1</translation>
    </message>
    <message>
        <source>%1 bytes that passed then are not in the recording</source>
        <translation>当时经过的 %1 字节不在记录中</translation>
    </message>
    <message>
        <source>the reader ended after %1 bytes, before all was written</source>
        <translation>读取方在 %1 字节之后结束，未能写完全部内容</translation>
    </message>
    <message>
        <source>the reader was slower than the original: up to %1 s behind</source>
        <translation>读取方比原来慢：最多落后 %1 秒</translation>
    </message>
</context>
<context>
    <name>forkscope::AllOutputSearch</name>
    <message>
        <source>Find in the output of all processes</source>
        <translation>在所有进程的输出中查找</translation>
    </message>
    <message>
        <source>Lines that match</source>
        <translation>匹配的行</translation>
    </message>
    <message>
        <source>Lines around the chosen one</source>
        <translation>所选行的上下文</translation>
    </message>
    <message>
        <source>A click shows what stands around the line; a double click or Enter shows it in the output.</source>
        <translation>单击显示该行的上下文；双击或按 Enter 在输出中显示该行。</translation>
    </message>
    <message>
        <source>Result %1 of %2</source>
        <translation>第 %1 个结果，共 %2 个</translation>
    </message>
    <message>
        <source>No line matches.</source>
        <translation>没有匹配的行。</translation>
    </message>
    <message>
        <source>Lines that match: %1</source>
        <translation>匹配的行：%1</translation>
    </message>
    <message>
        <source>searching … %1 %</source>
        <translation>正在搜索…… %1 %</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>how many results, progress</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>at other times: %1</source>
        <translation>其他时间：%1</translation>
    </message>
    <message>
        <source>1 record was given up and cannot be found</source>
        <translation>有 1 条记录已舍弃，无法查找</translation>
    </message>
    <message numerus="yes">
        <source>%1 records were given up and cannot be found</source>
        <translation>
            <numerusform>有 %1 条记录已舍弃，无法查找</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::ByteEdit</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Hexadecimal</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>%1: how it is written</source>
        <translation>%1:书写方式</translation>
    </message>
    <message>
        <source>Written as</source>
        <translation>书写方式</translation>
    </message>
    <message>
        <source>send it</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>%1 are too many; at most %2 are sent by hand</source>
        <translation>%1 太多；手动发送最多 %2</translation>
    </message>
</context>
<context>
    <name>forkscope::BytesView</name>
    <message>
        <source>No bytes</source>
        <translation>没有字节</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Offset %1: %2</source>
        <translation>偏移 %1：%2</translation>
    </message>
    <message>
        <source>Copy as &amp;hexadecimal</source>
        <translation>复制为十六进制(&amp;H)</translation>
    </message>
    <message>
        <source>Copy as &amp;text</source>
        <translation>复制为文本(&amp;T)</translation>
    </message>
    <message>
        <source>Copy &amp;lines with offsets</source>
        <translation>复制带偏移的行(&amp;L)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
</context>
<context>
    <name>forkscope::ChannelModel</name>
    <message>
        <source>%1 · ⚠ %2</source>
        <translation>%1 · ⚠ %2</translation>
    </message>
    <message>
        <source>Written and not yet read, of what fits into both pipes of the link.
A pipe counts pages: with many small writes it is full before all its bytes are used.</source>
        <translation>已写入而尚未读走的字节，以及链路两段管道的总容量。
管道按页计数：小的写入很多时，字节未用尽它就已满。</translation>
    </message>
    <message>
        <source>written by %1</source>
        <translation>写入方:%1</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>读取方:%1</translation>
    </message>
    <message numerus="yes">
        <source>%n of its messages could not be recorded in full</source>
        <translation>
            <numerusform>有 %n 条消息未能完整记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n intervention(s), the last: %1</source>
        <translation>
            <numerusform>%n 次干预，最近一次:%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>To</source>
        <translation>去往</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Who waits</source>
        <translation>谁在等待</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>forkscope::ChannelPlots</name>
    <message>
        <source>Plots of throughput, queued bytes and waiting time</source>
        <translation>吞吐量、排队字节和等待时间的图</translation>
    </message>
    <message>
        <source>Wheel or + and −: zoom. Drag or Ctrl+Left, Ctrl+Right: move. Home: all.
Left, Right: cursor. Up, Down: other plot. N, P: next and previous spike. Enter or click: its messages.</source>
        <translation>滚轮或 + 和 −:缩放。拖动或 Ctrl+左、Ctrl+右：移动。Home:全部。
左、右：光标。上、下：换图。N、P:下一个和上一个尖峰。回车或单击：其消息。</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>kind and number of a channel</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1: bytes a second</source>
        <translation>%1:每秒字节</translation>
    </message>
    <message>
        <source>%1: queued</source>
        <translation>%1:排队</translation>
    </message>
    <message>
        <source>%1: waited at most</source>
        <translation>%1:至多等待</translation>
    </message>
    <message>
        <source>%1: longest wait</source>
        <translation>%1:最长等待</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 at %2 s: %3, queued %4, waited %5</source>
        <translation>%1 在 %2 s:%3,排队 %4,等待 %5</translation>
    </message>
</context>
<context>
    <name>forkscope::ChannelsPane</name>
    <message>
        <source>Channel, program or PID</source>
        <translation>通道、程序或 PID</translation>
    </message>
    <message>
        <source>Text to look for in channels</source>
        <translation>在通道中查找的文本</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间变化</translation>
    </message>
    <message>
        <source>Plots of what passes the selected channels, is queued in them and waits</source>
        <translation>所选通道中通过、排队和等待情况的图</translation>
    </message>
    <message>
        <source>Change what passes</source>
        <translation>改变通过的内容</translation>
    </message>
    <message>
        <source>Hold, slow down, edit or add to what passes the selected pipe</source>
        <translation>扣住、减慢、编辑或增补所选管道中通过的内容</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Select channels in the list to see their throughput, what is queued in them and how long it waits.</source>
        <translation>在列表中选择通道，查看其吞吐量、排队内容和等待时间。</translation>
    </message>
    <message>
        <source>Plotted are the first %1 of %2 selected channels.</source>
        <translation>只画出所选 %2 个通道中的前 %1 个。</translation>
    </message>
    <message>
        <source>Click a spike, or go to it with N and press Enter, to see its messages.</source>
        <translation>单击尖峰，或按 N 到达后按回车，查看其消息。</translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s)</source>
        <translation>
            <numerusform>%n 个通道</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n channel(s)</source>
        <translation>
            <numerusform>%n 个通道中的 %1 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>forkscope::ChildSteps</name>
    <message>
        <source>Steps before the program starts</source>
        <translation>程序启动之前的步骤</translation>
    </message>
    <message>
        <source>Change to a directory</source>
        <translation>切换到目录</translation>
    </message>
    <message>
        <source>Set the file mode mask</source>
        <translation>设置文件权限掩码</translation>
    </message>
    <message>
        <source>Add step</source>
        <translation>添加步骤</translation>
    </message>
    <message>
        <source>Adds a step that is written in the list itself; the other steps have their fields above</source>
        <translation>添加一个直接写在列表中的步骤；其他步骤在上方各有输入项</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Removes the current step (Delete)</source>
        <translation>移除当前步骤（Delete）</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Takes the current step earlier</source>
        <translation>让当前步骤提前</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Takes the current step later</source>
        <translation>让当前步骤推后</translation>
    </message>
    <message>
        <source>A C++ hook of the program that uses the library runs after these steps. It is kept.</source>
        <translation>使用本库的程序的 C++ 钩子在这些步骤之后运行。它会保留。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
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
    <message>
        <source>Pipes between them go on as plain pipes: nothing is held or slowed down any more, and nothing recorded.</source>
        <translation>它们之间的管道作为普通管道继续工作：不再暂停或减速，也不再记录。</translation>
    </message>
</context>
<context>
    <name>forkscope::CodePane</name>
    <message>
        <source>C++ program of the scene</source>
        <translation>场景的 C++ 程序</translation>
    </message>
</context>
<context>
    <name>forkscope::ColorRulesDialog</name>
    <message>
        <source>&amp;Use this rule</source>
        <translation>使用此规则(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>下移(&amp;D)</translation>
    </message>
    <message>
        <source>Colours of messages</source>
        <translation>消息的颜色</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>One letter or symbol, shown beside the colour</source>
        <translation>一个字母或符号，显示在颜色旁边</translation>
    </message>
    <message>
        <source>The first rule that fits a message gives it its colour and its mark. Rules that look into the content leave out messages over %1.</source>
        <translation>第一条符合的规则决定消息的颜色和标记。查看内容的规则不处理超过 %1 的消息。</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Standard rules</source>
        <translation>标准规则(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Filter:</source>
        <translation>过滤器(&amp;F)：</translation>
    </message>
    <message>
        <source>C&amp;olour:</source>
        <translation>颜色(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;Mark:</source>
        <translation>标记(&amp;M)：</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>mark, name of a colour rule</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
    <message>
        <source>⚠ %1 Until then the rule does nothing.</source>
        <translation>⚠ %1 在此之前该规则不起作用。</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>新规则</translation>
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
    <name>forkscope::CommandSection</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Via a shell</source>
        <translation>通过 shell</translation>
    </message>
    <message>
        <source>Working directory</source>
        <translation>工作目录</translation>
    </message>
    <message>
        <source>Pipes</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>As set under Streams</source>
        <translation>按“流”中的设置</translation>
    </message>
    <message>
        <source>As a list</source>
        <translation>按列表</translation>
    </message>
    <message>
        <source>Shows one row an argument, to edit each exactly, without quotes</source>
        <translation>每行显示一个参数，以便不用引号精确编辑</translation>
    </message>
    <message>
        <source>A program and its arguments; quotes as in a shell</source>
        <translation>程序及其参数；引号用法与 shell 相同</translation>
    </message>
    <message>
        <source>The program and its arguments. A line is split as a POSIX shell splits it; nothing is expanded.</source>
        <translation>程序及其参数。按 POSIX shell 的规则拆分；不做任何展开。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Splits the current row into several arguments, as a shell would</source>
        <translation>像 shell 那样把当前行拆成多个参数</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>The whole line is handed to a shell, which understands | &gt; * $ and the like. In the list, the first row is the line and further ones are its $0, $1 …</source>
        <translation>整行交给 shell，它理解 | &gt; * $ 等。在列表中，第一行是命令行，其余依次是 $0、$1 …</translation>
    </message>
    <message>
        <source>Which shell runs the line. Those of /etc/shells are offered; any other path can be typed.</source>
        <translation>由哪个 shell 运行该行。列出 /etc/shells 中的 shell；也可输入其他路径。</translation>
    </message>
    <message>
        <source>Where the command starts. A relative program is looked for from there. Empty: Forkscope&apos;s own.</source>
        <translation>命令从哪里启动。相对路径的程序从这里查找。留空：Forkscope 自己的目录。</translation>
    </message>
    <message>
        <source>Talks through</source>
        <translation>通信方式</translation>
    </message>
    <message>
        <source>Pipes: its output is recorded byte by byte. Terminal: it believes that a person sits there, so it shows colours, writes line by line and may use the whole screen.</source>
        <translation>管道：逐字节记录输出。终端：程序以为有人在操作，因此显示颜色、逐行输出，并可使用整个屏幕。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save under</source>
        <translation>保存为</translation>
    </message>
    <message>
        <source>The name of the profile: letters, digits, “-”, “_” and “.”, and unlike the others of the workspace.</source>
        <translation>配置的名称：字母、数字、“-”、“_”和“.”，且与工作区中其他名称不同。</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>One line about what this command is for.</source>
        <translation>用一行说明此命令的用途。</translation>
    </message>
    <message>
        <source>A name, only needed to save it as a profile</source>
        <translation>名称，仅在保存为配置时需要</translation>
    </message>
    <message>
        <source>The program&apos;s name would be “%1”, with the blank.</source>
        <translation>程序名将是“%1”，包括空格。</translation>
    </message>
    <message>
        <source>Split it</source>
        <translation>拆分它</translation>
    </message>
    <message>
        <source>Only a shell understands | &gt; * $ and the like; without one they are passed as they stand.</source>
        <translation>只有 shell 理解 | &gt; * $ 等；没有 shell 时它们按原样传递。</translation>
    </message>
    <message>
        <source>Use a shell</source>
        <translation>使用 shell</translation>
    </message>
    <message numerus="yes">
        <source>%n more argument(s) for the shell ($0, $1 …) in the list.</source>
        <translation>
            <numerusform>列表中还有 %n 个给 shell 的参数（$0、$1 …）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>显示列表</translation>
    </message>
</context>
<context>
    <name>forkscope::CpuEdit</name>
    <message>
        <source>CPU numbers</source>
        <translation>CPU 编号</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>choose at least one CPU</source>
        <translation>至少选择一个 CPU</translation>
    </message>
</context>
<context>
    <name>forkscope::DependencyList</name>
    <message>
        <source>was started</source>
        <translation>已启动</translation>
    </message>
    <message>
        <source>is ready</source>
        <translation>已就绪</translation>
    </message>
    <message>
        <source>has ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>has ended with status 0</source>
        <translation>以状态 0 结束</translation>
    </message>
    <message>
        <source>Add dependency</source>
        <translation>添加依赖</translation>
    </message>
    <message>
        <source>The workspace has no other profile</source>
        <translation>工作区中没有其他配置</translation>
    </message>
    <message>
        <source>Waits for one more profile</source>
        <translation>再等待一个配置</translation>
    </message>
    <message>
        <source>Dependency %1: profile</source>
        <translation>依赖 %1：配置</translation>
    </message>
    <message>
        <source>Dependency %1: what it must have reached</source>
        <translation>依赖 %1：须达到的状态</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove dependency %1</source>
        <translation>移除依赖 %1</translation>
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
    <name>forkscope::EditorChoice</name>
    <message>
        <source>Editor</source>
        <translation>编辑器</translation>
    </message>
    <message>
        <source>The first that is installed</source>
        <translation>第一个已安装的</translation>
    </message>
    <message>
        <source>%1 (not installed)</source>
        <translation>%1（未安装）</translation>
    </message>
    <message>
        <source>Own command</source>
        <translation>自定义命令</translation>
    </message>
    <message>
        <source>Command of the editor</source>
        <translation>编辑器命令</translation>
    </message>
    <message>
        <source>{file}, {line} and {column} are filled in. No shell reads the command.</source>
        <translation>{file}、{line} 和 {column} 会被填入。命令不经过 shell。</translation>
    </message>
    <message>
        <source>Open &amp;files in</source>
        <translation>打开文件用(&amp;F)</translation>
    </message>
    <message>
        <source>Co&amp;mmand</source>
        <translation>命令(&amp;M)</translation>
    </message>
    <message>
        <source>A command is needed here, such as kate --line {line} {file}.</source>
        <translation>这里需要一个命令，例如 kate --line {line} {file}。</translation>
    </message>
    <message>
        <source>No known editor is installed: choose “Own command” and type one.</source>
        <translation>没有安装已知的编辑器：请选“自定义命令”并输入一个。</translation>
    </message>
    <message>
        <source>The program of this command was not found.</source>
        <translation>没有找到此命令的程序。</translation>
    </message>
    <message>
        <source>Line 12 of main.cpp: %1</source>
        <translation>main.cpp 的第 12 行：%1</translation>
    </message>
</context>
<context>
    <name>forkscope::EntryList</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Adds a row below the current one</source>
        <translation>在当前行下方添加一行</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Removes the current row (Delete)</source>
        <translation>移除当前行（Delete）</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Moves the current row up</source>
        <translation>把当前行上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Moves the current row down</source>
        <translation>把当前行下移</translation>
    </message>
</context>
<context>
    <name>forkscope::EnvironmentModel</name>
    <message>
        <source>%1
Inherited: %2</source>
        <translation>%1
继承的值：%2</translation>
    </message>
    <message>
        <source>inherited</source>
        <translation>继承</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>added</source>
        <translation>已添加</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>forkscope::EnvironmentSection</name>
    <message>
        <source>Environment</source>
        <translation>环境</translation>
    </message>
    <message>
        <source>Start from an empty environment</source>
        <translation>从空环境开始</translation>
    </message>
    <message>
        <source>.env files</source>
        <translation>.env 文件</translation>
    </message>
    <message>
        <source>Add variable</source>
        <translation>添加变量</translation>
    </message>
    <message>
        <source>Adds a variable to the table</source>
        <translation>在表中添加一个变量</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The command will not get the variable (Delete)</source>
        <translation>命令将得不到该变量（Delete）</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>The variable is inherited as it is</source>
        <translation>按原样继承该变量</translation>
    </message>
    <message>
        <source>A terminal sets TERM=xterm-256color and COLORTERM=truecolor, unless they are set here.</source>
        <translation>终端会设置 TERM=xterm-256color 和 COLORTERM=truecolor，除非在这里另行设置。</translation>
    </message>
    <message>
        <source>Environment variables</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter the variables</source>
        <translation>筛选变量</translation>
    </message>
    <message>
        <source>Nothing is inherited: the command gets the variables that are added here, and no others.</source>
        <translation>不继承任何变量：命令只得到在这里添加的变量。</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>All variables that the command gets. Edit a value in its row; “removed” ones are not handed on.</source>
        <translation>命令得到的全部变量。在行中编辑值；“已移除”的不会传递。</translation>
    </message>
    <message>
        <source>Files with NAME=VALUE lines, read at the start in this order. What is set in the table wins.</source>
        <translation>含有 NAME=VALUE 行的文件，启动时按此顺序读取。以表中的设置为准。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Chooses a file to add</source>
        <translation>选择要添加的文件</translation>
    </message>
    <message>
        <source>Choose a .env file</source>
        <translation>选择 .env 文件</translation>
    </message>
    <message>
        <source>empty at first</source>
        <translation>起初为空</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>更改 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>添加 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>移除 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message numerus="yes">
        <source>from %n file(s)</source>
        <translation>
            <numerusform>来自 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Hand on</source>
        <translation>传递</translation>
    </message>
    <message>
        <source>All of them can be read.</source>
        <translation>全部可以读取。</translation>
    </message>
    <message>
        <source>Cannot be read: %1</source>
        <translation>无法读取：%1</translation>
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
    <message>
        <source>Run a pool of sleepers</source>
        <translation>运行一个睡眠任务的进程池</translation>
    </message>
    <message>
        <source>40 tasks on 4 workers: a lane each, a bar for every task, above them those that wait. Change the number of workers under Control.</source>
        <translation>4 个工作者执行 40 个任务：每个工作者一条泳道，每个任务一个条，上方是等待的任务。可在“控制”中改变工作者数量。</translation>
    </message>
    <message>
        <source>Run a pipeline with traffic</source>
        <translation>运行有数据流动的流水线</translation>
    </message>
    <message>
        <source>Three programs and two taps: every order that passes is a message. The last program is slow, so the second pipe fills up.</source>
        <translation>三个程序和两个分接：经过的每个订单都是一条消息。最后一个程序很慢，所以第二段管道会积压。</translation>
    </message>
</context>
<context>
    <name>forkscope::ExportDialog</name>
    <message>
        <source>Time, stream and process before each li&amp;ne</source>
        <translation>每行之前加时间、流和进程(&amp;N)</translation>
    </message>
    <message>
        <source>Also what &amp;happened to processes</source>
        <translation>也包括进程发生的事(&amp;H)</translation>
    </message>
    <message>
        <source>Also what was t&amp;yped (it may hold passwords)</source>
        <translation>也包括键入的内容（可能含密码）(&amp;Y)</translation>
    </message>
    <message>
        <source>File to export to</source>
        <translation>导出到文件</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>%1 exists. Press Replace to write it anew.</source>
        <translation>%1 已存在。按“替换”重新写入。</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>替换(&amp;R)</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>已取消；没有写入任何内容。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>All (to export one, select it in the window first)</source>
        <translation>全部（要导出其中一个，请先在窗口中选择）</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>%1 and what it started</source>
        <translation>%1 及其启动的进程</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Standard &amp;output</source>
        <translation>标准输出(&amp;O)</translation>
    </message>
    <message>
        <source>Standard &amp;error</source>
        <translation>标准错误(&amp;E)</translation>
    </message>
    <message>
        <source>Ter&amp;minal</source>
        <translation>终端(&amp;M)</translation>
    </message>
    <message>
        <source>Standard &amp;input</source>
        <translation>标准输入(&amp;I)</translation>
    </message>
    <message>
        <source>Other channel&amp;s</source>
        <translation>其他通道(&amp;S)</translation>
    </message>
    <message>
        <source>Streams:</source>
        <translation>流：</translation>
    </message>
    <message>
        <source>So&amp;urce:</source>
        <translation>来源(&amp;U)：</translation>
    </message>
    <message>
        <source>Fi&amp;le:</source>
        <translation>文件(&amp;L)：</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Result of the export</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>There is no channel yet.</source>
        <translation>还没有通道。</translation>
    </message>
    <message>
        <source>There is no output yet.</source>
        <translation>还没有输出。</translation>
    </message>
    <message>
        <source>Terminal of %1</source>
        <translation>%1 的终端</translation>
    </message>
    <message>
        <source>Output of %1 (it had no terminal)</source>
        <translation>%1 的输出（它没有终端）</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Queues</source>
        <translation>队列(&amp;Q)</translation>
    </message>
    <message>
        <source>Connec&amp;tions</source>
        <translation>连接(&amp;T)</translation>
    </message>
    <message>
        <source>Pi&amp;pes</source>
        <translation>管道(&amp;P)</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>&amp;Part:</source>
        <translation>部分(&amp;P)：</translation>
    </message>
</context>
<context>
    <name>forkscope::FieldModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>forkscope::FilterBar</name>
    <message>
        <source>What is wrong with the filter</source>
        <translation>过滤器的问题</translation>
    </message>
    <message>
        <source>Messages that are shown</source>
        <translation>显示的消息</translation>
    </message>
    <message>
        <source>How much the filter has looked at</source>
        <translation>过滤器已查看的部分</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop looking, and show what was shown before</source>
        <translation>停止查找，并恢复之前显示的内容</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>过滤器</translation>
    </message>
    <message>
        <source>Saved filters, filters of before, colours</source>
        <translation>已保存的过滤器、以前的过滤器、颜色</translation>
    </message>
    <message>
        <source>This filter is applied</source>
        <translation>此过滤器已应用</translation>
    </message>
    <message>
        <source>Enter applies the filter</source>
        <translation>按回车键应用过滤器</translation>
    </message>
    <message>
        <source>⚠ At character %1: %2</source>
        <translation>⚠ 第 %1 个字符处：%2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 messages</source>
        <translation>%1 / %2 条消息</translation>
    </message>
    <message>
        <source>⚠ %L1 unknown</source>
        <translation>⚠ %L1 条未知</translation>
    </message>
    <message>
        <source>The content of these was given up: nobody knows whether they pass.</source>
        <translation>这些消息的内容已舍弃：无法得知它们是否符合。</translation>
    </message>
    <message>
        <source>%1:  %2</source>
        <comment>name, filter</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>No filter is saved</source>
        <translation>没有已保存的过滤器</translation>
    </message>
    <message>
        <source>&amp;Save this filter…</source>
        <translation>保存此过滤器(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Remove a saved filter</source>
        <translation>移除已保存的过滤器(&amp;R)</translation>
    </message>
    <message>
        <source>Filters of &amp;before</source>
        <translation>以前的过滤器(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Colours…</source>
        <translation>颜色(&amp;C)…</translation>
    </message>
    <message>
        <source>Save filter</source>
        <translation>保存过滤器</translation>
    </message>
    <message>
        <source>Name of the filter “%1”:</source>
        <translation>过滤器“%1”的名称：</translation>
    </message>
</context>
<context>
    <name>forkscope::FilterEdit</name>
    <message>
        <source>Filter: len &gt; 100 &amp;&amp; text contains &quot;ERROR&quot;</source>
        <comment>do not translate what follows the colon</comment>
        <translation>过滤器：len &gt; 100 &amp;&amp; text contains &quot;ERROR&quot;</translation>
    </message>
    <message>
        <source>Display filter</source>
        <translation>显示过滤器</translation>
    </message>
    <message>
        <source>What may stand here</source>
        <translation>此处可以填写的内容</translation>
    </message>
    <message>
        <source>Cannot be understood: %1</source>
        <translation>无法理解：%1</translation>
    </message>
    <message>
        <source>%1   –  %2</source>
        <comment>word, explanation</comment>
        <translation>%1   –  %2</translation>
    </message>
</context>
<context>
    <name>forkscope::FollowStream</name>
    <message>
        <source>◀ &amp;Earlier</source>
        <translation>◀ 更早(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Later ▶</source>
        <translation>更晚(&amp;L) ▶</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Stream of %1</source>
        <translation>%1 的流</translation>
    </message>
    <message>
        <source>How the stream is shown</source>
        <translation>流的显示方式</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Hexadecimal</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>Raw (digits only)</source>
        <translation>原始（仅数字）</translation>
    </message>
    <message>
        <source>JSON lines</source>
        <translation>JSON 行</translation>
    </message>
    <message>
        <source>Which direction is shown</source>
        <translation>显示的方向</translation>
    </message>
    <message>
        <source>Both directions</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>The stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Nothing has passed here that was recorded.</source>
        <translation>此处没有经过任何已记录的内容。</translation>
    </message>
    <message>
        <source>The stream in hexadecimal</source>
        <translation>十六进制的流</translation>
    </message>
    <message>
        <source>Find in the stream</source>
        <translation>在流中查找</translation>
    </message>
    <message>
        <source>How much is saved</source>
        <translation>已保存的部分</translation>
    </message>
    <message>
        <source>Not saved.</source>
        <translation>未保存。</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>from, to</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>▶ %1</source>
        <comment>direction</comment>
        <translation>▶ %1</translation>
    </message>
    <message>
        <source>◀ %1</source>
        <comment>direction</comment>
        <translation>◀ %1</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>bytes %1 to %2 of %3</source>
        <translation>第 %1 至 %2 字节，共 %3 字节</translation>
    </message>
    <message>
        <source>⚠ %1 not recorded</source>
        <translation>⚠ %1 未记录</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Found at byte %L1, from the other end</source>
        <translation>从另一端起，在第 %L1 字节处找到</translation>
    </message>
    <message>
        <source>Found at byte %L1</source>
        <translation>在第 %L1 字节处找到</translation>
    </message>
    <message>
        <source>Save stream</source>
        <translation>保存流</translation>
    </message>
    <message>
        <source>Saved %1 as %2</source>
        <translation>已将 %1 保存为 %2</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
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
    <message>
        <source>terminal</source>
        <translation>终端</translation>
    </message>
</context>
<context>
    <name>forkscope::HistogramView</name>
    <message>
        <source>nothing yet</source>
        <translation>尚无数据</translation>
    </message>
    <message>
        <source>p50 %1 · p90 %2 · p99 %3</source>
        <translation>p50 %1 · p90 %2 · p99 %3</translation>
    </message>
    <message>
        <source>%1 – %2: %L3</source>
        <comment>from, to: how many</comment>
        <translation>%1 – %2：%L3</translation>
    </message>
</context>
<context>
    <name>forkscope::InjectDialog</name>
    <message>
        <source>&amp;From</source>
        <translation>来自(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Priority</source>
        <translation>优先级(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>发送(&amp;S)</translation>
    </message>
    <message>
        <source>Send a message by hand</source>
        <translation>手动发送消息</translation>
    </message>
    <message>
        <source>Process that sends it</source>
        <translation>发送它的进程</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>hello</source>
        <translation>你好</translation>
    </message>
    <message>
        <source>%1 will be sent</source>
        <translation>将发送 %1</translation>
    </message>
    <message>
        <source>Sending …</source>
        <translation>正在发送…</translation>
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
    <name>forkscope::InputEdit</name>
    <message>
        <source>Send this text, then end the input</source>
        <translation>发送此文本，然后结束输入</translation>
    </message>
    <message>
        <source>Text for the standard input</source>
        <translation>标准输入的文本</translation>
    </message>
    <message>
        <source>The first %1 of %2 are shown. It is sent whole as long as nothing is typed here.</source>
        <translation>显示 %2 中的前 %1。只要不在此输入，就会完整发送。</translation>
    </message>
    <message>
        <source>It holds bytes that cannot be shown as text. They are sent as they are as long as nothing is typed here.</source>
        <translation>其中有无法显示为文本的字节。只要不在此输入，就按原样发送。</translation>
    </message>
</context>
<context>
    <name>forkscope::InputListEdit</name>
    <message>
        <source>goes along with the list before it</source>
        <translation>与前一个列表逐项配对</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>文本行</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Kind of inputs</source>
        <translation>输入的种类</translation>
    </message>
    <message>
        <source>One input a line: type or paste them here</source>
        <translation>每行一个输入：在此键入或粘贴</translation>
    </message>
    <message>
        <source>Inputs, one a line</source>
        <translation>输入，每行一个</translation>
    </message>
    <message>
        <source>A file with one input a line</source>
        <translation>每行一个输入的文件</translation>
    </message>
    <message>
        <source>File with inputs</source>
        <translation>包含输入的文件</translation>
    </message>
    <message>
        <source>A pattern, for example ~/Pictures/*.jpg</source>
        <translation>匹配模式，例如 ~/Pictures/*.jpg</translation>
    </message>
    <message>
        <source>Pattern of file names</source>
        <translation>文件名的匹配模式</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>The first of this list comes with the first of the one before it, the second with the second …
Otherwise all combinations are made.</source>
        <translation>本列表的第一项与前一列表的第一项配对，第二项与第二项配对……
否则生成所有组合。</translation>
    </message>
    <message>
        <source>Remove this list</source>
        <translation>移除此列表</translation>
    </message>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>File with one input a line</source>
        <translation>每行一个输入的文件</translation>
    </message>
    <message>
        <source>Type or paste the inputs, one a line.</source>
        <translation>请键入或粘贴输入，每行一个。</translation>
    </message>
    <message>
        <source>Choose the file that holds the inputs.</source>
        <translation>请选择包含输入的文件。</translation>
    </message>
    <message>
        <source>%1 is no file.</source>
        <translation>%1 不是文件。</translation>
    </message>
    <message>
        <source>Type a pattern, for example *.png.</source>
        <translation>请键入匹配模式，例如 *.png。</translation>
    </message>
</context>
<context>
    <name>forkscope::KeepChoice</name>
    <message>
        <source>Unsaved recordings</source>
        <translation>未保存的录制</translation>
    </message>
    <message>
        <source>Keep them &amp;no longer than</source>
        <translation>最长保留(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keep in all at most</source>
        <translation>总大小不超过(&amp;K)</translation>
    </message>
    <message>
        <source> day</source>
        <translation> 天</translation>
    </message>
    <message>
        <source> days</source>
        <translation> 天</translation>
    </message>
    <message>
        <source>Largest age of unsaved recordings, in days</source>
        <translation>未保存录制的最长保留天数</translation>
    </message>
    <message>
        <source>Largest size of all unsaved recordings</source>
        <translation>全部未保存录制的最大总大小</translation>
    </message>
    <message>
        <source>These are left by sessions that did not end properly. Cleaned when Forkscope starts, the oldest first; never a saved recording, nor one in use.</source>
        <translation>由未正常结束的会话留下。Forkscope 启动时清理，从最旧的开始；已保存的和正在使用的录制不会被删除。</translation>
    </message>
    <message>
        <source>A size is needed here, such as 500 MiB or 10 GiB.</source>
        <translation>此处需要填写大小，例如 500 MiB 或 10 GiB。</translation>
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
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Run it in a terminal, as programs like htop, vim or python3 need it.
Such programs switch this on by themselves.</source>
        <translation>在终端中运行，htop、vim 或 python3 等程序需要如此。
这类程序会自动打开此项。</translation>
    </message>
    <message>
        <source>Launch with options… (Ctrl+Shift+L)</source>
        <translation>带选项启动…（Ctrl+Shift+L）</translation>
    </message>
    <message>
        <source>Launch with options</source>
        <translation>带选项启动</translation>
    </message>
    <message>
        <source>Pool…</source>
        <translation>进程池…</translation>
    </message>
    <message>
        <source>Run a command or a function for many inputs, several at a time (Ctrl+Shift+N)</source>
        <translation>对许多输入运行一个命令或函数，同时运行若干个 (Ctrl+Shift+N)</translation>
    </message>
    <message>
        <source>The line holds what only a shell understands (&amp; ; &lt; &gt; $ * and the like), so /bin/sh -c runs it.
Quote those characters to pass them as they are.</source>
        <translation>这一行含有只有 shell 才懂的内容(&amp; ; &lt; &gt; $ * 等),因此由 /bin/sh -c 运行。
要原样传递这些字符，请加引号。</translation>
    </message>
    <message>
        <source>&amp;Show as boxes… (Ctrl+Shift+L)</source>
        <translation>显示为方框(&amp;S)… (Ctrl+Shift+L)</translation>
    </message>
    <message>
        <source>&amp;Let /bin/sh run pipelines, without taps</source>
        <translation>让 /bin/sh 运行流水线，不加分接(&amp;L)</translation>
    </message>
    <message numerus="yes">
        <source>%n stages, </source>
        <translation>
            <numerusform>%n 段,</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tap(s)</source>
        <translation>
            <numerusform>%n 个分接</numerusform>
        </translation>
    </message>
    <message>
        <source>via /bin/sh, no taps</source>
        <translation>经由 /bin/sh,无分接</translation>
    </message>
    <message>
        <source>A pipeline: each stage is a process of its own, and what passes between them is recorded.</source>
        <translation>流水线：每一段都是独立的进程，它们之间通过的内容会被记录。</translation>
    </message>
    <message>
        <source>A shell runs the whole line; what passes between its stages is not seen.</source>
        <translation>整行由 shell 运行；各段之间通过的内容不可见。</translation>
    </message>
    <message>
        <source>How the pipeline is run: %1</source>
        <translation>流水线的运行方式:%1</translation>
    </message>
</context>
<context>
    <name>forkscope::LaunchDialog</name>
    <message>
        <source>Edit profile</source>
        <translation>编辑配置</translation>
    </message>
    <message>
        <source>Launch with options</source>
        <translation>带选项启动</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Launches the command (Ctrl+Enter)</source>
        <translation>启动该命令（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Save as profile</source>
        <translation>保存为配置</translation>
    </message>
    <message>
        <source>Keeps it in the workspace under its name, without running it</source>
        <translation>以其名称保存在工作区中，不运行</translation>
    </message>
    <message>
        <source>Cannot be run: %1</source>
        <translation>无法运行：%1</translation>
    </message>
    <message>
        <source>Cannot be saved: %1</source>
        <translation>无法保存：%1</translation>
    </message>
    <message>
        <source>There is no command yet.</source>
        <translation>还没有命令。</translation>
    </message>
    <message>
        <source>save the profile</source>
        <translation>保存配置</translation>
    </message>
    <message>
        <source>another profile has this name</source>
        <translation>另一个配置已使用此名称</translation>
    </message>
    <message>
        <source>it reads from the pipe “%1” what it writes into it itself, and waits for ever once that is all</source>
        <translation>它从管道“%1”读到的正是它自己写入的内容，读完之后会永远等待</translation>
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
    <name>forkscope::LaunchSection</name>
    <message>
        <source>%1
Python: %2</source>
        <translation>%1
Python：%2</translation>
    </message>
</context>
<context>
    <name>forkscope::LeftoverBar</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>It stays among the unsaved recordings of the File menu</source>
        <translation>它仍保留在“文件”菜单的“未保存的录制”中</translation>
    </message>
    <message>
        <source>All %1…</source>
        <translation>全部 %1 个…</translation>
    </message>
    <message>
        <source>An earlier session ended unexpectedly; its recording (%1, %2) is still there.</source>
        <translation>先前的一次会话意外结束；其录制（%1，%2）仍然保留。</translation>
    </message>
</context>
<context>
    <name>forkscope::LimitsSection</name>
    <message>
        <source>Limits and priority</source>
        <translation>限制与优先级</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Only on these CPUs</source>
        <translation>只在这些 CPU 上</translation>
    </message>
    <message>
        <source>Set to</source>
        <translation>设为</translation>
    </message>
    <message>
        <source>No new privileges</source>
        <translation>无新特权</translation>
    </message>
    <message>
        <source>Nice value: how much is added</source>
        <translation>nice 值：增加多少</translation>
    </message>
    <message>
        <source>Nice value</source>
        <translation>nice 值</translation>
    </message>
    <message>
        <source>Above 0 the command gives way to others when CPUs are short. Below 0 needs a privilege.</source>
        <translation>大于 0 时，CPU 紧张时让其他命令先行。小于 0 需要特权。</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Best effort</source>
        <translation>尽力而为</translation>
    </message>
    <message>
        <source>Idle: only when nobody else reads or writes</source>
        <translation>空闲：仅在无人读写时</translation>
    </message>
    <message>
        <source>Real time (needs a privilege)</source>
        <translation>实时（需要特权）</translation>
    </message>
    <message>
        <source>level </source>
        <translation>级别 </translation>
    </message>
    <message>
        <source>Disk priority: level, 0 comes first</source>
        <translation>磁盘优先级：级别，0 最先</translation>
    </message>
    <message>
        <source>Disk priority</source>
        <translation>磁盘优先级</translation>
    </message>
    <message>
        <source>How its reads and writes are ranked against those of others. Level 0 comes first, 7 last.</source>
        <translation>它的读写相对于其他进程的次序。级别 0 最先，7 最后。</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Batch: long computations</source>
        <translation>批处理：长时间计算</translation>
    </message>
    <message>
        <source>Idle: only when nothing else runs</source>
        <translation>空闲：仅在没有其他运行时</translation>
    </message>
    <message>
        <source>Real time, first in, first out (needs a privilege)</source>
        <translation>实时，先进先出（需要特权）</translation>
    </message>
    <message>
        <source>Real time, round robin (needs a privilege)</source>
        <translation>实时，轮转（需要特权）</translation>
    </message>
    <message>
        <source>priority </source>
        <translation>优先级 </translation>
    </message>
    <message>
        <source>Scheduling: priority, 99 comes first</source>
        <translation>调度：优先级，99 最先</translation>
    </message>
    <message>
        <source>Scheduling</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>By which rule the kernel gives it CPU time.</source>
        <translation>内核按什么规则分给它 CPU 时间。</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>The CPUs that the command and its children may run on.</source>
        <translation>命令及其子进程可以在哪些 CPU 上运行。</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限制</translation>
    </message>
    <message>
        <source>What the command and each of its children may use at most, each process for itself.</source>
        <translation>命令及其每个子进程最多可用多少，按进程分别计算。</translation>
    </message>
    <message>
        <source>Out-of-memory score: the value</source>
        <translation>内存不足评分：值</translation>
    </message>
    <message>
        <source>Out-of-memory score</source>
        <translation>内存不足评分</translation>
    </message>
    <message>
        <source>Which process the kernel kills when memory runs out: 1000 goes first, −1000 never. Below what it is needs a privilege.</source>
        <translation>内存耗尽时内核先终止哪个进程：1000 最先，−1000 从不。低于现值需要特权。</translation>
    </message>
    <message>
        <source>Neither the command nor its children gain rights by a setuid program such as sudo.</source>
        <translation>命令及其子进程都不会通过 sudo 之类的 setuid 程序获得权限。</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>When Forkscope ends</source>
        <translation>Forkscope 结束时</translation>
    </message>
    <message>
        <source>The signal that the command gets when the program that launched it is gone, even by a crash.</source>
        <translation>启动它的程序消失（包括崩溃）时命令收到的信号。</translation>
    </message>
    <message>
        <source>Steps, in order</source>
        <translation>步骤，按顺序</translation>
    </message>
    <message>
        <source>All that the child does between fork and exec, after session, directory and user were set. Here the order is changed, and changes of directory and mask are added. The first step that fails ends the start.</source>
        <translation>子进程在 fork 与 exec 之间、设置会话、目录和用户之后所做的一切。在此更改顺序，并添加目录与掩码的更改。第一个失败的步骤会中止启动。</translation>
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
    <name>forkscope::LinkBox</name>
    <message>
        <source>record all</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>count only</source>
        <translation>只计数</translation>
    </message>
    <message>
        <source>first %1</source>
        <translation>前 %1</translation>
    </message>
    <message>
        <source>How much of each piece that passes is recorded</source>
        <translation>通过的每一块记录多少</translation>
    </message>
    <message>
        <source>Whose output is read. Several stages may read the same one: each gets all of it.</source>
        <translation>读取哪一段的输出。多段可以读同一段：每段都得到全部内容。</translation>
    </message>
    <message>
        <source>from %1</source>
        <comment>number of a stage</comment>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>Input of stage %1</source>
        <translation>第 %1 段的输入</translation>
    </message>
    <message>
        <source>Recorded of the input of stage %1</source>
        <translation>第 %1 段的输入记录多少</translation>
    </message>
</context>
<context>
    <name>forkscope::LinkControls</name>
    <message>
        <source>Back to a plain pipe</source>
        <translation>恢复为普通管道</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Send this instead</source>
        <translation>改为发送此内容</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Add to the stream</source>
        <translation>加入数据流</translation>
    </message>
    <message>
        <source>Held piece</source>
        <translation>扣住的块</translation>
    </message>
    <message>
        <source>%1 will be sent instead of it</source>
        <translation>将改为发送 %1</translation>
    </message>
    <message>
        <source>Bytes to add</source>
        <translation>要加入的字节</translation>
    </message>
    <message>
        <source>%1 will be added</source>
        <translation>将加入 %1</translation>
    </message>
    <message>
        <source>What can be done to the pipe</source>
        <translation>可以对管道做什么</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>the first bytes of each piece</source>
        <translation>每块的前若干字节</translation>
    </message>
    <message>
        <source>counters only</source>
        <translation>只计数</translation>
    </message>
    <message>
        <source>What is recorded</source>
        <translation>记录什么</translation>
    </message>
    <message>
        <source>Bytes of each piece that are recorded</source>
        <translation>每块记录的字节数</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Bytes a second, at most</source>
        <translation>每秒最多字节</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Pieces a second, at most</source>
        <translation>每秒最多块数</translation>
    </message>
    <message>
        <source>pieces a second</source>
        <translation>块每秒</translation>
    </message>
    <message>
        <source>Delay of each piece</source>
        <translation>每块的延迟</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Largest write to the reader</source>
        <translation>给读取方的最大一次写入</translation>
    </message>
    <message>
        <source>as they come</source>
        <translation>按原样</translation>
    </message>
    <message>
        <source>Split into</source>
        <translation>拆成</translation>
    </message>
    <message>
        <source>as they were made</source>
        <translation>按创建时</translation>
    </message>
    <message>
        <source>Capacity of the two pipes</source>
        <translation>两段管道的容量</translation>
    </message>
    <message>
        <source>Pipes of</source>
        <translation>管道容量</translation>
    </message>
    <message>
        <source>Add bytes</source>
        <translation>加入字节</translation>
    </message>
    <message>
        <source>One piece was let through.</source>
        <translation>已放行一块。</translation>
    </message>
    <message>
        <source>The held piece was thrown away.</source>
        <translation>扣住的块已丢弃。</translation>
    </message>
    <message>
        <source>Sent instead of the held piece: %1.</source>
        <translation>已改为发送:%1。</translation>
    </message>
    <message>
        <source>Added to the stream: %1.</source>
        <translation>已加入数据流:%1。</translation>
    </message>
    <message>
        <source>The writer</source>
        <translation>写入方</translation>
    </message>
    <message>
        <source>the reader</source>
        <translation>读取方</translation>
    </message>
    <message>
        <source>%1 and %2 notice nothing. What is not recorded is counted all the same.</source>
        <translation>%1 和 %2 都察觉不到。未记录的内容照样计数。</translation>
    </message>
    <message>
        <source>%2 gets nothing and waits. %1 can go on until its pipe is full, then its write waits.</source>
        <translation>%2 收不到内容而等待。%1 可以继续，直到它的管道写满，然后它的写入等待。</translation>
    </message>
    <message>
        <source>%2 gets what you send instead, or nothing of it; %1 does not learn of it.</source>
        <translation>%2 收到您改发的内容，或者收不到;%1 不会知道。</translation>
    </message>
    <message>
        <source>%2 gets its input slowly; once the pipe is full, %1 is slowed down as well.</source>
        <translation>%2 的输入变慢；管道写满后,%1 也会变慢。</translation>
    </message>
    <message>
        <source>Each piece reaches %1 that much later, in order. 20 ms, 1.5 s.</source>
        <translation>每一块按顺序晚这么久到达 %1。例如 20 ms、1.5 s。</translation>
    </message>
    <message>
        <source>One write of %1 reaches %2 in several reads: parsers that count on whole messages break. 1 B, 4 KiB.</source>
        <translation>%1 的一次写入分多次读取到达 %2:指望整条消息的解析器会出错。例如 1 B、4 KiB。</translation>
    </message>
    <message>
        <source>%1 has to wait for %2 sooner, as with a pipe on another system.</source>
        <translation>%1 更早就得等待 %2,如同在其他系统的管道上。</translation>
    </message>
    <message>
        <source>%2 reads them before what passes next, as if %1 had written them.</source>
        <translation>%2 会在下一块之前读到它们，如同由 %1 写入。</translation>
    </message>
    <message>
        <source>Select one pipe in the list to hold, slow down or change what passes it.</source>
        <translation>在列表中选择一个管道，以扣住、减慢或改变其中通过的内容。</translation>
    </message>
    <message>
        <source>This recording is over: what passed can be read, not changed.</source>
        <translation>此记录已结束：通过的内容只能查看，不能改变。</translation>
    </message>
    <message>
        <source>Only pipes between the stages of a pipeline that Forkscope started can be changed; this is a %1.</source>
        <translation>只有 Forkscope 启动的流水线各段之间的管道可以改变；这是%1。</translation>
    </message>
    <message>
        <source>This pipe has ended: one of its programs has closed it.</source>
        <translation>此管道已结束：其中一个程序已将它关闭。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message numerus="yes">
        <source>%1 passed in %n piece(s)</source>
        <translation>
            <numerusform>%n 块共通过 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 queued</source>
        <translation>排队 %1 / %2</translation>
    </message>
    <message>
        <source>%1 thrown away by hand</source>
        <translation>手动丢弃 %1</translation>
    </message>
    <message>
        <source>%1 added by hand</source>
        <translation>手动加入 %1</translation>
    </message>
    <message>
        <source>a plain pipe</source>
        <translation>普通管道</translation>
    </message>
    <message>
        <source>Nothing is held: pause first.</source>
        <translation>没有扣住任何内容：请先暂停。</translation>
    </message>
    <message>
        <source>Nothing has come since; the next piece will be held.</source>
        <translation>此后没有内容到来；下一块将被扣住。</translation>
    </message>
    <message>
        <source>%1 are held; here are the first %2. What you send instead replaces all of it.</source>
        <translation>扣住了 %1;这里是前 %2。您改发的内容会替换全部。</translation>
    </message>
    <message>
        <source>%1 are held.</source>
        <translation>扣住了 %1。</translation>
    </message>
    <message>
        <source>a size from 1 B to 4 GiB is needed</source>
        <translation>需要 1 B 到 4 GiB 的大小</translation>
    </message>
    <message>
        <source>a size is needed, such as 100 B or 4 KiB; empty for none</source>
        <translation>需要一个大小，如 100 B 或 4 KiB;留空表示无</translation>
    </message>
    <message>
        <source>a whole number is needed; empty for no limit</source>
        <translation>需要一个整数；留空表示不限</translation>
    </message>
    <message>
        <source>a duration is needed, such as 20 ms; empty for none</source>
        <translation>需要一段时间，如 20 ms;留空表示无</translation>
    </message>
    <message>
        <source>The pipe is a plain one again.</source>
        <translation>管道已恢复为普通管道。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Edit or throw away what is held, add bytes, split, shrink, record less</source>
        <translation>编辑或丢弃被扣住的内容、增加字节、拆分、缩小容量、少记录一些</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Lets one piece of %1 through to %2, and holds what comes next.</source>
        <translation>放行 %1 的一块给 %2，并扣住随后的内容。</translation>
    </message>
    <message>
        <source>100 B, 64 KiB. %1</source>
        <translation>100 B、64 KiB。%1</translation>
    </message>
    <message>
        <source>%1 held</source>
        <translation>扣住 %1</translation>
    </message>
</context>
<context>
    <name>forkscope::MainWindow</name>
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
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>&amp;Workspace</source>
        <translation>工作区(&amp;W)</translation>
    </message>
    <message>
        <source>Go to the wor&amp;kspace</source>
        <translation>转到工作区(&amp;K)</translation>
    </message>
    <message>
        <source>Workspace: go there</source>
        <translation>工作区：转到</translation>
    </message>
    <message>
        <source>&amp;Open workspace…</source>
        <translation>打开工作区(&amp;O)…</translation>
    </message>
    <message>
        <source>Sa&amp;ve workspace</source>
        <translation>保存工作区(&amp;V)</translation>
    </message>
    <message>
        <source>Save workspace as…</source>
        <translation>工作区另存为…</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Workspace: %1 (changed)</source>
        <translation>工作区：%1（已更改）</translation>
    </message>
    <message>
        <source>Workspace: %1</source>
        <translation>工作区：%1</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Workspaces (*.toml *.yaml *.yml Procfile Procfile.* *.procfile);;All files (*)</source>
        <translation>工作区 (*.toml *.yaml *.yml Procfile Procfile.* *.procfile);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Stopping the commands of the workspace that was open.</source>
        <translation>正在停止先前工作区的命令。</translation>
    </message>
    <message>
        <source>The workspace has changes that are not saved.</source>
        <translation>工作区有未保存的更改。</translation>
    </message>
    <message>
        <source>Its commands run, and are stopped first.</source>
        <translation>它的命令正在运行，会先停止它们。</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Don’t save</source>
        <translation>不保存(&amp;D)</translation>
    </message>
    <message>
        <source>S&amp;top and open</source>
        <translation>停止并打开(&amp;T)</translation>
    </message>
    <message>
        <source>Save workspace as</source>
        <translation>工作区另存为</translation>
    </message>
    <message>
        <source>Workspaces (*.toml)</source>
        <translation>工作区 (*.toml)</translation>
    </message>
    <message>
        <source>Save workspace</source>
        <translation>保存工作区</translation>
    </message>
    <message>
        <source>Select a process first, in Processes: its command becomes one of the workspace.</source>
        <translation>请先在“进程”中选择一个进程：它的命令会加入工作区。</translation>
    </message>
    <message>
        <source>Find in all output</source>
        <translation>在所有输出中查找</translation>
    </message>
    <message>
        <source>The recording goes on in %1</source>
        <translation>记录在 %1 中继续</translation>
    </message>
    <message>
        <source>Save to another place</source>
        <translation>保存到别处</translation>
    </message>
    <message>
        <source>Trouble with the recording</source>
        <translation>记录出现问题</translation>
    </message>
    <message>
        <source>Opened %1, line %2</source>
        <translation>已打开 %1 第 %2 行</translation>
    </message>
    <message>
        <source>The window closes when the export has ended. It can be cancelled.</source>
        <translation>导出结束后窗口关闭。导出可以取消。</translation>
    </message>
    <message>
        <source>Opening %1 files…</source>
        <translation>正在打开 %1 个文件…</translation>
    </message>
    <message>
        <source>Only the first %1 of %2 files were opened.</source>
        <translation>共 %2 个文件，只打开了前 %1 个。</translation>
    </message>
    <message>
        <source>Nothing to save: it is recorded in %1</source>
        <translation>无需保存：正直接录制到 %1</translation>
    </message>
    <message>
        <source>It is saved already: %1</source>
        <translation>已经保存：%1</translation>
    </message>
    <message>
        <source>save the recording</source>
        <translation>保存录制文件</translation>
    </message>
    <message>
        <source>that is the folder of unsaved recordings, which is cleaned up</source>
        <translation>那是存放未保存录制的文件夹，会被自动清理</translation>
    </message>
    <message>
        <source>What an earlier session left</source>
        <translation>先前会话留下的录制</translation>
    </message>
    <message>
        <source>Time bar</source>
        <translation>时间条</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>from, until</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>截至 %1</translation>
    </message>
    <message>
        <source>⚠ CPU and memory from before %1 were given up (size limit).</source>
        <translation>⚠ %1 之前的 CPU 和内存数据已舍弃（达到大小上限）。</translation>
    </message>
    <message>
        <source>&amp;Output panes</source>
        <translation>输出窗格(&amp;O)</translation>
    </message>
    <message>
        <source>The window closes when the copy is written. It can be cancelled.</source>
        <translation>副本写入后窗口关闭。写入可以取消。</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Inputs of the pool</source>
        <translation>进程池的输入</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>进程池</translation>
    </message>
    <message>
        <source>Start the pool</source>
        <translation>启动进程池</translation>
    </message>
    <message>
        <source>%1, resumed</source>
        <translation>%1（恢复）</translation>
    </message>
    <message>
        <source>Resume the pool</source>
        <translation>恢复进程池</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>task: how it ended</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>… and %L1 more</source>
        <translation>……还有 %L1 个</translation>
    </message>
    <message>
        <source>“%1”: all tasks are done</source>
        <translation>“%1”：所有任务均已完成</translation>
    </message>
    <message>
        <source>“%1” has ended with failures</source>
        <translation>“%1”已结束，有失败的任务</translation>
    </message>
    <message>
        <source>Ending the pools; the window closes then.</source>
        <translation>正在结束进程池；随后窗口将关闭。</translation>
    </message>
    <message>
        <source>Pools are working</source>
        <translation>进程池正在工作</translation>
    </message>
    <message numerus="yes">
        <source>%n pool(s) still work: %1 tasks run, and %2 wait.</source>
        <translation>
            <numerusform>%n 个进程池仍在工作：%1 个任务在运行，%2 个在等待。</numerusform>
        </translation>
    </message>
    <message>
        <source>Their tasks cannot go on without this window. Save the recording first to resume what is left later.</source>
        <translation>没有这个窗口，它们的任务无法继续。请先保存记录，以便以后恢复剩余的任务。</translation>
    </message>
    <message>
        <source>&amp;Terminate and close</source>
        <translation>终止并关闭(&amp;T)</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>通信</translation>
    </message>
    <message numerus="yes">
        <source>%Ln messages</source>
        <translation>
            <numerusform>%Ln 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Marks and comments</source>
        <translation>标记和注释</translation>
    </message>
    <message>
        <source>&amp;Messages</source>
        <translation>消息(&amp;M)</translation>
    </message>
</context>
<context>
    <name>forkscope::MapCanvas</name>
    <message>
        <source>Map of processes and channels</source>
        <translation>进程与通道的地图</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1,%2,%3</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1(%2)</translation>
    </message>
    <message>
        <source>channel %1, %2 → %3</source>
        <translation>通道 %1,%2 → %3</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>%1 · ended</source>
        <translation>%1 · 已结束</translation>
    </message>
</context>
<context>
    <name>forkscope::MapView</name>
    <message>
        <source>save the map</source>
        <translation>保存地图</translation>
    </message>
    <message>
        <source>Also what has ended</source>
        <translation>包括已结束的</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>重新排列</translation>
    </message>
    <message>
        <source>Lay out all nodes anew</source>
        <translation>重新排列所有节点</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show the whole map (0)</source>
        <translation>显示整张地图 (0)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Save the map as SVG or PNG</source>
        <translation>将地图保存为 SVG 或 PNG</translation>
    </message>
    <message>
        <source>Here processes are drawn as boxes, and the pipes, queues and connections between them as arrows: how much passes, how full they are, and who cannot go on.

There are none yet.</source>
        <translation>这里把进程画成方框，把它们之间的管道、队列和连接画成箭头：通过多少、有多满、谁无法继续。

目前还没有。</translation>
    </message>
    <message>
        <source>Run a pipeline with traffic</source>
        <translation>运行有数据流动的流水线</translation>
    </message>
    <message numerus="yes">
        <source>%n channel(s) are left out: too many to draw.</source>
        <translation>
            <numerusform>省略了 %n 个通道：太多而无法画出。</numerusform>
        </translation>
    </message>
    <message>
        <source>Double-click or press Enter: a process shows its output, a channel its figures and messages.</source>
        <translation>双击或按回车：进程显示其输出，通道显示其数据和消息。</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>保存地图</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG 图片 (*.svg)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Map of processes and channels</source>
        <translation>进程与通道的地图</translation>
    </message>
    <message>
        <source>The map was saved as %1.</source>
        <translation>地图已保存为 %1。</translation>
    </message>
</context>
<context>
    <name>forkscope::MessageDetails</name>
    <message>
        <source>Fields of the message</source>
        <translation>消息的字段</translation>
    </message>
    <message>
        <source>Decoder of this channel</source>
        <translation>此通道的解码器</translation>
    </message>
    <message>
        <source>How the messages of this channel are decoded</source>
        <translation>此通道的消息如何解码</translation>
    </message>
    <message>
        <source>Guess</source>
        <translation>猜测</translation>
    </message>
    <message>
        <source>Which bytes are shown</source>
        <translation>显示哪些字节</translation>
    </message>
    <message>
        <source>Decode &amp;as:</source>
        <translation>解码为(&amp;A)：</translation>
    </message>
    <message>
        <source>Only the first %L1 bytes of the selection were copied.</source>
        <translation>只复制了所选内容的前 %L1 字节。</translation>
    </message>
    <message>
        <source>No message selected</source>
        <translation>未选择消息</translation>
    </message>
    <message>
        <source>%1, %2 % sure</source>
        <comment>decoder, per cent</comment>
        <translation>%1，把握 %2 %</translation>
    </message>
    <message>
        <source>Chosen for all messages of this channel</source>
        <translation>为此通道的所有消息选定</translation>
    </message>
    <message>
        <source>Guessed from the beginning of the channel. Of this message alone the guess would be that sure.</source>
        <translation>根据通道的开头猜测。若仅凭这条消息，猜测的把握就是这么大。</translation>
    </message>
    <message>
        <source>Copy &amp;value</source>
        <translation>复制值(&amp;V)</translation>
    </message>
    <message>
        <source>Copy &amp;name and value</source>
        <translation>复制名称和值(&amp;N)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>name, value</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Copy all as &amp;JSON</source>
        <translation>全部复制为 JSON(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Expand all</source>
        <translation>全部展开(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Collapse all</source>
        <translation>全部折叠(&amp;C)</translation>
    </message>
</context>
<context>
    <name>forkscope::MessageList</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Columns of the messages</source>
        <translation>消息的列</translation>
    </message>
    <message>
        <source>&amp;Default columns</source>
        <translation>默认列(&amp;D)</translation>
    </message>
</context>
<context>
    <name>forkscope::MessageListModel</name>
    <message>
        <source>✎ %1 – %2</source>
        <comment>comment, summary</comment>
        <translation>✎ %1 – %2</translation>
    </message>
    <message>
        <source>★ marked</source>
        <translation>★ 已标记</translation>
    </message>
    <message>
        <source>✎ %1</source>
        <translation>✎ %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>mark, name of a colour rule</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Marks: ★ marked, ✎ with a comment, and the mark of the colour</source>
        <translation>标记：★ 已标记，✎ 有注释，以及颜色的标记</translation>
    </message>
    <message>
        <source>Time since the message before on the same channel</source>
        <translation>距同一通道上一条消息的时间</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Δt</source>
        <translation>Δt</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发送方</translation>
    </message>
    <message>
        <source>To</source>
        <translation>接收方</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
</context>
<context>
    <name>forkscope::MessageModel</name>
    <message>
        <source>by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>PID %1</source>
        <translation>PID %1</translation>
    </message>
    <message>
        <source>%1, by hand</source>
        <translation>%1，手动</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>未看到</translation>
    </message>
    <message>
        <source>+%1 s</source>
        <translation>+%1 秒</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Put</source>
        <translation>放入</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>forkscope::MessageNotes</name>
    <message>
        <source>mark the message</source>
        <translation>标记消息</translation>
    </message>
    <message>
        <source>there are %L1 marks already</source>
        <translation>已经有 %L1 个标记</translation>
    </message>
    <message>
        <source>keep marks and comments</source>
        <translation>保存标记和注释</translation>
    </message>
</context>
<context>
    <name>forkscope::MessagePane</name>
    <message>
        <source>&amp;Follow</source>
        <translation>跟随(&amp;F)</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Keep the latest message in view; ends when you select or scroll</source>
        <translation>始终显示最新消息；选择或滚动时停止</translation>
    </message>
    <message>
        <source>Decoded value of the selected message</source>
        <translation>所选消息的解码值</translation>
    </message>
    <message>
        <source>Bytes of the selected message</source>
        <translation>所选消息的字节</translation>
    </message>
    <message>
        <source>Select a message to see what it says.</source>
        <translation>选择一条消息以查看其内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>What is put and got is listed here.</source>
        <translation>放入和取出的消息列在这里。</translation>
    </message>
    <message>
        <source>The latest %1 · %2 more not kept</source>
        <translation>最新 %1 条 · 另有 %2 条未保留</translation>
    </message>
    <message>
        <source>No message selected</source>
        <translation>未选择消息</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>消息 %1</translation>
    </message>
    <message>
        <source>waited %1</source>
        <translation>等待了 %1</translation>
    </message>
    <message>
        <source>only the first %1 are kept</source>
        <translation>只保留前 %1</translation>
    </message>
</context>
<context>
    <name>forkscope::NamedPipe</name>
    <message>
        <source>make a named pipe</source>
        <translation>创建命名管道</translation>
    </message>
    <message>
        <source>open the named pipe</source>
        <translation>打开命名管道</translation>
    </message>
</context>
<context>
    <name>forkscope::OptionSearch</name>
    <message>
        <source>Find an option: umask, preexec_fn, memory … (Ctrl+F)</source>
        <translation>查找选项：umask、preexec_fn、内存…（Ctrl+F）</translation>
    </message>
    <message>
        <source>Find an option</source>
        <translation>查找选项</translation>
    </message>
    <message>
        <source>%1   (%2)</source>
        <translation>%1   (%2)</translation>
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
    <message>
        <source>No line matches “%1”.</source>
        <translation>没有与“%1”匹配的行。</translation>
    </message>
    <message>
        <source>Lines that do not match are hidden, not lost. New ones that match will appear here.</source>
        <translation>不匹配的行只是隐藏，并未丢失。新的匹配行会出现在这里。</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>Opened %1</source>
        <translation>已打开 %1</translation>
    </message>
    <message>
        <source>%1 is not opened: only http and https are.</source>
        <translation>未打开 %1：只打开 http 和 https 链接。</translation>
    </message>
    <message>
        <source>%1 could not be opened: no program for it was found.</source>
        <translation>无法打开 %1：没有找到可用的程序。</translation>
    </message>
    <message>
        <source>Lines of stderr are switched off.</source>
        <translation>stderr 的行已关闭显示。</translation>
    </message>
    <message>
        <source>There is no line of stderr.</source>
        <translation>没有 stderr 的行。</translation>
    </message>
    <message>
        <source>Line %1 of %2 of stderr</source>
        <translation>stderr 的第 %1 行，共 %2 行</translation>
    </message>
    <message>
        <source>That line was given up since: the recording reached its size limit.</source>
        <translation>该行已被舍弃：记录达到了大小上限。</translation>
    </message>
    <message>
        <source>Text, byte for byte (*.txt *.log *)</source>
        <translation>文本，逐字节 (*.txt *.log *)</translation>
    </message>
    <message>
        <source>Text with times and processes (*.txt *.log *)</source>
        <translation>带时间和进程的文本 (*.txt *.log *)</translation>
    </message>
    <message>
        <source>Web page with colours (*.html)</source>
        <translation>带颜色的网页 (*.html)</translation>
    </message>
    <message>
        <source>The selected line names no place in a file, such as main.c:12.</source>
        <translation>所选行没有指出文件中的位置，例如 main.c:12。</translation>
    </message>
    <message>
        <source>Open %1, line %2, in the editor</source>
        <translation>在编辑器中打开 %1 第 %2 行</translation>
    </message>
    <message>
        <source>No output in the time that is shown.</source>
        <translation>所示时间内没有输出。</translation>
    </message>
    <message>
        <source>It is hidden, not lost: %1.</source>
        <translation>输出只是隐藏，并未丢失：%1。</translation>
    </message>
    <message>
        <source>Show all times</source>
        <translation>显示全部时间</translation>
    </message>
    <message>
        <source>Only from this line on</source>
        <translation>仅从此行起</translation>
    </message>
    <message>
        <source>Only until this line</source>
        <translation>仅到此行为止</translation>
    </message>
    <message>
        <source>Save the selection</source>
        <translation>保存所选内容</translation>
    </message>
    <message>
        <source>Terminal session, asciicast (*.cast)</source>
        <translation>终端会话，asciicast (*.cast)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
</context>
<context>
    <name>forkscope::OutputPane</name>
    <message>
        <source>Output of %1</source>
        <translation>%1 的输出</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>name and PID, state</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Show the other panes again</source>
        <translation>重新显示其他窗格</translation>
    </message>
    <message>
        <source>Show only this pane</source>
        <translation>只显示此窗格</translation>
    </message>
</context>
<context>
    <name>forkscope::OutputPanes</name>
    <message numerus="yes">
        <source>%n earlier command(s) not shown: there is room for the 12 newest.</source>
        <translation>
            <numerusform>%n 个较早的命令未显示：只容纳最新的 12 个。</numerusform>
        </translation>
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
    <message>
        <source>A time is chosen in the time bar. Click to show all times again</source>
        <translation>时间条中已选定时间。单击可重新显示全部时间</translation>
    </message>
    <message>
        <source>1 line hidden</source>
        <translation>隐藏 1 行</translation>
    </message>
    <message numerus="yes">
        <source>%1 lines hidden</source>
        <translation>
            <numerusform>隐藏 %1 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 ✕</source>
        <comment>time, lines hidden</comment>
        <translation>%1，%2 ✕</translation>
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
    <message>
        <source>Show when each line began to arrive; the arrow chooses how</source>
        <translation>显示每行开始到达的时间；箭头选择显示方式</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Obey the program&apos;s colours, links and carriage returns; off: show them as the characters that they are</source>
        <translation>按程序的颜色、链接和回车显示；关闭后按原始字符显示</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>默认文字大小</translation>
    </message>
    <message>
        <source>Next line of stderr</source>
        <translation>下一行 stderr</translation>
    </message>
    <message>
        <source>Previous line of stderr</source>
        <translation>上一行 stderr</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Since the start of the recording</source>
        <translation>自记录开始以来</translation>
    </message>
    <message>
        <source>Since the line above</source>
        <translation>距上一行</translation>
    </message>
    <message>
        <source>Copy with times</source>
        <translation>连同时间一起复制</translation>
    </message>
    <message>
        <source>Open file and line in the editor</source>
        <translation>在编辑器中打开文件和行</translation>
    </message>
    <message>
        <source>Filter by time…</source>
        <translation>按时间筛选…</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>窗格</translation>
    </message>
    <message>
        <source>How the output of several commands is arranged</source>
        <translation>多个命令的输出如何排列</translation>
    </message>
    <message>
        <source>Save selection…</source>
        <translation>保存所选内容…</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Stacked</source>
        <translation>上下排列</translation>
    </message>
    <message>
        <source>Same time in all panes</source>
        <translation>所有窗格同步时间</translation>
    </message>
    <message>
        <source>Only the active pane</source>
        <translation>只显示活动窗格</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>下一个窗格</translation>
    </message>
    <message>
        <source>Previous pane</source>
        <translation>上一个窗格</translation>
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
    <message>
        <source>Link to %1 (only http and https are opened)</source>
        <translation>链接到 %1（只打开 http 和 https）</translation>
    </message>
    <message>
        <source>Ctrl+click opens %1</source>
        <translation>按住 Ctrl 单击可打开 %1</translation>
    </message>
    <message>
        <source>Earlier states of this line (%1) are not shown; switch Colours off to see them.</source>
        <translation>此行较早的状态（%1）未显示；关闭“颜色”即可查看。</translation>
    </message>
    <message>
        <source>Ctrl+click opens %1, line %2, in the editor</source>
        <translation>Ctrl+单击在编辑器中打开 %1 第 %2 行</translation>
    </message>
</context>
<context>
    <name>forkscope::PathEdit</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>选择：%1</translation>
    </message>
</context>
<context>
    <name>forkscope::PipeDialog</name>
    <message>
        <source>of each piece</source>
        <translation>（每块）</translation>
    </message>
    <message>
        <source>Add a named pipe</source>
        <translation>添加命名管道</translation>
    </message>
    <message>
        <source>Named pipe %1</source>
        <translation>命名管道 %1</translation>
    </message>
    <message>
        <source>Commands whose standard output it is</source>
        <translation>以它为标准输出的命令</translation>
    </message>
    <message>
        <source>Commands whose standard input it is</source>
        <translation>以它为标准输入的命令</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>the first bytes</source>
        <translation>开头的字节</translation>
    </message>
    <message>
        <source>counters only</source>
        <translation>只计数</translation>
    </message>
    <message>
        <source>Bytes of each piece that are recorded</source>
        <translation>每块记录的字节数</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Record:</source>
        <translation>记录(&amp;R)：</translation>
    </message>
    <message>
        <source>Standard &amp;output of:</source>
        <translation>作为以下命令的标准输出(&amp;O)：</translation>
    </message>
    <message>
        <source>Standard &amp;input of:</source>
        <translation>作为以下命令的标准输入(&amp;I)：</translation>
    </message>
    <message>
        <source>what is recorded of each piece is a size from 1 B to 4 GiB, such as 256 or 4 KiB</source>
        <translation>每块记录的大小须在 1 B 到 4 GiB 之间，例如 256 或 4 KiB</translation>
    </message>
    <message>
        <source>%1 writes to the pipe “%2” until now, and to this one from its next start.</source>
        <translation>%1 目前写入管道“%2”，下次启动起改为写入此管道。</translation>
    </message>
    <message>
        <source>%1 reads from the pipe “%2” until now, and from this one from its next start.</source>
        <translation>%1 目前从管道“%2”读取，下次启动起改为从此管道读取。</translation>
    </message>
    <message>
        <source>Used by its path, which has the old name in it: %1.</source>
        <translation>以下命令按路径使用它，而路径中是旧名称：%1。</translation>
    </message>
    <message>
        <source>Any command of the workspace can also write to $FORKSCOPE_PIPES/%1.in and read from $FORKSCOPE_PIPES/%1.out.</source>
        <translation>工作区中的任何命令也可以写入 $FORKSCOPE_PIPES/%1.in，并从 $FORKSCOPE_PIPES/%1.out 读取。</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>forkscope::PipeList</name>
    <message>
        <source>Named pipes</source>
        <translation>命名管道</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>forkscope::PipeModel</name>
    <message>
        <source>counters only</source>
        <translation>只计数</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>first %1</source>
        <comment>bytes of each piece</comment>
        <translation>前 %1</translation>
    </message>
    <message>
        <source>%1 (by path)</source>
        <translation>%1（按路径）</translation>
    </message>
    <message>
        <source>⚠ nobody</source>
        <translation>⚠ 无</translation>
    </message>
    <message>
        <source>No command of the workspace uses it.</source>
        <translation>工作区中没有命令使用它。</translation>
    </message>
    <message>
        <source>No command writes to it: who reads waits until somebody does.</source>
        <translation>没有命令写入它：读取者要等到有人写入。</translation>
    </message>
    <message>
        <source>No command reads from it: who writes waits once it is full.</source>
        <translation>没有命令从它读取：写满之后写入者只能等待。</translation>
    </message>
    <message>
        <source>%1, written by %2, read by %3, recorded: %4</source>
        <translation>%1，由 %2 写入，由 %3 读取，记录：%4</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>By path: write to $FORKSCOPE_PIPES/%1.in, read from $FORKSCOPE_PIPES/%1.out</source>
        <translation>按路径：写入 $FORKSCOPE_PIPES/%1.in，从 $FORKSCOPE_PIPES/%1.out 读取</translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>Written by</source>
        <translation>写入者</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>读取者</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>记录</translation>
    </message>
</context>
<context>
    <name>forkscope::Pipeline</name>
    <message>
        <source>start the pipeline</source>
        <translation>启动流水线</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空的</translation>
    </message>
    <message>
        <source>stage %1 can only read from a stage before it</source>
        <translation>阶段 %1 只能读取它之前的阶段的输出</translation>
    </message>
</context>
<context>
    <name>forkscope::PipelineDialog</name>
    <message>
        <source>everything is recorded</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>the first %1 of each piece are recorded</source>
        <translation>记录每块的前 %1</translation>
    </message>
    <message>
        <source>it is counted only</source>
        <translation>只计数</translation>
    </message>
    <message>
        <source>&amp;Add a stage</source>
        <translation>添加一段(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>启动(&amp;S)</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation>命令行(&amp;L)</translation>
    </message>
    <message>
        <source>The pipeline as a line</source>
        <translation>一行形式的流水线</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>各段</translation>
    </message>
    <message>
        <source>the slowest reader decides the pace</source>
        <translation>由最慢的读取方决定速度</translation>
    </message>
    <message>
        <source>a slow reader may stay %1 behind, then it loses bytes, counted</source>
        <translation>慢的读取方可落后 %1,之后会丢失字节并计数</translation>
    </message>
    <message>
        <source>Where several stages read the same output</source>
        <translation>多段读取同一输出时</translation>
    </message>
    <message>
        <source>&amp;What starts</source>
        <translation>将启动什么(&amp;W)</translation>
    </message>
    <message>
        <source>What starts</source>
        <translation>将启动什么</translation>
    </message>
    <message>
        <source>Type a pipeline here, or a command into each box.</source>
        <translation>在此输入流水线，或在每个方框中输入命令。</translation>
    </message>
    <message>
        <source>Stage %1: %2</source>
        <translation>第 %1 段:%2</translation>
    </message>
    <message>
        <source>   stage %1 → stage %2: %3
</source>
        <translation>   第 %1 段 → 第 %2 段:%3
</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1:%2</translation>
    </message>
    <message>
        <source>   (via /bin/sh)</source>
        <translation>   (经由 /bin/sh)</translation>
    </message>
    <message>
        <source>   in %1</source>
        <translation>   在 %1</translation>
    </message>
    <message>
        <source>   with %1</source>
        <translation>   变量 %1</translation>
    </message>
    <message>
        <source>A line cannot tell branches: change them in the boxes.</source>
        <translation>一行无法表达分支：请在方框中修改。</translation>
    </message>
</context>
<context>
    <name>forkscope::PlaygroundExamples</name>
    <message>
        <source>Real processes around a queue in shared memory, or at the two ends of a pipe: start them, pause them, send messages by hand, kill one, and watch what happens.

Try an example:</source>
        <translation>真实的进程围绕共享内存中的队列，或位于管道的两端：启动、暂停它们，手动发送消息，强制结束其中一个，看看会发生什么。

试试一个示例：</translation>
    </message>
    <message>
        <source>Set up a scene of your own</source>
        <translation>搭建自己的场景</translation>
    </message>
    <message>
        <source>Begins with one producer, a queue and one consumer. Add processes with +, click what you want to change.</source>
        <translation>从一个生产者、一个队列和一个消费者开始。用 + 添加进程，点击要修改的对象。</translation>
    </message>
</context>
<context>
    <name>forkscope::PlaygroundView</name>
    <message>
        <source>Messages and code</source>
        <translation>消息与代码</translation>
    </message>
    <message>
        <source>&amp;Messages</source>
        <translation>消息(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;C++ code</source>
        <translation>C++ 代码(&amp;C)</translation>
    </message>
    <message>
        <source>What has happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>The C++ program of this scene was copied.</source>
        <translation>已复制此场景的 C++ 程序。</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>%1 put · %2 got · %3 in between</source>
        <translation>放入 %1 · 取出 %2 · 其间 %3</translation>
    </message>
    <message>
        <source> · %1 too fast to be listed</source>
        <translation> · %1 个太快而未列出</translation>
    </message>
</context>
<context>
    <name>forkscope::PlaygroundWindow</name>
    <message>
        <source>Playground: queues and pipes</source>
        <translation>演练场：队列与管道</translation>
    </message>
</context>
<context>
    <name>forkscope::PoolBuilder</name>
    <message>
        <source>Waits so many seconds.</source>
        <translation>等待指定的秒数。</translation>
    </message>
    <message>
        <source>Keeps a CPU busy for so many milliseconds.</source>
        <translation>让一个 CPU 忙碌指定的毫秒数。</translation>
    </message>
    <message>
        <source>Counts the primes from the first number to the one before the second.</source>
        <translation>计算从第一个数到第二个数之前的素数个数。</translation>
    </message>
    <message>
        <source>Computes a Fibonacci number the slow way: each one more takes 1.6 times as long.</source>
        <translation>用慢方法计算斐波那契数：每加一，耗时约为 1.6 倍。</translation>
    </message>
    <message>
        <source>Returns its argument.</source>
        <translation>返回其参数。</translation>
    </message>
    <message>
        <source>Fails in so many of a hundred calls: to see retries.</source>
        <translation>每一百次调用中失败指定的次数：用于观察重试。</translation>
    </message>
    <message>
        <source>Is ended by that signal, and its worker with it: to see that the pool goes on.</source>
        <translation>被该信号终止，其工作者也随之终止：用于观察进程池继续运行。</translation>
    </message>
    <message>
        <source>Ends its worker with that exit status: to see that the pool goes on.</source>
        <translation>以该退出状态结束其工作者：用于观察进程池继续运行。</translation>
    </message>
    <message>
        <source>%1 An input, for example: %2</source>
        <translation>%1 输入示例：%2</translation>
    </message>
    <message>
        <source>A &amp;command</source>
        <translation>命令(&amp;C)</translation>
    </message>
    <message>
        <source>A &amp;function</source>
        <translation>函数(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Another list of inputs</source>
        <translation>再加一个输入列表(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Start the pool</source>
        <translation>启动进程池(&amp;S)</translation>
    </message>
    <message>
        <source>New pool</source>
        <translation>新建进程池</translation>
    </message>
    <message>
        <source>for example: gzip -k {}</source>
        <translation>例如：gzip -k {}</translation>
    </message>
    <message>
        <source>Command of each task</source>
        <translation>每个任务的命令</translation>
    </message>
    <message>
        <source>Function of each task</source>
        <translation>每个任务的函数</translation>
    </message>
    <message>
        <source>Pool 1, 2, …</source>
        <translation>进程池 1、2……</translation>
    </message>
    <message>
        <source>What each task does</source>
        <translation>每个任务做什么</translation>
    </message>
    <message>
        <source>&amp;Workers</source>
        <translation>工作者(&amp;W)</translation>
    </message>
    <message>
        <source>So many tasks run at once</source>
        <translation>同时运行的任务数</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Its inputs: a task for each of them</source>
        <translation>输入：每个输入一个任务</translation>
    </message>
    <message>
        <source>A task for each combination of the lists: a matrix</source>
        <translation>列表的每个组合一个任务：矩阵</translation>
    </message>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>Type the command. {} in it stands for the input; without {} the input comes at the end.</source>
        <translation>请键入命令。其中 {} 代表输入；没有 {} 时输入放在末尾。</translation>
    </message>
    <message>
        <source>{} the input · {.} without extension · {/} without folder · {//} its folder · {1} {2} one of several lists · {#} number of the task</source>
        <translation>{} 输入 · {.} 去掉扩展名 · {/} 去掉文件夹 · {//} 所在文件夹 · {1} {2} 多个列表之一 · {#} 任务编号</translation>
    </message>
    <message>
        <source>More options (%1)</source>
        <translation>更多选项（%1）</translation>
    </message>
</context>
<context>
    <name>forkscope::PoolControls</name>
    <message>
        <source>This pool has finished: there is nothing to control any more.</source>
        <translation>此进程池已结束：不再有可控制的内容。</translation>
    </message>
    <message>
        <source>Control of the pool</source>
        <translation>进程池的控制</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Starts nothing more until you let it go on; what runs goes on.</source>
        <translation>在您让它继续之前不再启动任务；正在运行的继续运行。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>close(): takes no more tasks. Those that wait are still done, then the workers end.</source>
        <translation>close()：不再接受任务。等待中的任务仍会完成，然后工作者结束。</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>等待结束</translation>
    </message>
    <message>
        <source>join(): waits until all workers have ended. Allowed only after close or terminate. The window does not wait with it.</source>
        <translation>join()：等待所有工作者结束。只能在 close 或 terminate 之后调用。窗口不会随之等待。</translation>
    </message>
    <message>
        <source>What join() said</source>
        <translation>join() 的结果</translation>
    </message>
    <message>
        <source>Terminate…</source>
        <translation>终止…</translation>
    </message>
    <message>
        <source>terminate(): gives up the tasks that wait and ends those that run, at once.</source>
        <translation>terminate()：立即放弃等待中的任务，并结束正在运行的任务。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Queues all that ended without success once more, as new tasks.</source>
        <translation>把所有未成功的任务作为新任务再次排队。</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>Number of workers</source>
        <translation>工作者数量</translation>
    </message>
    <message>
        <source>As many tasks run at once. One that is too many ends after the task that it does.</source>
        <translation>同时运行这么多任务。多余的工作者做完手头的任务后结束。</translation>
    </message>
    <message>
        <source>This pool is not run by this window: there is nothing to control.</source>
        <translation>此进程池不由本窗口运行：没有可控制的内容。</translation>
    </message>
    <message>
        <source>Retry %L1</source>
        <translation>重试 %L1 个</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Terminate the pool</source>
        <translation>终止进程池</translation>
    </message>
    <message>
        <source>Terminate “%1”? %L2 running tasks are ended, and %L3 that wait are given up.</source>
        <translation>要终止“%1”吗？将结束 %L2 个正在运行的任务，并放弃 %L3 个等待中的任务。</translation>
    </message>
    <message>
        <source>&amp;Terminate</source>
        <translation>终止(&amp;T)</translation>
    </message>
    <message>
        <source>✓ join() returned: all workers have ended.</source>
        <translation>✓ join() 已返回：所有工作者均已结束。</translation>
    </message>
    <message>
        <source>… join() waits: the workers have not ended yet.</source>
        <translation>… join() 正在等待：工作者尚未结束。</translation>
    </message>
</context>
<context>
    <name>forkscope::PoolLanes</name>
    <message>
        <source>Lanes of the pool: a row for each worker, a bar for each task</source>
        <translation>进程池的泳道：每个工作者一行，每个任务一个条</translation>
    </message>
    <message>
        <source>Task %1: %2</source>
        <translation>任务 %1：%2</translation>
    </message>
    <message>
        <source>task %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>Tasks that wait, in the order in which they run: %L1</source>
        <translation>等待的任务，按运行顺序：%L1</translation>
    </message>
    <message>
        <source>%L1 waiting</source>
        <translation>%L1 个等待</translation>
    </message>
    <message>
        <source>Worker, PID, busy</source>
        <translation>工作者、PID、忙</translation>
    </message>
    <message>
        <source>0 s</source>
        <translation>0 秒</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>forkscope::PoolNumbers</name>
    <message>
        <source>Waiting time</source>
        <translation>等待时间</translation>
    </message>
    <message>
        <source>Running time</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>Figures of the pool</source>
        <translation>进程池的数据</translation>
    </message>
    <message>
        <source>Tasks per second</source>
        <translation>每秒任务数</translation>
    </message>
    <message>
        <source>Done in about</source>
        <translation>大约完成于</translation>
    </message>
    <message>
        <source>Workers busy</source>
        <translation>工作者忙碌程度</translation>
    </message>
    <message>
        <source>Tried again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Tasks that ended: in the last ten seconds, and since the first one began</source>
        <translation>已结束的任务：最近十秒内，以及自第一个任务开始以来</translation>
    </message>
    <message>
        <source>Each task that waits is taken to run as long as one of those that have run, chosen at random;
the first free worker takes the next one.</source>
        <translation>假定每个等待的任务运行的时间与随机选取的一个已运行任务相同；
先空闲的工作者取下一个任务。</translation>
    </message>
    <message>
        <source>The same with two workers more, as long as the machine has CPUs and memory for them.</source>
        <translation>同上，但多两个工作者，前提是机器有足够的 CPU 和内存。</translation>
    </message>
    <message>
        <source>The share of its time in which each worker ran a task</source>
        <translation>每个工作者运行任务的时间占比</translation>
    </message>
    <message>
        <source>Attempts that were followed by another one</source>
        <translation>之后又重试的尝试</translation>
    </message>
    <message>
        <source>%1 recently · %2 in all</source>
        <translation>最近 %1 · 总体 %2</translation>
    </message>
    <message numerus="yes">
        <source>… with %n worker(s) more</source>
        <translation>
            <numerusform>……多 %n 个工作者时</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing is left to do</source>
        <translation>没有剩余任务</translation>
    </message>
    <message>
        <source>it did not go on</source>
        <translation>没有继续</translation>
    </message>
    <message>
        <source>not known before a task has run</source>
        <translation>在有任务运行之前未知</translation>
    </message>
    <message>
        <source>%1, at %2</source>
        <comment>duration, time of day</comment>
        <translation>%1，于 %2</translation>
    </message>
    <message>
        <source>%1, once it goes on</source>
        <translation>继续之后 %1</translation>
    </message>
    <message>
        <source>%1: %2 %</source>
        <translation>%1：%2 %</translation>
    </message>
    <message>
        <source>%1 in the mean (%2)</source>
        <translation>平均 %1（%2）</translation>
    </message>
</context>
<context>
    <name>forkscope::PoolOptionsEdit</name>
    <message>
        <source>Leave out blank inputs</source>
        <translation>忽略空白输入</translation>
    </message>
    <message>
        <source>Close the pool when all tasks are in</source>
        <translation>所有任务排入后关闭进程池</translation>
    </message>
    <message>
        <source>So many further attempts at a task that did not succeed</source>
        <translation>任务未成功时再尝试的次数</translation>
    </message>
    <message>
        <source>&amp;Retries</source>
        <translation>重试次数(&amp;R)</translation>
    </message>
    <message>
        <source>Wait &amp;before a retry</source>
        <translation>重试前等待(&amp;B)</translation>
    </message>
    <message>
        <source>none; for example 1 s</source>
        <translation>无；例如 1 s</translation>
    </message>
    <message>
        <source>Doubles with each attempt, up to a minute</source>
        <translation>每次尝试加倍，最多一分钟</translation>
    </message>
    <message>
        <source>Time&amp;out of an attempt</source>
        <translation>每次尝试的超时(&amp;O)</translation>
    </message>
    <message>
        <source>none; for example 30 s or 2 min</source>
        <translation>无；例如 30 s 或 2 min</translation>
    </message>
    <message>
        <source>One that takes longer is ended, with all its children, and counts as timed out</source>
        <translation>超过此时间的尝试连同其所有子进程会被结束，并计为超时</translation>
    </message>
    <message>
        <source>Only below a &amp;load of</source>
        <translation>仅当负载低于(&amp;L)</translation>
    </message>
    <message>
        <source>no limit; for example 4</source>
        <translation>无限制；例如 4</translation>
    </message>
    <message>
        <source>No task starts while the load average of the last minute is higher</source>
        <translation>最近一分钟的平均负载更高时不启动任务</translation>
    </message>
    <message>
        <source>Only below memory pressure of (%)</source>
        <translation>仅当内存压力低于 (%)</translation>
    </message>
    <message>
        <source>no limit; for example 10</source>
        <translation>无限制；例如 10</translation>
    </message>
    <message>
        <source>No task starts while processes waited for memory for more of the last ten seconds (/proc/pressure/memory)</source>
        <translation>最近十秒内进程等待内存的时间占比更高时不启动任务 (/proc/pressure/memory)</translation>
    </message>
    <message>
        <source>Leave memory fr&amp;ee</source>
        <translation>保留空闲内存(&amp;E)</translation>
    </message>
    <message>
        <source>no limit; for example 2 GiB</source>
        <translation>无限制；例如 2 GiB</translation>
    </message>
    <message>
        <source>No task starts while less memory is available</source>
        <translation>可用内存更少时不启动任务</translation>
    </message>
    <message>
        <source>Colu&amp;mns are separated by</source>
        <translation>列分隔符(&amp;M)</translation>
    </message>
    <message>
        <source>not split; for example , or \t</source>
        <translation>不拆分；例如 , 或 \t</translation>
    </message>
    <message>
        <source>A regular expression. Commands get the columns as {1} {2} …, functions as arguments</source>
        <translation>正则表达式。命令以 {1} {2} … 得到各列，函数以参数得到各列</translation>
    </message>
    <message>
        <source>So many inputs are given to one command, or one call</source>
        <translation>一个命令或一次调用得到的输入数</translation>
    </message>
    <message>
        <source>&amp;Inputs a task</source>
        <translation>每个任务的输入数(&amp;I)</translation>
    </message>
    <message>
        <source>any number</source>
        <translation>任意数量</translation>
    </message>
    <message>
        <source>Of functions: a worker process is replaced by a new one after so many</source>
        <translation>对函数：工作进程执行这么多任务后被新进程替换</translation>
    </message>
    <message>
        <source>Tas&amp;ks a worker process</source>
        <translation>每个工作进程的任务数(&amp;K)</translation>
    </message>
    <message>
        <source>Ta&amp;gs</source>
        <translation>标签(&amp;G)</translation>
    </message>
    <message>
        <source>words to find the tasks by</source>
        <translation>用来查找任务的词</translation>
    </message>
    <message>
        <source>Separated by blanks</source>
        <translation>以空格分隔</translation>
    </message>
    <message>
        <source>go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>let the running ones end, start none</source>
        <translation>等运行中的结束，不再启动</translation>
    </message>
    <message>
        <source>end the running ones too</source>
        <translation>也结束运行中的任务</translation>
    </message>
    <message>
        <source>What the pool does then</source>
        <translation>此时进程池怎么做</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>多少</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>个任务</translation>
    </message>
    <message>
        <source>% of all</source>
        <translation>% 的任务</translation>
    </message>
    <message>
        <source>Tasks, or percent of all</source>
        <translation>任务数或百分比</translation>
    </message>
    <message>
        <source>fail</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>succeed</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Fail or succeed</source>
        <translation>失败或成功</translation>
    </message>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message>
        <source>W&amp;hen</source>
        <translation>当(&amp;H)</translation>
    </message>
    <message>
        <source>“%1” is no number.</source>
        <translation>“%1”不是数字。</translation>
    </message>
    <message>
        <source>“%1” is no regular expression: %2</source>
        <translation>“%1”不是正则表达式：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n retry(s)</source>
        <translation>
            <numerusform>重试 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>timeout %1</source>
        <translation>超时 %1</translation>
    </message>
    <message>
        <source>halts</source>
        <translation>会停止</translation>
    </message>
    <message>
        <source>limits</source>
        <translation>有限制</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>分列</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) a task</source>
        <translation>
            <numerusform>每个任务 %n 个输入</numerusform>
        </translation>
    </message>
    <message>
        <source>closed at the end</source>
        <translation>最后关闭</translation>
    </message>
</context>
<context>
    <name>forkscope::PoolView</name>
    <message>
        <source>Pool that is shown</source>
        <translation>显示的进程池</translation>
    </message>
    <message>
        <source>Tasks that have ended, of all</source>
        <translation>已结束的任务占比</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Show all of it (Home)</source>
        <translation>显示全部 (Home)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Keep the present in view (End)</source>
        <translation>保持当前时刻可见 (End)</translation>
    </message>
    <message>
        <source>New pool…</source>
        <translation>新建进程池…</translation>
    </message>
    <message>
        <source>About the pool</source>
        <translation>关于进程池</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>所有任务</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>控制</translation>
    </message>
    <message>
        <source>%L1 of %L2 tasks have ended</source>
        <translation>%L2 个任务中已结束 %L1 个</translation>
    </message>
    <message>
        <source>did not go on</source>
        <translation>没有继续</translation>
    </message>
    <message numerus="yes">
        <source>Resume: %n task(s) left</source>
        <translation>
            <numerusform>恢复：剩余 %n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Does those that did not end in a new pool; tasks that are done are not done again.</source>
        <translation>在新的进程池中执行未结束的任务；已完成的任务不会重做。</translation>
    </message>
    <message>
        <source>Show &amp;details</source>
        <translation>显示详细信息(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Copy as text</source>
        <translation>复制为文本(&amp;C)</translation>
    </message>
    <message>
        <source>Move to the &amp;front</source>
        <translation>移到最前(&amp;F)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>上移(&amp;U)</translation>
    </message>
    <message>
        <source>Move d&amp;own</source>
        <translation>下移(&amp;O)</translation>
    </message>
    <message>
        <source>Move to the &amp;end</source>
        <translation>移到最后(&amp;E)</translation>
    </message>
    <message>
        <source>Ca&amp;ncel…</source>
        <translation>取消(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>再试一次(&amp;T)</translation>
    </message>
    <message>
        <source>Cancel task %1, which runs? Its process is ended: %2</source>
        <translation>要取消正在运行的任务 %1 吗？其进程将被结束：%2</translation>
    </message>
    <message>
        <source>Cancel %L1 tasks? Of these %L2 run: their processes are ended.</source>
        <translation>要取消 %L1 个任务吗？其中 %L2 个正在运行：它们的进程将被结束。</translation>
    </message>
    <message>
        <source>Cancel tasks</source>
        <translation>取消任务</translation>
    </message>
    <message>
        <source>&amp;Cancel the task(s)</source>
        <translation>取消任务(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保留(&amp;K)</translation>
    </message>
</context>
<context>
    <name>forkscope::PreferencesDialog</name>
    <message>
        <source>&amp;Limit the size of a recording to</source>
        <translation>将录制大小限制为(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;1 KiB = 1,024 bytes</source>
        <translation>1 KiB = 1,024 字节(&amp;1)</translation>
    </message>
    <message>
        <source>1 k&amp;B = 1,000 bytes</source>
        <translation>1 kB = 1,000 字节(&amp;B)</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Largest size of a recording</source>
        <translation>录制的最大大小</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>At the limit the oldest output is given up and counted; what processes did is kept. Holds for windows that are opened from now on.</source>
        <translation>达到上限时，最早的输出会被舍弃并计数；进程的活动会保留。对此后打开的窗口生效。</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>大小单位</translation>
    </message>
    <message>
        <source>A size is needed here, such as 500 MiB or 2 GiB.</source>
        <translation>此处需要一个大小，例如 500 MiB 或 2 GiB。</translation>
    </message>
    <message>
        <source>The smallest limit is 32 MiB.</source>
        <translation>最小上限为 32 MiB。</translation>
    </message>
</context>
<context>
    <name>forkscope::PreviewPane</name>
    <message>
        <source>The same as a shell command</source>
        <translation>等效的 shell 命令</translation>
    </message>
    <message>
        <source>The same as a Python call</source>
        <translation>等效的 Python 调用</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>The same launch, written for</source>
        <translation>同样的启动，写成</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the text that is shown</source>
        <translation>复制显示的文本</translation>
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
    <message>
        <source>The samples of this moment were given up: the recording reached its size limit.</source>
        <translation>此刻的采样已舍弃：录制文件达到了大小上限。</translation>
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
    <message>
        <source>At this moment nothing had been launched yet.</source>
        <translation>此刻尚未启动任何命令。</translation>
    </message>
    <message>
        <source>No process ran in the time that is shown.</source>
        <translation>所示时间内没有进程运行。</translation>
    </message>
</context>
<context>
    <name>forkscope::RecentMenu</name>
    <message>
        <source>Open recent: %1 (%2)</source>
        <translation>最近打开：%1（%2）</translation>
    </message>
    <message>
        <source>No recording was opened or saved yet</source>
        <translation>尚未打开或保存过录制</translation>
    </message>
    <message>
        <source>&amp;Clear list</source>
        <translation>清空列表(&amp;C)</translation>
    </message>
    <message>
        <source>Open recent: clear the list</source>
        <translation>最近打开：清空列表</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>%1 is not there any more</source>
        <translation>%1 已不存在</translation>
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
    <message>
        <source>%1 % read</source>
        <translation>已读取 %1 %</translation>
    </message>
    <message>
        <source>It is a redacted copy: what was removed or masked shows as *.</source>
        <translation>这是脱敏副本：移除或掩盖的内容显示为 *。</translation>
    </message>
</context>
<context>
    <name>forkscope::RecordingTrouble</name>
    <message>
        <source>Save to another place…</source>
        <translation>保存到别处…</translation>
    </message>
    <message>
        <source>What is wrong with the recording</source>
        <translation>记录出了什么问题</translation>
    </message>
    <message>
        <source>The disk is full: new output is shown as dropped and counted, what was recorded stays.</source>
        <translation>磁盘已满：新的输出标为已丢弃并计数，已记录的内容保留。</translation>
    </message>
    <message>
        <source>The recording&apos;s file was removed. Recording goes on, but all of it is gone when this window closes.</source>
        <translation>记录文件已被删除。记录仍在继续，但此窗口关闭时会全部丢失。</translation>
    </message>
    <message>
        <source>The recording cannot grow (%1): new output is counted, not kept.</source>
        <translation>记录无法增长（%1）：新的输出只计数、不保留。</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
</context>
<context>
    <name>forkscope::RedactChoices</name>
    <message>
        <source>Replace &amp;all payload</source>
        <translation>替换全部内容(&amp;A)</translation>
    </message>
    <message>
        <source>Every byte becomes *; times and sizes stay.</source>
        <translation>每个字节变为 *；时间和大小保留。</translation>
    </message>
    <message>
        <source>Ar&amp;guments</source>
        <translation>参数(&amp;G)</translation>
    </message>
    <message>
        <source>Of each command line only the program stays.</source>
        <translation>每个命令行只保留程序。</translation>
    </message>
    <message>
        <source>&amp;Directories</source>
        <translation>目录(&amp;D)</translation>
    </message>
    <message>
        <source>Working directories, and the folders in command lines.</source>
        <translation>工作目录，以及命令行中的文件夹。</translation>
    </message>
    <message>
        <source>&amp;Variables</source>
        <translation>变量(&amp;V)</translation>
    </message>
    <message>
        <source>Values in NAME=VALUE, in command lines and in output.</source>
        <translation>命令行和输出中 NAME=VALUE 的值。</translation>
    </message>
    <message>
        <source>Texts to mask, one a line</source>
        <translation>要掩盖的文本，每行一个</translation>
    </message>
    <message>
        <source>Regular expressions to mask, one a line</source>
        <translation>要掩盖的正则表达式，每行一个</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Channels whose payload is replaced, or that are left out</source>
        <translation>内容被替换或被略去的通道</translation>
    </message>
    <message>
        <source>Replace the payload of %1</source>
        <translation>替换 %1 的内容</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>略去 %1</translation>
    </message>
    <message>
        <source>The first %1 channels. The command line takes them all.</source>
        <translation>前 %1 个通道。命令行可处理全部通道。</translation>
    </message>
    <message>
        <source>Remove from command lines</source>
        <translation>从命令行中移除</translation>
    </message>
    <message>
        <source>Mask in output, command lines, paths and names</source>
        <translation>在输出、命令行、路径和名称中掩盖</translation>
    </message>
    <message>
        <source>E-&amp;mail addresses</source>
        <translation>电子邮件地址(&amp;M)</translation>
    </message>
    <message>
        <source>To&amp;kens</source>
        <translation>令牌(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Home folders</source>
        <translation>主目录(&amp;H)</translation>
    </message>
    <message>
        <source>IPv&amp;4 addresses</source>
        <translation>IPv4 地址(&amp;4)</translation>
    </message>
    <message>
        <source>&amp;Passwords</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>My &amp;user name</source>
        <translation>我的用户名(&amp;U)</translation>
    </message>
    <message>
        <source>IPv&amp;6 addresses</source>
        <translation>IPv6 地址(&amp;6)</translation>
    </message>
    <message>
        <source>Private ke&amp;ys</source>
        <translation>私钥(&amp;Y)</translation>
    </message>
    <message>
        <source>C&amp;omputer name</source>
        <translation>计算机名(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Texts, one a line:</source>
        <translation>文本，每行一个(&amp;T)：</translation>
    </message>
    <message>
        <source>Regular e&amp;xpressions, one a line:</source>
        <translation>正则表达式，每行一个(&amp;X)：</translation>
    </message>
</context>
<context>
    <name>forkscope::RedactDialog</name>
    <message>
        <source>File for the redacted copy</source>
        <translation>脱敏副本的文件</translation>
    </message>
    <message>
        <source>Look aga&amp;in</source>
        <translation>重新查看(&amp;I)</translation>
    </message>
    <message>
        <source>Redact a copy</source>
        <translation>脱敏副本</translation>
    </message>
    <message>
        <source>%1 exists. Press Replace to write it anew.</source>
        <translation>%1 已存在。按“替换”重新写入。</translation>
    </message>
    <message>
        <source>%1-redacted.pcapng</source>
        <translation>%1-redacted.pcapng</translation>
    </message>
    <message>
        <source>What this removes</source>
        <translation>将移除的内容</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Matches by pattern</source>
        <translation>各模式的匹配</translation>
    </message>
    <message>
        <source>Examples, as they stand in the copy</source>
        <translation>副本中的示例</translation>
    </message>
    <message>
        <source>Nothing was masked.</source>
        <translation>没有掩盖任何内容。</translation>
    </message>
    <message>
        <source>What else is removed</source>
        <translation>其他移除的内容</translation>
    </message>
    <message>
        <source>Examp&amp;les, as they stand in the copy:</source>
        <translation>副本中的示例(&amp;L)：</translation>
    </message>
    <message>
        <source>A live recording has grown since</source>
        <translation>实时录制此后又有增长</translation>
    </message>
    <message>
        <source>&amp;File:</source>
        <translation>文件(&amp;F)：</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>&amp;Save copy</source>
        <translation>保存副本(&amp;S)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>已取消；没有写入任何内容。</translation>
    </message>
    <message>
        <source>Saved: %1 records, %2. Look through the copy before you share it.</source>
        <translation>已保存：%1 条记录，%2。分享前请检查副本。</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>替换(&amp;R)</translation>
    </message>
</context>
<context>
    <name>forkscope::ResourceLimits</name>
    <message>
        <source>the largest core file that a crash leaves; 0: none</source>
        <translation>崩溃时留下的最大 core 文件；0：不留</translation>
    </message>
    <message>
        <source>computing time; then SIGXCPU, at the hard limit SIGKILL</source>
        <translation>计算时间；之后 SIGXCPU，到硬限制时 SIGKILL</translation>
    </message>
    <message>
        <source>heap and initialised data; then allocations fail</source>
        <translation>堆与已初始化数据；之后分配失败</translation>
    </message>
    <message>
        <source>the largest file that it may write; then SIGXFSZ</source>
        <translation>可以写入的最大文件；之后 SIGXFSZ</translation>
    </message>
    <message>
        <source>memory that it may keep from being swapped out</source>
        <translation>可以锁定不被换出的内存</translation>
    </message>
    <message>
        <source>one more than the highest descriptor that it may have</source>
        <translation>可用的最大描述符加一</translation>
    </message>
    <message>
        <source>processes and threads that its user may have in all</source>
        <translation>其用户总共可有的进程和线程</translation>
    </message>
    <message>
        <source>the stack of the main thread; then SIGSEGV</source>
        <translation>主线程的栈；之后 SIGSEGV</translation>
    </message>
    <message>
        <source>all its virtual memory; then allocations fail</source>
        <translation>全部虚拟内存；之后分配失败</translation>
    </message>
    <message>
        <source>Soft</source>
        <translation>软</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>硬</translation>
    </message>
    <message>
        <source>%1: soft limit</source>
        <translation>%1：软限制</translation>
    </message>
    <message>
        <source>%1: hard limit</source>
        <translation>%1：硬限制</translation>
    </message>
    <message>
        <source>%1: %2. Soft: what counts. Hard: how far it may be raised again. For example %3.
Python: %4</source>
        <translation>%1：%2。软：实际生效的值。硬：最多可再提高到多少。例如 %3。
Python：%4</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>无限制</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>forkscope::SceneCanvas</name>
    <message>
        <source>Scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Add a producer (+ on a producer)</source>
        <translation>添加生产者（在生产者上按 +）</translation>
    </message>
    <message>
        <source>Add a consumer (+ on a consumer)</source>
        <translation>添加消费者（在消费者上按 +）</translation>
    </message>
    <message>
        <source>Add a producer</source>
        <translation>添加生产者</translation>
    </message>
    <message>
        <source>Add a consumer</source>
        <translation>添加消费者</translation>
    </message>
    <message>
        <source>Remove a producer</source>
        <translation>移除生产者</translation>
    </message>
    <message>
        <source>Remove a consumer</source>
        <translation>移除消费者</translation>
    </message>
    <message>
        <source>Sends</source>
        <translation>发送方</translation>
    </message>
    <message>
        <source>Producers</source>
        <translation>生产者</translation>
    </message>
    <message>
        <source>Consumers</source>
        <translation>消费者</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>应答方</translation>
    </message>
    <message>
        <source>Receives</source>
        <translation>接收方</translation>
    </message>
</context>
<context>
    <name>forkscope::SceneNode</name>
    <message>
        <source>PID %1</source>
        <translation>PID %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>duplex</source>
        <translation>双工</translation>
    </message>
    <message>
        <source>simplex</source>
        <translation>单工</translation>
    </message>
    <message>
        <source>first in, first out</source>
        <translation>先进先出</translation>
    </message>
    <message>
        <source>last in, first out</source>
        <translation>后进先出</translation>
    </message>
    <message>
        <source>by priority</source>
        <translation>按优先级</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>%1, closed</source>
        <translation>%1，已关闭</translation>
    </message>
    <message>
        <source>%1 out</source>
        <translation>取出 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>forkscope::ScenePlots</name>
    <message>
        <source>Plots of depth, waiting time and throughput</source>
        <translation>深度、等待时间和吞吐量的曲线</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>depth %1</source>
        <translation>深度 %1</translation>
    </message>
    <message>
        <source>bound %1</source>
        <translation>上限 %1</translation>
    </message>
    <message>
        <source>waiting, median %1</source>
        <translation>等待时间，中位数 %1</translation>
    </message>
    <message>
        <source>95 % of them below %1</source>
        <translation>其中 95 % 低于 %1</translation>
    </message>
    <message>
        <source>put %1/s</source>
        <translation>放入 %1/秒</translation>
    </message>
    <message>
        <source>got %1/s</source>
        <translation>取出 %1/秒</translation>
    </message>
    <message>
        <source>%1, %2, %3, %4, %5</source>
        <translation>%1，%2，%3，%4，%5</translation>
    </message>
</context>
<context>
    <name>forkscope::SceneProperties</name>
    <message>
        <source>then it &amp;dies (SIGKILL)</source>
        <translation>然后死亡（SIGKILL）(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Duplex: answers come back</source>
        <translation>双工：有应答返回(&amp;D)</translation>
    </message>
    <message>
        <source>Stop the scene to change these.</source>
        <translation>停止场景后才能更改。</translation>
    </message>
    <message>
        <source>full speed</source>
        <translation>全速</translation>
    </message>
    <message>
        <source> /s</source>
        <translation> /秒</translation>
    </message>
    <message>
        <source>Messages a second; 0: as fast as they are taken</source>
        <translation>每秒消息数；0：对方取得多快就发多快</translation>
    </message>
    <message>
        <source> B</source>
        <translation> B</translation>
    </message>
    <message>
        <source>Bytes of a message; it is longer where its name and number do not fit</source>
        <translation>消息的字节数；放不下名称和编号时会更长</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>After so many messages the process ends; 0: never</source>
        <translation>处理这么多消息后进程结束；0：从不</translation>
    </message>
    <message>
        <source>The smallest number comes first</source>
        <translation>数字最小的最先</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>CBOR</source>
        <translation>CBOR</translation>
    </message>
    <message>
        <source>&amp;Rate</source>
        <translation>速率(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>大小(&amp;S)</translation>
    </message>
    <message>
        <source>C&amp;ontent</source>
        <translation>内容(&amp;O)</translation>
    </message>
    <message>
        <source>Messa&amp;ges</source>
        <translation>消息数(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Priority</source>
        <translation>优先级(&amp;P)</translation>
    </message>
    <message>
        <source>Rate, messages a second</source>
        <translation>速率，每秒消息数</translation>
    </message>
    <message>
        <source>Size of a message</source>
        <translation>消息大小</translation>
    </message>
    <message>
        <source>Content of messages</source>
        <translation>消息内容</translation>
    </message>
    <message>
        <source>Messages until it ends</source>
        <translation>结束前的消息数</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation>管道</translation>
    </message>
    <message>
        <source>First in, first out</source>
        <translation>先进先出</translation>
    </message>
    <message>
        <source>Last in, first out</source>
        <translation>后进先出</translation>
    </message>
    <message>
        <source>By priority</source>
        <translation>按优先级</translation>
    </message>
    <message>
        <source>unbounded</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>Messages that are in it at a time; a producer waits for a place. 0: as many as find room</source>
        <translation>同时在其中的消息数；生产者要等待空位。0：能容纳多少就多少</translation>
    </message>
    <message>
        <source>&amp;Between them</source>
        <translation>其间(&amp;B)</translation>
    </message>
    <message>
        <source>Bo&amp;und</source>
        <translation>上限(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>顺序(&amp;O)</translation>
    </message>
    <message>
        <source>What is between the processes</source>
        <translation>进程之间是什么</translation>
    </message>
    <message>
        <source>Bound of the queue, messages</source>
        <translation>队列上限，消息数</translation>
    </message>
    <message>
        <source>Order of the queue</source>
        <translation>队列顺序</translation>
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
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Show only lines that match; the others are hidden, not lost</source>
        <translation>只显示匹配的行；其余的行只是隐藏，并未丢失</translation>
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
    <message>
        <source>move the recording</source>
        <translation>移动记录</translation>
    </message>
    <message>
        <source>it is being moved already</source>
        <translation>它正在移动</translation>
    </message>
    <message>
        <source>make a folder for named pipes</source>
        <translation>为命名管道创建文件夹</translation>
    </message>
    <message>
        <source>open the named pipe</source>
        <translation>打开命名管道</translation>
    </message>
    <message>
        <source>there is no named pipe “%1”</source>
        <translation>没有名为“%1”的命名管道</translation>
    </message>
</context>
<context>
    <name>forkscope::SessionSection</name>
    <message>
        <source>this is a whole number</source>
        <translation>这里应为整数</translation>
    </message>
    <message>
        <source>Session and identity</source>
        <translation>会话与身份</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新会话</translation>
    </message>
    <message>
        <source>Only these:</source>
        <translation>只有这些：</translation>
    </message>
    <message>
        <source>Close all other descriptors</source>
        <translation>关闭其他所有描述符</translation>
    </message>
    <message>
        <source>Restore signals</source>
        <translation>恢复信号</translation>
    </message>
    <message>
        <source>Program file</source>
        <translation>程序文件</translation>
    </message>
    <message>
        <source>The command leaves our terminal and process group, so that Ctrl+C there does not reach it, and its whole tree can be told apart.</source>
        <translation>命令离开我们的终端和进程组，那里的 Ctrl+C 不会影响它，并且能辨认它的整棵进程树。</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>我们的</translation>
    </message>
    <message>
        <source>Process group</source>
        <translation>进程组</translation>
    </message>
    <message>
        <source>The process group to join; 0: a new one. Not together with a new session, which is one already.</source>
        <translation>要加入的进程组；0：新的进程组。不能与新会话同用，新会话本身就是新的进程组。</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Who the command runs as, a name or a number. To become somebody else needs a privilege.</source>
        <translation>以谁的身份运行命令，名称或编号。变为他人需要特权。</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>The group that the command runs as, a name or a number. Needs a privilege.</source>
        <translation>以哪个组运行命令，名称或编号。需要特权。</translation>
    </message>
    <message>
        <source>Further groups</source>
        <translation>其他组</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Further groups: only these</source>
        <translation>其他组：只有这些</translation>
    </message>
    <message>
        <source>Names or numbers with commas between them; empty: none at all. Needs a privilege.</source>
        <translation>名称或编号，以逗号分隔；留空：没有任何组。需要特权。</translation>
    </message>
    <message>
        <source>File mode mask</source>
        <translation>文件权限掩码</translation>
    </message>
    <message>
        <source>The permissions that new files do not get, octal: 022 leaves writing to the owner.</source>
        <translation>新文件不会得到的权限，八进制：022 只让所有者可写。</translation>
    </message>
    <message>
        <source>The command gets its three standard streams and nothing else that is open here.</source>
        <translation>命令只得到它的三个标准流，此处打开的其他内容都不传给它。</translation>
    </message>
    <message>
        <source>But pass on</source>
        <translation>但传递</translation>
    </message>
    <message>
        <source>Descriptors of ours that stay open in the command, under the same numbers.</source>
        <translation>我们的描述符中在命令里以相同编号保持打开的那些。</translation>
    </message>
    <message>
        <source>SIGPIPE and SIGXFSZ, which a launcher may ignore, end the command again as usual.</source>
        <translation>启动者可能忽略的 SIGPIPE 和 SIGXFSZ 会像平常一样再次终止命令。</translation>
    </message>
    <message>
        <source>The file that is executed in place of the command&apos;s first word, which the program still sees as its name (argv[0]). Via a shell it replaces the shell.</source>
        <translation>代替命令的第一个词执行的文件；程序仍把第一个词看作自己的名称（argv[0]）。通过 shell 时，它代替 shell。</translation>
    </message>
    <message>
        <source>Windows only</source>
        <translation>仅 Windows</translation>
    </message>
    <message>
        <source>Exists on Windows only; refused here, as Python refuses it.</source>
        <translation>仅存在于 Windows；在此会被拒绝，与 Python 一样。</translation>
    </message>
    <message>
        <source>new session</source>
        <translation>新会话</translation>
    </message>
    <message>
        <source>new process group</source>
        <translation>新进程组</translation>
    </message>
    <message>
        <source>process group %1</source>
        <translation>进程组 %1</translation>
    </message>
    <message>
        <source>as user %1</source>
        <translation>以用户 %1</translation>
    </message>
    <message>
        <source>as group %1</source>
        <translation>以组 %1</translation>
    </message>
    <message>
        <source>no further groups</source>
        <translation>没有其他组</translation>
    </message>
    <message>
        <source>groups %1</source>
        <translation>组 %1</translation>
    </message>
    <message>
        <source>mask %1</source>
        <translation>掩码 %1</translation>
    </message>
    <message>
        <source>all descriptors passed on</source>
        <translation>传递全部描述符</translation>
    </message>
    <message>
        <source>descriptors %1 passed on</source>
        <translation>传递描述符 %1</translation>
    </message>
    <message>
        <source>signals not restored</source>
        <translation>不恢复信号</translation>
    </message>
    <message>
        <source>program file %1</source>
        <translation>程序文件 %1</translation>
    </message>
</context>
<context>
    <name>forkscope::StackedPlots</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>forkscope::StageBox</name>
    <message>
        <source>understand the stage</source>
        <translation>理解这一段</translation>
    </message>
    <message>
        <source>a | makes two stages of it; add a box for the second</source>
        <translation>| 会把它变成两段；请为第二段添加方框</translation>
    </message>
    <message>
        <source>understand the variables</source>
        <translation>理解变量</translation>
    </message>
    <message>
        <source>“%1” is no NAME=value</source>
        <translation>“%1”不是 NAME=value</translation>
    </message>
    <message>
        <source>Working folder of the stage</source>
        <translation>此段的工作文件夹</translation>
    </message>
    <message>
        <source>Standard error too</source>
        <translation>包括标准错误</translation>
    </message>
    <message>
        <source>Drag to move the stage; or Alt+Left, Alt+Right</source>
        <translation>拖动以移动此段；或按 Alt+左、Alt+右</translation>
    </message>
    <message>
        <source>Move it before the stage before (Alt+Left)</source>
        <translation>移到前一段之前 (Alt+左)</translation>
    </message>
    <message>
        <source>Move it behind the next stage (Alt+Right)</source>
        <translation>移到后一段之后 (Alt+右)</translation>
    </message>
    <message>
        <source>Remove the stage (Alt+Delete)</source>
        <translation>移除此段 (Alt+Delete)</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Variables: NAME=value …</source>
        <translation>变量:NAME=value …</translation>
    </message>
    <message>
        <source>Folder: as in the launch bar</source>
        <translation>文件夹：与启动栏相同</translation>
    </message>
    <message>
        <source>What it writes to standard error goes to the next stage as well, as with |&amp;</source>
        <translation>它写到标准错误的内容也进入下一段，如同 |&amp;</translation>
    </message>
    <message>
        <source>Stage %1</source>
        <translation>第 %1 段</translation>
    </message>
    <message>
        <source>Command of stage %1</source>
        <translation>第 %1 段的命令</translation>
    </message>
    <message>
        <source>Variables of stage %1</source>
        <translation>第 %1 段的变量</translation>
    </message>
    <message>
        <source>Working folder of stage %1</source>
        <translation>第 %1 段的工作文件夹</translation>
    </message>
    <message>
        <source>Standard error of stage %1 too</source>
        <translation>第 %1 段包括标准错误</translation>
    </message>
    <message>
        <source>Move stage %1 before the one before</source>
        <translation>把第 %1 段移到前一段之前</translation>
    </message>
    <message>
        <source>Move stage %1 behind the next one</source>
        <translation>把第 %1 段移到后一段之后</translation>
    </message>
    <message>
        <source>Remove stage %1</source>
        <translation>移除第 %1 段</translation>
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
    <message>
        <source>⚠ %1 messages missed</source>
        <translation>⚠ 漏记 %1 条消息</translation>
    </message>
    <message>
        <source>What is not in the recording. Click for the reason.</source>
        <translation>未被录制的内容。点击查看原因。</translation>
    </message>
    <message>
        <source>Processes exchanged messages faster than they could be recorded: %1 operations on queues and connections are missing, and the bytes of %2 messages. Nobody was made to wait for the recording.</source>
        <translation>进程间消息的速度超过了录制的速度：队列和连接上的 %1 次操作未被录制，另有 %2 条消息缺少内容。没有任何进程因录制而等待。</translation>
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
    <name>forkscope::StreamEdit</name>
    <message>
        <source>%1: file</source>
        <translation>%1：文件</translation>
    </message>
    <message>
        <source>Pipe: typed or sent from here</source>
        <translation>管道：从这里输入或发送</translation>
    </message>
    <message>
        <source>Pipe: shown and recorded</source>
        <translation>管道：显示并记录</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Nothing to read (/dev/null)</source>
        <translation>没有可读内容 (/dev/null)</translation>
    </message>
    <message>
        <source>Thrown away (/dev/null)</source>
        <translation>丢弃 (/dev/null)</translation>
    </message>
    <message>
        <source>From a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>Into a file</source>
        <translation>写入文件</translation>
    </message>
    <message>
        <source>An open descriptor</source>
        <translation>已打开的描述符</translation>
    </message>
    <message>
        <source>Inherited from Forkscope</source>
        <translation>继承自 Forkscope</translation>
    </message>
    <message>
        <source>Where standard output goes</source>
        <translation>与标准输出同去处</translation>
    </message>
    <message>
        <source>%1: number of the descriptor</source>
        <translation>%1：描述符编号</translation>
    </message>
    <message>
        <source>emptied first</source>
        <translation>先清空</translation>
    </message>
    <message>
        <source>appended to</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>%1: what becomes of an existing file</source>
        <translation>%1：已有文件如何处理</translation>
    </message>
    <message>
        <source>%1 on a terminal</source>
        <translation>%1 在终端上</translation>
    </message>
    <message>
        <source>nothing on %1</source>
        <translation>%1 无内容</translation>
    </message>
    <message>
        <source>%1 thrown away</source>
        <translation>%1 被丢弃</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 来自 %2</translation>
    </message>
    <message>
        <source>%1 appended to %2</source>
        <translation>%1 追加到 %2</translation>
    </message>
    <message>
        <source>%1 into %2</source>
        <translation>%1 写入 %2</translation>
    </message>
    <message>
        <source>%1 is descriptor %2</source>
        <translation>%1 为描述符 %2</translation>
    </message>
    <message>
        <source>%1 inherited</source>
        <translation>%1 继承</translation>
    </message>
    <message>
        <source>From a named pipe</source>
        <translation>来自命名管道</translation>
    </message>
    <message>
        <source>Into a named pipe</source>
        <translation>写入命名管道</translation>
    </message>
    <message>
        <source>%1: name of the pipe</source>
        <translation>%1：管道的名称</translation>
    </message>
    <message>
        <source>name of the pipe</source>
        <translation>管道的名称</translation>
    </message>
    <message>
        <source>%1 from pipe %2</source>
        <translation>%1 来自管道 %2</translation>
    </message>
    <message>
        <source>%1 into pipe %2</source>
        <translation>%1 写入管道 %2</translation>
    </message>
    <message>
        <source>a new pipe of the workspace</source>
        <translation>工作区的新管道</translation>
    </message>
    <message>
        <source>of the workspace, with a tap</source>
        <translation>工作区的管道，带分接</translation>
    </message>
</context>
<context>
    <name>forkscope::StreamsSection</name>
    <message>
        <source>it is below 2 GiB</source>
        <translation>应小于 2 GiB</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Standard input</source>
        <translation>标准输入</translation>
    </message>
    <message>
        <source>Standard output</source>
        <translation>标准输出</translation>
    </message>
    <message>
        <source>Standard error</source>
        <translation>标准错误</translation>
    </message>
    <message>
        <source>Capture output</source>
        <translation>捕获输出</translation>
    </message>
    <message>
        <source>Decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>What the command reads. Through a pipe you can type to it, or send it a file, while it runs.</source>
        <translation>命令所读取的内容。通过管道时，可在其运行期间向它输入或发送文件。</translation>
    </message>
    <message>
        <source>Input text</source>
        <translation>输入文本</translation>
    </message>
    <message>
        <source>Sent to the standard input at the start, which is then closed. Needs the pipe.</source>
        <translation>启动时发送到标准输入，然后关闭它。需要管道。</translation>
    </message>
    <message>
        <source>Where its output goes. Only what comes through a pipe or a terminal can be shown and recorded here.</source>
        <translation>它的输出去向。只有通过管道或终端的内容才能在此显示和记录。</translation>
    </message>
    <message>
        <source>Where its messages go. “Where standard output goes” mixes both in the order in which they are written.</source>
        <translation>它的消息去向。“与标准输出同去处”会按写入顺序把两者合在一起。</translation>
    </message>
    <message>
        <source>Standard output and standard error are pipes, whose content is handed back with the result.</source>
        <translation>标准输出与标准错误为管道，其内容随结果一并返回。</translation>
    </message>
    <message>
        <source>Terminal: columns</source>
        <translation>终端：列数</translation>
    </message>
    <message>
        <source>Terminal: rows</source>
        <translation>终端：行数</translation>
    </message>
    <message>
        <source>columns × rows</source>
        <translation>列 × 行</translation>
    </message>
    <message>
        <source>Terminal size</source>
        <translation>终端大小</translation>
    </message>
    <message>
        <source>Of the terminal at the start. A view that shows it resizes it.</source>
        <translation>终端启动时的大小。显示它的视图会调整其大小。</translation>
    </message>
    <message>
        <source>the system&apos;s, 64 KiB as a rule</source>
        <translation>系统默认，通常为 64 KiB</translation>
    </message>
    <message>
        <source>Pipe size</source>
        <translation>管道大小</translation>
    </message>
    <message>
        <source>How much a pipe holds before the writer has to wait, for example 1 MiB; the kernel rounds up. Empty: the system&apos;s default.</source>
        <translation>管道能容纳多少，写入者才须等待，例如 1 MiB；内核会向上取整。留空：系统默认。</translation>
    </message>
    <message>
        <source>Default (8 KiB)</source>
        <translation>默认（8 KiB）</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>By line</source>
        <translation>按行</translation>
    </message>
    <message>
        <source>Bytes:</source>
        <translation>字节：</translation>
    </message>
    <message>
        <source>Size of the buffer</source>
        <translation>缓冲区大小</translation>
    </message>
    <message>
        <source>Our buffer</source>
        <translation>我们的缓冲</translation>
    </message>
    <message>
        <source>How our side of the pipes is buffered; by line needs text. It does not change how the command buffers its own output: a terminal does.</source>
        <translation>管道在我们这一侧如何缓冲；按行缓冲需要文本模式。它不会改变命令自身对输出的缓冲：终端才会。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>What does not fit</source>
        <translation>不符合编码的内容</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Fail (strict)</source>
        <translation>失败 (strict)</translation>
    </message>
    <message>
        <source>Replace by � (replace)</source>
        <translation>用 � 替换 (replace)</translation>
    </message>
    <message>
        <source>Leave out (ignore)</source>
        <translation>略去 (ignore)</translation>
    </message>
    <message>
        <source>Write as \xNN (backslashreplace)</source>
        <translation>写成 \xNN (backslashreplace)</translation>
    </message>
    <message>
        <source>Keep the bytes (surrogateescape)</source>
        <translation>保留字节 (surrogateescape)</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The result is text: decoded, and CRLF and CR become LF. An encoding or a rule for errors means it too. What is recorded stays the bytes as they came.</source>
        <translation>结果为文本：经过解码，CRLF 和 CR 变为 LF。设置编码或错误规则也表示文本。记录中保留原始字节。</translation>
    </message>
    <message>
        <source>Which encoding the bytes are in, any name that Qt or ICU knows. Empty: UTF-8.</source>
        <translation>字节所用的编码，Qt 或 ICU 认识的任何名称。留空：UTF-8。</translation>
    </message>
    <message>
        <source>What becomes of bytes that are no text in this encoding.</source>
        <translation>对不符合该编码的字节如何处理。</translation>
    </message>
    <message>
        <source>on a terminal</source>
        <translation>在终端上</translation>
    </message>
    <message>
        <source>input given</source>
        <translation>已给定输入</translation>
    </message>
    <message>
        <source>output captured</source>
        <translation>捕获输出</translation>
    </message>
    <message>
        <source>pipes of the system&apos;s size</source>
        <translation>系统默认大小的管道</translation>
    </message>
    <message>
        <source>pipes of %1</source>
        <translation>%1 的管道</translation>
    </message>
    <message>
        <source>unbuffered</source>
        <translation>无缓冲</translation>
    </message>
    <message>
        <source>buffered by line</source>
        <translation>按行缓冲</translation>
    </message>
    <message>
        <source>buffer of %1</source>
        <translation>%1 的缓冲</translation>
    </message>
    <message>
        <source>as text</source>
        <translation>作为文本</translation>
    </message>
    <message>
        <source>as text, %1</source>
        <translation>作为文本，%1</translation>
    </message>
    <message>
        <source>the standard input is a named pipe, into which other commands write; choose “Pipe: typed or sent from here”</source>
        <translation>标准输入是命名管道，由其他命令写入；请选择“管道：从这里输入或发送”</translation>
    </message>
</context>
<context>
    <name>forkscope::SupervisionSection</name>
    <message>
        <source>Restart and readiness</source>
        <translation>重新启动与就绪</translation>
    </message>
    <message>
        <source>This is kept in a profile. A command that is run from here is started once.</source>
        <translation>这些保存在配置中。从这里运行的命令只启动一次。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>When it failed</source>
        <translation>失败时</translation>
    </message>
    <message>
        <source>Whenever it ended</source>
        <translation>每次结束时</translation>
    </message>
    <message>
        <source>any number</source>
        <translation>不限次数</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>再次启动</translation>
    </message>
    <message>
        <source>Whether the command is started again once it has ended. One that you stop stays stopped.</source>
        <translation>命令结束后是否再次启动。由您停止的不会再启动。</translation>
    </message>
    <message>
        <source>First after</source>
        <translation>首次间隔</translation>
    </message>
    <message>
        <source>How long it waits before the first restart.</source>
        <translation>第一次重新启动之前等待多久。</translation>
    </message>
    <message>
        <source>Then longer by</source>
        <translation>随后加长</translation>
    </message>
    <message>
        <source>Each further restart waits so many times longer, so that a command which cannot work does no harm.</source>
        <translation>此后每次重新启动的等待时间按此倍数加长，使无法运行的命令不致为害。</translation>
    </message>
    <message>
        <source>a factor is a number such as 2 or 1.5</source>
        <translation>倍数是 2 或 1.5 这样的数字</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>The longest wait between two restarts.</source>
        <translation>两次重新启动之间最长的等待时间。</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>How many restarts in a row are tried. Once it was ready, or ran for 10 seconds, counting begins anew.</source>
        <translation>连续尝试重新启动多少次。一旦就绪或运行满 10 秒，便重新计数。</translation>
    </message>
    <message>
        <source>As soon as it runs</source>
        <translation>一旦运行</translation>
    </message>
    <message>
        <source>A line of its output matches</source>
        <translation>输出的某一行匹配</translation>
    </message>
    <message>
        <source>A TCP port accepts connections</source>
        <translation>TCP 端口接受连接</translation>
    </message>
    <message>
        <source>A file exists</source>
        <translation>文件存在</translation>
    </message>
    <message>
        <source>A URL answers 200</source>
        <translation>URL 返回 200</translation>
    </message>
    <message>
        <source>A command succeeds</source>
        <translation>命令成功</translation>
    </message>
    <message>
        <source>It is ready</source>
        <translation>何时就绪</translation>
    </message>
    <message>
        <source>When the command counts as ready, which those that depend on it may wait for.</source>
        <translation>命令何时算作就绪；依赖它的命令可以等待此状态。</translation>
    </message>
    <message>
        <source>Namely</source>
        <translation>具体为</translation>
    </message>
    <message>
        <source>A regular expression, “host:port”, a path, a URL or a command line, as chosen above.</source>
        <translation>正则表达式、“host:port”、路径、URL 或命令行，依上方的选择而定。</translation>
    </message>
    <message>
        <source>Tried every</source>
        <translation>尝试间隔</translation>
    </message>
    <message>
        <source>How long it waits between two tries.</source>
        <translation>两次尝试之间等待多久。</translation>
    </message>
    <message>
        <source>Given up after</source>
        <translation>放弃时间</translation>
    </message>
    <message>
        <source>From the start; then the command counts as failed and is stopped. 0: never.</source>
        <translation>从启动算起；之后该命令算作失败并被停止。0：从不。</translation>
    </message>
    <message>
        <source>Stopped by</source>
        <translation>停止信号</translation>
    </message>
    <message>
        <source>The signal that asks the command and its children to end.</source>
        <translation>请命令及其子进程结束的信号。</translation>
    </message>
    <message>
        <source>Killed after</source>
        <translation>强制终止</translation>
    </message>
    <message>
        <source>How long they have to end by themselves; then SIGKILL ends them.</source>
        <translation>给它们多久自行结束；之后用 SIGKILL 终止。</translation>
    </message>
    <message>
        <source>Waits until</source>
        <translation>等待条件</translation>
    </message>
    <message>
        <source>Other profiles of the workspace that must have come so far before this one is started.</source>
        <translation>工作区中其他配置须先达到此状态，本配置才会启动。</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Based on</source>
        <translation>基于</translation>
    </message>
    <message>
        <source>In the file only what differs from that profile is written down.</source>
        <translation>文件中只写与该配置不同的部分。</translation>
    </message>
    <message>
        <source>“Start all” starts it</source>
        <translation>“全部启动”时启动它</translation>
    </message>
    <message>
        <source>Without it the command is started by hand, or because another one depends on it.</source>
        <translation>若不勾选，则由手动启动，或因其他配置依赖它而启动。</translation>
    </message>
    <message>
        <source>started again whenever it ended</source>
        <translation>每次结束后再次启动</translation>
    </message>
    <message>
        <source>started again when it failed</source>
        <translation>失败后再次启动</translation>
    </message>
    <message numerus="yes">
        <source>at most %n time(s)</source>
        <translation>
            <numerusform>最多 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>ready when: %1 %2</source>
        <translation>就绪条件：%1 %2</translation>
    </message>
    <message>
        <source>after %1 %2</source>
        <translation>在 %1 %2 之后</translation>
    </message>
    <message>
        <source>stopped by %1, killed after %2</source>
        <translation>用 %1 停止，%2 后强制终止</translation>
    </message>
    <message>
        <source>based on %1</source>
        <translation>基于 %1</translation>
    </message>
    <message>
        <source>not started with all</source>
        <translation>不随全部启动</translation>
    </message>
</context>
<context>
    <name>forkscope::Supervisor</name>
    <message>
        <source>start the profile</source>
        <translation>启动该配置</translation>
    </message>
    <message>
        <source>there is no such profile in this workspace</source>
        <translation>该工作区中没有这个配置</translation>
    </message>
</context>
<context>
    <name>forkscope::TaskDetails</name>
    <message>
        <source>Show in Output</source>
        <translation>在输出中显示</translation>
    </message>
    <message>
        <source>Details of the selected task</source>
        <translation>所选任务的详细信息</translation>
    </message>
    <message>
        <source>Select a task, in the lanes or in the list, to see its command or call, times, process and how it ended.</source>
        <translation>在泳道或列表中选择一个任务，可查看其命令或调用、时间、进程以及如何结束。</translation>
    </message>
    <message>
        <source>What the selected task wrote</source>
        <translation>所选任务的输出</translation>
    </message>
    <message>
        <source>Show these lines in the Output view, with what was written around them</source>
        <translation>在输出视图中显示这些行及其前后的输出</translation>
    </message>
    <message>
        <source>What a command wrote is shown here.</source>
        <translation>此处显示命令的输出。</translation>
    </message>
    <message>
        <source>It wrote nothing that was recorded.</source>
        <translation>没有记录到它的输出。</translation>
    </message>
    <message>
        <source>⚠ A part was given up: the recording reached its size limit.</source>
        <translation>⚠ 一部分已被放弃：记录达到了大小限制。</translation>
    </message>
    <message>
        <source>The first %1. Standard error is in italics.</source>
        <translation>前 %1。标准错误以斜体显示。</translation>
    </message>
    <message>
        <source>Standard error is in italics.</source>
        <translation>标准错误以斜体显示。</translation>
    </message>
</context>
<context>
    <name>forkscope::TaskList</name>
    <message>
        <source>Command, function or tag</source>
        <translation>命令、函数或标签</translation>
    </message>
    <message>
        <source>Text to look for in tasks</source>
        <translation>在任务中查找的文本</translation>
    </message>
    <message>
        <source>State of the tasks that are shown</source>
        <translation>显示的任务的状态</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>所有状态</translation>
    </message>
    <message>
        <source>Without success</source>
        <translation>未成功</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>waits to be tried again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s)</source>
        <translation>
            <numerusform>%Ln 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>forkscope::TaskModel</name>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>forkscope::TaskPreview</name>
    <message>
        <source>The first tasks</source>
        <translation>前几个任务</translation>
    </message>
    <message>
        <source>These inputs make no task.</source>
        <translation>这些输入不产生任务。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s):</source>
        <translation>
            <numerusform>%Ln 个任务：</numerusform>
        </translation>
    </message>
    <message>
        <source>More than %L1 tasks:</source>
        <translation>超过 %L1 个任务：</translation>
    </message>
</context>
<context>
    <name>forkscope::TerminalPage</name>
    <message>
        <source>Keys go to the program. Ctrl+Shift+Esc leaves the terminal; Ctrl+Shift+C copies, Ctrl+Shift+V pastes, Ctrl+Shift+F finds.</source>
        <translation>按键发送给程序。Ctrl+Shift+Esc 离开终端；Ctrl+Shift+C 复制，Ctrl+Shift+V 粘贴，Ctrl+Shift+F 查找。</translation>
    </message>
    <message>
        <source>A terminal as it was recorded. Ctrl+Shift+F finds, Ctrl+Shift+C copies.</source>
        <translation>录制下来的终端。Ctrl+Shift+F 查找，Ctrl+Shift+C 复制。</translation>
    </message>
    <message>
        <source>Not found on the screen or in its last 10,000 lines</source>
        <translation>在屏幕及其最近 10,000 行中没有找到</translation>
    </message>
    <message>
        <source>%1 came too fast to be shown here; the Output tab has all of it.</source>
        <translation>有 %1 来得太快，未在此显示；“输出”标签页中有全部内容。</translation>
    </message>
    <message>
        <source>The terminal as it was at the moment that the time bar shows.</source>
        <translation>终端在时间条所示时刻的样子。</translation>
    </message>
    <message>
        <source>⚠ The first %1 were given up (size limit): the screen begins without them.</source>
        <translation>⚠ 开头的 %1 已舍弃（达到大小上限）：屏幕从其后开始。</translation>
    </message>
    <message>
        <source>Saved: %1.</source>
        <translation>已保存：%1。</translation>
    </message>
    <message>
        <source>Save the terminal session</source>
        <translation>保存终端会话</translation>
    </message>
    <message>
        <source>Terminal session, asciicast (*.cast)</source>
        <translation>终端会话，asciicast (*.cast)</translation>
    </message>
    <message>
        <source>The session before is still being saved.</source>
        <translation>先前的会话仍在保存。</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>正在保存…</translation>
    </message>
</context>
<context>
    <name>forkscope::TerminalView</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>查找…</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Default text size</source>
        <translation>默认文字大小</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>Keys go to the program. Ctrl+Shift+Escape leaves the terminal.</source>
        <translation>按键发送给程序。Ctrl+Shift+Esc 离开终端。</translation>
    </message>
    <message>
        <source>Save the session…</source>
        <translation>保存会话…</translation>
    </message>
</context>
<context>
    <name>forkscope::TimeBar</name>
    <message>
        <source>Skip idle time</source>
        <translation>跳过空闲时间</translation>
    </message>
    <message>
        <source>Show all times</source>
        <translation>显示全部时间</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <comment>speed</comment>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>How fast it is played; 1 × is as fast as it happened</source>
        <translation>播放速度；1 × 与实际发生时一样快</translation>
    </message>
    <message>
        <source>Where nothing came for longer than half a second, go on with what came next</source>
        <translation>超过半秒没有任何内容时，直接跳到其后的内容</translation>
    </message>
    <message>
        <source>Moment that is shown</source>
        <translation>所示时刻</translation>
    </message>
    <message>
        <source>14:03:10 or +3.5 s</source>
        <translation>14:03:10 或 +3.5 s</translation>
    </message>
    <message>
        <source>Show only from this time on</source>
        <translation>仅显示此时间之后</translation>
    </message>
    <message>
        <source>Show only until this time</source>
        <translation>仅显示此时间之前</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>%1, %2 after the start</source>
        <translation>%1，开始后 %2</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>End · %1</source>
        <translation>结尾 · %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Stop here (Space on the bar below)</source>
        <translation>停在这里（在下方时间轴上按空格键）</translation>
    </message>
    <message>
        <source>Play on from here (Space on the bar below)</source>
        <translation>从这里继续播放（在下方时间轴上按空格键）</translation>
    </message>
</context>
<context>
    <name>forkscope::TimeTrack</name>
    <message>
        <source>Moment that is shown</source>
        <translation>所示时刻</translation>
    </message>
    <message>
        <source>%1 of output</source>
        <translation>输出 %1</translation>
    </message>
    <message>
        <source>Commands that finished: %1</source>
        <translation>成功结束的命令：%1</translation>
    </message>
    <message>
        <source>Commands that failed: %1</source>
        <translation>失败的命令：%1</translation>
    </message>
    <message>
        <source>Hatched: output and samples were given up, because the recording reached its size limit</source>
        <translation>斜线区域：录制文件达到大小上限，输出和采样已舍弃</translation>
    </message>
    <message>
        <source>Hatched: output was given up, because it could not be stored</source>
        <translation>斜线区域：输出无法存储，已舍弃</translation>
    </message>
</context>
<context>
    <name>forkscope::TimeoutSection</name>
    <message>
        <source>Timeout and check</source>
        <translation>超时与检查</translation>
    </message>
    <message>
        <source>A failure of the command is an error</source>
        <translation>命令失败算作错误</translation>
    </message>
    <message>
        <source>none; for example 30 s or 2 min</source>
        <translation>无；例如 30 s 或 2 min</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>When the time is over the command and all its children are asked to end (SIGTERM), and killed after 5 seconds if they do not. What they wrote until then is kept.</source>
        <translation>时间一到，请命令及其所有子进程结束（SIGTERM），5 秒后仍未结束则强制终止。此前写出的内容会保留。</translation>
    </message>
    <message>
        <source>An exit status other than 0, or a death by a signal, is reported as an error, with the output attached.</source>
        <translation>退出状态不为 0 或因信号终止时报告为错误，并附上输出。</translation>
    </message>
    <message>
        <source>stopped after %1</source>
        <translation>%1 后停止</translation>
    </message>
    <message>
        <source>failure is an error</source>
        <translation>失败算作错误</translation>
    </message>
</context>
<context>
    <name>forkscope::TrafficView</name>
    <message>
        <source>How far the list is sorted</source>
        <translation>列表排序的进度</translation>
    </message>
    <message>
        <source>Stop sorting</source>
        <translation>停止排序</translation>
    </message>
    <message>
        <source>Marks and comments</source>
        <translation>标记和注释</translation>
    </message>
    <message>
        <source>%1 messages are too many to be sorted by this column: at most %2 are. Filter them first.</source>
        <translation>%1 条消息太多，无法按此列排序：最多 %2 条。请先过滤。</translation>
    </message>
    <message>
        <source>Stopped. What was shown before is shown again.</source>
        <translation>已停止。恢复之前显示的内容。</translation>
    </message>
    <message>
        <source>Only messages of %1</source>
        <translation>仅 %1 的消息</translation>
    </message>
    <message numerus="yes">
        <source>Only messages of %n channel(s)</source>
        <translation>
            <numerusform>仅 %n 个通道的消息</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 later messages stand below, as they came</source>
        <translation>后来的 %L1 条消息按到达次序排在下方</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>No message passes the filter</source>
        <translation>没有消息符合过滤器</translation>
    </message>
    <message>
        <source>Show all messages</source>
        <translation>显示所有消息</translation>
    </message>
    <message>
        <source>No message in this stretch of time</source>
        <translation>这段时间内没有消息</translation>
    </message>
    <message>
        <source>Nothing has been sent between processes yet</source>
        <translation>进程之间尚未发送任何内容</translation>
    </message>
    <message>
        <source>Here stands what passes the pipes of pipelines, queues and connections: who sent what to whom, when, and what it says.</source>
        <translation>这里显示经过流水线的管道、队列和连接的内容：谁在何时向谁发送了什么，内容是什么。</translation>
    </message>
    <message>
        <source>Run an example pipeline</source>
        <translation>运行示例流水线</translation>
    </message>
    <message>
        <source>There is no message at that time.</source>
        <translation>那个时刻没有消息。</translation>
    </message>
    <message>
        <source>The message at that time is hidden by the filter.</source>
        <translation>那个时刻的消息被过滤器隐藏。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>what it does (keys)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Filter messages</source>
        <translation>过滤消息</translation>
    </message>
    <message>
        <source>Type a filter</source>
        <translation>输入过滤器</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Stay at the newest message (End); scrolling up stops it</source>
        <translation>停留在最新消息（End）；向上滚动则停止</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流</translation>
    </message>
    <message>
        <source>Show the stream that the selected message is a part of</source>
        <translation>显示所选消息所属的流</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Mark the selected messages, or take the marks away</source>
        <translation>标记所选消息，或去除标记</translation>
    </message>
    <message>
        <source>Comment…</source>
        <translation>注释…</translation>
    </message>
    <message>
        <source>Write a comment on the selected message</source>
        <translation>为所选消息写注释</translation>
    </message>
    <message>
        <source>Next of the channel</source>
        <translation>通道的下一条</translation>
    </message>
    <message>
        <source>To the next message of the same channel</source>
        <translation>转到同一通道的下一条消息</translation>
    </message>
    <message>
        <source>Previous of the channel</source>
        <translation>通道的上一条</translation>
    </message>
    <message>
        <source>To the previous message of the same channel</source>
        <translation>转到同一通道的上一条消息</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>下一个标记</translation>
    </message>
    <message>
        <source>To the next message with a mark or a comment</source>
        <translation>转到下一条有标记或注释的消息</translation>
    </message>
    <message>
        <source>Previous mark</source>
        <translation>上一个标记</translation>
    </message>
    <message>
        <source>To the previous message with a mark or a comment</source>
        <translation>转到上一条有标记或注释的消息</translation>
    </message>
    <message>
        <source>Go to number…</source>
        <translation>转到编号…</translation>
    </message>
    <message>
        <source>To the message with a number</source>
        <translation>转到指定编号的消息</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the selected messages, or all that the list shows, to a file</source>
        <translation>把所选消息或列表中显示的全部消息写入文件</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time of &amp;day</source>
        <translation>时刻(&amp;D)</translation>
    </message>
    <message>
        <source>Since the &amp;start of the recording</source>
        <translation>自录制开始(&amp;S)</translation>
    </message>
    <message>
        <source>Since the line &amp;above</source>
        <translation>自上一行(&amp;A)</translation>
    </message>
    <message>
        <source>What the column Time counts from</source>
        <translation>“时间”列从何时算起</translation>
    </message>
    <message>
        <source>Show all channels</source>
        <translation>显示所有通道</translation>
    </message>
    <message>
        <source>There is no message %L1: the last one is %L2.</source>
        <translation>没有第 %L1 号消息：最后一条是第 %L2 号。</translation>
    </message>
    <message>
        <source>Message %L1 is hidden by the filter.</source>
        <translation>第 %L1 号消息被过滤器隐藏。</translation>
    </message>
    <message>
        <source>Go to number</source>
        <translation>转到编号</translation>
    </message>
    <message>
        <source>Number of the message (1 to %L1):</source>
        <translation>消息编号（1 至 %L1）：</translation>
    </message>
    <message>
        <source>There is no earlier message of this channel here.</source>
        <translation>此处没有该通道更早的消息。</translation>
    </message>
    <message>
        <source>There is no later message of this channel here.</source>
        <translation>此处没有该通道更晚的消息。</translation>
    </message>
    <message>
        <source>There is no further mark or comment in this direction.</source>
        <translation>这个方向上没有更多标记或注释。</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>注释</translation>
    </message>
    <message>
        <source>Comment on message %L1; it is kept beside the recording, not in it:</source>
        <translation>对第 %L1 号消息的注释；它保存在录制文件旁边，而不是其中：</translation>
    </message>
    <message>
        <source>&amp;Only with %1</source>
        <translation>仅符合 %1 的(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Without %1</source>
        <translation>不符合 %1 的(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Decode channel as…</source>
        <translation>将通道解码为(&amp;D)…</translation>
    </message>
    <message>
        <source>Co&amp;lour by this value…</source>
        <translation>按此值着色(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>As &amp;lines of the list</source>
        <translation>列表中的行(&amp;L)</translation>
    </message>
    <message>
        <source>The bytes as &amp;text</source>
        <translation>字节，作为文本(&amp;T)</translation>
    </message>
    <message>
        <source>The bytes as &amp;hexadecimal</source>
        <translation>字节，作为十六进制(&amp;H)</translation>
    </message>
    <message>
        <source>The fields as &amp;JSON</source>
        <translation>字段，作为 JSON(&amp;J)</translation>
    </message>
    <message>
        <source>Only the first %L1 bytes of the selection were copied.</source>
        <translation>只复制了所选内容的前 %L1 字节。</translation>
    </message>
    <message>
        <source>Only %1 ✕</source>
        <translation>仅 %1 ✕</translation>
    </message>
    <message>
        <source>Only %1 channels ✕</source>
        <translation>仅 %1 个通道 ✕</translation>
    </message>
</context>
<context>
    <name>forkscope::UnsavedActions</name>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>Save unsaved recording as</source>
        <translation>未保存的录制另存为</translation>
    </message>
    <message>
        <source>Recordings (*.pcapng)</source>
        <translation>录制文件 (*.pcapng)</translation>
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
        <source>Remove recordings</source>
        <translation>删除录制</translation>
    </message>
    <message>
        <source>Remove for good: %1?</source>
        <translation>永久删除：%1？</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 个</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>Removed: %1</source>
        <translation>已删除：%1</translation>
    </message>
</context>
<context>
    <name>forkscope::UnsavedDialog</name>
    <message>
        <source>Those older than %1 days, and the oldest beyond %2 in all, are removed when Forkscope starts.</source>
        <translation>Forkscope 启动时会删除超过 %1 天的录制；总大小超过 %2 时，从最旧的开始删除。</translation>
    </message>
    <message>
        <source>Those older than %1 days are removed when Forkscope starts.</source>
        <translation>Forkscope 启动时会删除超过 %1 天的录制。</translation>
    </message>
    <message>
        <source>The oldest beyond %1 in all are removed when Forkscope starts.</source>
        <translation>总大小超过 %1 时，Forkscope 启动时会从最旧的开始删除。</translation>
    </message>
    <message>
        <source>They stay until they are removed here.</source>
        <translation>它们会一直保留，直到在此处删除。</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>另存为(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>删除(&amp;R)…</translation>
    </message>
    <message>
        <source>Remove &amp;all…</source>
        <translation>全部删除(&amp;A)…</translation>
    </message>
    <message>
        <source>Unsaved recordings</source>
        <translation>未保存的录制</translation>
    </message>
    <message>
        <source>What sessions have recorded that nobody saved. A session that ends properly takes its recording with it; one that crashed or was killed leaves it here. %1</source>
        <translation>会话录制下来但没有保存的内容。正常结束的会话会一并删除其录制；崩溃或被终止的会话则把它留在这里。%1</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>没有未保存的录制。</translation>
    </message>
    <message>
        <source>%1, of which in use: %2</source>
        <translation>%1，其中正在使用：%2</translation>
    </message>
</context>
<context>
    <name>forkscope::UnsavedModel</name>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Last change</source>
        <translation>最后更改</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>距今</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>First command</source>
        <translation>首个命令</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用状态</translation>
    </message>
</context>
<context>
    <name>forkscope::UserDecoders</name>
    <message>
        <source>There is no such key; these are: %1.</source>
        <translation>没有这个键；可用的键有：%1。</translation>
    </message>
    <message>
        <source>A text in quotes is expected.</source>
        <translation>此处应为带引号的文本。</translation>
    </message>
    <message>
        <source>A whole number from 0 on is expected.</source>
        <translation>此处应为不小于 0 的整数。</translation>
    </message>
    <message>
        <source>“big” or “little” is expected.</source>
        <translation>此处应为“big”或“little”。</translation>
    </message>
    <message>
        <source>No unsigned number called “%1” comes before this.</source>
        <translation>在此之前没有名为“%1”的无符号数。</translation>
    </message>
    <message>
        <source>A list of fields is expected.</source>
        <translation>此处应为字段列表。</translation>
    </message>
    <message>
        <source>This is nested too deeply.</source>
        <translation>嵌套层次过深。</translation>
    </message>
    <message>
        <source>A field in braces is expected.</source>
        <translation>此处应为花括号中的字段。</translation>
    </message>
    <message>
        <source>These are too many fields.</source>
        <translation>字段过多。</translation>
    </message>
    <message>
        <source>A group of fields has only a name, a count and its fields.</source>
        <translation>字段组只能有名称、数量和其中的字段。</translation>
    </message>
    <message>
        <source>Only a group of fields has a count.</source>
        <translation>只有字段组才有数量。</translation>
    </message>
    <message>
        <source>“%1” is no type; these are: u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 bytes text zero payload.</source>
        <translation>“%1”不是类型；可用的类型有：u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 bytes text zero payload。</translation>
    </message>
    <message>
        <source>This type has a length of its own.</source>
        <translation>这种类型的长度是固定的。</translation>
    </message>
    <message>
        <source>A number is expected: 7 or &quot;0xA55A&quot;.</source>
        <translation>此处应为数字：7 或 &quot;0xA55A&quot;。</translation>
    </message>
    <message>
        <source>A text, or bytes in hexadecimal, as long as the length says are expected.</source>
        <translation>此处应为文本或十六进制字节，且长度与 length 一致。</translation>
    </message>
    <message>
        <source>This type has no fixed value.</source>
        <translation>这种类型不能有固定值。</translation>
    </message>
    <message>
        <source>use the decoder</source>
        <translation>使用解码器</translation>
    </message>
    <message>
        <source>Line %1: %2.</source>
        <translation>第 %1 行：%2。</translation>
    </message>
    <message>
        <source>A description in braces is expected.</source>
        <translation>此处应为花括号中的描述。</translation>
    </message>
    <message>
        <source>“%1” is no name for a decoder: it begins with a letter and is made of a–z, 0–9, _ and -.</source>
        <translation>“%1”不能用作解码器名称：名称以字母开头，由 a–z、0–9、_ 和 - 组成。</translation>
    </message>
    <message>
        <source>There is a decoder “%1” already: give it another name.</source>
        <translation>已有名为“%1”的解码器：请换一个名称。</translation>
    </message>
    <message>
        <source>Others than you could have written it: make it yours (chown) and writable by nobody else (chmod go-w).</source>
        <translation>它可能由他人写入：请将其归为您所有（chown），并禁止他人写入（chmod go-w）。</translation>
    </message>
</context>
<context>
    <name>forkscope::WorkspaceModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>restarting</source>
        <translation>等待重新启动</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1 (started)</source>
        <translation>%1（已启动）</translation>
    </message>
    <message>
        <source>%1 (ready)</source>
        <translation>%1（就绪）</translation>
    </message>
    <message>
        <source>%1 (ended)</source>
        <translation>%1（已结束）</translation>
    </message>
    <message>
        <source>%1 (ended with success)</source>
        <translation>%1（成功结束）</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>在 %1 之后</translation>
    </message>
    <message>
        <source>%1; starts again in %2 s</source>
        <translation>%1；%2 秒后再次启动</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>ready: %1</source>
        <translation>就绪：%1</translation>
    </message>
    <message>
        <source>restarts always</source>
        <translation>总是重新启动</translation>
    </message>
    <message>
        <source>restarts after a failure</source>
        <translation>失败后重新启动</translation>
    </message>
</context>
<context>
    <name>forkscope::WorkspacePanel</name>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Hide the message</source>
        <translation>隐藏此消息</translation>
    </message>
    <message>
        <source>A workspace holds commands that belong together: what each one waits for, when it is ready, and whether it is started again. It is saved as forkscope.toml.</source>
        <translation>工作区保存相互关联的命令：每个命令等待什么、何时就绪、是否再次启动。它保存为 forkscope.toml。</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>A web server, a client that waits until it is ready, and something that crashes: they really run.</source>
        <translation>一个网页服务器、一个等它就绪的客户端，以及一个会崩溃的程序：它们真的在运行。</translation>
    </message>
    <message>
        <source>Open a workspace, Procfile or process-compose file…</source>
        <translation>打开工作区、Procfile 或 process-compose 文件…</translation>
    </message>
    <message>
        <source>Add a command…</source>
        <translation>添加命令…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Workspace</source>
        <translation>工作区</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Workspace: %1</source>
        <translation>工作区：%1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>启动(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Restart</source>
        <translation>重新启动(&amp;R)</translation>
    </message>
    <message>
        <source>Start &amp;all</source>
        <translation>全部启动(&amp;A)</translation>
    </message>
    <message>
        <source>Stop a&amp;ll</source>
        <translation>全部停止(&amp;L)</translation>
    </message>
    <message>
        <source>Restart all</source>
        <translation>全部重新启动</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑(&amp;E)…</translation>
    </message>
    <message>
        <source>A&amp;dd a command…</source>
        <translation>添加命令(&amp;D)…</translation>
    </message>
    <message>
        <source>Add the selected &amp;process</source>
        <translation>添加所选进程(&amp;P)</translation>
    </message>
    <message>
        <source>D&amp;uplicate</source>
        <translation>复制一份(&amp;U)</translation>
    </message>
    <message>
        <source>Re&amp;move from the workspace</source>
        <translation>从工作区移除(&amp;M)</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>%1 removed. Ctrl+Z brings it back.</source>
        <translation>已移除 %1。Ctrl+Z 可恢复。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a &amp;named pipe…</source>
        <translation>添加命名管道(&amp;N)…</translation>
    </message>
    <message>
        <source>Edit the named pipe…</source>
        <translation>编辑命名管道…</translation>
    </message>
    <message>
        <source>Remove the named pipe</source>
        <translation>移除命名管道</translation>
    </message>
    <message>
        <source>Add a pipe</source>
        <translation>添加管道</translation>
    </message>
    <message>
        <source>Edit the pipe</source>
        <translation>编辑管道</translation>
    </message>
    <message>
        <source>The pipe %1 is removed. Ctrl+Z brings it back.</source>
        <translation>已移除管道 %1。按 Ctrl+Z 可恢复。</translation>
    </message>
    <message>
        <source>It was the standard output of %1, which is shown and recorded again.</source>
        <translation>它原是 %1 的标准输出，后者重新在此显示并记录。</translation>
    </message>
    <message>
        <source>It was the standard input of %1, which is typed or sent from here again.</source>
        <translation>它原是 %1 的标准输入，后者重新从这里输入或发送。</translation>
    </message>
    <message>
        <source>Its path stands in %1.</source>
        <translation>以下命令中写有它的路径：%1。</translation>
    </message>
    <message>
        <source>Remove the pipe</source>
        <translation>移除管道</translation>
    </message>
</context>
<context>
    <name>forkscope::filter::Completion</name>
    <message>
        <source>matches a regular expression</source>
        <translation>匹配正则表达式</translation>
    </message>
    <message>
        <source>does not match a regular expression</source>
        <translation>不匹配正则表达式</translation>
    </message>
    <message>
        <source>is one of {1, 2, 5..9}</source>
        <translation>是 {1, 2, 5..9} 之一</translation>
    </message>
    <message>
        <source>has this in it</source>
        <translation>包含此内容</translation>
    </message>
    <message>
        <source>and</source>
        <translation>并且</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或者</translation>
    </message>
</context>
<context>
    <name>forkscope::filter::Fields</name>
    <message>
        <source>name of the channel, or its kind and number: &quot;pipe:3&quot;</source>
        <translation>通道的名称，或其种类和编号：&quot;pipe:3&quot;</translation>
    </message>
    <message>
        <source>of the channel: pipe, queue, connection</source>
        <translation>通道的种类：pipe、queue、connection</translation>
    </message>
    <message>
        <source>what was done: write, put, get, send, receive</source>
        <translation>所做的操作：write、put、get、send、receive</translation>
    </message>
    <message>
        <source>bytes of the message</source>
        <translation>消息的字节数</translation>
    </message>
    <message>
        <source>since the recording began, or a date and time in quotes</source>
        <translation>自录制开始以来的时间，或带引号的日期和时间</translation>
    </message>
    <message>
        <source>time since the message before in the same channel</source>
        <translation>与同一通道中上一条消息的时间间隔</translation>
    </message>
    <message>
        <source>of what was got or received: time since it was put or sent</source>
        <translation>取出或接收的消息：自放入或发送以来的时间</translation>
    </message>
    <message>
        <source>of the message in the list, from 1</source>
        <translation>消息在列表中的编号，从 1 开始</translation>
    </message>
    <message>
        <source>PID of who did it</source>
        <translation>操作者的 PID</translation>
    </message>
    <message>
        <source>PID of who wrote, put or sent it</source>
        <translation>写入、放入或发送者的 PID</translation>
    </message>
    <message>
        <source>program that wrote, put or sent it</source>
        <translation>写入、放入或发送它的程序</translation>
    </message>
    <message>
        <source>file descriptor that it was written to</source>
        <translation>写入时的文件描述符</translation>
    </message>
    <message>
        <source>PID of who reads, got or received it</source>
        <translation>读取、取出或接收者的 PID</translation>
    </message>
    <message>
        <source>program that reads, got or received it</source>
        <translation>读取、取出或接收它的程序</translation>
    </message>
    <message>
        <source>file descriptor that it is read from</source>
        <translation>读取时的文件描述符</translation>
    </message>
    <message>
        <source>what it says, as UTF-8</source>
        <translation>其内容，按 UTF-8 解释</translation>
    </message>
    <message>
        <source>its bytes, as 0a:0b:0c</source>
        <translation>其字节，形如 0a:0b:0c</translation>
    </message>
    <message>
        <source>what this decoder tells, by the names of its parts: json.user.id</source>
        <translation>此解码器给出的内容，按各部分的名称：json.user.id</translation>
    </message>
</context>
<context>
    <name>forkscope::filter::Parser</name>
    <message>
        <source>This parenthesis was never opened: remove it.</source>
        <translation>此右括号没有对应的左括号：请将其删除。</translation>
    </message>
    <message>
        <source>Join conditions by &amp;&amp; or ||.</source>
        <translation>请用 &amp;&amp; 或 || 连接条件。</translation>
    </message>
    <message>
        <source>This is nested too deeply.</source>
        <translation>嵌套层次过深。</translation>
    </message>
    <message>
        <source>This parenthesis is never closed: add ) at the end.</source>
        <translation>此括号没有闭合：请在末尾添加 )。</translation>
    </message>
    <message>
        <source>Join conditions by &amp;&amp; or ||, or close the parenthesis by ).</source>
        <translation>请用 &amp;&amp; 或 || 连接条件，或用 ) 闭合括号。</translation>
    </message>
    <message>
        <source>These are too many conditions.</source>
        <translation>条件过多。</translation>
    </message>
    <message>
        <source>A condition is missing here, such as len &gt; 100.</source>
        <translation>此处缺少条件，例如 len &gt; 100。</translation>
    </message>
    <message>
        <source>A field is expected here, such as len, from.name or json.user.id.</source>
        <translation>此处应为字段，例如 len、from.name 或 json.user.id。</translation>
    </message>
    <message>
        <source>A name is expected behind the dot.</source>
        <translation>点号之后应为名称。</translation>
    </message>
    <message>
        <source>This bracket is never closed: add ] behind the number.</source>
        <translation>此方括号没有闭合：请在数字后添加 ]。</translation>
    </message>
    <message>
        <source>There is no field “%1”. A field is len, channel, from.name, text …, or the name of a decoder with a path, such as json.user.id.</source>
        <translation>没有字段“%1”。字段可以是 len、channel、from.name、text 等，或解码器名称加路径，例如 json.user.id。</translation>
    </message>
    <message>
        <source>There is no field “%1”. Did you mean “%2”?</source>
        <translation>没有字段“%1”。您是指“%2”吗？</translation>
    </message>
    <message>
        <source>Write == to compare.</source>
        <translation>比较请使用 ==。</translation>
    </message>
    <message>
        <source>An operator is expected behind “%1”: %2.</source>
        <translation>“%1”之后应为运算符：%2。</translation>
    </message>
    <message>
        <source>“%1” cannot be used with “%2”; these can: %3.</source>
        <translation>“%1”不能用于“%2”；可用的有：%3。</translation>
    </message>
    <message>
        <source>A set is expected: {1, 2, 5..9}.</source>
        <translation>此处应为集合：{1, 2, 5..9}。</translation>
    </message>
    <message>
        <source>A range is made of numbers: 5..9.</source>
        <translation>范围由数字组成：5..9。</translation>
    </message>
    <message>
        <source>A range is made of two numbers: 5..9.</source>
        <translation>范围由两个数字组成：5..9。</translation>
    </message>
    <message>
        <source>The larger number comes second in a range: 5..9.</source>
        <translation>范围中较大的数字在后：5..9。</translation>
    </message>
    <message>
        <source>This set is never closed: add } behind it.</source>
        <translation>此集合没有闭合：请在其后添加 }。</translation>
    </message>
    <message>
        <source>The values of a set are separated by commas: {1, 2, 5..9}.</source>
        <translation>集合中的值用逗号分隔：{1, 2, 5..9}。</translation>
    </message>
    <message>
        <source>This set is empty: {1, 2, 5..9}.</source>
        <translation>此集合为空：{1, 2, 5..9}。</translation>
    </message>
    <message>
        <source>“%1” is one of these: %2.</source>
        <translation>“%1”可取以下值：%2。</translation>
    </message>
    <message>
        <source>“%1” is no unit of time; these are: ns us ms s min h.</source>
        <translation>“%1”不是时间单位；可用的有：ns us ms s min h。</translation>
    </message>
    <message>
        <source>“%1” is no unit of size; these are: B kB MB GB KiB MiB GiB.</source>
        <translation>“%1”不是大小单位；可用的有：B kB MB GB KiB MiB GiB。</translation>
    </message>
    <message>
        <source>A number without a unit is expected here.</source>
        <translation>此处应为不带单位的数字。</translation>
    </message>
    <message>
        <source>A time with a unit is expected: 10ms, 1.5s.</source>
        <translation>此处应为带单位的时间：10ms、1.5s。</translation>
    </message>
    <message>
        <source>A size is expected: 100, 4KiB, 3MB.</source>
        <translation>此处应为大小：100、4KiB、3MB。</translation>
    </message>
    <message>
        <source>A number is expected.</source>
        <translation>此处应为数字。</translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation>此数字过大。</translation>
    </message>
    <message>
        <source>A unit is missing: %1ms, %1s …</source>
        <translation>缺少单位：%1ms、%1s …</translation>
    </message>
    <message>
        <source>A date and time is written as &quot;2026-11-26 10:15:00&quot;, a time since the start as 10s.</source>
        <translation>日期和时间写作 &quot;2026-11-26 10:15:00&quot;，自开始以来的时间写作 10s。</translation>
    </message>
    <message>
        <source>This is no regular expression: %1.</source>
        <translation>这不是正则表达式：%1。</translation>
    </message>
    <message>
        <source>A text in quotes is expected: %1 == &quot;…&quot;.</source>
        <translation>此处应为带引号的文本：%1 == &quot;…&quot;。</translation>
    </message>
    <message>
        <source>\x is followed by two hexadecimal digits, \u by four.</source>
        <translation>\x 之后应为两位十六进制数字，\u 之后应为四位。</translation>
    </message>
    <message>
        <source>This text is never closed: add %1 behind it.</source>
        <translation>此文本没有闭合：请在其后添加 %1。</translation>
    </message>
    <message>
        <source>Bytes are written in hexadecimal, as 0a:0b, or as a text in quotes.</source>
        <translation>字节用十六进制书写，形如 0a:0b，或写成带引号的文本。</translation>
    </message>
    <message>
        <source>Write the bytes that it should contain: 0a:0b.</source>
        <translation>请写明应包含的字节：0a:0b。</translation>
    </message>
    <message>
        <source>Write what it should contain: &quot;ERROR&quot;.</source>
        <translation>请写明应包含的内容：&quot;ERROR&quot;。</translation>
    </message>
</context>
<context>
    <name>ipc::Arguments</name>
    <message>
        <source>take an argument</source>
        <translation>取出参数</translation>
    </message>
    <message>
        <source>there is no %1 at this position</source>
        <translation>此位置没有 %1</translation>
    </message>
    <message>
        <source>it is a %1, not a %2</source>
        <translation>它是 %1，不是 %2</translation>
    </message>
    <message>
        <source>it was taken already</source>
        <translation>它已被取出</translation>
    </message>
    <message>
        <source>duplicate the descriptor of an argument</source>
        <translation>复制参数的描述符</translation>
    </message>
</context>
<context>
    <name>ipc::Barrier</name>
    <message>
        <source>wait at the barrier</source>
        <translation>在屏障处等待</translation>
    </message>
    <message>
        <source>it was aborted</source>
        <translation>它已被中止</translation>
    </message>
    <message>
        <source>not all came in time</source>
        <translation>未能全部按时到达</translation>
    </message>
    <message>
        <source>a process that waited died</source>
        <translation>一个正在等待的进程已终止</translation>
    </message>
    <message>
        <source>its action failed</source>
        <translation>它的动作失败了</translation>
    </message>
    <message>
        <source>it was reset</source>
        <translation>它已被重置</translation>
    </message>
    <message>
        <source>the action of the round before still runs</source>
        <translation>上一轮的动作仍在运行</translation>
    </message>
    <message>
        <source>create the barrier</source>
        <translation>创建屏障</translation>
    </message>
    <message>
        <source>it is for 1 to 512 parties</source>
        <translation>它适用于 1 到 512 个参与者</translation>
    </message>
</context>
<context>
    <name>ipc::Condition</name>
    <message>
        <source>wait for the condition</source>
        <translation>等待条件</translation>
    </message>
    <message>
        <source>this thread does not hold its lock</source>
        <translation>此线程未持有它的锁</translation>
    </message>
    <message>
        <source>512 wait for it already</source>
        <translation>已有 512 个在等待它</translation>
    </message>
    <message>
        <source>notify those who wait for the condition</source>
        <translation>通知等待条件者</translation>
    </message>
    <message>
        <source>attach to the condition</source>
        <translation>连接到条件</translation>
    </message>
    <message>
        <source>it is not of this lock</source>
        <translation>它不属于这个锁</translation>
    </message>
    <message>
        <source>it is of a lock, which is needed as well</source>
        <translation>它属于一个锁，还需要提供该锁</translation>
    </message>
</context>
<context>
    <name>ipc::Event</name>
    <message>
        <source>wait for the event</source>
        <translation>等待事件</translation>
    </message>
</context>
<context>
    <name>ipc::Lock</name>
    <message>
        <source>acquire the lock</source>
        <translation>获取锁</translation>
    </message>
    <message>
        <source>release the lock</source>
        <translation>释放锁</translation>
    </message>
    <message>
        <source>thread %1 of process %2 holds it</source>
        <translation>它由进程 %2 的线程 %1 持有</translation>
    </message>
    <message>
        <source>this thread does not hold it</source>
        <translation>此线程未持有它</translation>
    </message>
    <message>
        <source>it is not locked</source>
        <translation>它未被锁定</translation>
    </message>
</context>
<context>
    <name>ipc::ParentProcess</name>
    <message>
        <source>wait for the parent</source>
        <translation>等待父进程</translation>
    </message>
</context>
<context>
    <name>ipc::Process</name>
    <message>
        <source>start the process</source>
        <translation>启动进程</translation>
    </message>
    <message>
        <source>the class %1 is not registered (ProcessClass)</source>
        <translation>类 %1 未注册（ProcessClass）</translation>
    </message>
    <message>
        <source>no function “%1” is registered</source>
        <translation>未注册函数“%1”</translation>
    </message>
    <message numerus="yes">
        <source>this process has %n thread(s), and a fork copies only the one that calls it: locks that the others hold would stay locked in the copy. Use StartMethod::Spawn.</source>
        <translation>
            <numerusform>此进程有 %n 个线程，而 fork 只复制调用它的那一个：其他线程持有的锁在副本中将一直锁定。请使用 StartMethod::Spawn。</numerusform>
        </translation>
    </message>
    <message>
        <source>a process is started once</source>
        <translation>进程只能启动一次</translation>
    </message>
    <message>
        <source>it belongs to the process in which it was made (%1)</source>
        <translation>它属于创建它的进程（%1）</translation>
    </message>
    <message>
        <source>this process is a daemon, and daemons may not have children</source>
        <translation>此进程是守护进程，守护进程不能有子进程</translation>
    </message>
    <message>
        <source>it was not started</source>
        <translation>它尚未启动</translation>
    </message>
    <message>
        <source>it is no child of this process, but of %1</source>
        <translation>它不是此进程的子进程，而是 %1 的子进程</translation>
    </message>
    <message>
        <source>wait for the process</source>
        <translation>等待进程</translation>
    </message>
    <message>
        <source>terminate the process</source>
        <translation>终止进程</translation>
    </message>
    <message>
        <source>kill the process</source>
        <translation>强制结束进程</translation>
    </message>
    <message>
        <source>watch the process</source>
        <translation>监视进程</translation>
    </message>
    <message>
        <source>close the process</source>
        <translation>关闭进程</translation>
    </message>
    <message>
        <source>it still runs: end it, or wait for it with join(), first</source>
        <translation>它仍在运行：请先结束它，或用 join() 等待它</translation>
    </message>
    <message>
        <source>find forkscope-worker</source>
        <translation>查找 forkscope-worker</translation>
    </message>
    <message>
        <source>Looked for: %1. A program that calls runWorkerIfAsked() first in main() needs none.</source>
        <translation>已查找：%1。在 main() 开头调用 runWorkerIfAsked() 的程序不需要它。</translation>
    </message>
</context>
<context>
    <name>ipc::Semaphore</name>
    <message>
        <source>acquire the semaphore</source>
        <translation>获取信号量</translation>
    </message>
    <message>
        <source>release the semaphore</source>
        <translation>释放信号量</translation>
    </message>
    <message>
        <source>it was released more often than acquired</source>
        <translation>其释放次数超过了获取次数</translation>
    </message>
    <message>
        <source>its value is the greatest already</source>
        <translation>它的值已是最大</translation>
    </message>
    <message>
        <source>create the semaphore</source>
        <translation>创建信号量</translation>
    </message>
    <message>
        <source>its value is 0 to 2,147,483,647</source>
        <translation>它的值为 0 到 2,147,483,647</translation>
    </message>
</context>
<context>
    <name>ipc::SharedData</name>
    <message>
        <source>attach to the shared value</source>
        <translation>连接到共享值</translation>
    </message>
    <message>
        <source>its type is another</source>
        <translation>它是另一种类型</translation>
    </message>
    <message>
        <source>create the shared value</source>
        <translation>创建共享值</translation>
    </message>
    <message>
        <source>use the shared value</source>
        <translation>使用共享值</translation>
    </message>
    <message>
        <source>process %1 died while it held the lock, so the value may be half written; the next use goes on</source>
        <translation>进程 %1 在持有锁时终止，因此该值可能只写了一半；下次使用将继续</translation>
    </message>
    <message>
        <source>there is no element %1 of %2</source>
        <translation>共 %2 个元素，没有元素 %1</translation>
    </message>
</context>
<context>
    <name>ipc::Sync</name>
    <message>
        <source>attach to shared memory</source>
        <translation>连接到共享内存</translation>
    </message>
    <message>
        <source>it holds something else, or is of another version</source>
        <translation>它存放着别的东西，或属于另一版本</translation>
    </message>
    <message>
        <source>1,024 processes use it already</source>
        <translation>已有 1,024 个进程在使用它</translation>
    </message>
    <message>
        <source>a process that uses it has overwritten its memory; create a new one</source>
        <translation>使用它的某个进程改写了其内存；请新建一个</translation>
    </message>
    <message>
        <source>process %1 is inside and does not go on; it may be stopped</source>
        <translation>进程 %1 在其内部且未继续；它可能已暂停</translation>
    </message>
</context>
<context>
    <name>pipeline</name>
    <message>
        <source>understand the pipeline</source>
        <translation>理解流水线</translation>
    </message>
    <message>
        <source>what begins at character %1 (%2) is left open</source>
        <translation>第 %1 个字符（%2）处开始的内容没有结束</translation>
    </message>
    <message>
        <source>there is no command before the | at character %1</source>
        <translation>第 %1 个字符处的 | 之前没有命令</translation>
    </message>
    <message>
        <source>%1 at character %2 ends the pipeline, and another follows; put what belongs together into sh -c &apos;…&apos;, or into ( … )</source>
        <translation>第 %2 个字符处的 %1 结束了流水线，后面还有另一条；请把属于一起的部分放进 sh -c &apos;…&apos; 或 ( … )</translation>
    </message>
    <message>
        <source>the line break</source>
        <translation>换行符</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>队列为空</translation>
    </message>
    <message>
        <source>there is no command behind the last |</source>
        <translation>最后一个 | 之后没有命令</translation>
    </message>
</context>
<context>
    <name>pool::Pool</name>
    <message>
        <source>get the result of the task</source>
        <translation>取得任务的结果</translation>
    </message>
    <message>
        <source>it is the result of no task</source>
        <translation>它不是任何任务的结果</translation>
    </message>
    <message>
        <source>it goes on</source>
        <translation>它仍在进行</translation>
    </message>
    <message>
        <source>ask how the task ended</source>
        <translation>询问任务如何结束</translation>
    </message>
    <message>
        <source>it has not ended yet: wait() for it, or ask ready()</source>
        <translation>它尚未结束：请用 wait() 等待，或询问 ready()</translation>
    </message>
    <message>
        <source>it took longer than %1 s</source>
        <translation>用时超过 %1 秒</translation>
    </message>
    <message>
        <source>it was ended by %1</source>
        <translation>它被 %1 结束</translation>
    </message>
    <message>
        <source>exit status %1</source>
        <translation>退出状态 %1</translation>
    </message>
    <message>
        <source>nobody knows how it ended</source>
        <translation>无人知道它如何结束</translation>
    </message>
    <message>
        <source>make memory for a worker</source>
        <translation>为工作进程分配内存</translation>
    </message>
    <message>
        <source>its worker was ended by %1</source>
        <translation>它的工作进程被 %1 结束</translation>
    </message>
    <message>
        <source>its worker ended with exit status %1</source>
        <translation>它的工作进程以退出状态 %1 结束</translation>
    </message>
    <message>
        <source>its worker has ended</source>
        <translation>它的工作进程已结束</translation>
    </message>
    <message>
        <source>it was finished, but its result was lost: %1</source>
        <translation>它已完成，但结果丢失：%1</translation>
    </message>
    <message>
        <source>read a task of the recording</source>
        <translation>读取录制中的任务</translation>
    </message>
    <message>
        <source>the command had descriptors of its program, or a hook</source>
        <translation>该命令带有其程序的描述符或钩子</translation>
    </message>
    <message>
        <source>%1, worker %2</source>
        <translation>%1，工作进程 %2</translation>
    </message>
    <message>
        <source>the initializer fails: %1</source>
        <translation>初始化函数失败：%1</translation>
    </message>
    <message>
        <source>workers are ended at their start by %1</source>
        <translation>工作进程在启动时被 %1 结束</translation>
    </message>
    <message>
        <source>workers end at their start with exit status %1</source>
        <translation>工作进程在启动时以退出状态 %1 结束</translation>
    </message>
    <message>
        <source>submit a task</source>
        <translation>提交任务</translation>
    </message>
    <message>
        <source>it must be either a function or a command</source>
        <translation>它必须是函数或命令之一</translation>
    </message>
    <message>
        <source>the number of retries must be between 0 and 60,000</source>
        <translation>重试次数必须在 0 到 60,000 之间</translation>
    </message>
    <message>
        <source>the delay before another attempt cannot be negative</source>
        <translation>再次尝试前的延迟不能为负</translation>
    </message>
    <message>
        <source>the timeout cannot be negative</source>
        <translation>超时不能为负</translation>
    </message>
    <message>
        <source>it can only come after an earlier task, and %1 is none</source>
        <translation>它只能排在更早的任务之后，而 %1 不是</translation>
    </message>
    <message>
        <source>an argument holds a NUL byte</source>
        <translation>某个参数含有 NUL 字节</translation>
    </message>
    <message>
        <source>the function has no name</source>
        <translation>函数没有名称</translation>
    </message>
    <message>
        <source>task %1 of the list: %2</source>
        <translation>列表中的任务 %1：%2</translation>
    </message>
    <message>
        <source>make the pool</source>
        <translation>创建进程池</translation>
    </message>
    <message>
        <source>the number of processes must be at least 1</source>
        <translation>进程数必须至少为 1</translation>
    </message>
    <message>
        <source>a worker must be allowed at least one task; 0 means: as many as there are</source>
        <translation>每个工作进程必须至少允许一个任务；0 表示不限</translation>
    </message>
    <message>
        <source>the halt policy needs a number of tasks from 1 on, or a percentage from 1 to 100</source>
        <translation>中止策略需要从 1 起的任务数，或 1 到 100 的百分比</translation>
    </message>
    <message>
        <source>no task function “%1” is registered for the initializer</source>
        <translation>没有为初始化函数登记名为“%1”的任务函数</translation>
    </message>
    <message>
        <source>Pool %1</source>
        <translation>进程池 %1</translation>
    </message>
    <message>
        <source>the pool was terminated</source>
        <translation>进程池已被终止</translation>
    </message>
    <message>
        <source>the pool was closed</source>
        <translation>进程池已关闭</translation>
    </message>
    <message>
        <source>a task that it needs did not succeed</source>
        <translation>它所依赖的任务没有成功</translation>
    </message>
    <message numerus="yes">
        <source>the pool was halted after %n failure(s)</source>
        <translation>
            <numerusform>进程池在 %n 次失败后中止</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the pool was halted after %n success(es)</source>
        <translation>
            <numerusform>进程池在 %n 次成功后中止</numerusform>
        </translation>
    </message>
    <message>
        <source>submit tasks</source>
        <translation>提交任务</translation>
    </message>
    <message>
        <source>the chunk size must be at least 1; 0 means: choose it</source>
        <translation>分块大小必须至少为 1；0 表示自动选择</translation>
    </message>
    <message>
        <source>its arguments are %L1 bytes long, the most is %L2</source>
        <translation>其参数长 %L1 字节，最多为 %L2</translation>
    </message>
    <message>
        <source>get the next result</source>
        <translation>取得下一个结果</translation>
    </message>
    <message>
        <source>get the next argument</source>
        <translation>取得下一个参数</translation>
    </message>
    <message>
        <source>join the pool</source>
        <translation>等待进程池结束</translation>
    </message>
    <message>
        <source>a callback of the pool cannot wait for the pool&apos;s end</source>
        <translation>进程池的回调不能等待进程池结束</translation>
    </message>
    <message>
        <source>the pool still takes tasks, so its workers would never end: call close() or terminate() first</source>
        <translation>进程池仍在接受任务，工作进程不会结束：请先调用 close() 或 terminate()</translation>
    </message>
    <message>
        <source>run the command</source>
        <translation>运行命令</translation>
    </message>
    <message>
        <source>do the task</source>
        <translation>执行任务</translation>
    </message>
</context>
<context>
    <name>poolHalt</name>
    <message>
        <source>understand when to halt</source>
        <translation>理解何时停止</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>it is never, soon or now</source>
        <translation>应为 never、soon 或 now</translation>
    </message>
    <message>
        <source>behind %1, comes fail=, success= or done=</source>
        <translation>%1, 之后应为 fail=、success= 或 done=</translation>
    </message>
    <message>
        <source>it is a number from 1 on, or 1% to 100%</source>
        <translation>应为不小于 1 的数，或 1% 到 100%</translation>
    </message>
</context>
<context>
    <name>poolInputs</name>
    <message>
        <source>give a command its inputs</source>
        <translation>为命令提供输入</translation>
    </message>
    <message>
        <source>it needs at least one</source>
        <translation>至少需要一个</translation>
    </message>
    <message>
        <source>split the inputs into columns</source>
        <translation>将输入拆分为列</translation>
    </message>
    <message>
        <source>%1, at character %2</source>
        <translation>%1，位于第 %2 个字符</translation>
    </message>
    <message>
        <source>make a command of input %1</source>
        <translation>用输入 %1 生成命令</translation>
    </message>
    <message>
        <source>it has more than %1 bytes, the most that an argument can have</source>
        <translation>它超过了 %1 字节，即一个参数的最大长度</translation>
    </message>
    <message>
        <source>there is a NUL in it. Inputs that end with NUL are read with -0</source>
        <translation>其中含有 NUL。以 NUL 结尾的输入请用 -0 读取</translation>
    </message>
    <message>
        <source>read the inputs</source>
        <translation>读取输入</translation>
    </message>
    <message>
        <source>standard input</source>
        <translation>标准输入</translation>
    </message>
    <message>
        <source>find the files that match</source>
        <translation>查找匹配的文件</translation>
    </message>
    <message>
        <source>there are none</source>
        <translation>没有这样的文件</translation>
    </message>
    <message>
        <source>count through the range</source>
        <translation>展开数字范围</translation>
    </message>
    <message>
        <source>it is written FIRST..LAST or FIRST..LAST..STEP, as 1..10</source>
        <translation>格式为 FIRST..LAST 或 FIRST..LAST..STEP，例如 1..10</translation>
    </message>
    <message>
        <source>“%1” is no whole number</source>
        <translation>“%1”不是整数</translation>
    </message>
    <message>
        <source>the step is 0</source>
        <translation>步长为 0</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>它太长了</translation>
    </message>
</context>
<context>
    <name>poolJobLog</name>
    <message>
        <source>write the job log</source>
        <translation>写入作业日志</translation>
    </message>
    <message>
        <source>open the job log</source>
        <translation>打开作业日志</translation>
    </message>
    <message>
        <source>read the job log</source>
        <translation>读取作业日志</translation>
    </message>
    <message>
        <source>line %1 is none of a job log</source>
        <translation>第 %1 行不是作业日志的内容</translation>
    </message>
</context>
<context>
    <name>poolOutput</name>
    <message>
        <source>make a temporary file</source>
        <translation>创建临时文件</translation>
    </message>
    <message>
        <source>write a temporary file</source>
        <translation>写入临时文件</translation>
    </message>
    <message>
        <source>read a temporary file</source>
        <translation>读取临时文件</translation>
    </message>
</context>
<context>
    <name>poolTemplate</name>
    <message>
        <source>put the inputs into the command</source>
        <translation>将输入放入命令</translation>
    </message>
    <message>
        <source>no input is safe within `…` or behind &lt;&lt;; use $(…), or give it to the standard input with printf</source>
        <translation>在 `…` 之内或 &lt;&lt; 之后，任何输入都不安全；请改用 $(…)，或用 printf 送入标准输入</translation>
    </message>
    <message numerus="yes">
        <source>each command gets %n inputs only</source>
        <translation>
            <numerusform>每个命令只得到 %n 个输入</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>runCommand</name>
    <message>
        <source>The command was not started (%1): %2</source>
        <translation>命令没有启动（%1）：%2</translation>
    </message>
    <message>
        <source>Nobody knows how the command “%1” ended.</source>
        <translation>没有人知道命令“%1”是如何结束的。</translation>
    </message>
    <message>
        <source>The command “%1” died with %2.</source>
        <translation>命令“%1”因 %2 而终止。</translation>
    </message>
    <message>
        <source>The command “%1” ended with exit status %2.</source>
        <translation>命令“%1”以退出状态 %2 结束。</translation>
    </message>
    <message>
        <source>The command “%1” was stopped: it took longer than %2 s.</source>
        <translation>命令“%1”已被停止：运行超过了 %2 秒。</translation>
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
