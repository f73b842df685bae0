"""The dates a plan stands on: given, estimated from another, computed by a rule, or unknown.

Each anchor is resolved when first asked for, so the order is that of dependence. ``notice`` and
``end`` belong to a wave; ``first_end`` and ``last_end`` are derived from every wave.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from muutosturva.playbooks.expressions.dates import anchor_refs, parse_date
from muutosturva.playbooks.expressions.moments import (
    UNKNOWN_ANCHOR,
    DateValue,
    Known,
    evaluate_date,
    least_sure,
)
from muutosturva.playbooks.facts import DEFAULT_WAVE, AnchorKey, AnchorValue, Facts, Wave
from muutosturva.playbooks.language.schema import Anchor, Computation, Playbook
from muutosturva.playbooks.plan import PlannedAnchor
from muutosturva.playbooks.planning.ruling import Bench, facts_read

NO_COUNCIL_DAY: Final = "date.no_council_day"
"""Reason: the office's calendar knows no council meeting after the day."""
FIRST, LAST = "first_", "last_"
GIVEN, ESTIMATE, RULE, UNKNOWN = "given", "estimate", "rule", "unknown"
"""Where the date of an anchor comes from."""


@dataclass(frozen=True, slots=True)
class Dates:
    """Every date of a plan.

    Attributes:
        common: dates by name, the derived ones among them: what stands outside waves.
        by_wave: for each wave the same with its own anchors.
        anchors: as the plan shows them, those of waves as ``notice[w1]``.
    """

    common: Mapping[str, Known]
    by_wave: Mapping[str, Mapping[str, Known]]
    anchors: tuple[PlannedAnchor, ...]


def derived_names(playbook: Playbook) -> tuple[str, ...]:
    """Return the names of the dates derived from the waves: ``first_notice`` … ``last_end``."""
    return tuple(f"{prefix}{name}" for name in playbook.waves for prefix in (FIRST, LAST))


def resolve_dates(
    playbook: Playbook, facts: Facts, waves: tuple[Wave, ...], bench: Bench, council: tuple[dt.date, ...]
) -> Dates:
    """Return every date of a plan.

    Args:
        playbook: the playbook.
        facts: what is known; dates given for a wave's anchor outside waves count for every wave.
        waves: the waves, at least one.
        bench: the rules with the inputs, the calendar and the book.
        council: days of council meetings.
    """
    resolver = _Resolver(playbook, facts, {wave.id: wave for wave in waves}, bench, tuple(sorted(council)))
    shown = [resolver.planned(name, "") for name in playbook.anchors]
    shown += [resolver.planned(name, wave.id) for wave in waves for name in playbook.waves]
    common = {name: resolver.known(name, "") for name in (*playbook.anchors, *derived_names(playbook))}
    by_wave = {
        wave.id: {**common, **{name: resolver.known(name, wave.id) for name in playbook.waves}}
        for wave in waves
    }
    return Dates(common, by_wave, tuple(shown))


