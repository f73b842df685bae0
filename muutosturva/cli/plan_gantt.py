"""A plan, or the tasks of an incident, as bars over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from muutosturva.cli.plan_pages import by_time
from muutosturva.cli.state import State
from muutosturva.clock import local_date
from muutosturva.incidents.pure.chain import deciding, deciding_of
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.incidents.told import gantt
from muutosturva.incidents.told.gantt import Bar, Milestone
from muutosturva.incidents.told.plan_bars import chain_line, milestones, planned_bars, saved_bars
from muutosturva.playbooks.plan import Plan, TextMap

LABEL: Final = 26
"""Characters for the task's key."""
BARS: Final = 50
"""Characters for the bars where nobody looks at a screen."""


def gantt_lines(state: State, plan: Plan) -> list[str]:
    """Return the bars of a plan that is not saved, and what decides its end."""
    bars = planned_bars(state.texts, plan, by_time(plan.tasks))
    chain = chain_line(state.texts, deciding(plan.tasks), lambda task: task.key)
    return _page(state, bars, milestones(state.texts, plan.anchors), chain)


def task_gantt_lines(
    state: State, view: IncidentView, tasks: Sequence[TaskView], firms: Sequence[IncidentView]
) -> list[str]:
    """Return the bars of the tasks of an incident, and what decides its end."""
    phases: Mapping[str, TextMap] = dict(pair for found in (view, *firms) for pair in found.phases)
    bars = saved_bars(
        state.texts,
        tasks,
        phases,
        label=lambda task: task.key,
        mark=lambda _task: "",
        by_firm=view.situation,
    )
    chain = chain_line(state.texts, deciding_of(tasks), lambda task: task.key)
    anchors = [anchor for found in (view, *firms) for anchor in found.anchors]
    return _page(state, bars, milestones(state.texts, anchors), chain)


def _page(state: State, bars: Sequence[Bar], found: Sequence[Milestone], chain: str) -> list[str]:
    today: dt.date = local_date(state.now())
    room = state.out.width - LABEL - gantt.MARKS - 1 if state.out.width else BARS
    scale = gantt.fitted(bars, found, room)
    if scale is None:
        return [state.texts("incidents.gantt.empty")]
    return [
        *state.out.wrapped(gantt.legend(state.texts, scale)),
        *gantt.heading(state.texts, found, scale, today, LABEL),
        *(line.text for line in gantt.rows(bars, scale, today, LABEL)),
        *state.out.wrapped(chain),
    ]
