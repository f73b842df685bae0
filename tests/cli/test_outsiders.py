"""An outsider meets a restricted incident nowhere: every command of the tree is tried."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Final

import click
import pytest

from muutosturva.cli.root import commands
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.acts.links import Link
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.states import LinkKind, Secrecy
from muutosturva.store.store import Store
from tests.cli.conftest import Program, Result
from tests.cli.tree import leaves
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW

SITUATION: Final = "LAHTI-2027-S1"
OUTSIDER: Final = "Talous Tapio"
NEVER: Final = "LAHTI-2027-09"
"""An id nobody has."""
NUMBER: Final = 741_174
"""People of firm A; so many digits that no hash has them by chance."""
SECRET: Final = "Piilosana"
"""What stands in a note, a task, a label, evidence and a link of firm A, and nowhere else."""
TRACES: Final = ("Keksitty Kori", "Lahden koritehdas", FIRM_A, str(NUMBER), SECRET)
"""What would give firm A away: its name, its site, its id, its number, what was written of it."""

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


OF_INCIDENTS: Final = frozenset(
    {"children", "duplicate", "incident", "incident_id", "incidents", "into", "situation"}
)

APART: Final = frozenset({("demo",), ("init",), ("store", "backup")})
"""Commands that make a store, and the copy of a whole one: there the rights of the file are the wall."""

PATHS: Final = [path for path in leaves() if path not in APART]


@pytest.fixture(scope="module")
def secret_file(opened_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make firm A restricted, in a situation with firm C, linked to firm C, and full of secrets."""
    folder = tmp_path_factory.mktemp("secret")
    path, proof = folder / "secret.db", folder / f"{SECRET}.txt"
    shutil.copy(opened_file, path)
    proof.write_text(SECRET, encoding="utf-8")
    with Store.open(path) as store:
        amendment = Amendment((parse_figure(f"announced={NUMBER}", {}),), {}, SECRET)
        service.amend(store, FIRM_A, amendment, reason=SECRET, **WHO)
        service.add_note(store, FIRM_A, SECRET, **WHO)
        service.add_task(store, FIRM_A, "own", title=SECRET, role="lead", due=NOW.date(), **WHO)
        service.attach(store, FIRM_A, str(proof), title=SECRET, copy=False, **WHO)
        service.link_firm(store, FIRM_A, Link(SECRET, LinkKind.AGENCY, "", 40, 10), **WHO)
        service.link_firm(store, FIRM_C, Link(f"{SECRET} Oy", LinkKind.SUPPLIER, FIRM_A), **WHO)
        service.set_secrecy(store, FIRM_A, Secrecy.RESTRICTED, reason=SECRET, **WHO)
        service.group_incidents(
            store, SITUATION, [FIRM_A, FIRM_C], secret=service.SecretJoining.KEEP, actor=ACTOR, now=NOW
        )
        with store.reading() as session:
            assert OUTSIDER in [place.name for place in service.access_list(session, FIRM_A)]
        service.end_access(store, FIRM_A, OUTSIDER, reason="x", actor=ACTOR, now=NOW)
    return path


@pytest.fixture
def outside(program: Program, secret_file: Path, tmp_path: Path) -> Program:
    """Return the command line of an outsider, a week later."""
    program.store = tmp_path / "store.db"
    program.moment = NOW + dt.timedelta(days=7)
    restore(program, secret_file)
    return program


def restore(program: Program, file: Path) -> None:
    """Give the command line a fresh copy of the store."""
    assert program.store is not None
    for end in ("-wal", "-shm"):
        program.store.with_name(program.store.name + end).unlink(missing_ok=True)
    shutil.copy(file, program.store)


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
    plain = re.sub(r"(?<=\d)[\u00a0\u202f ](?=\d{3})", "", text).casefold()
    return [trace for trace in TRACES if trace != asked and trace.casefold() in plain]


def content(file: Path) -> str:
    """Return the name of a file and the text in it, unpacked where it is packed.

    A PDF is written from what the Word file beside it is written from; its bytes are not read here.
    """
    raw = b"" if file.suffix == ".pdf" else file.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = [re.sub(rb"<[^>]+>", b"", package.read(name)) for name in package.namelist()]
        raw = b"\n".join(parts)
    return f"{file.name} {raw.decode('utf-8', 'ignore')}"


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_command_gives_a_restricted_incident_away(
    outside: Program, secret_file: Path, path: tuple[str, ...], tmp_path: Path
) -> None:
    """Asked of the open firms, of the situation it is in, and of itself; on screen and as JSON."""
    out = tmp_path / "out"
    out.mkdir()
    for incident, form in ((FIRM_B, ()), (SITUATION, ()), (FIRM_C, ("--json",)), (SITUATION, ("--json",))):
        restore(outside, secret_file)
        found = outside(*path, *typed(path, incident, out), *form, "--as", OUTSIDER)
        assert found.code != 70, found.err
        assert gives_away(found.out + found.err, incident) == [], (incident, form)
    for file in out.rglob("*"):
        if file.is_file():
            assert gives_away(content(file), "") == [], file


NEAREST: Final = re.compile(r"LAHTI-2027-\w+")


def alike(found: Result, asked: str) -> tuple[int, str, str]:
    """Return an answer without the id that was typed and the ids it was near to."""
    return (
        found.code,
        NEAREST.sub("X", found.out),
        re.sub(r"(X(, | ja | tai )?)+", "X", NEAREST.sub("X", found.err)),
    )


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_a_restricted_incident_is_answered_as_one_that_never_was(
    outside: Program, secret_file: Path, path: tuple[str, ...], tmp_path: Path
) -> None:
    """Code, words and JSON alike: who guesses an id learns nothing from the answer."""
    for form in ((), ("--json",)):
        answers = []
        for incident in (FIRM_A, NEVER):
            restore(outside, secret_file)
            found = outside(*path, *typed(path, incident, tmp_path), *form, "--as", OUTSIDER)
            assert gives_away(found.out + found.err, incident) == [], (incident, form)
            answers.append(alike(found, incident))
        assert answers[0] == answers[1], form


def test_the_lists_of_the_outsider_are_those_without_the_firm(outside: Program) -> None:
    """Counts and sums too: a number that is larger than its parts says that something is hidden."""
    for words in (("incident", "list"), ("task", "list")):
        listed = json.loads(outside(*words, "--json", "--as", OUTSIDER).out)
        assert FIRM_B in json.dumps(listed)
    shown = json.loads(outside("incident", "show", SITUATION, "--json", "--as", OUTSIDER).out)
    alone = json.loads(outside("incident", "show", FIRM_C, "--json", "--as", OUTSIDER).out)
    assert shown["children"] == [FIRM_C]
    assert shown["people"] == alone["people"]
    stats = json.loads(outside("store", "stats", "--json", "--as", OUTSIDER).out)
    assert stats["incidents"] == 3


def test_somebody_inside_sees_it(outside: Program) -> None:
    """The tests above would pass on an empty store too."""
    assert FIRM_A in outside("incident", "list", "--as", ACTOR).out
    assert FIRM_A in outside("incident", "show", SITUATION, "--as", ACTOR).out
    told = outside("incident", "log", FIRM_A, "--as", ACTOR).out
    numbers = outside("incident", "numbers", FIRM_A, "--as", ACTOR).out
    assert {SECRET, str(NUMBER)} <= set(gives_away(told + numbers, ""))
