"""Errors as the user meets them: one root, exit codes, and problems as values.

Two kinds are kept apart. A *problem* is something wrong in what the user gave (a file, an
anchor, a list): a value with a position, collected so that all are reported at once. An
*error* ends the use case. Neither carries a sentence: both carry a catalogue key and its
parameters, and ``i18n`` makes the words at the edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import IntEnum
from typing import ClassVar, Final


class ExitCode(IntEnum):
    """What the process returns; scripts rely on these numbers."""

    DONE = 0
    """Everything asked for was done."""
    PROBLEMS = 1
    """The input has problems; all of them were listed."""
    USAGE = 2
    """Unknown option or value, or an impossible date."""
    NOT_FOUND = 3
    """No such incident, playbook, municipality or task."""
    CONFLICT = 4
    """Somebody else changed the same thing first."""
    REFUSED = 5
    """Not allowed: wrong store kind, alien or newer store, not approved."""
    MACHINE = 6
    """The machine or the store failed: disk full, read-only, server away."""
    BUG = 70
    """A fault of the program itself."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the input.

    Attributes:
        code: stable code, the room first: ``playbooks.unknown_key``, whose message is the
            catalogue's ``playbooks.problem.unknown_key``.
        params: named values of the message, plain data only.
        path: file or logical path (``--anchor proposal``) the problem stands in.
        line: 1-based line, or None where there is no file.
        column: 1-based column, or None.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    path: str = ""
    line: int | None = None
    column: int | None = None


class MuutosturvaError(Exception):
    """Root of every error that ends a use case with words for the user.

    Attributes:
        key: stable code, the room first (``store.newer``): the ``error`` of ``--json``, and the
            catalogue's ``store.error.newer``.
        params: named values of the message.
        problems: problems listed under the message, may be empty.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, key: str, /, *, problems: Sequence[Problem] = (), **params: object) -> None:
        """Remember the message's key and parameters; ``str()`` shows both for the log."""
        super().__init__(key, params)
        self.key = key
        self.params: Mapping[str, object] = params
        self.problems: tuple[Problem, ...] = tuple(problems)

    def __str__(self) -> str:
        """Return key and parameters: for logs and tests, never for the screen."""
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        codes = ", ".join(problem.code for problem in self.problems)
        return f"{self.key}({shown})" + (f" [{codes}]" if codes else "")


class InputError(MuutosturvaError):
    """The input has problems; every one is in ``problems`` (exit 1)."""

    exit_code = ExitCode.PROBLEMS


class UsageError(MuutosturvaError):
    """An unknown option or value, or an impossible date (exit 2)."""

    exit_code = ExitCode.USAGE


class NotFoundError(MuutosturvaError):
    """Nothing of that name is in the store or the library (exit 3)."""

    exit_code = ExitCode.NOT_FOUND


class ConflictError(MuutosturvaError):
    """Somebody else changed the same row first (exit 4)."""

    exit_code = ExitCode.CONFLICT


class RefusedError(MuutosturvaError):
    """The store's kind, a state or a rule does not allow it (exit 5)."""

    exit_code = ExitCode.REFUSED


class MachineError(MuutosturvaError):
    """The machine or the database failed (exit 6)."""

    exit_code = ExitCode.MACHINE


FEW: Final = 5
"""So many names are all told where none of them is near: a dash helps nobody."""


NONE_NEAR: Final = "–"
"""Stands for the nearest names where there are none; ``i18n`` leaves the sentence out then."""


def nearest(wanted: str, known: Iterable[str], count: int = 3) -> str:
    """Return the nearest spellings of a word as one text, or "–" where none is near and many exist.

    A word that is a part of a name (``elli`` of ``Esimerkki Elli``) is near too.

    Args:
        wanted: what the user typed.
        known: what exists.
        count: how many to name at most.
    """
    by_folded = {word.casefold(): word for word in known}
    folded = wanted.strip().casefold()
    near = get_close_matches(folded, by_folded, n=count)
    near = near or [word for word in by_folded if folded and folded in word][:count]
    if not near and len(by_folded) <= FEW:
        near = list(by_folded)
    return ", ".join(by_folded[word] for word in near) or NONE_NEAR
