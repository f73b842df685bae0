"""Judging what was given as dates and waves, before anything is computed from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from muutosturva.errors import Problem, nearest
from muutosturva.playbooks.facts import DEFAULT_WAVE, MOST_PEOPLE, AnchorValue, Facts, Wave
from muutosturva.playbooks.language.schema import Playbook
from muutosturva.playbooks.planning.anchors import derived_names
from muutosturva.rules.short_texts import one_line, short_text_problems
from muutosturva.rules.workdays import FIRST_YEAR, LAST_YEAR

ANCHOR_YEARS: Final = "playbooks.anchor_years"
"""Code of a given date whose year the calendar does not know."""

_DISMISSAL: Final = "dismissal"
_WAVE_ID: Final = re.compile(r"[\w-]{1,40}")


def judge_givens(playbook: Playbook, facts: Facts) -> tuple[Problem, ...]:
    """Return everything wrong with the given anchors, waves and sites."""
    return (
        *_missing(playbook, facts),
        *_anchors(playbook, facts.anchors, "--anchor "),
        *_waves(playbook, facts),
        *_sites(facts),
    )


def waves_of(facts: Facts, dismissals: int | None, people: int | None) -> tuple[Wave, ...]:
    """Return the waves of a plan: the given ones and the rest, or the one wave of everybody.

    Args:
        facts: what is known.
        dismissals: people dismissed, or None.
        people: everybody affected, or None.
    """
    # A wave without an id is told of and left out: nothing could be named by it.
    named = tuple(wave for wave in facts.waves if wave.id not in {DEFAULT_WAVE, ""})
    given = next((wave for wave in facts.waves if wave.id == DEFAULT_WAVE), None)
    if not named:
        everybody = given or Wave(DEFAULT_WAVE)
        count = next((number for number in (dismissals, people) if number), None)
        return (everybody if everybody.count is not None else replace(everybody, count=count),)
    rest = rest_of(named, dismissals, people)
    if given is not None and given.count is not None:
        return (*named, given)
    if rest is None:
        return named
    return (*named, replace(given or rest, count=rest.count))


def rest_of(waves: Iterable[Wave], dismissals: int | None, people: int | None) -> Wave | None:
    """Return the wave of those who are in no named wave; None where the named ones hold all.

    The dismissed are compared with the waves of dismissals; while nobody knows how many are dismissed,
    everybody affected is compared with all waves. Where a wave of unknown size may hold the others, the
    rest has no number. Without any number there is nothing to compare with, and no rest.
    """
    named = [wave for wave in waves if wave.id != DEFAULT_WAVE]
    number = people
    if dismissals is not None:
        named, number = [wave for wave in named if wave.measure == _DISMISSAL], dismissals
    known = sum(wave.count or 0 for wave in named)
    if number is None or known >= number:
        return None
    unsure = any(wave.count is None for wave in named)
    return Wave(DEFAULT_WAVE, count=None if unsure else number - known)


def _problem(path: str, code: str, **params: object) -> Problem:
    return Problem(f"playbooks.{code}", params, path=path)


def _missing(playbook: Playbook, facts: Facts) -> Iterator[Problem]:
    for name, anchor in playbook.anchors.items():
        if anchor.required and name not in facts.anchors:
            yield _problem(f"--anchor {name}", "anchor_missing", name=name)


def _anchors(playbook: Playbook, given: Mapping[str, AnchorValue], prefix: str) -> Iterator[Problem]:
    known = (*playbook.anchors, *playbook.waves)
    for name, value in given.items():
        path = f"{prefix}{name}"
        if name in derived_names(playbook):
            yield _problem(path, "anchor_derived", name=name)
        elif name not in known:
            yield _problem(path, "anchor_unknown", name=name, nearest=nearest(name, known))
        else:
            yield from _date(path, name, value)


def _date(path: str, name: str, value: AnchorValue) -> Iterator[Problem]:
    yield from short_text_problems(value.source, path)
    days = [day for day in (value.value, value.earliest, value.latest) if day is not None]
    if any(not FIRST_YEAR < day.year < LAST_YEAR for day in days):
        params = {"name": name, "first": FIRST_YEAR + 1, "last": LAST_YEAR - 1}
        yield Problem(ANCHOR_YEARS, params, path=path)
    if value.earliest is not None and value.latest is not None and value.latest < value.earliest:
        yield _problem(path, "anchor_backwards", name=name, earliest=value.earliest, latest=value.latest)


def _waves(playbook: Playbook, facts: Facts) -> Iterator[Problem]:
    for name, count in Counter(wave.id for wave in facts.waves).items():
        if count > 1:
            yield _problem(f"wave {name}", "wave_twice", wave=name)
    sites = [site.id for site in facts.sites]
    for wave in facts.waves or (Wave(DEFAULT_WAVE),):
        yield from _wave(playbook, wave, sites)
        yield from _order(wave, {**facts.anchors, **wave.anchors})


def _wave(playbook: Playbook, wave: Wave, sites: Iterable[str]) -> Iterator[Problem]:
    path = f"wave {wave.id}"
    if not _WAVE_ID.fullmatch(wave.id):
        yield _problem(path, "wave_id", wave=wave.id)
    yield from short_text_problems(wave.label, f"{path} label")
    if wave.count is not None and wave.count < 0:
        yield _problem(path, "wave_negative", wave=wave.id, count=wave.count)
    if wave.count is not None and wave.count > MOST_PEOPLE:
        yield _problem(path, "wave_large", wave=wave.id, limit=MOST_PEOPLE)
    if wave.site and wave.site not in sites:
        yield _problem(path, "wave_site", wave=wave.id, site=wave.site, nearest=nearest(wave.site, sites))
    for name, value in wave.anchors.items():
        if name not in playbook.waves:
            near = nearest(name, playbook.waves)
            yield _problem(f"{path} {name}", "wave_anchor", wave=wave.id, name=name, nearest=near)
        else:
            yield from _date(f"{path} {name}", name, value)


def _order(wave: Wave, given: Mapping[str, AnchorValue]) -> Iterator[Problem]:
    notice, end = given.get("notice"), given.get("end")
    if notice is None or end is None or notice.earliest is None or end.latest is None:
        return
    if end.latest < notice.earliest:
        path = f"wave {wave.id} end"
        yield _problem(path, "end_before_notice", wave=wave.id, notice=notice.earliest, end=end.latest)


def _sites(facts: Facts) -> Iterator[Problem]:
    for name, count in Counter(site.id for site in facts.sites).items():
        if count > 1:
            yield _problem(f"site {name}", "site_twice", site=name)
    for site in facts.sites:
        yield from short_text_problems(site.name, f"site {one_line(site.id)[:40]}")
        if site.headcount is not None and site.headcount < 0:
            yield _problem(f"site {site.id}", "site_negative", site=site.id, count=site.headcount)
        if site.headcount is not None and site.headcount > MOST_PEOPLE:
            yield _problem(f"site {site.id}", "site_large", site=site.id, limit=MOST_PEOPLE)
