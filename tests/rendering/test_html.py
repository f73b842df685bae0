"""The web page: read by an HTML parser as a browser and a screen reader would."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from muutosturva.rendering.document import render
from muutosturva.rendering.markup import escape
from tests.rendering.samples import EVERYTHING, HOSTILE, meta, pictures

VOID = {"meta", "br", "hr", "rect", "line", "path"}


class Outline(HTMLParser):
    """Reads elements with their attributes, and checks that each is closed in its turn."""

    def __init__(self, page: bytes) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be this one."""
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember words."""
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def page(mark: str = "") -> Outline:
    """Return the sample as read."""
    return Outline(render(EVERYTHING, meta(mark), "html", pictures()))


def test_the_page_says_its_language_and_title_and_has_one_main() -> None:
    found = page("HARJOITUS")

    assert found.all("html") == [{"lang": "fi-FI"}]
    assert len(found.all("main")) == 1
    assert "HARJOITUS: Tilannekuva 1: Mallikaluste Oy" in found.words
    assert found.open == []


def test_a_header_cell_says_what_it_heads() -> None:
    scopes = [attributes["scope"] for attributes in page().all("th")]

    assert scopes == ["col"] * 3 + ["row"] * 2


def test_a_picture_has_words() -> None:
    (drawing,) = page().all("svg")

    assert drawing["role"] == "img"
    assert drawing["aria-label"] == "Pylväskaavio: Lahti 198, Heinola ei tiedossa."


def test_the_page_asks_nothing_of_any_address() -> None:
    """It is opened offline, and from a network that must not learn of it."""
    found = page()
    policy = next(item for item in found.all("meta") if item.get("http-equiv") == "Content-Security-Policy")

    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {
        tag for tag, _ in found.elements
    }
    assert not any(
        {"src", "srcset", "onload", "onclick"} & set(attributes) for _, attributes in found.elements
    )
    assert (policy["content"] or "").startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_no_element(text: str) -> None:
    plain = render("# A\n\nviaton\n\n| viaton | b |\n|---|---|\n| viaton | c |\n", meta(), "html")
    safe = escape(text) or "tyhjä"

    found = Outline(render(f"# A\n\n{safe}\n\n| {safe} | b |\n|---|---|\n| {safe} | c |\n", meta(), "html"))

    assert [tag for tag, _ in found.elements] == [tag for tag, _ in Outline(plain).elements]


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.1)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_of_text_stands_out_from_the_page() -> None:
    """WCAG 2.1 AA, 1.4.3: 4.5 to 1 for text, on white and on the shade of table headers."""
    style = render("# A\n", meta(), "html").decode()
    texts = {f"#{code}" for code in re.findall(r"[{; ]color: #([0-9a-f]{6})", style)}

    assert len(texts) >= 4
    for ground in ("#ffffff", "#e8eef3"):
        for colour in texts:
            assert (luminance(ground) + 0.05) / (luminance(colour) + 0.05) >= 4.5, (colour, ground)
