"""An outsider meets a restricted incident nowhere: every command of the tree is tried."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Final

import click
import pytest

from muutosturva.cli.root import commands
from muutosturva.incidents import service
from muutosturva.models.states import Secrecy
from muutosturva.store.store import Store
from tests.cli.conftest import Program
from tests.cli.tree import leaves
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C
from tests.support.stores import ACTOR, NOW

SITUATION: Final = "LAHTI-2027-S1"
OUTSIDER: Final = "Talous Tapio"
TRACES: Final = ("Keksitty Kori", "Lahden koritehdas", "LAHTI-2027-01")
"""What would give firm A away: its name, its site, its id."""

WORDS: Final = {
    "playbook": "large-layoff",
    "step": "log-news",
    "role": "lead",
    "person": OUTSIDER,
    "change": "decision=1.4.2027",
    "question": "site_services",
    "value": "1",
    "text": "merkintä",
    "to": "dormant",
    "key": "mt55",
    "name": "Uusi Henkilö",
    "title": "uusi tehtävä",
    "due": "1.4.2027",
    "reason": "syy",
}
"""Something to type for an argument or a required option; any other gets a word that means nothing."""


OF_INCIDENTS: Final = frozenset({"children", "incident", "incident_id", "situation"})

APART: Final = frozenset({("demo",), ("init",), ("store", "backup")})
"""Commands that make a store, and the copy of a whole one: there the rights of the file are the wall."""

PATHS: Final = [path for path in leaves() if path not in APART]
READING: Final = [("incident", name) for name in ("show", "tasks", "log", "access", "public")]


@pytest.fixture
def outside(opened: Program, tmp_path: Path) -> Program:
    """Return the command line of an outsider: firm A is restricted, and in a situation with firm C."""
    assert opened.store is not None
    with Store.open(opened.store) as store:
        service.set_secrecy(store, FIRM_A, Secrecy.RESTRICTED, reason="x", actor=ACTOR, now=NOW)
        service.group_incidents(
            store, SITUATION, [FIRM_A, FIRM_C], secret=service.SecretJoining.KEEP, actor=ACTOR, now=NOW
        )
        with store.reading() as session:
            assert OUTSIDER in [place.name for place in service.access_list(session, FIRM_A)]
        service.end_access(store, FIRM_A, OUTSIDER, reason="x", actor=ACTOR, now=NOW)
    shutil.copy(opened.store, tmp_path / "before.db")
    opened.moment = NOW + dt.timedelta(days=7)
    return opened


def typed(path: tuple[str, ...], incident: str, folder: Path) -> list[str]:
    """Return arguments for a command: ids of incidents, and something for all it insists on."""
    command: click.Command = commands()
    for word in path:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    words: list[str] = []
    for param in command.params:
        name = param.name or ""
        word = incident if name in OF_INCIDENTS else WORDS.get(name, "sana")
        if name in {"file", "path", "out", "output"}:
            word = str(folder / f"{'-'.join(path)}.ics")
        if isinstance(param, click.Argument):
            words.append(word)
        elif param.required or name in {"out", "output"}:
            words += [param.opts[0], word]
    return words


def gives_away(text: str, asked: str) -> list[str]:
    """Return the traces in what was written, the id that was typed itself left out."""
    return [trace for trace in TRACES if trace != asked and trace.casefold() in text.casefold()]


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_command_gives_a_restricted_incident_away(
    outside: Program, path: tuple[str, ...], tmp_path: Path
) -> None:
    """Asked of the open firms, of the situation it is in, and of itself; on screen and as JSON."""
    out = tmp_path / "out"
    out.mkdir()
    before = tmp_path / "before.db"
    for incident, form in ((FIRM_A, ()), (FIRM_B, ()), (SITUATION, ()), (SITUATION, ("--json",))):
        assert outside.store is not None
        shutil.copy(before, outside.store)
        for file in (outside.store.with_name(outside.store.name + end) for end in ("-wal", "-shm")):
            file.unlink(missing_ok=True)
        found = outside(*path, *typed(path, incident, out), *form, "--as", OUTSIDER)
        assert found.code != 70, found.err
        assert gives_away(found.out + found.err, incident) == [], (incident, form)
    for file in out.rglob("*"):
        if file.is_file():
            assert gives_away(f"{file.name} {file.read_bytes().decode('utf-8', 'ignore')}", "") == [], file


@pytest.mark.parametrize("path", READING, ids=" ".join)
def test_the_words_are_those_for_what_never_was(outside: Program, path: tuple[str, ...]) -> None:
    hidden = outside(*path, FIRM_A, "--as", OUTSIDER)
    never = outside(*path, "LAHTI-2027-77", "--as", OUTSIDER)
    assert (hidden.code, hidden.out) == (never.code, never.out) == (3, "")
    assert (
        hidden.err.replace(FIRM_A, "X").splitlines()[0].split(".")[0]
        == never.err.replace("LAHTI-2027-77", "X").splitlines()[0].split(".")[0]
    )


def test_somebody_inside_sees_it(outside: Program) -> None:
    """The tests above would pass on an empty store too."""
    assert FIRM_A in outside("incident", "list", "--as", ACTOR).out
    assert FIRM_A in outside("incident", "show", SITUATION, "--as", ACTOR).out
