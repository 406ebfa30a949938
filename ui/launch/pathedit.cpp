// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/pathedit.h"

#include "ui/widgets/bytestext.h"
#include "ui/widgets/status.h"
#include "ui/window/background.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

/// lupdate reads its tr(), which any thread may call.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(PathEdit)
};

QString inputHint(const QFileInfo &info)
{
    if (!info.exists())
        return Words::tr("There is no such file");
    if (info.isDir())
        return Words::tr("This is a directory");
    return info.isReadable() ? QString() : Words::tr("You may not read this file");
}

QString hintFor(PathEdit::Kind kind, const QString &path)
{
    const QFileInfo info(path);
    switch (kind) {
    case PathEdit::Kind::Directory:
        if (!info.exists())
            return Words::tr("There is no such directory");
        if (!info.isDir())
            return Words::tr("This is no directory");
        return info.isExecutable() ? QString() : Words::tr("You may not enter this directory");
    case PathEdit::Kind::Input:
        return inputHint(info);
    case PathEdit::Kind::Output: {
        if (info.isDir())
            return Words::tr("This is a directory");
        const QFileInfo parent(info.absolutePath());
        if (!parent.isDir())
            return Words::tr("The directory of this file does not exist");
        const bool writable = info.exists() ? info.isWritable() : parent.isWritable();
        return writable ? QString() : Words::tr("You may not write this file");
    }
    case PathEdit::Kind::Program:
        if (const QString fault = inputHint(info); !fault.isEmpty() && (!info.exists() || info.isDir()))
            return fault;
        return info.isExecutable() ? QString() : Words::tr("This file is not executable");
    }
    return {};
}

} // namespace

PathEdit::PathEdit(Kind kind, const QString &name, QWidget *parent)
    : QWidget(parent), m_kind(kind), m_line(new QLineEdit), m_choose(new QToolButton), m_hint(new QLabel),
      m_delay(new QTimer(this))
{
    m_line->setAccessibleName(name);
    m_choose->setText(tr("Choose…"));
    m_choose->setAccessibleName(tr("Choose: %1").arg(name));
    m_choose->setFocusPolicy(Qt::StrongFocus);
    m_hint->setTextFormat(Qt::RichText);
    m_hint->setWordWrap(true);
    m_hint->hide();
    setFocusProxy(m_line);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_line, 1);
    row->addWidget(m_choose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_hint);

    m_delay->setSingleShot(true);
    m_delay->setInterval(80);
    connect(m_delay, &QTimer::timeout, this, &PathEdit::look);
    connect(m_line, &QLineEdit::textChanged, m_delay, qOverload<>(&QTimer::start));
    connect(m_line, &QLineEdit::textEdited, this, &PathEdit::changed);
    connect(m_choose, &QToolButton::clicked, this, &PathEdit::choose);
}

QByteArray PathEdit::path() const
{
    return bytesOfText(m_line->text());
}

void PathEdit::setPath(const QByteArray &path)
{
    m_line->setText(textOfBytes(path));
}

void PathEdit::setBase(const QByteArray &directory)
{
    if (directory == m_base)
        return;
    m_base = directory;
    m_delay->start();
}

void PathEdit::look()
{
    ++m_ticket;
    if (m_line->text().isEmpty() || (m_kind == Kind::Program && !m_line->text().contains(u'/'))) {
        m_hint->hide();
        return;
    }
    const QString path = QDir(QFile::decodeName(m_base)).absoluteFilePath(QFile::decodeName(this->path()));
    runInBackground(
        this, [kind = m_kind, path] { return hintFor(kind, path); },
        [this, ticket = m_ticket](const QString &text) {
            if (ticket != m_ticket)
                return;
            m_hint->setText(
                QStringLiteral("<span style='color:%1'>!</span> %2").arg(warningColor().name(), text.toHtmlEscaped()));
            m_hint->setVisible(!text.isEmpty());
        });
}

void PathEdit::choose()
{
    const QString from = QDir(QFile::decodeName(m_base)).absoluteFilePath(QFile::decodeName(path()));
    auto *dialog = new QFileDialog(this, m_line->accessibleName(), from);
    dialog->setFileMode(m_kind == Kind::Directory ? QFileDialog::Directory
            : m_kind == Kind::Output              ? QFileDialog::AnyFile
                                                  : QFileDialog::ExistingFile);
    if (m_kind == Kind::Output) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        // Whether it is replaced or appended to is said beside the field, and happens at the start.
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
    }
    dialog->setOption(QFileDialog::ShowDirsOnly, m_kind == Kind::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        setPath(QFile::encodeName(path));
        emit changed();
    });
    dialog->open();
}

} // namespace forkscope
