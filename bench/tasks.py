"""The list of everybody's work beside a list people know: Taskwarrior's, and the library we stand on.

``task list`` over 1,000 incidents and 50,000 tasks, as a whole process, against importing SQLModel
plus Taskwarrior's ``list`` on 10,000 tasks (Debian's ``taskwarrior``; without it only our side).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench.timing import NOW, WHO, Measured, measure
from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.setup import init_store
from muutosturva.coordination.trigger import trigger
from muutosturva.models.states import Secrecy, StoreKind
from muutosturva.store.store import Store

INCIDENTS: Final = 1000
TASKS_EACH: Final = 50
THEIRS: Final = 10_000
COPIED: Final = ("incident_role", "role_holder")


def work_list(folder: Path) -> None:
    """Print both sides and the ratio."""
    store = folder / "many.db"
    many(store)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(Path(__file__).parent.parent)}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, env=environment, cwd=folder)

    listing = ("--store", str(store), "--now", NOW.isoformat(), "task", "list")
    ours = measure(lambda: run(sys.executable, "-m", "muutosturva", *listing))
    library = measure(lambda: run(sys.executable, "-c", "import sqlmodel"))
    print(f"list of work over {INCIDENTS} incidents, {INCIDENTS * TASKS_EACH} tasks, whole process")
    print(f"  ours            {ours}\n  import sqlmodel {library}")
    if shutil.which("task") is None:
        print("  Taskwarrior is not installed: no comparison")
        return
    environment |= _taskwarrior(folder)
    run("task", "import", "tasks.json")
    theirs = measure(lambda: run("task", "list"))
    both = Measured(tuple(a + b for a, b in zip(library.seconds, theirs.seconds, strict=True)))
    print(f"  Taskwarrior     {theirs}\n  ratio           {both.median / ours.median:.2f}\n")


def _taskwarrior(folder: Path) -> dict[str, str]:
    rows = [
        {"description": f"Task {number} of the plan", "project": f"P{number % 200}", "status": "pending"}
        | {"due": f"202703{1 + number % 28:02d}T000000Z"}
        for number in range(THEIRS)
    ]
    (folder / "tasks.json").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    data = folder / "taskwarrior"
    data.mkdir()
    (folder / "taskrc").write_text(f"data.location={data}\nconfirmation=off\ncolor=off\n", encoding="utf-8")
    return {"TASKRC": str(folder / "taskrc"), "TASKDATA": str(data)}


def many(path: Path, incidents: int = INCIDENTS) -> None:
    """Make a store of many incidents: one is triggered, the others are copies of its rows."""
    init_store(path, kind=StoreKind.EXAMPLE, now=NOW)
    with Store.open(path) as store:
        # Open to the group: of a restricted incident whoever measures would see nothing.
        request = replace(three_firms().firms[0].request, secrecy=Secrecy.GROUP)
        trigger(store, request, actor=WHO, now=NOW)
    with sqlite3.connect(path) as raw:
        raw.row_factory = sqlite3.Row
        first = dict(raw.execute("SELECT * FROM incident").fetchone())
        parts = {table: [dict(row) for row in raw.execute(f"SELECT * FROM {table}")] for table in COPIED}
        parts["task"] = [dict(row) for row in raw.execute("SELECT * FROM task LIMIT ?", (TASKS_EACH,))]
        for number in range(2, incidents + 1):
            key = uuid.uuid4().hex
            _insert(raw, "incident", first | {"id": key, "readable_id": f"LAHTI-2027-{number:02d}"})
            for table, rows in parts.items():
                for row in rows:
                    _insert(raw, table, row | {"id": uuid.uuid4().hex, "incident_id": key})
    raw.close()


def _insert(raw: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    raw.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
