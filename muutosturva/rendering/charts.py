"""Bar charts as SVG, drawn by a template: the same picture in HTML, PDF and (as PNG) in Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from muutosturva.i18n import Texts
from muutosturva.rendering.markup import printable

if TYPE_CHECKING:
    from jinja2 import Template

FONT: Final = "Source Sans Pro"
WIDTH: Final = 640
"""Width of a chart in SVG user units (CSS pixels); it is scaled to the width of the text."""

_ROW: Final = 28
_BAR: Final = 16
_SIZE: Final = 14
_LETTER: Final = 7.0
"""Generous width of an average letter at ``_SIZE``."""
_LABEL_LIMIT: Final = 30
_VALUE_ROOM: Final = 120


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a document.

    Attributes:
        svg: the picture, self-contained: no address, no script.
        width, height: its size in SVG user units.
    """

    svg: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, and how much; None is drawn as words, never as a zero.

    Attributes:
        label: name of the bar; longer than 30 letters is shortened in the picture only.
        value: length of the bar, not negative, or None where it is not known.
        low, high: bounds of an estimate, drawn as a whisker; None where there are none.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class _Drawn:
    label: str
    words: str
    middle: float
    top: float
    length: float
    low: float | None
    high: float | None
    end: float


def bar_chart(bars: Sequence[Bar], texts: Texts) -> Picture:
    """Draw horizontal bars, one under the other, each with its number in words.

    Colour carries no meaning, and every number stands beside its bar; the words for readers who do
    not see the picture belong to the place it is used in (``![words](name)``).
    """
    labels = [_short(bar.label) for bar in bars]
    left = 12 + max((len(label) for label in labels), default=0) * _LETTER
    most = max((max(bar.value or 0, bar.high or 0) for bar in bars), default=0) or 1
    scale = (WIDTH - left - _VALUE_ROOM) / most
    height = _ROW * len(bars) + 12
    rows = enumerate(zip(bars, labels, strict=True))
    drawn = [_draw(bar, label, index, scale, texts) for index, (bar, label) in rows]
    svg = _template().render(
        bars=drawn, width=WIDTH, height=height, left=left, size=_SIZE, thick=_BAR, font=FONT
    )
    return Picture(svg.strip() + "\n", WIDTH, height)


def _draw(bar: Bar, label: str, index: int, scale: float, texts: Texts) -> _Drawn:
    middle = 6 + index * _ROW + _ROW / 2
    length = (bar.value or 0) * scale
    ranged = bar.low is not None and bar.high is not None and bar.value is not None
    high = bar.high * scale if ranged and bar.high is not None else None
    low = bar.low * scale if ranged and bar.low is not None else None
    words = texts.number(bar.value)
    if ranged:
        words = f"{words} ({texts.number(bar.low)}–{texts.number(bar.high)})"
    return _Drawn(label, words, middle, middle - _BAR / 2, length, low, high, max(length, high or 0))


def _short(label: str) -> str:
    clean = " ".join(printable(label).split())
    return clean if len(clean) <= _LABEL_LIMIT else clean[: _LABEL_LIMIT - 1].rstrip() + "…"


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = (resources.files("muutosturva.rendering") / "bars.svg.j2").read_text(encoding="utf-8")
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(source)
