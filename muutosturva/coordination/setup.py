"""Setting up a store: rule book, areas, commuting, parties and a roster to begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session, SQLModel, col, select

from muutosturva.areas import seed as places
from muutosturva.errors import NotFoundError, RefusedError, nearest
from muutosturva.models.base import Row
from muutosturva.models.places import Area, CommutingCell, CommutingTotal, Municipality
from muutosturva.models.standing import Party, RosterPerson
from muutosturva.models.states import StoreKind
from muutosturva.preparedness import seed as standing
from muutosturva.rules.book import shipped_book
from muutosturva.store.lawbook import put_book, revision_of
from muutosturva.store.location import FileTarget, default_path, parse_target
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

SETUP_ACTOR: Final = "muutosturva"
"""Who fills a new store: the program itself, before anybody is in the roster."""

_SEEDS: Final[Mapping[str, tuple[type[Row], tuple[str, ...], Callable[[str], Sequence[Row]]]]] = {
    "areas": (Area, ("slug",), places.area_rows),
    "municipalities": (Municipality, ("code",), places.municipality_rows),
    "commuting_cells": (CommutingCell, ("year", "home", "work"), places.commuting_rows),
    "commuting_totals": (CommutingTotal, ("year", "municipality"), places.commuting_totals),
    "parties": (Party, ("slug",), standing.party_rows),
}
"""What is filled in, in an order that foreign keys allow: table, natural key, shipped rows."""


@dataclass(frozen=True, slots=True)
class InitReport:
    """What ``init`` did.

    Attributes:
        place: where the store lies.
        created: False when it was there already and only what was missing was added.
        added: new rows by kind.
        total: rows that stand now, by kind.
        law_revision: revision of the rule book.
    """

    place: str
    created: bool
    added: Mapping[str, int]
    total: Mapping[str, int]
    law_revision: int


def init_store(
    place: str | Path | None,
    *,
    area: str = "lahti",
    kind: StoreKind = StoreKind.REAL,
    now: dt.datetime,
) -> InitReport:
    """Make a store and fill it with what ships, or add what an existing one still lacks.

    Rows that somebody has changed are left as they are; the rule book is filled only when empty
    (``law update`` brings newer rows). The roster is filled with the invented template when it is
    empty.

    Args:
        place: file or PostgreSQL address; the user's default when None.
        area: slug of the employment area that owns the store.
        kind: real or example; a drill makes its own store.
        now: aware datetime.

    Raises:
        NotFoundError: no such area in the shipped table.
        RefusedError: the store is there and of another kind or area, or no store of ours.
        MachineError: the disk or the server failed.
    """
    known = {row.slug for row in places.area_rows(area)}
    if area not in known:
        raise NotFoundError("coordination.area_not_found", area=area, nearest=nearest(area, known))
    target = place if place is not None else default_path()
    created = not _exists(target)
    if created:
        Store.create(target, kind, area, now, actor=SETUP_ACTOR).close()
    with Store.open(target) as store:
        _check_same(store, area, kind)
        added = _fill(store, now)
        with store.reading() as session:
            return InitReport(store.target.shown, created, added, _totals(session), revision_of(session))


def _exists(place: str | Path) -> bool:
    target = parse_target(place)
    if isinstance(target, FileTarget):
        return target.path.exists()
    try:
        Store.open(place).close()
    except RefusedError as error:
        if error.key == "store.empty_database":
            return False
        raise
    return True


def _check_same(store: Store, area: str, kind: StoreKind) -> None:
    if store.kind is not kind:
        raise RefusedError("coordination.other_kind", path=store.target.shown, found=store.kind, wanted=kind)
    if store.owner_area != area:
        raise RefusedError(
            "coordination.other_area", path=store.target.shown, found=store.owner_area, wanted=area
        )


def _fill(store: Store, now: dt.datetime) -> dict[str, int]:
    with store.transaction(SETUP_ACTOR, now) as work:
        added = {name: _add_missing(work, *seed) for name, seed in _SEEDS.items()}
        added["roster"] = _add_roster(work)
        added["law_rows"] = _add_law(work)
        if any(added.values()):
            work.record(
                EventDraft(
                    kind="coordination.store_filled",
                    subjects=tuple(name for name, count in added.items() if count),
                    fields=("rows",),
                    payload=added,
                )
            )
        else:
            work.unchanged()
    return added


def _add_missing(
    work: UnitOfWork, table: type[Row], key: tuple[str, ...], shipped: Callable[[str], Sequence[Row]]
) -> int:
    present = {_key(row, key) for row in work.session.exec(select(table)).all()}
    missing = [row for row in shipped(work.owner_area) if _key(row, key) not in present]
    work.session.add_all(missing)
    work.session.flush()
    return len(missing)


def _key(row: SQLModel, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _add_roster(work: UnitOfWork) -> int:
    if work.session.exec(select(RosterPerson.id)).first() is not None:
        return 0
    people = standing.example_roster(work.owner_area)
    work.session.add_all(people)
    return len(people)


def _add_law(work: UnitOfWork) -> int:
    if revision_of(work.session) > 0:
        return 0
    return len(put_book(work, shipped_book().rows).added)


def _totals(session: Session) -> dict[str, int]:
    totals = {name: len(session.exec(select(col(table.id))).all()) for name, (table, _, _) in _SEEDS.items()}
    totals["roster"] = len(session.exec(select(RosterPerson.id)).all())
    return totals
