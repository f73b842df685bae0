"""The one gate before everything that is saved: no free text may hold a personal identity code.

The log is never rewritten, so that what once stands in it stays. Whoever saves passes here: the texts of
rows and what events tell, whichever front end or file they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa
from sqlmodel import Session

from muutosturva.errors import InputError, Problem
from muutosturva.models.base import Row
from muutosturva.rules.identity_codes import identity_code_problems, identity_codes
from muutosturva.store.changes import RowWatch
from muutosturva.store.log import EventDraft


def refuse_identity_codes(session: Session, rows: RowWatch, drafts: Iterable[EventDraft], actor: str) -> None:
    """Refuse to save a text that holds a personal identity code; a code that stands already may be told of.

    Args:
        session: the writing session, already flushed.
        rows: what it wrote.
        drafts: the events that tell of it.
        actor: who does it.

    Raises:
        InputError: a text holds one (``store.identity_code``); every such text is a problem.
    """
    given = [("actor", actor), *(told for draft in drafts for told in _told(draft))]
    written = [text for name, value in rows.written() for text in _texts(value, name)]
    new = [*_holding(given), *_holding(written)]
    if not new:
        return
    replaced = _codes(text for value in rows.replaced() for _, text in _texts(value, ""))
    entered = _codes(text for _, text in written) - replaced
    standing = (replaced | _codes(_loaded(session))) - entered
    problems: dict[str, Problem] = {}
    for path, text in new:
        if identity_codes(text) - standing:
            for problem in identity_code_problems(text, path):
                problems.setdefault(str(problem.params["text"]), problem)
    if problems:
        raise InputError("store.identity_code", problems=tuple(problems.values()))


def _told(draft: EventDraft) -> Iterator[tuple[str, str]]:
    yield from _texts(list(draft.subjects), "")
    yield from _texts(list(draft.fields), "")
    yield from _texts(draft.payload, "")


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text within a value, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield path, str(name)
            yield from _texts(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from _texts(item, path)


def _holding(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(path, text) for path, text in texts if identity_codes(text)]


def _codes(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(code for text in texts for code in identity_codes(text))


def _loaded(session: Session) -> Iterator[str]:
    """Yield the texts of the rows the use case has read, as they are in memory."""
    for row in list(session.identity_map.values()):
        if isinstance(row, Row):
            for attribute in sa.inspect(type(row)).column_attrs:
                for _, text in _texts(row.__dict__.get(attribute.key), ""):
                    yield text
