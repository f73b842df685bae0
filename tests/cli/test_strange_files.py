"""A playbook that is no file at all, or one nobody can read: a message, an exit code, never a wait."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from muutosturva.i18n import LANGUAGES
from tests.cli.conftest import Program
from tests.playbooks.making import HEAD
from tests.playbooks.mutating import BOMBS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and links as POSIX has them")


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("nothing.yaml"))


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("no folder", encoding="utf-8")


def _base_is_a_loop(path: Path) -> None:
    path.write_text(HEAD.replace("id: small", f"id: {path.stem}\nextends: loop"), encoding="utf-8")
    _loop(path.with_name("loop.yaml"))


def _base_is_a_pipe(path: Path) -> None:
    path.write_text(HEAD.replace("id: small", f"id: {path.stem}\nextends: pipe"), encoding="utf-8")
    os.mkfifo(path.with_name("pipe.yaml"))


THINGS: Final[dict[str, tuple[Callable[[Path], object], int]]] = {
    "a folder": (Path.mkdir, 1),
    "a pipe nobody writes to": (os.mkfifo, 1),
    "a device without end": (_endless, 1),
    "a link to itself": (_loop, 3),
    "a link to nothing": (_link_to_nothing, 3),
    "nothing": (lambda _path: None, 3),
    "below a file": (_below_a_file, 3),
    "over a link to itself": (_base_is_a_loop, 1),
    "over a pipe": (_base_is_a_pipe, 1),
    **{
        f"bomb: {name}": (partial(Path.write_text, data=text, encoding="utf-8"), 1)
        for name, (text, _code) in BOMBS.items()
    },
}
"""What lies where a playbook should, and the exit code."""
COMMANDS: Final = (
    ("lint",),
    ("lint", "--format", "json"),
    ("test",),
    ("show",),
    ("plan",),
    ("explain",),
    ("diff",),
)


@pytest.mark.parametrize("thing", THINGS)
def test_what_is_no_playbook_is_told_by_every_command(program: Program, thing: str, tmp_path: Path) -> None:
    """A pipe would be waited for and a device read for ever; a folder is where the mouse let go."""
    make, code = THINGS[thing]
    path = tmp_path / "own" / "office.yaml"
    path.parent.mkdir()
    make(path)
    for command in COMMANDS:
        rest = {"explain": ("tasks",), "diff": ("large-layoff",)}.get(command[0], ())
        told = program("playbook", command[0], str(path), *rest, *command[1:])
        assert told.code == code, (command, told)
        assert "Traceback" not in told.out + told.err
        assert "office" in told.out + told.err


@pytest.mark.parametrize(
    "thing", ["a folder", "a pipe nobody writes to", "nothing", "bomb: aliases of aliases"]
)
def test_what_is_no_playbook_is_told_in_every_language(program: Program, thing: str, tmp_path: Path) -> None:
    path = tmp_path / "own" / "office.yaml"
    path.parent.mkdir()
    THINGS[thing][0](path)
    said = {tag: program("--lang", tag, "playbook", "lint", str(path)) for tag in LANGUAGES}
    assert len({told.out + told.err for told in said.values()}) == len(LANGUAGES)


def test_a_playbook_nobody_may_read_is_told(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root reads everything: the refusal is played, as the machine would give it to anybody else."""
    path = tmp_path / "office.yaml"
    path.write_text(HEAD, encoding="utf-8")

    there = Path.exists

    def exists(asked: Path) -> bool:
        if asked == path:
            raise PermissionError(13, "Permission denied", str(asked))
        return there(asked)

    monkeypatch.setattr(Path, "exists", exists)
    told = program("playbook", "lint", str(path))
    assert told.code == 1
    assert "unreadable" in told.out
    assert str(path) in told.out


def test_what_would_command_the_screen_is_shown_as_a_mark(program: Program, tmp_path: Path) -> None:
    """A title that turns the line around, or an escape that moves the cursor, reaches no terminal."""
    path = tmp_path / "small.yaml"
    path.write_text(HEAD.replace("Pieni", '"\\e[2J\\u202e nurin"') + "alien\u202e: 1\n", encoding="utf-8")
    told = program("playbook", "lint", str(path))
    assert told.code == 1
    assert not {"\x1b", "\u202e"} & set(told.out + told.err)
