// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>

namespace forkscope {

/// Lets tr() speak the first language of the locale that there is a translation for, in the program and in Qt's own dialogs;
/// English where there is none. Needs a QCoreApplication, which owns the translators; call it once, before the first tr().
void installTranslations(const QLocale &locale = QLocale::system());

} // namespace forkscope
