"""An edited task sheet comes back: what is taken, what is left out and told."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.errors import InputError, RefusedError
from muutosturva.i18n import Texts
from muutosturva.incidents.acts.access import access_list
from muutosturva.incidents.acts.dating import set_anchor
from muutosturva.incidents.acts.grouping import group_incidents
from muutosturva.incidents.acts.labels import set_label
from muutosturva.incidents.acts.life import move_state
from muutosturva.incidents.acts.moving import move_task
from muutosturva.incidents.acts.publishing import set_secrecy
from muutosturva.incidents.acts.sheet_import import SheetImport, import_sheet, preview_import
from muutosturva.incidents.acts.tasks import assign_task, finish_task, redate_task, start_task
from muutosturva.incidents.acts.undoing import undo_event
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.naming import names
from muutosturva.incidents.told.narrative import sentence
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.models.states import IncidentState, Secrecy, TaskState
from muutosturva.store.store import Store
from muutosturva.tabular.table import column_letters
from tests.support.incidents import FIRM_A, FIRM_B, WHO
from tests.support.sheets import KEYS, Hand

ELLI = "Esimerkki Elli"
KAISA = "Kuvitteellinen Kaisa"
SITUATION = "LAHTI-2027-90"
LABEL = KEYS.index("label")


def task(store: Store, key: str, incident: str = FIRM_A) -> TaskView:
    """Return a task as it stands."""
    with store.reading() as session:
        return next(found for found in queries.tasks(session, incident) if found.key == key)


def taken(
    store: Store, hand: Hand, incident: str = FIRM_A, *, reason: str = "", strict: bool = False
) -> SheetImport:
    """Import a sheet."""
    return import_sheet(store, incident, hand.read(), file="t.xlsx", reason=reason, strict=strict, **WHO)


def codes(done: SheetImport) -> list[str]:
    """Return what is wrong with the rows that were left out, with the keys of their columns."""
    keys = {column_letters(place): key for place, key in enumerate(KEYS)}
    return [f"{keys[found.column]} {found.problem.code.partition('.')[2]}" for found in done.rejected]


def test_a_sheet_nobody_edited_changes_nothing_and_leaves_no_trace_in_the_log(opened_store: Store) -> None:
    with opened_store.reading() as session:
        before = queries.log_entries(session)
    done = taken(opened_store, Hand.of(opened_store))

    assert (done.rows, done.rejected, done.missing, done.warnings) == ((), (), (), ())
    with opened_store.reading() as session:
        assert queries.log_entries(session) == before


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_language_of_the_sheet_is_known_by_its_headings(opened_store: Store, language: str) -> None:
    hand = Hand.of(opened_store, language=language)  # type: ignore[arg-type]
    done = taken(opened_store, hand.set("log-news", state={"sv": "gjord", "en": "done"}[language]))

    assert done.language == language
    assert task(opened_store, "log-news").state is TaskState.DONE


def test_every_field_that_may_be_edited_comes_back(opened_store: Store) -> None:
    hand = Hand.of(opened_store)
    hand.set("log-news", state="valmis", reason="Kirjattu klo 9")
    hand.set("first-contact", person=KAISA.lower(), label="kiire", due=dt.date(2027, 3, 4), reason="Sovittu")
    hand.set("name-lead", title="Nimeä vastuukoordinaattori tänään", order=1)
    done = taken(opened_store, hand)

    assert done.rejected == ()
    assert task(opened_store, "log-news").state is TaskState.DONE
    contact = task(opened_store, "first-contact")
    assert (contact.person, contact.assigned, contact.label, contact.due_on) == (
        KAISA,
        True,
        "kiire",
        dt.date(2027, 3, 4),
    )
    assert contact.due_by_hand
    assert task(opened_store, "name-lead").title["fi"] == "Nimeä vastuukoordinaattori tänään"
    assert str(Hand.of(opened_store).rows[1][KEYS.index("key")]).endswith(" name-lead")


def test_what_waited_for_a_task_finished_in_the_sheet_becomes_ready(opened_store: Store) -> None:
    waiting = [found for found in Hand.of(opened_store).rows if found[3] == "odottaa"]
    hand = Hand.of(opened_store)
    for row in hand.rows[1:]:
        if row[KEYS.index("state")] in {"valmis aloitettavaksi", "odottaa"}:
            row[KEYS.index("state")] = (
                "tehty" if row[KEYS.index("needs")] is None else row[KEYS.index("state")]
            )
    taken(opened_store, hand)

    assert [row for row in Hand.of(opened_store).rows if row[KEYS.index("state")] == "odottaa"] != waiting


def test_a_preview_shows_the_same_and_saves_nothing(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", state="kesken", order=5).add(title="Varaa bussi", order=1)
    before = Hand.of(opened_store).rows
    shown = preview_import(opened_store, FIRM_A, hand.read())

    assert Hand.of(opened_store).rows == before
    assert taken(opened_store, hand) == shown


def test_the_whole_import_is_one_event_and_is_undone_as_one(opened_store: Store) -> None:
    before = [row[:-1] for row in Hand.of(opened_store).rows]
    hand = Hand.of(opened_store).set("log-news", state="tehty", label="kiire").set("name-lead", order=9)
    taken(opened_store, hand.add(title="Varaa bussi", person=KAISA))
    undo_event(opened_store, FIRM_A, **WHO)

    assert [row[:-1] for row in Hand.of(opened_store).rows] == before


def test_the_log_tells_what_the_sheet_changed(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", state="tehty").set("first-contact", label="kiire")
    hand.set("name-lead", due="3.3.2027", reason="Kokous siirtyi").add(title="Varaa bussi")
    taken(opened_store, hand)
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A, limit=1)[0]
        told = sentence(Texts("fi"), entry, names(session, FIRM_A))

    assert entry.kind == "incidents.tasks_imported"
    assert told == (
        "Muokatusta tehtävätaulukosta t.xlsx tuotiin 4 rivin muutokset. "
        "Valmistui: B1 Kirjaa tieto ja päätä, kuka saa tietää. "
        "Määräpäivä muuttui: "
        "B2 Nimeä vastuukoordinaattori ja varahenkilö, kutsu ydinryhmä (1.3.2027 → 3.3.2027). "
        "Värimerkki muuttui: B3 Ota yhteys työnantajaan (– → kiire). "
        "Syyt: B2 Nimeä vastuukoordinaattori ja varahenkilö, kutsu ydinryhmä: Kokous siirtyi. "
        "Uusi tehtävä: Varaa bussi."
    )


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"due": dt.date(2027, 3, 9)}, ["reason sheet_reason"]),
        ({"due": "31.2.2027", "reason": "x"}, ["due line_date"]),
        ({"due": "ensi viikolla", "reason": "x"}, ["due line_date"]),
        ({"due": 12, "reason": "x"}, ["due line_date"]),
        ({"due": None, "reason": "x"}, ["due sheet_due_empty"]),
        ({"state": "ohitettu"}, ["reason sheet_reason"]),
        ({"state": "melkein"}, ["state sheet_state"]),
        ({"state": None}, ["state sheet_state"]),
        ({"state": "odottaa"}, ["state sheet_state_worked_out"]),
        ({"state": "peruttu"}, ["state sheet_state_worked_out"]),
        ({"person": "Tuntematon Tauno"}, ["person who_unknown"]),
        ({"person": None}, ["person sheet_person_empty"]),
        ({"title": None}, ["title title_missing"]),
        ({"label": "kiire, tärkeä"}, ["label label_signs"]),
        ({"order": "eka"}, ["order sheet_order"]),
        (
            {"state": "ohitettu", "due": "9.3.2027", "label": "a;b"},
            ["reason sheet_reason", "label label_signs"],
        ),
    ],
    ids=str,
)
def test_a_row_with_anything_wrong_is_left_out_whole_and_everything_wrong_is_told(
    opened_store: Store, cells: dict[str, object], problems: list[str]
) -> None:
    hand = Hand.of(opened_store).set("log-news", label="ehdolla").set("name-lead", label="kiire")
    hand.set("log-news", **cells)  # type: ignore[arg-type]
    done = taken(opened_store, hand)

    assert sorted(codes(done)) == sorted(problems)
    assert {found.problem.path for found in done.rejected} == {
        f"{found.column}{hand.number('log-news')}" for found in done.rejected
    }
    assert task(opened_store, "log-news").label == ""
    assert task(opened_store, "name-lead").label == "kiire"


def test_strict_takes_nothing_when_a_row_is_wrong(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", state="melkein").set("name-lead", label="kiire")
    with pytest.raises(InputError) as caught:
        taken(opened_store, hand, strict=True)

    assert [problem.code for problem in caught.value.problems] == ["incidents.sheet_state"]
    assert task(opened_store, "name-lead").label == ""


def test_one_reason_may_stand_for_all_rows(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", state="ohitettu").set("name-lead", due="9.3.2027")
    done = taken(opened_store, hand, reason="Kokouksen päätös")

    assert done.rejected == ()
    assert {row.reason for row in done.rows} == {"Kokouksen päätös"}


def test_a_field_changed_on_both_sides_is_told_with_both_values(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", due="9.3.2027", reason="x").set("name-lead", label="kiire")
    redate_task(opened_store, FIRM_A, "log-news", due=dt.date(2027, 3, 4), reason="y", **WHO)
    done = taken(opened_store, hand)

    assert codes(done) == ["due sheet_conflict"]
    params = done.rejected[0].problem.params
    assert (params["ours"], params["theirs"]) == (dt.date(2027, 3, 9), dt.date(2027, 3, 4))
    assert task(opened_store, "log-news").due_on == dt.date(2027, 3, 4)
    assert task(opened_store, "name-lead").label == "kiire"


def test_other_peoples_work_on_fields_the_sheet_did_not_touch_stays(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", label="kiire")
    assign_task(opened_store, FIRM_A, "log-news", person=KAISA, **WHO)
    start_task(opened_store, FIRM_A, "log-news", **WHO)
    set_label(opened_store, FIRM_A, ["name-lead"], "odottaa", **WHO)
    move_task(opened_store, FIRM_A, "first-contact", before="log-news", **WHO)
    done = taken(opened_store, hand)

    assert done.rejected == ()
    found = task(opened_store, "log-news")
    assert (found.label, found.person, found.state) == ("kiire", KAISA, TaskState.STARTED)
    assert task(opened_store, "name-lead").label == "odottaa"
    assert str(Hand.of(opened_store).rows[1][KEYS.index("key")]).endswith(" first-contact")


def test_a_task_that_became_ready_meanwhile_is_finished_all_the_same(opened_store: Store) -> None:
    """Which of the states before the beginning it is in, the program works out: nobody's edit."""
    waiting = next(
        row
        for row in Hand.of(opened_store).rows
        if row[KEYS.index("state")] == "odottaa"
        and row[KEYS.index("needs")] == "Kirjaa tieto ja päätä, kuka saa tietää"
    )
    key = str(waiting[KEYS.index("key")]).partition(" ")[2]
    hand = Hand.of(opened_store).set(key, state="tehty")
    finish_task(opened_store, FIRM_A, "log-news", **WHO)
    assert task(opened_store, key).state is not TaskState.WAITING
    done = taken(opened_store, hand)

    assert done.rejected == ()
    assert task(opened_store, key).state is TaskState.DONE


