"""Timing a job: several runs after one that does not count, and what is said of them."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 5
NOW = dt.datetime(2027, 3, 1, 6, 30, tzinfo=dt.UTC)
WHO = "Esimerkki Elli"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of several runs."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Return the middle one."""
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        """Return minimum, median and maximum in milliseconds."""
        low, high = min(self.seconds), max(self.seconds)
        return f"{low * 1000:8.0f} {self.median * 1000:8.0f} {high * 1000:8.0f} ms"


def measure(job: Callable[[], object], runs: int = RUNS) -> Measured:
    """Run a job several times after one unmeasured run."""
    job()
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - began)
    return Measured(tuple(seconds))
