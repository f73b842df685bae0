"""What goes wrong in a real week is said, written down where it is a fact, and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A, FIRM_B

NOW = "20.4.2027 9.00"
WHY = ("--reason", "Päätös.")


def run(program: Program, *command: str, code: int = 0, who: str = "Esimerkki Elli") -> str:
    """Run a command on 20.4.2027 and return all it wrote."""
    ended = program(*command, "--as", who, "--now", NOW)
    assert ended.code == code, ended.out + ended.err
    return ended.out + ended.err


@pytest.mark.parametrize(
    "command",
    [
        ("incident", "note", FIRM_A, "Tulee.", "--at", "21.4.2027 klo 8.10"),
        ("incident", "amend", FIRM_A, "--number", "päätetty=198", *WHY, "--at", "1.5.2027 8.10"),
        ("incident", "update", FIRM_A, "--state", "on_track", "--at", "1.5.2027 8.10"),
    ],
)
def test_what_lies_ahead_has_not_happened(opened: Program, command: tuple[str, ...]) -> None:
    before = run(opened, "incident", "log", FIRM_A)
    assert "vasta edessä" in run(opened, *command, code=2)
    assert run(opened, "incident", "log", FIRM_A) == before


def test_what_was_before_the_incident_is_kept_and_doubted(opened: Program) -> None:
    """A rumour may be older than the news; a year may be a slip."""
    told = run(opened, "incident", "note", FIRM_A, "Huhu jo silloin.", "--at", "20.2.2027 klo 8.10")
    assert "ennen kuin tapauksesta LAHTI-2027-01 kuultiin (1.3.2027)" in told
    assert "20. helmikuuta 2027" in run(opened, "incident", "log", FIRM_A)
    assert "Tarkista vuosi" in run(opened, "incident", "note", FIRM_A, "Vanha.", "--at", "1.3.2024", code=2)


def test_waves_larger_than_the_number_are_kept_and_told_until_one_is_mended(opened: Program) -> None:
    run(opened, "incident", "amend", FIRM_A, "--number", "päätetty/irtisanominen=198", *WHY)
    large = "Aalloissa w1 on 250 henkilöä, mutta luku on 198"
    assert large in run(opened, "incident", "wave", FIRM_A, "w1", "--count", "250", *WHY)
    assert large in run(opened, "incident", "show", FIRM_A)
    run(opened, "incident", "wave", FIRM_A, "w1", "--count", "198", *WHY)
    assert "Aalloissa w1" not in run(opened, "incident", "show", FIRM_A)


def test_those_in_no_wave_are_told_of_until_they_have_one(opened: Program, tmp_path: Path) -> None:
    """The command, the numbers and the picture say the same: 198 dismissed, 78 of them in no wave yet."""
    for number in ("päätetty/irtisanominen=198", "päätetty/lomautus=40"):
        run(opened, "incident", "amend", FIRM_A, "--number", number, *WHY)
    lacking = "78 henkilön aalto puuttuu"
    dates = ("--notice", "30.3.2027", "--end", "13.4.2027")
    assert lacking in run(opened, "incident", "wave", FIRM_A, "w1", "--count", "120", *dates, *WHY)
    assert lacking in run(opened, "incident", "numbers", FIRM_A)
    shown = run(opened, "incident", "show", FIRM_A)
    assert lacking in shown
    assert "muut, aaltoa ei ole annettu" in " ".join(shown.split())
    made = ("--document", "situation", "--format", "md", "--out", str(tmp_path))
    run(opened, "document", "export", FIRM_A, *made)
    (page,) = tmp_path.glob("*.md")
    told = page.read_text(encoding="utf-8")
    assert lacking in told
    assert "| 198 | 40 |" in told
    assert "| 120 |" not in told
    run(opened, "incident", "wave", FIRM_A, "w2", "--count", "78", *WHY)
    assert lacking not in run(opened, "incident", "show", FIRM_A)


def test_a_deputy_who_is_away_too_is_told_and_the_absence_kept(opened: Program) -> None:
    run(opened, "roster", "away", "Malli Mauri", "20.4.2027", "25.4.2027")
    told = run(
        opened, "roster", "away", "Esimerkki Elli", "20.4.2027", "23.4.2027", "--deputy", "Malli Mauri"
    )
    assert "Malli Mauri on itsekin poissa" in told
    assert "Esimerkki Elli on poissa 20.4.2027–23.4.2027" in told


def test_the_second_of_two_who_cancel_is_told_who_was_first(opened: Program) -> None:
    """They act at once; the store has one ending, and the log names who ended it."""
    run(opened, "incident", "state", FIRM_B, "cancelled", "--reason", "Väärä hälytys.")
    told = run(
        opened, "incident", "state", FIRM_B, "cancelled", "--reason", "Sama.", who="Talous Tapio", code=5
    )
    assert "Esimerkki Elli" in told
    assert "20.4.2027" in told


def test_two_who_close_one_incident_end_it_once(opened: Program) -> None:
    situation = "LAHTI-2027-400"
    run(opened, "incident", "group", situation, FIRM_A)
    run(opened, "incident", "ungroup", situation, FIRM_A, "--reason", "Erikseen.")
    run(opened, "incident", "close", situation)
    told = run(opened, "incident", "close", situation, who="Talous Tapio", code=5)
    assert "Esimerkki Elli" in told
    assert run(opened, "incident", "log", situation).count("suljettu") == 1


def test_evidence_that_changed_or_vanished_is_told_wherever_it_is_listed(
    opened: Program, tmp_path: Path
) -> None:
    """The log is told once by --check; the row, the hash and the title stay."""
    proof = tmp_path / "esitys.txt"
    proof.write_text("neuvotteluesitys", encoding="utf-8")
    run(opened, "incident", "attach", FIRM_A, str(proof), "--leave", "--title", "Esitys")
    proof.write_text("toinen", encoding="utf-8")
    assert "MUUTTUNUT" in run(opened, "incident", "evidence", FIRM_A, code=1)
    proof.unlink()
    assert "KADONNUT" in run(opened, "incident", "evidence", FIRM_A, code=1)
    assert "kadonnut" not in run(opened, "incident", "log", FIRM_A)

    for _ in range(2):
        assert "Esitys" in run(opened, "incident", "evidence", FIRM_A, "--check", code=1)
    assert run(opened, "incident", "log", FIRM_A).count("on kadonnut: Esitys") == 1
    assert "Liite 1 on kadonnut" in run(opened, "incident", "close", FIRM_A, "--all", code=1)


def test_an_absurd_date_is_remarked_on_with_the_way_back(opened: Program) -> None:
    """Decided before the proposal was given: taken as told, but never without a word."""
    command = ("incident", "anchor", FIRM_A, "decision=3.2.2027", "--reason", "Kerrottiin.")
    seen = " ".join(run(opened, *command, "--preview").split())
    assert "on ennen päivää 1.3.2027 (Neuvotteluesitys annettu" in seen
    assert "ennen lain vähimmäisaikaa (21 päivää, 252/2025)" in seen
    assert "incident undo" not in seen

    assert f"muutosturva incident undo {FIRM_A}" in " ".join(run(opened, *command).split())
    assert "muutosturva incident undo" not in run(opened, "incident", "undo", FIRM_A)
    again = opened(*command, "--preview", "--json", "--now", NOW, "--as", "Esimerkki Elli").json
    codes = [problem["code"] for problem in again["warnings"]]
    assert "incidents.date_under_minimum" in codes
