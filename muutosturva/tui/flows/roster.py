"""What hangs on one person, and the work one person has in all incidents: to read, from any place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from textual.screen import Screen

from muutosturva.errors import UsageError
from muutosturva.incidents.reading.board import COMING_DAYS
from muutosturva.incidents.told.wording import gap_words
from muutosturva.incidents.typed.notation import parse_day
from muutosturva.tui import words
from muutosturva.tui.dialogs.form import Answers, FormDialog, Line, LinesDialog, OneOfMany
from muutosturva.tui.host import host
from muutosturva.tui.work import in_background

if TYPE_CHECKING:
    from muutosturva.i18n import Texts
    from muutosturva.incidents.pure.gaps import Gap
    from muutosturva.incidents.pure.views import TaskView
    from muutosturva.incidents.reading.worklist import Worklist

SHOWN: Final = 40
"""Tasks of one person listed one by one; the rest is counted."""


async def show_gaps(place: Screen[None]) -> str:
    """Show where the work hangs on one person within a week; then, when asked, until another day."""
    texts, backend = host(place).texts, host(place).backend
    today = backend.today
    last = today + dt.timedelta(days=COMING_DAYS)

    def made(answers: Answers) -> dt.date:
        day = parse_day(answers["until"])
        if day < today:
            raise UsageError("tui.day_passed", day=day, today=today)
        return day

    while True:
        found = await in_background(backend.people.gaps, last)
        lines = list(_gap_lines(texts, found)) or [texts("tui.dialog.gaps.none")]
        if not await place.app.push_screen_wait(LinesDialog("gaps", lines, last=last)):
            return ""
        question = Line("until", needed=True, example=texts("tui.day_placeholder"))
        chosen = await place.app.push_screen_wait(FormDialog("gaps_until", [question], made))
        if chosen is None:
            return ""
        last = chosen


def _gap_lines(texts: Texts, gaps: Iterable[Gap]) -> Iterator[str]:
    """Yield each gap under its incident; what concerns the roster or several stands under that."""
    heading = None
    for gap in gaps:
        if gap.incident != heading:
            heading = gap.incident
            yield heading or texts("tui.dialog.gaps.everywhere")
        yield f"  {words.LATE} {gap_words(texts, gap)}"


async def show_work(place: Screen[None]) -> str:
    """Show how much work a person has in all incidents, and what it is."""
    texts, backend = host(place).texts, host(place).backend
    people = await in_background(backend.reading.roster)
    if not people:
        return texts("tui.error.roster_empty")
    options = [(person.name, person.name) for person in people]
    question = OneOfMany("person", options, backend.actor, texts("tui.dialog.work_of.example"))
    while True:
        asked = FormDialog("work_of", [question], lambda got: got["person"])
        name = await place.app.push_screen_wait(asked)
        if not name:
            return ""
        work = await in_background(backend.people.work, name)
        lines = list(_work_lines(texts, work, backend.today))
        if not await place.app.push_screen_wait(LinesDialog("work", lines, person=name)):
            return ""


def _work_lines(texts: Texts, work: Worklist, today: dt.date) -> Iterator[str]:
    """Yield the sums, the share of each incident with the roles, and the tasks by due day."""
    tasks = work.tasks
    coming = today + dt.timedelta(days=COMING_DAYS)
    yield texts(
        "tui.dialog.work.sums",
        n=work.count,
        late=sum(1 for task in tasks if task.late(today)),
        coming=sum(1 for task in tasks if task.due_on is not None and today <= task.due_on <= coming),
        incidents=work.incidents,
    )
    shares = Counter((task.incident, task.employer) for task in tasks)
    for (incident, employer), count in shares.most_common():
        roles = dict.fromkeys(_role(texts, task) for task in tasks if task.incident == incident)
        yield f"{incident} {employer}: {count} ({', '.join(roles)})"
    for task in tasks[:SHOWN]:
        yield f"  {words.when(texts, task, today)}  {words.task_title(texts, task)} ({task.incident})"
    if len(tasks) > SHOWN:
        yield texts("tui.dialog.work.more", n=len(tasks) - SHOWN)


def _role(texts: Texts, task: TaskView) -> str:
    """Return the role a task is done in, and for whom where somebody is away."""
    role = texts.pick(task.role_title) or task.role
    return texts("tui.dialog.work.for", role=role, absent=task.stands_in_for) if task.stands_in_for else role
