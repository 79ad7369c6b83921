"""Draws a dashboard as Kibana lays it out: each panel in its place on 48 columns, with what its question answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from indexing.charts import MetricChart, Table, XyChart
from indexing.dashboards import Dashboard, MarkdownPanel, Panel, Session, SessionPanel
from tests.pictures.asking import Answer, fields_of, parts
from tests.pictures.shapes import COLOURS, INK, LINE, PALE, PAPER, box, fit, line, picture, text, wrap

COLUMN, ROW, TOP = 22, 16, 64
LINE_HEIGHT = 17
MOST_BARS = 24
SPANS = {"1y": slice(0, 4), "1M": slice(2, 7), "1d": slice(5, 10)}
"""What of an instant names a span of time."""
WIDE = {"sentence", "evidence.sentence", "quote", "headline", "title", "error"}
LEFT_OUT = {"url"}
"""The newsroom's addresses differ from run to run, and lead nowhere."""


@dataclass(frozen=True)
class Frame:
    """The inside of a panel, in pixels."""

    x: float
    y: float
    width: float
    height: float


def draw(dashboard: Dashboard, answers: Mapping[str, Answer], step: str) -> str:
    """Return the picture of a dashboard as SVG; its spans of time are a ``step`` long."""
    drawn = [text(12, 26, dashboard.title, size=17, bold=True), text(12, 46, dashboard.description, fill=PALE)]
    bottom = 0
    for panel in dashboard.panels:
        place = panel.grid
        x, y, width, height = place.x * COLUMN, TOP + place.y * ROW, place.w * COLUMN, place.h * ROW
        drawn.append(box(x + 3, y + 3, width - 6, height - 6, fill=PAPER, stroke=LINE))
        drawn.append(text(x + 12, y + 20, fit(panel.config.title, width - 24, 12), size=12, bold=True))
        inside = Frame(x + 12, y + 30, width - 24, height - 40)
        drawn += _draw_panel(panel, answers.get(panel.id), inside, step)
        bottom = max(bottom, y + height)
    width = 48 * COLUMN
    return picture(width, bottom + 6, dashboard.title, [box(0, 0, width, bottom + 6, fill="#f6f8fc"), *drawn])


def _draw_panel(panel: Panel, answer: Answer | None, frame: Frame, step: str) -> Iterator[str]:
    if isinstance(panel, MarkdownPanel):
        lines = wrap(panel.config.content.replace("*", ""), frame.width)
        yield from (text(frame.x, frame.y + 12 + at * 15, one) for at, one in enumerate(lines))
    elif answer is None or not answer.total:
        yield text(frame.x, frame.y + 14, "Nothing in these years.", fill=PALE)
    elif isinstance(panel, SessionPanel):
        yield from _draw_list(panel.config, answer, frame)
    elif isinstance(panel.config, MetricChart):
        yield from _draw_metric(panel.config, answer, frame)
    elif isinstance(panel.config, Table):
        yield from _draw_table(panel.config, answer, frame)
    else:
        yield from _draw_xy(panel.config, answer, frame, step)


def _draw_metric(chart: MetricChart, answer: Answer, frame: Frame) -> Iterator[str]:
    first, *others = answer.rows[0].numbers
    yield text(frame.x, frame.y + 36, _shown(first), size=32, fill=COLOURS[0], bold=True)
    for metric, number in zip(chart.metrics[1:], others, strict=True):
        yield text(frame.x, frame.y + 58, fit(f"{metric.label} {_shown(number)}", frame.width), fill=PALE)


def _draw_table(chart: Table, answer: Answer, frame: Frame) -> Iterator[str]:
    buckets, metrics = parts(chart)
    heads = [bucket.label or field for bucket, field in fields_of(buckets)]
    rows = [(*row.keys, *map(_shown, row.numbers)) for row in answer.rows]
    numeric = len(metrics)
    widths = [2.2] * len(heads) + [1.0] * numeric
    yield from _draw_grid([*heads, *(metric.label for metric in metrics)], widths, rows, frame, right=numeric)


def _draw_list(session: Session, answer: Answer, frame: Frame) -> Iterator[str]:
    (tab,) = session.tabs
    columns = [name for name in tab.column_order if name not in LEFT_OUT]
    rows = [tuple(_value(document, name) for name in columns) for document in answer.documents]
    widths = [3.0 if name in WIDE else 1.0 for name in columns]
    yield from _draw_grid(columns, widths, rows, frame, right=0)