def test_a_finished_task_is_opened_again_only_with_a_reason(opened_store: Store) -> None:
    finish_task(opened_store, FIRM_A, "log-news", **WHO)
    bare = Hand.of(opened_store).set("log-news", state="kesken")
    assert codes(taken(opened_store, bare)) == ["reason sheet_reason"]

    taken(opened_store, bare.set("log-news", reason="Kirjattiin väärä päivä", due="4.3.2027"))
    found = task(opened_store, "log-news")
    assert (found.state, found.finished_at, found.due_on) == (TaskState.STARTED, None, dt.date(2027, 3, 4))


def test_who_and_when_of_a_finished_task_do_not_change(opened_store: Store) -> None:
    finish_task(opened_store, FIRM_A, "log-news", **WHO)
    hand = Hand.of(opened_store).set("log-news", person=KAISA)

    assert codes(taken(opened_store, hand)) == ["person sheet_task_ended"]


def test_an_emptied_name_gives_the_task_back_to_whoever_holds_the_role(opened_store: Store) -> None:
    holder = task(opened_store, "log-news").person
    assign_task(opened_store, FIRM_A, "log-news", person=KAISA, **WHO)
    done = taken(opened_store, Hand.of(opened_store).set("log-news", person=None))

    assert done.rejected == ()
    found = task(opened_store, "log-news")
    assert (found.person, found.assigned) == (holder, False)


