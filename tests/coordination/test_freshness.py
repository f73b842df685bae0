"""How fresh a playbook is: what the list on the command line and on the screen both show."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from muutosturva.clock import local_date
from muutosturva.coordination import freshness_words
from muutosturva.coordination.freshness import UNUSED, Freshness, Volume, everything, fresh, shelf
from muutosturva.coordination.setup import init_store
from muutosturva.coordination.sign_on import open_store
from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.incidents import service
from muutosturva.incidents.reading.playbook_use import PlaybookUse
from muutosturva.models.states import IncidentState, Secrecy, StoreKind
from muutosturva.playbooks.checks.lint import Checked
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.library import Library
from tests.playbooks.making import HEAD, day, playbook
from tests.support.stores import ACTOR, NOW

ERROR: Final = Problem("playbooks.unknown_key", {"key": "x"}, "small.yaml", 3, 1)
WARNING: Final = Problem("playbooks.no_tests", {"id": "small"}, "small.yaml", 2, 1)
FI: Final = Texts("fi")
LATER: Final = dt.timedelta(days=1)


def judged(
    extra: str = "", *problems: Problem, on: str = "2027-03-01", use: PlaybookUse = UNUSED
) -> Freshness:
    """Return what is known of a small playbook with some more keys at its head, on a day."""
    checked = Checked(playbook(head=HEAD + extra), problems)
    return fresh(Volume("small", Path("small.yaml"), use=use), checked, day(on))


@pytest.mark.parametrize(
    ("written", "on", "checked", "due", "overdue"),
    [
        ("", "2027-03-01", "ei kirjattu", "", False),
        ("review: {role: lead, every: 12 m, last: 2026-03-01}", "2027-03-01", "1.3.2026", "1.3.2027", False),
        (
            "review: {role: lead, every: 12 m, last: 2026-03-01}",
            "2027-03-02",
            "1.3.2026",
            "! ohi 1.3.2027",
            True,
        ),
        (
            "valid: {from: 2026-01-01}\nreview: {role: lead, every: 2 w}",
            "2026-01-05",
            "1.1.2026",
            "15.1.2026",
            False,
        ),
        ("review: {role: lead, every: 6 m}", "2027-03-01", "ei kirjattu", "", False),
    ],
    ids=["no rule", "the last day", "a day late", "read when it became valid", "never read"],
)
def test_a_law_check_is_overdue_from_the_day_after_its_last(
    written: str, on: str, checked: str, due: str, *, overdue: bool
) -> None:
    found = judged(f"{written}\n", on=on)
    assert freshness_words.checked(FI, found) == checked
    assert freshness_words.check_due(FI, found) == due
    assert found.overdue is overdue


@pytest.mark.parametrize(
    ("problems", "told", "usable"),
    [
        ((), "kunnossa", True),
        ((WARNING,), "! 1 huomautus", True),
        ((ERROR, WARNING), "✗ 1 virhe, ! 1 huomautus", False),
        ((ERROR, ERROR), "✗ 2 virhettä", False),
    ],
)
def test_findings_are_told_by_sign_and_word(
    problems: tuple[Problem, ...], told: str, *, usable: bool
) -> None:
    """An error stops the playbook, a warning does not; colour is not needed to tell them apart."""
    found = judged("", *problems)
    assert freshness_words.findings(FI, found) == told
    assert found.usable is usable


@pytest.mark.parametrize(
    ("use", "used", "rehearsed"),
    [
        (UNUSED, "ei vielä", "ei harjoiteltu"),
        (PlaybookUse(used=day("2026-05-04")), "4.5.2026", "ei harjoiteltu"),
        (PlaybookUse(rehearsed=day("2026-11-02")), "ei vielä", "2.11.2026"),
    ],
)
def test_use_in_earnest_and_rehearsal_are_told_apart(use: PlaybookUse, used: str, rehearsed: str) -> None:
    found = judged(use=use)
    assert (freshness_words.used(FI, found), freshness_words.rehearsed(FI, found)) == (used, rehearsed)


def test_a_base_for_others_is_neither_used_nor_rehearsed() -> None:
    """What nobody can trigger cannot be rehearsed either: to say that it was not would be no news."""
    found = judged("abstract: true\n")
    assert (freshness_words.used(FI, found), freshness_words.rehearsed(FI, found)) == ("", "")


def opened(place: Path, playbook_id: str, secrecy: Secrecy, now: dt.datetime) -> str:
    """Open an incident as the group does; return its id."""
    request = TriggerRequest(
        playbook=playbook_id,
        employer="Esimerkkikoria Oy",
        municipality="Lahti",
        inputs={"headcount": 30, "dismissals": 20, "employer_size": 40, "bankruptcy": False},
        anchors={"proposal": AnchorValue.confirmed(dt.date(2027, 3, 1))},
        secrecy=secrecy,
    )
    with open_store(place) as store:
        return trigger(store, request, actor=ACTOR, now=now).readable_id


def uses(place: Path, reader: str) -> dict[str, PlaybookUse]:
    """Return the use of each playbook as a person may know it."""
    with open_store(place) as store:
        store.reader = reader
        return {volume.id: volume.use for volume in shelf(Library(), store).volumes}


def test_a_secret_incident_is_no_use_for_those_who_may_not_know_of_it(tmp_path: Path) -> None:
    """A day beside a playbook would tell that somewhere a listed company is about to dismiss."""
    place = tmp_path / "real.db"
    init_store(place, kind=StoreKind.REAL, now=NOW)
    opened(place, "small-layoff", Secrecy.GROUP, NOW)
    opened(place, "small-layoff", Secrecy.RESTRICTED, NOW + LATER)
    opened(place, "large-layoff", Secrecy.RESTRICTED, NOW)
    first, second = local_date(NOW), local_date(NOW + LATER)

    assert uses(place, ACTOR)["small-layoff"] == PlaybookUse(used=second)
    assert uses(place, ACTOR)["large-layoff"] == PlaybookUse(used=first)
    assert uses(place, "Esimerkki Ulla")["small-layoff"] == PlaybookUse(used=first)
    assert uses(place, "Esimerkki Ulla")["large-layoff"] == UNUSED


def test_an_example_is_a_rehearsal_and_a_cancelled_incident_is_nothing(tmp_path: Path) -> None:
    place = tmp_path / "example.db"
    init_store(place, kind=StoreKind.EXAMPLE, now=NOW)
    opened(place, "small-layoff", Secrecy.GROUP, NOW)
    later = opened(place, "large-layoff", Secrecy.GROUP, NOW + LATER)
    with open_store(place) as store:
        service.move_state(
            store, later, IncidentState.CANCELLED, reason="Turha", actor=ACTOR, now=NOW + LATER
        )

    found = uses(place, ACTOR)
    assert found["small-layoff"] == PlaybookUse(rehearsed=local_date(NOW))
    assert found["large-layoff"] == UNUSED


def test_a_broken_own_playbook_is_on_the_shelf_with_its_problems(tmp_path: Path) -> None:
    """One file with a slip in it must not hide the others, nor itself."""
    (tmp_path / "oma.yaml").write_text('version: "7.1"\ntitle: {fi: Oma}\ntasks: [\n', "utf-8")
    (tmp_path / "rikki.yaml").write_bytes(b"\xff\xfe\x00")
    found, read = everything(Library(user_folder=tmp_path), None, NOW)

    by_id = {each.volume.id: each for each in read}
    assert by_id["large-layoff"].usable
    assert not by_id["large-layoff"].volume.own
    assert (by_id["oma"].volume.own, by_id["oma"].usable, by_id["oma"].errors > 0) == (True, False, True)
    assert (by_id["rikki"].usable, by_id["rikki"].errors) == (False, 1)
    assert not found.unreadable


def test_a_broken_file_is_called_as_it_says_itself_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    """The name helps to see which of several is broken."""
    (tmp_path / "oma.yaml").write_text('version: "7.1"\ntitle: {fi: Oma malli}\nnonsense: 1\n', "utf-8")
    read = {each.volume.id: each for each in everything(Library(user_folder=tmp_path), None, NOW)[1]}
    assert (FI.pick(read["oma"].title), read["oma"].version) == ("Oma malli", "7.1")


def test_a_folder_that_cannot_be_read_is_told_and_the_shipped_ones_stay(tmp_path: Path) -> None:
    folder = tmp_path / "file-not-folder"
    folder.write_text("", "utf-8")
    found = shelf(Library(user_folder=folder), None)
    assert list(found.unreadable) == [str(folder)]
    assert "large-layoff" in {volume.id for volume in found.volumes}
