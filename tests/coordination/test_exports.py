"""Handing out documents and calendars."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from muutosturva.coordination import exports
from muutosturva.coordination.exports import export_calendar, export_document
from muutosturva.coordination.files import not_written, write_files
from muutosturva.documents.export import situation_document
from muutosturva.errors import ConflictError, MachineError, NotFoundError, RefusedError, UsageError
from muutosturva.i18n import LANGUAGES, Texts
from muutosturva.incidents.reading import queries
from muutosturva.store.check import check
from muutosturva.store.location import FileTarget
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO


def events(store: Store, kind: str) -> list[dict[str, object]]:
    """Return the payloads of the events of a kind, oldest first."""
    with store.reading() as session:
        found = [entry for entry in queries.log_entries(session) if entry.kind == f"coordination.{kind}"]
    return [dict(entry.payload or {}) for entry in reversed(found)]


def test_what_was_handed_out_stands_in_the_log_with_its_hash(opened_store: Store, tmp_path: Path) -> None:
    paths = export_document(
        opened_store, FIRM_A, formats=("md", "html"), languages=("fi", "sv"), out=tmp_path / "ulos", **WHO
    )

    assert len({path.name for path in paths}) == 4
    assert all(path.read_bytes() for path in paths)
    (payload,) = events(opened_store, "document_exported")
    assert isinstance(payload["files"], dict)
    assert set(payload["files"]) == {path.name for path in paths}
    assert check(opened_store) == []


def test_each_picture_of_an_incident_has_the_next_number(opened_store: Store, tmp_path: Path) -> None:
    for number in (1, 2):
        (path,) = export_document(opened_store, FIRM_A, formats=("md",), out=tmp_path / str(number), **WHO)
        assert f"Tilannekuva {number}" in path.read_text(encoding="utf-8")


def test_the_checklists_of_each_role_are_numbered_by_themselves(opened_store: Store, tmp_path: Path) -> None:
    def version(role: str, folder: str) -> str:
        (path,) = export_document(
            opened_store,
            FIRM_A,
            document="checklist",
            role=role,
            formats=("md",),
            out=tmp_path / folder,
            **WHO,
        )
        return path.read_text(encoding="utf-8").rpartition("versio ")[2].strip()

    assert version("lead", "1") == "1"
    assert version("Vastuukoordinaattori", "2") == "2"
    assert version("secretary", "3") == "1"
    (path,) = export_document(opened_store, FIRM_A, formats=("md",), out=tmp_path / "4", **WHO)
    assert "Tilannekuva 1" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("document", "role"), [("checklist", ""), ("situation", "lead")])
def test_a_checklist_is_of_one_role_and_nothing_else_is(
    opened_store: Store, tmp_path: Path, document: str, role: str
) -> None:
    with pytest.raises(UsageError) as caught:
        export_document(opened_store, FIRM_A, document=document, role=role, out=tmp_path, **WHO)

    assert caught.value.key == "coordination.role_of_checklist"


def test_two_people_cannot_hand_out_the_same_edition(
    opened_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two different papers called Tilannekuva 1 on one table are worse than one that is late."""

    def slow_colleague(*arguments: Any) -> bytes:
        monkeypatch.setattr(exports, "situation_document", situation_document)
        export_document(opened_store, FIRM_A, formats=("md",), out=tmp_path / "ensin", **WHO)
        return situation_document(*arguments)

    monkeypatch.setattr(exports, "situation_document", slow_colleague)
    with pytest.raises(ConflictError) as caught:
        export_document(opened_store, FIRM_A, formats=("md",), out=tmp_path / "sitten", **WHO)

    assert (caught.value.key, caught.value.params["number"]) == ("coordination.edition_taken", 1)
    assert not (tmp_path / "sitten").exists()


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"audience": "media"}, "coordination.unknown_audience"),
        ({"document": "tiedote"}, "coordination.unknown_document"),
        ({"languages": ("ru",)}, "coordination.unknown_language"),
        ({"formats": ("doc",)}, "rendering.unknown_format"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    opened_store: Store, tmp_path: Path, change: dict[str, object], key: str
) -> None:
    """A document that is not made for an audience must not reach it under another name."""
    with pytest.raises(UsageError) as caught:
        export_document(opened_store, FIRM_A, out=tmp_path / "ulos", **WHO, **change)  # type: ignore[arg-type] # each change fits its parameter

    assert caught.value.key == key
    assert not (tmp_path / "ulos").exists()


