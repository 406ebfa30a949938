// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QIcon>

#include <functional>

class QLineEdit;
class QTreeWidget;

namespace forkscope {

/// One thing that the palette offers.
struct PaletteEntry {
    QString text;
    QString hint; ///< at the right: a shortcut, or a state
    QIcon icon;
    std::function<void()> run;
};

/// Every action and every process in one list that one types into. Enter runs the first that is left; closes by itself.
class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    CommandPalette(QList<PaletteEntry> entries, QWidget *parent);

    QLineEdit *input() const { return m_input; }
    QStringList shownTexts() const;

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refill();
    void runCurrent();

    QList<PaletteEntry> m_entries;
    QLineEdit *m_input;
    QTreeWidget *m_list;
};

} // namespace forkscope
