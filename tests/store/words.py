"""Every error and finding can be said: its words are there and get the values they name."""

from __future__ import annotations

from muutosturva.errors import MuutosturvaError, Problem
from muutosturva.i18n import LANGUAGES, Texts


def said(what: MuutosturvaError | Problem) -> list[str]:
    """Return what a person reads, in each language; a missing text or value raises KeyError."""
    return [words for language in LANGUAGES for words in _said(what, Texts(language))]


def _said(what: MuutosturvaError | Problem, texts: Texts) -> list[str]:
    if isinstance(what, Problem):
        return [texts.problem(what), texts.hint(what)]
    return [texts.error(what), *(words for problem in what.problems for words in _said(problem, texts))]
