"""Who could know what, and when: computed from the log and the access list; no session, no clock.

Event time counts, not record time: what was public on Monday at ten was so, even when the group wrote
it down in the afternoon.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from muutosturva.clock import HELSINKI
from muutosturva.incidents.pure.figures import stage_rank
from muutosturva.incidents.pure.views import FigureView, LogEntry
from muutosturva.models.states import Secrecy, Stage
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.playbooks.plan import TextMap

PUBLISHED: Final = "incidents.published"
SECRECY_SET: Final = "incidents.secrecy_set"
OPENED: Final = frozenset({"incidents.opened", "incidents.grouped"})

LISTED: Final = "listed"
"""Input of the playbooks: is the employer, or its parent, listed on a stock exchange."""
RELEASE: Final = "release"
"""Anchor of the playbooks: the company's own release."""


@dataclass(frozen=True, slots=True)
class Access:
    """One person's time inside a restricted incident.

    Attributes:
        name: as the log names people.
        ground: ``role``, ``task``, ``firm`` (inside a firm of the situation), ``opened`` (opened it),
            ``present`` (made it restricted) or ``given``.
        detail: the role's id, the task's key, the firm's incident, or the reason as typed.
        granted_by: who let the person in.
        granted_at: from when on, as it happened.
        recorded_at: when that was written down.
        ended_at: until when; None for those inside.
        title: what the role or the task of ``detail`` is called, by language.
    """

    name: str
    ground: str
    detail: str
    granted_by: str
    granted_at: dt.datetime
    recorded_at: dt.datetime
    ended_at: dt.datetime | None
    title: TextMap = field(default_factory=dict)

    def inside(self, moment: dt.datetime) -> bool:
        """Tell whether the person could know at a moment."""
        return self.granted_at <= moment and (self.ended_at is None or moment < self.ended_at)


@dataclass(frozen=True, slots=True)
class Turn:
    """The class an incident took, and from when on.

    Attributes:
        moment: when it happened.
        recorded: when it was written down.
        secrecy: the class.
        source: who made it public, where that was not the company; else "".
        by_company: True when the company's own release made it public.
        reason: why, as typed; "" at the opening.
        actor: who wrote it down.
    """

    moment: dt.datetime
    recorded: dt.datetime
    secrecy: Secrecy
    source: str
    by_company: bool
    reason: str
    actor: str


@dataclass(frozen=True, slots=True)
class NumberThen:
    """A number of people as it stood at a moment.

    Attributes:
        figure: the revision that stood then, or the older one that was the last to be told in public.
        public_since: since when everybody could know it then; None where nobody has recorded that.
    """

    figure: FigureView
    public_since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Publicity:
    """What the log says of who could know of an incident at one moment.

    Attributes:
        moment: the moment asked about.
        secrecy: the class then; None before the incident was known of.
        public_since: since when it was public then; None while it was not.
        source: who made it public, where that was not the company; else "".
        inside: those on the access list then; () when the class asked for none.
        turns: every change of class up to the moment, oldest first.
        numbers: the numbers said by then, the public ones first.
    """

    moment: dt.datetime
    secrecy: Secrecy | None
    public_since: dt.datetime | None
    source: str
    inside: tuple[Access, ...]
    turns: tuple[Turn, ...]
    numbers: tuple[NumberThen, ...] = ()


def strictest(classes: Iterable[Secrecy]) -> Secrecy:
    """Return the class of what holds something of each class; of nothing it is public."""
    order = tuple(Secrecy)
    return min(classes, key=order.index, default=Secrecy.PUBLIC)


def opening_secrecy(inputs: Mapping[str, object], release: AnchorValue | None, now: dt.datetime) -> Secrecy:
    """Return the class an incident opens in when nobody says another.

    What a listed company has not published may be inside information (MAR 596/2014 art. 7 and 18
    [sure]; that an office's note of it is, is for the group to judge [unsure]); so it is restricted
    until the release is known to have happened.
    """
    if inputs.get(LISTED) is True and not has_happened(release, now):
        return Secrecy.RESTRICTED
    return Secrecy.GROUP


def has_happened(release: AnchorValue | None, now: dt.datetime) -> bool:
    """Tell whether a release is confirmed and past; a day without a clock time is past when it is over."""
    planned = planned_moment(release)
    return (
        planned is not None
        and release is not None
        and release.certainty is Certainty.CONFIRMED
        and planned <= now
    )


def planned_moment(release: AnchorValue | None) -> dt.datetime | None:
    """Return when a release is to be out at the latest; None when its day is not known."""
    if release is None or release.value is None:
        return None
    if release.at is not None:
        return dt.datetime.combine(release.value, release.at, HELSINKI)
    return dt.datetime.combine(release.value + dt.timedelta(days=1), dt.time(), HELSINKI)


