"""Attachments are known by their hash: what vanished or changed is told, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import trigger
from muutosturva.errors import InputError, MuutosturvaError, NotFoundError, RefusedError
from muutosturva.incidents import service
from muutosturva.incidents.acts import evidence
from muutosturva.incidents.reading import queries
from muutosturva.models.states import EvidenceKind
from muutosturva.store import attachments
from muutosturva.store.attachments import Finding
from muutosturva.store.backup import backup
from muutosturva.store.check import check
from muutosturva.store.lawbook import load_book, set_row
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, FIRM_B, WHO
from tests.support.stores import ACTOR, NOW


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    """Return a file that proves something."""
    path = tmp_path / "esitys.pdf"
    path.write_bytes(b"%PDF neuvotteluesitys")
    return path


def copies(store: Store) -> list[Path]:
    folder = attachments.folder_of(store.target)
    assert folder is not None
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def kinds(store: Store) -> list[str]:
    """Return what the log says of evidence, newest first."""
    with store.reading() as session:
        found = [entry.kind for entry in queries.log_entries(session, FIRM_A)]
    return [kind for kind in found if "evidence" in kind or "ttached" in kind]


def test_a_copy_is_the_owners_alone_and_outlives_the_file(opened_store: Store, proposal: Path) -> None:
    view = service.attach(opened_store, FIRM_A, str(proposal), **WHO)
    proposal.unlink()

    (copy,) = copies(opened_store)
    assert (view.kind, view.title, view.number) == (EvidenceKind.COPY, "esitys.pdf", 1)
    assert copy.name == view.sha256
    assert copy.read_bytes() == b"%PDF neuvotteluesitys"
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600
        assert copy.parent.stat().st_mode & 0o777 == 0o700
    assert [one.found for one in service.check_evidence(opened_store, FIRM_A, **WHO)] == [Finding.INTACT]
    assert check(opened_store) == []


def test_a_file_left_where_it_is_is_told_when_it_vanishes_and_when_it_is_back(
    opened_store: Store, proposal: Path
) -> None:
    """The log is told once of each, not at every look."""
    service.attach(opened_store, FIRM_A, str(proposal), copy=False, **WHO)
    assert copies(opened_store) == []
    content = proposal.read_bytes()
    proposal.unlink()
    for _ in range(2):
        assert [one.found for one in service.check_evidence(opened_store, FIRM_A, **WHO)] == [
            Finding.VANISHED
        ]
    proposal.write_bytes(b"something else")
    assert [one.found for one in service.check_evidence(opened_store, FIRM_A, **WHO)] == [Finding.CHANGED]
    proposal.write_bytes(content)
    assert [one.found for one in service.check_evidence(opened_store, FIRM_A, **WHO)] == [Finding.INTACT]

    assert kinds(opened_store) == [
        "incidents.evidence_found",
        "incidents.evidence_changed",
        "incidents.evidence_missing",
        "incidents.attached",
    ]


def test_a_damaged_copy_is_a_finding_of_store_check(opened_store: Store, proposal: Path) -> None:
    service.attach(opened_store, FIRM_A, str(proposal), title="Esitys", **WHO)
    copies(opened_store)[0].write_bytes(b"other")
    assert [(each.code, each.params) for each in check(opened_store)] == [
        ("store.evidence_changed", {"title": "Esitys"})
    ]
    copies(opened_store)[0].unlink()
    assert [each.code for each in check(opened_store)] == ["store.evidence_vanished"]


def test_attaching_again_mends_a_damaged_copy(opened_store: Store, proposal: Path) -> None:
    service.attach(opened_store, FIRM_A, str(proposal), **WHO)
    copies(opened_store)[0].write_bytes(b"other")
    service.attach(opened_store, FIRM_B, str(proposal), **WHO)
    assert check(opened_store) == []


def test_the_same_file_twice_is_told_and_not_doubled(opened_store: Store, proposal: Path) -> None:
    service.attach(opened_store, FIRM_A, str(proposal), **WHO)
    same = proposal.with_name("kopio.pdf")
    same.write_bytes(proposal.read_bytes())
    with pytest.raises(RefusedError) as caught:
        service.attach(opened_store, FIRM_A, str(same), **WHO)
    assert (caught.value.key, caught.value.params["number"]) == ("incidents.evidence_already", 1)
    assert len(copies(opened_store)) == 1
    service.attach(opened_store, FIRM_B, str(proposal), **WHO)
    assert len(copies(opened_store)) == 1


def test_two_files_of_one_name_stand_beside_each_other(opened_store: Store, proposal: Path) -> None:
    service.attach(opened_store, FIRM_A, str(proposal), **WHO)
    proposal.write_bytes(b"the second version")
    second = service.attach(opened_store, FIRM_A, str(proposal), **WHO)
    assert (second.number, len(copies(opened_store))) == (2, 2)


def test_what_cannot_be_proof_is_refused_and_leaves_nothing(opened_store: Store, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    refused: list[tuple[str, type[MuutosturvaError]]] = [
        (str(empty), RefusedError),
        (str(tmp_path), RefusedError),
        (str(tmp_path / "none.pdf"), NotFoundError),
        (str(tmp_path / "none.pdf" / "x"), NotFoundError),
    ]
    for place, error in refused:
        with pytest.raises(error):
            service.attach(opened_store, FIRM_A, place, **WHO)
    assert copies(opened_store) == []
    assert kinds(opened_store) == []


def test_a_refused_attachment_leaves_no_copy(opened_store: Store, proposal: Path) -> None:
    with pytest.raises(NotFoundError):
        service.attach(opened_store, FIRM_A, str(proposal), refers="no-such-task", **WHO)
    with pytest.raises(NotFoundError):
        service.attach(opened_store, "LAHTI-2027-99", str(proposal), **WHO)
    with pytest.raises(InputError):
        service.attach(opened_store, FIRM_A, str(proposal), title="Lista 010190-900X", **WHO)
    assert copies(opened_store) == []


def test_a_file_larger_than_the_office_allows_is_not_copied(opened_store: Store, proposal: Path) -> None:
    """The limit is a row of the rule book, so the office can set another."""
    with opened_store.reading() as session:
        row = load_book(session).row(evidence.LARGEST, NOW.date())
    assert row is not None
    set_row(opened_store, replace(row, value="0"), reason="Levy on pieni.", **WHO)
    with pytest.raises(RefusedError) as caught:
        service.attach(opened_store, FIRM_A, str(proposal), **WHO)
    assert caught.value.key == "store.evidence_large"
    assert service.attach(opened_store, FIRM_A, str(proposal), copy=False, **WHO).number == 1


@pytest.mark.skipif(os.name == "nt", reason="a symbolic link needs rights there")
def test_a_symbolic_link_is_followed_to_what_it_proves(opened_store: Store, proposal: Path) -> None:
    link = proposal.with_name("linkki.pdf")
    link.symlink_to(proposal)
    view = service.attach(opened_store, FIRM_A, str(link), copy=False, **WHO)
    assert view.place == str(proposal.resolve())


def test_an_address_is_kept_as_it_is(opened_store: Store) -> None:
    address = "https://tiedote.example/2027/03"
    view = service.attach(opened_store, FIRM_A, address, title="Tiedote", **WHO)
    assert (view.kind, view.place, view.sha256) == (EvidenceKind.LINK, address, "")
    with pytest.raises(RefusedError):
        service.attach(opened_store, FIRM_A, address, **WHO)
    assert [one.found for one in service.check_evidence(opened_store, FIRM_A, **WHO)] == [Finding.INTACT]


def test_what_is_taken_off_stays_readable(opened_store: Store, proposal: Path) -> None:
    service.attach(opened_store, FIRM_A, str(proposal), at=NOW - dt.timedelta(hours=1), **WHO)
    service.detach(opened_store, FIRM_A, 1, reason="Väärä tiedosto", **WHO)
    with opened_store.reading() as session:
        assert evidence.evidence(session, FIRM_A) == ()
        (view,) = evidence.evidence(session, FIRM_A, removed=True)
    assert view.removed_at == NOW
    assert len(copies(opened_store)) == 1
    with pytest.raises(NotFoundError):
        service.detach(opened_store, FIRM_A, 1, reason="x", **WHO)
    assert service.attach(opened_store, FIRM_A, str(proposal), **WHO).number == 2


def test_a_backup_takes_the_copies_along(opened_store: Store, proposal: Path, tmp_path: Path) -> None:
    service.attach(opened_store, FIRM_A, str(proposal), title="Esitys", **WHO)
    target = tmp_path / "backup.db"
    assert backup(opened_store, target) == []
    with Store.open(target) as copied:
        assert check(copied) == []
        assert len(copies(copied)) == 1

    copies(opened_store)[0].unlink()
    again = tmp_path / "again.db"
    assert [each.code for each in backup(opened_store, again)] == ["store.evidence_vanished"]
    assert sqlite3.connect(again).execute("SELECT count(*) FROM attachment").fetchone() == (1,)


def test_a_folder_in_the_way_of_a_backup_is_refused_before_anything_is_written(
    opened_store: Store, tmp_path: Path
) -> None:
    (tmp_path / "backup.db.files").mkdir()
    with pytest.raises(RefusedError):
        backup(opened_store, tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()


@pytest.mark.postgres
def test_a_store_on_a_server_keeps_no_copies_but_knows_files(server_place: str, proposal: Path) -> None:
    from muutosturva.coordination.setup import init_store
    from muutosturva.models.states import StoreKind

    init_store(server_place, kind=StoreKind.EXAMPLE, now=NOW)
    with Store.open(server_place) as store:
        trigger(store, three_firms().firms[0].request, actor=ACTOR, now=NOW)
        with pytest.raises(RefusedError) as caught:
            service.attach(store, FIRM_A, str(proposal), **WHO)
        assert caught.value.key == "incidents.evidence_on_server"
        assert service.attach(store, FIRM_A, str(proposal), copy=False, **WHO).number == 1
        assert check(store) == []


@pytest.mark.parametrize(
    ("act", "problem"), [("vanish", "closing_evidence_vanished"), ("change", "closing_evidence_changed")]
)
def test_an_incident_is_not_closed_over_evidence_that_is_gone(
    opened_store: Store, proposal: Path, act: str, problem: str
) -> None:
    """Once closed nobody looks again; taking the attachment off with a reason clears the way."""
    service.attach(opened_store, FIRM_A, str(proposal), **WHO)
    before = service.closing_problems(opened_store, FIRM_A)
    (copy,) = copies(opened_store)
    if act == "vanish":
        copy.unlink()
    else:
        copy.chmod(0o600)
        copy.write_bytes(b"%PDF toinen")

    found = [each for each in service.closing_problems(opened_store, FIRM_A) if each not in before]
    assert [(each.code, each.params["number"]) for each in found] == [(f"incidents.{problem}", 1)]
    with pytest.raises(InputError) as refused:
        service.close_incident(opened_store, FIRM_A, reason="x", **WHO)
    assert found[0] in refused.value.problems

    service.detach(opened_store, FIRM_A, 1, reason="Kadonnut", **WHO)
    assert service.closing_problems(opened_store, FIRM_A) == before
