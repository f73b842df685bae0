"""Stores, rule book, roster: what stands ready between incidents."""

from __future__ import annotations

from pathlib import Path

import pytest

from muutosturva.rules.book import shipped_book
from muutosturva.rules.bookfile import write_book
from muutosturva.store.store import Store
from tests.cli.conftest import Program

LAW = ("--statute", "670/2022 5 a luku 2 §", "--source", "finlex.example", "--reason", "Vuosikatsaus")


def test_init_makes_a_store_and_may_be_said_again(program: Program, tmp_path: Path) -> None:
    place = str(tmp_path / "uusi.db")
    first = program("init", "--store", place, "--kind", "example", "--json").json
    second = program("init", "--store", place, "--kind", "example", "--json").json

    assert (first["created"], second["created"]) == (True, False)
    assert first["total"] == second["total"]
    assert set(second["added"].values()) == {0}
    assert program("store", "check", "--store", place).code == 0


def test_init_prints_where_the_store_lies(program: Program, own_folders: Path) -> None:
    told = program("init", "--json")

    assert told.code == 0
    assert own_folders in Path(told.json["store"]).parents


def test_a_kind_never_changes(program: Program, tmp_path: Path) -> None:
    place = str(tmp_path / "uusi.db")
    program("init", "--store", place, "--kind", "example")

    assert program("init", "--store", place).code == 5


def test_an_unknown_area_is_told_with_the_nearest(program: Program, tmp_path: Path) -> None:
    told = program("init", "--area", "lahtti", "--store", str(tmp_path / "x.db"))

    assert told.code == 3
    assert "lahti" in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_row_of_law_is_corrected_with_a_source(filled: Program) -> None:
    """The unit of a known row need not be typed again; the row before it ends on the day before."""
    told = filled("law", "set", "mt55.register_within", "90", "--from", "1.1.2028", *LAW, "--json").json

    assert told["revision"] == 2
    assert {row["value"]: row["unit"] for row in told["added"]} == {"90": "days", "60": "days"}
    rows = filled("law", "list", "mt55.register_within", "--json").json["rows"]
    assert [(row["value"], row["valid_to"]) for row in rows] == [("60", "2027-12-31"), ("90", None)]
    on = filled("law", "list", "mt55.register_within", "--on", "1.1.2028", "--json").json["rows"]
    assert [row["value"] for row in on] == ["90"]


def test_the_shipped_rows_change_nothing_in_a_new_store(filled: Program) -> None:
    told = filled("law", "update", "--json").json

    assert (told["revision"], told["added"], told["removed"]) == (1, [], [])


def test_rows_come_from_a_file(filled: Program, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    text = write_book(shipped_book().rows[:1])
    path.write_text(text.replace(",found,", ",sure,").replace(",seed,", ",sure,"), encoding="utf-8")
    told = filled("law", "update", str(path), "--reason", "Vuosikatsaus", "--json")

    assert told.code == 0
    assert len(told.json["added"]) <= 1


def test_a_wrong_file_of_rows_is_told_with_its_lines_and_changes_nothing(
    filled: Program, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(write_book(shipped_book().rows[:2]).replace(",found,", ",surely,"), encoding="utf-8")
    told = filled("law", "update", str(path))

    assert told.code == 1
    assert f"{path}:3" in told.err
    assert filled("law", "list", "--json").json["revision"] == 1


def test_a_file_of_rows_in_another_encoding_is_told(filled: Program, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"key,value\n\xe4,1\n")

    assert filled("law", "update", str(path)).code == 1


def test_unsure_rows_are_found(filled: Program) -> None:
    rows = filled("law", "list", "--unsure", "--json").json["rows"]

    assert rows
    assert {row["confidence"] for row in rows} == {"unsure"}


def test_a_person_is_added_and_can_take_a_role(opened: Program) -> None:
    added = opened(
        "roster", "add", "Ööla Malli", "--title", "Sihteeri", "--roles", "secretary,lead", "--json"
    ).json

    assert added["id"] == "oola-malli"
    assert added["roles"] == ["secretary", "lead"]
    assert added["area"] == "lahti"
    assert opened("incident", "role", "LAHTI-2027-01", "secretary", "Ööla Malli").code == 0
    assert "Ööla Malli" in opened("roster", "list").out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--email", "elli at lahti"), "preparedness.email_form"),
        (("--roles", "Lead"), "preparedness.id_form"),
        (("--languages", "suomi"), "preparedness.language_form"),
        (("--area", "lahtti"), "preparedness.no_area"),
    ],
)
def test_a_person_who_cannot_be_right_is_told(filled: Program, options: tuple[str, ...], code: str) -> None:
    told = filled("roster", "add", "Oona Malli", *options, "--json")

    assert told.code == 1
    assert [problem["code"] for problem in told.json["problems"]] == [code]
    assert "Oona Malli" not in filled("roster", "list").out


