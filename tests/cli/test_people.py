"""People at work on the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program


def test_the_list_of_another_person_has_what_they_stand_in_for(opened: Program) -> None:
    """The one who plans a holiday looks whether the other's list is already full."""
    elli = opened("task", "list", "--person", "esimerkki-elli", "--json").json
    opened("roster", "away", "Esimerkki Elli", "1.3.2027", "--deputy", "Kuvitteellinen Kaisa")

    kaisa = opened("task", "list", "--person", "Kuvitteellinen Kaisa", "--json").json
    mine = opened("task", "list", "--mine", "--as", "Kuvitteellinen Kaisa", "--json").json

    theirs = {(task["incident"], task["id"]) for task in kaisa if task["stands_in_for"] == "Esimerkki Elli"}
    assert elli
    assert theirs == {(task["incident"], task["id"]) for task in elli}
    assert mine == kaisa


def test_mine_and_anothers_are_not_asked_at_once(opened: Program) -> None:
    told = opened("task", "list", "--mine", "--person", "Malli Mauri", "--as", "Malli Mauri")

    assert (told.code, "--person" in told.err) == (2, True)


def test_the_list_of_work_loads_no_classes_of_tables(opened: Program) -> None:
    """It is asked for many times a day, and loading them takes longer than all the rest of it."""
    script = (
        "import sys\n"
        "from muutosturva.__main__ import main\n"
        f"sys.argv = ['muutosturva', '--store', {str(opened.store)!r}, 'task', 'list']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.exit(sorted({'sqlmodel', 'pydantic', 'alembic'} & set(sys.modules)) or 0)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, "log-news" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(
    ("typed", "commands"),
    [
        (
            ["done", "B1", "--note", "soitettu klo 9"],
            [f'muutosturva task done LAHTI-2027-0{n} B1 --note "soitettu klo 9"' for n in (1, 2, 3)],
        ),
        (
            ["assign", "log-news", "Malli Mauri"],
            [f'muutosturva task assign LAHTI-2027-0{n} log-news "Malli Mauri"' for n in (1, 2, 3)],
        ),
        (
            ["start", "log-news"],
            [f"muutosturva task start LAHTI-2027-0{n} log-news" for n in (1, 2, 3)],
        ),
        (["area", "B6", "paijat-hame"], ["muutosturva task area LAHTI-2027-01 B6 paijat-hame"]),
    ],
)
def test_a_task_without_its_incident_is_answered_with_the_commands_to_type(
    opened: Program, typed: list[str], commands: list[str]
) -> None:
    """The tired official types what is on the wall chart: B1."""
    told = opened("task", *typed)

    assert told.code == 2
    assert [line for line in commands if line not in told.err] == []


def test_a_task_nobody_has_is_not_found_and_an_incident_alone_is_no_task(opened: Program) -> None:
    assert opened("task", "done", "B77").code == 3
    alone = opened("task", "done", "LAHTI-2027-01")
    assert (alone.code, "task done --help" in alone.err) == (2, True)


def test_who_is_known_by_the_login_alone_is_told_once_and_only_when_something_is_written_down(
    opened: Program,
) -> None:
    hint = "MUUTOSTURVA_AS"
    assert hint not in opened("task", "list").err
    written = opened("task", "start", "LAHTI-2027-01", "B1")
    assert (written.code, written.err.count(hint)) == (0, 1)
    assert hint not in opened("task", "done", "LAHTI-2027-01", "B1", "--quiet").err
    assert hint not in opened("task", "start", "LAHTI-2027-02", "B1", "--as", "Malli Mauri").err


def test_areas_are_given_a_part_shown_and_listed(opened: Program) -> None:
    done = opened("task", "area", "LAHTI-2027-01", "B6", "hollola", "--contact", "Malli Mikko", "--json").json
    assert [(area["id"], area["part"], area["contact"]) for area in done["areas"]] == [
        ("lahti", "lead", None),
        ("paijat-hame", "joins", "Malli Mikko"),
    ]
    shared = opened("task", "areas", "LAHTI-2027-01", "--json").json
    assert [task["id"] for task in shared] == ["tell-neighbours"]
    listed = opened("task", "list", "--area", "Hollola", "--json").json
    assert ("LAHTI-2027-01", "tell-neighbours") in {(task["incident"], task["id"]) for task in listed}
    words = "Lahti (johtaa), Päijät-Hämeen työllisyysalue (osallistuu)"
    assert words in opened("task", "list").out
    assert "yhteys: Malli Mikko" in opened("task", "show", "LAHTI-2027-01", "B6").out
    assert opened("task", "area", "LAHTI-2027-01", "B6", "hollola", "--done", "--remove").code == 2
    gone = opened("task", "area", "LAHTI-2027-01", "B6", "hollola", "--remove", "--json").json
    assert gone["areas"] == []


