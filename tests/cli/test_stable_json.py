"""The JSON that scripts rely on: its keys stay, and stand in a fixed order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Program
from tests.golden import assert_golden
from tests.support.incidents import FIRM_A, FIRM_B

GOLDEN = Path(__file__).parent / "golden"

ANCHOR = ("value", "earliest", "latest", "certainty", "source")
INCIDENT = (
    "id", "kind", "state", "level", "secrecy", "employer", "playbook", "anchors", "inputs", "waves", "areas",
    "children",
)  # fmt: skip
TASK = (
    "id", "incident", "step", "item", "title", "phase", "role", "assignee", "start", "due", "statutory",
    "state", "area", "needs",
)  # fmt: skip
STATUTORY = ("date", "safe_date", "last_date", "law")
PROBLEM = ("path", "line", "column", "code", "message")
PLAN = ("playbook", "tasks", "messages", "meetings", "roles", "questions")

PLANNED = (
    "playbook", "plan", "large-layoff", "--municipality", "Lahti",
    "--input", "headcount=260", "--input", "dismissals=180", "--input", "languages=fi,sv",
    "--anchor", "proposal=1.3.2027", "--anchor", "decision=~12.4.2027", "--source", "pääluottamusmies",
    "--wave", "w1,label=Yövuoro,count=100", "--wave", "w2,count=80", "--anchor", "notice[w1]=20.4.2027",
)  # fmt: skip


def shape(document: Any) -> Any:
    """Return keys and kinds of a document: what scripts rely on, without the playbook's own words."""
    if isinstance(document, dict):
        return {key: shape(value) for key, value in document.items()}
    if isinstance(document, list):
        return [shape(document[0])] if document else []
    return type(document).__name__


def golden(name: str, document: Any) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    assert_golden(GOLDEN / name, text.encode())


def test_an_incident_has_its_stable_keys(opened: Program) -> None:
    document = opened("incident", "show", FIRM_A, "--json").json

    assert tuple(document)[: len(INCIDENT)] == INCIDENT
    assert tuple(document["playbook"]) == ("id", "version", "sha256")
    assert all(tuple(anchor) == ANCHOR for anchor in document["anchors"].values())
    golden("incident.json", {**document, "playbook": shape(document["playbook"])})


def test_what_the_plan_takes_for_granted_is_told_apart_from_what_was_answered(opened: Program) -> None:
    """A script that reads null for a fact the plan rests on draws the wrong conclusion."""
    document = opened("incident", "show", FIRM_B, "--json").json

    assert document["assumed"]
    assert not {name for name in document["assumed"] if document["inputs"].get(name) is not None}


def test_a_task_has_its_stable_keys(opened: Program) -> None:
    """Statutory steps name their acts; a repeated one its items."""
    tasks = {task["id"]: task for task in opened("incident", "tasks", FIRM_A, "--json").json}

    assert all(tuple(task)[: len(TASK)] == TASK for task in tasks.values())
    assert all(
        task["statutory"] is None or (tuple(task["statutory"]) == STATUTORY and task["statutory"]["law"])
        for task in tasks.values()
    )
    shown = ("log-news", "staff-session[lahti,fi]", "mt55-reminder-30[all]", "reemployment-duty[all]")
    golden("tasks.json", [{**tasks[name], "title": "…"} for name in shown])


def test_a_plan_has_its_stable_keys(filled: Program) -> None:
    document = filled(*PLANNED, "--json").json

    assert tuple(document)[: len(PLAN)] == PLAN
    assert all(tuple(task)[: len(TASK)] == TASK for task in document["tasks"])
    assert all(task["incident"] is None for task in document["tasks"])
    golden("plan.json", {**shape(document), "anchors": document["anchors"], "waves": document["waves"]})


def test_format_json_is_the_document_of_json(filled: Program) -> None:
    assert filled(*PLANNED, "--format", "json").json == filled(*PLANNED, "--json").json


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("incidents", ("incident", "list")),
        ("log", ("incident", "log", FIRM_A)),
        ("changes", ("incident", "anchor", FIRM_A, "decision=20.4.2027", "--reason", "x", "--preview")),
        ("documents", ("document", "list", FIRM_A)),
        ("roster", ("roster", "list")),
        ("parties", ("contact", "list")),
        ("law", ("law", "list", "mt55")),
        ("playbooks", ("playbook", "list")),
        ("playbook", ("playbook", "show", "small-layoff")),
        ("stats", ("store", "stats")),
    ],
)
def test_every_other_document_keeps_its_shape(opened: Program, name: str, arguments: tuple[str, ...]) -> None:
    golden(f"{name}.shape.json", shape(opened(*arguments, "--json").json))


def test_a_problem_has_its_stable_keys(opened: Program) -> None:
    document = opened("incident", "close", FIRM_A, "--json").json

    assert list(document) == ["error", "message", "problems"]
    assert all(tuple(problem) == PROBLEM for problem in document["problems"])
    golden("problems.json", {**document, "problems": document["problems"][:1]})


def test_what_is_not_known_is_null_and_never_a_zero(opened: Program) -> None:
    view = opened("incident", "show", FIRM_A, "--json").json

    assert view["anchors"]["egf_met"]["value"] is None
    assert view["anchors"]["egf_met"]["certainty"] == "unknown"
    assert "" not in view["anchors"]["egf_met"].values()


def test_titles_are_in_the_language_of_the_run(opened: Program) -> None:
    titles = {
        language: opened("incident", "tasks", FIRM_A, "--json", "--lang", language).json[0]["title"]
        for language in ("fi", "sv", "en")
    }

    assert len(set(titles.values())) == 3
