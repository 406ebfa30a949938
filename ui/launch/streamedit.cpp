// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/streamedit.h"

#include "ui/launch/pathedit.h"
#include "ui/widgets/bytestext.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <limits>

namespace forkscope {

namespace {

constexpr int kNamedPipe = -1; ///< beside StreamTarget::Kind

}

StreamEdit::StreamEdit(Stream stream, const QString &name, QWidget *parent)
    : QWidget(parent), m_name(name), m_stream(stream), m_kind(new QComboBox),
      m_path(new PathEdit(stream == Stream::Input ? PathEdit::Kind::Input : PathEdit::Kind::Output, tr("%1: file").arg(name))),
      m_open(stream == Stream::Input ? nullptr : new QComboBox), m_descriptor(new QSpinBox)
{
    using Kind = StreamTarget::Kind;
    const bool input = stream == Stream::Input;
    const auto add = [this](Kind kind, const QString &text) { m_kind->addItem(text, int(kind)); };
    add(Kind::Pipe, input ? tr("Pipe: typed or sent from here") : tr("Pipe: shown and recorded"));
    add(Kind::Pty, tr("Terminal"));
    add(Kind::Null, input ? tr("Nothing to read (/dev/null)") : tr("Thrown away (/dev/null)"));
    add(Kind::File, input ? tr("From a file") : tr("Into a file"));
    add(Kind::Descriptor, tr("An open descriptor"));
    add(Kind::Inherit, tr("Inherited from Forkscope"));
    if (stream == Stream::Error)
        add(Kind::StandardOutput, tr("Where standard output goes"));
    m_kind->setAccessibleName(name);
    m_descriptor->setRange(0, std::numeric_limits<int>::max());
    m_descriptor->setAccessibleName(tr("%1: number of the descriptor").arg(name));
    setFocusProxy(m_kind);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_kind, 0, Qt::AlignTop);
    if (m_open) {
        m_open->addItem(tr("emptied first"), false);
        m_open->addItem(tr("appended to"), true);
        m_open->setAccessibleName(tr("%1: what becomes of an existing file").arg(name));
        layout->addWidget(m_open, 0, Qt::AlignTop);
        connect(m_open, &QComboBox::activated, this, &StreamEdit::changed);
    }
    layout->addWidget(m_path, 1);
    layout->addWidget(m_descriptor, 0, Qt::AlignTop);
    layout->addStretch(0);
    connect(m_kind, &QComboBox::activated, this, [this] {
        showParts();
        emit changed();
    });
    connect(m_path, &PathEdit::changed, this, &StreamEdit::changed);
    connect(m_descriptor, &QSpinBox::valueChanged, this, &StreamEdit::changed);
    showParts();
}

StreamTarget::Kind StreamEdit::kind() const
{
    return isNamedPipe() ? StreamTarget::Kind::Pipe : StreamTarget::Kind(m_kind->currentData().toInt());
}

void StreamEdit::setPipes(const QStringList &names, const QString &chosen)
{
    const bool input = m_stream == Stream::Input;
    if (!m_pipe) {
        m_kind->insertItem(1, input ? tr("From a named pipe") : tr("Into a named pipe"), kNamedPipe);
        m_pipe = new QComboBox;
        m_pipe->setEditable(true);
        m_pipe->setInsertPolicy(QComboBox::NoInsert);
        m_pipe->setMinimumContentsLength(16);
        m_pipe->setAccessibleName(tr("%1: name of the pipe").arg(m_name));
        m_pipe->lineEdit()->setPlaceholderText(tr("name of the pipe"));
        m_pipeNote = new QLabel;
        m_pipeNote->setForegroundRole(QPalette::PlaceholderText);
        auto *row = static_cast<QHBoxLayout *>(layout());
        row->insertWidget(1, m_pipe, 0, Qt::AlignTop);
        row->insertWidget(2, m_pipeNote);
        setTabOrder(m_kind, m_pipe);
        connect(m_kind, &QComboBox::activated, m_pipe, [this] {
            if (isNamedPipe())
                m_pipe->setFocus();
        });
        connect(m_pipe, &QComboBox::editTextChanged, this, [this] {
            showParts();
            emit changed();
        });
    }
    const QSignalBlocker quiet(m_pipe);
    m_pipe->clear();
    m_pipe->addItems(names);
    m_pipe->setEditText(chosen);
    if (!chosen.isEmpty())
        m_kind->setCurrentIndex(m_kind->findData(kNamedPipe));
    showParts();
}

