"""What ``playbook plan`` and ``incident open`` share: the options of a trigger and its request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from muutosturva.cli.framework import option
from muutosturva.cli.values import Values, read_values
from muutosturva.clock import local_date
from muutosturva.errors import InputError, UsageError

if TYPE_CHECKING:
    from muutosturva.coordination.trigger import Preview, TriggerRequest
    from muutosturva.errors import Problem
    from muutosturva.playbooks.plan import Plan
    from muutosturva.store.store import Store

Function = TypeVar("Function", bound=Callable[..., Any])

TRIGGER_OPTIONS: Final = (
    option("--municipality", value="municipality", default=""),
    option("--sector", value="sector", default=""),
    option("--input", "inputs", text="input", value="input", multiple=True),
    option("--anchor", "anchors", text="anchor", value="anchor", multiple=True),
    option("--source", value="source", default=""),
    option("--wave", "waves", text="wave", value="wave", multiple=True),
)

AUTO: Final = "auto"
"""Value of ``--secrecy``: the answers decide the class."""


def with_options(options: Sequence[Callable[[Function], Function]]) -> Callable[[Function], Function]:
    """Return a decorator that adds options in the order they are listed."""

    def decorate(function: Function) -> Function:
        for add in reversed(options):
            function = add(function)
        return function

    return decorate


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a trigger, as text.

    Attributes:
        playbook: id or path.
        municipality, sector, source: as given, or "".
        inputs, anchors, waves: as given, one text each.
        extra: what only ``incident open`` asks: employer, secrecy, readable id, roles.
    """

    playbook: str
    municipality: str
    sector: str
    source: str
    inputs: tuple[str, ...]
    anchors: tuple[str, ...]
    waves: tuple[str, ...]
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, playbook: str, options: Mapping[str, object], **extra: Any) -> Typed:
        """Return what the options of ``TRIGGER_OPTIONS`` hold."""
        return cls(playbook, extra=extra, **cast("dict[str, Any]", dict(options)))


def request_of(
    store: Store | None, typed: Typed, now: dt.datetime
) -> tuple[TriggerRequest, tuple[Problem, ...]]:
    """Return the request and the warnings of its playbook, or all that is wrong with it and its plan.

    Raises:
        NotFoundError: no such playbook, or no such municipality.
        UsageError: something cannot be read at all.
        InputError: inputs or anchors are missing or do not fit; all are listed.
    """
    request, values, warnings = _read(typed, now)
    if values.problems:
        from muutosturva.coordination.trigger import preview

        plan = preview(store, request, now=now).plan
        raise InputError("incidents.plan_problems", problems=[*values.problems, *plan.problems])
    return request, warnings


def preview_of(store: Store | None, typed: Typed, now: dt.datetime) -> Preview:
    """Return the plan a request would give, when nothing is wrong with it.

    Raises:
        NotFoundError, UsageError, InputError: as ``request_of``; also for problems of the plan.
    """
    from muutosturva.coordination.trigger import preview

    request, values, _ = _read(typed, now)
    made = preview(store, request, now=now)
    problems = [*values.problems, *made.plan.problems]
    if problems:
        raise InputError("incidents.plan_problems", problems=problems)
    return made


def other_plan_of(store: Store | None, typed: Typed, against: Sequence[str], now: dt.datetime) -> Plan:
    """Return the plan the first one is compared with: by other dates, another playbook, or both.

    Args:
        store: the store, or None.
        typed: what was typed for the first plan.
        against: dates, ``heard=8.3.2027``, and at most one playbook, version or incident.
        now: aware datetime.

    Raises:
        UsageError: more than one playbook is named.
        NotFoundError: nothing of that name.
        InputError: the other playbook or its plan has problems.
    """
    from muutosturva.coordination.against import other_plan, other_text

    dates = [text for text in against if "=" in text]
    named = [text for text in against if "=" not in text]
    if len(named) > 1:
        raise UsageError("cli.against_one")
    names = {text.partition("=")[0].strip() for text in dates}
    kept = [text for text in typed.anchors if text.partition("=")[0].strip() not in names]
    request, values, _ = _read(replace(typed, anchors=(*kept, *dates)), now)
    resolved = other_text(store, named[0] if named else typed.playbook)
    plan = other_plan(store, request, resolved, now=now)
    problems = [*values.problems, *plan.problems]
    if problems:
        raise InputError("cli.against_problems", problems=problems, name=resolved.playbook.id)
    return plan


def _read(typed: Typed, now: dt.datetime) -> tuple[TriggerRequest, Values, tuple[Problem, ...]]:
    from muutosturva.coordination.shelf import at_hand
    from muutosturva.coordination.trigger import TriggerRequest
    from muutosturva.models.states import Secrecy
    from muutosturva.playbooks.checks.outside import Outside

    resolved, warnings = at_hand().usable(typed.playbook, Outside(on=local_date(now)))
    declared = resolved.playbook.inputs
    secrecy = typed.extra.get("secrecy", AUTO)
    values = read_values(typed.inputs, typed.anchors, typed.waves, source=typed.source, declared=declared)
    request = TriggerRequest(
        playbook=typed.playbook,
        employer=typed.extra.get("employer", ""),
        municipality=typed.municipality,
        sector=typed.sector,
        inputs=values.inputs,
        anchors=values.anchors,
        waves=values.waves,
        sites=values.sites,
        secrecy=None if secrecy == AUTO else Secrecy(secrecy),
        readable_id=typed.extra.get("readable_id", ""),
        roles=typed.extra.get("roles", {}),
        watch=typed.extra.get("watch", False),
    )
    return request, values, warnings
