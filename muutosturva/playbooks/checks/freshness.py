"""What time does to a playbook: its own last day, the day it should be read again, the law under it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from muutosturva.errors import Problem, UsageError, nearest
from muutosturva.playbooks.checks.outside import Outside
from muutosturva.playbooks.checks.parts import RuleCall, rule_calls
from muutosturva.playbooks.language.schema import Playbook, Review
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.loading.source import Path, problem_at
from muutosturva.playbooks.planning.repeat import split_length
from muutosturva.rules.book import LawBook
from muutosturva.rules.registry import FACTS, RULES, evaluate
from muutosturva.rules.results import Confidence, RuleResult
from muutosturva.rules.workdays import WorkCalendar, add_months

EASY_FINNISH: Final = "selko"
"""Tag of easy Finnish, which no register of languages knows."""
_ACT: Final = re.compile(r"(?<![\w/])\d{1,4}/\d{2,4}(?![\w/])")
"""Number of an act, a regulation or a bill: ``1333/2021``, ``2021/691``, ``207/2022``."""
_BILL: Final = re.compile(r"\b(HE|RP|COM)\b")


def validity_passed(resolved: Resolved, outside: Outside) -> Iterator[Problem]:
    """The day lies between the first and the last day of the playbook."""
    valid, on = resolved.playbook.valid, outside.on
    if valid is None or on is None:
        return
    if valid.until is not None and valid.from_ <= valid.until < on:
        yield problem_at(resolved.place(("valid", "until")), "validity_passed", until=valid.until)
    elif on < valid.from_:
        yield problem_at(resolved.place(("valid", "from")), "validity_ahead", day=valid.from_)


def review_passed(resolved: Resolved, outside: Outside) -> Iterator[Problem]:
    """It was read through not longer ago than it says it should be."""
    on, review = outside.on, resolved.playbook.review
    last, due = review_days(resolved.playbook)
    if review is not None and on is not None and due is not None and due < on:
        place = resolved.place(("review", "last" if review.last else "every"))
        yield problem_at(place, "review_passed", due=due, last=last, role=review.role)


def review_days(playbook: Playbook) -> tuple[dt.date | None, dt.date | None]:
    """Return when a playbook was last read through against the law, and by when it is to be read again.

    Where the last reading is not written down, the playbook was read when it became valid.
    """
    review = playbook.review
    last = None if review is None else review.last or (playbook.valid.from_ if playbook.valid else None)
    return (last, None) if review is None or last is None else (last, _later(last, review))


def law_rows(resolved: Resolved, outside: Outside) -> Iterator[Problem]:
    """The rule a date rests on has its rows in the law of the day, and they are sure.

    A step that is marked ``unsure`` shows so everywhere and needs no second warning.
    """
    if outside.on is None or outside.book is None:
        return
    for call in rule_calls(resolved.playbook):
        if call.rule not in RULES:
            continue
        result = _asked(call, outside.on, outside.book)
        place = resolved.place((*call.path, "rule"))
        if result is not None and result.no_row_for is not None:
            yield problem_at(place, "law_expired", rule=call.rule, row=result.no_row_for[0], day=outside.on)
        elif result is not None and not _marked(resolved, call.path):
            for row in result.law:
                if row.confidence is Confidence.UNSURE:
                    yield problem_at(place, "law_unsure", rule=call.rule, row=row.key, statute=row.statute)


def acts(resolved: Resolved, outside: Outside) -> Iterator[Problem]:
    """Every act that is named has a number, and is known to the house."""
    known = {*outside.acts, *_of_book(outside.book)} if outside.book is not None else set[str]()
    playbook = resolved.playbook
    named = [
        (("law",), playbook.law),
        *((("tasks", name, "law"), task.law) for name, task in playbook.tasks.items()),
    ]
    for path, statutes in named:
        for index, statute in enumerate(statutes):
            numbers, place = _ACT.findall(statute), resolved.place((*path, index))
            if not numbers:
                yield problem_at(place, "law_without_number", statute=statute)
            elif known and not _BILL.search(statute):
                for number in numbers:
                    if number not in known:
                        near = nearest(number, sorted(known))
                        yield problem_at(place, "unknown_law", number=number, nearest=near)


def languages(resolved: Resolved, outside: Outside) -> Iterator[Problem]:
    """Every language something is written in has a name: ``xx`` is a slip of the pen."""
    playbook = resolved.playbook
    for section, lines in (("messages", playbook.messages), ("documents", playbook.documents)):
        for name, line in lines.items():
            tags = () if isinstance(line.languages, str) else line.languages
            for index, tag in enumerate(tags):
                if (
                    outside.languages
                    and tag != EASY_FINNISH
                    and tag.partition("-")[0] not in outside.languages
                ):
                    place = resolved.place((section, name, "languages", index))
                    yield problem_at(place, "unknown_language", value=tag)


def _of_book(book: LawBook | None) -> set[str]:
    rows = () if book is None else book.rows
    return {number for row in rows for number in _ACT.findall(row.statute)}


def _asked(call: RuleCall, on: dt.date, book: LawBook) -> RuleResult | None:
    """Return what a rule says when all its days are that day and nothing else is known."""
    rule = RULES[call.rule]
    days = {name: on for name in (*rule.needs, rule.law_of) if name and FACTS[name] is dt.date}
    try:
        return evaluate(call.rule, days, book, WorkCalendar())
    except UsageError:
        return None


def _marked(resolved: Resolved, path: Path) -> bool:
    section, name = path[0], str(path[1])
    return section == "tasks" and resolved.playbook.tasks[name].unsure


def _later(last: dt.date, review: Review) -> dt.date | None:
    count, unit = split_length(review.every)
    try:
        if unit == "m":
            return add_months(last, count)
        if unit == "wd":
            return WorkCalendar().add_working_days(last, count)
        return last + dt.timedelta(days=count * (7 if unit == "w" else 1))
    except (UsageError, OverflowError):
        return None
