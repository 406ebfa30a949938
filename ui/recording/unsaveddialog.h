// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeView;

namespace forkscope {

class UnsavedActions;
class UnsavedModel;

/// The recordings that nobody saved, to open, save or remove. Looks again whenever it becomes the active window, and
/// now and then.
class UnsavedDialog : public QDialog
{
    Q_OBJECT

public:
    explicit UnsavedDialog(QWidget *parent);

    const UnsavedModel &model() const { return *m_model; }
    UnsavedActions *actions() const { return m_actions; }
    QTreeView *table() const { return m_table; }
    QLabel *summaryLabel() const { return m_summary; }
    QPushButton *openButton() const { return m_open; }
    QPushButton *saveButton() const { return m_save; }
    QPushButton *removeButton() const { return m_remove; }
    QPushButton *removeAllButton() const { return m_removeAll; }

signals:
    void openRequested(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    void reload();
    void readNext();
    void updateButtons();
    QList<int> selectedRows() const;

    UnsavedModel *m_model;
    UnsavedActions *m_actions;
    QTreeView *m_table;
    QLabel *m_summary;
    QLabel *m_result;
    QPushButton *m_open;
    QPushButton *m_save;
    QPushButton *m_remove;
    QPushButton *m_removeAll;
    bool m_loading = false;
    bool m_reading = false;
};

} // namespace forkscope
