"""What an edited task sheet would change in an incident: every row compared with the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sqlmodel import Session, col, select

from muutosturva.errors import InputError, NotFoundError, Problem, nearest
from muutosturva.i18n import Texts
from muutosturva.incidents.acts import adding
from muutosturva.incidents.acts.labels import label_problems
from muutosturva.incidents.acts.sheet_changes import (
    FieldChange,
    Judged,
    Rejected,
    SheetGround,
    judge_line,
    settable,
)
from muutosturva.incidents.pure.firms import same_firm
from muutosturva.incidents.pure.sheet_order import new_order
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import finding, queries
from muutosturva.incidents.reading.selecting import state_named
from muutosturva.incidents.reading.sheet_reading import SheetLine, TaskSheet, cell_day, cell_number
from muutosturva.incidents.reading.task_sheet import identity, own_order
from muutosturva.incidents.typed.pasting import NewTask
from muutosturva.models.incident import Incident
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import NOT_STARTED, RUNNING, TaskState

_LOOSE: Final = ("order", "title", "state", "due", "person", "label", "reason", "role")
"""Columns in which a row without an id says anything of a new task."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A row that changes a task there is."""

    line: SheetLine
    owner: Incident
    task: TaskView
    judged: Judged


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row without an id, which adds a task of the group's own."""

    line: SheetLine
    owner: Incident
    judged: adding.Judged
    state: TaskState | None
    label: str
    reason: str
    number: float | None

    @property
    def key(self) -> str:
        """Return the id it gets."""
        return self.judged.item.step


@dataclass(frozen=True, slots=True)
class Order:
    """The new order of a firm's tasks: all keys, those that move, and their numbers before and after."""

    keys: tuple[str, ...]
    moved: frozenset[str]
    numbers: Mapping[str, tuple[int, int]]


