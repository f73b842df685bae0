"""Preview and trigger: one function makes the plan, the other saves exactly that plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final

from sqlmodel import Session

from muutosturva.areas.commuting import CommutingTable, touched_areas
from muutosturva.areas.queries import commuting_table, municipality
from muutosturva.areas.seed import shipped_table
from muutosturva.clock import HELSINKI, local_date
from muutosturva.coordination.playbook_checks import of_day
from muutosturva.coordination.shelf import at_hand
from muutosturva.errors import NotFoundError, Problem
from muutosturva.i18n import language_names, language_tag
from muutosturva.incidents.acts.opening import Opening, open_incident
from muutosturva.incidents.pure.firms import folded
from muutosturva.incidents.pure.publicity import RELEASE, opening_secrecy
from muutosturva.incidents.pure.slips import slipped
from muutosturva.incidents.pure.views import IncidentSummary, IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.models.states import RUNNING, OfficeDateKind, Secrecy
from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Site, Wave
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.planning.expand import expand
from muutosturva.playbooks.planning.suggest import fits
from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.workdays import WorkCalendar
from muutosturva.store.lawbook import load_book
from muutosturva.store.office_dates import load_calendar, office_dates
from muutosturva.store.store import Store

NOTIFY_SHARE: Final = "areas.notify_share"
"""Row of the rule book: from this share of the people on, a neighbour area is involved."""


@dataclass(frozen=True, slots=True)
class TriggerRequest:
    """What the group answers when it triggers a playbook.

    Attributes:
        playbook: id of a playbook, or path of a file.
        employer: name of the firm.
        municipality: where the workplace is, by its Finnish or Swedish name or its code, or "".
        sector: what the firm does, or "".
        inputs: answers to the playbook's inputs, typed; a missing one is unknown.
        anchors: dates by anchor name; ``heard`` is the present moment when missing.
        waves: groups with their own notice and last day.
        sites: workplaces; one for the municipality when none is given.
        languages: languages of the staff; those of the input ``languages`` when empty.
        areas: areas to involve; from the commuting table when empty.
        secrecy: who may know; None lets the answers decide (``incidents.publicity``).
        readable_id: wanted id, or "" for the next free one.
        roles: person by role, where somebody other than the roster's first is to take it.
        watch: True to open it as watched: planned, and nothing due until it becomes active.
    """

    playbook: str
    employer: str
    municipality: str = ""
    sector: str = ""
    inputs: Mapping[str, object] = field(default_factory=dict)
    anchors: Mapping[str, AnchorValue] = field(default_factory=dict)
    waves: tuple[Wave, ...] = ()
    sites: tuple[Site, ...] = ()
    languages: tuple[str, ...] = ()
    areas: tuple[AreaFact, ...] = ()
    secrecy: Secrecy | None = None
    readable_id: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    watch: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a trigger would save.

    Attributes:
        plan: the plan; its ``problems`` say what stands in the way.
        resolved: the playbook with its overlays merged, as it would be pinned.
        facts: what the plan was expanded from.
        same_firm: running incidents of the same firm, by id: perhaps it is being opened twice.
        slips: days given more than a year back, by the name of the date: perhaps the year is wrong.
        warnings: what the playbook is warned of on that day; it can be used all the same.
    """

    plan: Plan
    resolved: Resolved
    facts: Facts
    same_firm: tuple[IncidentSummary, ...] = ()
    slips: Mapping[str, dt.date] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A playbook the group may trigger.

    Attributes:
        playbook_id: its id.
        version: its version.
        title: its name, by language.
        description: what it is for, by language.
        fits: True or False by its ``suggest`` condition; None where that hangs on an answer.
        condition: the condition as written.
        own: True for a playbook of the office's own.
    """

    playbook_id: str
    version: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    fits: bool | None
    condition: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class StandingData:
    """What a plan rests on beside the facts: law, working days, council dates, commuting.

    Attributes:
        book: the rule book.
        calendar: working days of the area.
        council: days on which the council meets, in order.
        table: the commuting table.
    """

    book: LawBook
    calendar: WorkCalendar
    council: tuple[dt.date, ...]
    table: CommutingTable


def standing_data(store: Store | None) -> StandingData:
    """Return what plans rest on: the store's own, or what ships where there is no store."""
    if store is None:
        return StandingData(shipped_book(), WorkCalendar(), (), shipped_table())
    with store.reading() as session:
        return _standing_data(session, store.owner_area)


