// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/linksampler.h"

#include "core/base/clock.h"
#include "tests/taptesting.h"

#include <QtTest>

#include <thread>

using namespace taptesting;

class LinkSamplerTest : public QObject
{
    Q_OBJECT

private slots:
    void what_takes_long_to_look_at_is_looked_at_less_often();
};

void LinkSamplerTest::what_takes_long_to_look_at_is_looked_at_less_often()
{
    Recorded recorded;
    const Pipes pipes = recorded.tapped();
    constexpr int kLookMs = 60;
    QList<qint64> looked;
    LinkSampler sampler(*recorded.writer, [&](const ProcessKey &) {
        looked.append(monotonicNs() / 1'000'000);
        std::this_thread::sleep_for(std::chrono::milliseconds(kLookMs));
        return QList<ProcessKey>();
    });
    sampler.add({recorded.channel, pipes.tap.get(), {}, {}, {{LaunchId::None, {1, 1}, 0, false}}});
    QTRY_COMPARE_WITH_TIMEOUT(looked.size(), 3, 30'000);
    QVERIFY(looked[1] - looked[0] >= (LinkSampler::kLeastPauses - 1) * kLookMs);
    QVERIFY(looked[2] - looked[1] >= (LinkSampler::kLeastPauses - 1) * kLookMs);
    sampler.remove(recorded.channel);
}

QTEST_GUILESS_MAIN(LinkSamplerTest)
#include "linksampler_test.moc"
