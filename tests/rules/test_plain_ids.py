"""An id made of words is the same rule for a task and for a person."""

from __future__ import annotations

import pytest

from muutosturva.rules.plain_ids import plain_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Äänitä tiedote!", "aanita-tie"),
        ("Soita heti nyt", "soita-heti"),
        ("abcdefghi jk", "abcdefghi"),  # cut right behind the hyphen: no id ends with one
        ("--", "oma"),
        ("ἀ", "oma"),
    ],
)
def test_an_id_is_cut_without_a_hyphen_at_its_edge(text: str, expected: str) -> None:
    assert plain_id(text, (), longest=10, nameless="oma") == expected


def test_a_taken_id_gets_a_number_behind_what_was_cut() -> None:
    taken = ["soita-heti", "soita-heti-2"]
    assert plain_id("Soita heti nyt", taken, longest=10, nameless="oma") == "soita-heti-3"
