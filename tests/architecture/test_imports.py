"""What each room may load, and what a short command must not pay for."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import pytest

from tests.architecture.source import PACKAGE, ROOT, code, imports, listed, shown, tree

HEAVY: Final = (
    "textual",
    "sqlmodel",
    "sqlalchemy",
    "icalendar",
    "babel",
    "holidays",
    "typst",
    "docx",
    "alembic",
    "xlsxwriter",
    "python_calamine",
)
"""Libraries that cost a tenth of a second and more each."""

ROOMS_WITH_ROWS: Final = (
    "models",
    "store",
    "incidents",
    "areas",
    "preparedness",
    "calendars",
    "documents",
    "coordination",
)
"""Rooms whose queries and services may speak to the database."""

HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "alembic": ("store",),
    "babel": ("i18n",),
    "click": ("cli",),
    "docx": ("rendering",),
    "holidays": ("rules",),
    "icalendar": ("calendars",),
    "jinja2": ("rendering",),
    "markdown_it": ("rendering",),
    "platformdirs": ("settings", "store"),
    "pydantic": ("playbooks",),
    "python_calamine": ("tabular",),
    "rich": ("tui",),
    "sqlalchemy": ("models", "store"),
    "sqlmodel": ROOMS_WITH_ROWS,
    "textual": ("tui",),
    "typst": ("rendering",),
    "xlsxwriter": ("tabular",),
    "yaml": ("playbooks",),
}
"""Rooms of each third-party library; one that is not named here has no home yet."""


def room(path_parts: tuple[str, ...]) -> str:
    """Return the room of a file: the folder, or the name of a file at the top."""
    return path_parts[0].removesuffix(".py")


def test_each_library_is_imported_only_at_home() -> None:
    """A library with one home can be replaced, and its traps are known in one place."""
    strangers = []
    for path in code():
        here = room(path.relative_to(PACKAGE).parts)
        for module, line in imports(path):
            library = module.partition(".")[0]
            if library == "muutosturva" or library in sys.stdlib_module_names:
                continue
            if here not in HOMES.get(library, ()):
                strangers.append(f"{shown(path)}:{line} {library}")
    assert not strangers, listed(strangers)


def test_every_home_is_lived_in() -> None:
    """A home that stays listed after its library has left lets it back in unseen."""
    lived_in = {
        (module.partition(".")[0], room(path.relative_to(PACKAGE).parts))
        for path in code()
        for module, _ in imports(path)
    }
    homes = {(library, home) for library, rooms in HOMES.items() for home in rooms}
    empty = sorted(homes - lived_in)
    assert not empty, listed(f"{library}: {home}" for library, home in empty)


def loaded_after(statement: str) -> set[str]:
    """Return the heavy libraries a fresh interpreter has loaded after a statement."""
    program = f"import sys\n{statement}\nprint(*(m for m in {HEAVY!r} if m in sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


HELP = """
from muutosturva.__main__ import main
sys.argv = ["muutosturva", *{arguments!r}]
try:
    code = main()
except SystemExit as left:
    code = left.code
assert not code, code
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["playbook", "--help"]], ids=" ".join)
def test_a_short_command_loads_no_heavy_library(arguments: list[str]) -> None:
    """Static contracts cannot see an import inside a function; a fresh interpreter can."""
    assert loaded_after(HELP.format(arguments=arguments)) == set()


@pytest.mark.parametrize(
    "module",
    [
        "muutosturva.cli",
        "muutosturva.errors",
        "muutosturva.i18n",
        "muutosturva.rules.workdays",
        "muutosturva.playbooks.plan",
        "muutosturva.calendars.ical",
    ],
)
def test_a_pure_module_loads_no_heavy_library(module: str) -> None:
    assert loaded_after(f"import {module}") == set()


def test_every_import_is_absolute_and_every_file_postpones_annotations() -> None:
    """One form of import and of annotations, so that a file can be moved without reading it."""
    without = [
        shown(path)
        for path in code()
        if path.read_text(encoding="utf-8").strip()
        and not path.name.startswith("__init__")
        and ("__future__" not in {module for module, _ in imports(path)})
    ]
    assert not without, listed(without)


def test_only_the_store_goes_round_the_object_layer() -> None:
    """There alone is a restricted incident kept from those outside it (``store/visibility.py``)."""
    ways = {"__table__", "connection", "exec_driver_sql", "get_bind", "engine"}
    found = [
        f"{shown(path)}:{node.lineno} {node.attr}"
        for path in code()
        if path.relative_to(PACKAGE).parts[0] not in {"store", "models"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ways
    ]
    assert not found, listed(found)
