"""Rows of the lists on screen: what stands in which column, without any widget.

Every list is made here from views, so that the plain listing and the tables cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from muutosturva.clock import local_date
from muutosturva.i18n import Texts
from muutosturva.incidents.acts.evidence import EvidenceView
from muutosturva.incidents.acts.labels import colour_of
from muutosturva.incidents.acts.records import RecordView
from muutosturva.incidents.pure.publicity import RELEASE
from muutosturva.incidents.pure.views import DocumentView, IncidentSummary, IncidentView, TaskView
from muutosturva.incidents.reading.board import Board
from muutosturva.incidents.reading.task_lines import TaskLine
from muutosturva.incidents.told import recorded
from muutosturva.incidents.told.narrative import Line
from muutosturva.incidents.told.wording import audience, gap_words, question_label, release_due
from muutosturva.models.states import RUNNING, IncidentState, TaskState
from muutosturva.tui import words

LATE: Final = "late"
TODAY: Final = "today"
ASKS: Final = "asks"
ENDED: Final = "ended"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    Attributes:
        id: stable name; its heading is the catalogue's ``tui.column.<id>``.
        width: characters; 0 takes what the others leave.
        roomy: characters where there is room; ``width`` when 0.
        wide: shown only where there is room.
        apart: cells that would read alike when cut at their end are cut in the middle.
    """

    id: str
    width: int = 0
    roomy: int = 0
    wide: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list.

    Attributes:
        key: what the line stands for.
        cells: a text for each column.
        tone: ``late``, ``today``, ``asks``, ``ended`` or "": underlines what the words say.
        label: what the group has written on it, as it stands at the beginning of its title; or "".
        colour: of the label, or "".
    """

    key: str
    cells: tuple[str, ...]
    tone: str = ""
    label: str = ""
    colour: str = ""


INCIDENTS: Final = (
    Column("id", 15),
    Column("employer"),
    Column("people", 9),
    Column("level", 4),
    Column("state", 11, 13),
    Column("next_due", 11, wide=True),
    Column("open", 7),
    Column("late", 8),
)
WORK: Final = (
    Column("when", 16),
    Column("employer_short", 12, 20),
    Column("code", 3),
    Column("task", apart=True),
    Column("who", 14, 20),
)
ALL_GAPS: Final = "gaps"
"""Key of the row that stands for the gaps not listed."""
OPEN_THINGS: Final = (Column("kind", 10), Column("incident", 15), Column("what"))
PLAN: Final = (
    Column("state", 11, 12),
    Column("due", 11, 12),
    Column("code", 3),
    Column("task", apart=True),
    Column("who", 14, 20),
    Column("statute", 1),
)
CARDS: Final = (Column("card"),)
BARS: Final = (Column("bar"),)
SITUATION_PLAN: Final = (*PLAN[:2], Column("employer_short", 12, 20), *PLAN[2:])
LOG: Final = (
    Column("moment", 19),
    Column("recorded", 19),
    Column("actor", 15, 24),
    Column("event"),
)
DOCUMENTS: Final = (
    Column("due", 11, 12),
    Column("document", apart=True),
    Column("audience", 16, 20),
    Column("written", 11, 12),
    Column("languages", 10, wide=True),
    Column("formats", 12, wide=True),
    Column("state", 12),
)
FACTS: Final = (Column("fact"), Column("value"), Column("origin", 14))


def incidents(texts: Texts, lines: Iterable[IncidentSummary]) -> list[Row]:
    """Return the list of incidents; the firms of a situation stand under it.

    The running ones come first, the cancelled ones last.
    """
    found = sorted(
        lines,
        key=lambda line: (
            line.state is IncidentState.CANCELLED,
            line.state not in RUNNING,
            line.parent or line.readable_id,
            not line.situation,
        ),
    )
    return [_incident(texts, line) for line in found]


def _incident(texts: Texts, line: IncidentSummary) -> Row:
    late = f"{words.LATE} {line.late_tasks}" if line.late_tasks else "0"
    name = words.incident_name(texts, line)
    return Row(
        line.readable_id,
        (
            f"└ {line.readable_id}" if line.parent else line.readable_id,
            name,
            words.people_short(texts, line.people),
            line.level,
            words.incident_state(texts, line),
            texts.day(line.next_due) if line.next_due else "",
            str(line.open_tasks),
            late,
        ),
        LATE if line.late_tasks else "",
    )


def task_key(task: TaskView | TaskLine) -> str:
    """Return a key that tells the tasks of several firms apart."""
    return f"{task.incident} {task.key}"


def work(texts: Texts, board: Board) -> list[Row]:
    """Return what is late, due today and due within the coming days, in that order."""
    parts = (("late", board.late, LATE), ("today", board.due_today, TODAY), ("coming", board.coming, ""))
    found = []
    for name, tasks, tone in parts:
        found += [_due(texts, task, board.today, tone) for task in tasks.items]
        if tasks.left_out:
            more = texts(f"tui.board.more_{name}", n=tasks.left_out)
            found.append(Row("", ("", "", "", more, "")))
    return found


def _due(texts: Texts, task: TaskLine, today: dt.date, tone: str) -> Row:
    cells = (
        words.when(texts, task, today),
        task.employer,
        task.code,
        texts.pick(task.title),
        words.who(texts, task),
    )
    return Row(task_key(task), cells, tone)


def open_things(texts: Texts, board: Board) -> list[Row]:
    """Return what should be public by now, what nobody has answered, and the roles that hang on too few."""
    releases = [
        Row(
            f"release {due.incident} {RELEASE}",
            (f"{words.LATE} {texts('tui.kind.release')}", due.incident, release_due(texts, due.release)),
            LATE,
        )
        for due in board.releases
    ]
    questions = [
        Row(
            f"question {incident} {question.name}",
            (
                f"{words.UNKNOWN} {texts('tui.kind.question')}",
                incident,
                question_label(texts, question.name, question.label),
            ),
            ASKS,
        )
        for incident, question in board.questions.items
    ]
    roles = [
        Row(
            f"role {incident} {role.role}",
            (f"○ {texts('tui.kind.role')}", incident, texts.pick(role.title) or role.role),
            ASKS,
        )
        for incident, role in board.unfilled.items
    ]
    gaps = [
        Row(
            f"gap {gap.incident} {gap.role}" if gap.incident else "",
            (f"{words.LATE} {texts('tui.kind.gap')}", gap.incident, gap_words(texts, gap)),
            ASKS,
        )
        for gap in board.gaps.items
    ]
    return [
        *releases,
        *questions,
        *_rest(texts, "questions", board.questions.left_out),
        *roles,
        *_rest(texts, "roles", board.unfilled.left_out),
        *gaps,
        *_more_gaps(texts, board.gaps.left_out),
    ]


def _more_gaps(texts: Texts, left_out: int) -> list[Row]:
    """Return the row whose Enter shows every gap."""
    return [Row(ALL_GAPS, ("", "", texts("tui.board.all_gaps", n=left_out)))] if left_out else []


def _rest(texts: Texts, name: str, left_out: int) -> list[Row]:
    return [Row("", ("", "", texts(f"tui.board.more_{name}", n=left_out)))] if left_out else []


def plan(
    texts: Texts,
    tasks: Iterable[TaskView],
    today: dt.date,
    *,
    labels: Mapping[str, str],
    situation: bool = False,
) -> list[Row]:
    """Return the tasks of a plan; those of a situation name their firm.

    ``labels`` are the office's, word to colour.
    """
    return [_task(texts, task, today, labels=labels, situation=situation) for task in tasks]


def label_mark(task: TaskView) -> str:
    """Return a task's label as it stands before its title, or ""."""
    return f"[{task.label}]" if task.label else ""


