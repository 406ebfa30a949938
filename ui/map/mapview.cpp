// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/mapview.h"

#include "core/base/result.h"
#include "ui/map/graphlayout.h"
#include "ui/traffic/channelmodel.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/status.h"
#include "ui/window/background.h"

#include <QBuffer>
#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSaveFile>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QToolButton>
#include <QVBoxLayout>

namespace forkscope {

namespace {

constexpr int kBetweenRebuildsMs = 100;
constexpr double kPngScale = 2;
constexpr double kMostPixels = 16'000; ///< of a side

GraphToLayOut toLayOut(const MapGraph &graph, const QList<MapKey> &keys)
{
    GraphToLayOut result;
    QHash<MapKey, int> index;
    for (const MapKey &key : keys) {
        index.insert(key, int(result.nodes.size()));
        result.nodes.append(MapPlaces::sizeOf(key));
    }
    for (const MapEdge &edge : graph.edges)
        if (index.contains(edge.from) && index.contains(edge.to))
            result.edges.append({index[edge.from], index[edge.to]});
    return result;
}

Result<void> write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit())
        return Error{ErrorCode::System, 0, MapView::tr("save the map"), path, file.errorString()};
    return {};
}

} // namespace

MapView::MapView(const ChannelModel &model, bool live, QWidget *parent)
    : QWidget(parent), m_model(model), m_pages(new QStackedWidget), m_canvas(new MapCanvas), m_arrange(new QToolButton),
      m_fit(new QToolButton), m_zoomIn(new QToolButton), m_zoomOut(new QToolButton), m_save(new QToolButton),
      m_ended(new QCheckBox(tr("Also what has ended"))), m_note(new ElidedLabel)
{
    auto *map = new QWidget;
    auto *top = new QHBoxLayout;
    buildTop();
    for (QWidget *widget : QWidgetList{m_arrange, m_fit, m_zoomIn, m_zoomOut, m_save, m_ended})
        top->addWidget(widget);
    top->addStretch();
    auto *mapLayout = new QVBoxLayout(map);
    mapLayout->setContentsMargins(4, 4, 4, 4);
    mapLayout->setSpacing(4);
    mapLayout->addLayout(top);
    mapLayout->addWidget(m_canvas, 1);
    mapLayout->addWidget(m_note);
    m_pages->addWidget(buildEmpty(live));
    m_pages->addWidget(map);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    setFocusProxy(m_canvas);

    connect(m_canvas, &MapCanvas::currentChanged, this, [this] {
        showNote();
        const auto &item = m_canvas->current();
        if (m_selecting || !item)
            return;
        if (item->isProcess())
            emit processSelected(item->process);
        else
            emit channelSelected(item->channel);
    });
    connect(m_canvas, &MapCanvas::activated, this, [this](const MapKey &item) {
        if (item.isProcess())
            emit processActivated(item.process);
        else
            emit channelActivated(item.channel);
    });
}

MapView::~MapView()
{
    if (m_layout)
        m_layout->wait();
}

void MapView::buildTop()
{
    const auto name = [](QToolButton *button, const QString &text, const QString &tip) {
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    };
    name(m_arrange, tr("Arrange"), tr("Lay out all nodes anew"));
    name(m_fit, tr("Fit"), tr("Show the whole map (0)"));
    name(m_zoomIn, QStringLiteral("+"), tr("Zoom in (+)"));
    name(m_zoomOut, QStringLiteral("−"), tr("Zoom out (−)"));
    name(m_save, tr("Save picture…"), tr("Save the map as SVG or PNG"));
    m_ended->setChecked(true);
    connect(m_arrange, &QToolButton::clicked, this, &MapView::arrange);
    connect(m_fit, &QToolButton::clicked, m_canvas, &MapCanvas::fitAll);
    connect(m_zoomIn, &QToolButton::clicked, this, [this] { m_canvas->zoom(1.25, m_canvas->rect().toRectF().center()); });
    connect(m_zoomOut, &QToolButton::clicked, this, [this] { m_canvas->zoom(0.8, m_canvas->rect().toRectF().center()); });
    connect(m_save, &QToolButton::clicked, this, &MapView::askWhereToSave);
    connect(m_ended, &QCheckBox::toggled, this, &MapView::rebuild);
}

QWidget *MapView::buildEmpty(bool live)
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    auto *text
        = new QLabel(tr("Here processes are drawn as boxes, and the pipes, queues and connections between them as arrows: how "
                        "much passes, how full they are, and who cannot go on.\n\nThere are none yet."));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    layout->addStretch();
    layout->addWidget(text);
    if (live) {
        auto *example = new QPushButton(statusIcon(Status::Running), tr("Run a pipeline with traffic"));
        connect(example, &QPushButton::clicked, this, &MapView::exampleRequested);
        layout->addWidget(example, 0, Qt::AlignCenter);
    }
    layout->addStretch();
    return page;
}

