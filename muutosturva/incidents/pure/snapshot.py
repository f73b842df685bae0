"""Computed dates, anchors and law rows as JSON, and back: what a row keeps of a plan.

Each pair is a round trip (a test holds it): nothing a plan says about a date is lost by saving.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from muutosturva.playbooks.facts import Certainty, Site
from muutosturva.playbooks.plan import EscalationStep, PlannedDate, Raci
from muutosturva.rules.results import Confidence, LawRow, StatutoryDate

Json = dict[str, Any]


def _iso(value: dt.date | dt.time | None) -> str | None:
    return None if value is None else value.isoformat()


def _day(text: Any) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _time(text: Any) -> dt.time | None:
    return None if text is None else dt.time.fromisoformat(text)


def planned_to_json(planned: PlannedDate | None) -> Json | None:
    """Return a computed date as JSON."""
    if planned is None:
        return None
    return {
        "expression": planned.expression,
        "value": _iso(planned.value),
        "earliest": _iso(planned.earliest),
        "latest": _iso(planned.latest),
        "at": _iso(planned.at),
        "certainty": planned.certainty.value,
        "anchors": list(planned.anchors),
        "reason_code": planned.reason_code,
    }


def planned_from_json(data: Mapping[str, Any] | None) -> PlannedDate | None:
    """Return the computed date that ``planned_to_json`` wrote."""
    if data is None:
        return None
    return PlannedDate(
        expression=data["expression"],
        value=_day(data["value"]),
        earliest=_day(data["earliest"]),
        latest=_day(data["latest"]),
        at=_time(data["at"]),
        certainty=Certainty(data["certainty"]),
        anchors=tuple(data["anchors"]),
        reason_code=data["reason_code"],
    )


_COMPUTED: Final = "computed"
"""Key beside a due date set by hand: the day its expression last gave, for the day it moves again."""


def by_hand_to_json(before: Mapping[str, Any] | None, day: dt.date, *, by_hand: bool) -> Json:
    """Return a due date as set by hand, with what its expression last gave beside it.

    Args:
        before: the due date as it was.
        day: the day set.
        by_hand: True where ``before`` was set by hand already.
    """
    old = before or {}
    planned = PlannedDate(
        expression=str(old.get("expression", "")),
        value=day,
        earliest=day,
        latest=day,
        at=None,
        certainty=Certainty.CONFIRMED,
        anchors=tuple(old.get("anchors", ())),
    )
    return {**(planned_to_json(planned) or {}), _COMPUTED: _iso(computed_day(old, by_hand=by_hand))}


def with_computed(due: Mapping[str, Any] | None, day: dt.date | None) -> Json:
    """Return a due date set by hand with what its expression gives now."""
    return {**(due or {}), _COMPUTED: _iso(day)}


def computed_day(due: Mapping[str, Any] | None, *, by_hand: bool) -> dt.date | None:
    """Return the day a due date's expression last gave, also where another was set by hand."""
    old = due or {}
    return _day(old.get(_COMPUTED, old.get("value")) if by_hand else old.get("value"))


def row_to_json(row: LawRow) -> Json:
    """Return a row of the rule book as JSON."""
    return {
        "key": row.key,
        "value": row.value,
        "unit": row.unit,
        "condition": row.condition,
        "valid_from": _iso(row.valid_from),
        "valid_to": _iso(row.valid_to),
        "statute": row.statute,
        "source": row.source,
        "confidence": row.confidence.value,
        "checked": _iso(row.checked),
        "note": row.note,
    }


def row_from_json(data: Mapping[str, Any]) -> LawRow:
    """Return the row that ``row_to_json`` wrote."""
    return LawRow(
        key=data["key"],
        value=data["value"],
        unit=data["unit"],
        condition=data["condition"],
        valid_from=_day(data["valid_from"]),
        valid_to=_day(data["valid_to"]),
        statute=data["statute"],
        source=data["source"],
        confidence=Confidence(data["confidence"]),
        checked=_day(data["checked"]),
        note=data["note"],
    )


def statutory_to_json(dates: StatutoryDate | None) -> Json | None:
    """Return the three dates of the law as JSON, with the rows they rest on."""
    if dates is None:
        return None
    return {
        "date": _iso(dates.date),
        "safe_date": _iso(dates.safe_date),
        "last_date": _iso(dates.last_date),
        "law": [row_to_json(row) for row in dates.law],
        "revision": dates.revision,
        "carried_on": dates.carried_on,
        "earliest": dates.earliest,
        "until": _iso(dates.until),
    }


def statutory_from_json(data: Mapping[str, Any] | None) -> StatutoryDate | None:
    """Return the dates that ``statutory_to_json`` wrote."""
    if data is None:
        return None
    return StatutoryDate(
        date=dt.date.fromisoformat(data["date"]),
        safe_date=dt.date.fromisoformat(data["safe_date"]),
        last_date=_day(data["last_date"]),
        law=tuple(row_from_json(row) for row in data["law"]),
        revision=data["revision"],
        carried_on=data["carried_on"],
        earliest=data.get("earliest", False),
        until=_day(data.get("until")),
    )


def raci_to_json(raci: Raci) -> Json:
    """Return the roles of a task as JSON."""
    return {
        "responsible": list(raci.responsible),
        "accountable": raci.accountable,
        "consulted": list(raci.consulted),
        "informed": list(raci.informed),
    }


def raci_from_json(data: Mapping[str, Any]) -> Raci:
    """Return the roles that ``raci_to_json`` wrote."""
    return Raci(
        responsible=tuple(data["responsible"]),
        accountable=data["accountable"],
        consulted=tuple(data["consulted"]),
        informed=tuple(data["informed"]),
    )


def escalation_to_json(step: EscalationStep) -> dict[str, str]:
    """Return a rung of the escalation ladder as JSON."""
    return {"after": step.after, "to": step.to}


def site_to_json(site: Site) -> Json:
    """Return a workplace as JSON."""
    return {
        "id": site.id,
        "name": site.name,
        "municipality": site.municipality,
        "headcount": site.headcount,
    }


def site_from_json(data: Mapping[str, Any]) -> Site:
    """Return the workplace that ``site_to_json`` wrote."""
    return Site(data["id"], data["name"], data.get("municipality", ""), data.get("headcount"))


def value_to_json(value: object) -> Any:
    """Return an input's value in a form JSON can hold: dates as ISO text, tuples as lists."""
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [value_to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): value_to_json(item) for name, item in value.items()}
    return value


def value_from_json(value: Any, kind: str) -> object:
    """Return the answer that ``value_to_json`` wrote, to an input of type ``kind``.

    JSON has neither tuples nor dates; a text that is no date is left for the plan to judge.
    """
    if isinstance(value, list):
        return tuple(value)
    if kind == "date" and isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value
