"""A plan as a table, as Markdown and as bars; and the playbooks themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.test_stable_json import PLANNED

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("form", ["table", "md", "gantt"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_task_of_the_plan_is_on_the_page(filled: Program, form: str, language: str) -> None:
    """A step left out of a printed plan is a step nobody does; bars leave out what has no date."""
    document = filled(*PLANNED, "--json").json
    page = filled(*PLANNED, "--format", form, "--lang", language).out

    for task in document["tasks"]:
        if form != "gantt" or task["due"] is not None:
            assert task["id"][:26] in page


def test_tasks_of_an_incident_are_drawn_as_bars_with_what_decides_the_end(
    filled: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    opened = filled("incident", "open", *PLANNED[2:], "--employer", "Esimerkkikori Oy", "--json").json
    page = filled("incident", "tasks", opened["id"], "--format", "gantt").out

    assert "▼ tänään 1.3.2027" in page
    assert "Loppupäivän" in page
    assert any(line.startswith("» follow-up-365") for line in page.splitlines())
    assert max(len(line) for line in page.splitlines()) <= 80


@pytest.mark.parametrize("form", ["table", "gantt"])
def test_a_plan_fits_a_screen_of_80_columns(
    filled: Program, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page = filled(*PLANNED, "--format", form).out

    assert max(len(line) for line in page.splitlines()) <= 80


def test_markdown_is_a_table_with_a_heading_row(filled: Program) -> None:
    page = filled(*PLANNED, "--format", "md").out

    assert page.startswith("# Suuri irtisanominen")
    tables = [line for line in page.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)
    assert any(line.count("---") > 2 for line in tables)


def test_a_question_says_what_hangs_on_it(filled: Program) -> None:
    page = filled(*PLANNED).out

    assert "? riippuu: listed" in page
    assert "listed: " in page


def test_the_question_stands_in_the_memo_too(filled: Program) -> None:
    page = filled(*PLANNED, "--format", "md").out

    assert "? riippuu: listed |" in page
    assert "- `listed`: " in page


def test_a_plan_needs_no_store(program: Program) -> None:
    """The first thing a newcomer may try; the rows of the law are then those that ship."""
    planned = program(*PLANNED, "--json")

    assert planned.code == 0
    assert planned.json["law_revision"] == 1


def test_a_store_that_is_named_must_be_there(program: Program) -> None:
    assert program(*PLANNED, "--store", "nowhere.db").code == 3


@pytest.mark.parametrize("name", ["base", "large-layoff", "small-layoff", "bankruptcy"])
def test_the_shipped_playbooks_pass_their_own_checks(program: Program, name: str) -> None:
    assert program("playbook", "lint", name).code == 0
    assert program("playbook", "test", name).code == 0


def test_a_worked_case_that_does_not_hold_is_a_failure(program: Program, tmp_path: Path) -> None:
    text = (ROOT / "playbooks" / "small-layoff.yaml").read_text(encoding="utf-8")
    path = tmp_path / "small-layoff.yaml"
    assert text.count("    expect:\n") > 0
    path.write_text(
        text.replace("    expect:\n", "    expect:\n      meetings: [no-such-meeting]\n", 1), "utf-8"
    )
    (tmp_path / "base.yaml").write_text((ROOT / "playbooks" / "base.yaml").read_text("utf-8"), "utf-8")
    told = program("playbook", "test", str(path), "--json")

    assert told.code == 1
    assert told.json["failed"] == 1
    (difference,) = told.json["results"][0]["differences"]
    assert (difference["section"], difference["name"], difference["there"]) == (
        "meetings",
        "no-such-meeting",
        False,
    )


def test_a_worked_case_that_does_not_hold_shows_expected_beside_found(
    program: Program, tmp_path: Path
) -> None:
    """With the line to mend, the day it went wrong, and the nearest name of one that is not there."""
    text = (ROOT / "playbooks" / "small-layoff.yaml").read_text(encoding="utf-8")
    for right, wrong in (
        ("check-proposal: 2027-03-10", "check-proposal: 2027-03-11"),
        ("[light-regime, ", "[light-regme, "),
        ("late: [first-contact]", "late: [log-news]"),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    path = tmp_path / "small-layoff.yaml"
    path.write_text(text, "utf-8")
    (tmp_path / "base.yaml").write_text((ROOT / "playbooks" / "base.yaml").read_text("utf-8"), "utf-8")
    told = program("playbook", "test", str(path))

    assert told.code == 1
    rows = [line.split() for line in told.out.splitlines()]
    assert any(row[1:] == ["due", "check-proposal", "2027-03-11", "2027-03-10"] for row in rows)
    assert any(row[1:3] == ["tasks", "light-regme"] and row[-1] == "light-regime" for row in rows)
    assert any(row[1:] == ["9.3.2027", "late", "log-news", "late", "done"] for row in rows)


def test_the_schema_is_the_one_editors_are_given(program: Program) -> None:
    shown = program("playbook", "schema").out

    assert json.loads(shown)
    assert shown == (ROOT / "docs" / "reference" / "playbook.schema.json").read_text(encoding="utf-8")


def test_a_base_says_that_it_is_not_triggered(program: Program) -> None:
    told = program("playbook", "plan", "base", *PLANNED[3:])

    assert told.code == 1


OVERDUE = """\
schema: muutosturva/playbook/1
id: own
version: "2026.1"
kind: incident
title: Oma
review: {role: lead, every: 12 m, last: 2025-01-15}
phases: {alarm: Hälytys}
roles: {lead: {title: Vetäjä}}
inputs: {headcount: {type: int, required: true, label: Henkilöitä}}
anchors: {heard: {required: true, label: Kuultu}}
tasks: {log: {title: Kirjaa, phase: alarm, due: heard + 1 wd, raci: {r: [lead], a: lead}}}
tests:
  - {name: T, given: {inputs: {headcount: 60}, anchors: {heard: "2027-03-01"}}, expect: {tasks: [log]}}