bool StreamEdit::isNamedPipe() const
{
    return m_kind->currentData().toInt() == kNamedPipe;
}

QString StreamEdit::pipe() const
{
    return isNamedPipe() ? m_pipe->currentText().trimmed() : QString();
}

StreamTarget StreamEdit::target() const
{
    StreamTarget target;
    target.kind = kind();
    if (target.kind == StreamTarget::Kind::File) {
        target.path = m_path->path();
        target.append = m_open && m_open->currentData().toBool();
    } else if (target.kind == StreamTarget::Kind::Descriptor) {
        target.descriptor = m_descriptor->value();
    }
    return target;
}

void StreamEdit::setTarget(const StreamTarget &target)
{
    m_kind->setCurrentIndex(std::max(m_kind->findData(int(target.kind)), 0));
    if (target.kind == StreamTarget::Kind::File)
        m_path->setPath(target.path);
    if (m_open)
        m_open->setCurrentIndex(target.append ? 1 : 0);
    if (target.kind == StreamTarget::Kind::Descriptor) {
        const QSignalBlocker quiet(m_descriptor);
        m_descriptor->setValue(target.descriptor);
    }
    showParts();
}

void StreamEdit::setBase(const QByteArray &directory)
{
    m_path->setBase(directory);
}

QString StreamEdit::summary() const
{
    const QString name = m_stream == Stream::Input ? QStringLiteral("stdin")
        : m_stream == Stream::Output               ? QStringLiteral("stdout")
                                                   : QStringLiteral("stderr");
    const StreamTarget to = target();
    if (isNamedPipe()) {
        const QString shown = pipe().isEmpty() ? QStringLiteral("?") : pipe();
        return m_stream == Stream::Input ? tr("%1 from pipe %2").arg(name, shown) : tr("%1 into pipe %2").arg(name, shown);
    }
    switch (to.kind) {
    case StreamTarget::Kind::Pipe:
        return {};
    case StreamTarget::Kind::Pty:
        return tr("%1 on a terminal").arg(name);
    case StreamTarget::Kind::Null:
        return m_stream == Stream::Input ? tr("nothing on %1").arg(name) : tr("%1 thrown away").arg(name);
    case StreamTarget::Kind::File: {
        const QString file = textOfBytes(to.path.isEmpty() ? QByteArray("?") : to.path.mid(to.path.lastIndexOf('/') + 1));
        if (m_stream == Stream::Input)
            return tr("%1 from %2").arg(name, file);
        return to.append ? tr("%1 appended to %2").arg(name, file) : tr("%1 into %2").arg(name, file);
    }
    case StreamTarget::Kind::Descriptor:
        return tr("%1 is descriptor %2").arg(name).arg(to.descriptor);
    case StreamTarget::Kind::Inherit:
        return tr("%1 inherited").arg(name);
    case StreamTarget::Kind::StandardOutput:
        return QStringLiteral("stderr → stdout");
    }
    return {};
}

void StreamEdit::showParts()
{
    m_path->setVisible(kind() == StreamTarget::Kind::File);
    if (m_open)
        m_open->setVisible(kind() == StreamTarget::Kind::File);
    m_descriptor->setVisible(kind() == StreamTarget::Kind::Descriptor);
    if (m_pipe) {
        m_pipe->setVisible(isNamedPipe());
        const bool isNew = !pipe().isEmpty() && m_pipe->findText(pipe(), Qt::MatchExactly | Qt::MatchCaseSensitive) < 0;
        m_pipeNote->setText(isNew ? tr("a new pipe of the workspace") : tr("of the workspace, with a tap"));
        m_pipeNote->setVisible(isNamedPipe());
    }
}

} // namespace forkscope
