"""The checklist of a role: one page, the most urgent first, and what did not fit is told."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muutosturva.documents import checklist
from muutosturva.documents.checklist import Checklist, Duty
from muutosturva.documents.checklist_page import checklist_document, checklist_markdown, checklist_name
from muutosturva.documents.fitting import Entry, cut, fit, height, lines
from muutosturva.errors import NotFoundError
from muutosturva.i18n import LANGUAGES, Language
from muutosturva.incidents.acts.grouping import group_incidents
from muutosturva.incidents.acts.tasks import assign_task, finish_task
from muutosturva.incidents.pure.views import TaskAreaView
from muutosturva.models.states import AreaPart, Secrecy, StoreKind
from muutosturva.store.store import Store
from tests.documents.samples import MADE, planned, text
from tests.golden import assert_golden
from tests.support.examples import examples
from tests.support.incidents import FIRM_A, FIRM_B, WHO
from tests.support.stores import NOW

GOLDEN = Path(__file__).parent / "golden"
TITLE = "Kerro kuntajohdolle, elinvoimakeskukselle ja tarvittaessa ministeriölle"
POINT = "Elinvoimakeskus: kysy, onko kyse äkillisestä rakennemuutoksesta."


def sample(count: int = 3, points: int = 2, title: str = TITLE, point: str = POINT) -> Checklist:
    """Return a checklist of some tasks, each with some points."""
    return Checklist(
        incident="LAHTI-2027-03",
        name="Esimerkkikorit Oy",
        role="lead",
        title=text("Vastuukoordinaattori", "Ansvarig koordinator", "Lead coordinator"),
        kind=StoreKind.DRILL,
        secrecy=Secrecy.RESTRICTED,
        made_at=MADE,
        made_by="Esimerkki Elli",
        version=2,
        holders=("Esimerkki Elli",),
        deputies=("Malli Mauri",),
        duties=tuple(
            Duty(
                title=text(f"{number} {title}", f"{number} Meddela", f"{number} Tell"),
                due=planned(dt.date(2027, 3, 1) + dt.timedelta(days=number)),
                points=tuple(text(point, "Fråga", "Ask") for _ in range(points)),
                law=number == 1,
                late=number == 0,
                firm="",
                person="Kuvitteellinen Kaisa" if number == 2 else "",
            )
            for number in range(count)
        ),
        done=4,
        asked=1,
    )


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    return max(int(count) for count in re.findall(rb"/Type/Pages/Count (\d+)", pdf))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_as_it_was(language: Language) -> None:
    assert_golden(GOLDEN / f"checklist.{language}.md", checklist_document(sample(), language, "md"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_holds_not_everything_says_how_much_more_there_is(language: Language) -> None:
    found = checklist_document(sample(count=60, points=4), language, "md")

    assert_golden(GOLDEN / f"checklist_full.{language}.md", found)


def test_an_empty_checklist_says_so() -> None:
    found = checklist_markdown(replace(sample(count=0), done=0, asked=0), "fi")

    assert "Roolilla ei ole avoimia tehtäviä." in found
    assert "|" not in found


def test_the_name_of_the_file_names_the_role() -> None:
    assert checklist_name(sample(), "fi", "pdf") == (
        "SALASSA-PIDETTAVA-HARJOITUS-muistilista-lead-LAHTI-2027-03-fi.pdf"
    )


@pytest.mark.parametrize(
    ("count", "points", "title", "point"),
    [
        (1, 0, TITLE, POINT),
        (10, 4, TITLE, POINT),
        (80, 5, TITLE, POINT),
        (80, 0, "Soita", ""),
        (40, 1, f"{TITLE} {TITLE} {TITLE}", POINT),
        (30, 3, "W" * 300, "M" * 200),
    ],
)
def test_the_checklist_is_one_page(count: int, points: int, title: str, point: str) -> None:
    """Also with a firm and a role whose names take more than one line."""
    long = replace(
        sample(count, points, title, point),
        name="Kuvitteellinen Kaluste- ja Sisustusteollisuus Osakeyhtiö",
        title=text("Palveluiden ja henkilöasiakkaiden koordinaattori", "s", "e"),
        holders=("Kuvitteellinen Kaisa Annikki", "Esimerkki Elli", "Malli Mauri", "Koulutus Kerttu"),
    )

    assert pages(checklist_document(long, "fi", "pdf")) == 1


WORDS = st.text("abcdefghij ", min_size=1, max_size=300)
ENTRIES = st.lists(st.builds(Entry, WORDS, st.lists(WORDS, max_size=6).map(tuple)), min_size=1, max_size=40)


@given(ENTRIES, st.floats(20, 80), st.integers(20, 80))
@settings(max_examples=examples(20, 1000))
def test_what_is_kept_fits_and_what_is_given_up_is_counted(
    entries: list[Entry], room: float, width: int
) -> None:
    page = fit(entries, room, width)

    assert len(page.entries) + page.dropped == len(entries)
    assert height(page.entries, width) <= room or len(page.entries) == 1
    for before, after in zip(entries, page.entries, strict=False):
        assert len(after.points) + after.hidden == len(before.points)
        assert after.title == before.title or after.title.endswith("…")
    if height(entries, width) <= room:
        assert page.entries == tuple(entries)
    if page.dropped:
        assert not any(entry.points for entry in page.entries), "points go before tasks"


@given(WORDS, st.integers(5, 60))
def test_a_title_that_was_cut_takes_two_lines_at_most(words: str, width: int) -> None:
    assert lines(cut(words, width), width) <= 2


@pytest.mark.parametrize(
    ("words", "width", "count"), [("", 10, 1), ("yksi kaksi", 10, 1), ("yksi kaksi", 9, 2), ("a" * 25, 10, 3)]
)
def test_lines_are_broken_between_words(words: str, width: int, count: int) -> None:
    assert lines(words, width) == count


def built(store: Store, incident: str = FIRM_A, role: str = "lead") -> Checklist:
    """Read a checklist from a store."""
    with store.reading() as session:
        return checklist.build(session, incident, role, kind=store.kind, now=NOW, made_by="Elli")


def test_a_checklist_holds_the_open_tasks_of_its_role_the_earliest_first(opened_store: Store) -> None:
    before = built(opened_store)
    finish_task(opened_store, FIRM_A, "name-lead", **WHO)
    after = built(opened_store)

    assert len(after.duties) == len(before.duties) - 1
    assert after.done == before.done + 1
    days = [duty.due.value for duty in after.duties if duty.due and duty.due.value]
    assert days == sorted(days)
    assert all(duty.points for duty in after.duties[:1])


def test_a_role_is_known_by_its_title_too_and_another_is_refused(opened_store: Store) -> None:
    assert built(opened_store, role="Vastuukoordinaattori").role == "lead"
    with pytest.raises(NotFoundError):
        built(opened_store, role="keisari")


def test_who_else_does_a_task_of_the_role_is_named(opened_store: Store) -> None:
    assign_task(opened_store, FIRM_A, "name-lead", person="Kuvitteellinen Kaisa", **WHO)

    assert [duty.person for duty in built(opened_store).duties if duty.person] == ["Kuvitteellinen Kaisa"]


def test_a_situations_checklist_names_the_firm_of_each_task(opened_store: Store) -> None:
    group_incidents(opened_store, "LAHTI-2027-90", [FIRM_A, FIRM_B], title="Kevät", **WHO)
    together = built(opened_store, "LAHTI-2027-90")

    assert len(together.duties) == sum(len(built(opened_store, firm).duties) for firm in (FIRM_A, FIRM_B))
    assert all(duty.firm for duty in together.duties)


def test_a_task_that_several_areas_do_says_which_part_is_whose() -> None:
    areas = (
        TaskAreaView("lahti", "Lahti", AreaPart.LEAD, "", None, ""),
        TaskAreaView("heinola", "Heinola", AreaPart.JOINS, "", NOW, "Malli Mauri"),
    )
    plain = sample(1, 0)
    shared = replace(plain, duties=(replace(plain.duties[0], areas=areas),))

    assert "(Lahti (johtaa), Heinola (osallistuu, osuus tehty))" in checklist_markdown(shared, "fi")
    assert "Lahti" not in checklist_markdown(plain, "fi")