def _draw_grid(
    heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]], frame: Frame, *, right: int
) -> Iterator[str]:
    """Lines of columns; the last ``right`` ones hold numbers."""
    unit = frame.width / sum(widths)
    edges = [frame.x + unit * sum(widths[:at]) for at in range(len(widths) + 1)]
    room = int((frame.height - LINE_HEIGHT) // LINE_HEIGHT)
    for nth, row in enumerate([heads, *rows[:room]]):
        y = frame.y + 12 + nth * LINE_HEIGHT
        for at, said in enumerate(row):
            inside = fit(said, edges[at + 1] - edges[at] - 8, 10)
            end = at >= len(row) - right
            x = edges[at + 1] - 4 if end else edges[at]
            yield text(x, y, inside, size=10, fill=INK if nth else PALE, bold=not nth, end=end)
        yield line([(frame.x, y + 4), (frame.x + frame.width, y + 4)], stroke=LINE, width=0.5)


def _draw_xy(chart: XyChart, answer: Answer, frame: Frame, step: str) -> Iterator[str]:
    (layer,) = chart.layers
    series, table = _series(chart, answer, step)
    inner = Frame(frame.x + 4, frame.y + 4, frame.width - 8, frame.height - 34)
    if layer.type == "bar_horizontal":
        yield from _draw_lying(series, table, inner)
    elif layer.type == "line":
        yield from _draw_lines(series, table, inner)
    else:
        yield from _draw_standing(series, table, inner)
    x = frame.x + 4
    for at, name in enumerate(series):
        label = fit(name, 110, 10)
        if x + 20 + 6 * len(label) > frame.x + frame.width:
            break
        yield box(x, frame.y + frame.height - 8, 8, 8, fill=COLOURS[at % len(COLOURS)])
        yield text(x + 12, frame.y + frame.height, label, size=10, fill=PALE)
        x += 24 + 6 * len(label)


def _series(chart: XyChart, answer: Answer, step: str) -> tuple[list[str], dict[str, dict[str, float]]]:
    """The names of the series, and for each place on the axis the number of each."""
    (layer,) = chart.layers
    table: dict[str, dict[str, float]] = {}
    for row in answer.rows:
        here = table.setdefault(row.keys[0], {})
        names = [row.keys[1]] if layer.breakdown_by else [metric.label for metric in layer.y]
        here.update({name: float(number or 0) for name, number in zip(names, row.numbers, strict=False)})
    names = list(dict.fromkeys(name for here in table.values() for name in here))
    dated = layer.x.operation == "date_histogram"
    shown = {key[SPANS[step]] if dated else key: here for key, here in table.items()}
    return names, dict(list(shown.items())[-MOST_BARS:] if dated else list(shown.items())[:MOST_BARS])


def _draw_standing(series: Sequence[str], table: Mapping[str, Mapping[str, float]], frame: Frame) -> Iterator[str]:
    most = max((sum(here.values()) for here in table.values()), default=0) or 1
    step = frame.width / max(len(table), 4)
    for nth, here in enumerate(table.values()):
        x, y = frame.x + nth * step, frame.y + frame.height
        for at, name in enumerate(series):
            height = here.get(name, 0) / most * (frame.height - 14)
            y -= height
            yield box(x + 2, y, step - 4, height, fill=COLOURS[at % len(COLOURS)])
        yield text(x + 2, y - 3, _shown(sum(here.values())), size=9, fill=PALE)
    yield from _draw_axis(list(table), frame, step)


def _draw_lying(series: Sequence[str], table: Mapping[str, Mapping[str, float]], frame: Frame) -> Iterator[str]:
    most = max((sum(here.values()) for here in table.values()), default=0) or 1
    step = min(24.0, frame.height / max(len(table), 1))
    for nth, (key, here) in enumerate(table.items()):
        x, y = frame.x + 90, frame.y + nth * step
        yield text(frame.x, y + step / 2 + 3, fit(key, 86, 10), size=10)
        for at, name in enumerate(series):
            width = here.get(name, 0) / most * (frame.width - 120)
            yield box(x, y + 3, width, step - 6, fill=COLOURS[at % len(COLOURS)])
            x += width
        yield text(x + 4, y + step / 2 + 3, _shown(sum(here.values())), size=9, fill=PALE)


def _draw_lines(series: Sequence[str], table: Mapping[str, Mapping[str, float]], frame: Frame) -> Iterator[str]:
    most = max((number for here in table.values() for number in here.values()), default=0) or 1
    step = frame.width / max(len(table), 1)
    bottom = frame.y + frame.height
    yield line([(frame.x, bottom), (frame.x + frame.width, bottom)], stroke=LINE)
    for at, name in enumerate(series):
        heights = [bottom - here.get(name, 0) / most * (frame.height - 14) for here in table.values()]
        points = [(frame.x + (nth + 0.5) * step, y) for nth, y in enumerate(heights)]
        yield line(points, stroke=COLOURS[at % len(COLOURS)], width=2)
    yield from _draw_axis(list(table), frame, step)


def _draw_axis(keys: Sequence[str], frame: Frame, step: float) -> Iterator[str]:
    """The names of the places on the axis, as many as have room."""
    every = ceil(36 / step)
    for nth in range(0, len(keys), every):
        yield text(frame.x + nth * step + 2, frame.y + frame.height + 12, keys[nth], size=9, fill=PALE)


def _value(document: Mapping[str, Any], name: str) -> str:
    value: Any = document
    for part in name.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if value is None:
        return "–"
    told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return told[:16].replace("T", " ") if name.endswith("_at") else told


def _shown(number: float | str | None) -> str:
    if number is None:
        return "–"
    if isinstance(number, str):
        return number
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"
