"""The door itself: a part for each topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from muutosturva.models.states import StoreKind
from muutosturva.store.store import Store
from muutosturva.tui.backend.desk import Desk
from muutosturva.tui.backend.files import Files
from muutosturva.tui.backend.firms import Firms
from muutosturva.tui.backend.life import Life
from muutosturva.tui.backend.numbers import Numbers
from muutosturva.tui.backend.opening import Opening
from muutosturva.tui.backend.people import People
from muutosturva.tui.backend.plan import PlanWork
from muutosturva.tui.backend.playbooks import Playbooks
from muutosturva.tui.backend.reading import Reading
from muutosturva.tui.backend.records import Records
from muutosturva.tui.backend.secrecy import Secrecy
from muutosturva.tui.backend.tasks import Tasks
from muutosturva.tui.backend.undoing import Undoing


@dataclass(frozen=True, slots=True)
class Backend:
    """Everything the screens may ask for, by topic.

    Attributes:
        store: the open store.
        actor: the person's name as the log will have it.
        clock: returns the present moment, an aware datetime.
    """

    store: Store
    actor: str
    clock: Callable[[], dt.datetime] = field(repr=False)

    def __post_init__(self) -> None:
        """Read the store as the person: what they may not know is not there."""
        self.store.reader = self.actor

    @property
    def known(self) -> bool:
        """Tell whether the person is one of the roster; True where the roster is empty and knows nobody."""
        people = self.reading.roster()
        return not people or any(person.name == self.actor for person in people)

    @property
    def desk(self) -> Desk:
        """Return store, person and clock."""
        return Desk(self.store, self.actor, self.clock)

    @property
    def kind(self) -> StoreKind:
        """Return what the store is for."""
        return self.desk.kind

    @property
    def today(self) -> dt.date:
        """Return the present day in Finland."""
        return self.desk.today

    @property
    def reading(self) -> Reading:
        """Return what the screens read."""
        return Reading(self.desk)

    @property
    def opening(self) -> Opening:
        """Return what leads from a trigger to an incident."""
        return Opening(self.desk)

    @property
    def tasks(self) -> Tasks:
        """Return what is done to tasks."""
        return Tasks(self.desk)

    @property
    def plan(self) -> PlanWork:
        """Return what changes a plan."""
        return PlanWork(self.desk)

    @property
    def people(self) -> People:
        """Return who does what."""
        return People(self.desk)

    @property
    def records(self) -> Records:
        """Return what is written down."""
        return Records(self.desk)

    @property
    def life(self) -> Life:
        """Return what moves an incident through its life."""
        return Life(self.desk)

    @property
    def files(self) -> Files:
        """Return what is written out."""
        return Files(self.desk)

    @property
    def undoing(self) -> Undoing:
        """Return what takes acts back."""
        return Undoing(self.desk)

    @property
    def numbers(self) -> Numbers:
        """Return what is known of the people."""
        return Numbers(self.desk)

    @property
    def secrecy(self) -> Secrecy:
        """Return who may know."""
        return Secrecy(self.desk)

    @property
    def firms(self) -> Firms:
        """Return how firms stand to each other."""
        return Firms(self.desk)

    @property
    def playbooks(self) -> Playbooks:
        """Return the playbooks at hand."""
        return Playbooks(self.desk)
