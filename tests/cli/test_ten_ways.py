"""An official copies a playbook, breaks it in ten ways, mends it, tests it, and moves an incident onto it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A

TITLE = '        fi: "Sovi kriisiavusta henkilöstölle"\n'
WAYS = {
    "a key is misspelt": ("      phase: alarm\n", "      fase: alarm\n", "unknown_key", "Lähimmät: phase"),
    "a day is misspelt": ("heard + 2 wd", "herd + 2 wd", "unknown_anchor", "Lähimmät: heard"),
    "a role is misspelt": (
        "[client_services]",
        "[client_servces]",
        "unknown_role",
        "Lähimmät: client_services",
    ),
    "a task is misspelt": ("[first-contact]", "[first-contct]", "unknown_task", "Lähimmät: first-contact"),
    "a question is misspelt": ('"level >= L"', '"levl >= L"', "unknown_input", "Lähimmät: level"),
    "a number is a word": ("start: heard\n", "start: heard + two wd\n", "expr_offset", "heard + 2 wd"),
    "a line begins with a tab": ("      phase: alarm\n", "\t  phase: alarm\n", "yaml_tab", "välilyönnillä"),
    "a text with a colon has no quotes": (
        TITLE,
        "        fi: Sovi: kriisiavusta\n",
        "yaml_colon",
        "lainausmerkit",
    ),
    "a telephone number is written in": (
        TITLE,
        '        fi: "Soita 040 123 4567"\n',
        "phone_number",
        "roolien",
    ),
    "nobody answers for it": (", a: lead, c: [change_security]", "", "no_accountable", "a: lead"),
}
"""What is done to the copy: the text, what stands there instead, the code told, and what the advice says."""

CASE = """\
tests:
  - name: "Kriisiapu heti"
    given:
      inputs: {headcount: 260, dismissals: 260}
      anchors: {heard: "2027-03-01"PROPOSAL}
    expect:
      due: {crisis-support: DAY}
"""


@pytest.fixture
def copied(opened: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the office's own copy of the playbook for large layoffs."""
    monkeypatch.setenv("MUUTOSTURVA_PLAYBOOKS", str(tmp_path / "own"))
    made = opened("playbook", "new", "lahti", "--copy", "large-layoff")
    assert made.code == 0
    return tmp_path / "own" / "lahti.yaml"


@pytest.mark.parametrize("way", WAYS)
def test_each_fault_is_told_with_its_place_and_remedy(opened: Program, copied: Path, way: str) -> None:
    """Who writes a playbook once a year must find the line and the remedy without asking anybody."""
    written, instead, code, advice = WAYS[way]
    sound = copied.read_text(encoding="utf-8")
    at = sound.index(written)
    line = sound[: at + len(written)].rstrip("\n").count("\n") + 1

    copied.write_text(sound.replace(written, instead, 1), encoding="utf-8")
    told = opened("playbook", "lint", "lahti")
    copied.write_text(sound, encoding="utf-8")
    mended = opened("playbook", "lint", "lahti")

    assert told.code == 1
    place = next(found for found in told.out.splitlines() if f" {code} " in found)
    assert place.startswith(f"{copied}:{line}:")
    assert advice in told.out
    assert mended.code == 0, mended.out


def test_faults_of_meaning_are_told_all_at_once(opened: Program, copied: Path) -> None:
    """Mending one fault to be told of the next costs an official an afternoon."""
    text, codes = copied.read_text(encoding="utf-8"), []
    for written, instead, code, _advice in WAYS.values():
        if not code.startswith("yaml_") and code != "unknown_key":
            text = text.replace(written, instead, 1)
            codes.append(code)
    copied.write_text(text, encoding="utf-8")

    told = opened("playbook", "lint", "lahti")

    assert [code for code in codes if f" {code} " not in told.out] == []


def test_the_mended_copy_is_tested_and_takes_over_a_running_incident(opened: Program, copied: Path) -> None:
    """The finished work of the group outlives every change of the plan."""
    changed = copied.read_text(encoding="utf-8").replace(
        "start: heard\n      due: heard + 2 wd", "start: heard\n      due: heard + 1 wd", 1
    )
    start = changed.index("tests:\n")
    changed = changed[:start] + CASE + changed[start + len("tests:\n") :]
    whole = changed.replace("PROPOSAL", ', proposal: "2027-03-01"', 1)

    copied.write_text(changed.replace("PROPOSAL", "", 1).replace("DAY", "2027-03-03", 1), encoding="utf-8")
    failed = opened("playbook", "test", "lahti")
    copied.write_text(whole.replace("DAY", "2027-03-02", 1), encoding="utf-8")
    passed = opened("playbook", "test", "lahti")

    opened("task", "done", FIRM_A, "log-news")
    moved = opened("incident", "rebase", FIRM_A, "--to", "lahti", "--accept", "all", "--reason", "Oma malli.")
    tasks = {task["step"]: task for task in opened("incident", "tasks", FIRM_A, "--json").json}

    assert failed.code == 1
    assert "Kriisiapu heti" in failed.out
    assert "2.3.2027" not in failed.out
    assert "2027-03-03" in failed.out
    assert "2027-03-02" in failed.out
    assert "proposal puuttuu" in failed.out
    assert passed.code == 0, passed.out
    assert moved.code == 0, moved.err
    assert tasks["log-news"]["state"] == "done"
    assert tasks["crisis-support"]["due"].startswith("2027-03-02")
    assert opened("incident", "show", FIRM_A, "--json").json["playbook"]["id"] == "lahti"
