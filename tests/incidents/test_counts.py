"""A number of people is read in one way, wherever it is typed, and refused with the same words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from muutosturva.cli.incident_region import _people
from muutosturva.cli.sites import read_sites
from muutosturva.cli.values import read_values
from muutosturva.errors import UsageError
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.incidents.typed.counts import people_count, people_or_unknown, whole_number
from muutosturva.incidents.typed.figure_notation import parse_people

NONE, LARGE = "no number", "too large"
Read = Callable[[str], object]


def _kind(key: str) -> str:
    return LARGE if key.endswith("_large") else NONE


def _told(read: Read) -> Read:
    def reading(text: str) -> object:
        try:
            return read(text)
        except UsageError as error:
            return _kind(error.key)

    return reading


def _of_wave(text: str) -> object:
    values = read_values((), (), (f"w1,count={text}",), source="", declared={})
    return _kind(values.problems[0].code) if values.problems else values.waves[0].count


READERS: dict[str, Read] = {
    "reader": _told(people_count),
    "question": _told(lambda text: typed_answer("headcount", "int", (), text)),
    "figure": _told(lambda text: parse_people(text)[0]),
    "link": _told(_people("--people")),
    "wave, while the incident runs": _told(people_or_unknown),
    "wave, at the trigger": _of_wave,
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000", 1000),
        ("1 000", 1000),
        ("1\u00a0000", 1000),
        ("1\u202f000", 1000),
        (" 0040 ", 40),
        ("1000000", 1_000_000),
        ("1 000 001", LARGE),
        ("9" * 5000, LARGE),
        ("n. 200", NONE),
        ("1e3", NONE),
        ("1.000", NONE),
        ("10 00", NONE),
        ("²", NONE),
        ("١٢", NONE),
        ("", NONE),
    ],
)
def test_every_place_reads_a_number_of_people_alike(name: str, text: str, expected: object) -> None:
    """Who copies "1 000" from a letter must not be refused in one place and believed in another."""
    assert READERS[name](text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1000", 1000), ('"1 000"', 1000), ("1000001", LARGE), ("n. 200", NONE), ("true", NONE)],
)
def test_a_file_of_establishments_reads_it_too(tmp_path: Path, text: str, expected: object) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text(f"lahti: {{headcount: {text}}}\n", encoding="utf-8")
    sites, problems = read_sites(path)
    assert (_kind(problems[0].code) if problems else sites[0].headcount) == expected


def test_a_range_is_refused_where_one_number_is_asked() -> None:
    """It was cut to one of its ends without a word."""
    with pytest.raises(UsageError, match=r"people_number"):
        people_or_unknown("95–110")


def test_a_message_repeats_only_the_beginning_of_what_was_typed() -> None:
    with pytest.raises(UsageError) as caught:
        people_count("9" * 5000)
    assert len(str(caught.value.params["text"])) == 40


def test_leading_zeros_and_signs_are_no_size() -> None:
    assert [whole_number(text) for text in ("0" * 5000 + "7", "+7", "-7", "--7")] == [7, 7, -7, None]
