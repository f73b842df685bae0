"""``task done`` of a task that asks for an answer."""

from __future__ import annotations

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A

DECIDE = ("--decide", "neither", "--because", "Rajat eivät täyty.")


def test_a_decision_is_asked_for_and_shown(opened: Program) -> None:
    refused = opened("task", "done", FIRM_A, "state-analysis")
    assert refused.code == 1
    assert "arm, parm, neither" in refused.err

    assert "arm: Äkillinen rakennemuutos" in opened("task", "show", FIRM_A, "state-analysis").out
    assert opened("task", "done", FIRM_A, "state-analysis", *DECIDE).code == 0
    page = opened("task", "show", FIRM_A, "state-analysis").out
    assert "Päätettiin: Ei kumpikaan" in page
    assert "Perustelu: Rajat eivät täyty." in page


def test_a_decision_is_undone_with_its_task(opened: Program) -> None:
    opened("task", "done", FIRM_A, "state-analysis", *DECIDE)
    assert opened("incident", "undo", FIRM_A, "--reason", "Väärä tehtävä.").code == 0
    task = opened("task", "show", FIRM_A, "state-analysis", "--json").json
    assert task["answer"] is None
    assert task["state"] != "done"


def test_a_form_takes_field_by_field(opened: Program) -> None:
    told = opened(
        "task", "done", FIRM_A, "first-contact", "--field", "people=monta", "--field", "reached=phone"
    )
    assert told.code == 1
    assert "people" in told.err
    fields = ("--field", "people=240", "--field", "reached=phone")
    assert opened("task", "done", FIRM_A, "first-contact", *fields).code == 0
    task = opened("task", "show", FIRM_A, "first-contact", "--json").json
    assert task["answer"] == {"fields": {"people": 240, "reached": "phone"}}


def test_a_field_without_a_value_is_told(opened: Program) -> None:
    assert opened("task", "done", FIRM_A, "first-contact", "--field", "people").code == 2
