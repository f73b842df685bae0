"""The command line as a user meets it: arguments in; exit code, stdout and stderr out."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from muutosturva.cli.run import run
from muutosturva.i18n import Language, Texts
from muutosturva.store.store import Store
from tests.support.stores import NOW


@pytest.fixture(autouse=True)
def no_tracebacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever mends the program may have asked for tracebacks; users have not."""
    monkeypatch.delenv("MUUTOSTURVA_DEBUG", raising=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


@dataclass(slots=True)
class Screens:
    """Stands where the terminal UI stands, and remembers what it was asked."""

    opened: list[tuple[str | None, Language, str | None]] = field(default_factory=list)

    def open(
        self, place: str | None, *, language: Language, actor: str | None, clock: Callable[[], dt.datetime]
    ) -> int:
        """Remember how the terminal UI would have been opened."""
        assert clock().tzinfo is not None
        self.opened.append((place, language, actor))
        return 0

    def plain(self, store: Store, incident: str, texts: Texts, moment: dt.datetime) -> str:
        """Return what was asked, so that a test can see it."""
        return f"{store.kind} {incident} {texts.language} {moment.isoformat()}\n"


@dataclass(slots=True)
class Program:
    """Runs commands in this process, at a fixed moment.

    Attributes:
        store: the store of ``--store``, or None.
        screens: the stand-in for the terminal UI.
    """

    capture: pytest.CaptureFixture[str]
    store: Path | None = None
    screens: Screens = field(default_factory=Screens)
    moment: dt.datetime = NOW

    def __call__(self, *arguments: str) -> Result:
        """Run a command."""
        own = () if self.store is None else ("--store", str(self.store))
        self.capture.readouterr()
        code = run([*own, *arguments], screens=self.screens, clock=lambda: self.moment)
        captured = self.capture.readouterr()
        return Result(code, captured.out, captured.err)


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """Return the command line without a store of its own."""
    return Program(capsys)


@pytest.fixture
def filled(program: Program, filled_file: Path, tmp_path: Path) -> Program:
    """Return the command line on an example store with the standing data."""
    program.store = tmp_path / "filled.db"
    shutil.copy(filled_file, program.store)
    return program


@pytest.fixture
def opened(program: Program, opened_file: Path, tmp_path: Path) -> Program:
    """Return the command line on an example store in which the three firms stand."""
    program.store = tmp_path / "opened.db"
    shutil.copy(opened_file, program.store)
    return program
