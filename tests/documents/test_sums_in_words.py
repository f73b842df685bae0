"""Sums in which something is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.documents.words import Words
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.tally import Tally

NUMBERS = st.lists(st.none() | st.integers(min_value=0, max_value=10_000), max_size=8)


@given(NUMBERS)
def test_a_sum_is_never_more_than_what_is_known(numbers: list[int | None]) -> None:
    tally = Tally.of(numbers)
    known = [number for number in numbers if number is not None]

    assert tally.known == (sum(known) if known else None)
    assert tally.complete == (bool(numbers) and None not in numbers)


@pytest.mark.parametrize(
    ("numbers", "table", "sentence"),
    [
        ([260, 90, 25], "375", "375 ihmistä"),
        ([260, None], "vähintään 260", "vähintään 260 ihmistä"),
        ([None, None], "ei tiedossa", "vielä tuntematonta määrää ihmisiä"),
        ([], "ei tiedossa", "vielä tuntematonta määrää ihmisiä"),
        ([0, None], "ei tiedossa", "vielä tuntematonta määrää ihmisiä"),
        ([0, 0], "0", "0 ihmistä"),
        ([1200], "1 200", "1 200 ihmistä"),
    ],
)
def test_what_is_not_known_is_never_a_zero(numbers: list[int | None], table: str, sentence: str) -> None:
    """A zero in a briefing is a claim; "at least 0" is none and misleads all the same."""
    words = Words(Texts("fi"))

    assert words.tally(Tally.of(numbers)).replace("\u00a0", " ") == table
    assert words.people(Tally.of(numbers)).replace("\u00a0", " ") == sentence
