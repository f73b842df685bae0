"""Playbooks spoilt the way people and programs spoil them, and what must hold of whatever is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from muutosturva.cli.lint_pages import lint_document, lint_lines
from muutosturva.errors import Problem
from muutosturva.i18n import LANGUAGES, Texts, catalogue, named_languages
from muutosturva.playbooks.checks.lint import Checked, judged
from muutosturva.playbooks.checks.outside import Outside
from muutosturva.playbooks.comparing.describe import describe
from muutosturva.playbooks.comparing.difference import difference
from muutosturva.playbooks.comparing.explain import explain
from muutosturva.playbooks.facts import AnchorValue, AreaFact, Facts, Site, Wave
from muutosturva.playbooks.library import Library, shipped_folder
from muutosturva.playbooks.loading.loader import Source, read_bytes, read_file
from muutosturva.playbooks.loading.marks import Mark
from muutosturva.playbooks.loading.overlay import resolve
from muutosturva.playbooks.loading.resolved import Resolved, from_stored
from muutosturva.playbooks.planning.expand import expand
from muutosturva.playbooks.trying.runner import run_tests
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar

SMALL: Final = (Path(__file__).parent / "broken" / "sound.yaml").read_text(encoding="utf-8")
"""A whole playbook of forty lines: most spoilt files are made from it, since it is read in no time."""
SHIPPED: Final[Mapping[str, str]] = {
    path.name: path.read_text(encoding="utf-8") for path in sorted(shipped_folder().rglob("*.yaml"))
}
ON: Final = dt.date(2027, 3, 1)
_ACTS: Final = frozenset(key.removeprefix("rules.act.") for key in catalogue("fi") if "rules.act." in key)
OUTSIDE: Final = Outside(ON, shipped_book(), _ACTS, ("Maija Esimerkkinen",), named_languages())

STRANGE: Final = (
    "null", "~", "true", "[]", "{}", "''", "{a: {b: [c]}}", "[[[[]]]]", "-1", "0", "2026.10", "1.0e999",
    "-.5", "999999999999999999", "1" * 40, "0000-00-00", "9999-12-31", "0001-01-01", "2027-02-30", "no",
    "16:30", "&a x", "*a", "!!python/object:os.system x", "!!binary aGVp", "!!float 1", "<<: {a: b}",
    "? x", "|", ">-", "heard + 999999999 wd", "heard - 999999999 m", "heard + 1000000 h",
    "heard + 000000000999999999999 d", "max(heard, heard)", "next mon(heard) at 25:00",
    "heard at 24:60", "he\u0430rd + 1 d", "heard + 1 d at 09:00", "level >= M", "level > 3",
    "headcount in [1, 2, 3]", "not not not listed", "(" * 60 + "listed", "known(heard)",
    "count(waves) > 1", "listed == true == true", "a" * 70, "x" * 5000, "'\\\"", "\u202ecba", "\x07",
    "\x00", "\ufeff", "\u2028", "\x85", "\ud7ff", "\U0010ffff", "ä" * 30, "a\u0308", "{x}",
    "{0.__class__}", "{waves!r:>9999}", "{wave} {site}", "%s", "010190-999X", "elli@esimerkki.example",
    "+358 40 123 4567", "Maija Esimerkkinen", "# lint: ignore no_tests hyvä syy", "lint: ignore",
    "../../etc/passwd", "/dev/zero", "C:\\x", "..", "a@2026.1", "staff-session@2026.1", "base", "sound",
    "office", "document:situation", "session[lahti,sv]", "log-news.done",
)  # fmt: skip
"""Values nobody expects: each stands in for what was written."""

_HEAD: Final = SMALL[: SMALL.index("tasks:")]
_TASK: Final = "title: {fi: A, sv: A, en: A}, phase: alarm, raci: {r: [lead], a: lead}"


def _task(key: str) -> str:
    return f"{_HEAD}tasks:\n  t: {{{_TASK}, {key}}}\n"


BOMBS: Final[Mapping[str, tuple[str, str]]] = {
    "aliases of aliases": (
        "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)),
        "alias",
    ),
    "merge keys": ("a: &a {b: c}\nd: {<<: *a}\n", "alias"),
    "ten megabytes": (_HEAD + "# täyte\n" * 1_300_000, "too_large"),
    "ten thousand brackets": (f"a: {'[' * 10_000}", "too_deep"),
    "ten thousand braces": (f"a: {'{b: ' * 10_000}", "too_deep"),
    "a thousand indents": ("".join(f"{' ' * depth}a:\n" for depth in range(1000)), "too_deep"),
    "lists in lists": (f"a:\n  {'- ' * 10_000}x\n", "too_deep"),
    "parentheses": (_task(f"when: '{'(' * 200}listed{')' * 190}'"), "expr_deep"),
    "not not not": (_task(f"when: '{'not ' * 95}listed'"), "expr_deep"),
    "max of max": (_task(f"due: '{'max(' * 90}heard{')' * 30}'"), "expr_deep"),
    "a very long expression": (
        _task(f"due: '{'heard + 1 d' * 90_000}'"),
        "text_long",
    ),
    "an object of Python": ("a: !!python/object/apply:os.system [x]\n", "tag"),
    "two documents": ("id: a\n---\nid: b\n", "documents"),
    "a key that is a list": ("? [a, b]\n: c\n", "complex_key"),
    "a number without end": (
        _task(f"due: heard + {'9' * 300} wd"),
        "expr_number",
    ),
    "an offset out of this world": (
        _task("due: heard + 999999999 wd"),
        "expr_number",
    ),
    "no text": ("\x00\x01\x02", "yaml_character"),
    "tabs": ("id:\n\ta: b\n", "yaml_tab"),
}
"""Texts made to burst whatever reads them, and the code that refuses each."""

Change = Callable[[list[str], int, int, str], None]


def _delete(lines: list[str], one: int, _other: int, _text: str) -> None:
    del lines[one]


def _swap(lines: list[str], one: int, other: int, _text: str) -> None:
    lines[one], lines[other] = lines[other], lines[one]


def _revalue(lines: list[str], one: int, _other: int, text: str) -> None:
    key, colon, _ = lines[one].partition(": ")
    lines[one] = f"{key}{colon}{text}" if colon else text


def _revalue_last(lines: list[str], one: int, _other: int, text: str) -> None:
    """Put a value in the place of the last one of a flow map."""
    before, colon, after = lines[one].rpartition(": ")
    closing = after[len(after.rstrip("}]")) :]
    lines[one] = f"{before}{colon}{text}{closing}"


def _rekey(lines: list[str], one: int, other: int, _text: str) -> None:
    _, colon, value = lines[one].partition(": ")
    key = lines[other].partition(": ")[0]
    lines[one] = f"{key}{colon}{value}"


def _within(lines: list[str], one: int, other: int, text: str) -> None:
    at = other % (len(lines[one]) + 1)
    lines[one] = lines[one][:at] + text + lines[one][at:]


def _cut(lines: list[str], one: int, other: int, _text: str) -> None:
    lines[one] = lines[one][: other % (len(lines[one]) + 1)]


CHANGES: Final[Mapping[str, Change]] = {
    "delete": _delete,
    "double": lambda lines, one, other, _text: lines.insert(other, lines[one]),
    "swap": _swap,
    "deeper": lambda lines, one, _other, _text: lines.__setitem__(one, f"  {lines[one]}"),
    "shallower": lambda lines, one, _other, _text: lines.__setitem__(one, lines[one].removeprefix("  ")),
    "tab": lambda lines, one, _other, _text: lines.__setitem__(one, lines[one].replace("  ", "\t", 1)),
    "value": _revalue,
    "last value": _revalue_last,
    "key": _rekey,
    "within": _within,
    "cut": _cut,
    "line": lambda lines, one, _other, text: lines.insert(one, text),
    "copy of a value": lambda lines, one, other, _text: _revalue(
        lines, one, 0, lines[other].partition(": ")[2]
    ),
}
"""What is done to a line; another line and a strange value are at hand."""
ENCODINGS: Final = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1")
ENDINGS: Final = ("\n", "\n", "\n", "\r\n", "\r")


@st.composite
def spoilt(draw: st.DrawFn, text: str, most: int = 3) -> str:
    """Return a playbook with a few lines spoilt."""
    lines = text.split("\n")
    places = st.integers(0, 100_000)
    for _ in range(draw(st.integers(1, most))):
        if lines:
            change = CHANGES[draw(st.sampled_from(sorted(CHANGES)))]
            strange = draw(st.one_of(st.sampled_from(STRANGE), st.text(max_size=6)))
            change(lines, draw(places) % len(lines), draw(places) % len(lines), strange)
    return draw(st.sampled_from(ENDINGS)).join(lines)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    """Return the bytes of a playbook as a bad disk or another program leaves them."""
    data = text.encode(
        draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"])), "replace"
    )
    at = draw(st.integers(0, len(data)))
    match draw(st.sampled_from(["cut", "bytes", "zeros", "twice"])):
        case "cut":
            return data[:at]
        case "bytes":
            return data[:at] + draw(st.binary(max_size=5)) + data[at + draw(st.integers(0, 4)) :]
        case "zeros":
            return data[:at] + b"\0" * 3 + data[at:]
        case _:
            return data + data


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a file as an editor counts them."""
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def checked(data: bytes, name: str = "office.yaml", below: Mapping[str, bytes] | None = None) -> Checked:
    """Return what comes of a file that lies beside some others, which go before those that ship."""
    source = read_bytes(data, name)
    marks: list[Mark] = list(source.marks)
    library = Library()

    def found(one: str, _for_file: str) -> Source | None:
        if one in (below or {}):
            return read_bytes((below or {})[one], f"{one}.yaml")
        names = {*library.names(), *library.bundle_names()}
        return read_file(library.find(one)) if one in names else None

    class Shelf:
        find = staticmethod(found)

        @staticmethod
        def names(_for_file: str) -> Sequence[str]:
            return (*library.bundle_names(), *(below or {}))

    return judged(resolve(source, found, Shelf()), marks, name, OUTSIDE)