def _standing_data(session: Session, owner_area: str) -> StandingData:
    council = office_dates(session, owner_area, OfficeDateKind.COUNCIL)
    return StandingData(load_book(session), load_calendar(session), tuple(council), commuting_table(session))


def preview(
    store: Store | None, request: TriggerRequest, *, now: dt.datetime, library: Library | None = None
) -> Preview:
    """Return the plan a request would give; nothing is written.

    Args:
        store: the store whose law, calendar and commuting table count; None for what ships.
        request: the answers.
        now: aware datetime; the default of ``heard``.
        library: where playbooks are looked for; those of this machine when None.

    Raises:
        NotFoundError: no such playbook, or no such municipality in the store's areas.
        InputError: the playbook itself has problems.
    """
    return _preview(store, _normalised(store, request), now, library)


def preview_text(
    store: Store | None, request: TriggerRequest, resolved: Resolved, *, now: dt.datetime
) -> Plan:
    """Return the plan a request would give by a playbook already read; nothing is written.

    Raises:
        NotFoundError: no such municipality in the store's areas.
    """
    standing = standing_data(store)
    facts = _facts(_normalised(store, request), standing, resolved, now)
    return expand(resolved, facts, standing.calendar, standing.book, council=standing.council)


def _preview(
    store: Store | None, request: TriggerRequest, now: dt.datetime, library: Library | None
) -> Preview:
    standing = standing_data(store)
    told = of_day(standing.book, now)
    resolved, warnings = (library or at_hand()).usable(request.playbook, told)
    facts = _facts(request, standing, resolved, now)
    plan = expand(resolved, facts, standing.calendar, standing.book, council=standing.council)
    twice = same_firm(store, request.employer, now)
    slips = slipped(request.anchors, local_date(now))
    return Preview(plan, resolved, facts, twice, slips, warnings)


def same_firm(store: Store | None, employer: str, now: dt.datetime) -> tuple[IncidentSummary, ...]:
    """Return the running incidents of a firm, however its name is written; it may be opened all the same."""
    if store is None or not employer.strip():
        return ()
    wanted = folded(employer)
    with store.reading() as session:
        lines = queries.summaries(session, local_date(now))
    return tuple(
        line
        for line in lines
        if not line.situation and line.state in RUNNING and folded(line.employer) == wanted
    )


def _facts(request: TriggerRequest, standing: StandingData, resolved: Resolved, now: dt.datetime) -> Facts:
    anchors = dict(request.anchors)
    if "heard" in resolved.playbook.anchors and "heard" not in anchors:
        local = now.astimezone(HELSINKI)
        anchors["heard"] = AnchorValue.confirmed(
            local.date(), at=local.time().replace(second=0, microsecond=0)
        )
    languages = request.languages or _languages(request, resolved)
    return Facts(
        inputs=request.inputs,
        anchors=anchors,
        waves=request.waves,
        sites=request.sites or _default_sites(request),
        areas=request.areas or _areas(request, standing, local_date(now)),
        languages=languages,
        language_names={tag: language_names(tag) for tag in languages},
    )


def _default_sites(request: TriggerRequest) -> tuple[Site, ...]:
    """One workplace in the municipality named, so that steps repeated over sites have one."""
    if not request.municipality:
        return ()
    identity = request.municipality.casefold().replace(" ", "-")
    return (Site(identity, request.municipality, request.municipality),)


def _languages(request: TriggerRequest, resolved: Resolved) -> tuple[str, ...]:
    asked = resolved.playbook.inputs.get("languages")
    value = request.inputs.get("languages") or (asked.default if asked is not None else ())
    return tuple(str(tag) for tag in value) if isinstance(value, (list, tuple)) else ()


ALMOST: Final = 0.75
"""How like a known name a word must be to count as a slip of it, if it begins as that does.

Lahtu is meant to be Lahti; Utsjoki is not Padasjoki, nor Espoo Sipoo.
"""


def _normalised(store: Store | None, request: TriggerRequest) -> TriggerRequest:
    """Return a request with languages as tags and the place by its Finnish name, however they were typed.

    Raises:
        NotFoundError: no such municipality in the store's areas.
    """
    typed = request.inputs.get("languages")
    inputs = dict(request.inputs)
    if isinstance(typed, (list, tuple)):
        inputs["languages"] = [language_tag(str(name)) for name in typed]
    return replace(
        request,
        inputs=inputs,
        languages=tuple(language_tag(name) for name in request.languages),
        municipality=_municipality(store, request.municipality.strip()),
        sites=tuple(placed(store, site) for site in request.sites),
    )


