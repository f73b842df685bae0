"""Answers in the words people use."""

from __future__ import annotations

from datetime import date

import pytest

from muutosturva.errors import UsageError
from muutosturva.incidents.typed.answers import typed_answer


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("bool", "kyllä", True),
        ("bool", "Ja", True),
        ("bool", "no", False),
        ("bool", "EI", False),
        ("bool", True, True),
        ("int", " 45 ", 45),
        ("int", 45, 45),
        ("int", "1 000", 1000),
        ("int", "1\u00a0000", 1000),
        ("int", "-4", -4),
        ("enum", "XL", "XL"),
        ("date", "1.3.2027", date(2027, 3, 1)),
        ("list", "fi, uk", ["fi", "uk"]),
        ("text", " muu ", "muu"),
    ],
)
def test_an_answer_takes_the_type_of_its_question(kind: str, text: object, expected: object) -> None:
    assert typed_answer("q", kind, ("S", "XL"), text) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bool", "ehkä"),
        ("int", "noin 40"),
        ("int", "4.5"),
        ("int", "²"),
        ("int", "n. 200"),
        ("int", "1e3"),
        ("int", "1 00"),
        ("int", True),
        ("enum", "XXL"),
        ("bool", 1),
    ],
)
def test_an_answer_of_another_type_is_refused(kind: str, value: object) -> None:
    """A guess here would turn into tasks and dates of the law."""
    with pytest.raises(UsageError) as caught:
        typed_answer("q", kind, ("S", "XL"), value)

    assert caught.value.key == f"incidents.answer_{kind}"


@pytest.mark.parametrize(("question", "limit"), [("headcount", 1_000_000), ("cost", 999_999_999)])
@pytest.mark.parametrize("typed", ["9" * 30, "9" * 5000])
def test_a_number_too_large_is_told_with_its_limit(question: str, limit: int, typed: str) -> None:
    """The advice to write a whole number helps nobody who wrote one; Python itself reads no 5,000 digits."""
    with pytest.raises(UsageError) as caught:
        typed_answer(question, "int", (), typed)

    assert (caught.value.key, caught.value.params["limit"]) == ("incidents.answer_large", limit)
