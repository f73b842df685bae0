"""The rules by name: what a playbook, a person's list of deadlines and the lint ask for.

A fact is a date or an input under a fixed name (``FACTS``). A rule names the facts it needs and
those that refine its answer; a missing one never raises, it makes the answer ``depends``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from muutosturva.errors import NotFoundError
from muutosturva.rules import egf, mt55, municipal, negotiations, notice, persons
from muutosturva.rules.book import LawBook
from muutosturva.rules.case import Case, NoLawRow, RuleKind, Unknown
from muutosturva.rules.levels import Level, level
from muutosturva.rules.reasons import Reason
from muutosturva.rules.results import Answer, RuleResult
from muutosturva.rules.workdays import WorkCalendar

__all__ = ["FACTS", "RULES", "DateRule", "Level", "RuleKind", "evaluate", "level"]

_PROCEEDINGS: Final = ("bankruptcy", "restructuring")
_SERVICE: Final = ("employment_start", "service_years", "service_months")
_NOTICE_LENGTH: Final = (*_SERVICE, *_PROCEEDINGS, "contract_notice_months", "contract_notice_days")
OF_DISMISSED: Final = frozenset({"coaching_by", "occupational_health_until", "reemployment_until"})
"""Rules on what only the dismissed have (55/2001 7:13 and 6:6, 1383/2001 2 §): no wave of lay-offs or
part-time work has them. The rules of the 55+ package ask by their fact ``ending``."""
_MT55: Final = ("birth_date", *_SERVICE, "breaks_over_30", *_PROCEEDINGS, "ending")
_MEASURES: Final = ("dismissals", "others_90_days", "measure", "layoff_days")
_SIZES: Final = ("headcount", "employer_size", *_MEASURES, *_PROCEEDINGS)

FACTS: Final[Mapping[str, type]] = MappingProxyType(
    {
        "heard": dt.date,
        "proposal": dt.date,
        "authority_proposal": dt.date,
        "negotiations": dt.date,
        "decision": dt.date,
        "notice": dt.date,
        "end": dt.date,
        "duty_end": dt.date,
        "unemployed_from": dt.date,
        "registered": dt.date,
        "claim_due": dt.date,
        "egf_met": dt.date,
        "application": dt.date,
        "birth_date": dt.date,
        "employment_start": dt.date,
        "headcount": int,
        "dismissals": int,
        "others_90_days": int,
        "employer_size": int,
        "layoff_days": int,
        "holiday_pay_days": int,
        "service_years": float,
        "service_months": float,
        "contract_notice_months": int,
        "contract_notice_days": int,
        "bankruptcy": bool,
        "restructuring": bool,
        "breaks_over_30": bool,
        "new_job": bool,
        "insolvent": bool,
        "measure": str,
        "ending": str,
    }
)
"""Every fact a rule may ask for, with the type of its value.

