"""Dates of a plan that lie beyond the calendar: each told at the expression that leads there, once.

A date that hangs on such a date is not told again: whoever mends the first has mended both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from muutosturva.errors import Problem
from muutosturva.playbooks.expressions.dates import anchor_refs, parse_date
from muutosturva.playbooks.expressions.moments import OUT_OF_RANGE, DateValue, rolled
from muutosturva.playbooks.facts import AnchorKey
from muutosturva.playbooks.language.schema import Anchor, Item
from muutosturva.playbooks.loading.items import items
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import Path, problem_at
from muutosturva.playbooks.plan import PlannedTask
from muutosturva.playbooks.planning.ground import Ground
from muutosturva.playbooks.planning.ruling import facts_read
from muutosturva.rules.workdays import FIRST_YEAR, LAST_YEAR

_ROLLED = ("due", "starts")


def beyond_calendar(
    resolved: Resolved, ground: Ground, tasks: Collection[PlannedTask]
) -> tuple[Problem, ...]:
    """Return a problem for each expression of the playbook whose date lies beyond the calendar's years.

    Args:
        resolved: the playbook with its places.
        ground: what the plan stands on.
        tasks: the tasks of the plan; an expression of a step that is not in it is nobody's date.
    """
    far = {anchor.name for anchor in ground.dates.anchors if anchor.reason_code == OUT_OF_RANGE}
    found = [*_anchors(resolved, far), *_items(resolved, ground, far, {task.step for task in tasks})]
    found += _ruled(tasks, far)
    return tuple(_problem(resolved, path, text) for path, text in dict.fromkeys(found))


def _problem(resolved: Resolved, path: Path, text: str) -> Problem:
    known = {"first": FIRST_YEAR, "last": LAST_YEAR}
    return problem_at(resolved.place(path), "date_far", name=str(path[1]), expression=text, **known)


def _anchors(resolved: Resolved, far: Collection[str]) -> Iterator[tuple[Path, str]]:
    bare = {AnchorKey.parse(name).name for name in far}
    derived = {f"{prefix}{name}" for name in bare for prefix in ("first_", "last_")}
    for section, declared in (("anchors", resolved.playbook.anchors), ("waves", resolved.playbook.waves)):
        for name, anchor in declared.items():
            read = set(_reads(anchor))
            if name in bare and not read & {*bare, *derived}:
                yield _written(section, name, anchor)


def _reads(anchor: Anchor) -> Iterator[str]:
    source = anchor.from_
    for text in (anchor.estimate, source.after if source else None):
        tree = parse_date(text).tree if text else None
        yield from (ref.name for ref in anchor_refs(tree)) if tree else ()
    if source is not None and source.rule is not None:
        yield from facts_read(source.rule, source.with_)


def _written(section: str, name: str, anchor: Anchor) -> tuple[Path, str]:
    if anchor.estimate is not None:
        return (section, name, "estimate"), anchor.estimate
    source = anchor.from_
    return (section, name, "from"), (source and (source.after or source.rule)) or ""


def _items(
    resolved: Resolved, ground: Ground, far: Collection[str], steps: Collection[str]
) -> Iterator[tuple[Path, str]]:
    for path, item in items(resolved.playbook):
        if ground.verdict(item.when).value is False or (path[0] == "tasks" and path[1] not in steps):
            continue
        for key in ("start", "due", "starts", "until"):
            text = getattr(item, key, None)
            if text is not None and _is_beyond(ground, item, key, text, far):
                yield (*path, key), text


def _is_beyond(ground: Ground, item: Item, key: str, text: str, far: Collection[str]) -> bool:
    for spot in ground.members.spots(item.for_each):
        value = ground.date(text, spot)
        if value is not None and key in _ROLLED:
            value = rolled(value, ground.bench.calendar, item.roll)
        if value is not None and _starts_here(value, far):
            return True
    return False


def _starts_here(value: DateValue, far: Collection[str]) -> bool:
    return value.reason == OUT_OF_RANGE and not set(value.names) & set(far)


def _ruled(tasks: Collection[PlannedTask], far: Collection[str]) -> Iterator[tuple[Path, str]]:
    for task in tasks:
        due = task.due
        if due is None or due.reason_code != OUT_OF_RANGE or set(due.anchors) & set(far):
            continue
        if task.rule and due.expression == f"rule {task.rule}":
            yield ("tasks", task.step, "statutory"), due.expression
