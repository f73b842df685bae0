"""The project's own files, as the tests of this folder look at them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "muutosturva"
TESTS: Final = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file under version control, and those that would be added to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: Path) -> tuple[Path, ...]:
    """Return the Python files under ``folders``."""
    return tuple(path for path in tracked() if path.suffix == ".py" and set(folders) & set(path.parents))


def code() -> tuple[Path, ...]:
    """Return the package's Python files; a migration is a record, not code to be read and split."""
    return tuple(path for path in python_files(PACKAGE) if path.parts[-3:-1] != ("migrations", "versions"))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def shown(path: Path) -> str:
    """Return a path as the reports show it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a file, nested ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def classes(path: Path) -> Iterator[ast.ClassDef]:
    """Yield every class of a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))


def length(node: Function | ast.ClassDef) -> int:
    """Return the lines of a definition, its decorators not counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each imported module with its line, those inside functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def docstrings(module: ast.Module) -> set[int]:
    """Return the ids of the strings that stand alone as statements: docstrings of every kind."""
    return {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def listed(found: Iterable[str]) -> str:
    """Return what was found, one a line: a report that shows all of it."""
    return "".join(f"\n  {line}" for line in found)
