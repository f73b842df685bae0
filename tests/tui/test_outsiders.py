"""Somebody outside a restricted incident at the screen: its lists, pages and plain listings without it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from muutosturva.coordination.sign_on import open_store
from muutosturva.errors import NotFoundError
from muutosturva.i18n import Texts
from muutosturva.incidents import service
from muutosturva.incidents.acts.links import Link
from muutosturva.models.states import LinkKind, Secrecy
from muutosturva.store.store import Store
from muutosturva.tui.backend.door import Backend
from muutosturva.tui.commands import TABS
from muutosturva.tui.plain import print_board, print_incident
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.tui.support import ACTOR, NOW, WIDE, at_screen

SITUATION: Final = "LAHTI-2027-S1"
OUTSIDER: Final = "Talous Tapio"
NEVER: Final = "LAHTI-2027-09"
SECRET: Final = "Piilosana"
TRACES: Final = ("Keksitty Kori", "koritehdas", FIRM_A, SECRET)
TEXTS: Final = Texts("fi")


@pytest.fixture
def secret(opened_file: Path, tmp_path: Path) -> Path:
    """Make a store in which firm A is restricted, linked to firm C and in a situation with it."""
    place = tmp_path / "secret.db"
    shutil.copy(opened_file, place)
    with Store.open(place) as store:
        service.add_note(store, FIRM_A, SECRET, **WHO)
        service.add_task(store, FIRM_A, "own", title=SECRET, role="lead", due=NOW.date(), **WHO)
        service.link_firm(store, FIRM_C, Link(f"{SECRET} Oy", LinkKind.SUPPLIER, FIRM_A), **WHO)
        service.set_secrecy(store, FIRM_A, Secrecy.RESTRICTED, reason=SECRET, **WHO)
        service.end_access(store, FIRM_A, OUTSIDER, reason="x", **WHO)
        service.group_incidents(store, SITUATION, [FIRM_A, FIRM_C], secret=service.SecretJoining.KEEP, **WHO)
    return place


READ: Final[dict[str, Callable[[Backend, str], object]]] = {
    "page": lambda backend, incident: backend.reading.page(incident, TEXTS),
    "firms beside it": lambda backend, incident: backend.firms.others(incident),
    "access list": lambda backend, incident: backend.secrecy.access(incident),
    "evidence": lambda backend, incident: backend.records.evidence(incident),
    "task": lambda backend, incident: backend.reading.task(incident, "log-news"),
    "late tasks to tell of": lambda backend, incident: backend.tasks.escalated(incident),
    "roles over time": lambda backend, incident: backend.people.histories(incident),
    "plain": lambda backend, incident: print_incident(backend.store, incident, TEXTS, NOW),
}


def shown(found: object) -> list[str]:
    return [trace for trace in TRACES if trace.casefold() in repr(found).casefold()]


@pytest.mark.parametrize("name", READ)
def test_what_the_screens_read_holds_nothing_of_it(secret: Path, name: str) -> None:
    with open_store(secret) as store:
        backend = Backend(store, OUTSIDER, lambda: NOW)
        for incident in (FIRM_B, FIRM_C, SITUATION):
            if name != "task" or incident != SITUATION:
                assert shown(READ[name](backend, incident)) == [], incident
        assert answered(backend, name, FIRM_A) == answered(backend, name, NEVER)


def answered(backend: Backend, name: str, incident: str) -> str:
    """Return what an id is answered with, whichever ids it is near to."""
    try:
        return repr(READ[name](backend, incident))
    except NotFoundError as error:
        return repr((error.key, {**error.params, "incident": "", "nearest": ""}))


def test_the_first_screen_counts_without_it(secret: Path) -> None:
    with open_store(secret) as store:
        outside = Backend(store, OUTSIDER, lambda: NOW).reading.board()
        plain = print_board(store, TEXTS, NOW)
        inside = Backend(store, ACTOR, lambda: NOW).reading.board()
    assert shown((outside, plain)) == []
    assert set(shown(inside)) >= {FIRM_A}


async def test_no_place_of_the_screen_shows_it(secret: Path) -> None:
    """The first screen, and every tab of the situation the firm is in."""
    async with at_screen(secret, size=WIDE, actor=OUTSIDER) as at:
        assert FIRM_C in at.text
        assert shown(at.words) == []
        await at.press("enter")
        for key in map(str, range(1, len(TABS) + 1)):
            await at.press(key)
            assert shown(at.words) == [], key
