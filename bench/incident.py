"""How the cost of one incident grows with its tasks: opening, re-dating, amending, finishing, undoing.

Per task, 1,000 tasks may cost at most twice what 100 tasks cost; acts on one task should hardly
grow at all. In process, on a store of its own; each figure is the median of several runs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import count, cycle
from pathlib import Path
from typing import Final

from bench.timing import NOW, WHO, measure
from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.setup import init_store
from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.reading import queries
from muutosturva.models.states import Measure, Stage, StoreKind
from muutosturva.playbooks.facts import AnchorValue, Wave
from muutosturva.store.store import Store

WAVES: Final = (4, 68)
"""Waves that make the large layoff's plan about 100 and about 1,000 tasks long."""
PEOPLE: Final = (198, 260)
"""Dismissals planned, in turn: the level and what hangs on it change with them."""
FIRST_DAY: Final = dt.date(2027, 4, 20)


def growth(folder: Path) -> None:
    """Print whole milliseconds and milliseconds a task for a small and a large incident."""
    path = folder / "incident.db"
    init_store(path, kind=StoreKind.EXAMPLE, now=NOW)
    print("incident: by number of its tasks, in process (median, and per task)")
    seen: dict[str, list[float]] = {}
    with Store.open(path) as store:
        for waves in WAVES:
            request = replace(
                three_firms().firms[0].request,
                waves=tuple(Wave(f"w{number}", count=3) for number in range(waves)),
            )
            incident = trigger(store, request, actor=WHO, now=NOW).readable_id
            with store.reading() as session:
                tasks = len(queries.tasks(session, incident))
            for what, job in _jobs(store, incident, request).items():
                seconds = measure(job, 3).median
                seen.setdefault(what, []).append(seconds / tasks)
                print(
                    f"  {tasks:5d} tasks: {what:10s} {seconds * 1000:8.0f} ms {seconds / tasks * 1000:8.2f}"
                )
    for what, (small, large) in seen.items():
        print(f"  {what:10s} a task of the large one costs {large / small:.2f} of one of the small one")


def _jobs(store: Store, incident: str, request: TriggerRequest) -> dict[str, Callable[[], object]]:
    numbers = cycle(PEOPLE)
    days = (FIRST_DAY + dt.timedelta(days=later) for later in count())

    def redate() -> None:
        value = AnchorValue.confirmed(next(days))
        service.set_anchor(store, incident, "decision", value, reason="mittaus", actor=WHO, now=NOW)

    def undo() -> None:
        redate()
        service.undo_event(store, incident, actor=WHO, now=NOW)

    def amend() -> None:
        people = next(numbers)
        figure = Figure(Stage.PLANNED, Measure.DISMISSAL, low=people, high=people)
        amendment = Amendment(figures=(figure,))
        service.amend(store, incident, amendment, reason="mittaus", actor=WHO, now=NOW)

    def finish() -> None:
        service.finish_task(store, incident, "log-news", actor=WHO, now=NOW)
        service.start_task(store, incident, "log-news", reason="mittaus", actor=WHO, now=NOW)

    return {
        "open": partial(trigger, store, request, actor=WHO, now=NOW),
        "re-date": redate,
        "undo": undo,
        "finish": finish,
        "amend": amend,
    }
