"""What is told of names near the one a person typed."""

from __future__ import annotations

import pytest

from muutosturva.errors import FEW, nearest

PEOPLE = ("Esimerkki Elli", "Malli Mauri", "Tilanne Taavi", "Talous Tapio", "Rekry Ronja", "Palvelu Pentti")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("esimerki eli", "Esimerkki Elli"),
        (" elli ", "Esimerkki Elli"),
        ("tavi", "–"),
        ("", "–"),
    ],
)
def test_a_misspelt_name_or_a_part_of_it_finds_the_whole(typed: str, expected: str) -> None:
    """In a hurry people type a first name."""
    assert nearest(typed, PEOPLE) == expected


def test_a_few_names_are_all_told_where_none_is_near() -> None:
    """A dash leaves the reader with nothing to type."""
    few = ("bankruptcy", "large-layoff", "small-layoff")

    assert len(few) <= FEW
    assert nearest("iso", few) == "bankruptcy, large-layoff, small-layoff"
    assert nearest("x", ()) == "–"
