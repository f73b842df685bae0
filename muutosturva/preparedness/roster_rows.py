"""What the rows of a roster's file mean: people with values that can be saved, and what is wrong. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from muutosturva.errors import Problem, nearest
from muutosturva.preparedness.forms import EMAIL, ID, LANGUAGE
from muutosturva.preparedness.roster_sheet import RosterSheet, SheetRow
from muutosturva.rules.short_texts import short_text_problems

Value = str | bool | tuple[str, ...]

MANY: Final = frozenset({"roles", "deputy_for", "skills", "languages"})
"""Fields that hold several words, with a comma, a semicolon or a line between them."""

CLEARING: Final = frozenset({"-", "–", "—"})
"""What a cell holds where the roster's own value is to go; an empty one leaves it as it is."""

_BETWEEN: Final = re.compile(r"[;,\n]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What the store and the playbooks know, folded to small letters.

    Attributes:
        areas: slug by slug and name.
        roles: id of a role by id and by title, in any language.
        languages: tag by tag and word.
        yes, no: words for being active and not.
    """

    areas: Mapping[str, str]
    roles: Mapping[str, str]
    languages: Mapping[str, str]
    yes: Collection[str]
    no: Collection[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that can be taken: what a person is to be like.

    Attributes:
        row: as it stands in the file.
        slug: id of the person in the roster; "" where the name says who it is.
        name: the name; "" where only the id is given.
        values: by field; a field the file does not have is missing.
    """

    row: SheetRow
    slug: str
    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong in a row; ``column`` is its heading, or "" for the whole row.

    The path of ``problem`` is the cell, ``D5``; in a YAML file it is the file with the line.
    """

    number: int
    column: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows of a file: those that can be taken, what is wrong, and what should be looked at."""

    wanted: tuple[Wanted, ...]
    rejected: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]


@dataclass(slots=True)
class _Findings:
    rejected: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)


def judge(sheet: RosterSheet, known: Known) -> Judged:
    """Return what the rows of a file mean.

    Args:
        sheet: the rows.
        known: what ids and words may be.
    """
    found = _Findings()
    wanted: list[Wanted] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        before = len(found.rejected)
        values = dict(_values(sheet, row, known, found))
        name = " ".join(row.cells.get("name", "").split())
        slug = row.cells.get("id", "").strip().casefold()
        if not name and not slug:
            _reject(found, sheet, row, "name", Problem("preparedness.name_missing"))
        for problem in short_text_problems(name, "name"):
            _reject(found, sheet, row, "name", problem)
        for key in {f"id {slug}" if slug else "", f"name {name.casefold()}" if name else ""} - {""}:
            if key in seen:
                twice = Problem("preparedness.row_twice", {"person": name or slug, "row": seen[key]})
                _reject(found, sheet, row, "", twice)
                break
            seen[key] = row.number
        if len(found.rejected) == before:
            wanted.append(Wanted(row, slug, name, values))
    return Judged(tuple(wanted), tuple(found.rejected), tuple(found.warnings))


def _reject(found: _Findings, sheet: RosterSheet, row: SheetRow, name: str, problem: Problem) -> None:
    found.rejected.append(_placed(sheet, row, name, problem))


def _placed(sheet: RosterSheet, row: SheetRow, name: str, problem: Problem) -> RowProblem:
    return RowProblem(row.number, sheet.columns.get(name, name), sheet.placed(problem, row, name))


def _values(sheet: RosterSheet, row: SheetRow, known: Known, found: _Findings) -> Iterator[tuple[str, Value]]:
    """Yield the values of a row by field, and note what is wrong with them; an empty cell says nothing."""
    for name, text in row.cells.items():
        if name in {"id", "name"} or not text:
            continue
        if text in CLEARING and name != "active":
            yield name, () if name in MANY else ""
            continue
        value, problems = _value(name, text, known)
        if name == "phone" and row.zero_lost and text:
            value = _with_zero(text)
            warning = Problem("preparedness.zero_lost", {"phone": value})
            found.warnings.append(_placed(sheet, row, name, warning))
        for problem in problems:
            if problem.code == "preparedness.role_unknown":
                found.warnings.append(_placed(sheet, row, name, problem))
            else:
                _reject(found, sheet, row, name, problem)
        if value is not None:
            yield name, value


def _value(name: str, text: str, known: Known) -> tuple[Value | None, list[Problem]]:
    """Return the value of a cell, None where it says nothing, and what is wrong with it."""
    folded = text.casefold()
    if name in MANY:
        return _many(name, text, known)
    if name == "active" and text and folded not in {*known.yes, *known.no}:
        return None, [_problem("not_yes_or_no", text=text)]
    if name == "active":
        return (folded in known.yes if text else None), []
    if name == "area" and text and folded not in known.areas:
        return None, [_problem("no_area", area=text, nearest=nearest(text, known.areas))]
    wrong_address = name == "email" and text and not EMAIL.fullmatch(text)
    problems = [_problem("email_form", email=text)] if wrong_address else []
    return (known.areas[folded] if name == "area" and text else text), problems


def _many(name: str, text: str, known: Known) -> tuple[Value, list[Problem]]:
    words = [" ".join(part.split()) for part in _BETWEEN.split(text) if part.strip()]
    found, problems = [], []
    for word in words:
        folded = word.casefold()
        if name == "languages":
            tag = known.languages.get(folded, word)
            problems += [] if LANGUAGE.fullmatch(tag) else [_problem("language_form", language=word)]
        elif name == "skills":
            tag = re.sub(r"[\s]+", "_", folded)
            problems += [] if ID.fullmatch(tag) else [_problem("id_form", id=word)]
        else:
            tag = known.roles.get(folded, folded)
            if not ID.fullmatch(tag):
                near = nearest(word, known.roles)
                problems.append(_problem("no_role", role=word, nearest=near))
            elif folded not in known.roles:
                near = nearest(word, known.roles)
                problems.append(_problem("role_unknown", role=word, nearest=near))
        found.append(tag)
    return tuple(dict.fromkeys(found)), problems


def _problem(code: str, **params: str) -> Problem:
    return Problem(f"preparedness.{code}", params)


def _with_zero(number: str) -> str:
    """Return a phone number that was a number in the file: the zero before it, or the plus, is back."""
    digits = number.split(".", maxsplit=1)[0]
    return f"+{digits}" if digits.startswith("358") else f"0{digits.removeprefix('0')}"