``authority_proposal`` is the day the authority got the proposal, where it differs from
``proposal``. ``headcount`` counts those whom the measures concern, ``others_90_days`` those whom
other measures of the employer concern within the same 90 days, short lay-offs left out.
``service_years`` and the ``service_months`` over them are counted on the notice day. ``measure``
is ``dismissal`` (assumed), ``layoff``, ``part_time`` or ``change``; ``ending`` is ``dismissal``
(assumed), ``agreement``, ``resignation``, ``fixed_term`` or ``death``. ``contract_notice_months``
and ``_days`` are a notice period the contract or collective agreement sets. ``holiday_pay_days``
are the Monday-to-Friday days over which holiday pay is spread.
"""


@dataclass(frozen=True, slots=True)
class DateRule:
    """One named rule.

    Attributes:
        name: its name in playbooks and lists.
        kind: what sort of day it gives.
        needs: facts without which it can give no date.
        optional: facts that refine the answer, each ``depends`` until known where it matters.
        base: the fact its time is counted from, ``""`` for a verdict without one.
        law_of: the fact whose day selects the law.
        instead: a fact that may stand for ``base`` when that is not known, or "".
        decide: the rule itself, over a case.
    """

    name: str
    kind: RuleKind
    needs: tuple[str, ...]
    optional: tuple[str, ...]
    base: str
    law_of: str
    instead: str
    decide: Callable[[Case], RuleResult]

    def missing(self, facts: Mapping[str, object]) -> tuple[str, ...]:
        """Return the needed facts that are not known and for which no other stands."""
        spared = self.base if self.instead and facts.get(self.instead) is not None else ""
        return tuple(name for name in self.needs if name != spared and facts.get(name) is None)

    def plan_date(self, result: RuleResult) -> dt.date | None:
        """Return the day a plan works with, or None where the result has no date.

        A deadline and an earliest day give their ``safe_date``; an exact day gives ``date``.
        """
        if result.dates is None:
            return None
        return result.dates.date if self.kind is RuleKind.EXACT else result.dates.safe_date

    def plan_range(self, result: RuleResult) -> tuple[dt.date, dt.date] | None:
        """Return the first and last day a plan works with; one and the same unless a range."""
        first = self.plan_date(result)
        if first is None:
            return None
        if result.latest is None:
            return first, first
        exact = self.kind is RuleKind.EXACT
        return first, result.latest.date if exact else result.latest.safe_date


def _rule(
    kind: RuleKind,
    decide: Callable[[Case], RuleResult],
    *,
    needs: tuple[str, ...],
    optional: tuple[str, ...] = (),
    law_of: str,
    base: str = "",
    instead: str = "",
) -> DateRule:
    return DateRule(decide.__name__, kind, needs, optional, base, law_of, instead, decide)


_RULES: Final = (
    _rule(
        RuleKind.VERDICT,
        negotiations.must_negotiate,
        needs=("proposal",),
        optional=("employer_size", "headcount", *_MEASURES, "bankruptcy"),
        law_of="proposal",
    ),
    _rule(
        RuleKind.EARLIEST,
        negotiations.negotiations_earliest,
        needs=("proposal",),
        optional=_SIZES,
        base="proposal",
        law_of="proposal",
    ),
    _rule(
        RuleKind.VERDICT,
        negotiations.negotiation_days,
        needs=("proposal",),
        optional=_SIZES,
        law_of="proposal",
    ),
    _rule(
        RuleKind.EARLIEST,
        negotiations.negotiations_end_earliest,
        needs=("proposal", "negotiations"),
        optional=_SIZES,
        base="negotiations",
        law_of="proposal",
    ),
    _rule(
        RuleKind.EARLIEST,
        negotiations.decision_earliest,
        needs=("proposal", "negotiations"),
        optional=_SIZES,
        base="negotiations",
        law_of="proposal",
    ),
    _rule(
        RuleKind.EARLIEST,
        negotiations.earliest_end,
        needs=("proposal",),
        optional=("authority_proposal", "dismissals", "bankruptcy"),
        base="proposal",
        instead="authority_proposal",
        law_of="proposal",
    ),
    _rule(
        RuleKind.DEADLINE,
        negotiations.authority_copy_by,
        needs=("proposal", "negotiations"),
        optional=_SIZES,
        base="negotiations",
        law_of="proposal",
    ),
    _rule(
        RuleKind.VERDICT,
        negotiations.action_plan,
        needs=("proposal",),
        optional=("dismissals", "bankruptcy"),
        law_of="proposal",
    ),
    _rule(
        RuleKind.VERDICT,
        negotiations.authority_list,
        needs=("notice",),
        optional=("dismissals",),
        law_of="notice",
    ),
    _rule(
        RuleKind.EXACT,
        notice.notice_period_range,
        needs=("notice",),
        optional=(*_PROCEEDINGS, "proposal", "authority_proposal", "dismissals"),
        base="notice",
        law_of="notice",
    ),
    _rule(
        RuleKind.EXACT,
        notice.notice_period_end,
        needs=("notice",),
        optional=_NOTICE_LENGTH,
        base="notice",
        law_of="notice",
    ),
    _rule(
        RuleKind.VERDICT,
        notice.leave_days,
        needs=("notice",),
        optional=(*_NOTICE_LENGTH, "birth_date", "breaks_over_30", "ending"),
        law_of="notice",
    ),
    _rule(RuleKind.VERDICT, mt55.mt55_eligible, needs=("notice",), optional=_MT55, law_of="notice"),
    _rule(
        RuleKind.DEADLINE,
        mt55.mt55_register_by,
        needs=("notice",),
        optional=_MT55,
        base="notice",
        law_of="notice",
    ),
    _rule(
        RuleKind.DEADLINE,
        mt55.mt55_money_apply_by,
        needs=("notice", "end"),
        optional=_MT55,
        base="end",
        law_of="notice",
    ),
    _rule(
        RuleKind.DEADLINE,
        persons.coaching_by,
        needs=("notice", "end"),
        optional=("employer_size", *_SERVICE, *_PROCEEDINGS),
        base="end",
        law_of="notice",
    ),
    _rule(
        RuleKind.DEADLINE,
        persons.occupational_health_until,
        needs=("notice", "duty_end"),
        optional=("end", "employer_size", *_SERVICE, *_PROCEEDINGS),
        base="duty_end",
        law_of="notice",
    ),
    _rule(
        RuleKind.DEADLINE,
        persons.reemployment_until,
        needs=("end",),
        optional=("notice", *_SERVICE, "bankruptcy", "employer_size"),
        base="end",
        law_of="end",
    ),
    _rule(
        RuleKind.DEADLINE,
        persons.jobseeker_register_by,
        needs=("end",),
        optional=("unemployed_from", "new_job"),
        base="end",
        instead="unemployed_from",
        law_of="end",
    ),
    _rule(
        RuleKind.DEADLINE,
        persons.first_interview_by,
        needs=("registered",),
        optional=("end",),
        base="registered",
        instead="end",
        law_of="registered",
    ),
    _rule(
        RuleKind.DEADLINE,
        persons.pay_security_by,
        needs=("claim_due",),
        optional=("bankruptcy", "insolvent"),
        base="claim_due",
        law_of="claim_due",
    ),
    _rule(
        RuleKind.EXACT,
        municipal.municipal_share_from,
        needs=("end",),
        optional=("unemployed_from", "holiday_pay_days", "new_job"),
        base="end",
        instead="unemployed_from",
        law_of="end",
    ),
    _rule(
        RuleKind.DEADLINE,
        egf.egf_apply_by,
        needs=("egf_met",),
        optional=("application",),
        base="egf_met",
        law_of="application",
    ),
    _rule(
        RuleKind.DEADLINE,
        egf.egf_imminent_apply_by,
        needs=("proposal",),
        optional=("authority_proposal", "application"),
        base="proposal",
        instead="authority_proposal",
        law_of="application",
    ),
)

RULES: Final[Mapping[str, DateRule]] = MappingProxyType({rule.name: rule for rule in _RULES})
"""Every rule by its name."""


def evaluate(
    name: str, facts: Mapping[str, object], book: LawBook, calendar: WorkCalendar | None = None
) -> RuleResult:
    """Ask one rule about one case.

    Args:
        name: name of the rule, ``mt55_register_by``.
        facts: what is known, by the names of ``FACTS``; others are ignored, None is unknown.
        book: the rule book.
        calendar: working days of the area for the safe date; without one, nobody's closed days.

    Returns:
        The answer; ``depends`` names the facts that are missing, ``no_law_row`` the key
        for which the book has no row on the day that selects the law.

    Raises:
        NotFoundError: there is no such rule (``rules.unknown_rule``).
        UsageError: a date lies outside 1990-2100.
        TypeError: a fact has a value of another type than ``FACTS`` gives it.
    """
    rule = RULES.get(name)
    if rule is None:
        nearest = tuple(get_close_matches(name, RULES, n=1))
        raise NotFoundError("rules.unknown_rule", name=name, nearest=nearest)
    case = Case(name, rule.kind, facts, book, calendar or WorkCalendar())
    missing = rule.missing(facts)
    if rule.law_of in missing:
        return case.depends(missing)
    try:
        return rule.decide(case)
    except Unknown as unknown:
        return case.depends(unknown.names)
    except NoLawRow as gap:
        return RuleResult(
            rule=name,
            answer=Answer.NO_LAW_ROW,
            revision=book.revision,
            reason_code=Reason.NO_LAW_ROW,
            no_row_for=(gap.key, gap.on),
        )
