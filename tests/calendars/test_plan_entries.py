"""How tasks and meetings of a plan stand in a calendar."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from muutosturva.calendars.entries import Entry, EntryKind, EntryState
from muutosturva.calendars.ical import TasksAs, build
from muutosturva.calendars.plan_entries import Selection, areas_in, entries_of, roles_in
from muutosturva.calendars.service import mark_of, namespace_of
from muutosturva.clock import HELSINKI
from muutosturva.i18n import LANGUAGES, Language, Texts
from muutosturva.incidents.pure.views import (
    IncidentView,
    MeetingFirm,
    MeetingView,
    QuestionView,
    RoleView,
    TaskView,
)
from muutosturva.models.states import ItemState, Secrecy, StoreKind, TaskState
from muutosturva.playbooks.facts import Certainty
from muutosturva.playbooks.plan import PlannedDate, Raci
from tests.calendars.views import FIRM, ID, INCIDENT, incident, meeting, planned, statutory, task, text
from tests.support.stores import NOW


def entry_of(item: TaskView | MeetingView, of: IncidentView = INCIDENT, language: Language = "fi") -> Entry:
    tasks = [item] if isinstance(item, TaskView) else []
    meetings = [item] if isinstance(item, MeetingView) else []
    [entry], undated = entries_of({ID: of}, tasks, meetings, texts=Texts(language))
    assert undated == ()
    return entry


def test_a_task_fills_its_due_day() -> None:
    entry = entry_of(task())

    assert (entry.day, entry.kind, entry.state) == (dt.date(2027, 3, 2), EntryKind.TASK, EntryState.CONFIRMED)
    assert entry.title == "Ensiyhteys työnantajaan (LAHTI-2027-03)"
    assert entry.uid_name == "LAHTI-2027-03/tasks/contact"


def test_a_task_with_a_clock_time_ends_then() -> None:
    """Due at 16 means done by 16: the entry stands before that hour, not after it."""
    entry = entry_of(task(due=planned(dt.date(2027, 3, 2), at=dt.time(16))))

    assert entry.starts == dt.datetime(2027, 3, 2, 15, 30, tzinfo=HELSINKI)
    assert entry.minutes == 30


def test_a_meeting_stands_at_its_hour_and_place() -> None:
    entry = entry_of(meeting())

    assert entry.starts == dt.datetime(2027, 3, 8, 8, 30, tzinfo=HELSINKI)
    assert (entry.minutes, entry.location, entry.kind) == (45, "Ryhmän huone", EntryKind.MEETING)
    assert "Osallistujat: Maija Mallikas ja Olli Esimerkki" in entry.description


def test_a_meeting_of_several_firms_names_those_that_may_be_named() -> None:
    """One of them has not spoken yet: its name is not in the calendar, and the entry is private."""
    firms = tuple(MeetingFirm(name, f"Yritys {name}", "weekly[1]") for name in ("A", "B", "C"))
    views = {
        ID: INCIDENT,
        "A": incident(readable_id="A"),
        "B": incident(readable_id="B", secrecy=Secrecy.RESTRICTED),
        "C": incident(readable_id="C"),
    }
    [entry], _ = entries_of(views, [], [meeting(firms=firms, name="A/weekly[1]")], texts=Texts("fi"))

    assert "Työnantajat: Yritys A ja Yritys C" in entry.description
    assert "Yritys B" not in entry.description
    assert entry.private
    assert entry.uid_name == "LAHTI-2027-03/meetings/A/weekly[1]"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (TaskState.WAITING, EntryState.CONFIRMED),
        (TaskState.READY, EntryState.CONFIRMED),
        (TaskState.STARTED, EntryState.CONFIRMED),
        (TaskState.QUESTION, EntryState.TENTATIVE),
        (TaskState.DONE, EntryState.DONE),
        (TaskState.SKIPPED, EntryState.CANCELLED),
        (TaskState.WITHDRAWN, EntryState.CANCELLED),
    ],
)
def test_each_state_of_a_task_has_its_state_in_the_calendar(state: TaskState, expected: EntryState) -> None:
    assert entry_of(task(state=state)).state is expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (ItemState.PLANNED, EntryState.CONFIRMED),
        (ItemState.DONE, EntryState.CONFIRMED),
        (ItemState.QUESTION, EntryState.TENTATIVE),
        (ItemState.WITHDRAWN, EntryState.CANCELLED),
    ],
)
def test_each_state_of_a_meeting_has_its_state_in_the_calendar(
    state: ItemState, expected: EntryState
) -> None:
    assert entry_of(meeting(state=state)).state is expected


def test_a_date_that_is_only_estimated_is_tentative_and_says_so() -> None:
    entry = entry_of(task(due=planned(dt.date(2027, 3, 2), Certainty.ESTIMATED)))

    assert entry.state is EntryState.TENTATIVE
    assert "Päivä on arvio." in entry.description


def test_a_range_names_both_ends() -> None:
    due = PlannedDate(
        "", dt.date(2027, 3, 2), dt.date(2027, 3, 2), dt.date(2027, 3, 9), None, Certainty.RANGE
    )

    assert "Päivä on arvio väliltä 2.3.2027–9.3.2027." in entry_of(task(due=due)).description


def test_a_day_set_by_hand_is_certain() -> None:
    """The group chose it: it hangs on no anchor any more."""
    due = planned(dt.date(2027, 3, 2), Certainty.ESTIMATED)

    assert entry_of(task(due=due, due_by_hand=True)).state is EntryState.CONFIRMED


def test_what_has_no_day_is_left_out_and_told() -> None:
    undated_meeting = meeting(starts=planned(None, Certainty.UNKNOWN))
    tasks = [task(due=None), task(key="list", due=planned(None, Certainty.UNKNOWN))]

    entries, undated = entries_of({ID: INCIDENT}, tasks, [undated_meeting], texts=Texts("fi"))

    assert entries == ()
    assert undated == ("weekly[1]", "contact", "list")


def test_a_statutory_task_tells_its_statute_and_dates_and_reminds_the_day_before() -> None:
    dates = statutory(dt.date(2027, 5, 29), dt.date(2027, 5, 31))
    entry = entry_of(task(statutory=dates, law=("380/2023 96 §", "1333/2021 19 §")))

    assert "Säädös: 380/2023 96 §; 1333/2021 19 §" in entry.description
    assert "Lain mukainen määräpäivä: 29.5.2027" in entry.description
    assert "Viimeinen päivä: 31.5.2027" in entry.description
    assert "Lakisääteinen" in entry.categories
    assert entry.alarms == (dt.timedelta(hours=15),)


def test_an_unsure_last_day_is_said_to_be_unsure() -> None:
    """Where it is unsure whether the act on time limits applies, nobody may rely on a later day."""
    entry = entry_of(task(statutory=statutory(dt.date(2027, 5, 29), None)))

    assert "epävarmaa" in entry.description
    assert "Viimeinen päivä" not in entry.description


def test_a_last_day_that_is_a_working_day_says_nothing_of_moving() -> None:
    """A warning on every entry is a warning nobody reads."""
    entry = entry_of(task(statutory=statutory(dt.date(2027, 5, 28), None)))

    assert "Lain mukainen määräpäivä: 28.5.2027" in entry.description
    assert "epävarmaa" not in entry.description


def test_an_earliest_day_is_told_as_one() -> None:
    """The first possible last day of employment is no deadline of ours."""
    entry = entry_of(task(statutory=statutory(dt.date(2027, 5, 29), None, earliest=True)))

    assert "Lain mukaan aikaisintaan: 29.5.2027" in entry.description
    assert "määräpäivä" not in entry.description
    assert "epävarmaa" not in entry.description


def test_an_open_question_stands_in_words() -> None:
    entry = entry_of(task(state=TaskState.QUESTION, depends_on=("listed", "unheard_of")))

    assert "Riippuu vastauksesta: Onko yhtiö pörssissä?" in entry.description
    assert "Riippuu vastauksesta: unheard_of" in entry.description


def test_checklist_and_instructions_stand_below() -> None:
    entry = entry_of(task(checklist=(text("Soita"), text("Kirjaa")), howto=text("Näin se tehdään.")))

    assert entry.description.endswith("☐ Soita\n☐ Kirjaa\nNäin se tehdään.")


def test_a_task_without_a_person_says_so() -> None:
    assert "henkilöä ei ole nimetty" in entry_of(task(person="")).description


def test_who_does_the_work_stands_beside_who_answers_for_it() -> None:
    """In most tasks the lead answers and another role does: its holder finds the own name here."""
    employer_services = RoleView(
        "employer_services",
        text("Työnantajapalvelut"),
        1,
        deputy_needed=False,
        holders=("Aino Ääri",),
        deputies=(),
    )
    of = incident(roles=(*INCIDENT.roles, employer_services))
    shared = task(raci=Raci(("lead", "employer_services", "elsewhere"), "lead"))

    assert "Tekee: Työnantajapalvelut (Aino Ääri) ja elsewhere" in entry_of(shared, of).description
    assert "Tekee" not in entry_of(task(raci=Raci(("lead",), "lead")), of).description


@pytest.mark.parametrize("secrecy", [Secrecy.PUBLIC, Secrecy.GROUP])
def test_what_the_group_may_know_is_legible_in_its_calendar(secrecy: Secrecy) -> None:
    for item in (task(), meeting()):
        entry = entry_of(item, incident(secrecy=secrecy))
        assert not entry.private
        assert FIRM in entry.description


TELLING: Final = text("Irtisanotuille 260 koteihin", "Till 260 uppsagda", "To 260 dismissed")
SECRETS: Final = (
    FIRM,
    "260",
    "Irtisanotuille",
    "uppsagda",
    "dismissed",
    "Koritehdas",
    "laki",
    "Mallikas",
    "Olli",
)


def full_task() -> TaskView:
    """Return a task in which everything that can be said is said."""
    return task(
        title=TELLING,
        howto=TELLING,
        checklist=(TELLING,),
        law=("laki 1 §",),
        statutory=statutory(dt.date(2027, 3, 27), None),
        depends_on=("listed",),
        item=("Koritehdas",),
        key="visit[Koritehdas]",
        area="Koritehdas",
        wave="260",
        condition="headcount > 260",
        produces=("260",),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tasks_as", ["event", "todo"])
def test_a_restricted_incident_tells_nothing_in_a_calendar(language: Language, tasks_as: TasksAs) -> None:
    """Over a shoulder, in a shared calendar, on a telephone: an id, a word, a code, and private."""
    secret = incident(
        secrecy=Secrecy.RESTRICTED,
        questions=(QuestionView("listed", TELLING, "bool", (), ("x",)),),
        roles=(RoleView("employer_services", TELLING, 1, True, ("Olli",), ()),),
    )
    held = meeting(title=TELLING, place=text("Koritehdas"))
    entries, _ = entries_of(
        {ID: secret}, [full_task(), task(code="", title=TELLING)], [held], texts=Texts(language)
    )
    raw = build(
        entries,
        name=ID,
        namespace=namespace_of(StoreKind.REAL),
        stamp=NOW,
        tasks_as=tasks_as,
        language=language,
    ).decode()

    plain = raw.replace("\r\n ", "")
    assert [secret for secret in SECRETS if secret.casefold() in plain.casefold()] == []
    assert plain.count("CLASS:PRIVATE") == len(entries) == 3
    assert "LOCATION" not in plain
    said = Texts(language)
    assert {entry.title for entry in entries} == {
        said("calendars.neutral.task", incident=ID, code="B1"),
        said("calendars.neutral.uncoded", incident=ID),
        said("calendars.neutral.meeting", incident=ID),
    }
    assert said("calendars.category.statutory") not in plain


def test_once_the_news_is_out_the_same_entries_say_everything() -> None:
    """The uid stays and the revision rises, or calendars would keep the words that say nothing."""
    for item in (full_task(), meeting()):
        before = entry_of(item, incident(secrecy=Secrecy.RESTRICTED, version=4))
        after = entry_of(item, incident(secrecy=Secrecy.PUBLIC, version=5))
        assert (before.uid_name, before.day, before.starts) == (after.uid_name, after.day, after.starts)
        assert before.sequence < after.sequence
        assert FIRM in after.description


def test_a_meeting_held_only_by_restricted_firms_is_as_secret_as_they_are() -> None:
    """The situation they are in may be open to the group all the same."""
    firms = tuple(MeetingFirm(name, f"Yritys {name}", "weekly[1]") for name in ("A", "B"))
    views = {ID: INCIDENT} | {
        name: incident(readable_id=name, secrecy=Secrecy.RESTRICTED) for name in ("A", "B")
    }
    [entry], _ = entries_of(views, [], [meeting(firms=firms)], texts=Texts("fi"))
    assert (entry.title, entry.location, entry.private) == ("LAHTI-2027-03: kokous", "", True)
    assert "Yritys" not in entry.description


def test_the_version_of_the_row_is_the_sequence() -> None:
    """That of the incident too: its state says whether an entry is in doubt."""
    own = incident().version
    assert (entry_of(task(version=4)).sequence, entry_of(meeting()).sequence) == (4 + own, 3 + own)


def test_a_task_and_a_meeting_of_one_name_are_two_entries() -> None:
    assert entry_of(task(key="x")).uid_name != entry_of(meeting(key="x")).uid_name


def test_entries_stand_in_order_of_time() -> None:
    later, sooner = task(key="b", due=planned(dt.date(2027, 3, 9))), task(key="a")

    entries, _ = entries_of({ID: INCIDENT}, [later, sooner], [meeting()], texts=Texts("fi"))

    assert [entry.uid_name.rpartition("/")[2] for entry in entries] == ["a", "weekly[1]", "b"]


@pytest.mark.parametrize(
    ("role", "tasks", "meetings"),
    [("", 3, 1), ("lead", 2, 1), ("training", 1, 1), ("employer_services", 2, 0), ("economy", 0, 0)],
)
def test_a_role_gets_what_it_answers_for_and_is_invited_to(role: str, tasks: int, meetings: int) -> None:
    """Being consulted or informed is no work of one's own."""
    plan = [
        task(key="a"),
        task(key="b"),
        task(key="c", role="training", raci=Raci((), "training", ("lead",), ("economy",))),
    ]
    chosen, _ = entries_of({ID: INCIDENT}, plan, [meeting()], texts=Texts("fi"), selection=Selection(role))

    kinds = [entry.kind for entry in chosen]
    assert (kinds.count(EntryKind.TASK), kinds.count(EntryKind.MEETING)) == (tasks, meetings)


