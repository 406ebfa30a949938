// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <QWidget>

#include <functional>

class QGridLayout;
class QLabel;

namespace forkscope {

/// What the launch dialog knows of one option.
struct LaunchOption {
    QString field; ///< as Error::subject names it: Python's name, or the profile's
    QString label;
    QString python; ///< Python's name and the calls behind it, also what people search for
    QString help; ///< what it does
    QWidget *editor = nullptr; ///< takes the focus
    QLabel *fault = nullptr; ///< below the editor; hidden while there is nothing to say
};

/// A group of options in the launch dialog: reads them from a profile, writes them back, says in a line what is set.
///
/// Whatever a group has no widget for stays in the profile as it was: store() changes the fields of the group alone.
class LaunchSection : public QWidget
{
    Q_OBJECT

public:
    struct Fault {
        QString field;
        QString text;
    };

    explicit LaunchSection(const QString &title, QWidget *parent = nullptr);

    QString title() const { return m_title; }
    virtual void load(const LaunchProfile &profile) = 0;
    virtual void store(LaunchProfile &profile) const = 0;
    /// What deviates from the default, in a line; empty: nothing.
    virtual QString summary() const = 0;
    /// Whether the group is shown unfolded because of what it holds.
    virtual bool opensByItself() const { return !summary().isEmpty(); }

    const QList<LaunchOption> &options() const { return m_options; }
    /// Shows what is typed but is no value ("1 parsec" as a duration) beside each field; the first one is returned.
    std::optional<Fault> judge();
    /// Shows the text beside the field. False where the group has no such field.
    bool showFault(const QString &field, const QString &text);

signals:
    void changed();

protected:
    /// What a person reads of an option. python: names, not translated.
    struct Words {
        const char *field;
        QString label;
        QString python;
        QString help;
    };

    /// A row "label: editor" at the end. The editor's first focusable widget takes the focus unless another is given.
    /// Returns the label.
    QLabel *addRow(const Words &words, QWidget *editor, QWidget *focus = nullptr);
    /// A row without a label of its own: a check box that names itself.
    void addCheck(const Words &words, QWidget *check);
    /// An option inside the row added last: "level" beside "class".
    void addToRow(const Words &words, QWidget *focus);
    /// A line of explanation.
    QLabel *addNote(const QString &text);
    /// A wide widget below the row added last, without an option of its own.
    void addWide(QWidget *widget);
    /// Why the content of the option added last is no value; empty: it is one.
    void judgeBy(std::function<QString()> fault);

private:
    struct Judge {
        qsizetype option;
        std::function<QString()> fault;
    };
    void addOption(const Words &words, QWidget *editor, QWidget *focus, QLabel *fault);
    void mark(const LaunchOption &option, const QString &text) const;

    QString m_title;
    QGridLayout *m_grid;
    QList<LaunchOption> m_options;
    QList<Judge> m_judges;
};

/// "there is no command" as a sentence: "There is no command."
QString asSentence(const QString &detail);

} // namespace forkscope
