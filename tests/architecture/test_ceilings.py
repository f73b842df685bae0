"""Ceilings: in every terminal program we measured one class swelled past 800 lines."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tests.architecture.source import TESTS, classes, code, functions, length, listed, python_files, shown

FUNCTION = 60
TEST_FUNCTION = 40
FILE = 500
APP_CLASS = 120
SCREEN_CLASS = 300


def bases(node: ast.ClassDef) -> set[str]:
    """Return the last part of each base's name, ``Screen`` for ``textual.screen.Screen[None]``."""
    plain = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return {ast.unparse(base).rpartition(".")[2] for base in plain}


def too_long(names: Iterable[str], ceiling: int) -> list[str]:
    """Return the classes of the package with such a base that are over the ceiling."""
    return [
        f"{shown(path)}:{node.lineno} {node.name}: {length(node)}"
        for path in code()
        for node in classes(path)
        if bases(node) & set(names) and length(node) > ceiling
    ]


def test_no_function_is_longer_than_60_lines() -> None:
    over = [
        f"{shown(path)}:{node.lineno} {node.name}: {length(node)}"
        for path in (*code(), *python_files(TESTS))
        for node in functions(path)
        if length(node) > FUNCTION
    ]
    assert not over, listed(over)


def test_no_test_is_longer_than_40_lines() -> None:
    over = [
        f"{shown(path)}:{node.lineno} {node.name}: {length(node)}"
        for path in python_files(TESTS)
        for node in functions(path)
        if node.name.startswith("test_") and length(node) > TEST_FUNCTION
    ]
    assert not over, listed(over)


def test_no_file_is_longer_than_500_lines() -> None:
    counted = ((path, len(path.read_bytes().splitlines())) for path in (*code(), *python_files(TESTS)))
    found = [f"{shown(path)}: {lines}" for path, lines in counted if lines > FILE]
    assert not found, listed(found)


def test_the_app_stays_a_frame() -> None:
    found = too_long({"App"}, APP_CLASS)
    assert not found, listed(found)


def test_a_screen_stays_one_screen() -> None:
    found = too_long({"Screen", "ModalScreen"}, SCREEN_CLASS)
    assert not found, listed(found)
