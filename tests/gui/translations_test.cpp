// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "ui/monitor/processtext.h"
#include "ui/widgets/translations.h"
#include "ui/window/windowactions.h"

#include <QAction>
#include <QLibraryInfo>
#include <QMainWindow>
#include <QRegularExpression>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

#include <algorithm>

using namespace forkscope;

namespace {

struct Message {
    QString context;
    QString source;
    QStringList translations; ///< several: plural forms
    bool unfinished = false;
};

QList<Message> messagesOf(const QString &file)
{
    QFile input(QStringLiteral(FORKSCOPE_SOURCE_DIR "/resources/translations/") + file);
    if (!input.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&input);
    QList<Message> messages;
    QString context;
    bool plural = false; // its forms are elements of their own
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            messages.append({context, {}, {}, false});
            plural = xml.attributes().hasAttribute(QLatin1String("numerus"));
        } else if (xml.name() == QLatin1String("source")) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            messages.last().unfinished = xml.attributes().hasAttribute(QLatin1String("type"));
            if (!plural)
                messages.last().translations.append(xml.readElementText());
        } else if (xml.name() == QLatin1String("numerusform")) {
            messages.last().translations.append(xml.readElementText());
        }
    }
    return xml.hasError() ? QList<Message>() : messages;
}

/// "%1", "%n" and the like, each as often as it occurs, in a fixed order.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression expression(QStringLiteral("%(?:L?[0-9]+|n)"));
    QStringList found;
    for (auto match = expression.globalMatch(text); match.hasNext();)
        found.append(match.next().captured());
    found.sort();
    return found;
}

} // namespace

class TranslationsTest : public QObject
{
    Q_OBJECT

private slots:
    void everyMessageIsTranslated_data();
    void everyMessageIsTranslated();
    void placeholdersSurviveTranslation_data() { everyMessageIsTranslated_data(); }
    void placeholdersSurviveTranslation();
    void everyMnemonicSurvivesTranslation();
    void everyMessageOfTheFileIsInTheProgram();
    void aChineseLocaleSpeaksChinese();
    void namesOutsideTheMenuCarryNoMnemonic();
    void otherLocalesSpeakEnglishWithItsPlurals();
    void cleanup();
};

void TranslationsTest::everyMessageIsTranslated_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("forms");
    QTest::newRow("Chinese") << QStringLiteral("forkscope_zh_CN.ts") << 1;
    QTest::newRow("English plurals") << QStringLiteral("forkscope_en.ts") << 2;
}

void TranslationsTest::everyMessageIsTranslated()
{
    QFETCH(QString, file);
    QFETCH(int, forms);
    const QList<Message> messages = messagesOf(file);
    QVERIFY(!messages.isEmpty());
    for (const Message &message : messages) {
        QVERIFY2(!message.unfinished, qPrintable(message.context + QLatin1String(": ") + message.source));
        QVERIFY2(message.translations.size() == forms && !message.translations.contains(QString()),
            qPrintable(message.context + QLatin1String(": ") + message.source));
    }
}

void TranslationsTest::placeholdersSurviveTranslation()
{
    QFETCH(QString, file);
    for (const Message &message : messagesOf(file))
        for (const QString &translation : message.translations)
            QVERIFY2(placeholders(translation) == placeholders(message.source),
                qPrintable(message.source + QLatin1String(" -> ") + translation));
}

void TranslationsTest::everyMnemonicSurvivesTranslation()
{
    static const QRegularExpression mnemonic(QStringLiteral("&([A-Za-z])"));
    static const QRegularExpression inBrackets(QStringLiteral("\\(&([A-Z])\\)"));
    int seen = 0;
    for (const Message &message : messagesOf(QStringLiteral("forkscope_zh_CN.ts"))) {
        const auto source = mnemonic.match(message.source);
        if (!source.hasMatch())
            continue;
        ++seen;
        const auto translation = inBrackets.match(message.translations.first());
        QVERIFY2(translation.hasMatch() && translation.captured(1) == source.captured(1).toUpper(), qPrintable(message.source));
    }
    QVERIFY(seen > 0);
}

void TranslationsTest::everyMessageOfTheFileIsInTheProgram()
{
    QTranslator chinese;
    QVERIFY(chinese.load(QStringLiteral(":/forkscope/translations/forkscope_zh_CN.qm")));
    for (const Message &message : messagesOf(QStringLiteral("forkscope_zh_CN.ts"))) {
        if (message.source == QLatin1String("%1 (%2)"))
            continue; // it has a disambiguation, which the lookup would need
        QCOMPARE(chinese.translate(message.context.toUtf8().constData(), message.source.toUtf8().constData(), nullptr, 2),
            message.translations.first());
    }
}

void TranslationsTest::aChineseLocaleSpeaksChinese()
{
    installTranslations(QLocale(QLocale::Chinese, QLocale::China));
    ProcessRow row;
    row.exit = ExitStatus{ExitStatus::Kind::Exited, 0, false};
    QCOMPARE(ProcessText::exitSentence(row), QStringLiteral("退出状态为 0：成功。"));
    // What stands in a table, and what an error message is put together from.
    QCOMPARE(ProcessText::signalEffect(15), QStringLiteral("请求它结束；它可以先做清理"));
    QCOMPARE(errorText(Error::invalid(QStringLiteral("X"), {}, QStringLiteral("y"))), QStringLiteral("无法X“y”"));
    if (QFile::exists(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + QStringLiteral("/qtbase_zh_CN.qm")))
        QVERIFY(QCoreApplication::translate("QPlatformTheme", "Cancel") != QLatin1String("Cancel"));
}

void TranslationsTest::namesOutsideTheMenuCarryNoMnemonic()
{
    installTranslations(QLocale(QLocale::Chinese, QLocale::China));
    QMainWindow window;
    const WindowActions actions(&window, true);
    QCOMPARE(actions.quit->text(), QStringLiteral("退出(&Q)"));
    const auto named = WindowActions::all(&window);
    const auto isQuit = [&actions](const WindowActions::Named &entry) { return entry.action == actions.quit; };
    const auto quit = std::find_if(named.begin(), named.end(), isQuit);
    QVERIFY(quit != named.end());
    QCOMPARE(quit->text, QStringLiteral("退出"));
}

void TranslationsTest::otherLocalesSpeakEnglishWithItsPlurals()
{
    for (const QLocale &locale : {QLocale(QLocale::German, QLocale::Germany), QLocale(QLocale::English), QLocale::c()}) {
        installTranslations(locale);
        QCOMPARE(QCoreApplication::translate("ProcessList", "%n children", nullptr, 1), QStringLiteral("1 child"));
        QCOMPARE(QCoreApplication::translate("ProcessList", "%n children", nullptr, 2), QStringLiteral("2 children"));
        cleanup();
    }
}

/// Deleting a translator takes it out of use.
void TranslationsTest::cleanup()
{
    qDeleteAll(QCoreApplication::instance()->findChildren<QTranslator *>(Qt::FindDirectChildrenOnly));
}

QTEST_MAIN(TranslationsTest)
#include "translations_test.moc"
