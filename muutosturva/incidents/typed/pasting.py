"""Lines copied from Excel, Word or an e-mail, made into tasks that may be added. Pure.

A line is a task: its title first, then in any order a day and who does it, with tabs or semicolons
between. Bullets, numbers and check boxes before the title are dropped, and so are empty lines.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from muutosturva.errors import Problem, UsageError
from muutosturva.incidents.typed.notation import parse_day
from muutosturva.rules.plain_ids import plain_id
from muutosturva.rules.short_texts import TITLE, short_text_problems

LONGEST_STEP: Final = 40
"""Characters of an id made from a title."""

_BULLET: Final = re.compile(r"^[ \t]*(?:(?:[-–—•*·▪◦‣☐□✓]|o(?=\t)|\d{1,3}[.)])[ \t]+)+", re.MULTILINE)
_LIKE_A_DATE: Final = re.compile(r"(?:[^\W\d_]{2}\s+)?[\d.\-/]{3,}(?:\s+\d{1,2}[:.]\d{2}(?::\d{2})?)?")
_CLOCK: Final = re.compile(r"(?:T|\s+)\d{1,2}[:.]\d{2}(?::\d{2})?$")


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task that somebody wants to add.

    Attributes:
        title: its words.
        due: its day, or None.
        who: a role of the incident by id or title, or a person of the roster; "" for the lead.
        step: its id; "" to make one from the title.
        path: where it was written, for what is wrong with it: ``rivi 3``.
    """

    title: str
    due: dt.date | None = None
    who: str = ""
    step: str = ""
    path: str = ""


def pasted(text: str, headings: Collection[str] = ()) -> tuple[tuple[NewTask, ...], tuple[Problem, ...]]:
    """Return the tasks of a text and what is wrong with it; ``path`` is the number of the line.

    Args:
        text: the lines.
        headings: words that make the first line a heading when it begins with one of them.
    """
    plain = _BULLET.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    delimiter = "\t" if "\t" in plain else ";"
    reader = csv.reader(io.StringIO(plain), delimiter=delimiter)
    tasks: list[NewTask] = []
    problems: list[Problem] = []
    folded = {heading.casefold() for heading in headings}
    for cells in reader:
        words = [" ".join(cell.split()) for cell in cells]
        if not any(words):
            continue
        if not tasks and not problems and words[0].casefold() in folded:
            continue
        read = _task(words, str(reader.line_num))
        if isinstance(read, Problem):
            problems.append(read)
        else:
            tasks.append(read)
    return tuple(tasks), tuple(problems)


def _task(words: list[str], path: str) -> NewTask | Problem:
    title, *rest = words
    day: dt.date | None = None
    who: list[str] = []
    for word in filter(None, rest):
        if _LIKE_A_DATE.fullmatch(word) is None:
            who.append(word)
            continue
        read = day_of(word)
        if read is None or day is not None:
            return Problem("incidents.line_date", {"text": word}, path)
        day = read
    if len(who) > 1:
        return Problem("incidents.line_columns", {"text": "; ".join(who)}, path)
    return NewTask(title, day, who[0] if who else "", path=path)


def day_of(text: str) -> dt.date | None:
    """Return the day a text means, a clock time of a spreadsheet left out; None where it means none."""
    try:
        return parse_day(_CLOCK.sub("", text.strip()))
    except UsageError:
        return None


def title_problems(title: str, path: str) -> list[Problem]:
    """Return what is wrong with a title."""
    if not title.strip():
        return [Problem("incidents.title_missing", {}, path)]
    return short_text_problems(title, path, TITLE)


def step_of(title: str, taken: Iterable[str]) -> str:
    """Return an id made from a title: ``Äänitä tiedote!`` is ``aanita-tiedote``, a second one …-2."""
    return plain_id(title, taken, longest=LONGEST_STEP, nameless="oma")
