"""The change security of those who are 55 or older (669/2022, 670/2022, in force 1.1.2023).

The notice day selects the law and is the day on which age and service are judged.
"""

from __future__ import annotations

import datetime as dt

from muutosturva.rules.case import Case, after, number
from muutosturva.rules.conditions import Condition, judge, not_in
from muutosturva.rules.length_of_service import SERVICE_FACT, Service
from muutosturva.rules.reasons import Reason
from muutosturva.rules.results import RuleResult
from muutosturva.rules.workdays import add_months


def mt55_eligible(case: Case) -> RuleResult:
    """Tell whether a dismissed person has the 55+ change security (1290/2002 9 luku).

    55 at latest on the notice day, at least five years' service that day with breaks of at
    most 30 days in all, dismissed by the employer, not in bankruptcy or restructuring
    proceedings. Registration within 60 days, the last condition, is ``mt55_register_by``.
    """
    return judge(case, _conditions(case))


def mt55_register_by(case: Case) -> RuleResult:
    """Return the last day to register as a jobseeker: the notice day and 60 days (670/2022 5 a:2).

    The date stands also where it is not known whether the person is eligible.
    """
    notice = case.day("notice")
    within = case.law("mt55.register_within", notice)
    return judge(case, _conditions(case), case.dates(after(notice, within), within))


def mt55_money_apply_by(case: Case) -> RuleResult:
    """Return the last day to apply for the allowance: three months from the end of employment.

    Unemployment security act 1290/2002 9 luku; the law is that of the notice day.
    """
    within = case.law("mt55.money_apply_within", case.day("notice"))
    dates = case.dates_after("end", within)
    return judge(case, _conditions(case), dates, undecided=case.unknown("end"))


def _conditions(case: Case) -> tuple[Condition, ...]:
    notice = case.day("notice")
    return (
        _old_enough(case, notice),
        _served_enough(case, notice),
        _dismissed(case),
        not_in(case, "bankruptcy", "mt55.not_in_bankruptcy", notice, Reason.MT55_BANKRUPTCY),
        not_in(case, "restructuring", "mt55.not_in_restructuring", notice, Reason.MT55_RESTRUCTURING),
        _unbroken(case, notice),
    )


def _old_enough(case: Case, notice: dt.date) -> Condition:
    age, birth = case.law("mt55.age", notice), case.day_or_none("birth_date")
    met = None if birth is None else add_months(birth, 12 * number(age)) <= notice
    return Condition(met, Reason.MT55_TOO_YOUNG, ("birth_date",), (age,))


def _served_enough(case: Case, notice: dt.date) -> Condition:
    years, service = case.law("mt55.service", notice), Service.of(case)
    met = None if service is None else service.at_least(number(years), notice)
    return Condition(met, Reason.MT55_SHORT_SERVICE, (SERVICE_FACT,), (years,))


def _dismissed(case: Case) -> Condition:
    return Condition(case.word("ending") in {None, "dismissal"}, Reason.MT55_NOT_DISMISSED)


def _unbroken(case: Case, notice: dt.date) -> Condition:
    longest, broken = case.law("mt55.breaks_max", notice), case.flag("breaks_over_30")
    met = None if broken is None else not broken
    return Condition(met, Reason.MT55_BREAKS, ("breaks_over_30",), (longest,))
