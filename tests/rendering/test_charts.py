"""The bar chart: numbers in words beside every bar, the unknown never a bar of nothing."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from muutosturva.i18n import Texts
from muutosturva.rendering.charts import WIDTH, Bar, bar_chart
from muutosturva.rendering.pdf import to_png

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars: Bar) -> ET.Element:
    """Return the chart as XML; it must be well-formed whatever the labels hold."""
    return ET.fromstring(bar_chart(bars, Texts("fi")).svg)


def words(chart: ET.Element) -> list[str]:
    """Return the words of a chart in order."""
    return [element.text or "" for element in chart.iter(f"{SVG}text")]


def test_an_unknown_number_is_words_and_no_bar() -> None:
    chart = drawn(Bar("Lahti", 3), Bar("Heinola", None), Bar("Hollola", 0))

    assert words(chart) == ["Lahti", "3", "Heinola", "ei tiedossa", "Hollola", "0"]
    assert len(list(chart.iter(f"{SVG}rect"))) == 2, "the ground and one bar"


def test_bars_are_as_long_as_their_numbers_and_stay_in_the_picture() -> None:
    chart = drawn(Bar("a", 100, 80, 200), Bar("b", 50))
    first, second = [float(bar.attrib["width"]) for bar in list(chart.iter(f"{SVG}rect"))[1:]]
    (whisker,) = chart.iter(f"{SVG}path")

    assert first == pytest.approx(2 * second, abs=0.2)
    assert max(float(x) for x in re.findall(r"[MH]([\d.]+)", whisker.attrib["d"])) < WIDTH
    assert words(chart)[1] == "100 (80–200)"


def test_a_label_is_text_and_a_long_one_is_shortened_in_the_picture() -> None:
    chart = drawn(Bar('<script x="1">&\x00', 1), Bar("Pitkä nimi joka ei mahdu kuvaan mitenkään", 1))

    assert words(chart)[0] == '<script x="1">&\ufffd'
    assert words(chart)[2] == "Pitkä nimi joka ei mahdu kuva…"


def test_no_bars_is_an_empty_picture_and_a_picture_becomes_a_png() -> None:
    picture = bar_chart([], Texts("fi"))

    assert to_png(picture).startswith(b"\x89PNG")
