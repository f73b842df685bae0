"""``task import``: an edited sheet from the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A, FIRM_B

EXPORT = ("incident", "export", FIRM_A, "--table", "tasks", "--as", "Esimerkki Elli")
IMPORT = ("--incident", FIRM_A, "--as", "Esimerkki Elli")


@pytest.fixture
def sheet(opened: Program, tmp_path: Path) -> Path:
    """Return the exported csv file with a label, a slip and a new task in it."""
    path = tmp_path / "tehtavat.csv"
    opened(*EXPORT, "--out", str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file, delimiter=";")
    rows[0][heading.index("Värimerkki")] = "kiire"
    rows[1][heading.index("Tila")] = "melkein"
    rows.append([""] * len(heading))
    rows[-1][heading.index("Tehtävä")] = "Varaa bussi"
    del rows[2]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([heading, *rows])
    return path


def test_a_preview_tells_every_change_and_saves_nothing(opened: Program, sheet: Path) -> None:
    told = opened("task", "import", str(sheet), *IMPORT, "--dry-run")

    assert told.code == 1
    assert "kiire" in told.out
    assert "uusi tehtävä" in told.out
    assert "C3: Tilaa ”melkein” ei voi asettaa." in told.err
    assert "Mitään ei tallennettu." in told.err
    assert "Varaa bussi" not in opened("incident", "tasks", FIRM_A).out


def test_accepted_rows_are_kept_and_the_exit_code_says_that_others_were_not(
    opened: Program, sheet: Path
) -> None:
    told = opened("task", "import", str(sheet), *IMPORT, "--json")

    assert told.code == 1
    assert {name: told.json[name] for name in ("accepted", "updated", "added", "missing", "saved")} == {
        "accepted": 2,
        "updated": 1,
        "added": 1,
        "missing": 1,
        "saved": True,
    }
    assert [(row["row"], row["column"], row["code"]) for row in told.json["rejected"]] == [
        (3, "C", "incidents.sheet_state")
    ]
    assert told.json["changes"][0]["fields"] == {"label": {"old": None, "new": "kiire"}}
    assert "Varaa bussi" in opened("incident", "tasks", FIRM_A).out


def test_strict_keeps_none(opened: Program, sheet: Path) -> None:
    told = opened("task", "import", str(sheet), *IMPORT, "--strict")

    assert told.code == 1
    assert "Yhtään riviä ei tuotu (--strict)" in told.err
    assert "Varaa bussi" not in opened("incident", "tasks", FIRM_A).out


def test_an_import_is_undone_with_one_command(opened: Program, sheet: Path) -> None:
    opened("task", "import", str(sheet), *IMPORT)
    assert opened("incident", "undo", FIRM_A, "--as", "Esimerkki Elli").code == 0
    assert "Varaa bussi" not in opened("incident", "tasks", FIRM_A).out


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_comes_back_as_it_went_changes_nothing(
    opened: Program, tmp_path: Path, language: str, form: str
) -> None:
    path = tmp_path / f"t.{form}"
    opened("incident", "export", FIRM_A, "--table", "tasks", "--out", str(path), "--lang", language)
    told = opened("task", "import", str(path), *IMPORT, "--json")

    assert told.code == 0
    assert (told.json["accepted"], told.json["saved"], told.json["language"]) == (0, False, language)
    assert (told.json["warnings"], told.json["missing"]) == ([], 0)


@pytest.mark.parametrize(
    ("content", "incident", "code", "message"),
    [
        (None, FIRM_A, 3, "Tarkista polku"),
        (b"a;b\n1;2\n", FIRM_A, 1, "ei ole tehtävätaulukkoa"),
        (b"Teht\xc3\xa4v\xc3\xa4;Tila;Rooli\nx;tehty;lead\n", FIRM_A, 1, "on poistettu sarake ”Tunniste"),
        (b"", FIRM_A, 1, "on tyhjä"),
        (b"PK\x03\x04", FIRM_A, 1, "on vioittunut"),
        ("sheet", FIRM_B, 1, f"Anna --incident {FIRM_A}"),
        ("sheet", "LAHTI-2027-77", 3, "LAHTI-2027-77"),
    ],
)
def test_a_wrong_file_or_incident_is_told_in_words(  # noqa: PLR0917 - a case of the table, and where
    opened: Program, sheet: Path, content: bytes | str | None, incident: str, code: int, message: str
) -> None:
    if isinstance(content, bytes):
        sheet.write_bytes(content)
    elif content is None:
        sheet.unlink()
    told = opened("task", "import", str(sheet), "--incident", incident, "--as", "Esimerkki Elli")

    assert told.code == code
    assert message in told.err
