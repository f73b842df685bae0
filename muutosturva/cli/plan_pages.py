"""A plan as a table for the screen, and as Markdown to paste into a memo."""

from __future__ import annotations

from collections.abc import Sequence

from muutosturva.cli import words
from muutosturva.cli.incident_pages import columns, question_lines
from muutosturva.cli.state import State
from muutosturva.incidents.told.wording import question_label
from muutosturva.playbooks.plan import Plan, PlannedState, PlannedTask


def plan_lines(state: State, plan: Plan) -> list[str]:
    """Return a plan as a page: its dates, its tasks in the order of time, its questions."""
    texts = state.texts
    return [
        *(line for text in _head(state, plan) for line in state.out.wrapped(text)),
        "",
        texts("cli.section.anchors"),
        *state.out.table(
            columns(state, "anchor", "~day", "certainty", "~origin", "_meaning"), _anchors(state, plan)
        ),
        "",
        texts("cli.section.tasks"),
        *state.out.table(columns(state, "code", "~task", "due", "_title", "_role"), _tasks(state, plan)),
        "",
        texts("cli.section.meetings"),
        *state.out.table(columns(state, "~meeting", "~when", "^minutes", "_title"), _meetings(state, plan)),
        *_questions(state, plan),
    ]


def _head(state: State, plan: Plan) -> list[str]:
    texts = state.texts
    return [
        f"{texts.pick(plan.playbook_title)} ({plan.playbook_id} {plan.playbook_version})",
        texts(
            "cli.plan.counts",
            level=plan.level or texts("common.unknown"),
            tasks=len(plan.tasks),
            messages=len(plan.messages),
            meetings=len(plan.meetings),
            documents=len(plan.documents),
            revision=plan.law_revision,
        ),
    ]


def _anchors(state: State, plan: Plan) -> list[tuple[str, ...]]:
    texts = state.texts
    return [
        (
            item.name,
            words.anchor(texts, item.value, item.reason_code),
            texts.word(item.value.certainty),
            texts(f"cli.origin.{item.origin}"),
            texts.pick(item.label),
        )
        for item in plan.anchors
    ]


def by_time(tasks: Sequence[PlannedTask]) -> list[PlannedTask]:
    """Return tasks by due day, those without one last."""
    dated = [task for task in tasks if task.due is not None and task.due.value is not None]
    undated = [task for task in tasks if task.due is None or task.due.value is None]
    return [*sorted(dated, key=_due_key), *undated]


def _due_key(task: PlannedTask) -> str:
    assert task.due is not None
    assert task.due.value is not None
    return f"{task.due.value.isoformat()} {task.due.at or ''}"


def _tasks(state: State, plan: Plan) -> list[tuple[str, ...]]:
    texts = state.texts
    roles = {role.id: texts.pick(role.title) for role in plan.roles}
    return [
        (
            task.code,
            task.key,
            words.day(texts, task.due),
            title(state, task),
            roles.get(task.raci.doer, task.raci.doer),
        )
        for task in by_time(plan.tasks)
    ]


def title(state: State, task: PlannedTask) -> str:
    """Return a task's title with its marks: a statute, what is unsure, the question it hangs on."""
    texts = state.texts
    marks = [words.SECTION] if task.by_law else []
    marks += [texts("cli.task.unsure")] if task.unsure else []
    if task.state is PlannedState.QUESTION:
        marks.append(texts("cli.plan.depends", names=task.depends_on))
    return " ".join([texts.pick(task.title), *marks])


def _meetings(state: State, plan: Plan) -> list[tuple[str, ...]]:
    return [
        (item.key, words.day(state.texts, item.starts), str(item.minutes), state.texts.pick(item.title))
        for item in plan.meetings
    ]


def _questions(state: State, plan: Plan) -> list[str]:
    lines = question_lines(state, plan.questions)
    return ["", state.texts("cli.section.questions"), *lines] if lines else []


def markdown_lines(state: State, plan: Plan) -> list[str]:
    """Return a plan as Markdown."""
    texts = state.texts
    title_line, counts = _head(state, plan)
    lines = [f"# {title_line}", "", counts, "", f"## {texts('cli.section.anchors')}", ""]
    lines += markdown_table(state, ("anchor", "day", "certainty", "origin", "meaning"), _anchors(state, plan))
    lines += ["", f"## {texts('cli.section.tasks')}", ""]
    lines += markdown_table(state, ("code", "task", "due", "title", "role"), _tasks(state, plan))
    lines += ["", f"## {texts('cli.section.meetings')}", ""]
    lines += markdown_table(state, ("meeting", "when", "minutes", "title"), _meetings(state, plan))
    if plan.questions:
        lines += ["", f"## {texts('cli.section.questions')}", ""]
        lines += [
            f"- `{item.name}`: {question_label(texts, item.name, item.label)}" for item in plan.questions
        ]
    return lines


def markdown_table(state: State, names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table of Markdown with the headings of the columns named."""
    headings = [state.texts(f"cli.column.{name}") for name in names]
    body = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (headings, ["---"] * len(names), *body)]
