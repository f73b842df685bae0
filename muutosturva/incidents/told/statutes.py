"""Statutes and rows of the law as a reader knows them: an act by its name beside its number.

Pure functions over ``Texts``. The names are ``rules.act.<number>`` of the catalogues; an act without
one stands by its number alone.
"""

from __future__ import annotations

import re
from typing import Final

from muutosturva.i18n import Texts
from muutosturva.rules.results import Confidence, LawRow
from muutosturva.rules.thresholds import Crossing

_ACT: Final = re.compile(r"(?<![\w/(])(?<!HE )(\(EU\) )?(\d{1,4}/\d{1,4})(?![\w/])")
"""The number of an act, not of a bill; one in parentheses is what amended the act before it."""
_CHAPTER: Final = re.compile(r"\bluku\b")


def statute(texts: Texts, written: str) -> str:
    """Return a statute with the name of each act before its number: ``yhteistoimintalaki 1333/2021 2 §``."""
    named: set[str] = set()

    def with_name(match: re.Match[str]) -> str:
        key = f"rules.act.{match[2]}"
        name = texts(key) if texts.has(key) else ""
        if not name or name in named:
            return match[0]
        named.add(name)
        return f"{name} {match[0]}"

    return _CHAPTER.sub(texts("rules.statute.chapter"), _ACT.sub(with_name, written))


def source(texts: Texts, written: str) -> str:
    """Return where a row of the law comes from; this program's own sources in words."""
    key = f"rules.source.{written}"
    return texts(key) if texts.has(key) else written


def doubt(texts: Texts, row: LawRow) -> str:
    """Return how sure a row is, in brackets, where it is not sure; "" where it is."""
    if row.confidence in {Confidence.SURE, Confidence.FOUND}:
        return ""
    return f" [{texts.word(row.confidence)}]"


def crossing(texts: Texts, crossed: Crossing) -> str:
    """Return a threshold that was crossed, with its statute and how sure the row is."""
    told = texts(
        f"incidents.difference.crossed_{crossed.direction.value}{'_planned' if crossed.planned else ''}",
        name=texts(f"rules.law.{crossed.key}"),
        value=crossed.value,
        number=crossed.number,
        statute=statute(texts, crossed.law.statute),
    )
    return f"{told}{doubt(texts, crossed.law)}"
