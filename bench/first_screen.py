"""How the first screen grows with the store: read in process, over 10, 100 and 1,000 incidents.

Of 50 tasks each. Whoever has ten times the work may wait ten times as long, and no longer.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import Final

from bench.tasks import TASKS_EACH, many
from bench.timing import NOW, WHO, measure
from muutosturva.incidents.reading.board import Board, board
from muutosturva.store.store import Store

SIZES: Final = (10, 100, 1000)
LATER: Final = NOW + dt.timedelta(days=9)
"""A day on which much of the plan is late."""


def growth(folder: Path) -> None:
    """Print milliseconds, and milliseconds an incident beside those of the smaller store."""
    print(f"first screen: by number of incidents of {TASKS_EACH} tasks each, in process")
    before: float | None = None
    for size in SIZES:
        path = folder / f"screen-{size}.db"
        many(path, size)
        with Store.open(path) as store:
            store.reader = WHO
            seconds = measure(partial(_read, store))
        each = seconds.median / size
        told = (
            "" if before is None else f"  an incident costs {each / before:.2f} of one in the smaller store"
        )
        print(f"  {size:5d} incidents {seconds}{told}")
        before = each


def _read(store: Store) -> Board:
    with store.reading() as session:
        return board(session, LATER)
