"""Length of service, from the day it began or as years and months counted on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from muutosturva.rules.case import Case
from muutosturva.rules.workdays import add_months

SERVICE_FACT: Final = "employment_start"
"""What is asked for where the length of service decides and is not known."""


@dataclass(frozen=True, slots=True)
class Service:
    """Length of service with one employer.

    Attributes:
        start: the day the employment began, or None.
        months: full length in months on ``counted_on``, where the start is not known.
        counted_on: the day ``months`` were counted on, the notice day.
    """

    start: dt.date | None
    months: float
    counted_on: dt.date

    @classmethod
    def of(cls, case: Case) -> Service | None:
        """Return the service of a case, or None when neither start nor length is known."""
        start = case.day_or_none("employment_start")
        if start is not None:
            return cls(start, 0, start)
        years = case.number("service_years")
        counted_on = case.day_or_none("notice")
        if years is None or counted_on is None:
            return None
        return cls(None, 12 * years + (case.number("service_months") or 0), counted_on)

    def at_least(self, years: int, day: dt.date) -> bool:
        """Tell whether the service has lasted so many full years on a day."""
        if self.start is not None:
            return add_months(self.start, 12 * years) <= day
        return self.months + _full_months(self.counted_on, day) >= 12 * years

    def lasted(self, years: int, end: dt.date) -> bool:
        """Tell whether an employment that ends on a day will have lasted so many full years.

        Its first and its last day both count: 1.4.2022-31.3.2027 is five years.
        """
        return self.at_least(years, end + dt.timedelta(days=1))

    def at_most(self, years: int, day: dt.date) -> bool:
        """Tell whether the service is no longer than so many years on a day, exactly included."""
        if self.start is not None:
            return day <= add_months(self.start, 12 * years)
        return self.months + _full_months(self.counted_on, day) <= 12 * years


def _full_months(start: dt.date, day: dt.date) -> int:
    if day <= start:
        return 0
    count = (day.year - start.year) * 12 + day.month - start.month
    return count if add_months(start, count) <= day else count - 1
