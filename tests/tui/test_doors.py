"""The screens reach the rest of the house through one door."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import muutosturva.tui

ROOM = Path(muutosturva.tui.__file__).parent
DOORS = {"backend", "run.py", "plain.py"}
"""What may call use cases and queries: the door, the start, and the listing without screens."""
CALLED = {
    "muutosturva.incidents.service",
    "muutosturva.incidents.reading.queries",
    "muutosturva.preparedness.service",
    "muutosturva.areas.queries",
    "muutosturva.coordination.exports",
    "muutosturva.coordination.sign_on",
    "muutosturva.store.store",
}


def imported(path: Path) -> set[str]:
    """Return every module a file imports, ``from a import b`` as ``a.b`` too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_only_the_door_calls_use_cases() -> None:
    strangers = {
        path.relative_to(ROOM).as_posix(): sorted(imported(path) & CALLED)
        for path in ROOM.rglob("*.py")
        if path.relative_to(ROOM).parts[0] not in DOORS and imported(path) & CALLED
    }
    assert strangers == {}


def test_no_file_of_the_room_imports_itself_round_about() -> None:
    """Imports inside functions and for types alone count too: a circle is one even when it is hidden."""
    paths = {
        ".".join(path.relative_to(ROOM.parent.parent).with_suffix("").parts): path
        for path in ROOM.rglob("*.py")
    }
    graph = {name: imported(path) & paths.keys() for name, path in paths.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))


def test_no_colour_stands_in_python_but_in_the_theme() -> None:
    """One theme: colours live there and in the .tcss files."""
    found = [
        path.name
        for path in ROOM.rglob("*.py")
        if path.name != "theme.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.startswith("#")
        and len(node.value) == 7
        and all(char in "0123456789abcdefABCDEF" for char in node.value[1:])
    ]
    assert found == []