@pytest.mark.parametrize(("area", "keys"), [("", "abc"), ("lahti", "ab"), ("paijat-hame", "ac")])
def test_an_area_gets_its_own_work_and_what_is_common(area: str, keys: str) -> None:
    plan = [task(key="a"), task(key="b", area="lahti"), task(key="c", area="paijat-hame")]

    chosen, _ = entries_of({ID: INCIDENT}, plan, [], texts=Texts("fi"), selection=Selection(area=area))

    assert "".join(entry.uid_name[-1] for entry in chosen) == keys


def test_the_roles_and_areas_one_may_name_are_those_of_the_plan() -> None:
    assert roles_in([INCIDENT], Texts("sv")) == {"lead": "Gruppens ledare"}
    assert areas_in([INCIDENT], [task(area="mikkeli"), task(area="lahti")]) == {
        "lahti": "Lahti",
        "mikkeli": "mikkeli",
        "paijat-hame": "Päijät-Häme",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_lines_are_in_the_language_asked_for(language: Language) -> None:
    expected = {
        "fi": ("Ensiyhteys työnantajaan", "Vastuu: Ryhmän vetäjä", "Tehtävä"),
        "sv": ("Första kontakten med arbetsgivaren", "Ansvar: Gruppens ledare", "Uppgift"),
        "en": ("First contact", "Responsible: Lead", "Task"),
    }
    title, line, category = expected[language]
    entry = entry_of(task(), language=language)

    assert entry.title.startswith(title)
    assert line in entry.description
    assert category in entry.categories


def test_each_kind_of_store_has_its_own_uids_and_mark() -> None:
    """A drill of the same incident must not move the entries of the real one."""
    assert len({namespace_of(kind) for kind in StoreKind}) == len(StoreKind)
    assert mark_of(StoreKind.REAL, Texts("fi")) == ""
    assert mark_of(StoreKind.EXAMPLE, Texts("fi")) == "ESIMERKKI"
    assert mark_of(StoreKind.DRILL, Texts("sv")) == "HARJOITUS – ÖVNING – EXERCISE"
