"""Incidents as text: lists, the page of one incident, what a change did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from muutosturva.cli import words
from muutosturva.cli.state import State
from muutosturva.cli.tables import Column
from muutosturva.clock import local_date
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.progress import progress
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import (
    Changes,
    IncidentSummary,
    IncidentView,
    QuestionView,
    TaskView,
)
from muutosturva.incidents.told import difference
from muutosturva.incidents.told.wording import question_label, wave_name
from muutosturva.models.states import StoreKind
from muutosturva.playbooks.plan import Question, step_of

if TYPE_CHECKING:
    from muutosturva.errors import Problem
    from muutosturva.incidents.reading.task_lines import TaskLine
    from muutosturva.playbooks.facts import AnchorValue

NEXT_TASKS: Final = 8
"""Open tasks shown on the page of an incident; the rest is one command away."""
SHORT_HASH: Final = 12
"""Characters shown of a SHA-256."""


def columns(state: State, *names: str) -> list[Column]:
    """Return columns by name.

    A sign before the name says what its cells are: ``^`` numbers, ``~`` may be broken up, ``_`` wordy,
    below the row where the screen is narrow, ``=`` the same with the heading.
    """
    return [
        Column(
            state.texts(f"cli.column.{name.lstrip('^~_=')}"),
            right=name.startswith("^"),
            breaks=name.startswith("~"),
            below=name.startswith(("_", "=")),
            named=name.startswith("="),
        )
        for name in names
    ]


def list_lines(state: State, lines: Sequence[IncidentSummary], kind: StoreKind) -> list[str]:
    """Return the list of incidents."""
    texts = state.texts
    rows = [
        (
            line.readable_id,
            texts("cli.incident.situation", name=line.employer) if line.situation else line.employer,
            line.municipality,
            _state_words(texts, line),
            line.level,
            words.people(texts, line.people),
            str(line.open_tasks),
            str(line.late_tasks),
        )
        for line in lines
    ]
    names = ("incident", "_employer", "~municipality", "~state", "level", "^people", "^open", "^late")
    return [*words.mark(texts, kind), *state.out.table(columns(state, *names), rows)]


def _state_words(texts: Texts, line: IncidentSummary) -> str:
    """Return an incident's state, and what is next where it nears its end."""
    word = texts.word(line.state)
    if line.unreviewed:
        return texts("cli.incident.unreviewed", state=word)
    return texts("cli.incident.finished", state=word) if line.finished else word


def show_lines(state: State, view: IncidentView, tasks: Sequence[TaskView]) -> list[str]:
    """Return the page of an incident: what is known, what is asked, who does what next."""
    return [
        *words.mark(state.texts, view.kind),
        *_head(state, view),
        *_section(state, "next", _next_lines(state, view, tasks)),
        *_section(state, "questions", question_lines(state, view.questions, view.readable_id)),
        *_section(state, "anchors", _anchor_lines(state, view)),
        *_section(state, "waves", _wave_lines(state, view)),
        *_section(state, "children", [f"  {child}" for child in view.children]),
        *_section(state, "links", _link_lines(state, view)),
        *_section(state, "areas", _area_lines(state, view)),
        *_section(state, "roles", _role_lines(state, view)),
    ]


def _head(state: State, view: IncidentView) -> list[str]:
    texts = state.texts
    facts = [
        texts.word(view.state),
        texts("cli.incident.level", level=view.level) if view.level else "",
        people(state, view.people),
        texts.word(view.secrecy),
        view.sector,
    ]
    lines = [f"{view.readable_id}  {words.name(view, texts)}"]
    lines += state.out.wrapped(" · ".join(fact for fact in facts if fact))
    if view.playbook_id:
        lines += state.out.wrapped(
            texts(
                "cli.incident.pinned",
                playbook=view.playbook_id,
                version=view.playbook_version,
                sha256=view.playbook_sha256[:SHORT_HASH],
                revision=view.law_revision,
            )
        )
    if view.parent:
        lines.append(texts("cli.incident.part_of", incident=view.parent))
    if view.duplicate_of:
        lines.append(texts("cli.incident.duplicate_of", incident=view.duplicate_of))
    if view.duplicates:
        lines += state.out.wrapped(texts("cli.incident.duplicates", incidents=view.duplicates))
    return lines


