// SPDX-License-Identifier: GPL-3.0-or-later
#include <QIcon>
#include <QTest>

/// What is compiled into the library reaches a program that links it.
class ResourcesTest : public QObject
{
    Q_OBJECT

private slots:
    void theProgramIconIsDrawnAtEverySize();
};

void ResourcesTest::theProgramIconIsDrawnAtEverySize()
{
    const QIcon icon(QStringLiteral(":/forkscope/forkscope.svg"));
    for (const int side : {16, 24, 48, 256}) {
        const QImage image = icon.pixmap(side, side).toImage();
        QCOMPARE(image.size(), QSize(side, side));
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0); // round corners
        QCOMPARE(image.pixelColor(side / 2, side / 8).alpha(), 255); // a filled ground
    }
}

QTEST_MAIN(ResourcesTest)
#include "resources_test.moc"
