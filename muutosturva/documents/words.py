"""Values of the read models as words of a document; filters of the templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from muutosturva.clock import local_date
from muutosturva.documents.picture import Effect, Fact, HomeRow, Step
from muutosturva.i18n import Texts, pick
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.pure.views import TaskAreaView
from muutosturva.incidents.told.wording import shared_areas
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.rules.results import StatutoryDate

NO_BREAK: Final = "\u00a0"


class Words:
    """Makes words of one language; every method is a filter of that name."""

    def __init__(self, texts: Texts) -> None:
        """Speak the language of ``texts``."""
        self._texts = texts

    def filters(self) -> Mapping[str, Callable[..., object]]:
        """Return the filters by name."""
        return {
            "said": self.said,
            "label": self.label,
            "tally": self.tally,
            "people": self.people,
            "when": self.when,
            "date": self.date,
            "law_day": self.law_day,
            "statutes": self.statutes,
            "about": self.about,
            "estimate": self.estimate,
            "named": self.named,
            "source": self.source,
            "effect": self.effect,
            "shared": self.shared,
        }

    def shared(self, areas: Sequence[TaskAreaView]) -> str:
        """Return the areas that share a task, each with its part."""
        return shared_areas(self._texts, areas)

    def date(self, day: dt.date | None) -> str:
        """Return weekday and date that stay on one line."""
        return self._texts.weekday_date(day).replace(" ", NO_BREAK)

    def when(self, date: PlannedDate | AnchorValue | None) -> str:
        """Return a date with its certainty: a range, an estimate, a clock time, or "not known"."""
        if date is None or date.value is None:
            return self._texts("common.unknown")
        if date.certainty is Certainty.RANGE and date.earliest != date.latest:
            return f"{self.date(date.earliest)} – {self.date(date.latest)}"
        words = self.date(date.value)
        if date.at is not None:
            clock = self._texts.clock_time(date.at)
            words = self._texts("common.moment", date=words, time=clock).replace(" ", NO_BREAK)
        if date.certainty is Certainty.CONFIRMED:
            return words
        return f"{words} ({self._texts('documents.estimate')})"

    def law_day(self, date: StatutoryDate) -> str:
        """Return the day of the law: an earliest one, or a last one and whether and to which day it moves.

        Where it is counted from a range, the first day and the last one.
        """
        words = self.date(date.date)
        if date.until is not None:
            words = f"{words} – {self.date(date.until)}"
        if date.earliest:
            return self._texts("documents.at_the_earliest", date=words)
        if date.until is not None or date.date in {date.last_date, date.safe_date}:
            return words
        if date.last_date is None:
            return f"{words} ({self._texts('documents.moves_unsure')})"
        return self._texts("documents.moved_to", date=words, last=self.date(date.last_date))

    def statutes(self, step: Step) -> str:
        """Return the acts and sections a step rests on: the playbook's, else those of the rows used."""
        rows = step.statutory.law if step.statutory else ()
        named = step.law or tuple(row.statute for row in rows)
        shown = "; ".join(dict.fromkeys(name.replace(" §", f"{NO_BREAK}§") for name in named if name))
        if not step.unsure and not (step.statutory and step.statutory.unsure):
            return shown or "–"
        mark = self._texts("common.unsure").upper()
        return f"{shown} ({mark})" if shown else mark

    def said(self, value: object) -> object:
        """Return any value of a fact as words."""
        match value:
            case None:
                return self._texts("common.unknown")
            case bool():
                return self._texts("common.yes" if value else "common.no")
            case int():
                return self._texts.number(value)
            case AnchorValue():
                return self.when(value)
            case dt.date():
                return self.date(value)
            case _:
                return self.label(value) if isinstance(value, Mapping) else value

    def label(self, label: object) -> str:
        """Return a label: a text by language, or the name of a text under ``documents.fact``."""
        if not isinstance(label, Mapping):
            return self._texts(f"documents.fact.{label}")
        picked = pick(label, self._texts.language)
        return f"{picked.text} ({picked.language})" if picked.fallback else picked.text

    def tally(self, tally: Tally) -> str:
        """Return a sum for a table: ``375``, ``vähintään 350``, or "not known" (at least 0 says no more)."""
        if tally.complete or not tally.known:
            return self._texts.number(tally.known if tally.complete else None)
        words = self._texts("documents.at_least", number=self._texts.number(tally.known))
        return words.replace(" ", NO_BREAK)

    def people(self, tally: Tally) -> str:
        """Return a sum for a sentence: ``375 ihmistä``, ``vähintään 350 ihmistä``."""
        if tally.known is None or (tally.known == 0 and not tally.complete):
            return self._texts("documents.people_unknown")
        words = self._texts("documents.people", n=tally.known, number=self._texts.number(tally.known))
        return words if tally.complete else self._texts("documents.at_least", number=words)

    def about(self, value: float | None) -> str:
        """Return an estimated number of people, rounded to whole people; under one is "under 1"."""
        if value is None:
            return self._texts("common.unknown")
        return self._texts("documents.under_one") if 0 < value < 0.5 else self._texts.number(round(value))

    def estimate(self, home: HomeRow) -> str:
        """Return the estimate with its bounds, and a star where it rests on a doubtful cell."""
        words = self.about(home.expected)
        if home.low is not None and home.high is not None:
            words = f"{words} ({self._texts.number(round(home.low))}–{self._texts.number(round(home.high))})"
        return f"{words} *" if home.unsure else words

    def source(self, item: Fact | Step) -> str:
        """Return who said something, or how a date was got; "not known" where nobody wrote it down."""
        if item.source:
            return item.source
        if isinstance(item, Step):
            return self._texts(f"documents.origin.{item.origin or 'unknown'}")
        if item.assumed:
            return self._texts("documents.assumed")
        if item.recorded is not None:
            day = self._texts.day(local_date(item.recorded))
            return self._texts("documents.recorded", date=day)
        return self._texts("common.unknown")

    def effect(self, effect: Effect) -> str:
        """Return the name of an effect."""
        return self._texts(f"documents.effect.{effect}")

    def named(self, step: Step) -> str:
        """Return the title of a step, and its firm where the picture has several."""
        title = self.label(step.title)
        return f"{title} ({step.firm})" if step.firm else title
