// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/launch/launchsection.h"

class QCheckBox;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;

namespace forkscope {

class EntryList;
class EnvironmentModel;

/// The variables of a launch: all of them, with what is inherited, changed, added and removed, and .env files.
class EnvironmentSection : public LaunchSection
{
    Q_OBJECT

public:
    explicit EnvironmentSection(QWidget *parent = nullptr);

    void load(const LaunchProfile &profile) override;
    void store(LaunchProfile &profile) const override;
    QString summary() const override;

    /// A terminal sets variables of its own.
    void setTerminal(bool terminal);
    /// What relative paths of .env files count from.
    void setBase(const QByteArray &directory);

    EnvironmentModel *model() const { return m_model; }
    QTableView *table() const { return m_table; }
    QLineEdit *filterEdit() const { return m_filter; }
    EntryList *files() const { return m_files; }
    QToolButton *addButton() const { return m_add; }
    QToolButton *removeButton() const { return m_remove; }
    QToolButton *restoreButton() const { return m_restore; }
    QString filesHint() const;

private:
    void buildTable();
    void buildFiles();
    void updateButtons();
    void addVariable();
    void removeVariable();
    void restoreVariable();
    void lookAtFiles();
    void showFiles(bool any, const QStringList &missing);
    void chooseFile();
    int currentRow() const;

    EnvironmentModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QTableView *m_table;
    QLineEdit *m_filter;
    QCheckBox *m_empty;
    EntryList *m_files;
    QToolButton *m_add;
    QToolButton *m_remove;
    QToolButton *m_restore;
    QLabel *m_filesHint;
    QLabel *m_terminalNote = nullptr;
    QByteArray m_base;
    quint64 m_ticket = 0;
};

} // namespace forkscope
