"""What the checks of a playbook are told: the day, the rule book, the acts with a name, the roster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final

from muutosturva.clock import local_date
from muutosturva.i18n import DEFAULT_LANGUAGE, catalogue, named_languages
from muutosturva.playbooks.checks.outside import Outside
from muutosturva.preparedness.queries import roster
from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.store.lawbook import load_book
from muutosturva.store.store import Store

_ACT: Final = "rules.act."


def outside(store: Store | None, now: dt.datetime) -> Outside:
    """Return everything a playbook is checked against.

    Args:
        store: the store whose rule book and roster count; None for what ships, and no roster.
        now: aware datetime; what passes with time is judged on that day in Finland.
    """
    if store is None:
        return of_day(shipped_book(), now)
    with store.reading() as session:
        return of_day(load_book(session), now, tuple(person.name for person in roster(session)))


def of_day(book: LawBook, now: dt.datetime, people: Collection[str] = ()) -> Outside:
    """Return what is checked against a rule book on a day, without the store being asked again."""
    acts = frozenset(key.removeprefix(_ACT) for key in catalogue(DEFAULT_LANGUAGE) if key.startswith(_ACT))
    return Outside(local_date(now), book, acts, people, named_languages())