def people(state: State, tally: Tally) -> str:
    """Return how many people are affected, in words; what is not known is never a zero."""
    if not tally.complete and not tally.known:
        return state.texts("cli.incident.unknown_people")
    return state.texts("cli.incident.people", n=tally.known or 0, people=words.people(state.texts, tally))


def same_firm_lines(state: State, view: IncidentView, running: Sequence[IncidentSummary]) -> list[str]:
    """Return the warning that a firm was perhaps opened twice, and how that is mended."""
    told = state.texts(
        "cli.incident.same_firm",
        employer=view.employer,
        incidents=[line.readable_id for line in running],
        duplicate=view.readable_id,
        into=running[0].readable_id,
    )
    return state.out.wrapped(told)


def slip_lines(state: State, anchors: Mapping[str, AnchorValue], view: IncidentView) -> list[str]:
    """Return which of the days given lie so far back that their year is perhaps a slip."""
    from muutosturva.incidents.pure.slips import slipped
    from muutosturva.incidents.told.wording import year_slip

    labels = {
        name: state.texts.pick(anchor.label) for anchor in view.anchors for name in (anchor.name, anchor.key)
    }
    days = slipped(anchors, local_date(state.now()))
    told = [year_slip(state.texts, labels.get(name) or name, day) for name, day in days.items()]
    return [line for text in told for line in state.out.wrapped(state.texts("cli.note", text=text))]


def odd_lines(state: State, incident: str, changes: Changes, *, preview: bool) -> list[str]:
    """Return what is odd about a new date and, once it is saved, how it is taken back."""
    lines = warning_lines(state, changes.warnings)
    if lines and not preview:
        lines += state.out.wrapped(state.texts("cli.change.odd_saved", incident=incident))
    return lines


def warning_lines(state: State, warnings: Sequence[Problem]) -> list[str]:
    """Return what a playbook is warned of, a sentence each: it was used all the same."""
    told = [state.texts("cli.note", text=state.texts.problem(problem)) for problem in warnings]
    return [line for text in told for line in state.out.wrapped(text)]


def _section(state: State, name: str, lines: Sequence[str]) -> list[str]:
    return ["", state.texts(f"cli.section.{name}"), *lines] if lines else []


def _anchor_lines(state: State, view: IncidentView) -> list[str]:
    texts = state.texts
    rows = [
        (
            item.key,
            words.anchor(texts, item.value, item.reason_code),
            texts.word(item.value.certainty),
            texts.pick(item.label),
        )
        for item in sorted(view.anchors, key=lambda item: item.value.value or dt.date.max)
    ]
    return state.out.table(columns(state, "anchor", "~day", "certainty", "_meaning"), rows)


def _wave_lines(state: State, view: IncidentView) -> list[str]:
    texts = state.texts
    rows = [
        (
            wave.wave,
            wave_name(texts, wave) or wave.site,
            texts(f"cli.measure.{wave.measure}"),
            texts.number(wave.count),
            words.anchor(texts, wave.notice) if wave.notice else texts("common.unknown"),
            words.anchor(texts, wave.end) if wave.end else texts("common.unknown"),
        )
        for wave in view.waves
    ]
    return state.out.table(columns(state, "wave", "~label", "measure", "^people", "~notice", "~end"), rows)


def _link_lines(state: State, view: IncidentView) -> list[str]:
    """Return the linked firms and, below them, the people beyond what the firms' numbers include."""
    texts = state.texts
    rows = [
        (
            link.name,
            texts.word(link.kind),
            link.incident if view.situation else "",
            link.other,
            texts.number(link.headcount),
            texts.number(link.included),
            link.source,
        )
        for link in view.links
    ]
    names = ("firm", "_link_kind", "_hangs_on", "=own_incident", "^people", "^included", "=said_by")
    lines = state.out.table(columns(state, *names), rows)
    if view.beyond is not None:
        told = texts("cli.link.beyond", people=words.people(texts, view.beyond))
        lines += state.out.wrapped(told)
    return lines


