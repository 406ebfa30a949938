// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

namespace forkscope {

void installTranslations(const QLocale &locale)
{
    const QString ours = QStringLiteral(":/forkscope/translations");
    auto *translator = new QTranslator(QCoreApplication::instance());
    // English is a translation as well: it holds the plural forms.
    if (!translator->load(locale, QStringLiteral("forkscope"), QStringLiteral("_"), ours)
        && !translator->load(QStringLiteral("forkscope_en"), ours))
        return;
    QCoreApplication::installTranslator(translator);

    // In the language that was found: a window is not to speak two.
    const QLocale spoken(translator->language());
    auto *qt = new QTranslator(QCoreApplication::instance());
    if (qt->load(spoken, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt);
    else
        delete qt; // a minimal system: only the labels of Qt's own dialogs stay English
}

} // namespace forkscope