def test_a_folder_that_cannot_be_made_is_told_and_not_logged(opened_store: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "tiedosto"
    blocked.write_text("", encoding="utf-8")

    with pytest.raises(MachineError) as caught:
        export_document(opened_store, FIRM_A, formats=("md",), out=blocked / "ulos", **WHO)

    assert caught.value.key == "coordination.file_not_written"
    assert events(opened_store, "document_exported") == []


def test_files_are_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "kuva.md"
    write_files({path: b"ensin"})
    write_files({path: b"sitten"})

    blocked = tmp_path / "kuva.md" / "alla.md"
    with pytest.raises(MachineError):
        write_files({path: b"lopuksi", blocked: b"ei mahdu"})

    assert path.read_bytes() == b"sitten"
    assert [file.name for file in tmp_path.iterdir()] == ["kuva.md"]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "coordination.disk_full"),
        (errno.EROFS, "coordination.no_writing"),
        (errno.EACCES, "coordination.no_writing"),
        (errno.EIO, "coordination.file_not_written"),
    ],
)
def test_what_hinders_writing_is_told_in_the_users_language(number: int, key: str) -> None:
    """The system's own words are English and say nothing of what to do."""
    told = not_written(OSError(number, "No can do"), Path("kuva.md"))

    assert told.key == key
    assert all("kuva.md" in Texts(language).error(told) for language in LANGUAGES)


def test_a_calendar_never_replaces_what_is_no_calendar(opened_store: Store, tmp_path: Path) -> None:
    """``--out`` with the name of the store in it must not cost the office all its work."""
    assert isinstance(opened_store.target, FileTarget)
    for path, content in ((tmp_path / "muistio.txt", b"Muistio"), (opened_store.target.path, None)):
        if content is not None:
            path.write_bytes(content)
        before = path.read_bytes()
        with pytest.raises(RefusedError) as caught:
            export_calendar(opened_store, FIRM_A, out=path, **WHO)

        assert caught.value.key == "coordination.other_content"
        assert path.read_bytes() == before
    assert events(opened_store, "calendar_exported") == []
    assert check(opened_store) == []


def test_a_calendar_replaces_its_older_self(opened_store: Store, tmp_path: Path) -> None:
    for _ in range(2):
        path = export_calendar(opened_store, FIRM_A, out=tmp_path / "kaikki.ics", **WHO)
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_calendar_of_a_role_holds_less_than_that_of_all(opened_store: Store, tmp_path: Path) -> None:
    everything = export_calendar(opened_store, FIRM_A, out=tmp_path / "kaikki.ics", **WHO)
    mine = export_calendar(opened_store, FIRM_A, out=tmp_path / "talous.ics", role="economy", **WHO)

    assert 0 < mine.read_bytes().count(b"BEGIN:VEVENT") < everything.read_bytes().count(b"BEGIN:VEVENT")
    with pytest.raises(NotFoundError):
        export_calendar(opened_store, FIRM_A, out=tmp_path / "x.ics", role="ekonomi", **WHO)
    with pytest.raises(UsageError):
        export_calendar(opened_store, FIRM_A, out=tmp_path / "x.ics", tasks_as="journal", **WHO)


def test_exporting_again_keeps_each_uid_and_never_lowers_a_sequence(
    opened_store: Store, tmp_path: Path
) -> None:
    """Outlook makes duplicates of entries whose UID changes and ignores those whose SEQUENCE falls."""
    from datetime import date

    from muutosturva.incidents import service
    from muutosturva.playbooks.facts import AnchorValue

    first = numbers(export_calendar(opened_store, FIRM_A, out=tmp_path / "1.ics", **WHO))
    later = AnchorValue.confirmed(date(2027, 4, 6))
    service.set_anchor(opened_store, FIRM_A, "decision", later, reason="Siirtyi.", **WHO)
    second = numbers(export_calendar(opened_store, FIRM_A, out=tmp_path / "2.ics", **WHO))

    assert set(first) <= set(second)
    assert all(second[uid] >= number for uid, number in first.items())
    assert any(second[uid] > number for uid, number in first.items())


def numbers(path: Path) -> dict[str, int]:
    """Return SEQUENCE by UID."""
    from icalendar import Calendar

    calendar = Calendar.from_ical(path.read_bytes())
    return {str(entry["UID"]): int(str(entry["SEQUENCE"])) for entry in calendar.walk("VEVENT")}
