// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/streamssection.h"

#include "ui/launch/inputedit.h"
#include "ui/launch/streamedit.h"
#include "ui/widgets/quantity.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStringConverter>

#include <limits>

namespace forkscope {

namespace {

enum Buffering { Default, None, ByLine, Bytes };

/// Why the text is no size that fits an int; empty: it is one.
QString sizeFault(const QString &text)
{
    const Result<quint64> size = parseSize(text);
    if (!size)
        return size.error().detail;
    return size.value() > quint64(std::numeric_limits<int>::max()) ? StreamsSection::tr("it is below 2 GiB") : QString();
}

/// Why the named pipe that was chosen cannot be one; empty: it can, or another kind is chosen.
QString pipeFault(const StreamEdit &stream)
{
    return stream.isNamedPipe() ? pipeNameFault({}, stream.pipe()) : QString();
}

int sizeOr(const QString &text, int fallback)
{
    return sizeFault(text).isEmpty() ? int(parseSize(text).value()) : fallback;
}

} // namespace

StreamsSection::StreamsSection(QWidget *parent)
    : LaunchSection(tr("Streams"), parent), m_input(new StreamEdit(StreamEdit::Stream::Input, tr("Standard input"))),
      m_output(new StreamEdit(StreamEdit::Stream::Output, tr("Standard output"))),
      m_error(new StreamEdit(StreamEdit::Stream::Error, tr("Standard error"))), m_text(new InputEdit),
      m_capture(new QCheckBox(tr("Capture output"))), m_columns(new QSpinBox), m_rows(new QSpinBox), m_pipeSize(new QLineEdit),
      m_buffering(new QComboBox), m_bufferSize(new QLineEdit), m_decode(new QCheckBox(tr("Decode"))), m_encoding(new QComboBox),
      m_errors(new QComboBox)
{
    buildStreams();
    buildSizes();
    buildText();
}

void StreamsSection::buildStreams()
{
    addRow({"stdin", tr("Standard input"), QStringLiteral("stdin=PIPE, DEVNULL, a file, a descriptor, None"),
               tr("What the command reads. Through a pipe you can type to it, or send it a file, while it runs.")},
        m_input);
    judgeBy([this] { return pipeFault(*m_input); });
    addRow({"input", tr("Input text"), QStringLiteral("run(input=…), communicate(input)"),
               tr("Sent to the standard input at the start, which is then closed. Needs the pipe.")},
        m_text);
    judgeBy([this] {
        return m_input->isNamedPipe() && m_text->input()
            ? tr("the standard input is a named pipe, into which other commands write; choose “Pipe: typed or sent from here”")
            : QString();
    });
    addRow({"stdout", tr("Standard output"), QStringLiteral("stdout=PIPE, DEVNULL, a file, a descriptor, None"),
               tr("Where its output goes. Only what comes through a pipe or a terminal can be shown and recorded here.")},
        m_output);
    judgeBy([this] { return pipeFault(*m_output); });
    addRow({"stderr", tr("Standard error"), QStringLiteral("stderr=PIPE, DEVNULL, a file, a descriptor, STDOUT, None"),
               tr("Where its messages go. “Where standard output goes” mixes both in the order in which they are written.")},
        m_error);
    addCheck({"capture_output", m_capture->text(), QStringLiteral("run(capture_output=True)"),
                 tr("Standard output and standard error are pipes, whose content is handed back with the result.")},
        m_capture);
    for (StreamEdit *stream : {m_input, m_output, m_error}) {
        connect(stream, &StreamEdit::changed, this, [this] {
            showTerminalSize();
            emit changed();
        });
    }
    connect(m_text, &InputEdit::changed, this, &LaunchSection::changed);
    connect(m_capture, &QCheckBox::toggled, this, &LaunchSection::changed);
}

void StreamsSection::buildSizes()
{
    auto *terminal = new QWidget;
    auto *size = new QHBoxLayout(terminal);
    size->setContentsMargins(0, 0, 0, 0);
    for (QSpinBox *box : {m_columns, m_rows}) {
        box->setRange(1, 65535);
        connect(box, &QSpinBox::valueChanged, this, &LaunchSection::changed);
    }
    m_columns->setAccessibleName(tr("Terminal: columns"));
    m_rows->setAccessibleName(tr("Terminal: rows"));
    size->addWidget(m_columns);
    size->addWidget(new QLabel(QStringLiteral("×")));
    size->addWidget(m_rows);
    size->addWidget(new QLabel(tr("columns × rows")));
    size->addStretch();
    addRow({"terminal", tr("Terminal size"), QStringLiteral("none; fcntl.ioctl(fd, termios.TIOCSWINSZ, …)"),
               tr("Of the terminal at the start. A view that shows it resizes it.")},
        terminal, m_columns);

    m_pipeSize->setPlaceholderText(tr("the system's, 64 KiB as a rule"));
    addRow({"pipesize", tr("Pipe size"), QStringLiteral("pipesize, fcntl(F_SETPIPE_SZ)"),
               tr("How much a pipe holds before the writer has to wait, for example 1 MiB; the kernel rounds up. "
                  "Empty: the system's default.")},
        m_pipeSize);
    judgeBy([this] { return m_pipeSize->text().trimmed().isEmpty() ? QString() : sizeFault(m_pipeSize->text()); });
    connect(m_pipeSize, &QLineEdit::textEdited, this, &LaunchSection::changed);

    m_buffering->addItem(tr("Default (8 KiB)"));
    m_buffering->addItem(tr("None"));
    m_buffering->addItem(tr("By line"));
    m_buffering->addItem(tr("Bytes:"));
    m_bufferSize->setAccessibleName(tr("Size of the buffer"));
    m_bufferSize->setPlaceholderText(QStringLiteral("64 KiB"));
    m_bufferSize->hide();
    auto *buffer = new QWidget;
    auto *row = new QHBoxLayout(buffer);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_buffering);
    row->addWidget(m_bufferSize);
    row->addStretch();
    addRow({"bufsize", tr("Our buffer"), QStringLiteral("bufsize=−1, 0, 1, n"),
               tr("How our side of the pipes is buffered; by line needs text. It does not change how the command buffers its own "
                  "output: a terminal does.")},
        buffer, m_buffering);
    judgeBy([this] { return m_buffering->currentIndex() == Bytes ? sizeFault(m_bufferSize->text()) : QString(); });
    connect(m_buffering, &QComboBox::activated, this, [this] {
        m_bufferSize->setVisible(m_buffering->currentIndex() == Bytes);
        emit changed();
    });
    connect(m_bufferSize, &QLineEdit::textEdited, this, &LaunchSection::changed);
}