def test_rows_without_an_id_are_tasks_of_the_groups_own(opened_store: Store) -> None:
    hand = Hand.of(opened_store)
    hand.add(title="Varaa bussi", due=46_450, person=KAISA, label="kiire", order=1)
    hand.add(title="Varaa bussi", role="Vastuukoordinaattori", state="kesken")
    done = taken(opened_store, hand)

    assert [row.key for row in done.rows] == ["varaa-bussi", "varaa-bussi-2"]
    first, second = task(opened_store, "varaa-bussi"), task(opened_store, "varaa-bussi-2")
    assert (first.due_on, first.person, first.label) == (dt.date(2027, 3, 4), KAISA, "kiire")
    assert (second.role, second.state) == ("lead", TaskState.STARTED)
    rows = Hand.of(opened_store).rows
    assert str(rows[1][KEYS.index("key")]).endswith(" varaa-bussi")
    assert str(rows[-1][KEYS.index("key")]).endswith(" varaa-bussi-2")


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"person": KAISA}, ["title title_missing"]),
        ({"title": "x", "person": "Tuntematon"}, ["person who_unknown"]),
        ({"title": "x", "person": KAISA, "role": "keisari"}, ["role sheet_role"]),
        (
            {"title": "x", "due": "joskus", "state": "perhana", "order": "y"},
            ["due line_date", "order sheet_order", "state sheet_state"],
        ),
        ({"title": "x", "state": "ohitettu"}, ["reason sheet_reason"]),
    ],
    ids=str,
)
def test_a_new_row_with_anything_wrong_adds_nothing(
    opened_store: Store, cells: dict[str, object], problems: list[str]
) -> None:
    count = len(Hand.of(opened_store).rows)
    done = taken(opened_store, Hand.of(opened_store).add(**cells))  # type: ignore[arg-type]

    assert sorted(codes(done)) == problems
    assert len(Hand.of(opened_store).rows) == count


