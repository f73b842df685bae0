"""A second person at the same store: run as a process of its own by ``test_processes``.

``python -m tests.store.worker PLACE add COUNT`` raises a number COUNT times, each time by reading it
and writing it back; ``… hang`` stops in the middle of a transaction, ``… hang-create`` in the middle of
making a store, until somebody ends the process.
"""

from __future__ import annotations

import sys

from sqlalchemy import Connection

from muutosturva.models.office import OfficeSetting
from muutosturva.models.states import StoreKind
from muutosturva.store import upgrading
from muutosturva.store.log import EventDraft
from muutosturva.store.office import put_setting, setting
from muutosturva.store.store import Store
from tests.support.stores import ACTOR, AREA, NOW

KEY = "number"


def wait() -> None:
    """Say that the moment has come, and wait for the end."""
    sys.stdout.write("here\n")
    sys.stdout.flush()
    sys.stdin.read()


def add(place: str, count: int) -> None:
    """Raise the number ``count`` times."""
    with Store.open(place) as store:
        for _ in range(count):
            with store.transaction(ACTOR, NOW) as work:
                number = int(setting(work.session, AREA, KEY) or 0)
                put_setting(work, KEY, str(number + 1))
                work.record(EventDraft("test.added"))


def hang(place: str) -> None:
    """Stop between flush and commit."""
    with Store.open(place) as store, store.transaction(ACTOR, NOW) as work:
        work.session.add(OfficeSetting(owner_area=AREA, key="half", value="x" * 100_000))
        work.session.flush()
        wait()


def hang_create(place: str) -> None:
    """Stop when the tables are made and the store has no name yet."""
    mark = upgrading.mark

    def marked(connection: Connection) -> None:
        mark(connection)
        wait()

    upgrading.mark = marked
    Store.create(place, StoreKind.EXAMPLE, AREA, NOW)


def main() -> None:
    """Do what the arguments say."""
    _, place, what, *rest = sys.argv
    if what == "add":
        add(place, int(rest[0]))
    else:
        {"hang": hang, "hang-create": hang_create}[what](place)


if __name__ == "__main__":
    main()
