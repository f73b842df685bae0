"""Each exit code by a real case; scripts rely on these numbers."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import pytest

from muutosturva.store.store import Store
from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A, WHO


def test_0_when_everything_was_done(opened: Program) -> None:
    assert opened("incident", "show", FIRM_A).code == 0


def test_1_when_the_input_has_problems_and_lists_them(opened: Program) -> None:
    told = opened("incident", "close", FIRM_A)

    assert told.code == 1
    assert 3 <= len(told.err.splitlines()) <= 20
    assert len(opened("incident", "close", FIRM_A, "--all").err.splitlines()) > 20


def test_1_when_the_chain_of_the_log_is_broken(filled: Program) -> None:
    """A row of the log that somebody changed behind the program's back is found."""
    import sqlite3

    assert filled.store is not None
    with sqlite3.connect(filled.store) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE event SET actor = 'joku muu'")
    connection.close()
    told = filled("store", "check", "--json")

    assert told.code == 1
    assert {problem["code"] for problem in told.json["problems"]} >= {"store.event_changed"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("incident", "shov"),
        ("incident", "show", FIRM_A, "--bogus"),
        ("incident", "show"),
        ("incident", "show", FIRM_A, "extra"),
        ("incident", "state", FIRM_A, "asleep", "--reason", "x"),
        ("incident", "anchor", FIRM_A, "decision=31.2.2027", "--reason", "x"),
        ("incident", "anchor", FIRM_A, "decision", "--reason", "x"),
        ("incident", "log", FIRM_A, "--limit", "many"),
        ("incident", "log", FIRM_A, "--limit"),
        ("incident", "list", "--json=yes"),
        ("task", "due", FIRM_A, "log-news", "soon", "--reason", "x"),
        ("incident", "list", "--lang", "de"),
        ("incident", "list", "--now", "yesterday"),
        ("incident",),
    ],
    ids=" ".join,
)
def test_2_when_the_command_is_wrong(opened: Program, arguments: tuple[str, ...]) -> None:
    told = opened(*arguments)

    assert told.code == 2
    assert told.out == ""
    assert told.err.startswith("Virhe: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("incident", "show", "LAHTI-1999-01"),
        ("task", "done", FIRM_A, "no-such-task"),
        ("task", "assign", FIRM_A, "log-news", "Ei Kukaan"),
        ("incident", "list", "--store", "nowhere.db"),
        ("playbook", "show", "large-layof"),
        ("law", "list", "no.such.row"),
        ("law", "update", "nowhere.csv"),
        ("incident", "note", FIRM_A, "x", "--as", "Ei Kukaan"),
    ],
    ids=" ".join,
)
def test_3_when_there_is_no_such_thing(opened: Program, arguments: tuple[str, ...]) -> None:
    told = opened(*arguments)

    assert told.code == 3
    assert told.err.startswith("Virhe: ")


def test_4_when_somebody_else_changed_it_first(opened: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command acts on a version of the task that has moved on meanwhile."""
    from muutosturva.incidents.acts import tasks

    assert opened.store is not None
    with Store.open(opened.store) as store:
        seen = tasks.start_task(store, FIRM_A, "log-news", **WHO).version - 1
    finish = functools.partial(tasks.finish_task, expected_version=seen)
    monkeypatch.setattr(tasks, "finish_task", finish)
    told = opened("task", "done", FIRM_A, "log-news", "--json")

    assert told.code == 4
    assert told.json["error"] == "store.conflict"


def test_5_when_the_store_does_not_allow_it(program: Program, tmp_path: Path) -> None:
    """A real store keeps true times: a made-up clock is refused, on opening and on making it."""
    place = str(tmp_path / "real.db")
    assert program("init", "--store", place).code == 0

    assert program("incident", "list", "--store", place, "--now", "2027-03-01").code == 5
    assert program("init", "--store", str(tmp_path / "new.db"), "--now", "2027-03-01").code == 5
    assert not (tmp_path / "new.db").exists()


def test_5_when_the_store_is_not_ours(program: Program, tmp_path: Path) -> None:
    alien = tmp_path / "alien.db"
    alien.write_bytes(b"not a database, but a shopping list\n" * 100)

    assert program("incident", "list", "--store", str(alien)).code == 5


def test_6_when_the_machine_fails(program: Program, tmp_path: Path) -> None:
    told = program("init", "--store", str(tmp_path / "no" / "folder" / "x.db"))

    assert told.code == 6


def test_70_when_the_program_has_a_fault(
    opened: Program, monkeypatch: pytest.MonkeyPatch, own_folders: Path
) -> None:
    """The user gets words and the name of a file; the traceback stands in that file alone."""
    from muutosturva.incidents.reading import queries

    def fault(*_: object) -> None:
        message = "the fault"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(queries, "summaries", fault)
    told = opened("incident", "list")

    assert told.code == 70
    assert "Traceback" not in told.err
    [trace] = own_folders.rglob("muutosturva-*.txt")
    assert str(trace) in told.err
    assert "ZeroDivisionError: the fault" in trace.read_text(encoding="utf-8")
    if os.name == "posix":
        assert trace.stat().st_mode & 0o777 == 0o600


def test_70_with_the_traceback_on_screen_for_those_who_mend(
    opened: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from muutosturva.incidents.reading import queries

    monkeypatch.setenv("MUUTOSTURVA_DEBUG", "1")
    monkeypatch.setattr(queries, "summaries", lambda *_: 1 / 0)

    assert "ZeroDivisionError" in opened("incident", "list").err


def test_130_after_an_interrupt(opened: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from muutosturva.incidents.reading import queries

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(queries, "summaries", interrupted)

    assert opened("incident", "list").code == 130
