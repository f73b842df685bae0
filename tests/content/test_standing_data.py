"""The shipped standing data: areas, commuting cells, parties and the invented roster."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from importlib import resources

import pytest

from muutosturva.rules.results import Confidence

Row = Mapping[str, str]

CONFIDENCES = {confidence.value for confidence in Confidence}
ROLES = {
    "lead",
    "change_security",
    "communication",
    "situation",
    "employer_services",
    "client_services",
    "training",
    "economy",
    "partners",
    "secretary",
}
AUDIENCES = {
    "group",
    "neighbours",
    "management",
    "state_office",
    "employer",
    "unions",
    "providers",
    "staff",
    "media",
    "partners",
    "public",
}
AROUND_LAHTI = {
    "lahti": {"Lahti"},
    "paijat-hame": {
        "Asikkala",
        "Hartola",
        "Heinola",
        "Hollola",
        "Iitti",
        "Kärkölä",
        "Orimattila",
        "Padasjoki",
        "Sysmä",
    },
    "etela-hame": {"Hausjärvi", "Janakkala", "Loppi", "Riihimäki"},
    "tyohame": {"Forssa", "Hattula", "Humppila", "Hämeenlinna", "Jokioinen", "Tammela", "Ypäjä"},
    "kouvola": {"Kouvola"},
    "porvoo": {"Askola", "Lapinjärvi", "Loviisa", "Myrskylä", "Porvoo", "Pukkila"},
}
BILINGUAL_NEAR_LAHTI = {"Porvoo", "Loviisa", "Lapinjärvi", "Myrskylä", "Pyhtää", "Sipoo"}


def rows(name: str) -> list[Row]:
    text = resources.files("muutosturva.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize("area", AROUND_LAHTI)
def test_an_area_holds_its_municipalities(area: str) -> None:
    """The lead area and its neighbours are told by these lists: one missing is one not told."""
    found = {row["municipality"] for row in rows("employment_areas.csv") if row["area_slug"] == area}
    assert found == AROUND_LAHTI[area]


def test_a_municipality_stands_in_one_area_with_its_three_digit_code() -> None:
    """Codes begin with zeros, which a spreadsheet likes to eat."""
    areas = rows("employment_areas.csv")
    assert len(areas) == 95
    assert len({row["area_slug"] for row in areas}) == 22
    for column in ("municipality_code", "municipality"):
        assert max(Counter(row[column] for row in areas).values()) == 1
    assert all(re.fullmatch(r"\d{3}", row["municipality_code"]) for row in areas)


def test_an_area_has_one_name_and_one_host() -> None:
    """A slug that meant two areas would send half of the messages to the wrong host."""
    by_slug: dict[str, set[tuple[str, str]]] = {}
    for row in rows("employment_areas.csv"):
        by_slug.setdefault(row["area_slug"], set()).add((row["employment_area"], row["host_municipality"]))
    assert {slug: names for slug, names in by_slug.items() if len(names) != 1} == {}


def test_bilingual_municipalities_are_marked_and_have_a_swedish_name() -> None:
    """Language act 423/2003: a bilingual municipality informs in both languages."""
    areas = rows("employment_areas.csv")
    assert {row["languages"] for row in areas} == {"fi", "fi+sv"}
    bilingual = {row["municipality"]: row["name_sv"] for row in areas if row["languages"] == "fi+sv"}
    assert bilingual.keys() >= BILINGUAL_NEAR_LAHTI
    assert all(bilingual.values())
    assert not bilingual.keys() & AROUND_LAHTI["lahti"]


@pytest.mark.parametrize("name", ["employment_areas.csv", "parties.csv"])
def test_every_row_says_how_sure_it_is_and_where_it_was_read(name: str) -> None:
    """A row without its source cannot be corrected by the next reader."""
    assert [row for row in rows(name) if row["confidence"] not in CONFIDENCES or not row["source"]] == []


def test_seven_commuting_cells_are_marked_reconstructed() -> None:
    """Two rows of the printed table are damaged: what was solved from its totals is not a source."""
    cells = rows("commuting_2021_cells.csv")
    assert len(cells) == 100
    solved = {
        (row["home_municipality"], row["work_municipality"]): int(row["used"])
        for row in cells
        if row["status"] == "reconstructed"
    }
    assert solved == {
        ("Asikkala", "Heinola"): 79,
        ("Asikkala", "Hollola"): 80,
        ("Asikkala", "Lahti"): 925,
        ("Asikkala", "Orimattila"): 30,
        ("Asikkala", "Padasjoki"): 45,
        ("Hartola", "Asikkala"): 5,
        ("Hartola", "Heinola"): 76,
    }
    printed = [row for row in cells if row["status"] != "reconstructed"]
    assert [row for row in printed if row["used"] != row["as_extracted"]] == []


def test_commuting_cells_add_up_to_the_totals() -> None:
    """The balanced table is the one that agrees with every row and column total."""
    cells = rows("commuting_2021_cells.csv")
    by_home: Counter[str] = Counter()
    by_work: Counter[str] = Counter()
    for row in cells:
        by_home[row["home_municipality"]] += int(row["used"])
        by_work[row["work_municipality"]] += int(row["used"])
    totals = rows("commuting_2021_totals.csv")
    assert {row["municipality"]: int(row["row_sum_used"]) for row in totals} == by_home
    assert {row["municipality"]: int(row["col_sum_used"]) for row in totals} == by_work
    assert {row["municipality"]: int(row["col_total_stated"]) for row in totals} == by_work


def test_parties_are_named_and_described_in_three_languages() -> None:
    """The contact list is printed in the language of the reader."""
    parties = rows("parties.csv")
    columns = [f"{part}_{language}" for part in ("name", "role") for language in ("fi", "sv", "en")]
    assert [row["slug"] for row in parties if not all(row[column] for column in columns)] == []
    assert max(Counter(row["slug"] for row in parties).values()) == 1
    assert {row["audience"] for row in parties} <= AUDIENCES


def test_the_state_office_is_a_row() -> None:
    """State offices were renamed on 1.1.2026 and may be again: the name must be a row to change."""
    assert [row["slug"] for row in rows("parties.csv") if row["kind"] == "state_office"].count(
        "elinvoimakeskus"
    ) == 1


def test_the_example_roster_covers_every_role_with_a_deputy() -> None:
    """A trigger with the example roster must leave no role empty."""
    people = rows("roster_example.csv")
    filled = {role for row in people for role in row["roles"].split(";")}
    deputies = {role for row in people for role in row["deputy_for"].split(";")}
    assert filled == ROLES
    assert deputies == ROLES
    own = [row["slug"] for row in people if set(row["roles"].split(";")) & set(row["deputy_for"].split(";"))]
    assert own == [], "nobody is their own deputy"


def test_people_of_the_example_roster_cannot_be_reached() -> None:
    """The people are invented: their addresses must belong to nobody."""
    people = rows("roster_example.csv")
    assert [row["slug"] for row in people if not row["email"].endswith("@example.invalid")] == []
    assert [row["slug"] for row in people if not row["phone"].startswith("040 555 01")] == []
