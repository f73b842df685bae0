"""A running incident is moved onto a playbook that an official copied, broke, mended and tested."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from muutosturva.playbooks.library import shipped_folder
from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """Return a local variant that renames a step, takes one out with a reason, and adds one."""
    shutil.copytree(shipped_folder(), tmp_path / "own")
    path = tmp_path / "own" / "lahti-layoff.yaml"
    path.write_text(
        """\
schema: muutosturva/playbook/1
id: lahti-layoff
version: "2027.1"
extends: large-layoff
title: Lahden suuri irtisanominen
tasks:
  remove:
    visit-briefing: {reason: Viestintäyksikkö hoitaa}
  replace:
    log-news: {title: Kirjaa kuultu heti}
  add:
    call-mayor:
      title: Soita kaupunginjohtajalle
      phase: alarm
      due: heard + 1 wd
      raci: {r: [lead], a: lead}
tests:
  - name: Soitto kuuluu suunnitelmaan
    given:
      inputs: {headcount: 260, dismissals: 180, employer_size: 900}
      anchors: {heard: "2027-03-01"}
    expect: {tasks: [call-mayor], absent: [visit-briefing]}
""",
        encoding="utf-8",
    )
    return path


def test_a_running_incident_is_moved_without_losing_a_finished_task(opened: Program, local: Path) -> None:
    opened("task", "done", FIRM_A, "log-news")
    shown = opened("incident", "rebase", FIRM_A, "--to", str(local))
    before = opened("incident", "tasks", FIRM_A, "--json").json
    moved = opened(
        "incident", "rebase", FIRM_A, "--to", str(local), "--accept", "all", "--reason", "Oma malli."
    )
    after = {task["id"]: task for task in opened("incident", "tasks", FIRM_A, "--json").json}

    assert shown.code == moved.code == 0
    assert "+ tasks.call-mayor" in shown.out
    assert "- tasks.visit-briefing" in shown.out
    assert "Jo tehty ja säilyy: log-news." in shown.out
    assert "call-mayor" not in {task["id"] for task in before}
    assert after["log-news"] == next(task for task in before if task["id"] == "log-news")
    assert after["call-mayor"]["due"] is not None
    playbook = opened("incident", "show", FIRM_A, "--json").json["playbook"]
    assert (playbook["id"], playbook["version"]) == ("lahti-layoff", "2027.1")
    assert opened("store", "check").code == 0


def test_without_a_word_on_what_to_take_nothing_is_taken(opened: Program, local: Path) -> None:
    shown = opened("incident", "rebase", FIRM_A, "--to", str(local), "--json").json
    again = opened("incident", "rebase", FIRM_A, "--to", str(local), "--json").json

    assert shown == again
    assert opened("incident", "show", FIRM_A, "--json").json["playbook"]["id"] == "large-layoff"


def test_what_the_new_playbook_demands_is_told_and_given_with_the_move(opened: Program, local: Path) -> None:
    """Without the answer and the date nothing moves; the comparison is shown all the same."""
    demands = (
        "inputs: {add: {shifts: {type: int, required: true, label: Vuoroja}}}\n"
        "anchors: {add: {hall: {required: true, label: Halli tyhjenee}}}\ntasks:\n"
    )
    local.write_text(local.read_text("utf-8").replace("tasks:\n", demands, 1), "utf-8")
    to = ("incident", "rebase", FIRM_A, "--to", str(local))
    take = ("--accept", "all", "--reason", "Oma malli.")
    shown = opened(*to)
    refused = opened(*to, *take)
    moved = opened(*to, *take, "--input", "shifts=3", "--anchor", "hall=2027-05-03")

    assert (shown.code, refused.code, moved.code) == (0, 1, 0)
    assert "+ tasks.call-mayor" in shown.out
    assert "--input shifts=…  Vuoroja" in shown.out
    assert "--anchor hall=…  Halli tyhjenee" in shown.out
    seen = opened("incident", "show", FIRM_A, "--json").json
    assert seen["inputs"]["shifts"] == 3
    assert "2027-05-03" in str(seen["anchors"])


def test_one_item_is_taken_alone_and_undone_again(opened: Program, local: Path) -> None:
    told = ("--accept", "call-mayor", "--reason", "Tämä ensin.")
    taken = opened("incident", "rebase", FIRM_A, "--to", str(local), *told, "--json").json
    undone = opened("incident", "undo", FIRM_A)

    assert taken["taken"] == ["tasks.call-mayor"]
    assert taken["added"] == ["call-mayor"]
    assert taken["after"]["id"] == "large-layoff"
    assert taken["after"]["sha256"] != taken["before"]["sha256"]
    assert undone.code == 0
    playbook = opened("incident", "show", FIRM_A, "--json").json["playbook"]
    assert playbook["sha256"] == taken["before"]["sha256"]


def test_taking_something_over_wants_a_reason(opened: Program, local: Path) -> None:
    assert opened("incident", "rebase", FIRM_A, "--to", str(local), "--accept", "all").code == 1


def test_the_comparison_fits_a_screen_of_80_columns(
    opened: Program, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page = opened("incident", "rebase", FIRM_A, "--to", str(local)).out
    assert max(len(line) for line in page.splitlines()) <= 80
