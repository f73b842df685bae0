"""The main job typed at the command line: trigger, work, hand out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.test_stable_json import PLANNED
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C

TYPED = PLANNED[2:]


def test_what_is_opened_is_what_was_planned(filled: Program) -> None:
    """The preview and the saved incident come from one pure function."""
    planned = filled(*PLANNED, "--json").json
    opened = filled("incident", "open", *TYPED, "--employer", "Esimerkkikori Oy", "--json").json
    saved = filled("incident", "tasks", opened["id"], "--json").json

    assert opened["level"] == planned["level"]
    assert opened["playbook"] == planned["playbook"]
    assert {name: item for name, item in opened["anchors"].items() if "[" not in name} == {
        name: item for name, item in planned["anchors"].items() if "[" not in name
    }
    keys = ("id", "title", "start", "due", "statutory", "role", "needs", "certainty")
    assert sorted([task[key] for key in keys[:1]] for task in saved) == sorted(
        [task[key] for key in keys[:1]] for task in planned["tasks"]
    )
    dates = {task["id"]: [task[key] for key in keys] for task in saved}
    assert dates == {task["id"]: [task[key] for key in keys] for task in planned["tasks"]}


def test_heard_is_now_when_nobody_says_otherwise(filled: Program) -> None:
    opened = filled("incident", "open", *TYPED, "--employer", "Esimerkkikori Oy", "--json").json

    assert opened["anchors"]["heard"]["value"] == "2027-03-01T08:30:00+02:00"


def test_the_clock_of_now_counts_on_an_example(filled: Program) -> None:
    command = (
        "incident",
        "open",
        *TYPED,
        "--employer",
        "Esimerkkikori Oy",
        "--now",
        "2027-03-02T09:15",
        "--json",
    )

    assert filled(*command).json["anchors"]["heard"]["value"] == "2027-03-02T09:15:00+02:00"


def test_a_named_person_takes_the_role(filled: Program) -> None:
    opened = filled(
        "incident", "open", *TYPED, "--employer", "Esimerkkikori Oy", "--role", "lead=Malli Mauri", "--json"
    ).json
    tasks = filled("incident", "tasks", opened["id"], "--json").json

    assert {task["assignee"] for task in tasks if task["role"] == "lead"} == {"Malli Mauri"}


def test_a_task_is_worked(opened: Program) -> None:
    started = opened("task", "start", FIRM_A, "B1", "--json").json
    assert (started["id"], started["state"]) == ("log-news", "started")
    assert opened("task", "done", FIRM_A, "log-news", "--note", "x", "--json").json["state"] == "done"
    assert opened("task", "start", FIRM_A, "log-news").code == 1
    assert (
        opened("task", "start", FIRM_A, "log-news", "--reason", "Unohtui", "--json").json["state"]
        == "started"
    )
    skipped = opened("task", "skip", FIRM_A, "crisis-support", "--reason", "On jo", "--json").json
    assert skipped["state"] == "skipped"
    assigned = opened("task", "assign", FIRM_A, "first-contact", "Malli Mauri", "--json").json
    assert assigned["assignee"] == "Malli Mauri"
    due = opened("task", "due", FIRM_A, "first-contact", "3.3.2027", "--reason", "x", "--json").json
    assert due["due"] == "2027-03-03"


def test_a_due_day_after_the_day_of_the_law_is_pointed_out(opened: Program) -> None:
    """The law does not move; who moves the task is told so at once."""
    told = opened("task", "due", FIRM_A, "mt55-reminder-30[all]", "31.12.2029", "--reason", "x")

    assert told.code == 0
    assert "670/2022" in told.err


def test_a_task_of_our_own_stands_in_the_plan(opened: Program) -> None:
    added = (
        "task",
        "add",
        FIRM_A,
        "bus",
        "--title",
        "Varaa bussi",
        "--role",
        "secretary",
        "--due",
        "5.3.2027",
    )
    assert opened(*added).code == 0
    tasks = {task["id"]: task for task in opened("incident", "tasks", FIRM_A, "--json").json}

    assert tasks["bus"]["title"] == "Varaa bussi"
    assert tasks["bus"]["role"] == "secretary"
    assert tasks["bus"]["due"] == "2027-03-05"


def test_a_preview_of_an_anchor_writes_nothing(opened: Program) -> None:
    command = ("incident", "anchor", FIRM_A, "decision=20.4.2027", "--reason", "x", "--json")
    before = opened("incident", "show", FIRM_A, "--json").json
    preview = opened(*command, "--preview").json

    assert opened("incident", "show", FIRM_A, "--json").json == before
    assert opened(*command).json == preview
    assert preview["moved"]
    assert opened("incident", "show", FIRM_A, "--json").json["anchors"]["decision"]["value"] == "2027-04-20"


def test_an_answer_makes_work_of_a_question(opened: Program) -> None:
    changed = opened("incident", "answer", FIRM_A, "site_services", "kyllä", "--json").json

    assert changed["states"]["service-firms"] in {"ready", "waiting"}


def test_firms_are_joined_into_a_situation_that_sums(opened: Program) -> None:
    joined = opened(
        "incident", "group", "LAHTI-2027-10", FIRM_A, FIRM_B, FIRM_C, "--title", "Kolme", "--json"
    ).json

    assert joined["children"] == [FIRM_A, FIRM_B, FIRM_C]
    assert joined["headcount"] == 375
    assert len(opened("incident", "tasks", "LAHTI-2027-10", "--json").json) == sum(
        len(opened("incident", "tasks", firm, "--json").json) for firm in (FIRM_A, FIRM_B, FIRM_C)
    )


def test_roles_notes_and_states_are_in_the_log(opened: Program) -> None:
    as_elli = ("--as", "esimerkki-elli")
    assert opened("incident", "role", FIRM_A, "lead", "Malli Mauri", *as_elli).code == 0
    assert opened("incident", "note", FIRM_A, "Soitettu", "--at", "1.3.2027 8.10", *as_elli).code == 0
    assert opened("incident", "state", FIRM_A, "lepotilassa", "--reason", "Tauko", *as_elli).code == 0
    entries = opened("incident", "log", FIRM_A, "--limit", "3", "--json").json

    assert [entry["kind"] for entry in entries] == [
        "incidents.state_moved",
        "incidents.noted",
        "incidents.role_assigned",
    ]
    assert {entry["actor"] for entry in entries} == {"Esimerkki Elli"}
    assert entries[1]["event_time"].startswith("2027-03-01T06:10")
    page = opened("incident", "log", FIRM_A).out
    assert "Soitettu" in page
    assert "Tauko" in page


def test_closing_lists_what_is_open_and_then_closes(opened: Program) -> None:
    open_tasks = [task["id"] for task in opened("incident", "tasks", FIRM_C, "--open", "--json").json]
    refused = opened("incident", "close", FIRM_C, "--json").json
    assert len(refused["problems"]) >= len(open_tasks)
    for name in open_tasks:
        opened("task", "skip", FIRM_C, name, "--reason", "Harjoitellaan")
    left = opened("incident", "close", FIRM_C, "--json").json
    for problem in left.get("problems", []):
        assert problem["code"] == "incidents.closing_question"
        question = problem["message"].split()[1]
        opened("incident", "answer", FIRM_C, question, "ei")

    for task in opened("incident", "tasks", FIRM_C, "--open", "--json").json:
        opened("task", "skip", FIRM_C, task["id"], "--reason", "Harjoitellaan")
    assert opened("incident", "close", FIRM_C, "--json").json["state"] == "closed"
    assert FIRM_C not in opened("incident", "list").out
    assert FIRM_C in opened("incident", "list", "--all").out


def test_the_briefing_and_the_calendar_are_files(opened: Program, tmp_path: Path) -> None:
    briefing = opened(
        "briefing",
        "export",
        FIRM_A,
        "--format",
        "md,html",
        "--languages",
        "fi,sv",
        "--out",
        str(tmp_path),
        "--json",
    )
    calendar = opened("calendar", "export", FIRM_A, "--out", str(tmp_path / "a.ics"))

    assert briefing.code == calendar.code == 0
    files = [Path(name) for name in briefing.json["files"]]
    assert len(files) == 4
    assert all(path.read_bytes() for path in files)
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("option", ["--late", "--mine"])
def test_the_list_of_tasks_is_narrowed(opened: Program, option: str) -> None:
    everything = opened("task", "list", "--now", "2027-04-15", "--json").json
    some = opened("task", "list", option, "--as", "Malli Mauri", "--now", "2027-04-15", "--json").json

    assert 0 < len(some) < len(everything)
    if option == "--mine":
        assert {task["assignee"] for task in some} <= {"Malli Mauri"}
    else:
        assert all(task["due"] < "2027-04-15" for task in some)


def test_the_page_of_a_task_says_how_it_is_done_and_by_which_law(opened: Program) -> None:
    """Somebody who does this for the first time reads one page."""
    command = ("task", "show", FIRM_A, "mt55-reminder-30[all]")
    document, page = opened(*command, "--json").json, opened(*command).out

    assert document["howto"] in page
    assert document["checklist"]
    assert all(f"[ ] {point}" in page for point in document["checklist"])
    assert document["law_rows"]
    assert all(f"{row['statute']}: " in page for row in document["law_rows"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_task_has_a_page_in_every_language(
    opened: Program, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for task in opened("incident", "tasks", FIRM_C, "--json").json:
        page = opened("task", "show", FIRM_C, task["id"], "--lang", language)

        assert page.code == 0
        assert max(len(line) for line in page.out.splitlines()) <= 80


@pytest.mark.parametrize("command", ["incident show", "incident tasks", "incident log", "document list"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_of_an_incident_fits_80_columns(
    opened: Program, command: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened("incident", "group", "LAHTI-2027-10", FIRM_A, FIRM_B, FIRM_C, "--title", "Kolme")
    monkeypatch.setenv("COLUMNS", "80")
    for incident in (FIRM_A, "LAHTI-2027-10"):
        page = opened(*command.split(), incident, "--lang", language)

        assert page.code == 0
        assert page.out
        assert max(len(line) for line in page.out.splitlines()) <= 80