@dataclass(slots=True)
class JudgedSheet:
    """A sheet compared with the store.

    Attributes:
        edited: rows that change something, by themselves or by their number.
        fresh: rows that add a task.
        orders: by readable id, of the firms whose tasks were put into another order.
        rejected: rows that are not taken.
        missing: tasks that the sheet does not have.
        standing: rows whose task is as it was when the sheet was written.
    """

    edited: list[Edited] = field(default_factory=list)
    fresh: list[Fresh] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    missing: list[TaskView] = field(default_factory=list)
    standing: list[tuple[SheetLine, TaskView]] = field(default_factory=list)

    @property
    def owners(self) -> dict[str, Incident]:
        """Return the firms whose tasks change, by readable id."""
        edited = {row.owner.readable_id: row.owner for row in self.edited}
        return {**edited, **{row.owner.readable_id: row.owner for row in self.fresh}}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a sheet is judged with.

    Attributes:
        session: any session.
        named: the incident or the situation.
        owners: its incidents by readable id.
        ground: words, people and the reason.
    """

    session: Session
    named: Incident
    owners: Mapping[str, Incident]
    ground: SheetGround


def judge_sheet(session: Session, named: Incident, sheet: TaskSheet, reason: str) -> JudgedSheet:
    """Return what a sheet would change.

    Args:
        session: any session.
        named: the incident, or the situation whose firms' tasks stand in the sheet.
        sheet: as it was read.
        reason: why, for the rows that do not say so themselves.

    Raises:
        InputError: every row is of another incident.
    """
    owners = {member.readable_id: member for member in queries.members(session, named)}
    tasks = own_order(queries.tasks(session, named.readable_id))
    rows = {
        identity(task.incident, task.key).casefold(): (number, task) for number, task in enumerate(tasks, 1)
    }
    _refuse_another(sheet, owners, rows, named)
    ground = SheetGround(Texts(sheet.language), sheet.columns, _people(session), reason)
    desk = _Desk(session, named, owners, ground)
    found = JudgedSheet()
    seen: dict[str, int] = {}
    for line in sheet.lines:
        name = line.text("key").casefold()
        if not name:
            _judge_fresh(desk, line, found)
        elif name in seen:
            found.rejected.append(ground.rejected(line, "key", "incidents.sheet_twice", row=seen[name]))
        elif name not in rows:
            seen[name] = line.number
            known = nearest(name, [identity(task.incident, task.key) for task in tasks])
            found.rejected.append(ground.rejected(line, "key", "incidents.sheet_task_unknown", nearest=known))
        else:
            seen[name] = line.number
            number, task = rows[name]
            _judge_known(
                Edited(line, owners[task.incident], task, judge_line(line, task, number, ground)), found
            )
    found.missing = [
        task for name, (_, task) in rows.items() if name not in seen and task.state is not TaskState.WITHDRAWN
    ]
    _order(sheet, tasks, found)
    found.edited = [row for row in found.edited if row.judged.changes or _moves(found, row)]
    return found


def _moves(found: JudgedSheet, row: Edited) -> bool:
    order = found.orders.get(row.task.incident)
    return order is not None and row.task.key in order.moved


def _refuse_another(
    sheet: TaskSheet, owners: Mapping[str, Incident], rows: Mapping[str, object], named: Incident
) -> None:
    """Refuse a sheet of another incident as a whole, instead of row by row."""
    names = [line.text("key") for line in sheet.lines if line.text("key")]
    if not names or any(name.casefold() in rows for name in names):
        return
    incident, _ = Counter(name.partition(" ")[0].upper() for name in names).most_common(1)[0]
    if incident not in owners:
        raise InputError("incidents.sheet_of_another", incident=named.readable_id, other=incident)


def _people(session: Session) -> dict[str, str]:
    found = session.exec(
        select(RosterPerson.name, RosterPerson.slug)
        .where(col(RosterPerson.active))
        .order_by(RosterPerson.name)
    ).all()
    return {
        **{slug.casefold(): name for name, slug in found},
        **{name.casefold(): name for name, _ in found},
    }


def _judge_known(row: Edited, found: JudgedSheet) -> None:
    judged = row.judged
    if judged.stamp is not None and judged.stamp.version == row.task.version:
        found.standing.append((row.line, row.task))
    changes = bool(judged.changes) or judged.number is not None
    if judged.rejected:
        found.rejected += judged.rejected
    elif changes and row.owner.state not in RUNNING:
        found.rejected.append(_ended(row.line, row.owner))
    elif changes:
        found.edited.append(row)


def _ended(line: SheetLine, owner: Incident) -> Rejected:
    params = {"incident": owner.readable_id, "state": owner.state}
    return Rejected(
        line.number, "", line.text("key"), Problem("incidents.sheet_not_running", params, str(line.number))
    )


def _judge_fresh(desk: _Desk, line: SheetLine, found: JudgedSheet) -> None:
    if not any(line.text(column) for column in _LOOSE):
        return
    session, ground = desk.session, desk.ground
    owner = _owner(desk, line)
    if owner is None:
        firms = ", ".join(sorted(member.employer for member in desk.owners.values() if not member.situation))
        found.rejected.append(ground.rejected(line, "employer", "incidents.sheet_firm", firms=firms))
        return
    if owner.state not in RUNNING:
        found.rejected.append(_ended(line, owner))
        return
    taken = adding.taken_steps(session, owner) | {row.key for row in found.fresh if row.owner is owner}
    judged = _new_task(session, owner, line, ground, taken)
    wrong = [*(judged if isinstance(judged, list) else []), *_wrong_fresh(line, ground)]
    found.rejected += wrong
    if not wrong and isinstance(judged, adding.Judged):
        state = state_named(line.text("state"))
        found.fresh.append(
            Fresh(
                line=line,
                owner=owner,
                judged=judged,
                state=None if state in NOT_STARTED else state,
                label=line.text("label"),
                reason=line.text("reason") or ground.reason.strip(),
                number=cell_number(line.cells.get("order")),
            )
        )


def _owner(desk: _Desk, line: SheetLine) -> Incident | None:
    """Return the firm of a new task: of a situation the one the row names."""
    if not desk.named.situation:
        return desk.named
    wanted = line.text("employer")
    firms = [member for member in desk.owners.values() if not member.situation]
    meant = [
        firm
        for firm in firms
        if wanted.casefold() == firm.readable_id.casefold() or (wanted and same_firm(wanted, firm.employer))
    ]
    return meant[0] if len(meant) == 1 else None


def _new_task(
    session: Session, owner: Incident, line: SheetLine, ground: SheetGround, taken: set[str]
) -> adding.Judged | list[Rejected]:
    day = cell_day(line.cells.get("due"))
    item = NewTask(line.text("title"), day, line.text("person") or line.text("role"))
    judged = adding.judge(session, owner, item, taken)
    if not isinstance(judged, adding.Judged):
        return [
            ground.rejected(
                line,
                "title" if problem.code.startswith("incidents.title") else "person",
                problem.code,
                **problem.params,
            )
            for problem in judged
        ]
    if not line.text("person") or not line.text("role"):
        return judged
    try:
        return replace(judged, role=finding.find_role(session, owner, line.text("role")).role)
    except NotFoundError as error:
        return [
            ground.rejected(
                line, "role", "incidents.sheet_role", role=line.text("role"), known=error.params["known"]
            )
        ]


def _wrong_fresh(line: SheetLine, ground: SheetGround) -> list[Rejected]:
    """Return what is wrong with the other cells of a row that adds a task."""
    found = [
        ground.rejected(line, "label", problem.code, **problem.params)
        for problem in label_problems(line.text("label"))
    ]
    if line.text("due") and cell_day(line.cells["due"]) is None:
        found.append(ground.rejected(line, "due", "incidents.line_date", text=line.text("due")))
    if line.text("order") and cell_number(line.cells["order"]) is None:
        found.append(ground.rejected(line, "order", "incidents.sheet_order", text=line.text("order")))
    text = line.text("state")
    state = state_named(text)
    if text and state not in NOT_STARTED and not settable(state):
        found.append(
            ground.rejected(line, "state", "incidents.sheet_state", text=text, known=ground.known_states())
        )
    if state is TaskState.SKIPPED and not (line.text("reason") or ground.reason.strip()):
        found.append(ground.rejected(line, "reason", "incidents.sheet_reason", heading=ground.named("state")))
    return found


def _order(sheet: TaskSheet, tasks: Sequence[TaskView], found: JudgedSheet) -> None:
    """Compute the new order of each firm whose numbers somebody changed."""
    refused = {rejected.line for rejected in found.rejected}
    typed = {
        line.text("key").casefold(): number
        for line in reversed(sheet.lines)
        if line.number not in refused and (number := cell_number(line.cells.get("order"))) is not None
    }
    offset = 0
    for incident in dict.fromkeys([*(task.incident for task in tasks), *_firms(found.fresh)]):
        keys = [task.key for task in tasks if task.incident == incident]
        now = {key: offset + place for place, key in enumerate(keys, 1)}
        numbers = {key: typed[name] for key in keys if (name := identity(incident, key).casefold()) in typed}
        edited: dict[str, float] = {
            row.task.key: now[row.task.key]
            for row in found.edited
            if row.task.incident == incident and row.judged.number is not None
        }
        for place, row in enumerate((row for row in found.fresh if row.owner.readable_id == incident), 1):
            now[row.key] = offset + len(keys) + place
            if row.number is not None:
                numbers[row.key] = row.number
                edited[row.key] = now[row.key]
        if edited:
            order, moved = new_order(list(now), numbers, edited)
            then = {key: offset + place for place, key in enumerate(order, 1)}
            if moved:
                found.orders[incident] = Order(
                    tuple(order), frozenset(moved), {key: (now[key], then[key]) for key in moved}
                )
        offset += len(keys)


def _firms(fresh: Iterable[Fresh]) -> list[str]:
    return [row.owner.readable_id for row in fresh]


def order_change(order: Order | None, key: str) -> tuple[FieldChange, ...]:
    """Return what a new order does to the number of one task, () where it does not move it."""
    if order is None or key not in order.moved:
        return ()
    old, new = order.numbers[key]
    return (FieldChange("order", old, new),)
