"""Workplaces as they are given: a few ids, or a YAML file of them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from muutosturva.cli.text_files import small_text
from muutosturva.errors import Problem, UsageError, nearest
from muutosturva.incidents.typed.counts import people_count
from muutosturva.incidents.typed.places import one_name, site_id
from muutosturva.playbooks.facts import Site

if TYPE_CHECKING:
    from muutosturva.playbooks.loading.loader import Source
    from muutosturva.playbooks.loading.source import Node

SITES: Final = "sites"
_FIELDS: Final = ("id", "name", "municipality", "headcount")
_LIST: Final = re.compile(r"\s*(#[^\n]*\n\s*)*(?P<sign>[-\[])")


def read_sites(path: Path) -> tuple[tuple[Site, ...], list[Problem]]:
    """Read workplaces from a YAML file: a list, or a map by id.

    Each has ``name``, and may have ``municipality`` and ``headcount``; in a list also ``id``.

    Returns:
        The workplaces that are sound, and every problem of the file with its position.
    """
    source, shift = _source(path)
    if source.root is None or source.problems:
        return (), [shift.moved(problem) for problem in source.problems]
    problems: list[Problem] = []
    sites = []
    for identity, node in _entries(source.root):
        found = [shift.moved(problem) for problem in _entry_problems(identity, node, str(path))]
        problems += found
        if not found:
            sites.append(_site(identity, node))
    return tuple(sites), problems


@dataclass(frozen=True, slots=True)
class _Shift:
    """How far what was read lies below and right of where it stands in the file."""

    lines: int = 0
    columns: int = 0

    def moved(self, problem: Problem) -> Problem:
        line = problem.line and max(1, problem.line - self.lines)
        column = problem.column and max(1, problem.column - self.columns)
        return replace(problem, line=line, column=column)


def _source(path: Path) -> tuple[Source, _Shift]:
    """Read the file; a list at its top is read under a key, as the playbooks' reader wants a map."""
    from muutosturva.playbooks.loading.loader import read_file, read_text

    source = read_file(path)
    if [problem.code for problem in source.problems] != ["playbooks.not_a_map"]:
        return source, _Shift()
    text = small_text(path)
    match = _LIST.match(text)
    if match is None:
        return source, _Shift()
    if match["sign"] == "[":
        return read_text(f"{SITES}:\n{textwrap.indent(text, ' ')}", str(path)), _Shift(1, 1)
    return read_text(f"{SITES}:\n{text}", str(path)), _Shift(1)


def _entries(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield key and node of each workplace; under a key ``sites``, or at the top of the file."""
    node = root.child(SITES) or root
    if isinstance(node.content, dict):
        yield from node.content.items()
    elif isinstance(node.content, list):
        for entry in node.content:
            named = entry.child("id") or entry.child("name")
            yield str(named.content) if named is not None else "", entry


def _entry_problems(identity: str, node: Node, path: str) -> Iterator[Problem]:
    place = (path, node.place.line, node.place.column)
    if not isinstance(node.content, dict):
        yield Problem("cli.site_not_a_map", {}, *place)
        return
    if not identity.strip():
        yield Problem("cli.site_without_name", {}, *place)
    for field, value in node.content.items():
        here = (path, value.key.line, value.key.column)
        if field not in _FIELDS:
            yield Problem("cli.site_field", {"field": field, "nearest": nearest(field, _FIELDS)}, *here)
        elif field == "headcount":
            try:
                _count(value.content)
            except UsageError as error:
                yield count_problem(error, *here)


def count_problem(
    error: UsageError, path: str, line: int | None = None, column: int | None = None
) -> Problem:
    """Return as a problem what is wrong with a typed number of people."""
    code = {"incidents.figure_large": "cli.people_large"}.get(error.key, "cli.people_number")
    return Problem(code, error.params, path, line, column)


def _count(value: object) -> int | None:
    """Return a number of people from a file, where it may also stand as text: ``1 000``.

    Raises:
        UsageError: no whole number, or too large.
    """
    if value is None:
        return None
    return people_count("" if isinstance(value, bool) else str(value))


def _site(identity: str, node: Node) -> Site:
    cells = (
        {field: value.content for field, value in node.content.items()}
        if isinstance(node.content, dict)
        else {}
    )
    return Site(
        site_id(identity),
        one_name(str(cells.get("name") or identity)),
        one_name(str(cells.get("municipality") or "")),
        _count(cells.get("headcount")),
    )
