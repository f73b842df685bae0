"""What a worked case gives, as the facts a plan is made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Final, Protocol, TypeVar

from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Site, Wave
from muutosturva.playbooks.language.worked_cases import Given, GivenWave

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_AnyNamed = TypeVar("_AnyNamed", bound=_Named)


def parse_anchor(text: str) -> AnchorValue | None:
    """Return the date a test writes: ISO, ``~`` estimated, ``..`` a range, ``?`` unknown; None if none."""
    if text == "?":
        return AnchorValue.unknown()
    try:
        if ".." in text:
            first, _, last = text.partition("..")
            return AnchorValue.between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        match = _DAY.fullmatch(text.removeprefix("~"))
        if match is None:
            return None
        day = dt.date.fromisoformat(match[1])
        at = dt.time.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    return AnchorValue.estimated(day) if text.startswith("~") else AnchorValue.confirmed(day, at=at)


def facts_of(given: Given) -> tuple[Facts, dict[str, str]]:
    """Return the facts of a case, and the dates in it that cannot be read: text by name."""
    anchors, wrong = _anchors(given.anchors)
    waves = []
    for wave in given.waves:
        own, bad = _anchors(_wave_dates(wave))
        wrong.update({f"{wave.id} {name}": text for name, text in bad.items()})
        waves.append(Wave(wave.id, wave.label, wave.site, wave.measure, wave.count, own))
    facts = Facts(
        inputs=given.inputs,
        anchors=anchors,
        waves=tuple(waves),
        sites=tuple(Site(site.id, site.name, site.municipality, site.headcount) for site in given.sites),
        areas=tuple(AreaFact(area.id, area.name, area.lead) for area in given.areas),
        languages=given.languages,
        cohorts=given.cohorts,
    )
    return facts, wrong


def learned(known: Given, news: Given) -> Given:
    """Return what is known after news: a value told again replaces the old one, the others stay."""
    return Given(
        inputs={**known.inputs, **news.inputs},
        anchors={**known.anchors, **news.anchors},
        sites=_by_id(known.sites, news.sites),
        areas=_by_id(known.areas, news.areas),
        waves=_by_id(known.waves, news.waves),
        languages=tuple(dict.fromkeys((*known.languages, *news.languages))),
        cohorts=tuple(dict.fromkeys((*known.cohorts, *news.cohorts))),
        council=tuple(dict.fromkeys((*known.council, *news.council))),
    )


def _by_id(known: Iterable[_AnyNamed], news: Iterable[_AnyNamed]) -> tuple[_AnyNamed, ...]:
    return tuple({each.id: each for each in (*known, *news)}.values())


def _wave_dates(wave: GivenWave) -> dict[str, str]:
    return {name: text for name, text in (("notice", wave.notice), ("end", wave.end)) if text is not None}


def _anchors(texts: Mapping[str, str]) -> tuple[dict[str, AnchorValue], dict[str, str]]:
    read = {name: parse_anchor(text) for name, text in texts.items()}
    return (
        {name: value for name, value in read.items() if value is not None},
        {name: texts[name] for name, value in read.items() if value is None},
    )
