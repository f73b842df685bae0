"""Measure in one run: this program against Office on the same job, and cost as the work grows.

Run it by hand with ``make bench``. Every figure is the minimum, median and maximum of several
whole runs on this machine; a ratio is the other side's median over ours, so above 1 is good for us.
LibreOffice stands for the Office people use: the same WORKDAY sheet, the same Word file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench import first_screen, incident, playbooks, tasks
from bench.sheet import workday_sheet
from bench.timing import NOW, WHO, Measured, measure
from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.exports import export_calendar, export_document
from muutosturva.coordination.setup import init_store
from muutosturva.coordination.trigger import preview, trigger
from muutosturva.incidents.reading import board as boards
from muutosturva.incidents.reading import queries
from muutosturva.models.states import StoreKind
from muutosturva.playbooks.facts import Wave
from muutosturva.store.store import Store

FIRM = three_firms().firms[0].request


def run(command: Sequence[str], folder: Path) -> None:
    """Run a program to its end, without its output, with compiled modules as installed ones are."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    environment["PYTHONPATH"] = str(Path(__file__).parent.parent)
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)


def ours(*arguments: str) -> list[str]:
    """Return the command line of this program in a fresh process."""
    return [sys.executable, "-m", "muutosturva", *arguments]


def office(folder: Path, *arguments: str) -> list[str]:
    """Return a headless LibreOffice with a profile of its own."""
    return ["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", *arguments]


def against_office(folder: Path) -> None:
    """Print each job next to the same job in Office."""
    if shutil.which("soffice") is None:
        print("LibreOffice is not installed: no comparison")
        return
    made = preview(None, FIRM, now=NOW)
    (folder / "plan.fods").write_text(workday_sheet(made.plan), encoding="utf-8")
    inputs = [f"--input={name}={value}" for name, value in (("headcount", 260), ("dismissals", 260))]
    anchors = ["--anchor=heard=2027-03-01", "--anchor=proposal=2027-03-01"]
    plan = measure(lambda: run(ours("--json", "playbook", "plan", "large-layoff", *inputs, *anchors), folder))
    sheet = measure(lambda: run(office(folder, "--convert-to", "csv", "plan.fods"), folder))
    compare("plan of a large layoff, whole process / WORKDAY sheet recalculated", plan, sheet)

    store = folder / "office.db"
    init_store(store, kind=StoreKind.EXAMPLE, now=NOW)
    with Store.open(store) as opened:
        name = trigger(opened, FIRM, actor=WHO, now=NOW).readable_id
    briefing = ours("--store", str(store), "--now", NOW.isoformat(), "briefing", "export", name)
    pdf = measure(lambda: run([*briefing, "--format", "docx,pdf", "--out", str(folder)], folder))
    word = next(folder.glob("*.docx")).name
    printed = measure(lambda: run(office(folder, "--convert-to", "pdf", "--outdir", "office", word), folder))
    compare("briefing from data to DOCX and PDF, whole process / Office prints that DOCX", pdf, printed)


def compare(what: str, mine: Measured, theirs: Measured) -> None:
    """Print both sides and the ratio."""
    print(f"{what}\n  ours   {mine}\n  Office {theirs}\n  ratio  {theirs.median / mine.median:.2f}\n")


def growth(folder: Path) -> None:
    """Print how cost grows with waves in a plan and with incidents in a store."""
    print("plan: preview by number of waves (tasks), in process")
    for waves in (1, 10, 100):
        request = replace(FIRM, waves=tuple(Wave(f"w{number}", count=3) for number in range(waves)))
        tasks = len(preview(None, request, now=NOW).plan.tasks)
        print(f"  {waves:4d} waves {tasks:5d} tasks {measure(partial(preview, None, request, now=NOW), 3)}")
    print("\nstore: by number of incidents in it")
    path = folder / "grown.db"
    init_store(path, kind=StoreKind.EXAMPLE, now=NOW)
    with Store.open(path) as store:
        for size in (1, 10, 100):
            last = grow(store, size)
            jobs: dict[str, Callable[[], object]] = {
                "trigger": partial(trigger, store, FIRM, actor=WHO, now=NOW),
                "first screen": partial(board, store),
                "calendar": partial(calendar, store, last, folder),
                "briefing md": partial(document, store, last, folder),
            }
            for what, job in jobs.items():
                print(f"  {size:4d} incidents: {what:12s} {measure(job, 3)}")


def grow(store: Store, size: int) -> str:
    """Open incidents until the store has at least ``size``; return the id of the last."""
    with store.reading() as session:
        names = [line.readable_id for line in queries.summaries(session, NOW.date())]
    while len(names) < size:
        names.append(trigger(store, FIRM, actor=WHO, now=NOW).readable_id)
    return names[-1]


def board(store: Store) -> None:
    """Read the first screen."""
    with store.reading() as session:
        boards.board(session, NOW)


def calendar(store: Store, incident: str, folder: Path) -> None:
    """Write one incident's calendar."""
    export_calendar(store, incident, out=folder / "plan.ics", actor=WHO, now=NOW)


def document(store: Store, incident: str, folder: Path) -> None:
    """Write one incident's briefing as text."""
    export_document(store, incident, formats=("md",), out=folder, actor=WHO, now=NOW)


def main() -> None:
    """Measure everything in one run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        against_office(folder)
        growth(folder)
        playbooks.speed(folder)
        incident.growth(folder)
        tasks.work_list(folder)
        first_screen.growth(folder)


if __name__ == "__main__":
    main()
