// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;

namespace forkscope {

class ElidedLabel;
class LaunchSection;

/// A group of options under a heading that folds it away. What is set inside is told in the heading, folded or not.
class Fold : public QWidget
{
    Q_OBJECT

public:
    /// Takes the section.
    explicit Fold(LaunchSection *section, QWidget *parent = nullptr);

    LaunchSection *section() const { return m_section; }
    QToolButton *heading() const { return m_heading; }
    void setOpen(bool open);
    bool isOpen() const;
    void showSummary();
    QString shownSummary() const;

protected:
    void mousePressEvent(QMouseEvent *event) override;

private:
    QToolButton *m_heading;
    ElidedLabel *m_summary;
    QWidget *m_body;
    LaunchSection *m_section;
};

} // namespace forkscope
