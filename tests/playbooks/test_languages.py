"""Languages of the staff: typed by name or by tag, and told by name."""

from __future__ import annotations

import pytest

from muutosturva.i18n import language_names, language_tag
from muutosturva.playbooks.facts import Facts
from muutosturva.playbooks.planning.repeat import collections

TITLE = {"fi": "Info", "sv": "Möte", "en": "Session: {language}"}


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("uk", "uk"),
        ("Ukraina", "uk"),
        ("ukrainska", "uk"),
        (" suomi ", "fi"),
        ("Swedish", "sv"),
        ("selko", "selko"),
        ("klingon-kieli", "klingon-kieli"),
    ],
)
def test_a_language_is_known_by_its_tag_and_by_its_name(typed: str, tag: str) -> None:
    """An official types "ukraina"; what nobody knows stays as typed, for the check to refuse."""
    assert language_tag(typed) == tag


def test_a_title_names_the_language_in_the_language_of_the_title() -> None:
    """A title "Henkilöstöinfo: uk" says nothing to the one who books the interpreter."""
    [spot] = collections(Facts(languages=("uk",), language_names={"uk": language_names("uk")}), (), ()).spots(
        ("languages",)
    )

    assert spot.titled(TITLE) == {"fi": "Info: ukraina", "sv": "Möte: ukrainska", "en": "Session: Ukrainian"}
    assert spot.item == ("uk",)


def test_a_tag_without_a_name_stands_for_itself() -> None:
    [spot] = collections(Facts(languages=("selko",)), (), ()).spots(("languages",))

    assert language_names("selko") == {}
    assert spot.titled(TITLE)["fi"] == "Info: selko"