void MapView::advance()
{
    if (isVisible() && (!m_sinceRebuild.isValid() || m_sinceRebuild.hasExpired(kBetweenRebuildsMs)))
        rebuild();
}

void MapView::rebuild()
{
    m_sinceRebuild.start();
    QList<int> rows;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_ended->isChecked() || m_model.figures(row)->open)
            rows.append(row);
    m_leftOut = std::max(0, int(rows.size()) - kMostChannels);
    if (m_leftOut) {
        std::stable_sort(rows.begin(), rows.end(), [this](int a, int b) {
            const bool openA = m_model.figures(a)->open, openB = m_model.figures(b)->open;
            return openA != openB ? openA : a > b;
        });
        rows.resize(kMostChannels);
        std::sort(rows.begin(), rows.end());
    }
    MapGraph graph;
    for (const int row : std::as_const(rows))
        graph.add(*m_model.figures(row), m_model.figures(row)->open ? m_model.rate(row) : 0);
    m_pages->setCurrentIndex(graph.nodes.isEmpty() && m_model.rowCount() == 0 ? 0 : 1);
    {
        const QScopedValueRollback selecting(m_selecting, true);
        m_canvas->setGraph(graph);
    }
    showNote();
    MapPlaces &places = m_canvas->places();
    places.keepOnly(graph);
    const QList<MapKey> left = places.placeBesideNeighbours(graph);
    if (!left.isEmpty() && !m_layout)
        layOutNew(left, false);
    m_canvas->placesChanged();
}

void MapView::arrange()
{
    QList<MapKey> keys;
    for (const MapNode &node : m_canvas->graph().nodes)
        keys.append(node.key);
    if (!keys.isEmpty() && !m_layout)
        layOutNew(keys, true);
}

void MapView::layOutNew(const QList<MapKey> &keys, bool all)
{
    m_arrange->setEnabled(false);
    m_layout = runInBackground(
        this, [input = toLayOut(m_canvas->graph(), keys)] { return layOut(input); },
        [this, keys, all](const std::optional<QList<QPointF>> &centres) {
            m_layout = nullptr;
            m_arrange->setEnabled(true);
            QList<QPointF> places = centres.value_or(QList<QPointF>());
            for (qsizetype i = places.size(); i < keys.size(); ++i) { // Graphviz failed: a grid is better than nothing
                const qsizetype row = i / 6, column = i % 6;
                places.append(QPointF(double(column) * 220, double(row) * 90));
            }
            if (all)
                m_canvas->places().replaceAll(keys, places);
            else
                m_canvas->places().placeBelow(keys, places);
            if (all)
                m_canvas->fitAll();
            rebuild();
        });
}

void MapView::selectProcess(const ProcessKey &process)
{
    const MapKey key{process, ChannelId::None};
    const QScopedValueRollback selecting(m_selecting, true);
    if (m_canvas->graph().find(key))
        m_canvas->setCurrent(key);
}

void MapView::selectChannel(ChannelId channel)
{
    const QScopedValueRollback selecting(m_selecting, true);
    for (const MapEdge &edge : m_canvas->graph().edges)
        if (edge.channel == channel)
            return m_canvas->setCurrent(MapKey{{}, channel});
}

QString MapView::note() const
{
    return m_note->text();
}

bool MapView::isEmptyShown() const
{
    return m_pages->currentIndex() == 0;
}

void MapView::showNote()
{
    QString text;
    if (m_canvas->current())
        text = m_canvas->describe(*m_canvas->current());
    else if (m_leftOut)
        text = tr("%n channel(s) are left out: too many to draw.", nullptr, m_leftOut);
    else
        text = tr("Double-click or press Enter: a process shows its output, a channel its figures and messages.");
    if (m_note->text() != text)
        m_note->setText(text);
}

void MapView::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save the map"), QStringLiteral("map.svg"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("SVG picture (*.svg)"), tr("PNG picture (*.png)")});
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("png")) ? QStringLiteral("png") : QStringLiteral("svg"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &MapView::saveAs);
    dialog->open();
}

void MapView::saveAs(const QString &path)
{
    const QSizeF size = m_canvas->mapSize();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        const double scale = std::min(kPngScale, kMostPixels / std::max(size.width(), size.height()));
        QImage image((size * scale).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        painter.scale(scale, scale);
        m_canvas->render(painter, palette());
        painter.end();
        image.save(&buffer, "PNG");
    } else {
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize(size.toSize());
        generator.setViewBox(QRectF(QPointF(), size));
        generator.setTitle(tr("Map of processes and channels"));
        QPainter painter(&generator);
        m_canvas->render(painter, palette());
    }
    runInBackground(
        this, [path, bytes = buffer.data()] { return write(path, bytes); },
        [this, path](const Result<void> &written) {
            emit told(written ? tr("The map was saved as %1.").arg(path) : errorText(written.error()));
        });
}

void MapView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    rebuild();
}

} // namespace forkscope
