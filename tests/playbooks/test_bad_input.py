"""Whatever is handed in as a playbook is told in words at a place inside it: never a traceback or a hang."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muutosturva.playbooks.checks.types import Sort, check_types
from muutosturva.playbooks.expressions.conditions import parse_condition
from muutosturva.playbooks.expressions.dates import parse_date
from muutosturva.playbooks.expressions.logic import World, judge
from muutosturva.playbooks.expressions.moments import Known, evaluate_date
from muutosturva.playbooks.expressions.reach import too_far
from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Site, Wave
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.planning.expand import expand
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar
from tests.playbooks.making import load
from tests.playbooks.mutating import SHIPPED, SMALL, damaged, holds, spoilt
from tests.support.examples import examples

BUSY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


@settings(max_examples=examples(60, 10_000), suppress_health_check=BUSY)
@given(spoilt(SMALL))
def test_a_spoilt_playbook_is_told_or_works(text: str) -> None:
    """Lines lost, doubled, moved, indented, given other values: what a hurried evening leaves behind."""
    holds(_bytes(text))


@settings(max_examples=examples(30, 10_000), suppress_health_check=BUSY)
@given(damaged(SMALL))
def test_damaged_bytes_are_told_or_work(data: bytes) -> None:
    holds(data)


@settings(max_examples=examples(4, 600), suppress_health_check=BUSY)
@given(st.sampled_from(sorted(SHIPPED)).flatmap(lambda name: spoilt(SHIPPED[name], 6)))
def test_a_spoilt_shipped_playbook_is_told_or_works(text: str) -> None:
    """Nobody writes from nothing: everybody begins with a copy of what ships."""
    holds(_bytes(text))


OVERLAY = """\
schema: muutosturva/playbook/1
id: office
version: "2026.1"
extends: sound
title: {fi: Oma, sv: Egen, en: Own}
use: [staff-session@2026.1, {bundle: bundle@2026.1, after: [log-news]}]
inputs:
  add: {own: {type: bool, label: {fi: Oma, sv: Egen, en: Own}}}
tasks:
  add:
    own:
      title: {fi: Oma, sv: Egen, en: Own}
      phase: alarm
      due: heard + 3 wd
      when: own
      raci: {r: [lead], a: lead}
      needs: [log-news]
  replace:
    log-news: {due: heard + 1 wd, checklist: [{fi: Yksi, sv: Ett, en: One}], when: null}
  remove:
    remind: {reason: {fi: Ei tarvita, sv: Behövs inte, en: Not needed}}
messages:
  remove: {news: {reason: Muu}}
tests:
  - name: Tapaus
    given: {inputs: {headcount: 60}, anchors: {heard: "2027-03-01"}}
    expect: {tasks: [log-news]}
"""
BUNDLE = """\
schema: muutosturva/playbook/1
id: bundle
version: "2026.1"
kind: bundle
title: {fi: Nippu, sv: Knippe, en: Bundle}
phases: {alarm: {fi: Hälytys, sv: Larm, en: Alarm}}
roles: {lead: {title: {fi: Vetäjä, sv: Ledare, en: Lead}}}
anchors: {heard: {required: true, label: {fi: Kuultu, sv: Hört, en: Heard}}}
tasks:
  more: {title: {fi: Lisää, sv: Mera, en: More}, phase: alarm, due: heard + 1 d, raci: {r: [lead], a: lead}}