void StreamsSection::buildText()
{
    m_encoding->setEditable(true);
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->addItem(QString());
    for (const char *name : {"UTF-8", "UTF-16", "UTF-32", "ISO-8859-1", "ISO-8859-15", "windows-1252", "GB18030", "Big5",
             "Shift_JIS", "EUC-KR", "KOI8-R"})
        m_encoding->addItem(QLatin1String(name));
    m_encoding->lineEdit()->setPlaceholderText(QStringLiteral("UTF-8"));
    m_errors->setAccessibleName(tr("What does not fit"));
    m_errors->addItem(tr("Default"), -1);
    m_errors->addItem(tr("Fail (strict)"), int(TextErrors::Strict));
    m_errors->addItem(tr("Replace by � (replace)"), int(TextErrors::Replace));
    m_errors->addItem(tr("Leave out (ignore)"), int(TextErrors::Ignore));
    m_errors->addItem(tr("Write as \\xNN (backslashreplace)"), int(TextErrors::BackslashReplace));
    m_errors->addItem(tr("Keep the bytes (surrogateescape)"), int(TextErrors::SurrogateEscape));

    addRow(
        {"text", tr("Text"), QStringLiteral("text=True, universal_newlines=True"),
            tr("The result is text: decoded, and CRLF and CR become LF. An encoding or a rule for errors means it too. What is "
               "recorded stays the bytes as they came.")},
        m_decode);
    addRow({"encoding", tr("Encoding"), QStringLiteral("encoding"),
               tr("Which encoding the bytes are in, any name that Qt or ICU knows. Empty: UTF-8.")},
        m_encoding);
    addRow({"errors", tr("What does not fit"), QStringLiteral("errors"),
               tr("What becomes of bytes that are no text in this encoding.")},
        m_errors);
    connect(m_decode, &QCheckBox::toggled, this, &LaunchSection::changed);
    connect(m_encoding, &QComboBox::editTextChanged, this, &LaunchSection::changed);
    connect(m_errors, &QComboBox::activated, this, &LaunchSection::changed);
}

void StreamsSection::load(const LaunchProfile &profile)
{
    const LaunchSpec &spec = profile.launch;
    m_input->setTarget(spec.standardInput);
    m_output->setTarget(spec.standardOutput);
    m_error->setTarget(spec.standardError);
    m_text->setInput(spec.input);
    m_capture->setChecked(spec.captureOutput);
    m_columns->setValue(spec.terminalColumns);
    m_rows->setValue(spec.terminalRows);
    m_pipeSize->setText(spec.pipeSize < 0 ? QString() : sizeInputText(quint64(spec.pipeSize)));
    m_buffering->setCurrentIndex(spec.bufferSize < 0 ? Default
            : spec.bufferSize == 0                   ? None
            : spec.bufferSize == 1                   ? ByLine
                                                     : Bytes);
    m_bufferSize->setText(spec.bufferSize > 1 ? sizeInputText(quint64(spec.bufferSize)) : QString());
    m_bufferSize->setVisible(m_buffering->currentIndex() == Bytes);
    m_decode->setChecked(spec.text);
    m_encoding->setEditText(QString::fromLatin1(spec.encoding));
    m_errors->setCurrentIndex(m_errors->findData(spec.errors ? int(*spec.errors) : -1));
    showTerminalSize();
}

