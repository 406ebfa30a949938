// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QAbstractItemView;
class QHBoxLayout;
class QTableWidget;
class QToolButton;
class QVBoxLayout;

namespace forkscope {

/// Enter edits the current cell instead of pressing the dialog's button, Delete calls remove, Tab leaves the view.
void useTableKeys(QAbstractItemView *view, std::function<void()> remove);

/// A short list of texts, each edited in its row, with buttons (and Delete, Enter, F2) to add, remove and move rows.
class EntryList : public QWidget
{
    Q_OBJECT

public:
    /// name: what the list is, for those who hear it. entry: what a new row is called in the button: "argument".
    explicit EntryList(const QString &name, QWidget *parent = nullptr);

    QStringList entries() const;
    void setEntries(const QStringList &entries); ///< without changed()
    void add(const QString &entry);
    int currentRow() const;
    QTableWidget *table() const { return m_table; }
    /// Beside the others; stays enabled whatever is chosen.
    QToolButton *addButton(const QString &text, const QString &help);

signals:
    void changed();

private:
    void append(const QString &entry);
    void remove();
    void move(int by);
    void updateButtons();

    QTableWidget *m_table;
    QVBoxLayout *m_buttons;
    QToolButton *m_remove;
    QToolButton *m_up;
    QToolButton *m_down;
};

} // namespace forkscope
