"""A plan as bars over time, in plain characters: for the command line and for the screen alike.

Nothing is said by colour: what a character means stands in the catalogue (``incidents.gantt``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from muutosturva.i18n import Texts

BAR: Final = "="
"""A day of a task whose dates are sure."""
GUESS: Final = "~"
"""A day of a task whose dates hang on an estimate."""
DUE: Final = "|"
"""The due day."""
LAW: Final = "§"
"""The day of the law."""
TODAY: Final = ":"
"""Today, where nothing else stands."""
CHAINED: Final = "»"
"""Before a task of the chain that decides the end."""
NO_DATE: Final = "?"
MILESTONE: Final = "◆"
GUESSED_MILESTONE: Final = "◇"
BEFORE: Final = "<"
"""A task that lies before the time shown."""
AFTER: Final = ">"
STEPS: Final = (1, 2, 3, 4, 5, 7, 10, 14, 21, 28, 56, 112)
"""Days that a character may stand for."""
TICK: Final = 12
"""Characters between two days of the heading."""
LEAST: Final = 20
"""Characters for the bars on the narrowest screen."""
MARKS: Final = 2
"""Characters before a label: the chain's mark, and the caller's."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A task over time.

    Attributes:
        key: what the row stands for.
        label: what stands before the bar.
        group: heading under which it stands; "" for none.
        begin: first day; None when only the due day is known.
        due: due day, or None.
        latest: last day the due day may turn out to be.
        sure: the due day does not hang on an estimate.
        law: day of the law, or None.
        mark: one character before the label, or "".
        chained: it belongs to the chain that decides the end.
    """

    key: str
    label: str
    group: str = ""
    begin: dt.date | None = None
    due: dt.date | None = None
    latest: dt.date | None = None
    sure: bool = True
    law: dt.date | None = None
    mark: str = ""
    chained: bool = False

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """Return first and last day, or None when there is no due day."""
        if self.due is None:
            return None
        return min(self.begin or self.due, self.due), max(self.latest or self.due, self.due)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date the plan hangs on."""

    label: str
    day: dt.date
    sure: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the drawing; ``key`` is "" for a heading."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to characters.

    Attributes:
        first: day of the first character, a Monday.
        days: days that one character stands for.
        size: characters.
    """

    first: dt.date
    days: int
    size: int

    def place(self, day: dt.date) -> int:
        """Return the character a day falls on; outside 0 … size - 1 when it is not shown."""
        return (day - self.first).days // self.days

    def day(self, place: int) -> dt.date:
        """Return the first day of a character."""
        return self.first + dt.timedelta(days=place * self.days)

    def shows(self, day: dt.date) -> bool:
        """Tell whether a day falls on a character."""
        return 0 <= self.place(day) < self.size

    def nearer(self, today: dt.date) -> Scale:
        """Return half the time or less, from the week before a day."""
        finer = [step for step in STEPS if step * 2 <= self.days]
        return self if not finer else Scale(_monday(today - dt.timedelta(days=7)), finer[-1], self.size)

    def later(self, part: int) -> Scale:
        """Return the same length of time, moved by a third of it; ``part`` -1 moves back."""
        return Scale(
            _monday(self.first + dt.timedelta(days=part * self.days * self.size // 3)), self.days, self.size
        )


def fitted(bars: Iterable[Bar], milestones: Iterable[Milestone], size: int) -> Scale | None:
    """Return the scale on which everything is seen, or None when nothing has a date."""
    spans = [span for bar in bars if (span := bar.span) is not None]
    days = [*(day for span in spans for day in span), *(found.day for found in milestones)]
    if not spans:
        return None
    first, last = _monday(min(days)), max(days)
    length = (last - first).days + 1
    size = max(size, LEAST)
    step = next((step for step in STEPS if step * size >= length), -(-length // size))
    return Scale(first, step, size)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def heading(
    texts: Texts, milestones: Iterable[Milestone], scale: Scale, today: dt.date, label: int
) -> tuple[str, ...]:
    """Return the lines above the bars: the days, today, and the dates the plan hangs on."""
    indent = " " * (label + MARKS + 1)
    lines = [_ruler(texts, scale)]
    if scale.shows(today):
        lines.append(_today(texts, scale, today))
    marks = _milestones(milestones, scale)
    return tuple(f"{indent}{line}".rstrip() for line in [*lines, *([marks] if marks else [])])


def _ruler(texts: Texts, scale: Scale) -> str:
    line = ""
    for place in range(0, scale.size, TICK):
        day = texts.day(scale.day(place))
        if place + len(day) <= scale.size:
            line = f"{line:<{place}}{day} "
    return line


def _today(texts: Texts, scale: Scale, today: dt.date) -> str:
    said, place = texts("incidents.gantt.today", date=today), scale.place(today)
    if place + 2 + len(said) <= scale.size:
        return f"{' ' * place}▼ {said}"
    return f"{said} ▼".rjust(place + 1)


def _milestones(milestones: Iterable[Milestone], scale: Scale) -> str:
    """Return one line with a mark for each date, and as much of its name as fits before the next."""
    shown = sorted((found for found in milestones if scale.shows(found.day)), key=lambda found: found.day)
    line = ""
    for found, following in zip_longest(shown, shown[1:]):
        end = scale.size if following is None else scale.place(following.day)
        place = max(scale.place(found.day), len(line))
        mark = MILESTONE if found.sure else GUESSED_MILESTONE
        line = f"{line:<{place}}{mark}{found.label[: max(0, end - place - 2)]}"
    return line[: scale.size]


def rows(bars: Sequence[Bar], scale: Scale | None, today: dt.date, label: int) -> tuple[Line, ...]:
    """Return a line for each task, under the heading of its group.

    Args:
        bars: in the order of the drawing; those of a group stand together.
        scale: days to characters; None when nothing has a date.
        today: the present day.
        label: characters for a task's label.
    """
    return tuple(_rows(bars, scale, today, label))


def _rows(bars: Sequence[Bar], scale: Scale | None, today: dt.date, label: int) -> Iterator[Line]:
    group = ""
    for bar in bars:
        if bar.group and bar.group != group:
            group = bar.group
            yield Line("", group)
        chain = CHAINED if bar.chained else " "
        named = f"{chain}{bar.mark or ' '}{_cut(bar.label, label):<{label}}"
        drawn = NO_DATE if scale is None or bar.due is None else _bar(bar, scale, today)
        yield Line(bar.key, f"{named} {drawn}".rstrip())


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _bar(bar: Bar, scale: Scale, today: dt.date) -> str:
    assert bar.due is not None, "called for a task with a due day"
    span = bar.span
    assert span is not None, "a due day makes a span"
    characters = [" "] * scale.size
    if scale.shows(today):
        characters[scale.place(today)] = TODAY
    begin, end = (scale.place(day) for day in span)
    if end < 0:
        characters[0] = BEFORE
    elif begin >= scale.size:
        characters[-1] = AFTER
    for place in range(max(0, begin), min(scale.size, end + 1)):
        characters[place] = BAR if bar.sure else GUESS
    for day, mark in ((bar.due, DUE), (bar.law, LAW)):
        if day is not None and scale.shows(day):
            characters[scale.place(day)] = mark
    return "".join(characters)


def legend(texts: Texts, scale: Scale) -> str:
    """Return what a character stands for, in one sentence."""
    return texts("incidents.gantt.scale", n=scale.days)
