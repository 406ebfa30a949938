// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/launch/completion.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSet>
#include <QThread>

#include <algorithm>
#include <atomic>

namespace forkscope {

WordAtCursor wordAtCursor(const QString &line, int cursor)
{
    WordAtCursor word;
    QChar quote;
    bool inWord = false;
    for (int i = 0; i < cursor; ++i) {
        const QChar c = line[i];
        if (quote.isNull() && (c.isSpace() || QStringLiteral("|&;()").contains(c))) {
            if (!c.isSpace())
                word.isCommand = true;
            else if (inWord)
                word.isCommand = false;
            inWord = false;
            word.text.clear();
            continue;
        }
        if (!inWord) {
            inWord = true;
            word.start = i;
        }
        if (quote.isNull() && (c == QLatin1Char('\'') || c == QLatin1Char('"')))
            quote = c;
        else if (c == quote)
            quote = QChar();
        else if (c == QLatin1Char('\\') && quote != QLatin1Char('\'') && i + 1 < cursor)
            word.text.append(line[++i]);
        else
            word.text.append(c);
    }
    if (!inWord)
        word.start = cursor;
    return word;
}

QString escapedWord(const QString &word)
{
    QString result;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const QChar c = word[i];
        const bool home = i == 0 && word.startsWith(QLatin1String("~/"));
        if (!home && QStringLiteral(" \t\n|&;<>()$`\\\"'*?[#~{}=!").contains(c))
            result.append(QLatin1Char('\\'));
        result.append(c);
    }
    return result;
}

/// Lives in the thread of Completion.
class Completion::Worker : public QObject
{
public:
    std::atomic<quint64> wanted = 0; ///< the newest ticket; older questions are not worth an answer

    QStringList find(quint64 ticket, const WordAtCursor &word, const QString &workingDirectory)
    {
        QStringList words = word.isCommand && !word.text.contains(QLatin1Char('/')) ? commands(ticket, word.text)
                                                                                    : paths(ticket, word, workingDirectory);
        std::sort(words.begin(), words.end());
        if (words.size() > kMost)
            words.resize(kMost);
        return words;
    }

private:
    QStringList commands(quint64 ticket, const QString &prefix)
    {
        const QString path = qEnvironmentVariable("PATH");
        if (path != m_path || m_age.hasExpired(10'000)) {
            m_commands.clear();
            for (const QString &directory : path.split(QLatin1Char(':'), Qt::SkipEmptyParts)) {
                QDirIterator entries(directory, QDir::Files | QDir::Executable);
                while (entries.hasNext()) {
                    entries.next();
                    m_commands.insert(entries.fileName());
                }
            }
            m_path = path;
            m_age.start();
        }
        QStringList words;
        // After one letter nobody has said enough for a list to be of use.
        if (prefix.size() >= 2 && ticket == wanted) {
            for (const QString &name : std::as_const(m_commands)) {
                if (name.startsWith(prefix))
                    words.append(escapedWord(name));
            }
        }
        return words;
    }

    QStringList paths(quint64 ticket, const WordAtCursor &word, const QString &workingDirectory)
    {
        const QString typedDirectory = word.text.left(word.text.lastIndexOf(QLatin1Char('/')) + 1);
        const QString prefix = word.text.mid(typedDirectory.size());
        QString directory = typedDirectory;
        if (directory.startsWith(QLatin1String("~/")))
            directory = QDir::homePath() + directory.mid(1);
        directory = QDir(workingDirectory).absoluteFilePath(directory);
        QStringList words;
        QDir::Filters filters = QDir::AllEntries | QDir::NoDotAndDotDot | QDir::System;
        if (prefix.startsWith(QLatin1Char('.')))
            filters |= QDir::Hidden;
        QDirIterator entries(directory, filters);
        while (entries.hasNext() && ticket == wanted) {
            entries.next();
            const QFileInfo info = entries.fileInfo();
            if (!info.fileName().startsWith(prefix) || (word.isCommand && !info.isDir() && !info.isExecutable()))
                continue;
            words.append(escapedWord(typedDirectory + info.fileName()) + (info.isDir() ? QStringLiteral("/") : QString()));
        }
        return words;
    }

    QString m_path;
    QElapsedTimer m_age;
    QSet<QString> m_commands;
};

Completion::Completion(QObject *parent) : QObject(parent), m_thread(std::make_unique<QThread>()), m_worker(new Worker)
{
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->setObjectName(QStringLiteral("completion"));
    m_thread->start();
}

Completion::~Completion()
{
    m_worker->wanted = 0;
    m_thread->quit();
    m_thread->wait();
}

void Completion::request(quint64 ticket, const QString &line, int cursor, const QString &workingDirectory)
{
    m_worker->wanted = ticket;
    QMetaObject::invokeMethod(m_worker, [this, worker = m_worker, ticket, line, cursor, workingDirectory] {
        const WordAtCursor word = wordAtCursor(line, cursor);
        const QStringList words = worker->find(ticket, word, workingDirectory);
        if (ticket == worker->wanted)
            emit found(ticket, word.start, words);
    });
}

} // namespace forkscope
