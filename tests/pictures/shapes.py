"""The few shapes of SVG that a dashboard needs, with text cut to its place."""

import unicodedata
from collections.abc import Iterable
from html import escape

INK, PALE, LINE, PAPER = "#1a1c21", "#69707d", "#d3dae6", "#ffffff"
COLOURS = ("#2f6bd8", "#16b3a6", "#e8710a", "#c4407c", "#7d5fd3", "#8a9a0b", "#b07d2b", "#5b6b7f", "#c0392b", "#3a8f52")
FONT = "Inter, 'Segoe UI', Helvetica, Arial, sans-serif"


def text(
    x: float, y: float, said: str, *, size: int = 11, fill: str = INK, bold: bool = False, end: bool = False
) -> str:
    """Return a line of text that begins, or ends, at x."""
    weight = ' font-weight="600"' if bold else ""
    anchor = ' text-anchor="end"' if end else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{fill}"{weight}{anchor}>{escape(said)}</text>'


def box(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none") -> str:
    """Return a rectangle."""
    edge = f' stroke="{stroke}" rx="4"' if stroke != "none" else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" fill="{fill}"{edge}/>'
    )


def line(points: Iterable[tuple[float, float]], *, stroke: str, width: float = 1) -> str:
    """Return a line through points."""
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{told}" fill="none" stroke="{stroke}" stroke-width="{width}"/>'


def picture(width: int, height: int, title: str, parts: Iterable[str]) -> str:
    """Return the whole file."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    inside = "\n".join(parts)
    return f'{head} font-family="{FONT}" role="img">\n<title>{escape(title)}</title>\n{inside}\n</svg>\n'


def fit(said: str, room: float, size: int = 11) -> str:
    """Return as much of a text as fits into ``room`` pixels, with a mark where it was cut."""
    used = 0.0
    for at, letter in enumerate(said):
        used += size * (1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.57)
        if used > room:
            return said[: max(at - 1, 0)].rstrip() + "…"
    return said


def wrap(said: str, room: float, size: int = 11) -> list[str]:
    """Return the words of a text in lines of at most ``room`` pixels."""
    lines: list[str] = []
    current = ""
    for word in said.split():
        longer = f"{current} {word}".strip()
        if current and fit(longer, room, size) != longer:
            lines.append(current)
            longer = word
        current = longer
    return [*lines, current] if current else lines