"""
BELOW = {"sound": SMALL, "bundle": BUNDLE}


@settings(max_examples=examples(40, 5_000), suppress_health_check=BUSY)
@given(
    spoilt(OVERLAY),
    st.sampled_from(sorted(BELOW)).flatmap(lambda name: st.tuples(st.just(name), spoilt(BELOW[name]))),
)
def test_spoilt_layers_and_bundles_are_told_or_work(over: str, below: tuple[str, str]) -> None:
    """The file somebody reads may be sound, and what it stands on may not."""
    texts = {**BELOW, below[0]: below[1]}
    holds(
        over.encode("utf-8", "replace"),
        {name: text.encode("utf-8", "replace") for name, text in texts.items()},
    )


WORDS = (
    "heard", "decision", "nobody", "max", "min", "next", "mon", "sun", "at", "and", "or", "not", "in",
    "true", "false", "known", "count", "level", "listed", "headcount", "waves", "XL", "M", "QQ", "(",
    ")", "[", "]", ",", "+", "-", "=", "==", "!=", "<", ">=", "0", "1", "7", "12", "999999", "1000001",
    "0" * 30 + "9" * 30, "09:00", "25:61", "9:0", "h", "d", "wd", "w", "m", "y", "'S'", '"', "'", "\\",
    "#", "ä", "\u0430", "\u202e", "\x00", "\n", "\t", "{x}",
)  # fmt: skip
SORTS: dict[str, Sort] = {"headcount": "number", "listed": "truth", "level": "level"}


def _texts() -> st.SearchStrategy[str]:
    """Return heaps of words, sentences of the grammar with slips in them, and any text at all."""
    heaps = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
    tight = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
    return st.one_of(heaps, tight, st.text(max_size=500))


def _dates() -> st.SearchStrategy[str]:
    """Return date expressions the grammar allows, with any number in them."""
    numbers = st.one_of(
        st.integers(0, 40), st.integers(0, 10**7), st.sampled_from([0, 999_999, 10**6, 10**30])
    )
    units = st.sampled_from(["h", "d", "wd", "w", "m"])
    names = st.sampled_from(["heard", "decision", "nobody"])
    signs, ends, weekdays = (
        st.sampled_from("+-"),
        st.sampled_from(["max", "min"]),
        st.sampled_from(["mon", "sun"]),
    )

    def longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            st.builds("{} {} {} {}".format, inner, signs, numbers, units),
            st.builds("{}({}, {})".format, ends, inner, inner),
            st.builds("next {}({})".format, weekdays, inner),
        )

    trees = st.recursive(names, longer, max_leaves=12)
    return st.one_of(trees, trees.map("{} at 09:00".format))


@settings(max_examples=examples(100, 10_000))
@given(st.one_of(_texts(), _dates()), st.dates(), st.dates())
def test_no_date_expression_raises_whatever_the_dates(text: str, heard: dt.date, decision: dt.date) -> None:
    """A fault at a character inside the text, or a tree that comes to a date or to a reason without one."""
    parsed = parse_date(text)
    assert (parsed.tree is None) == (parsed.fault is not None)
    if parsed.fault is not None:
        assert 0 <= parsed.fault.at <= len(text)
    if parsed.tree is not None:
        list(too_far(parsed.tree))
        known = {
            "heard": Known(AnchorValue.confirmed(heard), ()),
            "decision": Known(_between(heard, decision), ()),
        }
        found = evaluate_date(parsed.tree, known, WorkCalendar(), "nearest")
        assert (found.value is None) == bool(found.reason)


def _between(one: dt.date, other: dt.date) -> AnchorValue:
    return AnchorValue.between(min(one, other), max(one, other))


@settings(max_examples=examples(100, 10_000))
@given(
    _texts(),
    st.dictionaries(
        st.sampled_from(["listed", "headcount", "level"]),
        st.one_of(st.booleans(), st.integers(), st.text(), st.none()),
    ),
)
def test_no_condition_raises_whatever_the_facts(text: str, facts: dict[str, object]) -> None:
    parsed = parse_condition(text)
    assert (parsed.tree is None) == (parsed.fault is not None)
    if parsed.fault is not None:
        assert 0 <= parsed.fault.at <= len(text)
    if parsed.tree is not None:
        list(check_types(parsed.tree, SORTS, set(SORTS)))
        assert judge(parsed.tree, World(facts)).value in {True, False, None}
        for field in (f"when: {text!r}", f"needs: [a], when: {text!r}"):
            load(f"tasks:\n  a: {{title: A, phase: alarm, raci: {{r: [lead], a: lead}}, {field}}}\n")


def _loose() -> st.SearchStrategy[object]:
    """Return answers of any kind, also those no screen lets through."""
    plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates())
    return st.one_of(
        plain, st.lists(st.text(max_size=3), max_size=3), st.tuples(st.integers()), st.just({"a": 1})
    )


def _moments() -> st.SearchStrategy[AnchorValue]:
    """Return dates from the first year to the last, sure or not, in the wrong order too."""
    spans = st.builds(AnchorValue.between, st.dates(), st.dates())
    sure = st.builds(AnchorValue.confirmed, st.dates(), st.text(max_size=3), st.one_of(st.none(), st.times()))
    return st.one_of(sure, st.dates().map(AnchorValue.estimated), spans, st.just(AnchorValue.unknown()))


@st.composite
def _anything(draw: st.DrawFn, inputs: list[str], anchors: list[str]) -> Facts:
    """Return facts about the names of a playbook and about others, of any value."""
    ids = st.one_of(st.sampled_from(["w1", "w2", "all", "a"]), st.text(max_size=3))
    waves = st.builds(
        Wave,
        ids,
        st.text(max_size=3),
        ids,
        st.sampled_from(["dismissal", "layoff", "part_time", "other"]),
        st.one_of(st.none(), st.integers()),
        st.dictionaries(st.sampled_from(["notice", "end", "x"]), _moments(), max_size=2),
    )
    names = [*anchors, "notice", "end", "last_end", "nobody"]
    short, share = st.text(max_size=3), st.floats()

    def few(strategy: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.lists(strategy, max_size=3)))

    return Facts(
        draw(st.dictionaries(st.sampled_from([*inputs, "level", "nobody"]), _loose(), max_size=6)),
        draw(st.dictionaries(st.sampled_from(names), _moments(), max_size=6)),
        few(waves),
        few(st.builds(Site, ids, short, short, st.integers())),
        few(st.builds(AreaFact, ids, short, st.booleans(), share)),
        few(ids),
        few(ids),
    )


_READY = {name: Library().load(name) for name in Library().names()}


@settings(max_examples=examples(8, 2000), suppress_health_check=BUSY)
@given(st.data())
def test_no_facts_make_a_sound_playbook_raise(data: st.DataObject) -> None:
    """In the hour a plan is made, whatever was typed gives a plan as far as it goes, and problems."""
    resolved = _READY[data.draw(st.sampled_from(sorted(_READY)))]
    declared = resolved.playbook
    known = data.draw(_anything(sorted(declared.inputs), sorted(declared.anchors)))
    council = data.draw(st.lists(st.dates(), max_size=3))
    made = expand(resolved, known, WorkCalendar(), shipped_book(), council=council)
    for date in (date for task in made.tasks for date in (task.start, task.due) if date is not None):
        assert (date.value is None) == bool(date.reason_code)


def test_what_no_screen_lets_through_is_a_problem_all_the_same() -> None:
    """A wave without an id, a list for a level: found by the test above, and told instead of raised."""
    known = Facts({"headcount": 60, "level": ["M"]}, waves=(Wave("", count=3), Wave("w1")))
    made = expand(_READY["large-layoff"], known, WorkCalendar(), shipped_book())
    codes = {problem.code.removeprefix("playbooks.") for problem in made.problems}
    assert {"input_option", "wave_id"} <= codes
    assert [wave.id for wave in made.waves][:1] == ["w1"]
