"""What the playbook language costs: against importing SQLModel, and as the plan grows.

The job is the largest shipped playbook, read, merged, checked and expanded for ten areas, ten sites, three
languages and as many waves as make 300 tasks. It is set against ``import sqlmodel`` twice, each time in
fresh processes that take turns: the work alone, timed inside its process when its imports are done, against
the import timed inside its own; and whole processes, with Python's own start and every import, nothing
taken off.

Growth is measured twice too, in process, and what the room keeps between calls (``lru_cache``) is forgotten
before each run: ten times the tasks of one playbook by ten times the waves, and a playbook of ten times the
steps from its file to its plan.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from bench.playbook_job import LARGEST, outside, planned, whole
from bench.timing import Measured
from muutosturva.playbooks.library import Library
from muutosturva.playbooks.loading.resolved import Resolved
from muutosturva.playbooks.plan import Plan
from muutosturva.playbooks.trying.runner import run_tests
from muutosturva.rules.book import shipped_book
from muutosturva.rules.workdays import WorkCalendar

SMALL, LARGE = 300, 3000
"""Tasks of the plan, and ten times as many."""
MOST_GROWTH: Final = 12.0
ROUNDS: Final = 9
_CACHE: Final = type(functools.lru_cache(len))


def waves_for(resolved: Resolved, tasks: int) -> int:
    """Return the fewest waves that make so many tasks."""
    one, two = (len(planned(resolved, waves).tasks) for waves in (1, 2))
    waves = max(1, 1 + (tasks - one) // (two - one))
    while len(planned(resolved, waves).tasks) < tasks:
        waves += 1
    return waves


def forget() -> None:
    """Empty every cache of the program, so that no run lives on what another has worked out."""
    for found in gc.get_objects():
        clear = getattr(found, "cache_clear", None) if isinstance(found, _CACHE) else None
        if clear is not None and str(getattr(found, "__module__", "")).startswith("muutosturva"):
            clear()


def cold(job: Callable[[], object]) -> Measured:
    """Measure a job that finds nothing kept; the forgetting is not counted."""
    seconds = []
    for _ in range(ROUNDS):
        forget()
        gc.collect()
        began = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - began)
    return Measured(tuple(seconds))


def in_turns(folder: Path, *programs: Sequence[str]) -> list[tuple[Measured, Measured]]:
    """Run programs in fresh processes that take turns; return how long each took, and what it says itself."""
    told: list[list[float]] = [[] for _ in programs]
    took: list[list[float]] = [[] for _ in programs]
    for number in range(ROUNDS + 1):
        for side, arguments in enumerate(programs):
            began = time.perf_counter()
            printed = fresh(folder, arguments)
            if number:  # the first run of each compiles and fills the disk's cache
                took[side].append(time.perf_counter() - began)
                told[side].append(float(printed))
    return [(Measured(tuple(one)), Measured(tuple(two))) for one, two in zip(took, told, strict=True)]


def fresh(folder: Path, arguments: Sequence[str]) -> str:
    """Run Python anew, with compiled modules as installed ones are, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, check=True, capture_output=True, env=environment
    )
    return done.stdout.decode()


def against_sqlmodel(folder: Path, waves: int) -> None:
    """Print the job beside the import, as whole processes and as work alone."""
    importing = "import time; t = time.perf_counter(); import sqlmodel; print(time.perf_counter() - t)"
    job = ["-m", "bench.playbook_job", str(waves)]
    (ours, work), (sqlmodel, the_import) = in_turns(folder, job, ["-c", importing])
    print(
        f"{LARGEST} read, checked and expanded to {SMALL} tasks / import sqlmodel, fresh processes in turns"
    )
    for what, mine, other in (
        ("the work, its imports done / the import", work, the_import),
        ("whole processes, start and imports in both", ours, sqlmodel),
    ):
        print(f"  {what}\n    ours     {mine}\n    sqlmodel {other}")
        print(f"    ratio    {other.median / mine.median:.2f}")
    print()


def growth(folder: Path, resolved: Resolved) -> None:
    """Print how cost grows with the tasks of a plan, with nothing kept from one run to the next."""
    print(f"growth: ten times the tasks may cost {MOST_GROWTH:.0f} times; caches emptied before each run")
    few, many = (waves_for(resolved, tasks) for tasks in (SMALL, LARGE))
    _grown("expanding alone, by waves", [partial(planned, resolved, waves) for waves in (few, many)])
    one, ten = _steps(folder, 1), _steps(folder, 10)
    _grown("from the file to the plan, by steps", [partial(whole, path, 1) for path in (one, ten)])
    print()


def _grown(what: str, jobs: list[Callable[[], Plan]]) -> None:
    """Print two jobs and the ratios of their tasks and of their cost."""
    tasks = [len(job().tasks) for job in jobs]
    few, many = (cold(job) for job in jobs)
    times, costs = tasks[1] / tasks[0], many.median / few.median
    print(f"  {what}\n    {tasks[0]:5d} tasks {few}\n    {tasks[1]:5d} tasks {many}")
    print(f"    {times:.1f} times the tasks cost {costs:.1f} times as much")


def _steps(folder: Path, times: int) -> Path:
    """Write a playbook with so many tasks for each one of the largest that ships, and return its file."""
    resolved = Library().load(LARGEST)
    data = json.loads(resolved.text)
    for key in ("use", "tests", "extends"):
        data.pop(key, None)
    tasks = data["tasks"]
    for number in range(1, times):
        tasks |= {f"{name}-{number}": task for name, task in json.loads(resolved.text)["tasks"].items()}
    data["id"] = f"steps-{times}"
    path = folder / f"steps-{times}.yaml"
    # JSON is YAML: one key a line, as the room itself writes what it pins.
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def shipped() -> None:
    """Print what checking and trying everything that ships costs, in process."""
    names = Library().names()
    told = outside()

    def lint() -> None:
        for name in (*names, *Library().bundle_names()):
            Library().read(name, told)

    def test() -> None:
        for name in names:
            run_tests(Library().load(name), WorkCalendar(), shipped_book())

    print("everything that ships, in process, caches emptied before each run")
    print(f"  lint {cold(lint)}\n  test {cold(test)}\n")


def speed(folder: Path) -> None:
    """Measure everything of the playbook language in one run."""
    resolved = Library().load(LARGEST)
    against_sqlmodel(folder, waves_for(resolved, SMALL))
    growth(folder, resolved)
    shipped()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        speed(Path(name))
