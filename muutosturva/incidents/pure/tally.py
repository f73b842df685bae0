"""Numbers of people that may not be known, and their sums. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum over numbers of which some may not be known.

    Attributes:
        known: sum of the known ones, or None when none is known: the unknown is never a zero.
        missing: how many are not known.
    """

    known: int | None
    missing: int

    @classmethod
    def of(cls, numbers: Iterable[int | None]) -> Tally:
        """Return the sum of numbers; nothing to sum is not known either."""
        given = list(numbers)
        known = [number for number in given if number is not None]
        return cls(sum(known) if known else None, len(given) - len(known))

    @property
    def complete(self) -> bool:
        """Tell whether the sum is the whole truth and not a lower bound."""
        return self.known is not None and self.missing == 0

    @property
    def number(self) -> int | None:
        """Return the sum where it is the whole truth, else None."""
        return self.known if self.complete else None
