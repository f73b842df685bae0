"""The page for those who write scripts says what the program does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from muutosturva.cli.failures import INTERRUPTED
from muutosturva.errors import ExitCode
from muutosturva.models.states import IncidentState, StoreKind, TaskState
from muutosturva.playbooks.facts import Certainty
from muutosturva.settings import DEBUG, ENVIRONMENT, Settings
from tests.cli.test_stable_json import ANCHOR, INCIDENT, PLAN, PROBLEM, STATUTORY, TASK

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")


def keys(document: str) -> tuple[str, ...]:
    """Return the keys that the page promises of a document."""
    [line] = [line for line in PAGE.splitlines() if line.startswith(f"| {document} |")]
    return tuple(re.findall(r"`(\w+)`", line))


def test_every_exit_code_is_on_the_page() -> None:
    found = [int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)]

    assert found == [*(code.value for code in ExitCode), INTERRUPTED]


def test_the_promised_keys_are_those_the_tests_hold_the_program_to() -> None:
    assert keys("incident") == INCIDENT
    assert keys("an anchor, by name") == ANCHOR
    assert keys("task") == TASK
    assert keys("what is statutory") == STATUTORY
    assert keys("plan") == PLAN
    assert keys("problem") == PROBLEM


def test_every_word_of_a_state_is_on_the_page() -> None:
    words = [member.value for kind in (IncidentState, StoreKind, TaskState, Certainty) for member in kind]

    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_every_setting_is_on_the_page() -> None:
    names = [field.name for field in fields(Settings)]

    assert [name for name in (*names, *ENVIRONMENT.values()) if f"`{name}`" not in PAGE] == []
    assert f"`{DEBUG}=1`" in PAGE