"""


def test_a_playbook_overdue_for_review_is_used_and_its_user_is_told(filled: Program, tmp_path: Path) -> None:
    """A stale plan is better than none, and better known to be stale."""
    path = tmp_path / "own.yaml"
    path.write_text(OVERDUE, encoding="utf-8")
    linted = filled("playbook", "lint", str(path))
    planned = filled("playbook", "plan", str(path), "--input", "headcount=60", "--json")
    opened = filled("incident", "open", str(path), "--employer", "Esimerkkisaha", "--input", "headcount=60")

    assert linted.code == 1
    assert f"{path}:6:41: review_passed Huomautus: " in linted.out
    assert planned.code == opened.code == 0
    assert "15.1.2026" in planned.err
    assert "15.1.2026" in opened.out + opened.err


def test_lint_as_json_tells_group_severity_hint_and_the_line(filled: Program, tmp_path: Path) -> None:
    """What an editor or a pipeline needs to show a problem where it stands; silenced ones with the reason."""
    path = tmp_path / "own.yaml"
    marked = OVERDUE.replace("2025-01-15}", "2025-01-15}  # lint: ignore review_passed luetaan syksyllä")
    path.write_text(marked.replace("due: heard", "due: hard"), encoding="utf-8")
    told = filled("playbook", "lint", str(path), "--format", "json")
    (problem,) = json.loads(told.out)["problems"]
    (ignored,) = json.loads(told.out)["ignored"]

    assert told.code == 1
    assert problem["code"] == "playbooks.unknown_anchor"
    assert (problem["group"], problem["severity"]) == ("reference", "error")
    assert problem["line"] == 11
    assert problem["excerpt"].startswith("tasks: {log:")
    assert problem["hint"]
    assert (ignored["code"], ignored["reason"]) == ("playbooks.review_passed", "luetaan syksyllä")


def test_a_name_of_the_roster_in_a_playbook_is_found(filled: Program, tmp_path: Path) -> None:
    """The command knows the roster of the store; the checks themselves know nobody."""
    name = filled("roster", "list", "--json").json[0]["name"]
    path = tmp_path / "own.yaml"
    text = OVERDUE.replace("last: 2025", "last: 2027").replace("title: Kirjaa", f"title: Soita {name}")
    path.write_text(text, encoding="utf-8")
    told = filled("playbook", "lint", str(path))

    assert "roster_name" in told.out
    assert name in told.out