def _task(texts: Texts, task: TaskView, today: dt.date, *, labels: Mapping[str, str], situation: bool) -> Row:
    state = words.state(texts, task, today)
    due = words.planned(texts, task.due)
    law = words.STATUTORY if task.by_law else ""
    label = label_mark(task)
    title = f"{label} {texts.pick(task.title)}".lstrip()
    rest = (task.code, title, words.who(texts, task), law)
    firm = (task.employer,) if situation else ()
    colour = colour_of(task.label, labels) if task.label else ""
    return Row(task_key(task), (state, due, *firm, *rest), tone(task, today), label, colour)


def tone(task: TaskView, today: dt.date) -> str:
    """Return the tone of a task: late, ended, asking, due today, or none."""
    if task.late(today):
        return LATE
    if not task.open:
        return ENDED
    if task.state is TaskState.QUESTION:
        return ASKS
    return TODAY if task.due_on == today else ""


def log(lines: Iterable[Line]) -> list[Row]:
    """Return the log: when it happened, when it was written down, by whom, and what happened."""
    return [
        Row(
            str(line.entry.seq),
            (line.happened, line.recorded, f"{line.who} ({line.firm})" if line.firm else line.who, line.told),
        )
        for line in lines
    ]


def facts(
    texts: Texts,
    view: IncidentView,
    firms: Iterable[IncidentView] = (),
    records: Iterable[RecordView] = (),
    evidence: Iterable[EvidenceView] = (),
) -> list[Row]:
    """Return what the plan hangs on, what is written down and what proves it; of a situation its firms."""
    return [
        *(_firm(texts, firm) for firm in firms),
        *_anchors(texts, view),
        *_questions(texts, view),
        *_roles(texts, view),
        *_links(texts, view),
        *_areas(texts, view),
        *(_record(texts, view, record) for record in records),
        *(_evidence(texts, view, one) for one in evidence),
    ]


