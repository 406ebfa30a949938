// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pool/durations.h"
#include "core/pool/projection.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace forkscope::pool;

class PoolProjectionTest : public QObject
{
    Q_OBJECT

private slots:
    void eachTaskGoesToTheWorkerThatIsFreeFirst()
    {
        // Two workers: 3 | 2, then 4 to the second (free at 2, until 6), then 1 to the first (3 → 4), then 5 to the first (9).
        QCOMPARE(makespanNs(std::vector<qint64>{3, 2, 4, 1, 5}, {0, 0}), qint64(9));
        // One worker does one after the other.
        QCOMPARE(makespanNs(std::vector<qint64>{3, 2, 4, 1, 5}, {0}), qint64(15));
        // More workers than tasks: the longest.
        QCOMPARE(makespanNs(std::vector<qint64>{3, 2, 4}, {0, 0, 0, 0}), qint64(4));
    }

    void whatRunsAlreadyIsWaitedFor()
    {
        QCOMPARE(makespanNs(std::vector<qint64>{}, {7, 2}), qint64(7));
        // The first is free at 7, the second at 2: tasks of 3 go to the second (5), again (8), then to the first (10).
        QCOMPARE(makespanNs(std::vector<qint64>{3, 3, 3}, {7, 2}), qint64(10));
    }

    void equalTasksTakeAsManyRoundsAsTheyMust()
    {
        const std::vector<qint64> recorded(10, 1000);
        QCOMPARE(projectedNs({.waiting = 10, .runningForNs = {}, .workers = 2}, recorded), qint64(5000));
        QCOMPARE(projectedNs({.waiting = 11, .runningForNs = {}, .workers = 2}, recorded), qint64(6000));
        QCOMPARE(projectedNs({.waiting = 10, .runningForNs = {}, .workers = 2}, recorded, 2), qint64(3000)); // 10 over 4
        QCOMPARE(projectedNs({.waiting = 10, .runningForNs = {}, .workers = 2}, recorded, -1), qint64(10'000));
        QCOMPARE(projectedNs({.waiting = 10, .runningForNs = {}, .workers = 2}, recorded, -7), qint64(10'000)); // one at least
        QCOMPARE(projectedNs({.waiting = 0, .runningForNs = {}, .workers = 2}, recorded), qint64(0));
    }

    void aRunningTaskLastsAsLongAsThoseThatTookLongerThanItHas()
    {
        const std::vector<qint64> recorded = {100, 200, 600};
        // 150 ns in: those that took longer took 400 in the mean, so 250 are left.
        QCOMPARE(projectedNs({.waiting = 0, .runningForNs = {150}, .workers = 1}, recorded), qint64(250));
        // Longer than all: it may end any moment.
        QCOMPARE(projectedNs({.waiting = 0, .runningForNs = {700}, .workers = 1}, recorded), qint64(0));
    }

    void nothingIsSaidWhereNothingIsKnown() { QVERIFY(!projectedNs({.waiting = 10, .runningForNs = {}, .workers = 2}, {})); }

    void aMillionTasksShareTheWorkersEvenly()
    {
        const std::vector<qint64> recorded = {1000, 3000}; // 2000 in the mean
        const auto one = projectedNs({.waiting = 1'000'000, .runningForNs = {}, .workers = 4}, recorded);
        QVERIFY(std::abs(double(*one) / (1e6 * 2000 / 4) - 1) < 0.01);
        QCOMPARE(projectedNs({.waiting = 1'000'000, .runningForNs = {}, .workers = 4}, recorded), one); // does not dance
    }

    void quantilesAreTrueToOnePercent()
    {
        DurationHistogram histogram;
        std::vector<qint64> all;
        std::mt19937_64 random(7);
        for (int i = 0; i < 50'000; ++i) {
            const auto ns = qint64(std::exp2(double(random() % 40'000) / 1000.0)); // 1 ns … 18 min
            histogram.add(ns);
            all.push_back(ns);
        }
        std::sort(all.begin(), all.end());
        for (const double share : {0.01, 0.5, 0.9, 0.99, 1.0}) {
            const auto truth = double(all[size_t(std::ceil(share * 50'000)) - 1]);
            QVERIFY2(
                std::abs(double(histogram.quantileNs(share)) - truth) <= 0.01 * truth + 1, qPrintable(QString::number(share)));
        }
        QCOMPARE(histogram.count(), quint64(50'000));
        histogram.add(std::numeric_limits<qint64>::max());
        histogram.add(-5);
        QCOMPARE(histogram.count(), quint64(50'002));
        QVERIFY(double(histogram.quantileNs(1)) > 9e18);
    }

    void columnsHoldEveryDurationOnce()
    {
        DurationHistogram histogram;
        QVERIFY(histogram.columns(20).empty());
        for (qint64 i = 1; i <= 1000; ++i)
            histogram.add(i * 1'000'000);
        for (const int most : {5, 20, 60}) {
            const auto columns = histogram.columns(most);
            QVERIFY(int(columns.size()) <= most);
            quint64 sum = 0;
            for (size_t i = 0; i < columns.size(); ++i) {
                sum += columns[i].count;
                QVERIFY(i == 0 || columns[i].fromNs == columns[i - 1].toNs);
            }
            QCOMPARE(sum, quint64(1000));
            QVERIFY(columns.front().fromNs <= 1'000'000 && columns.back().toNs > 1'000'000'000);
        }
    }

    void theSampleIsFair()
    {
        DurationSample sample;
        for (qint64 i = 0; i < 100'000; ++i)
            sample.add(i);
        QCOMPARE(sample.values().size(), DurationSample::kMost);
        double mean = 0;
        for (const qint64 value : sample.values())
            mean += double(value) / double(DurationSample::kMost);
        QVERIFY2(std::abs(mean / 50'000 - 1) < 0.06, qPrintable(QString::number(mean)));
    }
};

QTEST_GUILESS_MAIN(PoolProjectionTest)
#include "poolprojection_test.moc"
