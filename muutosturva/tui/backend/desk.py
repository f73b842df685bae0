"""Where a person works: a store, their name, and the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from muutosturva.clock import local_date
from muutosturva.models.states import StoreKind
from muutosturva.store.store import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """A store, the person who acts in it, and the clock.

    Attributes:
        store: the open store.
        actor: the person's name as the log will have it.
        clock: returns the present moment, an aware datetime.
    """

    store: Store
    actor: str
    clock: Callable[[], dt.datetime] = field(repr=False)

    @property
    def kind(self) -> StoreKind:
        """Return what the store is for."""
        return self.store.kind

    @property
    def now(self) -> dt.datetime:
        """Return the present moment."""
        return self.clock()

    @property
    def today(self) -> dt.date:
        """Return the present day in Finland."""
        return local_date(self.clock())
