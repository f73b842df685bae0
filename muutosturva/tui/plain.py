"""The screens as plain text for screen readers: whole sentences, no columns, no lines drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from muutosturva.clock import local_date
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.progress import progress
from muutosturva.incidents.pure.views import IncidentSummary, IncidentView, TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.board import Board, board
from muutosturva.incidents.reading.task_lines import TaskLine
from muutosturva.incidents.told.wording import gap_words, question_label, release_due
from muutosturva.models.states import StoreKind
from muutosturva.playbooks.plan import TextMap
from muutosturva.store.store import Store
from muutosturva.tui import words
from muutosturva.tui.backend.pages import products
from muutosturva.tui.details import incident_sections, product_titles, sections, step_titles


def print_board(store: Store, texts: Texts, now: dt.datetime) -> str:
    """Return the first screen as text."""
    with store.reading() as session:
        found = board(session, now)
    return _joined(board_lines(texts, found, store.kind))


def print_incident(store: Store, incident: str, texts: Texts, now: dt.datetime) -> str:
    """Return an incident's screen as text: facts, dates, roles, questions and every open task.

    Raises:
        NotFoundError: no such incident.
    """
    with store.reading() as session:
        view = queries.incident_view(session, incident)
        tasks = queries.tasks(session, incident, local_date(now))
        titles = products(queries.documents(session, incident), queries.messages(session, incident))
    return _joined(incident_lines(texts, view, tasks, local_date(now), titles))


MARKS: Final = frozenset({*words.SYMBOLS.values(), words.LATE, "□"})
"""Marks of the screens, which a screen reader would spell out; the words beside them say the same."""


def unmarked(line: str) -> str:
    """Return a line of the screens as it is read aloud: without marks, points between parts as commas."""
    spoken = " ".join(word for word in line.split() if word not in MARKS)
    return spoken.replace(" · ", ", ")


def sentence(parts: Iterable[str]) -> str:
    """Return parts as sentences, each with one stop."""
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _mark(texts: Texts, kind: StoreKind) -> Iterator[str]:
    if kind is not StoreKind.REAL:
        yield texts(f"common.mark.{kind.value}")


def board_lines(texts: Texts, board: Board, kind: StoreKind) -> Iterator[str]:
    """Yield the first screen line by line."""
    yield f"{texts('tui.place.board')}, {texts.long_date(board.today)}"
    yield from _mark(texts, kind)
    if not board.incidents:
        yield texts("tui.plain.empty")
        return
    yield ""
    yield texts("tui.board.incidents")
    yield from (_incident(texts, line) for line in board.incidents)
    for name, tasks in (("late", board.late), ("today", board.due_today), ("coming", board.coming)):
        yield ""
        yield texts(f"tui.plain.{name}", n=tasks.count)
        yield from (_task(texts, task, board.today) for task in tasks.items)
        if tasks.left_out:
            yield texts(f"tui.board.more_{name}", n=tasks.left_out)
    yield ""
    yield texts(
        "tui.board.open", questions=board.questions.count, roles=board.unfilled.count, gaps=board.gaps.count
    )
    yield from _asked(texts, board)


def _asked(texts: Texts, board: Board) -> Iterator[str]:
    for due in board.releases:
        yield f"{due.employer} ({due.incident}): {release_due(texts, due.release)}"
    for incident, question in board.questions.items:
        asked = question_label(texts, question.name, question.label)
        yield f"{texts('tui.kind.question')}: {asked} ({incident})"
    if board.questions.left_out:
        yield texts("tui.board.more_questions", n=board.questions.left_out)
    for incident, role in board.unfilled.items:
        yield f"{texts('tui.kind.role')}: {texts.pick(role.title) or role.role} ({incident})"
    if board.unfilled.left_out:
        yield texts("tui.board.more_roles", n=board.unfilled.left_out)
    for gap in board.gaps.items:
        where = f" ({gap.incident})" if gap.incident else ""
        yield f"{texts('tui.kind.gap')}{where}: {gap_words(texts, gap)}"
    if board.gaps.left_out:
        yield texts("tui.board.more_gaps", n=board.gaps.left_out)


def _incident(texts: Texts, line: IncidentSummary) -> str:
    parts = [
        line.readable_id,
        words.incident_name(texts, line),
        line.municipality,
        words.people_of(texts, line.people),
        texts("tui.level", level=line.level) if line.level else "",
        words.incident_state(texts, line),
        texts("tui.plain.open_tasks", open=line.open_tasks, late=line.late_tasks),
    ]
    return f"{', '.join(part for part in parts if part)}."


def _task(texts: Texts, task: TaskLine, today: dt.date) -> str:
    parts = (
        _when(texts, task, today),
        words.task_title(texts, task),
        words.who(texts, task),
        task.employer,
        texts(f"words.task_state.{task.state.value}"),
    )
    return f"{', '.join(part for part in parts if part)}."


def _when(texts: Texts, task: TaskLine, today: dt.date) -> str:
    if task.late(today):
        return texts("tui.late_by", n=words.days_late(task, today))
    return texts("tui.today") if task.due_on == today else words.planned_long(texts, task.due)


def incident_lines(
    texts: Texts,
    view: IncidentView,
    tasks: Iterable[TaskView],
    today: dt.date,
    named: Mapping[str, TextMap],
) -> Iterator[str]:
    """Yield an incident's screen line by line; ``named`` are its documents and messages."""
    yield f"{view.readable_id}, {texts.long_date(today)}"
    yield from _mark(texts, view.kind)
    yield unmarked(f"{view.employer} · {words.facts(texts, view)}")
    if view.children:
        yield texts("tui.incident.children", names=view.children)
    for section in incident_sections(texts, view):
        if section.lines:
            yield ""
            yield section.heading
            yield from section.lines
    found = list(tasks)
    yield ""
    far = progress(found)
    yield f"{texts('tui.tab.plan')}: {texts('tui.incident.progress', done=far.done, all=far.all)}"
    titles = step_titles(texts, found) | product_titles(texts, named)
    for task in found:
        yield ""
        yield words.task_title(texts, task)
        for section in sections(texts, view, task, today, titles):
            lines = [line for line in section.lines if line != texts("tui.detail.answer_it")]
            yield f"{section.heading}: {sentence(unmarked(line) for line in lines)}"