def release_is_due(secrecy: Secrecy, release: AnchorValue | None, now: dt.datetime) -> bool:
    """Tell whether a restricted incident's release should be out by now.

    The clock alone lifts nothing: a release may be late, so somebody must say that it happened.
    """
    planned = planned_moment(release)
    return secrecy is Secrecy.RESTRICTED and planned is not None and planned <= now


def publicity(
    entries: Sequence[LogEntry],
    access: Sequence[Access],
    now_class: Secrecy,
    moment: dt.datetime,
    figures: Sequence[FigureView] = (),
) -> Publicity:
    """Return who could know of an incident at a moment.

    Args:
        entries: the incident's own log, in any order.
        access: its access list, ended places too.
        now_class: the class it has now; counts where the log of an older store is silent.
        moment: the moment asked about, aware.
        figures: every revision of its numbers, in the order they were written down.
    """
    # Of turns at one moment the one written down last counts: they come in the order of the log.
    turns = sorted(_turns(entries, now_class), key=lambda turn: (turn.moment, turn.recorded))
    past = tuple(turn for turn in turns if turn.moment <= moment)
    secrecy = past[-1].secrecy if past else None
    since = _since(past)
    return Publicity(
        moment=moment,
        secrecy=secrecy,
        public_since=since.moment if since else None,
        source=since.source if since else "",
        inside=()
        if secrecy in {Secrecy.GROUP, Secrecy.PUBLIC}
        else tuple(place for place in access if place.inside(moment)),
        turns=past,
        numbers=numbers_then(figures, _since(past, by_company=True), moment),
    )


def numbers_then(
    figures: Sequence[FigureView], released: Turn | None, moment: dt.datetime
) -> tuple[NumberThen, ...]:
    """Return the numbers that stood at a moment, those everybody could know first.

    The company's news are read as telling what it had announced by then; where no number is kept as
    announced, the numbers that stood. Later ones are public when the company announces them. What leaked
    is not taken for the numbers the company told the authority.

    Args:
        figures: every revision, in the order they were written down.
        released: the turn by which the company's news were out at the moment; None while they were not.
        moment: the moment asked about.
    """
    out = _told_in_public(figures, released, moment)
    public = [NumberThen(figure, since) for figure, since in out if figure.high is not None]
    known = [
        NumberThen(figure, None)
        for figure in _standing(figures, moment)
        if figure.high is not None and figure not in [one.figure for one in public]
    ]
    return (*public, *known)


def _told_in_public(
    figures: Sequence[FigureView], released: Turn | None, moment: dt.datetime
) -> list[tuple[FigureView, dt.datetime]]:
    """Return the last number of each measure and site that everybody could know, and since when."""
    if released is None:
        return []
    stood = sorted(_standing(figures, released.moment), key=lambda one: stage_rank(one.stage))
    announced = [figure for figure in stood if figure.stage is Stage.ANNOUNCED]
    told = {(one.measure, one.site): (one, released.moment) for one in announced or stood}
    for figure in sorted(figures, key=lambda one: one.event_time):
        if figure.stage is Stage.ANNOUNCED and released.moment < figure.event_time <= moment:
            told[figure.measure, figure.site] = (figure, figure.event_time)
    return list(told.values())


def _standing(figures: Sequence[FigureView], moment: dt.datetime) -> list[FigureView]:
    """Return the last revision of each number that was said by a moment."""
    stood = {
        (figure.stage, figure.measure, figure.site): figure
        for figure in sorted(figures, key=lambda one: one.event_time)
        if figure.event_time <= moment
    }
    return list(stood.values())


def _turns(entries: Sequence[LogEntry], now_class: Secrecy) -> list[Turn]:
    changes = [entry for entry in entries if entry.kind in {PUBLISHED, SECRECY_SET}]
    first = min(changes, key=lambda entry: (entry.event_time, entry.seq), default=None)
    begun = now_class if first is None else Secrecy(_text(first, "old") or now_class)
    openings = sorted((entry for entry in entries if entry.kind in OPENED), key=lambda entry: entry.seq)
    found = [_turn(entry, _text(entry, "secrecy") or begun) for entry in openings[:1]]
    ordered = sorted(changes, key=lambda entry: entry.seq)
    return found + [_turn(entry, _text(entry, "new") or now_class) for entry in ordered]


def _turn(entry: LogEntry, secrecy: str) -> Turn:
    return Turn(
        moment=entry.event_time,
        recorded=entry.record_time,
        secrecy=Secrecy(secrecy),
        source=_text(entry, "source"),
        by_company=bool((entry.payload or {}).get("by_company")),
        reason=_text(entry, "reason"),
        actor=entry.actor,
    )


def _text(entry: LogEntry, name: str) -> str:
    return str((entry.payload or {}).get(name) or "")


def _since(turns: Sequence[Turn], *, by_company: bool = False) -> Turn | None:
    """Return the turn that made it public, or with the company's own news, if it is so after the last one."""
    since: Turn | None = None
    for turn in turns:
        if turn.secrecy is not Secrecy.PUBLIC:
            since = None
        elif since is None and not (by_company and turn.source):
            since = turn
    return since
