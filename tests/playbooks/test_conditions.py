"""Conditions: how they bind, what the third answer is, and what they refuse."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.playbooks.checks.types import Sort, check_types
from muutosturva.playbooks.expressions.conditions import parse_condition
from muutosturva.playbooks.expressions.logic import Verdict, World, judge

Answer = bool | None
TRUE, FALSE, UNKNOWN = True, False, None


def ask(text: str, facts: Mapping[str, object], world: World | None = None) -> Verdict:
    """Return the answer of a condition over some facts."""
    tree = parse_condition(text).tree
    assert tree is not None, parse_condition(text).fault
    return judge(tree, world or World(facts))


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (TRUE, TRUE, TRUE, TRUE),
        (TRUE, FALSE, FALSE, TRUE),
        (TRUE, UNKNOWN, UNKNOWN, TRUE),
        (FALSE, TRUE, FALSE, TRUE),
        (FALSE, FALSE, FALSE, FALSE),
        (FALSE, UNKNOWN, FALSE, UNKNOWN),
        (UNKNOWN, TRUE, UNKNOWN, TRUE),
        (UNKNOWN, FALSE, FALSE, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_the_table_of_the_third_answer(left: Answer, right: Answer, both: Answer, either: Answer) -> None:
    """Unknown and false is false, unknown or true is true, else an unknown stays unknown."""
    facts = {"a": left, "b": right}
    assert ask("a and b", facts).value is both
    assert ask("a or b", facts).value is either


@pytest.mark.parametrize(("value", "opposite"), [(TRUE, FALSE), (FALSE, TRUE), (UNKNOWN, UNKNOWN)])
def test_the_opposite_of_unknown_is_unknown(value: Answer, opposite: Answer) -> None:
    assert ask("not a", {"a": value}).value is opposite


@pytest.mark.parametrize("op", ["==", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("facts", [{"a": 1}, {"b": 1}, {}])
def test_a_comparison_with_an_unknown_side_is_unknown(op: str, facts: dict[str, object]) -> None:
    """Two unknowns are not equal either: nobody knows."""
    verdict = ask(f"a {op} b", facts)
    assert verdict == Verdict(UNKNOWN, tuple(sorted({"a", "b"} - facts.keys())))


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("n in [1, 2]", {"n": 1}, TRUE),
        ("n in [1, 2]", {"n": 3}, FALSE),
        ("n in [1, 2]", {}, UNKNOWN),
        ("n not in [1, 2]", {}, UNKNOWN),
        ("n in many", {"n": 1}, UNKNOWN),
        ("n in many", {"n": 1, "many": ()}, FALSE),
        ("known(n)", {}, FALSE),
        ("not known(n)", {}, TRUE),
        ("known(n) and n > 3", {}, FALSE),
        ("known(n) or n > 3", {}, UNKNOWN),
        ("count(sites) > 1", {}, UNKNOWN),
        ("count(sites) > 1 and false", {}, FALSE),
        ("level >= M", {}, UNKNOWN),
    ],
)
def test_the_third_answer_of_everything_else(text: str, facts: dict[str, object], expected: Answer) -> None:
    """``known`` alone is never unknown: it asks about the answer, not about the fact."""
    assert ask(text, facts).value is expected


def _formulas() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["a", "b", "c", "true", "false", "a == b", "n > 3", "n in [1, 5]"])
    return st.recursive(
        leaves,
        lambda part: st.one_of(
            part.map("not ({})".format),
            st.tuples(part, st.sampled_from(["and", "or"]), part).map(
                lambda each: "({}) {} ({})".format(*each)
            ),
        ),
        max_leaves=6,
    )


@given(_formulas(), st.dictionaries(st.sampled_from("abc"), st.booleans()), st.booleans(), st.integers(0, 9))
def test_an_answer_never_changes_what_was_decided_without_it(
    formula: str,
    facts: dict[str, object],
    later: bool,  # noqa: FBT001 - drawn by hypothesis
    number: int,
) -> None:
    """When a question is answered, no task is lost that was called for, and none appears that was not."""
    before = ask(formula, facts)
    after = ask(formula, {"a": later, "b": later, "c": not later, "n": number, **facts})
    assert after.value is not None
    assert before.value in {None, after.value}
    assert (before.value is None) == bool(before.depends_on)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("headcount >= 50 and not bankruptcy", {"headcount": 60}, (None, ("bankruptcy",))),
        ("headcount >= 50 and not bankruptcy", {"headcount": 20}, (False, ())),
        ("headcount >= 50 or listed", {}, (None, ("headcount", "listed"))),
        ("a and b or c", {"a": False, "c": True}, (True, ())),
        ("a and b or c", {"a": False}, (None, ("c",))),
        ("n in [1, m]", {"n": 1}, (None, ("m",))),
    ],
)
def test_only_the_facts_that_would_decide_are_named(
    text: str, facts: dict[str, object], expected: tuple[Answer, tuple[str, ...]]
) -> None:
    """The question put to the group must be one whose answer matters."""
    verdict = ask(text, facts)
    assert (verdict.value, verdict.depends_on) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("level >= M", True),
        ("level > L", False),
        ("level in [L, XL]", True),
        ("level == L", True),
        ("level < XL", True),  # by rank, not by letters
        ("level != S and level not in [M]", True),
        ("headcount == 90", True),
        ("headcount > -1", True),
        ("not listed or headcount < 10", False),
        ("not (listed and headcount < 10)", True),
        ("'sv' in languages", True),
        ("'en' in languages", False),
        ("headcount in (10, 90)", True),
        ("true and not false", True),
        ("count(sites) == 2", True),
        ("known(headcount)", True),
        ("known(release)", False),
        ("not listed == false", True),  # not binds looser than a comparison
    ],
)
def test_answers(text: str, expected: Answer) -> None:
    facts = {"level": "L", "headcount": 90, "listed": True, "languages": ("fi", "sv")}
    world = World(facts, counts={"sites": 2}, known={"headcount"})
    assert ask(text, facts, world).value is expected


def test_known_is_never_unknown() -> None:
    """It asks whether there is an answer, so it always has one itself."""
    assert ask("known(listed)", {}).value is False


def test_the_level_blames_the_inputs_that_decide_it() -> None:
    world = World({"level": None}, asks={"level": ("headcount",)})
    assert ask("level >= M", {}, world).depends_on == ("headcount",)


def test_an_unknown_count_names_the_collection() -> None:
    world = World({}, counts={"sites": None})
    assert ask("count(sites) > 1", {}, world).depends_on == ("sites",)


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "expr_empty", 0),
        ("a and", "expr_ended", 5),
        ("and a", "expr_value", 0),
        ("a = 3", "expr_equals", 2),
        ("a < b < c", "expr_chain", 6),
        ("f(a)", "expr_function", 0),
        ("known()", "expr_name", 6),
        ("a not b", "expr_symbol", 6),
        ("a b", "expr_left", 2),
        ("'abc", "expr_string", 0),
        ("a & b", "expr_character", 2),
        ("[a", "expr_ended", 2),
        ("(a,", "expr_ended", 3),
        ("- x", "expr_value", 2),
        ("not " * 60 + "a", "expr_deep", 200),
        ("a.b", "expr_character", 1),
        ("__import__('os')", "expr_function", 0),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, code: str, at: int) -> None:
    fault = parse_condition(text).fault
    assert fault is not None
    assert (fault.code, fault.at) == (code, at)


SORTS: dict[str, Sort] = {"n": "number", "yes": "truth", "word": "text", "level": "level", "many": "list"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("n", "type_truth"),
        ("level", "type_truth"),
        ("n and yes", "type_truth"),
        ("not n", "type_truth"),
        ("n == 'a'", "type_compare"),
        ("level >= 50", "type_compare"),
        ("n in [1, 'a']", "type_compare"),
        ("n in word", "type_in"),
        ("word < 'b'", "type_order"),
        ("yes > false", "type_order"),
        ("n > M2", "expr"),
        ("level > XXL", "unknown_level"),
        ("nn > 1", "unknown_input"),
        ("known(nn)", "unknown_fact"),
        ("count(people) > 1", "unknown_collection"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused_before_use(text: str, code: str) -> None:
    parsed = parse_condition(text)
    codes = [fault.code for fault in check_types(parsed.tree, SORTS, set(SORTS))] if parsed.tree else ["expr"]
    assert codes == [code]


@pytest.mark.parametrize("text", ["yes", "n > 1", "word == 'a'", "level in [S, M]", "'a' in many", "n != 2"])
def test_a_condition_that_makes_sense_has_no_fault(text: str) -> None:
    tree = parse_condition(text).tree
    assert tree is not None
    assert check_types(tree, SORTS, set(SORTS)) == []


WORDS = "a b n level and or not in == < >= ( ) [ ] , 1 'x' M XL true known count"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=30))
def test_no_heap_of_words_makes_parser_types_or_judge_raise(words: list[str]) -> None:
    """Also what the check would refuse is judged without a crash: unknown is the worst answer."""
    parsed = parse_condition(" ".join(words))
    assert (parsed.tree is None) == (parsed.fault is not None)
    if parsed.tree is not None:
        check_types(parsed.tree, SORTS, set(SORTS))
        verdict = judge(parsed.tree, World({"a": True, "n": 3, "level": "M"}))
        assert verdict.value in {True, False, None}


@given(st.text(max_size=500))
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parsed = parse_condition(text)
    assert (parsed.tree is None) == (parsed.fault is not None)