void StreamsSection::store(LaunchProfile &profile) const
{
    LaunchSpec &spec = profile.launch;
    spec.standardInput = m_input->target();
    spec.standardOutput = m_output->target();
    spec.standardError = m_error->target();
    spec.input = m_text->input();
    spec.captureOutput = m_capture->isChecked();
    spec.terminalColumns = m_columns->value();
    spec.terminalRows = m_rows->value();
    spec.pipeSize = m_pipeSize->text().trimmed().isEmpty() ? -1 : sizeOr(m_pipeSize->text(), spec.pipeSize);
    switch (m_buffering->currentIndex()) {
    case Default:
        spec.bufferSize = -1;
        break;
    case None:
    case ByLine:
        spec.bufferSize = m_buffering->currentIndex() - None;
        break;
    default:
        spec.bufferSize = sizeOr(m_bufferSize->text(), spec.bufferSize);
        break;
    }
    spec.text = m_decode->isChecked();
    spec.encoding = m_encoding->currentText().trimmed().toLatin1();
    const int errors = m_errors->currentData().toInt();
    spec.errors = errors < 0 ? std::nullopt : std::optional(TextErrors(errors));
}

QString StreamsSection::summary() const
{
    LaunchProfile profile;
    store(profile);
    const LaunchSpec &spec = profile.launch;
    const LaunchSpec usual;
    QStringList parts;
    if (const auto pty = StreamTarget::Kind::Pty;
        spec.standardInput.kind == pty && spec.standardOutput.kind == pty && spec.standardError.kind == pty) {
        parts.append(tr("on a terminal"));
    } else {
        for (const StreamEdit *stream : {m_input, m_output, m_error}) {
            if (const QString text = stream->summary(); !text.isEmpty())
                parts.append(text);
        }
    }
    if (spec.input)
        parts.append(tr("input given"));
    if (spec.captureOutput)
        parts.append(tr("output captured"));
    if (spec.usesTerminal() && (spec.terminalColumns != usual.terminalColumns || spec.terminalRows != usual.terminalRows))
        parts.append(QStringLiteral("%1 × %2").arg(spec.terminalColumns).arg(spec.terminalRows));
    if (spec.pipeSize != usual.pipeSize)
        parts.append(
            spec.pipeSize < 0 ? tr("pipes of the system's size") : tr("pipes of %1").arg(sizeInputText(quint64(spec.pipeSize))));
    if (spec.bufferSize != usual.bufferSize)
        parts.append(spec.bufferSize == 0 ? tr("unbuffered")
                : spec.bufferSize == 1    ? tr("buffered by line")
                                          : tr("buffer of %1").arg(sizeInputText(quint64(spec.bufferSize))));
    if (spec.isText())
        parts.append(spec.encoding.isEmpty() ? tr("as text") : tr("as text, %1").arg(QString::fromLatin1(spec.encoding)));
    return parts.join(QStringLiteral(", "));
}

void StreamsSection::setTerminal(bool terminal)
{
    for (StreamEdit *stream : {m_input, m_output, m_error}) {
        if (terminal || stream->target().kind == StreamTarget::Kind::Pty)
            stream->setTarget({terminal ? StreamTarget::Kind::Pty : StreamTarget::Kind::Pipe, {}, false, -1});
    }
    showTerminalSize();
    emit changed();
}

void StreamsSection::setBase(const QByteArray &directory)
{
    for (StreamEdit *stream : {m_input, m_output, m_error})
        stream->setBase(directory);
}

void StreamsSection::setPipes(const QStringList &names, const ProfilePipes &used)
{
    m_input->setPipes(names, used.input);
    m_output->setPipes(names, used.output);
}

ProfilePipes StreamsSection::pipes() const
{
    return {m_input->pipe(), m_output->pipe()};
}

void StreamsSection::showTerminalSize()
{
    LaunchSpec spec;
    spec.standardInput = m_input->target();
    spec.standardOutput = m_output->target();
    spec.standardError = m_error->target();
    m_columns->setEnabled(spec.usesTerminal());
    m_rows->setEnabled(spec.usesTerminal());
}

} // namespace forkscope