def placed(store: Store | None, site: Site) -> Site:
    """Return a workplace with its municipality by the name the tables know.

    A workplace named by a word alone lies where its name says, or, where that is no municipality, where
    the firm does. One outside the areas of the tables keeps the municipality it was given: nobody can
    estimate where its people live, and the picture says so.

    Raises:
        NotFoundError: its municipality is spelt almost as one of the tables.
    """
    try:
        return replace(site, municipality=_municipality(store, site.municipality.strip()))
    except NotFoundError as error:
        if site.municipality == site.name:
            return replace(site, municipality="")
        if _almost(site.municipality, str(error.params.get("nearest", "")).split(", ")):
            raise
        return site


def _almost(typed: str, known: Iterable[str]) -> bool:
    word = typed.strip().casefold()
    names = [name.casefold() for name in known if name.casefold()[:1] == word[:1]]
    return bool(get_close_matches(word, names, cutoff=ALMOST))


def _municipality(store: Store | None, name: str) -> str:
    if store is None or not name:
        return name
    with store.reading() as session:
        return municipality(session, name).name


def _areas(request: TriggerRequest, standing: StandingData, today: dt.date) -> tuple[AreaFact, ...]:
    row = standing.book.row(NOTIFY_SHARE, today) or standing.book.last_known(NOTIFY_SHARE, today)
    if row is None or not request.municipality:
        return ()
    return tuple(
        AreaFact(area.slug, area.name, area.lead, area.share)
        for area in touched_areas(standing.table, request.municipality, float(row.value))
    )


def trigger(
    store: Store,
    request: TriggerRequest,
    *,
    actor: str,
    now: dt.datetime,
    library: Library | None = None,
) -> IncidentView:
    """Open an incident: the plan that ``preview`` gives is saved as it is.

    Raises:
        NotFoundError: no such playbook or municipality, or a named person is not in the roster.
        InputError: the playbook or the plan has problems, or the employer has no name.
        UsageError: the wanted id has another form.
        RefusedError: the wanted id is taken.
    """
    asked = _normalised(store, request)
    made = _preview(store, asked, now, library)
    return open_incident(store, _opening(asked, made, now), actor=actor, now=now)


def secrecy_of(request: TriggerRequest, made: Preview, now: dt.datetime) -> Secrecy:
    """Return the class an incident opens in: the one asked for, else what the answers say."""
    if request.secrecy is not None:
        return request.secrecy
    return opening_secrecy(made.facts.inputs, made.facts.anchors.get(RELEASE), now)


def _opening(request: TriggerRequest, made: Preview, now: dt.datetime) -> Opening:
    return Opening(
        plan=made.plan,
        facts=made.facts,
        playbook_text=made.resolved.text,
        employer=request.employer,
        municipality=request.municipality,
        sector=request.sector,
        secrecy=secrecy_of(request, made, now),
        readable_id=request.readable_id,
        roles=request.roles,
        watch=request.watch,
    )


def suggestions(
    store: Store | None, inputs: Mapping[str, object], *, now: dt.datetime, library: Library | None = None
) -> tuple[Suggestion, ...]:
    """Return the playbooks that can be triggered: those that fit first, then the undecided.

    Args:
        store: the store whose rule book counts; None for what ships.
        inputs: answers given so far.
        now: aware datetime; the levels of that day count.
        library: where playbooks are looked for; those of this machine when None.
    """
    standing = standing_data(store)
    shelf = library or at_hand()
    found = []
    for name in shelf.names():
        loaded = shelf.read(name).resolved
        if loaded is not None and loaded.playbook.kind == "incident" and not loaded.playbook.abstract:
            told = _suggestion(loaded, inputs, standing, local_date(now))
            found.append(replace(told, own=shelf.is_own(name)))
    order = {True: 0, None: 1, False: 2}
    return tuple(sorted(found, key=lambda suggestion: (order[suggestion.fits], suggestion.playbook_id)))


def _suggestion(
    resolved: Resolved, inputs: Mapping[str, object], standing: StandingData, today: dt.date
) -> Suggestion:
    playbook = resolved.playbook
    return Suggestion(
        playbook_id=playbook.id,
        version=playbook.version,
        title=playbook.title,
        description=playbook.description,
        fits=fits(resolved, inputs, today, standing.book),
        condition=playbook.suggest or "",
    )
