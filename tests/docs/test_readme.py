"""The tour of the README works as it is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.docs.console import Shell, matches, steps

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Return a shell in an empty folder, where ``muutosturva`` is this checkout's program."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "muutosturva"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m muutosturva "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    desk = tmp_path / "desk"
    desk.mkdir()
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return Shell.at(desk, {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "80"})


@pytest.mark.skipif(os.name != "posix", reason="the tour is typed in bash")
def test_every_command_of_the_tour_prints_what_is_shown(shell: Shell) -> None:
    tour = list(steps(README.read_text(encoding="utf-8")))
    assert len(tour) > 8
    for step in tour:
        printed = shell.run(step)
        expected = "\n".join(step.expected)
        where = f"README.md:{step.line}\n$ {step.command}"
        assert matches(step.expected, printed), (
            f"{where}\n--- the README shows\n{expected}\n--- it prints\n{printed}"
        )


def test_the_two_commands_open_the_readme() -> None:
    """Who has only these two commands has the program running and its tests passed."""
    first = README.read_text(encoding="utf-8").splitlines()[:12]

    assert any(line.startswith("make demo") for line in first)
    assert any(line.startswith("make test") for line in first)


@pytest.mark.parametrize(
    ("expected", "printed", "fits"),
    [
        (["a", "b"], "a\nb\n", True),
        (["a"], "a\nb\n", False),
        (["a", "..."], "a\nb\nc\n", True),
        (["a...c"], "abbc\n", True),
        (["a...c"], "ab\nc\n", False),
        (["a.c"], "abc\n", False),
        ([], "", True),
    ],
)
def test_dots_stand_for_anything_and_nothing_else_does(
    expected: list[str], printed: str, fits: object
) -> None:
    assert matches(expected, printed) is fits


def test_a_command_may_go_on_over_several_lines() -> None:
    text = "```console\n$ one \\\n>   two\nout\n$ three\n```\n```sh\n$ not this\n```\n"

    assert [(step.line, step.command, step.expected) for step in steps(text)] == [
        (2, "one   two", ["out"]),
        (5, "three", []),
    ]
