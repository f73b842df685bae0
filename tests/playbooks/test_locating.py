"""From a line of a playbook's file back to the value that stands there."""

from __future__ import annotations

import pytest

from muutosturva.playbooks.comparing.locating import located
from tests.playbooks.making import playbook, source

BODY = """\
tasks:
  call:
    title: Soita
    phase: alarm
    raci: {r: [lead], a: lead}
    checklist:
      - Numero
      - Kieli
"""
HEAD = """\
schema: muutosturva/playbook/1
id: small
version: "2026.1"
kind: incident
title: Pieni
phases: {alarm: Hälytys}
roles: {lead: {title: Vetäjä}}
"""


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (5, ("title",)),
        (9, ("tasks", "call")),
        (10, ("tasks", "call", "title")),
        (12, ("tasks", "call", "raci")),
        (15, ("tasks", "call", "checklist", 1)),
        (99, ("tasks", "call", "checklist", 1)),
    ],
)
def test_a_line_is_the_value_that_begins_there_or_last_before(line: int, path: tuple[str | int, ...]) -> None:
    assert located(playbook(BODY, HEAD).root, "small.yaml").at(line) == path


def test_above_the_first_key_nothing_stands() -> None:
    """Comments at the head explain the file; they are no value."""
    root = source("# eka\n# toka\nid: x\n", "x.yaml").root
    assert root is not None
    assert located(root, "x.yaml").at(2) is None


def test_what_another_file_wrote_is_not_in_this_one() -> None:
    assert located(playbook(BODY, HEAD).root, "base.yaml").at(5) is None
