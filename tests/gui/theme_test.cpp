// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/guitesting.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/status.h"
#include "ui/widgets/theme.h"

#include <cmath>

using namespace forkscope;

namespace {

constexpr std::array kAll = {Status::Starting, Status::Running, Status::Waiting, Status::Stopped, Status::Finished,
    Status::Failed, Status::Signalled, Status::NotStarted, Status::Unknown};

/// WCAG 2: relative luminance and contrast.
double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

/// The shape without its colour.
QImage shape(Status status)
{
    return statusIcon(status).pixmap(32, 32).toImage().convertToFormat(QImage::Format_Alpha8);
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private:
    TestHome m_home;

private slots:
    void colours_data()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << int(Theme::Light);
        QTest::newRow("dark") << int(Theme::Dark);
    }
    void colours()
    {
        QFETCH(int, theme);
        setTheme(Theme(theme));
        const QPalette palette = QApplication::palette();
        QCOMPARE(palette.color(QPalette::Base).lightness() < 128, Theme(theme) == Theme::Dark);
        QVERIFY(contrast(palette.color(QPalette::Text), palette.color(QPalette::Base)) >= 7);
        QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Window)) >= 4.4);
        QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
        for (const Status status : kAll)
            QVERIFY2(contrast(statusColor(status), palette.color(QPalette::Base)) >= 3, qPrintable(QString::number(int(status))));
        QVERIFY(contrast(warningColor(), palette.color(QPalette::Window)) >= 3);
    }

    void everyStatusHasAShapeOfItsOwn()
    {
        for (size_t a = 0; a < kAll.size(); ++a) {
            for (size_t b = a + 1; b < kAll.size(); ++b)
                QVERIFY(shape(kAll[a]) != shape(kAll[b]));
        }
    }

    void theChoiceIsRememberedAndTheSystemsPaletteComesBack()
    {
        setTheme(Theme::System);
        const QColor before = QApplication::palette().color(QPalette::Base);
        setTheme(Theme::Dark);
        QCOMPARE(rememberedTheme(), Theme::Dark);
        setTheme(Theme::System);
        QCOMPARE(QApplication::palette().color(QPalette::Base), before);
        QCOMPARE(rememberedTheme(), Theme::System);
    }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
