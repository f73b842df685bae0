"""The log in words: each event as one sentence, for the command line, the screens and documents alike.

Pure functions over ``Texts``, entries and names; ``telling`` says which sentence an event is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from muutosturva.clock import HELSINKI, local_date
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import LogEntry
from muutosturva.incidents.reading.naming import Name, Names
from muutosturva.incidents.told.sentences import (
    Act,
    Counted,
    Dated,
    Everyone,
    Firms,
    Kind,
    Named,
    Redated,
    Remark,
    Rule,
    Sentence,
    Titled,
    Turned,
)
from muutosturva.incidents.told.statutes import statute
from muutosturva.incidents.told.telling import tell
from muutosturva.incidents.told.wording import act_words, question_label
from muutosturva.incidents.typed.notation import read_anchor_value
from muutosturva.playbooks.facts import Certainty

SAME: Final = dt.timedelta(minutes=1)
"""Below this, what happened and when it was written down count as one moment."""
LISTED: Final = 5
"""Titles written out in one sentence; of the others the number is told, unless only one is left."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the log in words.

    Attributes:
        entry: the event.
        day: the day it happened on, in Finland.
        at: clock time, with the moment of writing where that was another: ``klo 8.10 (kirjattu 9.02)``.
        happened: date and time it happened.
        recorded: date and time it was written down.
        who: who says so.
        firm: the firm it is about, where the log tells of several; "" otherwise.
        told: what happened, in one sentence and its sequels.
    """

    entry: LogEntry
    day: dt.date
    at: str
    happened: str
    recorded: str
    who: str
    firm: str
    told: str


def lines(texts: Texts, entries: Iterable[LogEntry], names: Names) -> tuple[Line, ...]:
    """Return events in words, in the order given."""
    return tuple(
        Line(
            entry=entry,
            day=local_date(entry.event_time),
            at=at(texts, entry),
            happened=texts.moment(entry.event_time),
            recorded=texts.moment(entry.record_time),
            who=entry.actor or entry.login,
            firm=names.firm(entry),
            told=sentence(texts, entry, names),
        )
        for entry in entries
    )


def in_story_order(entries: Iterable[LogEntry]) -> tuple[LogEntry, ...]:
    """Return events as they happened, oldest first; those of one moment as they were written down."""
    return tuple(sorted(entries, key=lambda entry: (entry.event_time, entry.record_time, entry.seq)))


def at(texts: Texts, entry: LogEntry) -> str:
    """Return the clock time of an event, and when it was written down unless that was at once."""
    happened = texts("incidents.narrative.at", time=texts.clock_time(entry.event_time))
    if abs(entry.record_time - entry.event_time) < SAME:
        return happened
    same_day = local_date(entry.record_time) == local_date(entry.event_time)
    recorded = texts.clock_time(entry.record_time) if same_day else texts.moment(entry.record_time)
    return f"{happened} {texts('incidents.narrative.recorded', at=recorded)}"


def sentence(texts: Texts, entry: LogEntry, names: Names) -> str:
    """Return what an event tells somebody who was not there."""
    speaker = _Speaker(texts, entry, names)
    return " ".join(speaker.said(told) for told in tell(entry))


@dataclass(frozen=True, slots=True)
class _Speaker:
    texts: Texts
    entry: LogEntry
    names: Names

    def said(self, told: Sentence) -> str:
        """Return one sentence with its values in words; a value nobody gave is said to be unknown."""
        values = {name: self._word(value) for name, value in told.values.items()}
        unknown = self.texts("common.unknown")
        wanted: dict[str, object] = {
            name: values.get(name) or unknown for name in self.texts.fields(told.key)
        }
        if "n" in told.values:
            wanted["n"] = told.values["n"]
        return _ended(self.texts(told.key, **wanted))

    def _word(self, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.texts("common.yes" if value else "common.no")
        if isinstance(value, Named):
            return self._listed([self._title(each) for each in value.ids])
        if isinstance(value, (tuple, list)):
            return self._listed([self._word(item) for item in value])
        if isinstance(value, Firms):
            return self._listed([self.names.firms.get(each, each) for each in value.incidents])
        return self.texts.listing(value.names) if isinstance(value, Everyone) else self._spoken(value)

    def _spoken(self, value: object) -> str:
        if isinstance(value, int):
            return self.texts.number(value)
        if isinstance(value, (Titled, Kind)):
            return self._called(value)
        if isinstance(value, (Counted, Turned, Remark)):
            return self._composed(value)
        if isinstance(value, (Rule, Act)):
            return self._law(value)
        if isinstance(value, (Dated, Redated)):
            return self._dated(value)
        return str(self.texts.spoken(value))

    def _called(self, value: Titled | Kind) -> str:
        return (
            self.texts.pick(value.texts) if isinstance(value, Titled) else act_words(self.texts, value.kind)
        )

    def _law(self, value: Rule | Act) -> str:
        if isinstance(value, Act):
            return statute(self.texts, value.statute)
        key = f"rules.law.{value.key}"
        return self.texts(key) if self.texts.has(key) else value.key

    def _listed(self, items: Sequence[str]) -> str:
        # Titles have commas of their own.
        between = "; " if any("," in item for item in items) else ", "
        if len(items) > LISTED + 1:
            first = between.join(items[:LISTED])
            return self.texts("incidents.narrative.more", first=first, n=len(items) - LISTED)
        return self.texts.listing(items) if between == ", " else between.join(items)

    def _composed(self, value: Counted | Turned | Remark) -> str:
        """Return a value of several parts: ``irtisanominen 198 (päätetty)``, ``Kutsu (1.3. → 2.3.)``."""
        if isinstance(value, Turned):
            sides = {"old": self._word(value.old) or "–", "new": self._word(value.new) or "–"}
            return self.texts("incidents.narrative.turned", task=self._word(value.task), **sides)
        if isinstance(value, Remark):
            said = value.text if isinstance(value.text, str) else self._word(value.text)
            said = said or self.texts("common.unknown")
            about = self._asked(value.task)
            if about.endswith("?"):
                return f"{about} {said}"
            return self.texts("incidents.narrative.remark", task=about, text=said)
        stage, *place = [self._word(part) for part in value.place]
        return " ".join([*place, value.people or self.texts("common.unknown"), f"({stage})"])

    def _dated(self, value: Dated | Redated) -> str:
        """Return a date, or an anchor with both: ``neuvotteluesitys 1.3.2028 (aiemmin 1.3.2027)``."""
        if isinstance(value, Dated):
            return anchor_words(self.texts, value.text)
        unknown = self.texts("common.unknown")
        dates = {"new": self._word(value.new) or unknown, "old": self._word(value.old) or unknown}
        return self.texts("incidents.narrative.redated", anchor=self._word(value.anchor), **dates)

    def _asked(self, named: Named | Titled) -> str:
        """Return a thing by its title, and a fact the language asks by itself (``level``) in words."""
        if isinstance(named, Titled):
            return self.texts.pick(named.texts)
        if len(named.ids) == 1 and self.names.of(self.entry, named.ids[0]) is None:
            return question_label(self.texts, named.ids[0], {})
        return self._word(named)

    def _title(self, called: str) -> str:
        name = self.names.of(self.entry, called)
        return called if name is None else title(self.texts, called, name)


def title(texts: Texts, called: str, name: Name) -> str:
    """Return the title of a thing: a task's with its code, a question's also where the law asks it."""
    words = question_label(texts, called, name.title)
    return f"{name.code} {words}" if name.code else words


def anchor_words(texts: Texts, notation: str) -> str:
    """Return a date in the notation of anchors as words: ``1.3.2027 (arvio)``."""
    value = read_anchor_value(notation)
    if value.value is None:
        return texts("common.unknown")
    shown = texts.day(value.value)
    if value.latest is not None and value.latest != value.value:
        shown = f"{shown}–{texts.day(value.latest)}"
    elif value.at is not None:
        shown = texts.moment(dt.datetime.combine(value.value, value.at, HELSINKI))
    if value.certainty in {Certainty.CONFIRMED, Certainty.RANGE}:
        return shown
    return f"{shown} ({texts.word(value.certainty)})"


def _ended(text: str) -> str:
    """Return a sentence with one full stop: what people typed may have brought its own."""
    return re.sub(r"([.!?…])\.$", r"\1", text)