def _area_lines(state: State, view: IncidentView) -> list[str]:
    texts = state.texts
    rows = [
        (
            area.slug,
            area.name,
            texts("cli.area.leads") if area.lead else "",
            texts("common.unknown") if area.share is None else f"{round(area.share * 100)} %",
        )
        for area in view.areas
    ]
    return state.out.table(columns(state, "area", "~name", "part", "^share"), rows)


def _role_lines(state: State, view: IncidentView) -> list[str]:
    texts = state.texts
    rows = [
        (
            role.role,
            texts.pick(role.title),
            texts.listing(role.holders) if role.holders else texts("cli.role.unfilled"),
            texts.listing(role.deputies) if role.deputies else "",
        )
        for role in view.roles
    ]
    return state.out.table(columns(state, "role", "_role_title", "~holders", "~deputies"), rows)


def question_lines(
    state: State, questions: Sequence[QuestionView | Question], incident: str = ""
) -> list[str]:
    """Return open questions, what hangs on each, and how an incident's are answered."""
    texts = state.texts
    lines = []
    for question in questions:
        lines += state.out.wrapped(
            f"{question.name}: {question_label(texts, question.name, question.label)}", "  "
        )
        decides = texts("cli.question.decides", n=len(question.decides), keys=question.decides)
        lines += state.out.wrapped(decides, "      ")
    plain = [question.name for question in questions if not step_of(question.name)]
    steps = [step for question in questions if (step := step_of(question.name))]
    if plain and incident:
        how = texts("cli.question.how", incident=incident, question=plain[0])
        lines += state.out.wrapped(how, "  ")
    if steps and incident:
        how = texts("cli.question.decided_how", incident=incident, task=steps[0])
        lines += state.out.wrapped(how, "  ")
    return lines


def _next_lines(state: State, view: IncidentView, tasks: Sequence[TaskView]) -> list[str]:
    undone = [task for task in tasks if task.open]
    if not tasks:
        return []
    shown = task_lines(state, undone[:NEXT_TASKS], view)
    far = progress(tasks)
    counts = state.texts("cli.task.counts", incident=view.readable_id, open=far.open, all=far.all)
    return [*shown, *state.out.wrapped(counts)]


def task_lines(
    state: State, tasks: Sequence[TaskView | TaskLine], view: IncidentView | None = None
) -> list[str]:
    """Return tasks as a table; those of several incidents with the incident's id."""
    texts, now = state.texts, state.now()
    several = view is None or bool(view.children)
    rows = [
        (
            task.incident if several else "",
            task.code,
            task.key,
            words.day(texts, task.due),
            words.state(texts, task, now),
            words.title(texts, task),
            words.doer(texts, task) or texts.pick(task.role_title) or task.role,
            task.label,
            words.shared(texts, task),
        )
        for task in tasks
    ]
    wordy = "_state" if several else "~state"
    names = ("incident", "code", "~task", "due", wordy, "_title", "_who", "=task_label", "=areas")
    return state.out.table(columns(state, *names), rows)


def change_lines(state: State, changes: Changes, *, preview: bool = False) -> list[str]:
    """Return what a new date or answer did: what moved, stayed, came and went."""
    texts = state.texts
    if changes.empty:
        return [texts("cli.change.nothing")]
    rows = [
        (
            moved.key,
            texts.day(moved.old),
            texts.day(moved.new),
            texts(f"cli.outcome.{moved.outcome}"),
            texts.pick(moved.title),
        )
        for moved in changes.moved
    ]
    lines = [texts("cli.change.preview" if preview else "cli.change.done")]
    for told in (*difference.restricted(texts, changes), *difference.crossings(texts, changes)):
        lines += state.out.wrapped(told.text, "", "  ")
    lines += state.out.table(columns(state, "~task", "old", "new", "~outcome", "_title"), rows)
    for name, keys in (("added", changes.added), ("withdrawn", changes.withdrawn)):
        if keys:
            lines.append(texts(f"cli.change.{name}", n=len(keys), keys=keys))
    lines += [
        texts("cli.change.state", task=key, state=texts(f"words.task_state.{new}"))
        for key, new in changes.states.items()
    ]
    return lines