def test_a_row_copied_to_make_a_new_task_is_told_to_have_the_id_of_the_old_one(opened_store: Store) -> None:
    hand = Hand.of(opened_store)
    hand.rows.append(list(hand.row("log-news")))
    hand.rows[-1][2] = "Kirjaa toinen tieto"
    done = taken(opened_store, hand)

    assert codes(done) == ["key sheet_twice"]
    assert done.rejected[0].problem.params["row"] == hand.number("log-news")


def test_rows_that_were_deleted_are_told_and_their_tasks_stay(opened_store: Store) -> None:
    hand = Hand.of(opened_store)
    hand.rows.remove(hand.row("log-news"))
    done = taken(opened_store, hand)

    assert [found.key for found in done.missing] == ["log-news"]
    assert done.rows == ()
    assert task(opened_store, "log-news").open


def test_a_sheet_of_another_incident_is_refused_as_a_whole(opened_store: Store) -> None:
    with pytest.raises(InputError) as caught:
        taken(opened_store, Hand.of(opened_store, FIRM_B))

    assert caught.value.key == "incidents.sheet_of_another"
    assert caught.value.params["other"] == FIRM_B


def test_sorted_filtered_and_moved_columns_do_not_matter(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", label="kiire")
    hand.rows[1:] = sorted(hand.rows[1:], key=lambda row: str(row[KEYS.index("title")]))
    for row in hand.rows:
        row.insert(0, row.pop())
    hand.table = type(hand.table)(
        hand.table.key, hand.table.title, (hand.table.columns[-1], *hand.table.columns[:-1]), ()
    )
    done = taken(opened_store, hand)

    assert [(row.key, row.changes[0].new) for row in done.rows] == [("log-news", "kiire")]
    assert done.columns["key"] == "Tunniste (älä muuta)"


def test_a_row_without_its_version_is_taken_with_a_warning(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", label="kiire", version=None)
    done = taken(opened_store, hand)

    assert [warning.code for warning in done.warnings] == ["incidents.sheet_unstamped"]
    assert task(opened_store, "log-news").label == "kiire"


def test_an_edit_that_is_not_taken_is_told(opened_store: Store) -> None:
    hand = (
        Hand.of(opened_store).set("log-news", role="Tiedottaja").set("name-lead", lawful=dt.date(2027, 3, 9))
    )
    done = taken(opened_store, hand)

    assert [(found.code, found.params["heading"]) for found in done.warnings] == [
        ("incidents.sheet_not_taken", "Rooli"),
        ("incidents.sheet_not_taken", "Lain päivä"),
    ]


def test_a_new_title_in_one_language_is_said_to_stand_in_that_one_alone(opened_store: Store) -> None:
    done = taken(opened_store, Hand.of(opened_store, language="sv").set("log-news", title="Anteckna nyheten"))

    assert [warning.code for warning in done.warnings] == ["incidents.sheet_one_language"]
    assert task(opened_store, "log-news").title["sv"] == "Anteckna nyheten"
    assert task(opened_store, "log-news").title["fi"].startswith("Kirjaa tieto")


def test_a_situations_sheet_changes_its_firms_in_one_act(opened_store: Store) -> None:
    group_incidents(opened_store, SITUATION, [FIRM_A, FIRM_B], title="Kevät", **WHO)
    hand = Hand.of(opened_store, SITUATION)
    for row in hand.rows[1:]:
        row[LABEL] = "kiire" if str(row[KEYS.index("key")]).endswith(" log-news") else row[LABEL]
    # Typed by hand, without the company form: the house has one rule for when two names are one firm.
    employer = task(opened_store, "log-news", FIRM_B).employer.rsplit(" ", 1)[0].upper()
    hand.add(title="Varaa bussi", employer=employer)
    hand.add(title="Kenelle?")
    done = taken(opened_store, hand, SITUATION)

    assert {(row.incident, row.key) for row in done.rows} == {
        (FIRM_A, "log-news"),
        (FIRM_B, "log-news"),
        (FIRM_B, "varaa-bussi"),
    }
    assert codes(done) == ["employer sheet_firm"]
    with opened_store.reading() as session:
        entry = queries.log_entries(session, SITUATION, limit=1)[0]
        told = sentence(Texts("fi"), entry, names(session, SITUATION))
    assert entry.incident == SITUATION
    assert "B1 Kirjaa tieto ja päätä, kuka saa tietää (– → kiire)" in told
    undo_event(opened_store, SITUATION, **WHO)
    assert {task(opened_store, "log-news", firm).label for firm in (FIRM_A, FIRM_B)} == {""}


def test_numbers_of_a_situations_sheet_are_compared_within_each_firm(opened_store: Store) -> None:
    group_incidents(opened_store, SITUATION, [FIRM_A, FIRM_B], title="Kevät", **WHO)
    hand = Hand.of(opened_store, SITUATION)
    row = next(row for row in hand.rows[1:] if row[KEYS.index("key")] == f"{FIRM_B} name-lead")
    row[KEYS.index("order")] = 1
    done = taken(opened_store, hand, SITUATION)

    assert [(found.incident, found.key) for found in done.rows] == [(FIRM_B, "name-lead")]
    assert str(Hand.of(opened_store, FIRM_B).rows[1][KEYS.index("key")]).endswith(" name-lead")


def test_an_incident_that_has_ended_takes_no_sheet(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", label="kiire")
    move_state(opened_store, FIRM_A, IncidentState.CANCELLED, reason="Väärä hälytys", **WHO)
    with pytest.raises(RefusedError):
        taken(opened_store, hand)


def test_who_is_given_a_task_by_a_sheet_is_let_into_a_restricted_incident(opened_store: Store) -> None:
    set_secrecy(opened_store, FIRM_A, Secrecy.RESTRICTED, reason="Huhu", **WHO)
    hand = Hand.of(opened_store).set("log-news", person=KAISA)
    taken(opened_store, hand)
    with opened_store.reading() as session:
        assert KAISA in {row.name for row in access_list(session, FIRM_A)}


def test_moving_dates_meanwhile_do_not_make_a_conflict_of_rows_nobody_edited(opened_store: Store) -> None:
    hand = Hand.of(opened_store).set("log-news", label="kiire")
    set_anchor(opened_store, FIRM_A, "release", parse_anchor_value("20.3.2027"), reason="Siirtyi", **WHO)
    done = taken(opened_store, hand)

    assert done.rejected == ()
    assert [row.key for row in done.rows] == ["log-news"]
