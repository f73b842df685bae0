"""What a playbook may not be larger than, and that nothing inside the limits is more work than it looks.

No test here looks at a clock: what would be too much work would not come to an end at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from muutosturva.errors import InputError, NotFoundError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.playbooks.checks import lint
from muutosturva.playbooks.checks.order import circles
from muutosturva.playbooks.expressions.dates import parse_date
from muutosturva.playbooks.expressions.lexer import MOST_DEPTH, MOST_NUMBER
from muutosturva.playbooks.language.schema import MOST_ENTRIES
from muutosturva.playbooks.language.using import MOST_BUNDLES
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.loader import MOST_VALUES, read_bytes, read_text
from muutosturva.playbooks.loading.resolved import from_stored
from muutosturva.playbooks.loading.validation import MOST_TOLD
from tests.playbooks.making import HEAD, STEP
from tests.playbooks.mutating import BOMBS, holds


def told(text: str) -> dict[str, int]:
    """Return how often each code is told of a text, which must hold whatever it is."""
    found: dict[str, int] = {}
    for problem in holds(text.encode()).problems:
        code = problem.code.removeprefix("playbooks.")
        found[code] = found.get(code, 0) + 1
    return found


def tasks(keys: Iterable[str], head: str = HEAD) -> str:
    """Return a playbook of tasks ``t0``, ``t1`` …, each with some keys of its own."""
    return head + "tasks:\n" + "".join(f"  t{number}: {STEP}, {key}}}\n" for number, key in enumerate(keys))


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_what_is_made_to_burst_is_refused_in_every_language_where_it_begins(
    name: str, tmp_path: Path
) -> None:
    """Ten megabytes, ten thousand brackets, aliases of aliases: refused before anything is built of them."""
    path = tmp_path / "office.yaml"
    path.write_text(BOMBS[name][0], encoding="utf-8")
    problems = Library().read(path).problems
    assert BOMBS[name][1] in {problem.code.removeprefix("playbooks.") for problem in problems}
    assert all(problem.line is not None for problem in problems) or BOMBS[name][1] == "too_large"
    assert len({tuple(Texts(tag).problem(problem) for problem in problems) for tag in LANGUAGES}) == len(
        LANGUAGES
    )


def test_a_file_of_too_many_values_is_refused_where_they_become_too_many() -> None:
    """The size in bytes says little: a value can be one character."""
    (problem,) = holds(("x:\n" + "- 1\n" * (MOST_VALUES + 10)).encode()).problems
    assert (problem.code, problem.line) == ("playbooks.too_much", MOST_VALUES)


def test_of_very_many_problems_the_first_are_told_and_that_there_are_more() -> None:
    """Nobody reads three hundred lines; the one mistake behind them is among the first."""
    found = told(HEAD + "".join(f"key{number}: 1\n" for number in range(MOST_TOLD * 3)))
    assert found == {"unknown_key": MOST_TOLD, "and_more": 1}
    head = HEAD.replace("id: small", "id: office")
    found = told(tasks((f"needs: [u{number}]" for number in range(MOST_TOLD + 50)), head))
    assert found == {"unknown_task": MOST_TOLD, "and_more": 1}


def test_a_playbook_whose_checks_were_cut_short_is_not_used(tmp_path: Path) -> None:
    """Errors may stand behind what was told: three hundred warnings are no leave to go on."""
    path = tmp_path / "small.yaml"
    path.write_text(tasks("when: 'not headcount > 0'" for _ in range(MOST_TOLD + 1)), encoding="utf-8")
    checked = Library().read(path)
    assert [problem.code for problem in checked.errors] == ["playbooks.and_more"]
    with pytest.raises(InputError):
        Library().load(path)


def test_a_section_holds_so_many_entries_and_no_more() -> None:
    assert "too_many" not in told(tasks("due: heard" for _ in range(MOST_ENTRIES)))
    assert told(tasks("due: heard" for _ in range(MOST_ENTRIES + 1))) == {"too_many": 1}


def test_bundles_beyond_the_most_are_not_even_looked_for() -> None:
    """Each would be a file read: a list of fifty thousand would read for hours."""
    found = told(HEAD + "use:\n" + "".join(f"- none{number}@2026.1\n" for number in range(5000)))
    assert found == {"use_unknown": MOST_BUNDLES, "too_many": 1}


def test_a_knot_of_names_tells_circles_without_counting_them_all() -> None:
    """Among thirty tasks that all wait for each other there are more circles than seconds in a life."""
    names = [f"t{number}" for number in range(30)]
    found = list(circles({name: tuple(other for other in names if other != name) for name in names}))
    assert 1 <= len(found) <= 2 * len(names)
    assert {name for circle in found for name in circle} == set(names)
    assert "needs_cycle" in told(
        tasks(f"needs: [{', '.join(n for n in names if n != name)}]" for name in names)
    )


def test_a_ladder_of_estimates_is_gone_through_once() -> None:
    """Each date counted from the two before it: sound, and walked path by path it would never end."""
    rungs = [f"  a{n}: {{estimate: 'max(a{n + 1}, a{n + 2})', label: Askelma}}\n" for n in range(80)]
    ends = "  a80: {estimate: heard, label: Loppu}\n  a81: {estimate: heard, label: Loppu}\n"
    text = (
        HEAD.replace("anchors:\n", f"anchors:\n{''.join(rungs)}{ends}") + f"tasks:\n  t: {STEP}, due: a0}}\n"
    )
    assert "anchor_cycle" not in told(text)


def test_a_long_chain_of_tasks_is_no_circle() -> None:
    assert "needs_cycle" not in told(
        tasks([f"needs: [t{n + 1}]" for n in range(MOST_ENTRIES - 1)] + ["due: heard"])
    )


def test_the_longest_chain_of_anchors_can_be_planned_with() -> None:
    """A hundred anchors and ten of waves, each counted from the next: as many as the schema allows."""
    chain = [
        f"  a{n}: {{estimate: {f'a{n + 1}' if n < 98 else 'heard'} + 1 d, label: A}}\n" for n in range(99)
    ]
    waves = [f"  w{n}: {{estimate: {f'last_w{n + 1}' if n < 9 else 'a0'}, label: A}}\n" for n in range(10)]
    anchors = f"anchors:\n  heard: {{required: true, label: K}}\n{''.join(chain)}waves:\n{''.join(waves)}"
    head = HEAD.partition("anchors:\n")[0].replace("id: small", "id: office") + anchors
    result = holds(f"{head}tasks:\n  t: {STEP}, due: first_w0}}\n".encode())
    assert result.errors == ()


def test_conditions_that_multiply_are_let_be_after_a_bounded_effort() -> None:
    """Whether they can be true is then not claimed; the plan judges them as any other."""
    inputs = "".join(f"  q{n}: {{type: bool, label: K}}\n" for n in range(40))
    clauses = [
        " and ".join(f"(q{(i + 2 * k) % 40} or q{(i + 2 * k + 1) % 40})" for k in range(14))
        for i in range(200)
    ]
    head = HEAD.replace("anchors:\n", f"{inputs}anchors:\n")
    assert "never_true" not in told(tasks((f"when: '{clause}'" for clause in clauses), head))


def test_marks_by_the_thousand_are_read_line_by_line_once() -> None:
    marks = "# lint: ignore no_tests tunnettu asia\n" * 5_000
    texts = "".join(f"- 'lint: {number}'\n" for number in range(5_000))
    assert told(f"{marks}{HEAD}law:\n{texts}{marks}")


@pytest.mark.parametrize(
    "text", ["heard + 1000001 d", f"heard + {'0' * 20}{'9' * 20} d", f"heard - {'0' * 9}{'9' * 300} wd"]
)
def test_a_number_is_too_large_however_many_zeros_it_begins_with(text: str) -> None:
    """Nine zeros once hid a number no date can be moved by, and the lint broke off with a traceback."""
    parsed = parse_date(text)
    assert parsed.fault is not None
    assert (parsed.fault.code, parsed.fault.params["most"]) == ("expr_number", MOST_NUMBER)


@pytest.mark.parametrize("opening", ["(", "not ", "[", "max(", "next mon(", "- "])
def test_an_expression_nested_without_end_has_a_fault(opening: str) -> None:
    for text in (opening * (MOST_DEPTH + 2), f"{opening * 390}a"[:400]):
        key = "due" if opening[0] in "mn(" else "when"
        assert told(tasks([f'{key}: "{text}"']))


@pytest.mark.parametrize("line", ["extends: {}", "use: ['{}@2026.1']", "use: [{{bundle: '{}@2026.1'}}]"])
@pytest.mark.parametrize("name", ["a" * 300, "a/b", "..", "a\\\\0b", "\u202eabc"])
def test_no_name_of_a_base_or_bundle_breaks_the_search_for_its_file(
    line: str, name: str, tmp_path: Path
) -> None:
    """A name longer than any file name once was a traceback."""
    path = tmp_path / "small.yaml"
    path.write_text(f"{HEAD}{line.format(name)}\n", encoding="utf-8")
    assert Library().read(path).errors


@pytest.mark.parametrize(
    "name", ["a" * 5000 + ".yaml", "~nobody-of-that-name/a.yaml", "a\0b.yaml", "", ".", "~", "/"]
)
def test_no_path_is_too_strange_to_be_looked_for(name: str) -> None:
    with pytest.raises((NotFoundError, InputError)):
        Library().load(name)


@pytest.mark.parametrize(
    "text", ["", "[]", "1", "nul", "[" * 100_000, '{"a":' * 900 + "1" + "}" * 900, '{"tasks": 1e999}']
)
def test_a_stored_text_that_is_no_playbook_is_refused(text: str) -> None:
    """A store that somebody tampered with ends in words, however deep the text is nested."""
    with pytest.raises(InputError):
        from_stored(text)


def test_a_base_that_is_laid_over_its_own_overlay_is_a_circle() -> None:
    over = HEAD.replace("id: small", "id: office\nextends: small")
    below = {"small": HEAD.replace("id: small", "id: small\nextends: office").encode()}
    assert "playbooks.extends_cycle" in {problem.code for problem in holds(over.encode(), below).problems}


def test_a_bundle_that_uses_itself_or_another_is_told() -> None:
    bundle = HEAD.replace("id: small", "id: own\nuse: [own@2026.1]").replace("kind: incident", "kind: bundle")
    found = holds(f"{HEAD}use: [own@2026.1]\n".encode(), {"own": bundle.encode()})
    assert [problem.code for problem in found.errors] == ["playbooks.unknown_key"]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(mark: str, ending: str) -> None:
    """Text pasted from a word processor holds marks that YAML 1.1 takes for the end of a line."""
    text = HEAD.replace("Pieni", f"'Pie{mark}ni'") + "alien: 1\n"
    source = read_text(text.replace("\n", ending), "x.yaml")
    assert source.root is not None
    assert source.root.nearest(("alien",)).key.line == HEAD.count("\n") + 1
    assert source.root.nearest(("title",)).content == "Pie ni"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("ä: ä\n".encode() + b"ab\xe4", (2, 3)),
        (b"a\rb\r\n\x80", (3, 1)),
        ("ää".encode()[:3], (1, 2)),
        (b"\xef\xbb\xbfs\x80", (1, 2)),
        (b"\xef", (1, 1)),
    ],
)
def test_what_is_no_utf8_is_told_at_its_character(data: bytes, place: tuple[int, int]) -> None:
    """An old editor saved it: bytes before the place count as the letters they are."""
    (problem,) = read_bytes(data, "x.yaml").problems
    assert (problem.code, problem.line, problem.column) == ("playbooks.not_utf8", *place)


def test_what_is_missing_at_the_end_of_a_file_is_told_at_its_last_line() -> None:
    """A file cut off in the middle has no line after the last one to go to."""
    (problem,) = read_text("id: small\ntit", "x.yaml").problems
    assert (problem.line, problem.column) == (2, 4)


def test_the_checks_stop_when_nobody_is_told_any_more() -> None:
    resolved = Library().load("large-layoff")
    assert len(lint._within(resolved)) <= MOST_TOLD + 1
