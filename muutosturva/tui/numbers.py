"""Numbers of people in sections: what counts and why, what does not agree, history, thresholds, level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muutosturva.i18n import Texts
from muutosturva.incidents.acts.firm_numbers import FirmNumbers
from muutosturva.incidents.pure.views import IncidentView, LogEntry
from muutosturva.incidents.told import counted, difference, narrative
from muutosturva.incidents.told.wording import people
from muutosturva.tui import words
from muutosturva.tui.backend.pages import IncidentPage
from muutosturva.tui.details import Section

THRESHOLD = "incidents.threshold_crossed"
LEVEL = "incidents.level_set"


def number_sections(texts: Texts, page: IncidentPage) -> tuple[Section, ...]:
    """Return what is known of the people, the most urgent first; empty sections are left out."""
    found = (
        Section(texts("tui.numbers.now"), tuple(_now(texts, page))),
        Section(texts("tui.numbers.linked"), tuple(_linked(texts, page.view))),
        Section(texts("tui.numbers.warnings"), tuple(_warnings(texts, page))),
        *_history(texts, page),
        Section(texts("tui.numbers.thresholds"), tuple(_told(texts, page, THRESHOLD))),
        Section(texts("tui.numbers.level"), tuple(_level(texts, page))),
    )
    return tuple(section for section in found if section.lines)


def _now(texts: Texts, page: IncidentPage) -> Iterator[str]:
    if not page.view.situation:
        yield from _counting(texts, page.numbers[0])
        return
    yield texts("tui.numbers.total", people=words.people_of(texts, page.view.people))
    missing = [firm.view.employer for firm in page.numbers if not firm.view.people.complete]
    if missing:
        yield texts("tui.numbers.missing", firms=texts.listing(missing))
    for firm in page.numbers:
        yield f"{firm.view.employer}: {' '.join(_counting(texts, firm))}"


def _counting(texts: Texts, firm: FirmNumbers) -> list[str]:
    return counted.lines(texts, firm.counted.numbers, firm.counted.countings)


def _linked(texts: Texts, view: IncidentView) -> Iterator[str]:
    """Return the firms that hang on this one, and how many of their people are counted already."""
    for link in view.links:
        yield texts(
            "tui.numbers.link",
            firm=link.name,
            kind=link.kind,
            people=texts.number(link.headcount),
            included=texts.number(link.included),
        )
    if view.beyond is not None:
        yield texts("tui.numbers.beyond", people=people(texts, view.beyond))


def _warnings(texts: Texts, page: IncidentPage) -> Iterator[str]:
    for firm in page.numbers:
        name = f"{firm.view.employer}: " if page.view.situation else ""
        for told in difference.warnings(texts, firm.counted.warnings):
            yield f"{words.LATE} {name}{told.text}"


def _history(texts: Texts, page: IncidentPage) -> Iterator[Section]:
    """Return each number with its revisions; those of a situation stand in its firms."""
    if page.view.situation:
        return
    [firm] = page.numbers
    sites = {site.id: site.name for site in firm.view.sites}
    for what, revisions in counted.history(texts, firm.history, sites):
        yield Section(what, revisions)


def _told(texts: Texts, page: IncidentPage, kind: str) -> Iterator[str]:
    entries = [entry for entry in page.log if entry.kind == kind]
    yield from _sentences(texts, page, entries)


def _sentences(texts: Texts, page: IncidentPage, entries: Sequence[LogEntry]) -> Iterator[str]:
    for line in narrative.lines(texts, entries, page.names):
        firm = f"{line.firm}: " if line.firm else ""
        yield f"{line.happened} {firm}{line.told}"


def _level(texts: Texts, page: IncidentPage) -> Iterator[str]:
    """Return the level with its criteria; where it was set by hand, by whom and why."""
    for firm in page.numbers:
        role = firm.level.lead.value if firm.level.lead else ""
        title = next((texts.pick(found.title) for found in firm.view.roles if found.role == role), role)
        lines = counted.level(texts, firm.level, title)
        if page.view.situation:
            yield f"{firm.view.employer}: {lines[0]}"
            continue
        yield from lines
        if firm.level.by_hand:
            latest = [entry for entry in page.log if entry.kind == LEVEL][:1]
            yield from _sentences(texts, page, latest)
