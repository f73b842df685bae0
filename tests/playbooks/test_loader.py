"""YAML as playbooks use it: nothing is guessed, every place is remembered."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muutosturva.playbooks.loading.loader import MOST_BYTES, read_bytes, read_file, read_text
from muutosturva.playbooks.loading.source import Node, WrittenNumber, plain


def _value(text: str) -> object:
    root = read_text(f"key: {text}\n", "x.yaml").root
    assert root is not None
    data = plain(root)
    assert isinstance(data, dict)
    return data["key"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("16:30", "16:30"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("2026-01-05", "2026-01-05"),
        ("0x1f", "0x1f"),
        (".inf", ".inf"),
        ("true", True),
        ("False", False),
        ("17", 17),
        ("-3", -3),
        ("2026.1", 2026.1),
        ("null", None),
        ("~", None),
        ("", None),
        ('"true"', "true"),
        ("'17'", "17"),
        ("9" * 30, "9" * 30),
    ],
)
def test_only_truth_values_plain_numbers_and_null_are_anything_but_text(written: str, read: object) -> None:
    """YAML 1.1 makes ``no`` false and ``16:30`` 990; officials mean the words they write."""
    assert _value(written) == read
    assert isinstance(_value(written), type(read))
    assert isinstance(_value(written), bool) == isinstance(read, bool)


def test_keys_are_always_text() -> None:
    """A key ``on`` or ``2027`` is an id like any other."""
    root = read_text("on: 1\n2027: 2\n", "x.yaml").root
    assert root is not None
    assert plain(root) == {"on": 1, "2027": 2}


def test_every_value_and_key_remembers_its_place() -> None:
    root = read_text('tasks:\n  a:\n    needs: [b, "c"]\n', "x.yaml").root
    assert root is not None
    second = root.nearest(("tasks", "a", "needs", 1))
    assert (second.place.line, second.place.column, second.place.text_at) == (3, 16, 17)
    key = root.nearest(("tasks", "a", "needs")).key
    assert (key.line, key.column) == (3, 5)


def test_an_unknown_step_of_a_path_gives_the_nearest_ancestor() -> None:
    """A missing key has no place of its own; a union's tag is no key of the file at all."""
    root = read_text("tasks:\n  a: {due: x}\n", "x.yaml").root
    assert root is not None
    assert root.nearest(("tasks", "no-such", "due")) is root.nearest(("tasks",))
    assert root.nearest(("tasks", "a", "union-tag", "due")).content == "x"


def test_the_first_of_two_equal_keys_stands_and_both_lines_are_told() -> None:
    source = read_text("a: 1\nb: 2\na: 3\n", "x.yaml")
    (problem,) = source.problems
    assert (problem.code, problem.line, problem.params["first_line"]) == ("playbooks.duplicate_key", 3, 1)
    assert source.root is not None
    assert plain(source.root) == {"a": 1, "b": 2}


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    """Nine levels of nine aliases would be a billion values."""
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    before = time.perf_counter()
    (problem,) = read_text("\n".join(lines), "x.yaml").problems
    assert problem.code == "playbooks.alias"
    assert time.perf_counter() - before < 1


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "{a: " * 50_000, "? " * 50_000])
def test_no_nesting_exhausts_the_stack(text: str) -> None:
    """The tree is built from events; depth is a problem, never a crash."""
    assert read_text(f"a: {text}" if text[0] in "[{" else text, "x.yaml").problems


def test_a_decomposed_letter_is_read_as_one() -> None:
    """MacOS may hand over ä as a and two dots; the pinned text must not differ for it."""
    assert _value("ha\u0308lytys") == "hälytys"


def test_the_mark_of_windows_editors_is_no_part_of_the_text() -> None:
    source = read_bytes(b"\xef\xbb\xbfid: a\r\n", "x.yaml")
    assert source.problems == ()
    assert source.root is not None
    assert plain(source.root) == {"id": "a"}


def test_a_missing_and_a_huge_file_are_problems(tmp_path: Path) -> None:
    (missing,) = read_file(tmp_path / "none.yaml").problems
    assert missing.code == "playbooks.unreadable"
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * (MOST_BYTES + 1))
    assert [problem.code for problem in read_file(huge).problems] == ["playbooks.too_large"]


@given(st.binary(max_size=400))
def test_no_bytes_make_the_loader_raise(data: bytes) -> None:
    """Broken YAML is what officials hand in on a bad day, never a traceback."""
    source = read_bytes(data, "x.yaml")
    assert source.root is not None or source.problems


@given(st.text(alphabet="ab:-{}[]\"'#&*!|>?%@` \n\t,1é\x00", max_size=200))
def test_no_text_makes_the_loader_raise(text: str) -> None:
    source = read_text(text, "x.yaml")
    assert isinstance(source.root, Node) or source.problems


def test_a_number_knows_how_it_was_written() -> None:
    """``version: 2026.10`` is told as 2026.10: who puts quotation marks around 2026.1 has another version."""
    found = _value("2026.10")
    assert isinstance(found, WrittenNumber)
    assert found == 2026.1
    assert found.text == "2026.10"
