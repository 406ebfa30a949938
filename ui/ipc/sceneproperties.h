// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/playground/scene.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;
class QStackedWidget;

namespace forkscope {

/// What can be set of the selected thing of a scene: a process, or the queue or pipe. GUI thread.
class SceneProperties : public QWidget
{
    Q_OBJECT

public:
    explicit SceneProperties(QWidget *parent = nullptr);

    /// An empty name: what is between the processes, which cannot be changed while it is in use.
    void show(const Scene &scene, const QString &name, bool active);

    QDoubleSpinBox *rate() const { return m_rate; }
    QSpinBox *size() const { return m_size; }
    QSpinBox *bound() const { return m_bound; }
    QComboBox *kind() const { return m_kind; }
    QComboBox *order() const { return m_order; }

signals:
    void edited(const forkscope::Scene &scene);

private:
    QWidget *makeProcessPage();
    QWidget *makeChannelPage();
    void store();
    void changeKind(Scene &scene) const;

    Scene m_scene;
    QString m_name;
    bool m_showing = false; ///< what changes now was not typed
    QLabel *m_title;
    QStackedWidget *m_pages;
    QDoubleSpinBox *m_rate;
    QSpinBox *m_size, *m_count, *m_priority, *m_bound;
    QComboBox *m_payload, *m_kind, *m_order;
    QCheckBox *m_dies, *m_duplex;
    QFormLayout *m_processForm = nullptr, *m_channelForm = nullptr;
    QLabel *m_hint;
};

} // namespace forkscope
