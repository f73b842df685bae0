"""The rules by name: what holds for every one of them, whatever the facts."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.errors import NotFoundError, UsageError
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.rules.book import LawBook, shipped_book
from muutosturva.rules.reasons import Reason
from muutosturva.rules.registry import FACTS, RULES, RuleKind, evaluate
from muutosturva.rules.results import Answer, RuleResult
from muutosturva.rules.workdays import WorkCalendar
from tests.rules.cases_of import LARGE, PERSON

BOOK = shipped_book()
CALENDAR = WorkCalendar()

Pair = tuple[dict[str, object], dict[str, object]]

ASSUMED = {"measure", "ending", "authority_proposal", "unemployed_from", "proposal"} | {
    name for name in FACTS if name.startswith(("contract_", "service_"))
}
"""Facts with a stated meaning while nobody gives them; they are given or not in both of a pair."""

LATER = {"municipal_share_from", "first_interview_by", "notice_period_range"}
"""Rules whose date, while a fact is missing, is the first possible one."""


@st.composite
def known_facts(draw: st.DrawFn) -> dict[str, object]:
    """Return the facts of a case in which everything is known."""
    proposal = draw(st.dates(dt.date(2022, 1, 1), dt.date(2029, 12, 31)))
    days = st.integers(0, 200)
    notice = proposal + dt.timedelta(days=draw(days))
    end = notice + dt.timedelta(days=draw(days))
    headcount = draw(st.integers(1, 60))
    flags = {name: draw(st.booleans()) for name, kind in FACTS.items() if kind is bool}
    return {
        **flags,
        "proposal": proposal,
        "negotiations": proposal + dt.timedelta(days=draw(st.integers(0, 60))),
        "notice": notice,
        "end": end,
        "duty_end": notice + (end - notice) / 2,
        "registered": end + dt.timedelta(days=1),
        "claim_due": end,
        "egf_met": notice,
        "application": notice + dt.timedelta(days=draw(days)),
        "birth_date": draw(st.dates(dt.date(1960, 1, 1), dt.date(1980, 12, 31))),
        "employment_start": draw(st.dates(dt.date(2005, 1, 1), proposal)),
        "headcount": headcount,
        "dismissals": draw(st.integers(0, headcount)),
        "others_90_days": draw(st.integers(0, 25)),
        "employer_size": draw(st.integers(1, 90)),
        "layoff_days": draw(st.integers(1, 180)),
        "holiday_pay_days": draw(st.integers(0, 40)),
        "measure": draw(st.sampled_from(["dismissal", "layoff", "part_time"])),
        "insolvent": flags["insolvent"] or flags["bankruptcy"],
    }


@st.composite
def case_and_less(draw: st.DrawFn) -> Pair:
    """Return the facts of a case, and the same with some of them not known."""
    known = draw(known_facts())
    hidden = draw(st.sets(st.sampled_from(sorted(set(known) - ASSUMED)), max_size=6))
    return known, {name: value for name, value in known.items() if name not in hidden}


def day_of(result: RuleResult) -> dt.date | None:
    return result.dates.date if result.dates else None


@given(pair=case_and_less())
def test_what_is_decided_without_a_fact_stays_decided_with_it(pair: Pair) -> None:
    """Three-valued answers are honest: yes and no are final, only "depends" may still turn."""
    known, less = pair
    for name in RULES:
        full, partial = evaluate(name, known, BOOK, CALENDAR), evaluate(name, less, BOOK, CALENDAR)
        assert full.answer is not Answer.DEPENDS, name
        if partial.answer is not Answer.DEPENDS:
            found = (partial.answer, day_of(partial), partial.days)
            assert found == (full.answer, day_of(full), full.days), name
        elif full.answer is Answer.YES and partial.dates and full.dates:
            latest = partial.latest or partial.dates
            assert partial.dates.date <= full.dates.date, name
            assert name in LATER or full.dates.date <= latest.date, name


@given(pair=case_and_less())
def test_a_missing_fact_is_named_and_only_a_missing_one(pair: Pair) -> None:
    _, less = pair
    for name, rule in RULES.items():
        result = evaluate(name, less, BOOK, CALENDAR)
        assert all(less.get(fact) is None for fact in result.depends_on), name
        assert (result.answer is Answer.DEPENDS) == bool(result.depends_on), name
        assert set(result.depends_on) <= {*rule.needs, *rule.optional}, name


@given(facts=known_facts())
def test_a_plan_is_on_the_safe_side_of_the_law(facts: dict[str, object]) -> None:
    """A deadline is planned on a working day that is never after it, an earliest day never before."""
    for name, rule in RULES.items():
        result = evaluate(name, facts, BOOK, CALENDAR)
        planned, dates = rule.plan_date(result), result.dates
        assert (planned is None) == (dates is None), name
        if planned is None or dates is None:
            continue
        if rule.kind is RuleKind.EXACT:
            assert planned == dates.date, name
            continue
        early = rule.kind is RuleKind.EARLIEST
        assert CALENDAR.is_working_day(planned), name
        assert planned >= dates.date if early else planned <= dates.date, name
        assert dates.last_date is None or dates.last_date >= dates.date, name


@pytest.mark.parametrize("name", RULES)
def test_without_any_fact_a_rule_says_what_it_needs(name: str) -> None:
    result = evaluate(name, {}, BOOK)

    assert result.answer is Answer.DEPENDS
    assert set(result.depends_on) <= set(RULES[name].needs)
    assert result.dates is None


@pytest.mark.parametrize("name", RULES)
def test_on_an_empty_rule_book_no_rule_guesses(name: str) -> None:
    """The answer names the key and the day for which a row is missing."""
    end = {"end": dt.date(2027, 9, 30), "duty_end": dt.date(2027, 9, 30), "claim_due": dt.date(2027, 9, 30)}
    facts = LARGE | PERSON | end | {"egf_met": dt.date(2027, 5, 3), "insolvent": True}

    result = evaluate(name, facts, LawBook(()))

    assert result.answer is Answer.NO_LAW_ROW
    assert result.reason_code == Reason.NO_LAW_ROW
    assert result.no_row_for is not None
    assert result.no_row_for[1] == facts[RULES[name].law_of] if RULES[name].law_of in facts else True


@pytest.mark.parametrize("name", RULES)
def test_a_rule_names_only_known_facts(name: str) -> None:
    rule = RULES[name]

    assert {*rule.needs, *rule.optional, rule.law_of} <= set(FACTS)
    assert {fact for fact in (rule.base, rule.instead) if fact} <= {*rule.needs, *rule.optional}
    assert rule.decide.__doc__


def test_an_unknown_rule_is_not_found_and_the_nearest_is_named() -> None:
    with pytest.raises(NotFoundError) as caught:
        evaluate("mt55_registr_by", LARGE, BOOK)

    assert caught.value.key == "rules.unknown_rule"
    assert caught.value.params == {"name": "mt55_registr_by", "nearest": ("mt55_register_by",)}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("proposal", dt.datetime(2027, 3, 1, tzinfo=dt.UTC)),
        ("proposal", "2027-03-01"),
        ("employer_size", "342"),
        ("employer_size", True),
        ("bankruptcy", "no"),
        ("measure", 1),
    ],
)
def test_a_fact_of_the_wrong_type_is_a_fault_of_the_caller(fact: str, value: object) -> None:
    with pytest.raises(TypeError, match=fact):
        evaluate(
            "must_negotiate", LARGE | {"employer_size": 45, "others_90_days": None} | {fact: value}, BOOK
        )


def test_a_date_outside_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match=r"rules\.year_out_of_range"):
        evaluate("mt55_register_by", LARGE | PERSON | {"notice": dt.date(2100, 12, 20)}, BOOK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_fact_and_reason_has_words(language: Language) -> None:
    texts = Texts(language)
    keys = [
        *(f"rules.rule.{name}" for name in RULES),
        *(f"rules.fact.{name}" for name in FACTS),
        *(f"rules.reason.{reason}" for reason in Reason),
    ]

    assert [key for key in keys if not texts.has(key)] == []
