"""Every exported table, byte for byte: what an official opens in Excel does not change by accident."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from muutosturva.coordination.sheets import TABLES
from muutosturva.coordination.table_exports import export_tables
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.acts.links import Link
from muutosturva.incidents.acts.waves import WaveChange
from muutosturva.incidents.pure.figures import Figure
from muutosturva.incidents.pure.forms import Decision
from muutosturva.models.states import LinkKind, Measure, Stage
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.store.store import Store
from tests.golden import assert_golden
from tests.support.incidents import FIRM_A, WHO

GOLDEN = Path(__file__).parent / "golden"
ROW_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Made anew in every store."""


@pytest.fixture
def busy_store(opened_store: Store) -> Store:
    """Return a store in which firm A has something in every table."""
    store = opened_store
    decided = Figure(Stage.DECIDED, Measure.LAYOFF, "", 40, 40)
    service.amend(
        store, FIRM_A, Amendment(figures=(decided,), source="=henkilöstöjohtaja"), reason="Päätös", **WHO
    )
    wave = WaveChange(
        "w1",
        label="Ensimmäinen",
        measure="layoff",
        count=40,
        notice=AnchorValue.confirmed(dt.date(2027, 4, 20)),
        end=AnchorValue.estimated(dt.date(2027, 10, 20)),
    )
    service.set_wave(store, FIRM_A, wave, reason="Päätös", **WHO)
    service.link_firm(store, FIRM_A, Link("Näytealihankinta Oy", LinkKind.SUPPLIER, headcount=12), **WHO)
    service.add_record(store, FIRM_A, Decision("Palvelupiste avataan", "lead", "-1 vuoro"), **WHO)
    service.attach(store, FIRM_A, "https://example.com/paatos", title="Tiedote", **WHO)
    service.set_label(store, FIRM_A, ["log-news"], "kiire", **WHO)
    service.finish_task(store, FIRM_A, "log-news", **WHO)
    return store


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_as_it_was(busy_store: Store, tmp_path: Path, table: str) -> None:
    path = tmp_path / "t.csv"
    export_tables(busy_store, FIRM_A, fmt="csv", tables=(table,), out=path, **WHO)
    found = path.read_bytes()

    assert len(found.splitlines()) > 1 or table == "shared", "a table without rows shows little"
    assert_golden(GOLDEN / f"{table}.csv", ROW_ID.sub(b"<id>", found.replace(b"\r\n", b"\n")))
