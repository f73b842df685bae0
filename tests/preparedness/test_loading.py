"""Loading the roster from the file an office has: what is taken, what is told, who stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from muutosturva.coordination.roster_files import roles_of_playbooks
from muutosturva.errors import InputError
from muutosturva.incidents.reading import queries as incidents
from muutosturva.playbooks.library import Library
from muutosturva.preparedness import queries
from muutosturva.preparedness.loading import RosterLoad
from muutosturva.preparedness.queries import PersonView
from muutosturva.preparedness.roster_sheet import RosterSheet, read_roster
from muutosturva.preparedness.service import load_roster, preview_roster
from muutosturva.store.store import Store
from muutosturva.tabular.table import Column, Table
from muutosturva.tabular.xlsx import xlsx_bytes
from tests.support.incidents import WHO

ELLI, MAURI = "Esimerkki Elli", "Malli Mauri"
ROLES = {"lead": "lead", "vastuukoordinaattori": "lead", "viestintä": "communication"}


def csv(*lines: str) -> RosterSheet:
    """Return a sheet with the headings Nimi and those of the first line."""
    return read_roster("\n".join(lines).encode(), "henkilöt.csv")


def load(store: Store, sheet: RosterSheet, **options: Any) -> RosterLoad:
    return load_roster(store, sheet, ROLES, language="fi", **options, **WHO)


def people(store: Store) -> dict[str, PersonView]:
    with store.reading() as session:
        return {person.name: person for person in queries.roster(session)}


@pytest.mark.parametrize(
    ("headings", "line"),
    [
        ("Nimi;Sähköposti", "Aito Aino;aino@example.invalid"),
        ("Sukunimi;Etunimi;E-mail (työ)", "Aito;Aino;aino@example.invalid"),
        ("E-post:;Namn *", "aino@example.invalid;Aito Aino"),
        ("Full name\tE-mail address", "Aito Aino\taino@example.invalid"),
        ("Ryhmä 2027\n\nNIMI;Huone;SÄHKÖPOSTI", "Aito Aino;12;aino@example.invalid"),
    ],
)
def test_headings_are_known_in_three_languages_wherever_they_stand(
    filled_store: Store, headings: str, line: str
) -> None:
    before = people(filled_store)
    done = load(filled_store, csv(headings, line))

    assert done.added == ("Aito Aino",)
    assert people(filled_store)["Aito Aino"].email == "aino@example.invalid"
    assert set(done.missing) == set(before)
    assert {name: person for name, person in people(filled_store).items() if name in before} == before


def test_a_file_of_excel_is_read_and_a_number_gets_its_zero_back(filled_store: Store) -> None:
    columns = (Column("a", "Nimi"), Column("b", "Puhelin", "number"), Column("c", "Kielet"))
    table = Table("x", "Ryhmä", columns, ((ELLI, 405550199, "suomi; Ruotsi"), (MAURI, None, None)))
    sheet = read_roster(xlsx_bytes([table], title="x", made=dt.datetime(2027, 3, 1)), "r.xlsx")  # noqa: DTZ001 - of a file
    done = load(filled_store, sheet)

    assert (sheet.sheet, sheet.heading_row) == ("Ryhmä", 1)
    assert people(filled_store)[ELLI].phone == "0405550199"
    assert people(filled_store)[ELLI].languages == ("fi", "sv")
    assert [warning.problem.code for warning in done.warnings] == ["preparedness.zero_lost"]
    assert done.warnings[0].problem.path == "B2"
    assert done.unchanged == 1


@pytest.mark.parametrize(
    "text",
    [
        "- name: Aito Aino\n  roles: [lead]\n",
        "people:\n  - nimi: Aito Aino\n    roolit: Vastuukoordinaattori\n",
        '[{"name": "Aito Aino", "roles": ["lead"], "title": null}]',
    ],
)
def test_yaml_and_the_programs_own_json_are_read(filled_store: Store, text: str) -> None:
    load(filled_store, read_roster(text.encode(), "r.yaml"))

    assert people(filled_store)["Aito Aino"].roles == ("lead",)


def test_everything_wrong_is_told_with_its_cell_and_the_other_rows_are_taken(filled_store: Store) -> None:
    sheet = csv(
        "Nimi;Alue;Kielet;Sähköposti;Roolit;Käytössä",
        "Aito Aino;Lahti;suomi;aino@example.invalid;viestintä, lead;kyllä",
        "Uusi Urpo;Atlantis;klingon;urpo;lead boss!;ehkä",
        ";lahti;;;;",
        "aito aino;;;;;",
        f"{ELLI};;;;;ei",
    )
    done = load(filled_store, sheet)

    assert [(found.number, found.problem.path, found.problem.code) for found in done.rejected] == [
        (3, "B3", "preparedness.no_area"),
        (3, "C3", "preparedness.language_form"),
        (3, "D3", "preparedness.email_form"),
        (3, "E3", "preparedness.no_role"),
        (3, "F3", "preparedness.not_yes_or_no"),
        (4, "A4", "preparedness.name_missing"),
        (5, "5", "preparedness.row_twice"),
    ]
    assert done.added == ("Aito Aino",)
    assert people(filled_store)["Aito Aino"].roles == ("communication", "lead")
    assert not people(filled_store)[ELLI].active


def test_with_strict_nothing_is_taken_when_anything_is_wrong(filled_store: Store) -> None:
    before = people(filled_store)
    with pytest.raises(InputError) as caught:
        load(filled_store, csv("Nimi;Sähköposti", "Aito Aino;", "Uusi Urpo;urpo"), strict=True)

    assert [problem.path for problem in caught.value.problems] == ["B3"]
    assert people(filled_store) == before


@pytest.mark.parametrize(("cell", "expected"), [("", "esimerkki-elli@example.invalid"), ("-", "")])
def test_an_empty_cell_says_nothing_and_a_dash_empties(filled_store: Store, cell: str, expected: str) -> None:
    """A list that was made for another purpose has gaps; it must not empty the roster."""
    load(filled_store, csv("Nimi;Sähköposti;Roolit", f"{ELLI};{cell};"))

    assert people(filled_store)[ELLI].email == expected
    assert people(filled_store)[ELLI].roles == ("lead",)


def test_who_is_missing_stays_unless_it_is_asked_for_and_is_never_deleted(filled_store: Store) -> None:
    before = people(filled_store)
    sheet = csv("Nimi;Sähköposti", f"{ELLI};", "Malli Mauri;mauri")
    kept = load(filled_store, sheet)
    assert kept.empty
    assert people(filled_store) == before

    done = load(filled_store, sheet, retire_missing=True)

    after = people(filled_store)
    assert set(after) == set(before)
    assert set(done.retired) == set(before) - {ELLI, MAURI}
    assert {name for name, person in after.items() if person.active} == {ELLI, MAURI}
    back = load(filled_store, csv("Nimi", *sorted(before)))
    assert {change.field for change in back.changes} == {"active"}
    assert people(filled_store) == before


def test_retired_people_who_hold_roles_are_told(opened_store: Store) -> None:
    done = preview_roster(
        opened_store, csv("Nimi", "Tilanne Taavi"), ROLES, retire_missing=True, language="fi"
    )

    assert {ELLI, MAURI} <= set(done.holding)
    assert people(opened_store)[ELLI].active


def test_a_preview_says_what_the_loading_does_and_saves_nothing(filled_store: Store) -> None:
    sheet = csv("Nimi;Nimike;Roolit", f"{ELLI};Päällikkö;lead", "Aito Aino;Neuvoja;lead")
    before = people(filled_store)
    seen = preview_roster(filled_store, sheet, ROLES, language="fi")
    assert people(filled_store) == before

    done = load(filled_store, sheet)

    assert (seen.added, seen.changes, seen.missing) == (done.added, done.changes, done.missing)
    assert [(change.person, change.field, change.new) for change in done.changes] == [
        (ELLI, "title", "Päällikkö")
    ]
    assert people(filled_store)[ELLI].title["sv"] == before[ELLI].title["sv"]


def test_one_event_tells_the_file_and_every_change_and_the_same_file_again_tells_none(
    filled_store: Store,
) -> None:
    sheet = csv("Nimi;Puhelin", f"{ELLI};040 555 0777", "Aito Aino;")
    load(filled_store, sheet)
    again = load(filled_store, sheet)

    assert again.empty
    with filled_store.reading() as session:
        found = [
            entry for entry in incidents.log_entries(session) if entry.kind == "preparedness.roster_loaded"
        ]
    assert len(found) == 1
    assert found[0].payload == {
        "file": "henkilöt.csv",
        "new": 1,
        "altered": 1,
        "inactive": 0,
        "people": ["Aito Aino", ELLI],
        "changes": [{"person": ELLI, "field": "phone", "old": "040 555 0101", "new": "040 555 0777"}],
    }


def test_the_id_says_who_is_renamed(filled_store: Store) -> None:
    done = load(filled_store, csv("Tunnus;Nimi", "esimerkki-elli;Esimerkki Elina", "olematon;Olli Olematon"))

    assert people(filled_store)["Esimerkki Elina"].slug == "esimerkki-elli"
    assert [found.problem.code for found in done.rejected] == ["preparedness.no_person"]


def test_a_file_without_names_is_refused_with_the_headings_that_would_do() -> None:
    with pytest.raises(InputError) as caught:
        csv("Auto;Väri", "Lada;punainen")

    assert caught.value.key == "preparedness.no_name_column"
    assert "Nimi" in str(caught.value.params["headings"])


def test_the_roles_of_the_playbooks_are_known_by_their_titles() -> None:
    roles = roles_of_playbooks(Library())

    assert roles["vastuukoordinaattori"] == roles["lead"] == "lead"
    assert roles["incident lead"] == "lead"
