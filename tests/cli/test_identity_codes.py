"""No free text that is saved holds a personal identity code: what stands in the log stays there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.test_bad_input import MINUTES, content, opening
from tests.support.incidents import FIRM_A, FIRM_B

CODE = "131052-908T"
SAID = f"Soitti {CODE}"

COMMANDS: list[tuple[str, ...]] = [
    opening(**{"Esimerkkikori Oy": SAID}),
    (*opening(), "--source", SAID),
    (*opening(), "--wave", f"w1,label={SAID}"),
    ("incident", "note", FIRM_A, SAID),
    ("incident", "note", FIRM_A, f"Pitkä muistio.\nToinen rivi.\n{SAID}, ja muuta."),
    ("incident", "decide", FIRM_A, "Aloitetaan.", "--by", "Johtaja", "--ground", SAID),
    (*MINUTES, "--notes", SAID),
    ("incident", "update", FIRM_A, "--state", "on_track", "--done", SAID),
    ("incident", "answer", FIRM_A, "site_services", "kyllä", "--reason", SAID),
    ("incident", "anchor", FIRM_A, "proposal=2.3.2027", "--reason", SAID),
    ("incident", "amend", FIRM_A, "--input", "headcount=270", "--reason", SAID),
    ("incident", "state", FIRM_A, "dormant", "--reason", SAID),
    ("incident", "close", FIRM_A, "--reason", SAID),
    ("incident", "link", FIRM_A, SAID, "--kind", "supplier"),
    ("incident", "attach", FIRM_A, "https://example.org", "--title", SAID),
    ("incident", "attach", FIRM_A, f"https://example.org/{CODE}"),
    ("incident", "group", "LAHTI-2027-90", FIRM_A, FIRM_B, "--title", SAID),
    ("incident", "role", FIRM_A, "lead", "Malli Mauri", "--note", SAID),
    ("incident", "secrecy", FIRM_A, "restricted", "--reason", SAID),
    ("task", "add", FIRM_A, "--title", SAID),
    ("task", "skip", FIRM_A, "log-news", "--reason", SAID),
    ("task", "due", FIRM_A, "log-news", "3.3.2027", "--reason", SAID),
    ("task", "done", FIRM_A, "log-news", "--note", SAID),
    ("task", "label", FIRM_A, CODE, "log-news"),
    ("roster", "add", SAID),
]


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(each[:2]) for each in COMMANDS])
def test_no_command_saves_a_personal_identity_code(opened: Program, command: tuple[str, ...]) -> None:
    """The message says which words, why, and what to write instead; the code is not repeated."""
    assert opened.store is not None
    before = content(opened.store)
    told = opened(*command, "--as", "Esimerkki Elli")

    assert told.code == 1, told.err
    assert "henkilötunnus" in told.err
    assert "lokista ei voi poistaa" in told.err
    assert "henkilön numero" in told.err
    assert CODE not in told.out + told.err.replace(f"https://example.org/{CODE}", "")
    assert content(opened.store) == before


@pytest.mark.parametrize("sign", [*"-+ABCDEFYXWVU", *"abcdefyxwvu", "–", "‑", "−"])
@pytest.mark.parametrize("check", ["T", "X", "x", "0"])
def test_a_code_is_known_by_every_sign_of_a_century_and_whatever_its_check_character(
    opened: Program, sign: str, check: str
) -> None:
    """A code with one letter wrong is still somebody's; Word makes another dash of the hyphen."""
    assert opened("incident", "note", FIRM_A, f"Soitti 131052{sign}908{check}.").code == 1


@pytest.mark.parametrize(
    "text",
    ["Diaari LAHTI/1234/2027", "Soita 040-1234567 tai 03 123 4567", "Y-tunnus 1234567-8"],
)
def test_other_numbers_are_no_codes(opened: Program, text: str) -> None:
    assert opened("incident", "note", FIRM_A, text).code == 0


def test_pasted_lines_with_a_code_are_refused_with_their_line(
    opened: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"Varaa bussi\n{SAID}\n".encode())))
    told = opened("task", "add", FIRM_A, "--paste", "--yes")

    assert told.code == 1
    assert "henkilötunnus" in told.err
    assert "2" in told.err


def test_a_task_sheet_with_a_code_changes_nothing(opened: Program, tmp_path: Path) -> None:
    path = tmp_path / "tehtavat.csv"
    opened("incident", "export", FIRM_A, "--table", "tasks", "--out", str(path))
    heading, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    empty = [""] * len(heading.split(";"))
    empty[heading.split(";").index("Tehtävä")] = SAID
    path.write_text("\n".join([heading, *rows, ";".join(empty)]), encoding="utf-8")
    told = opened("task", "import", str(path), "--incident", FIRM_A)

    assert told.code == 1
    assert "henkilötunnus" in told.err
    assert "908T" not in opened("incident", "tasks", FIRM_A).out
