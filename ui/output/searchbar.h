// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/output/linematcher.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace forkscope {

/// The row in which one types what to find. Enter and Shift+Enter go to the next and previous match, Esc closes.
class SearchBar : public QWidget
{
    Q_OBJECT

public:
    explicit SearchBar(QWidget *parent = nullptr);

    SearchQuery query() const;
    /// Whether lines that do not match are to be hidden.
    bool filters() const;
    /// Whether there is a toggle that hides lines; there is.
    void setFilterOffered(bool offered);
    /// Whether there is a toggle for regular expressions; there is.
    void setExpressionOffered(bool offered);
    /// What is found here, for the empty field and for a screen reader.
    void setPrompt(const QString &text);
    /// Shows the bar, with this text if it is not empty, ready to type over.
    void open(const QString &text);
    void setStatus(const QString &text, bool problem);

signals:
    void queryChanged();
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QToolButton *addToggle(const QString &text, const QString &toolTip);
    QToolButton *addButton(const QString &text, const QString &name, const QString &toolTip);

    QLineEdit *m_text;
    QToolButton *m_caseSensitive;
    QToolButton *m_expression;
    QToolButton *m_filter;
    QLabel *m_status;
};

} // namespace forkscope
