"""Comparing a plan with another one; and that a plan writes nothing, wherever it is made."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from muutosturva.playbooks.library import shipped_folder
from tests.cli.conftest import Program
from tests.cli.test_stable_json import PLANNED
from tests.support.incidents import FIRM_A

FORMS = ("table", "json", "md", "gantt")
LARGE = (
    *PLANNED,
    *("--input", "sites=Lahti,Hollola,Heinola,Orimattila,Asikkala"),
)


def test_another_date_shows_what_moves(filled: Program) -> None:
    found = filled(*PLANNED, "--against", "decision=~26.4.2027", "--json").json
    lines = {(line["section"], line["id"]): line for line in found["differences"]}

    assert lines["anchors", "decision"]["old"] == "2027-04-12"
    assert lines["anchors", "decision"]["new"] == "2027-04-26"
    assert {line["act"] for line in found["differences"] if line["section"] == "tasks"} >= {"moved"}


def test_another_playbook_a_version_and_an_incident_are_compared_with(opened: Program) -> None:
    """A version is found in the library or pinned in an incident; an incident by its id."""
    for named in ("small-layoff", "small-layoff@2026.1", str(shipped_folder() / "small-layoff.yaml")):
        found = opened(*PLANNED, "--input", "employer_size=300", "--against", named, "--json").json
        assert found["to"]["id"] == "small-layoff"
        assert any(line["act"] == "gone" for line in found["differences"])
    pinned = opened(*PLANNED, "--against", FIRM_A, "--json").json
    assert pinned["to"]["sha256"] == opened("incident", "show", FIRM_A, "--json").json["playbook"]["sha256"]


def test_a_version_that_is_not_at_hand_is_refused_with_those_that_are(opened: Program) -> None:
    refused = opened(*PLANNED, "--against", "large-layoff@2025.1")
    assert refused.code == 3
    assert "2026.1" in refused.err


def test_an_older_version_is_found_where_an_incident_has_it_pinned(opened: Program, tmp_path: Path) -> None:
    """The file has moved on; what was pinned can still be compared with."""
    for path in shipped_folder().rglob("*.yaml"):
        copy = tmp_path / "own" / path.relative_to(shipped_folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    new = tmp_path / "own" / "large-layoff.yaml"
    new.write_text(new.read_text("utf-8").replace('"2026.1"', '"2027.1"', 1), "utf-8")
    asked = ("playbook", "plan", str(new), *PLANNED[3:])
    found = opened(*asked, "--against", FIRM_A, "--json").json
    assert (found["from"]["version"], found["to"]["version"]) == ("2027.1", "2026.1")


def test_a_plan_without_a_difference_says_so(filled: Program) -> None:
    told = filled(*PLANNED, "--against", "large-layoff", "--lang", "en")
    assert "The plans are the same." in told.out


def test_two_playbooks_at_once_and_bars_are_refused(filled: Program) -> None:
    assert filled(*PLANNED, "--against", "small-layoff", "--against", "bankruptcy").code == 2
    assert filled(*PLANNED, "--against", "small-layoff", "--format", "gantt").code == 2


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_difference_is_on_the_page(filled: Program, form: str, language: str) -> None:
    told = ("--input", "employer_size=300", "--against", "small-layoff", "--against", "decision=~26.4.2027")
    document = filled(*PLANNED, *told, "--format", "json").json
    page = filled(*PLANNED, *told, "--format", form, "--lang", language).out
    missing = [line["id"] for line in document["differences"] if line["id"] not in page]
    assert missing == []


@pytest.mark.parametrize("form", FORMS)
def test_a_large_plan_fits_80_columns_in_every_format_for_the_screen(
    filled: Program, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON and Markdown are for programs and memos: there whole lines count, not the screen."""
    monkeypatch.setenv("COLUMNS", "80")
    page = filled(*LARGE, "--format", form)

    assert page.code == 0
    assert len(filled(*LARGE, "--json").json["tasks"]) > 70
    if form in {"table", "gantt"}:
        assert max(len(line) for line in page.out.splitlines()) <= 80
    if form == "md":
        assert all(line.endswith("|") for line in page.out.splitlines() if line.startswith("|"))


