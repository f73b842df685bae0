"""Rights and deadlines of one dismissed person beside notice, leave and the 55+ package."""

from __future__ import annotations

import datetime as dt

from muutosturva.rules.case import Case, after, number
from muutosturva.rules.conditions import Condition, judge, no_new_job, not_in
from muutosturva.rules.length_of_service import SERVICE_FACT, Service
from muutosturva.rules.reasons import Reason
from muutosturva.rules.results import LawRow, RuleResult
from muutosturva.rules.workdays import WorkCalendar

_DAY = dt.timedelta(days=1)


def coaching_by(case: Case) -> RuleResult:
    """Return the day by which coaching or training paid by the employer is due (55/2001 7:13).

    As a rule within two months of the end of employment; the law is that of the notice day. The
    employer has at least 30 employees, the service has lasted five years at the end, and the
    dismissal is an ordinary one, outside bankruptcy and restructuring proceedings.
    """
    notice = case.day("notice")
    within = case.law("tsl.coaching_months_after_end", notice)
    dates = case.dates_after("end", within, case.law("tsl.coaching_counted_from", notice))
    return judge(case, _coached(case, notice, "tsl.coaching"), dates, undecided=case.unknown("end"))


def occupational_health_until(case: Case) -> RuleResult:
    """Return the last day of occupational health care by the employer (1383/2001 2 §).

    Six months from the end of the duty to work, under the limits of ``coaching_by``.
    """
    notice = case.day("notice")
    dates = case.dates_after("duty_end", case.law("tsl.occ_health_months", notice))
    conditions = _coached(case, notice, "tsl.occ_health")
    return judge(case, conditions, dates, undecided=case.unknown("duty_end"))


def reemployment_until(case: Case) -> RuleResult:
    """Return the last day of the duty to offer work again (55/2001 6:6).

    Four months from the end of employment, six where the service had lasted twelve years at the
    end; not in bankruptcy. The end selects the law. Without the length of service, a range.
    """
    end = case.day("end")
    basic, longer = case.law("tsl.reemploy_months", end), case.law("tsl.reemploy_months_12y", end)
    limit = case.law("tsl.reemploy_months_12y.service_from", end)
    service = Service.of(case)
    first, last = case.dates(after(end, basic), basic, limit), case.dates(after(end, longer), longer, limit)
    conditions = (
        not_in(case, "bankruptcy", "tsl.reemploy_not_in_bankruptcy", end, Reason.REEMPLOY_BANKRUPTCY),
        _large(case, case.book.row("tsl.reemploy_employer_min", end), Reason.REEMPLOY_EMPLOYER_TOO_SMALL),
    )
    if service is None:
        return judge(case, conditions, first, latest=last, undecided=(SERVICE_FACT,))
    return judge(case, conditions, last if service.lasted(number(limit), end) else first)


def jobseeker_register_by(case: Case) -> RuleResult:
    """Return the last day to register as a jobseeker without loss: the first unemployment day.

    That is the day after the end of employment unless ``unemployed_from`` says otherwise; nobody
    with a new job needs it.
    """
    first = case.day_or_none("unemployed_from")
    row = case.law("svc.register_from_end", first or case.day("end"))
    dates = case.dates(first or after(case.day("end"), row), row)
    return judge(case, (no_new_job(case),), dates)


def first_interview_by(case: Case) -> RuleResult:
    """Return the last day for the first interview (380/2023): working days from registration.

    While nobody has registered, counted from the day registration is due, the day after the end
    of employment, and "depends". An area's own closed days do not lengthen the law's time.
    """
    registered = case.day_or_none("registered")
    start = registered or after(case.day("end"), case.law("svc.register_from_end", case.day("end")))
    within = case.law("svc.first_interview", start)
    dates = case.dates(WorkCalendar().add_working_days(start, number(within)), within)
    return judge(case, (), dates, undecided=() if registered else ("registered",))


def pay_security_by(case: Case) -> RuleResult:
    """Return the last day to apply for pay security for a claim (866/1998): three months.

    From the due date of the claim, which selects the law; the employer is insolvent, as it is
    in bankruptcy.
    """
    due = case.day("claim_due")
    within = case.law("pt.apply_within", due)
    insolvent = True if case.flag("bankruptcy") else case.flag("insolvent")
    condition = Condition(insolvent, Reason.PAY_SECURITY_SOLVENT, ("insolvent",))
    return judge(case, (condition,), case.dates(after(due, within), within))


def _large(case: Case, least: LawRow | None, reason: str) -> Condition:
    if least is None:
        return Condition(met=True)
    size = case.number("employer_size")
    met = None if size is None else size >= number(least)
    return Condition(met, reason, ("employer_size",), (least,))


def _coached(case: Case, notice: dt.date, prefix: str) -> tuple[Condition, ...]:
    limit = case.law(f"{prefix}_employer_min", notice)
    barred = "tsl.coaching_not_in_"
    return (
        _large(case, limit, Reason.COACHING_EMPLOYER_TOO_SMALL),
        _served(case, case.law(f"{prefix}_service_min", notice), notice),
        not_in(case, "bankruptcy", f"{barred}bankruptcy", notice, Reason.COACHING_BANKRUPTCY),
        not_in(case, "restructuring", f"{barred}restructuring", notice, Reason.COACHING_RESTRUCTURING),
    )


def _served(case: Case, least: LawRow, notice: dt.date) -> Condition:
    """Judge the service at the end; while that is not known, what suffices earlier is enough."""
    service, end = Service.of(case), case.day_or_none("end")
    if service is None:
        return Condition(None, names=(SERVICE_FACT,), law=(least,))
    met = service.lasted(number(least), end or case.day_or_none("duty_end") or notice)
    if not met and end is None:
        return Condition(None, names=("end",), law=(least,))
    return Condition(met, Reason.COACHING_SHORT_SERVICE, law=(least,))
