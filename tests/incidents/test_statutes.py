"""A statute is told by the name people use for its act, beside its number."""

from __future__ import annotations

import re

import pytest

from muutosturva.i18n import LANGUAGES, Texts, catalogue
from muutosturva.incidents.told.statutes import doubt, source, statute
from muutosturva.rules.book import shipped_book


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1333/2021 2 §", "yhteistoimintalaki 1333/2021 2 §"),
        ("1333/2021 3 luku 21 §", "yhteistoimintalaki 1333/2021 3 luku 21 §"),
        ("1333/2021 (252/2025)", "yhteistoimintalaki 1333/2021 (252/2025)"),
        ("252/2025", "yhteistoimintalain muutos 252/2025"),
        ("(EU) 2021/691 4 art.", "EGR-asetus (EU) 2021/691 4 art."),
        ("1927/2006; 1309/2013", "EGR-asetus 1927/2006; 1309/2013"),
        ("HE 207/2022", "HE 207/2022"),
        ("999/1999 1 §", "999/1999 1 §"),
        ("", ""),
    ],
)
def test_an_act_stands_by_its_name_beside_its_number(written: str, told: str) -> None:
    """A bill is no act, what amended an act needs no name of its own, and an unknown act keeps its number."""
    assert statute(Texts("fi"), written) == told


def test_a_statute_is_told_in_the_language_of_the_reader() -> None:
    assert statute(Texts("sv"), "55/2001 9 luku 3 a §") == "arbetsavtalslagen 55/2001 9 kap. 3 a §"
    assert statute(Texts("en"), "55/2001 9 luku 3 a §") == "Employment Contracts Act 55/2001 9 ch. 3 a §"


def test_no_statute_that_ships_is_written_in_english() -> None:
    """An official reads the law in its own words: numbers, and Finnish where words are needed."""
    words = {word for row in shipped_book().rows for word in re.findall(r"[A-Za-zäö]{2,}", row.statute)}
    assert words <= {"luku", "art", "liite", "vp", "HE", "EU", "COM", "yleistukilaki"}


def test_every_act_has_a_name_in_every_language() -> None:
    named = [{key for key in catalogue(language) if key.startswith("rules.act.")} for language in LANGUAGES]
    assert named[0]
    assert all(found == named[0] for found in named)


def test_the_levels_say_where_they_come_from_in_the_words_of_the_reader() -> None:
    """The rows are the program's own: their source is no web page that could stand as it is."""
    rows = [row for row in shipped_book().rows if row.key.startswith("level.")]
    assert {source(Texts("fi"), row.source) for row in rows} == {"ohjelman oma oletussuunnitelma"}
    assert source(Texts("fi"), "tem.fi 1.7.2025") == "tem.fi 1.7.2025"


def test_only_what_is_not_sure_says_how_sure_it_is() -> None:
    by_confidence = {row.confidence.value: doubt(Texts("fi"), row) for row in shipped_book().rows}
    assert by_confidence["sure"] == by_confidence["found"] == ""
    assert by_confidence["unsure"] == " [epävarma]"
