"""European Globalisation Adjustment Fund: criteria over dated counts, windows and deadlines.

The regulation in force on the application date decides (2021/691; before it 1309/2013 and
1927/2006), not the dates of the dismissals. A reference period runs from a day number to the
same day number, both included, as published cases count it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from muutosturva.rules.book import LawBook
from muutosturva.rules.case import Case, after, number
from muutosturva.rules.conditions import judge
from muutosturva.rules.reasons import Reason
from muutosturva.rules.results import Answer, LawRow, RuleResult
from muutosturva.rules.workdays import add_months


class Criterion(StrEnum):
    """The criteria of 2021/691 art. 4(2), each with its own length of the reference period."""

    ENTERPRISE = "a"
    """One enterprise with its suppliers and downstream producers."""
    SECTOR = "b"
    """One division of industry (NACE) in one region (NUTS 2) or two contiguous ones."""
    REGION = "c"
    """One region (NUTS 2), any sector."""


_PERIODS: Final[Mapping[Criterion, str]] = {
    Criterion.ENTERPRISE: "egf.period_enterprise",
    Criterion.SECTOR: "egf.period_sector",
    Criterion.REGION: "egf.period_region",
}


@dataclass(frozen=True, slots=True)
class Displacement:
    """People displaced on one day, by the counting date the member state has chosen.

    Lay-offs do not count and are never among them.

    Attributes:
        day: the counting date: notice to the authority, individual notice or end of contract.
        count: how many people.
        enterprise: the enterprise they belong to; for a supplier or agency, the main enterprise.
        division: NACE division of their employer, ``29``.
        region: NUTS 2 region of the workplace, ``FI1C``.
        incident: readable id of the incident they stand in, or "".
    """

    day: dt.date
    count: int
    enterprise: str
    division: str
    region: str
    incident: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The reference period of one criterion and one group that stands best.

    Attributes:
        criterion: which criterion.
        group: enterprise, or division and regions, or region.
        start, end: first and last day of the reference period, both included.
        counted: people displaced in it.
        threshold: how many the regulation asks for.
        reached_on: the day the threshold was reached, or None.
        apply_by: the application deadline counted from ``reached_on``, or None.
        apply_by_from_end: the same counted from ``end``, as applicants have done in practice.
        incidents: incidents that contribute, sorted.
        law: rows used.
    """

    criterion: Criterion
    group: tuple[str, ...]
    start: dt.date
    end: dt.date
    counted: int
    threshold: int
    reached_on: dt.date | None
    apply_by: dt.date | None
    apply_by_from_end: dt.date | None
    incidents: tuple[str, ...]
    law: tuple[LawRow, ...]

    @property
    def met(self) -> bool:
        """True when the threshold is reached within the period."""
        return self.reached_on is not None

    @property
    def missing(self) -> int:
        """How many people are missing from the threshold, 0 when it is met."""
        return max(0, self.threshold - self.counted)


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of a criterion, or why there are none.

    Attributes:
        windows: one for every group, those with most people first.
        revision: revision of the rule book.
        depends_on: ``application`` where no day of application is planned.
        no_row_for: the key and the application day for which the book has no row, or None.
    """

    windows: tuple[Window, ...] = ()
    revision: int = 0
    depends_on: tuple[str, ...] = ()
    no_row_for: tuple[str, dt.date] | None = None


def egf_apply_by(case: Case) -> RuleResult:
    """Return the last day for the state's application: 12 weeks from meeting the criterion.

    2021/691 art. 8(1). The regulation is that of the planned application; while none is planned,
    that of the day the criterion was met, and the answer "depends". Where no regulation is in
    force any more when the weeks run out, its own last day is the deadline.
    """
    met = case.day("egf_met")
    within = case.law("egf.apply_within", case.day_or_none("application") or met)
    last, reason = after(met, within), ""
    if within.valid_to is not None and case.book.row(within.key, last) is None:
        last, reason = within.valid_to, Reason.EGF_REGULATION_ENDS
    missing = case.unknown("application")
    answer = Answer.DEPENDS if missing else Answer.YES
    return case.answered(answer, case.dates(last, within), reason=reason, names=missing)


def egf_imminent_apply_by(case: Case) -> RuleResult:
    """Return the last day to apply for people at imminent risk, once the amendment is law.

    COM(2025)140: 14 weeks from the company's notice to the authorities. While the rule book
    holds it as a bill only, the answer is that there is no law row.
    """
    notified = case.day_or_none("authority_proposal") or case.day("proposal")
    planned = case.day_or_none("application")
    within = case.law("egf.imminent_apply_within", planned or notified)
    return judge(case, (), case.dates(after(notified, within), within), undecided=case.unknown("application"))


def reference_period(start: dt.date, months: int) -> tuple[dt.date, dt.date]:
    """Return a reference period: from a day number to the same one, both days included."""
    return start, add_months(start, months)


def egf_windows(
    criterion: Criterion,
    displaced: Iterable[Displacement],
    application: dt.date | None,
    book: LawBook,
    contiguous: Iterable[frozenset[str]] = (),
) -> Windows:
    """Return, for every group of a criterion, the reference period that stands best.

    That is the one in which the threshold is reached first or, where none reaches it, the one
    that counts most. Groups with most people come first.

    Args:
        criterion: the criterion asked about.
        displaced: dated counts; days and groups may repeat.
        application: the (planned) day of application, which selects the regulation; without it
            the answer depends on it.
        book: the rule book.
        contiguous: pairs of neighbouring regions, for the criterion of a sector.
    """
    if application is None:
        return Windows(revision=book.revision, depends_on=("application",))
    keys = ("egf.threshold", _PERIODS[criterion], "egf.apply_within")
    law = tuple(row for key in keys if (row := book.row(key, application)))
    if len(law) < len(keys):
        gap = next(key for key in keys if book.row(key, application) is None)
        return Windows(revision=book.revision, no_row_for=(gap, application))
    groups = _grouped(criterion, displaced, tuple(contiguous))
    windows = [_best(criterion, group, rows, law) for group, rows in groups.items()]
    return Windows(tuple(sorted(windows, key=lambda window: (-window.counted, window.group))), book.revision)


def _grouped(
    criterion: Criterion, displaced: Iterable[Displacement], contiguous: Sequence[frozenset[str]]
) -> dict[tuple[str, ...], list[Displacement]]:
    groups: dict[tuple[str, ...], list[Displacement]] = {}
    for item in displaced:
        for group in _groups_of(criterion, item, contiguous):
            groups.setdefault(group, []).append(item)
    return groups


def _groups_of(
    criterion: Criterion, item: Displacement, contiguous: Sequence[frozenset[str]]
) -> Iterator[tuple[str, ...]]:
    if criterion is Criterion.ENTERPRISE:
        yield (item.enterprise,)
    elif criterion is Criterion.REGION:
        yield (item.region,)
    else:
        yield item.division, item.region
        for pair in contiguous:
            if item.region in pair:
                yield item.division, *sorted(pair)


def _best(
    criterion: Criterion, group: tuple[str, ...], items: list[Displacement], law: tuple[LawRow, ...]
) -> Window:
    """Return the best of the periods that begin on a day of displacement; no other holds more."""
    ordered = sorted(items, key=lambda item: item.day)
    windows = [_window(criterion, group, ordered, start, law) for start in {item.day for item in ordered}]
    return min(windows, key=lambda w: (w.reached_on or dt.date.max, -w.counted, w.start))


def _window(
    criterion: Criterion,
    group: tuple[str, ...],
    ordered: list[Displacement],
    start: dt.date,
    law: tuple[LawRow, ...],
) -> Window:
    threshold_row, period, within = law
    threshold = number(threshold_row)
    first, last = reference_period(start, number(period))
    inside = [item for item in ordered if first <= item.day <= last]
    reached_on, counted = None, 0
    for item in inside:
        counted += item.count
        if reached_on is None and counted >= threshold:
            reached_on = item.day
    return Window(
        criterion=criterion,
        group=group,
        start=first,
        end=last,
        counted=counted,
        threshold=threshold,
        reached_on=reached_on,
        apply_by=after(reached_on, within) if reached_on else None,
        apply_by_from_end=after(last, within) if reached_on else None,
        incidents=tuple(sorted({item.incident for item in inside if item.incident})),
        law=law,
    )
