"""Setting up a store."""

from __future__ import annotations

import csv
from datetime import timedelta
from importlib import resources
from pathlib import Path

import pytest
from sqlmodel import select

from muutosturva.coordination.setup import init_store
from muutosturva.coordination.sign_on import actor_named
from muutosturva.errors import NotFoundError, RefusedError
from muutosturva.models.places import CommutingCell, Municipality
from muutosturva.models.standing import RosterPerson
from muutosturva.models.states import StoreKind
from muutosturva.preparedness import queries as preparedness
from muutosturva.store.check import check
from muutosturva.store.lawbook import load_book
from muutosturva.store.store import Store
from tests.support.stores import NOW


def test_a_new_store_holds_areas_commuting_law_parties_and_an_invented_roster(place: str | Path) -> None:
    report = init_store(place, kind=StoreKind.EXAMPLE, now=NOW)

    assert report.created
    assert report.total["municipalities"] == 95
    assert report.total["areas"] == 22
    assert report.total["commuting_cells"] == 100
    assert report.law_revision == 1
    with Store.open(place) as store:
        assert check(store) == []
        with store.reading() as session:
            people = preparedness.roster(session)
            assert {role for person in people for role in person.roles} >= {"lead", "secretary", "training"}
            assert all(person.email.endswith("@example.invalid") for person in people)


def test_setting_up_again_changes_nothing_and_writes_no_event(place: str | Path) -> None:
    """Officials run the set-up twice to be sure; the log must not fill with nothing."""
    init_store(place, kind=StoreKind.EXAMPLE, now=NOW)

    again = init_store(place, kind=StoreKind.EXAMPLE, now=NOW + timedelta(days=1))

    assert not again.created
    assert set(again.added.values()) == {0}


def test_what_somebody_changed_is_not_set_back(place: str | Path) -> None:
    init_store(place, kind=StoreKind.EXAMPLE, now=NOW)
    with Store.open(place) as store, store.transaction("Esimerkki Elli", NOW) as work:
        municipality = work.session.exec(select(Municipality).where(Municipality.name == "Iitti")).one()
        municipality.area_slug = "kouvola"
        for person in work.session.exec(select(RosterPerson)).all()[1:]:
            work.session.delete(person)
        from muutosturva.store.log import EventDraft

        work.record(EventDraft(kind="test.changed"))

    init_store(place, kind=StoreKind.EXAMPLE, now=NOW)

    with Store.open(place) as store, store.reading() as session:
        assert (
            session.exec(select(Municipality).where(Municipality.name == "Iitti")).one().area_slug
            == "kouvola"
        )
        assert len(session.exec(select(RosterPerson)).all()) == 1


def test_each_commuting_cell_keeps_its_status(filled_store: Store) -> None:
    with filled_store.reading() as session:
        marked = session.exec(select(CommutingCell).where(CommutingCell.status == "reconstructed")).all()

    assert len(marked) == 7
    assert all(cell.printed is not None and cell.printed != cell.workers for cell in marked)


def test_the_rule_book_is_the_shipped_one_row_for_row(filled_store: Store) -> None:
    with filled_store.reading() as session:
        book = load_book(session)

    shipped = (resources.files("muutosturva") / "data" / "law.csv").read_text(encoding="utf-8")
    assert [row.key for row in book.rows] == [line["key"] for line in csv.DictReader(shipped.splitlines())]


@pytest.mark.parametrize(
    ("area", "kind", "key"),
    [
        ("lahti", StoreKind.REAL, "coordination.other_kind"),
        ("kouvola", StoreKind.EXAMPLE, "coordination.other_area"),
    ],
)
def test_a_store_of_another_kind_or_area_is_not_touched(
    filled_store: Store, area: str, kind: StoreKind, key: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        init_store(filled_store.target.shown, area=area, kind=kind, now=NOW)

    assert caught.value.key == key


def test_an_unknown_area_is_answered_with_the_nearest_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        init_store(tmp_path / "s.db", area="lathi", now=NOW)

    assert caught.value.params["nearest"] == "lahti"
    assert list(tmp_path.iterdir()) == []


def test_who_acts_must_stand_in_the_roster_when_named(filled_store: Store) -> None:
    assert actor_named(filled_store, "esimerkki elli") == "Esimerkki Elli"
    assert actor_named(filled_store, "malli-mauri") == "Malli Mauri"
    with pytest.raises(NotFoundError) as caught:
        actor_named(filled_store, "Esimerki Eli")
    assert "Esimerkki Elli" in str(caught.value.params["nearest"])


def test_without_a_name_the_login_stands_for_the_person(filled_store: Store) -> None:
    assert actor_named(filled_store, None) != ""
