"""The plain listing: the same facts for a screen reader, without drawn lines, marks or columns."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from muutosturva.clock import local_date
from muutosturva.coordination.sign_on import open_store
from muutosturva.errors import NotFoundError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.preparedness.service import add_absence
from muutosturva.tui.plain import print_board, print_incident
from tests.tui.support import NOW

INCIDENT = "LAHTI-2027-01"
ELLI = "Esimerkki Elli"
KAISA = "Kuvitteellinen Kaisa"


def drawn(text: str) -> list[str]:
    """Return characters that are drawn rather than read: box drawing, blocks, escapes."""
    return [char for char in text if 0x2500 <= ord(char) <= 0x259F or unicodedata.category(char) == "Cc"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_listing_has_nothing_that_is_drawn(firm_store: Path, language: Language) -> None:
    with open_store(firm_store) as store:
        for text in (
            print_board(store, Texts(language), NOW),
            print_incident(store, INCIDENT, Texts(language), NOW),
        ):
            assert set(drawn(text)) == {"\n"}
            assert not {*"!►●○✓×□~"} & set(text)
            assert "  " not in text.replace("\n", "")


def test_the_board_says_what_the_screen_shows(firm_store: Path) -> None:
    with open_store(firm_store) as store:
        lines = print_board(store, Texts("fi"), NOW).splitlines()
    assert lines[0] == "Tilannekuva, maanantai 1. maaliskuuta 2027"
    assert lines[1] == "ESIMERKKI – EXEMPEL – EXAMPLE"
    assert any(
        line.startswith("LAHTI-2027-01, Esimerkkikoria Oy, Lahti, 260 henkilöä, taso XL, käynnissä")
        for line in lines
    )
    assert any("B1 Kirjaa tieto" in line for line in lines)


def test_a_date_says_in_words_how_sure_it_is(firm_store: Path) -> None:
    with open_store(firm_store) as store:
        lines = print_incident(store, INCIDENT, Texts("fi"), NOW).splitlines()
    assert "Kuulimme asiasta: 1.3.2027 8.30, annettu" in lines
    assert "Muutosneuvottelut alkavat: 8.3.2027 (arvio), laskettu" in lines
    assert "Euroopan globalisaatiorahaston (EGR) raja täyttyi: ei tiedossa" in lines


def test_an_empty_store_says_which_command_opens_the_first_incident(empty_store: Path) -> None:
    with open_store(empty_store) as store:
        assert "muutosturva incident open" in print_board(store, Texts("fi"), NOW)


def test_an_incident_names_the_statute_of_a_statutory_task(firm_store: Path) -> None:
    with open_store(firm_store) as store:
        assert "§" in print_incident(store, INCIDENT, Texts("fi"), NOW)


def test_an_unknown_incident_is_an_error_for_the_caller(firm_store: Path) -> None:
    with open_store(firm_store) as store, pytest.raises(NotFoundError):
        print_incident(store, "LAHTI-1999-01", Texts("fi"), NOW)


def test_who_is_away_today_is_not_named_as_the_one_who_does_the_task(firm_store: Path) -> None:
    with open_store(firm_store) as store:
        add_absence(store, ELLI, local_date(NOW), local_date(NOW), deputy=KAISA, actor=ELLI, now=NOW)
        alone = print_incident(store, INCIDENT, Texts("fi"), NOW)
        add_absence(store, KAISA, local_date(NOW), local_date(NOW), actor=ELLI, now=NOW)
        add_absence(store, "Malli Mauri", local_date(NOW), local_date(NOW), actor=ELLI, now=NOW)
        nobody = print_incident(store, INCIDENT, Texts("fi"), NOW)
    assert f"{KAISA} (Vastuukoordinaattori). sijaistaa: {ELLI} on poissa." in alone
    assert f"{ELLI} (Vastuukoordinaattori)" not in alone
    assert f"Vastuukoordinaattori: {ELLI} on poissa, eikä sijaista ole." in nobody
