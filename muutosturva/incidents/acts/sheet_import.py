"""Use case: an edited task sheet comes back. What it changes is shown before, and taken in one act.

Rows in which something is wrong are left out and told; the others are taken, or with ``strict`` none.
A row that is missing from the sheet changes nothing: nobody loses a task to a filter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session, select

from muutosturva.errors import InputError, Problem
from muutosturva.i18n import Language, Texts
from muutosturva.incidents.acts import adding
from muutosturva.incidents.acts.guards import require_running
from muutosturva.incidents.acts.hanging import follow_reply
from muutosturva.incidents.acts.moving import set_order
from muutosturva.incidents.acts.readiness import settle
from muutosturva.incidents.acts.sheet_changes import FieldChange, Rejected
from muutosturva.incidents.acts.sheet_judging import Edited, Fresh, JudgedSheet, judge_sheet, order_change
from muutosturva.incidents.acts.task_acts import begin, end, redate, require_open
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, naming, queries
from muutosturva.incidents.reading.sheet_reading import TaskSheet
from muutosturva.incidents.reading.task_sheet import identity, row_cells, sheet_words
from muutosturva.models.incident import Incident
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import OPEN_TASKS, TaskState
from muutosturva.models.work import Task
from muutosturva.store.log import EventDraft
from muutosturva.store.store import Store, UnitOfWork

IMPORTED: Final = "incidents.tasks_imported"

_READ_ONLY: Final = (
    "role",
    "lawful",
    "law",
    "phase",
    "employer",
    "area",
    "wave",
    "code",
    "needs",
    "started",
    "finished",
)
"""Columns that tell and are not taken: somebody who edits one has to know."""

Admitted = tuple[Incident, RosterPerson, str]


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row that is taken.

    Attributes:
        line: number of the row in the sheet.
        incident: readable id of the firm's incident.
        key: the task's key.
        title: its words, in the language of the sheet.
        new: True for a task of the group's own that the row adds.
        changes: field by field, old and new.
        reason: why, or what the one who finished the task wrote; "" for nothing.
    """

    line: int
    incident: str
    key: str
    title: str
    new: bool
    changes: tuple[FieldChange, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SheetImport:
    """What an edited sheet changes, or has changed.

    Attributes:
        incident: readable id.
        sheet: name of the sheet; "" in a csv file.
        language: of its headings.
        heading_row: number of the row of headings.
        columns: the headings found, by the key of the column.
        lines: how many rows it has.
        rows: those that are taken.
        rejected: those that are not, and why.
        missing: tasks the sheet does not have: nothing is done to them.
        warnings: what is taken all the same, and what is not read.
    """

    incident: str
    sheet: str
    language: Language
    heading_row: int
    columns: Mapping[str, str]
    lines: int
    rows: tuple[ImportedRow, ...]
    rejected: tuple[Rejected, ...]
    missing: tuple[TaskView, ...]
    warnings: tuple[Problem, ...]


def preview_import(store: Store, incident: str, sheet: TaskSheet, *, reason: str = "") -> SheetImport:
    """Return what ``import_sheet`` would change; nothing is saved.

    Raises:
        NotFoundError, InputError, RefusedError: as ``import_sheet``.
    """
    with store.reading() as session:
        named = _named(session, incident)
        return _result(session, named, sheet, judge_sheet(session, named, sheet, reason))


def import_sheet(
    store: Store,
    incident: str,
    sheet: TaskSheet,
    *,
    file: str = "",
    reason: str = "",
    strict: bool = False,
    actor: str,
    now: dt.datetime,
) -> SheetImport:
    """Take the changes of an edited task sheet, all in one act that can be undone as a whole.

    Args:
        store: the store.
        incident: readable id of the incident or the regional situation the sheet was written for.
        sheet: as it was read.
        file: name of the file, for the log.
        reason: why days were moved and tasks skipped or re-opened, for the rows that do not say so.
        strict: True to take nothing when a row is rejected.
        actor: who brings it in.
        now: the moment.

    Raises:
        NotFoundError: no such incident.
        InputError: the sheet is another incident's, or with ``strict`` a row is rejected.
        RefusedError: the incident has ended.
    """
    with store.transaction(actor, now) as unit:
        session = unit.session
        named = _named(session, incident)
        judged = judge_sheet(session, named, sheet, reason)
        result = _result(session, named, sheet, judged)
        if strict and result.rejected:
            problems = [rejected.problem for rejected in result.rejected]
            raise InputError("incidents.sheet_rejected", problems=problems, n=len(problems))
        if not result.rows:
            unit.unchanged()
            return result
        admitted = _take(unit, judged, sheet.language)
        owners = judged.owners
        unit.record(_event(named, list(owners.values()), result, file))
        for owner, person, key in admitted:
            adding.admit(unit, owner, person, key)
        return result


def _named(session: Session, incident: str) -> Incident:
    named = queries.find_incident(session, incident)
    require_running(named)
    return named


def _result(session: Session, named: Incident, sheet: TaskSheet, judged: JudgedSheet) -> SheetImport:
    texts = Texts(sheet.language)
    rows = [
        *(
            ImportedRow(
                line=row.line.number,
                incident=row.task.incident,
                key=row.task.key,
                title=texts.pick(row.task.title),
                new=False,
                changes=(
                    *row.judged.changes,
                    *order_change(judged.orders.get(row.task.incident), row.task.key),
                ),
                reason=row.judged.reason,
            )
            for row in judged.edited
        ),
        *(
            ImportedRow(
                line=row.line.number,
                incident=row.owner.readable_id,
                key=row.key,
                title=row.judged.item.title,
                new=True,
                changes=_of_new(row),
                reason=row.reason,
            )
            for row in judged.fresh
        ),
    ]
    return SheetImport(
        incident=named.readable_id,
        sheet=sheet.name,
        language=sheet.language,
        heading_row=sheet.heading_row,
        columns=sheet.headings,
        lines=len(sheet.lines),
        rows=tuple(sorted(rows, key=lambda row: row.line)),
        rejected=tuple(sorted(judged.rejected, key=lambda found: found.line)),
        missing=tuple(judged.missing),
        warnings=(*_read_warnings(sheet), *_warnings(session, named, sheet, judged)),
    )


def _of_new(row: Fresh) -> tuple[FieldChange, ...]:
    """Return what a new task is given, as changes from nothing."""
    item = row.judged.item
    given = {"due": item.due, "person": row.judged.who, "state": row.state, "label": row.label}
    return tuple(FieldChange(name, None, value) for name, value in given.items() if value)


def _read_warnings(sheet: TaskSheet) -> Iterable[Problem]:
    """Return what of the file is not read."""
    if sheet.unknown:
        yield Problem("incidents.sheet_columns", {"headings": ", ".join(sheet.unknown)})
    if sheet.others:
        yield Problem("incidents.sheet_others", {"sheet": sheet.name, "others": ", ".join(sheet.others)})


def _warnings(session: Session, named: Incident, sheet: TaskSheet, judged: JudgedSheet) -> Iterable[Problem]:
    """Return what is taken with less care than usual, and edits that have no effect."""
    unstamped = [str(row.line.number) for row in judged.edited if row.judged.stamp is None]
    if unstamped:
        yield Problem("incidents.sheet_unstamped", {"rows": ", ".join(unstamped)})
    retitled = [
        row.task.key
        for row in judged.edited
        if len(row.task.title) > 1 and any(change.field == "title" for change in row.judged.changes)
    ]
    if retitled:
        yield Problem("incidents.sheet_one_language", {"tasks": ", ".join(retitled)})
    yield from _without_effect(session, named, sheet, judged)


def _without_effect(
    session: Session, named: Incident, sheet: TaskSheet, judged: JudgedSheet
) -> Iterable[Problem]:
    """Return the columns that were edited although nothing of them is taken."""
    firms = [queries.incident_view(session, member.readable_id) for member in queries.members(session, named)]
    texts = Texts(sheet.language)
    words = sheet_words(texts, firms[0], firms, naming.names(session, named.readable_id))
    rows: dict[str, list[str]] = {}
    for line, task in judged.standing:
        cells = row_cells(texts, task, 0, words)
        for field in _READ_ONLY:
            if field in line.cells and line.differs(field, cells[field]):
                rows.setdefault(field, []).append(str(line.number))
    for field, numbers in rows.items():
        yield Problem(
            "incidents.sheet_not_taken", {"heading": sheet.headings[field], "rows": ", ".join(numbers)}
        )


def _take(unit: UnitOfWork, judged: JudgedSheet, language: Language) -> list[Admitted]:
    """Write what was judged; return who was given a task, for the incidents that are restricted."""
    session = unit.session
    admitted: list[Admitted] = []
    for fresh in judged.fresh:
        row = adding.added(session, fresh.owner, fresh.judged)
        row.label = fresh.label
        _enter(row, fresh.state, fresh.reason, unit)
        if fresh.judged.person is not None:
            admitted.append((fresh.owner, fresh.judged.person, row.key))
    for edited in judged.edited:
        row = session.get_one(Task, edited.task.id)
        person = _edit(unit, row, edited, language)
        if person is not None:
            admitted.append((edited.owner, person, row.key))
    owners = judged.owners
    for incident, order in judged.orders.items():
        owner = owners[incident]
        rows = session.exec(select(Task).where(Task.incident_id == owner.id)).all()
        set_order(rows, list(order.keys), set(order.moved))
    for edited in judged.edited:
        row = session.get_one(Task, edited.task.id)
        follow_reply(
            session, edited.owner, row, edited.task.answer, now=unit.moment, why=edited.judged.reason
        )
    for owner in owners.values():
        settle(session, owner)
    session.flush()
    return admitted


def _edit(unit: UnitOfWork, row: Task, edited: Edited, language: Language) -> RosterPerson | None:
    """Change one task as its row says; return whoever it was given to."""
    new = {change.field: change.new for change in edited.judged.changes}
    state = new.get("state")
    if isinstance(state, TaskState) and row.state not in OPEN_TASKS:
        _enter(row, state, edited.judged.reason, unit)
        state = None
    if "title" in new:
        row.title = _retitled(row.title, language, str(new["title"]))
    if "label" in new:
        row.label = str(new["label"])
    if isinstance(new.get("due"), dt.date):
        redate(row, new["due"])  # type: ignore[arg-type]
    person = None
    if "person" in new:
        require_open(row)
        person = finding.find_person(unit.session, str(new["person"])) if new["person"] else None
        row.assignee_id = person.id if person else None
    _enter(row, state if isinstance(state, TaskState) else None, edited.judged.reason, unit)
    return person


def _retitled(title: Mapping[str, str], language: Language, words: str) -> dict[str, str]:
    """Return a title with new words; one that stands for every language goes on doing so."""
    return {next(iter(title), language): words} if len(title) <= 1 else {**title, language: words}


def _enter(row: Task, state: TaskState | None, reason: str, unit: UnitOfWork) -> None:
    """Put a task into a state that somebody chose."""
    if state is TaskState.STARTED:
        begin(row, reason, unit.moment)
    elif state is not None:
        end(row, state, reason, unit.actor, unit.moment)


def _event(named: Incident, owners: Sequence[Incident], result: SheetImport, file: str) -> EventDraft:
    """Return the event of an import: what each row changed, the new tasks, the new order."""
    owner = owners[0] if len(owners) == 1 else named
    names = {row.line: identity(row.incident, row.key) if owner.situation else row.key for row in result.rows}
    added = [row for row in result.rows if row.new]
    return EventDraft(
        IMPORTED,
        owner.id,
        tuple(identity(row.incident, row.key) for row in result.rows),
        tuple(dict.fromkeys(change.field for row in result.rows for change in row.changes)),
        {
            "file": file,
            "rows": [_told(row, names[row.line]) for row in result.rows if not row.new],
            "added": [names[row.line] for row in added],
            "new": [_told(row, names[row.line]) for row in added],
        },
    )


def _told(row: ImportedRow, name: str) -> dict[str, Any]:
    changes = {change.field: {"old": _value(change.old), "new": _value(change.new)} for change in row.changes}
    return {"task": name, "called": row.title, **changes, **({"reason": row.reason} if row.reason else {})}


def _value(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, TaskState) else value