def test_a_comparison_fits_80_columns(filled: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page = filled(*LARGE, "--against", "decision=~26.4.2027").out
    assert max(len(line) for line in page.splitlines()) <= 80


_WATCHED: list[list[str]] = []
"""Lists that take the files opened for writing; an audit hook cannot be taken off again."""


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _WATCHED:
        return
    if event == "open" and len(arguments) == 3:
        path, mode, flags = arguments
        writes = any(sign in (mode or "") for sign in "wax+") or (
            isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        )
        if writes:
            _WATCHED[-1].append(str(path))
    elif event in {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.symlink"}:
        _WATCHED[-1].append(f"{event} {arguments[0]}")


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect what Python opens for writing: holds for root too, whom no permission stops."""
    sys.addaudithook(_hook)
    found: list[str] = []
    _WATCHED.append(found)
    try:
        yield found
    finally:
        _WATCHED.remove(found)


def _hash(store: Path) -> dict[str, str]:
    """Return the hash of the store and of its log of writes; an empty log of writes is as good as none."""
    files = [path for path in (store, store.with_name(f"{store.name}-wal")) if path.exists()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.stat().st_size}


def _said(store: Path) -> list[str]:
    """Return everything the store holds, as statements."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("form", FORMS)
def test_a_plan_leaves_the_store_as_it_was(opened: Program, form: str) -> None:
    """The whole content of the store before and after, and the bytes of its files."""
    assert opened.store is not None
    said, before = _said(opened.store), _hash(opened.store)
    against = () if form == "gantt" else ("--against", "decision=~26.4.2027", "--against", FIRM_A)
    with watched() as written:
        assert opened(*PLANNED, "--format", form, *against).code == 0

    assert _hash(opened.store) == before
    assert _said(opened.store) == said
    assert [path for path in written if not path.endswith(os.devnull)] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_plan_is_made_in_a_folder_nobody_may_write(
    program: Program, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newcomer tries it from a stick that is locked: no store, no file, no folder is made anywhere."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    with watched() as written:
        assert program(*PLANNED, "--format", form).code == 0

    assert list(folder.iterdir()) == []
    assert [path for path in written if not path.endswith(os.devnull)] == []


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Mount a folder anew so that nobody may write in it, or skip where this user may not mount."""
    command = ["mount", "--bind", "-o", "ro", str(folder), str(folder)]
    if subprocess.run(command, check=False, capture_output=True, timeout=20).returncode != 0:
        pytest.skip("this user may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=20)


@pytest.mark.e2e
@pytest.mark.parametrize("in_use", [False, True], ids=["nobody has it open", "somebody works in it"])
@pytest.mark.parametrize("form", FORMS)
def test_a_plan_is_made_with_a_store_on_a_locked_stick(opened: Program, form: str, in_use: bool) -> None:  # noqa: FBT001
    """The law, the roster and the incidents of the store count, and not a byte changes beside or in it."""
    assert opened.store is not None
    folder = opened.store.parent
    against = () if form == "gantt" else ("--against", "decision=~26.4.2027", "--against", FIRM_A)
    open_elsewhere = sqlite3.connect(opened.store) if in_use else None
    if open_elsewhere is not None:
        # A colleague on the machine that may write: what is written last stands beside the store.
        open_elsewhere.execute("UPDATE incident SET sector = sector || ' (uusi)'")
        open_elsewhere.commit()
        assert opened.store.with_name(f"{opened.store.name}-wal").stat().st_size > 0
    said, before = _said(opened.store), _hash(opened.store)
    names = sorted(path.name for path in folder.iterdir())
    with locked(folder):
        made = opened(*PLANNED, "--format", form, *against)
        refused = opened("incident", "note", FIRM_A, "x")
    assert made.code == 0, made.err
    assert refused.code == 6
    assert sorted(path.name for path in folder.iterdir()) == names
    assert _hash(opened.store) == before
    assert _said(opened.store) == said
    if open_elsewhere is not None:
        open_elsewhere.close()


@pytest.mark.e2e
def test_what_was_written_last_and_cannot_be_read_on_a_locked_stick_is_told(
    opened: Program, tmp_path: Path
) -> None:
    """Copied without the file of its users, the store would look older than it is: it is refused in words."""
    assert opened.store is not None
    copied = tmp_path / "stick"
    copied.mkdir()
    with closing(sqlite3.connect(opened.store)) as colleague:
        colleague.execute("UPDATE incident SET employer = 'Uusi nimi Oy'")
        colleague.commit()
        for name in (opened.store.name, f"{opened.store.name}-wal"):
            shutil.copy(opened.store.with_name(name), copied / name)
    names = sorted(path.name for path in copied.iterdir())
    opened.store = copied / opened.store.name
    with locked(copied):
        told = opened(*PLANNED)
    assert told.code == 6, told.out
    assert str(opened.store) in told.err
    assert sorted(path.name for path in copied.iterdir()) == names


def test_what_was_written_last_counts_where_nothing_may_be_written(
    opened: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that is told to stand still while it does not would show yesterday's incidents as today's."""
    from muutosturva.store import engine

    assert opened.store is not None
    monkeypatch.setattr(engine, "may_be_written", lambda _path: False)
    assert engine.reading_mode(opened.store) == "mode=ro&immutable=1"
    with sqlite3.connect(opened.store) as colleague:
        colleague.execute("UPDATE incident SET employer = 'Uusi nimi Oy'")
        colleague.commit()
        assert engine.reading_mode(opened.store) == "mode=ro"
        found = opened(*PLANNED, "--against", FIRM_A)
        assert found.code == 0, found.err
        with engine.connect(opened.store, look=True).connect() as connection:
            names = set(connection.exec_driver_sql("SELECT employer FROM incident").scalars())
    assert names == {"Uusi nimi Oy"}
    colleague.close()


def test_the_store_is_read_through_a_connection_that_cannot_write(opened: Program) -> None:
    """The promise does not rest on what the code does today: writing while a plan is made is refused."""
    from sqlalchemy.exc import OperationalError

    from muutosturva.store.store import Store

    assert opened.store is not None
    with (
        Store.open(opened.store) as store,
        store.reading() as session,
        pytest.raises(OperationalError, match="readonly"),
    ):
        session.connection().exec_driver_sql("UPDATE incident SET employer = 'X'")
