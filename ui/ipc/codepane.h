// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scene.h"

#include <QWidget>

class QPlainTextEdit;

namespace forkscope {

/// The C++ program that does what a scene does. GUI thread.
class CodePane : public QWidget
{
    Q_OBJECT

public:
    explicit CodePane(QWidget *parent = nullptr);

    void setScene(const Scene &scene);
    QString code() const;
    void copy() const; ///< to the clipboard

private:
    QPlainTextEdit *m_text;
};

} // namespace forkscope