@dataclass(slots=True)
class _Resolver:
    playbook: Playbook
    facts: Facts
    waves: Mapping[str, Wave]
    bench: Bench
    council: tuple[dt.date, ...]
    _done: dict[tuple[str, str], PlannedAnchor] = field(default_factory=dict)
    _open: set[tuple[str, str]] = field(default_factory=set)

    def known(self, name: str, wave: str) -> Known:
        """Return a date as an expression sees it; ``wave`` is "" outside waves."""
        if name in self.playbook.waves and wave:
            return _seen(self.planned(name, wave))
        if name in self.playbook.anchors:
            return _seen(self.planned(name, ""))
        for prefix in (FIRST, LAST):
            base = name.removeprefix(prefix)
            if base != name and base in self.playbook.waves:
                return self._derived(base, last=prefix == LAST)
        return Known(AnchorValue.unknown(), (name,), UNKNOWN_ANCHOR)

    def planned(self, name: str, wave: str) -> PlannedAnchor:
        """Return an anchor resolved, computing it and what it hangs on when first asked."""
        key = (name, wave)
        declared = self.playbook.waves[name] if wave else self.playbook.anchors[name]
        blank = _blank(str(AnchorKey(name, wave)), declared)
        if key in self._open:
            # A circle of estimates: the check reports it; here the date is simply not known.
            return blank
        if key not in self._done:
            self._open.add(key)
            self._done[key] = self._resolve(name, wave, declared, blank)
            self._open.discard(key)
        return self._done[key]

    def _resolve(self, name: str, wave: str, declared: Anchor, blank: PlannedAnchor) -> PlannedAnchor:
        given = self._given(name, wave)
        if given is not None:
            return replace(
                blank, value=given, origin=GIVEN, reason_code="" if given.value else UNKNOWN_ANCHOR
            )
        source = declared.from_
        if declared.estimate is not None:
            return self._estimated(declared.estimate, wave, blank)
        if source is None:
            return blank
        return self._council(source, wave, blank) if source.rule is None else self._ruled(source, wave, blank)

    def _given(self, name: str, wave: str) -> AnchorValue | None:
        own = self.waves[wave].anchors.get(name) if wave else None
        return own if own is not None else self.facts.anchors.get(name)

    def _scope(self, names: Iterator[str], wave: str) -> dict[str, Known]:
        return {name: self.known(name, wave) for name in dict.fromkeys(names) if self._exists(name, wave)}

    def _exists(self, name: str, wave: str) -> bool:
        derived = name in derived_names(self.playbook)
        return name in self.playbook.anchors or derived or (bool(wave) and name in self.playbook.waves)

    def _date(self, text: str, wave: str) -> DateValue | None:
        tree = parse_date(text).tree
        if tree is None:
            return None
        scope = self._scope((ref.name for ref in anchor_refs(tree)), wave)
        return evaluate_date(tree, scope, self.bench.calendar)

    def _estimated(self, text: str, wave: str, blank: PlannedAnchor) -> PlannedAnchor:
        found = self._date(text, wave)
        if found is None or found.earliest is None or found.latest is None:
            return replace(blank, reason_code=found.reason if found else UNKNOWN_ANCHOR)
        return _computed(blank, _span(found.earliest.day, found.latest.day), ESTIMATE)

    def _ruled(self, source: Computation, wave: str, blank: PlannedAnchor) -> PlannedAnchor:
        rule = source.rule or ""
        own = AnchorKey.parse(blank.name).name
        scope = self._scope((read for read in facts_read(rule, source.with_) if read != own), wave)
        ruling = self.bench.rule(rule, source.with_, scope, self.waves[wave].measure if wave else "")
        ruled = replace(blank, law=ruling.law, reason_code=ruling.reason)
        if ruling.first is None or ruling.last is None:
            return ruled
        return _computed(ruled, _span(ruling.first, ruling.last), RULE)

    def _council(self, source: Computation, wave: str, blank: PlannedAnchor) -> PlannedAnchor:
        after = self._date(source.after or "", wave)
        if after is None or after.value is None:
            return replace(blank, reason_code=after.reason if after else UNKNOWN_ANCHOR)
        day = next((day for day in self.council if day > after.value.day), None)
        if day is None:
            return replace(blank, reason_code=NO_COUNCIL_DAY)
        return _computed(blank, AnchorValue.estimated(day), RULE)

    def _derived(self, base: str, *, last: bool) -> Known:
        found = {wave: _seen(self.planned(base, wave)) for wave in self.waves}
        if len(found) > 1 and DEFAULT_WAVE in found and found[DEFAULT_WAVE].value.value is None:
            # The rest has no day of its own yet: those of the named waves are what is known.
            del found[DEFAULT_WAVE]
        parts = list(found.values())
        names = tuple(name for part in parts for name in part.names)
        unknown = [part for part in parts if part.value.value is None]
        if unknown:
            return Known(AnchorValue.unknown(), unknown[0].names, unknown[0].reason)
        pick = max if last else min
        value, earliest, latest = (
            pick(day for day in days if day is not None)
            for days in (
                [part.value.value for part in parts],
                [part.value.earliest for part in parts],
                [part.value.latest for part in parts],
            )
        )
        sure = least_sure(*(part.value.certainty for part in parts))
        return Known(AnchorValue(sure, value, earliest, latest), names)


def expression(declared: Anchor) -> str:
    """Return in one line what an anchor is computed from when nobody gives it."""
    if declared.estimate is not None:
        return declared.estimate
    if declared.from_ is None:
        return ""
    if declared.from_.rule is not None:
        return f"rule {declared.from_.rule}"
    return f"calendar {declared.from_.calendar} after {declared.from_.after}"


def _span(earliest: dt.date, latest: dt.date) -> AnchorValue:
    if earliest == latest:
        return AnchorValue.estimated(earliest)
    return AnchorValue.between(earliest, latest)


def _blank(name: str, declared: Anchor) -> PlannedAnchor:
    nothing = AnchorValue.unknown()
    text = expression(declared)
    return PlannedAnchor(name, declared.label, nothing, UNKNOWN, text, reason_code=UNKNOWN_ANCHOR)


def _computed(blank: PlannedAnchor, value: AnchorValue, origin: str) -> PlannedAnchor:
    return replace(blank, value=value, origin=origin, reason_code="")


def _seen(anchor: PlannedAnchor) -> Known:
    return Known(anchor.value, (anchor.name,), anchor.reason_code)
