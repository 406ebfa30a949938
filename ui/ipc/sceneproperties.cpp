// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ipc/sceneproperties.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace forkscope {

namespace {

/// Rows that a form of Qt 6.4 can hide.
void setRow(QFormLayout *form, QWidget *field, bool visible)
{
    form->setRowVisible(field, visible);
}

} // namespace

SceneProperties::SceneProperties(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_pages(new QStackedWidget), m_rate(new QDoubleSpinBox), m_size(new QSpinBox),
      m_count(new QSpinBox), m_priority(new QSpinBox), m_bound(new QSpinBox), m_payload(new QComboBox), m_kind(new QComboBox),
      m_order(new QComboBox), m_dies(new QCheckBox(tr("then it &dies (SIGKILL)"))),
      m_duplex(new QCheckBox(tr("&Duplex: answers come back"))), m_hint(new QLabel(tr("Stop the scene to change these.")))
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_pages->addWidget(makeChannelPage());
    m_pages->addWidget(makeProcessPage());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->addWidget(m_title);
    layout->addWidget(m_pages, 1);
}

QWidget *SceneProperties::makeProcessPage()
{
    m_rate->setRange(0, Scene::kHighestRate);
    m_rate->setDecimals(1);
    m_rate->setSpecialValueText(tr("full speed"));
    m_rate->setSuffix(tr(" /s"));
    m_rate->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_rate->setToolTip(tr("Messages a second; 0: as fast as they are taken"));
    m_size->setRange(0, int(Scene::kLargestMessage));
    m_size->setSuffix(tr(" B"));
    m_size->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_size->setToolTip(tr("Bytes of a message; it is longer where its name and number do not fit"));
    m_count->setRange(0, 1'000'000'000);
    m_count->setSpecialValueText(tr("no end"));
    m_count->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_count->setToolTip(tr("After so many messages the process ends; 0: never"));
    m_priority->setRange(-1000, 1000);
    m_priority->setToolTip(tr("The smallest number comes first"));
    m_payload->addItems({tr("Text"), tr("JSON"), tr("CBOR")});
    auto *page = new QWidget;
    m_processForm = new QFormLayout(page);
    m_processForm->setContentsMargins(0, 0, 0, 0);
    m_processForm->setVerticalSpacing(4);
    m_processForm->addRow(tr("&Rate"), m_rate);
    m_processForm->addRow(tr("&Size"), m_size);
    m_processForm->addRow(tr("C&ontent"), m_payload);
    m_processForm->addRow(tr("Messa&ges"), m_count);
    m_processForm->addRow(QString(), m_dies);
    m_processForm->addRow(tr("&Priority"), m_priority);
    m_rate->setAccessibleName(tr("Rate, messages a second"));
    m_size->setAccessibleName(tr("Size of a message"));
    m_payload->setAccessibleName(tr("Content of messages"));
    m_count->setAccessibleName(tr("Messages until it ends"));
    m_priority->setAccessibleName(tr("Priority"));
    for (QSpinBox *box : {m_size, m_count, m_priority})
        connect(box, &QSpinBox::valueChanged, this, &SceneProperties::store);
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &SceneProperties::store);
    connect(m_payload, &QComboBox::currentIndexChanged, this, &SceneProperties::store);
    connect(m_dies, &QCheckBox::toggled, this, &SceneProperties::store);
    return page;
}

QWidget *SceneProperties::makeChannelPage()
{
    m_kind->addItems({tr("Queue"), tr("Pipe")});
    m_order->addItems({tr("First in, first out"), tr("Last in, first out"), tr("By priority")});
    m_bound->setRange(0, 32'000);
    m_bound->setSpecialValueText(tr("unbounded"));
    m_bound->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_bound->setToolTip(tr("Messages that are in it at a time; a producer waits for a place. 0: as many as find room"));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto *page = new QWidget;
    m_channelForm = new QFormLayout(page);
    m_channelForm->setContentsMargins(0, 0, 0, 0);
    m_channelForm->setVerticalSpacing(4);
    m_channelForm->addRow(tr("&Between them"), m_kind);
    m_channelForm->addRow(tr("Bo&und"), m_bound);
    m_channelForm->addRow(tr("&Order"), m_order);
    m_channelForm->addRow(m_duplex);
    m_channelForm->addRow(m_hint);
    m_kind->setAccessibleName(tr("What is between the processes"));
    m_bound->setAccessibleName(tr("Bound of the queue, messages"));
    m_order->setAccessibleName(tr("Order of the queue"));
    connect(m_bound, &QSpinBox::valueChanged, this, &SceneProperties::store);
    for (QComboBox *box : {m_kind, m_order})
        connect(box, &QComboBox::currentIndexChanged, this, &SceneProperties::store);
    connect(m_duplex, &QCheckBox::toggled, this, &SceneProperties::store);
    return page;
}

void SceneProperties::show(const Scene &scene, const QString &name, bool active)
{
    m_showing = true;
    m_scene = scene;
    m_name = name;
    const SceneProcess *process = scene.find(name);
    m_pages->setCurrentIndex(process ? 1 : 0);
    const bool queue = scene.kind == Scene::Kind::Queue;
    if (process) {
        const bool makes = scene.isProducer(name);
        m_title->setText(name);
        m_rate->setValue(process->rate);
        m_size->setValue(int(process->size));
        m_count->setValue(int(std::min<qint64>(process->count, m_count->maximum())));
        m_dies->setChecked(process->dies);
        m_dies->setEnabled(process->count > 0);
        m_payload->setCurrentIndex(int(process->payload));
        m_priority->setValue(process->priority);
        setRow(m_processForm, m_size, makes);
        setRow(m_processForm, m_payload, makes);
        setRow(m_processForm, m_priority, makes && queue && scene.order == Scene::Order::Priority);
    } else {
        m_title->setText(queue ? tr("Queue") : tr("Pipe"));
        m_kind->setCurrentIndex(int(scene.kind));
        m_bound->setValue(int(std::min<qint64>(scene.bound, m_bound->maximum())));
        m_order->setCurrentIndex(int(scene.order));
        m_duplex->setChecked(scene.duplex);
        setRow(m_channelForm, m_bound, queue);
        setRow(m_channelForm, m_order, queue);
        setRow(m_channelForm, m_duplex, !queue);
        setRow(m_channelForm, m_hint, active);
        for (QWidget *field : {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_bound), static_cast<QWidget *>(m_order),
                 static_cast<QWidget *>(m_duplex)})
            field->setEnabled(!active);
    }
    m_showing = false;
}

void SceneProperties::store()
{
    if (m_showing)
        return;
    if (SceneProcess *process = m_scene.find(m_name)) {
        process->rate = m_rate->value();
        process->size = m_size->value();
        process->count = m_count->value();
        process->dies = m_dies->isChecked();
        process->payload = SceneProcess::Payload(m_payload->currentIndex());
        process->priority = m_priority->value();
    } else {
        m_scene.bound = m_bound->value();
        m_scene.order = Scene::Order(m_order->currentIndex());
        m_scene.duplex = m_duplex->isChecked();
        if (int(m_scene.kind) != m_kind->currentIndex())
            changeKind(m_scene);
    }
    emit edited(m_scene);
}

void SceneProperties::changeKind(Scene &scene) const
{
    scene.kind = Scene::Kind(m_kind->currentIndex());
    if (scene.kind == Scene::Kind::Queue)
        return;
    for (const bool producer : {true, false}) {
        QList<SceneProcess> &side = producer ? scene.producers : scene.consumers;
        if (side.isEmpty())
            scene.add(producer);
        side.resize(1);
    }
}

} // namespace forkscope