def test_two_people_of_one_beginning_have_two_ids(filled: Program) -> None:
    ids = [filled("roster", "add", name, "--json").json["id"] for name in ("Oona Malli", "Öona Malli")]

    assert ids == ["oona-malli", "oona-malli-2"]


def test_a_backup_is_a_store_that_is_sound(opened: Program, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"

    assert opened("store", "backup", str(path)).code == 0
    assert opened("store", "check", "--store", str(path)).code == 0
    assert opened("incident", "list", "--store", str(path)).out == opened("incident", "list").out
    assert opened("store", "backup", str(path)).code == 5


def test_a_current_store_needs_no_migration(opened: Program) -> None:
    told = opened("store", "migrate", "--json").json

    assert told["before"] == told["after"]
    assert told["copy"] is None


def test_stats_count_what_is_there(opened: Program) -> None:
    told = opened("store", "stats", "--json").json

    assert told["incidents"] == told["running"] == 3
    assert told["kind"] == "example"
    assert opened.store is not None
    with Store.open(opened.store) as store:
        assert told["created"] == store.created_at.isoformat()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "command",
    [
        "store stats",
        "roster list",
        "contact list",
        "law list",
        "playbook list",
        "playbook show large-layoff",
        "incident list",
        "task list",
    ],
)
def test_every_list_is_printed_in_every_language_and_fits_80_columns(
    opened: Program, command: str, language: str, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    told = opened(*command.split(), "--lang", language)

    assert told.code == 0
    places = (str(opened.store), str(own_folders))
    lines = [line for line in told.out.splitlines() if not any(place in line for place in places)]
    too_long = [line for line in lines if len(line) > 80]
    assert not too_long


def test_the_demo_tells_what_it_made_and_where(program: Program, tmp_path: Path) -> None:
    """A newcomer's first command: everything it names is there, and the store it leaves is sound."""
    told = program("demo", "--out", str(tmp_path / "demo"), "--json")

    assert told.code == 0
    assert all(Path(name).stat().st_size for name in (told.json["store"], *told.json["files"]))
    program.store = Path(told.json["store"])
    assert program("store", "check").code == 0
    situation = program("incident", "show", told.json["situation"], "--json").json
    assert situation["children"] == told.json["incidents"]


def test_days_of_the_office_are_previewed_added_listed_and_removed(opened: Program) -> None:
    """Closed over the move: what was due then is due after it, in every incident at once."""
    days = ("closed", "2.3.2027..3.3.2027", "7.3.2027", "--label", "muutto")
    seen = opened("office", "add", *days, "--preview", "--json").json
    assert opened("office", "list", "--json").json == []
    done = opened("office", "add", *days, "--json").json

    assert done == seen
    assert done["added"] == ["2027-03-02", "2027-03-03", "2027-03-07"]
    assert len(done["warnings"]) == 1
    assert "2027-03-02" in {moved["old"] for each in done["incidents"] for moved in each["moved"]}
    assert "muutto" in opened("office", "list").out
    assert "kiinniolopäivät" in opened("incident", "log", "LAHTI-2027-01").out

    again = opened("office", "add", "closed", "2.3.2027")
    assert (again.code, "Ennallaan 1" in again.out) == (0, True)
    gone = opened("office", "remove", "closed", "2.3.2027..3.3.2027", "7.3.2027")
    assert (gone.code, "Poistettiin 3" in gone.out, "LAHTI-2027-01" in gone.out) == (0, True, True)
    assert opened("office", "remove", "council", "2.3.2027").code == 3
    assert opened("office", "add", "kesken", "2.3.2027").code == 2
