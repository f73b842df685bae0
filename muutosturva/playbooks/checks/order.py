"""Can it be done in this order: no circles, nothing due before what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muutosturva.errors import Problem
from muutosturva.playbooks.expressions.conditions import replies_read
from muutosturva.playbooks.expressions.dates import (
    AnchorRef,
    AtTime,
    DateNode,
    Shift,
    anchor_refs,
    parse_date,
)
from muutosturva.playbooks.language.schema import Anchor, Item, Meeting, Task
from muutosturva.playbooks.loading.items import items
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import problem_at
from muutosturva.playbooks.planning.anchors import FIRST, LAST
from muutosturva.playbooks.planning.readiness import STARTED, TASK_QUALITIES, split_need, wanted
from muutosturva.playbooks.planning.ruling import facts_read

Graph = Mapping[str, tuple[str, ...]]


def circles_of_needs(resolved: Resolved) -> Iterator[Problem]:
    """No task needs itself, directly or by a detour: none of them could ever begin.

    A task whose condition reads what another decides waits for that one too.
    """
    tasks = resolved.playbook.tasks
    # A task for which some of its needs suffice stands in a circle only if too few are outside one.
    stuck = _stuck(tasks)
    graph = {
        name: tuple(need for need in (*map(_bare, task.needs), *_read(task)) if need in stuck)
        for name, task in tasks.items()
        if name in stuck
    }
    for circle in circles(graph):
        place = resolved.place(("tasks", circle[0], "needs"))
        yield problem_at(place, "needs_cycle", steps=" → ".join((*circle, circle[0])))


def circles_of_anchors(resolved: Resolved) -> Iterator[Problem]:
    """No anchor is estimated from itself, directly or by a detour."""
    playbook = resolved.playbook
    declared = {**playbook.anchors, **playbook.waves}
    graph = {name: _reads(name, anchor, declared) for name, anchor in declared.items()}
    for circle in circles(graph):
        section = "anchors" if circle[0] in playbook.anchors else "waves"
        place = resolved.place((section, circle[0]))
        yield problem_at(place, "anchor_cycle", anchors=" → ".join((*circle, circle[0])))


def due_before_need(resolved: Resolved) -> Iterator[Problem]:
    """A task counted from the same anchor in the same unit is not due before what it needs."""
    tasks = resolved.playbook.tasks
    for name, task in tasks.items():
        place = resolved.place(("tasks", name, "due"))
        for need in late_needs(tasks, task):
            yield problem_at(place, "due_before_need", need=need, due=task.due or "")


def late_needs(tasks: Mapping[str, Task], task: Task) -> list[str]:
    """Return the needs of a task that are due after it, where too few are due before."""
    late = [need for need in task.needs if _later(tasks, task, need)]
    return late if len(task.needs) - len(late) < wanted(task.needs, task.join) else []


def decided_in_time(resolved: Resolved) -> Iterator[Problem]:
    """What hangs on a decision is not due before it is made; nor is a playbook proposed by one."""
    tasks = resolved.playbook.tasks
    for key in replies_read(resolved.playbook.suggest or ""):
        yield problem_at(resolved.place(("suggest",)), "asked_early", task=key.step)
    for path, item in items(resolved.playbook):
        mine = _distance(item)
        for key in replies_read(item.when or ""):
            theirs = _distance(tasks[key.step]) if key.step in tasks else None
            if mine and theirs and mine[:2] == theirs[:2] and mine[2] < theirs[2]:
                due = tasks[key.step].due or ""
                yield problem_at(resolved.place((*path, "when")), "decided_later", task=key.step, due=due)


def _read(task: Task) -> tuple[str, ...]:
    """Return the tasks whose answers decide whether this one is called for."""
    return tuple(key.step for key in replies_read(task.when or ""))


def _later(tasks: Mapping[str, Task], task: Task, need: str) -> bool:
    """Tell whether what a task needs is due after it, both counted from one anchor in one unit."""
    other = None if split_need(need)[1] == STARTED else tasks.get(_bare(need))
    mine, theirs = _distance(task), _distance(other) if other else None
    return bool(mine and theirs and mine[:2] == theirs[:2] and mine[2] < theirs[2])


def _stuck(tasks: Mapping[str, Task]) -> set[str]:
    """Return the tasks that can never begin, whatever is done: those in circles, and those behind them."""
    behind: dict[str, list[str]] = {}
    hanging: dict[str, list[str]] = {}
    lacking: dict[str, int] = {}
    undecided: dict[str, int] = {}
    for name, task in tasks.items():
        inside = [need for need in map(_bare, task.needs) if need in tasks]
        lacking[name] = wanted(task.needs, task.join) - (len(task.needs) - len(inside))
        read = [step for step in _read(task) if step in tasks]
        undecided[name] = len(read)
        for others, steps in ((behind, inside), (hanging, read)):
            for step in steps:
                others.setdefault(step, []).append(name)
    stuck, free = set(tasks), list(tasks)
    while free:
        name = free.pop()
        if name in stuck and lacking[name] <= 0 and not undecided[name]:
            stuck.discard(name)
            for left, others in ((lacking, behind), (undecided, hanging)):
                for other in others.get(name, ()):
                    left[other] -= 1
                    free.append(other)
    return stuck


def _bare(need: str) -> str:
    """Return the task a need points at, begun or done; "" where it points at something else."""
    name, quality = split_need(need)
    return name if not quality or quality in TASK_QUALITIES else ""


def circles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield circles of a graph, each beginning with the name in it that is reached first.

    Of names that all lead to each other at least one circle is told, and none both of whose ends are
    told already: they stand in more circles than anybody could count. Every name is gone into once.
    """
    seen: set[str] = set()
    told: set[str] = set()
    for start in graph:
        # The names on the way from the start, in their order, each with what is still to be looked at.
        trail: dict[str, Iterator[str]] = {}
        ahead = iter((start,))
        while True:
            name = next(ahead, None)
            if name is None:
                if not trail:
                    break
                trail.popitem()
                ahead = next(reversed(trail.values()), iter(()))
            elif name in trail:
                way = list(trail)
                if not {name, way[-1]} <= told:
                    circle = tuple(way[way.index(name) :])
                    told.update(circle)
                    yield circle
            elif name not in seen:
                seen.add(name)
                trail[name] = ahead = iter(graph.get(name, ()))


def _reads(name: str, anchor: Anchor, declared: Mapping[str, Anchor]) -> tuple[str, ...]:
    texts = [anchor.estimate, anchor.from_.after if anchor.from_ else None]
    trees = [parse_date(text).tree for text in texts if text is not None]
    read = [ref.name for tree in trees if tree is not None for ref in anchor_refs(tree)]
    if anchor.from_ is not None and anchor.from_.rule is not None:
        read += [fact for fact in facts_read(anchor.from_.rule, anchor.from_.with_) if fact != name]
    bare = [fact.removeprefix(FIRST).removeprefix(LAST) if fact not in declared else fact for fact in read]
    return tuple(dict.fromkeys(fact for fact in bare if fact in declared))


def _distance(item: Item) -> tuple[str, str, int] | None:
    """Return anchor, unit and number of a plain ``anchor + n unit``; None for anything else.

    That a meeting begins at a clock time does not matter here.
    """
    text: str | None = item.starts if isinstance(item, Meeting) else getattr(item, "due", None)
    if text is None or item.every is not None or item.roll != "none":
        return None
    tree: DateNode | None = parse_date(text).tree
    if isinstance(tree, AtTime):
        tree = tree.base
    match tree:
        case Shift(base=AnchorRef(name=name), count=count, unit=unit):
            return name, unit, count
        case _:
            return None
