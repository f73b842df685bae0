"""``init`` and ``demo``: a store to work in, and one to look at."""

from __future__ import annotations

from pathlib import Path

import click

from muutosturva.cli.framework import Command, option
from muutosturva.cli.state import State
from muutosturva.errors import ExitCode

DEMO_FOLDER = "muutosturva-demo"


@click.command("init", cls=Command)
@option("--area", value="area", text="init_area", default="lahti")
@option("--kind", text="init_kind", choices=("real", "example"), default="real")
@click.pass_obj
def init(state: State, area: str, kind: str) -> None:
    """Make a store, or add what an existing one lacks."""
    from muutosturva.coordination.setup import init_store
    from muutosturva.models.states import StoreKind
    from muutosturva.store.location import default_path, parse_target

    place = state.settings.store or default_path()
    state.refuse_now(kind, parse_target(place).shown)
    report = init_store(place, area=area, kind=StoreKind(kind), now=state.now())
    document = {
        "store": report.place,
        "created": report.created,
        "kind": kind,
        "area": area,
        "added": dict(report.added),
        "total": dict(report.total),
        "law_revision": report.law_revision,
    }
    key = "cli.init.created" if report.created else "cli.init.existed"
    counts = ", ".join(f"{state.texts(f'cli.rows.{name}')} {count}" for name, count in report.total.items())
    sentence = f"{state.texts(key, place=report.place)}\n{state.texts('cli.init.holds', counts=counts)}"
    state.out.done(document, sentence, state.texts("cli.init.next"))


@click.command("demo", cls=Command)
@option("--out", needed=True, value="folder", text="demo_out", default=DEMO_FOLDER)
@click.pass_obj
def demo(state: State, out: str) -> int:
    """Play the main job on a fresh example store."""
    from muutosturva.coordination.demo import run_demo

    told = state.out.say if state.out.as_json or state.out.quiet else state.out.raw
    report = run_demo(Path(out), state.settings.store, texts=state.texts, say=told)
    document = {
        "store": report.store,
        "situation": report.situation,
        "incidents": list(report.incidents),
        "files": [str(path) for path in report.files],
    }
    if state.out.as_json or state.out.quiet:
        state.out.show(document, [report.store, *(str(path) for path in report.files)])
    state.out.say(state.texts("cli.demo.next", place=report.store, incident=report.situation))
    return int(ExitCode.PROBLEMS if report.problems else ExitCode.DONE)