def _firm(texts: Texts, firm: IncidentView) -> Row:
    return Row(
        f"firm {firm.readable_id}",
        (f"{firm.readable_id} {firm.employer}", words.facts(texts, firm), texts("tui.kind.firm")),
    )


def _anchors(texts: Texts, view: IncidentView) -> list[Row]:
    found = []
    for anchor in words.in_order(view.anchors):
        source = f" ({anchor.value.source})" if anchor.value.source else ""
        cells = (
            words.anchor_label(texts, anchor),
            f"{words.anchor_value(texts, anchor.value)}{source}",
            words.origin(texts, anchor.origin, anchor.value),
        )
        found.append(Row(f"anchor {anchor.key}", cells, ASKS if anchor.value.value is None else ""))
    return found


def _questions(texts: Texts, view: IncidentView) -> list[Row]:
    kind = texts("tui.kind.question")
    return [
        Row(f"question {asked.name}", (texts.pick(asked.label) or asked.name, words.UNKNOWN, kind), ASKS)
        for asked in view.questions
    ]


def _roles(texts: Texts, view: IncidentView) -> list[Row]:
    kind = texts("tui.kind.role")
    return [
        Row(
            f"role {role.role}",
            (texts.pick(role.title) or role.role, words.holders(texts, role), kind),
            "" if role.filled else ASKS,
        )
        for role in view.roles
    ]


def _links(texts: Texts, view: IncidentView) -> list[Row]:
    """Return the firms that hang on this one; those of a situation stand in its firms."""
    if view.situation:
        return []
    return [
        Row(
            f"link {link.name}",
            (
                f"{link.name}, {texts.word(link.kind)}",
                texts(
                    "tui.link",
                    people=texts.number(link.headcount),
                    included=texts.number(link.included),
                ),
                texts("tui.kind.firm"),
            ),
        )
        for link in view.links
    ]


def _areas(texts: Texts, view: IncidentView) -> list[Row]:
    kind = texts("tui.kind.area")
    return [Row(f"area {area.slug}", (area.name, words.share(texts, area), kind)) for area in view.areas]


def record_key(record: RecordView) -> str:
    """Return the key of a record among all of the store."""
    return f"{record.incident} {record.kind} {record.number}"


def _record(texts: Texts, view: IncidentView, record: RecordView) -> Row:
    owner = "" if record.incident == view.readable_id else f"{record.incident}: "
    name = f"{owner}{texts.word(record.kind)} {record.number}, {texts.day(local_date(record.event_time))}"
    cells = (name, recorded.titled(texts, record), texts("tui.kind.record"))
    return Row(f"record {record_key(record)}", cells)


def _evidence(texts: Texts, view: IncidentView, one: EvidenceView) -> Row:
    owner = "" if one.incident == view.readable_id else f"{one.incident}: "
    name = f"{owner}{texts('tui.kind.evidence')} {one.number}, {texts.day(local_date(one.event_time))}"
    cells = (name, f"{one.title} ({texts.word(one.kind)})", texts("tui.kind.evidence"))
    return Row(f"evidence {one.incident} {one.number}", cells)


def documents(texts: Texts, views: Iterable[DocumentView], written: Collection[str]) -> list[Row]:
    """Return the documents that the plan asks for; ``written`` are those the program writes."""
    return [
        Row(
            f"{view.incident} {view.key}",
            (
                words.planned(texts, view.due),
                texts.pick(view.title) or view.document,
                audience(texts, view.audience),
                texts(f"tui.written.{'program' if view.key in written else 'group'}"),
                ", ".join(view.languages),
                ", ".join(view.formats),
                texts(f"words.item_state.{view.state.value}"),
            ),
        )
        for view in views
    ]