def holds(data: bytes, below: Mapping[str, bytes] | None = None) -> Checked:
    """Return what comes of a file; whatever it is, it is told in words at a place inside it, or it works."""
    result = checked(data, below=below)
    files = {"office.yaml": data, **{f"{name}.yaml": text for name, text in (below or {}).items()}}
    for problem in result.problems:
        assert_in_file(problem, files)
    for language in LANGUAGES:
        texts = Texts(language)
        assert lint_lines(texts, result.problems, result.ignored, 1)
        lint_document(texts, ["office.yaml"], result.problems, result.ignored)
    assert result.resolved is not None or result.errors
    if result.resolved is not None and not result.errors:
        works(result.resolved)
    return result


def assert_in_file(problem: Problem, files: Mapping[str, bytes]) -> None:
    """Every position can be gone to in an editor."""
    if problem.path not in files or problem.line is None:
        return
    lines = lines_of(files[problem.path])
    assert 1 <= problem.line <= len(lines), problem
    assert problem.column is not None
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 2, problem


def works(resolved: Resolved) -> None:
    """What the lint passes can be looked at, compared, planned with, tried and stored."""
    describe(resolved)
    for section in ("title", "tasks", "anchors", "tests"):
        if resolved.root.child(section) is not None:
            explain(resolved, section)
    for path in [("tasks", name) for name in resolved.playbook.tasks][:3]:
        explain(resolved, ".".join(path))
    other = from_stored(resolved.text)
    assert other.playbook == resolved.playbook
    difference(resolved, other)
    run_tests(resolved, WorkCalendar(), shipped_book())
    for known in SITUATIONS:
        assert expand(other, known, WorkCalendar(), shipped_book(), council=(ON,)) == expand(
            resolved, known, WorkCalendar(), shipped_book(), council=(ON,)
        )


SITUATIONS: Final = (
    Facts(),
    Facts({"headcount": 60, "listed": True}, {"heard": AnchorValue.confirmed(ON)}),
    Facts(
        {"headcount": 10**9, "dismissals": -1, "listed": None, "nobody": object()},
        {"heard": AnchorValue.confirmed(dt.date.max), "notice": AnchorValue.confirmed(dt.date.min)},
        waves=(Wave("w1"), Wave("w1", count=-3), Wave("!", site="?")),
        sites=(Site("a", "A"), Site("a", "")),
        areas=(AreaFact("x", "X", share=9.0),),
        languages=("fi", "fi", "??"),
        cohorts=("",),
    ),
)
"""Nothing known, what is usual, and what nobody should give."""