def test_the_list_is_narrowed_by_who_answers_for_it_and_by_day(opened: Program) -> None:
    found = opened("task", "list", "--accountable", "lead", "--due-until", "2.3.2027", "--json").json
    assert found
    assert {task["accountable"] for task in found} == {"lead"}
    assert max(task["due"][:10] for task in found) <= "2027-03-02"
    by_name = opened(
        "task", "list", "--accountable", "esimerkki-elli", "--due-until", "2.3.2027", "--json"
    ).json
    assert by_name == found
    assert opened("task", "list", "--role", "tiedotus").code == 3


def test_what_hangs_on_one_person_is_shown_for_the_days_asked(opened: Program) -> None:
    assert opened("roster", "gaps", "--json").json == []
    opened("roster", "away", "Esimerkki Elli", "10.3.2027", "12.3.2027", "--deputy", "Malli Mauri")
    opened("roster", "away", "Malli Mauri", "12.3.2027", "15.3.2027")

    assert opened("roster", "gaps", "--json").json == []
    found = opened("roster", "gaps", "--until", "31.3.2027", "--json").json
    assert {(gap["kind"], gap["first_day"], gap["last_day"]) for gap in found} == {
        ("both_away", "2027-03-12", "2027-03-12")
    }
    assert "Vastuukoordinaattori" in opened("roster", "gaps", "--until", "31.3.2027").out
    assert opened("roster", "gaps", "--until", "28.2.2027").code == 2


def test_a_roster_is_loaded_with_its_wrong_rows_told_by_cell(opened: Program, tmp_path: Path) -> None:
    file = tmp_path / "ryhmä.csv"
    file.write_text(
        "Nimi;Sähköposti;Auto\nEsimerkki Elli;elli@example.invalid;x\nUusi Urpo;urpo;\n", encoding="utf-8"
    )

    seen = opened("roster", "load", str(file), "--dry-run")
    assert seen.code == 1
    assert "Sähköposti: esimerkki-elli@example.invalid → elli@example.invalid" in seen.out
    assert "B3: ”urpo” ei ole sähköpostiosoite." in seen.err
    assert "Auto" in seen.err
    done = opened("roster", "load", str(file), "--json", "--as", "Malli Mauri").json
    assert (done["saved"], done["updated"], done["missing"]) == (True, 1, 9)
    assert [(each["row"], each["column"]) for each in done["rejected"]] == [(3, "Sähköposti")]
    assert opened("roster", "load", str(file), "--strict", "--as", "Malli Mauri").code == 1
    back = tmp_path / "takaisin.json"
    back.write_text(opened("roster", "list", "--json").out, encoding="utf-8")
    assert opened("roster", "load", str(back), "--as", "Malli Mauri", "--json").json["saved"] is False
    assert opened("roster", "load", str(tmp_path / "ei.xlsx")).code == 3


def test_a_late_task_is_drafted_never_sent_and_said_to_be_sent(opened: Program) -> None:
    later = ("--now", "2027-03-12T09:00")
    listed = opened("task", "escalated", *later, "--json").json
    assert ("LAHTI-2027-01", "B3", "Esimerkki Elli") in {
        (each["incident"], each["code"], each["to"]) for each in listed
    }
    assert all(each["sent"] == [] for each in listed)
    draft = opened("task", "escalated", "LAHTI-2027-01", "B3", *later)
    assert "Vastaanottaja: Esimerkki Elli <esimerkki-elli@example.invalid>" in draft.out
    assert "--sent" in draft.err
    sent = opened("task", "escalated", "LAHTI-2027-01", "B3", "--sent", *later, "--as", "Malli Mauri")
    assert (sent.code, "Esimerkki Elli" in sent.out) == (0, True)
    one = [
        each for each in opened("task", "escalated", "LAHTI-2027-01", *later, "--json").json if each["sent"]
    ]
    assert [each["code"] for each in one] == ["B3"]
    assert opened("task", "escalated", "--sent", *later).code == 2
    assert opened("task", "escalated", "LAHTI-2027-01", "B3", "--to", "Malli Mauri", *later).code == 2
    assert opened("task", "escalated", "--now", "2027-03-01T08:31", "--json").json == []


def test_giving_work_to_somebody_who_is_away_warns_and_is_done(opened: Program) -> None:
    """It may be meant: the holiday ends before the work begins."""
    opened("roster", "away", "Talous Tapio", "1.3.2027", "5.3.2027", "--deputy", "Malli Mauri")
    given = opened("task", "assign", "LAHTI-2027-01", "log-news", "Talous Tapio")
    assert (given.code, "Silloin tilalla on Malli Mauri." in given.err) == (0, True)
    role = opened("incident", "role", "LAHTI-2027-01", "lead", "Talous Tapio", "--json").json
    assert [line for line in role["warnings"] if "1.3.2027" in line] == role["warnings"] != []
    free = opened("task", "assign", "LAHTI-2027-01", "log-news", "Kuvitteellinen Kaisa", "--json").json
    assert free["warnings"] == []
