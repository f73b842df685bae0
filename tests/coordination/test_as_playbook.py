"""An incident is saved as a draft of a playbook: read by officials, sound for the lint, true to the days."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from muutosturva.coordination.as_playbook import Drafted, save_as_playbook
from muutosturva.coordination.cases import three_firms
from muutosturva.coordination.trigger import TriggerRequest, trigger
from muutosturva.errors import MuutosturvaError, NotFoundError, RefusedError, UsageError
from muutosturva.i18n import LANGUAGES, Language
from muutosturva.incidents import service
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.drafting import work_of
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.checks.groups import bare, is_error
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.playbooks.library import Library
from muutosturva.store.store import Store
from tests.golden import assert_golden
from tests.playbooks.making import HEAD, STEP
from tests.support.incidents import FIRM_A, FIRM_B, FIRM_C, WHO
from tests.support.stores import ACTOR, NOW

GOLDEN = Path(__file__).parent / "golden"
SITUATION = "LAHTI-2027-400"
USED = {
    "fair": dt.date(2027, 5, 5),
    "first-picture": dt.date(2027, 3, 5),
    "follow-up-90[all]": dt.date(2027, 7, 16),
    "staff-session[lahti,en]": dt.date(2027, 4, 7),
    "staff-session[lahti,fi]": dt.date(2027, 4, 7),
    "state-analysis": dt.date(2027, 3, 12),
}
"""Days the group set."""


def work(store: Store) -> None:
    """Let a group do things its own way in the first firm of the demo."""
    for key, day in USED.items():
        service.redate_task(store, FIRM_A, key, due=day, reason="Sali oli silloin vapaa.", **WHO)
    titles = (
        "Sovi kirjaston kanssa palvelupisteestä",
        f"Soita Keksityn Korin luottamusmiehelle, {ACTOR} soittaa",
    )
    for title, day in zip(titles, (dt.date(2027, 4, 1), dt.date(2027, 3, 4)), strict=True):
        service.add_task(store, FIRM_A, "", title=title, role="communication", due=day, **WHO)
    for key, reason in (
        ("crisis-support", "Yrityksen työterveys hoiti; Keksitty Kori maksoi."),
        ("cost-estimate", "Ei ehditty."),
        ("weekly-meeting[3]", "Talviloma."),
    ):
        service.skip_task(store, FIRM_A, key, reason=reason, **WHO)
    service.finish_task(store, FIRM_A, "first-contact", actor=ACTOR, now=NOW + dt.timedelta(days=4))


def save(
    store: Store, folder: Path, incident: str = FIRM_A, playbook: str = "oma-suuri", language: Language = "fi"
) -> Drafted:
    return save_as_playbook(
        store, incident, playbook, out=folder, language=language, actor=ACTOR, now=NOW, library=Library()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_of_the_demo_case_reads_as_it_should(
    opened_store: Store, tmp_path: Path, language: Language
) -> None:
    """The file is for people: what stands in it is looked at when it changes."""
    work(opened_store)
    made = save(opened_store, tmp_path, language=language)
    assert_golden(GOLDEN / f"draft.{language}.yaml", made.path.read_bytes())
    assert not [problem for problem in made.findings if is_error(problem)]
    assert [bare(problem.code) for problem in made.findings] == ["no_tests"]


def test_the_file_expanded_with_the_incidents_facts_gives_the_days_the_group_used(
    opened_store: Store, tmp_path: Path
) -> None:
    work(opened_store)
    made = save(opened_store, tmp_path)
    resolved = Library().load(made.path)
    with opened_store.reading() as session:
        plan = {task.key: task.due_on for task in work_of(session, FIRM_A).at.plan(resolved).tasks}
        saved = {task.key: task.due_on for task in queries.tasks(session, FIRM_A)}
    assert {key: plan[key] for key in USED} == USED
    for key, step in made.draft.ids.items():
        assert plan[step] == saved[key]
    assert "crisis-support" not in plan


def test_a_draft_names_nobody(opened_store: Store, tmp_path: Path) -> None:
    work(opened_store)
    text = save(opened_store, tmp_path).path.read_text(encoding="utf-8").casefold()
    assert not [
        name for name in ("keksit", "kori", "koritehdas", ACTOR.casefold(), FIRM_A.casefold()) if name in text
    ]


def test_the_log_tells_that_a_draft_was_handed_out(opened_store: Store, tmp_path: Path) -> None:
    work(opened_store)
    save(opened_store, tmp_path)
    with opened_store.reading() as session:
        entry = queries.log_entries(session, FIRM_A)[0]
    assert entry.kind == "coordination.playbook_drafted"
    assert set((entry.payload or {})["files"]) == {"oma-suuri.yaml"}


def test_where_the_playbook_is_not_at_hand_as_it_was_pinned_the_draft_holds_the_whole_of_it(
    filled_store: Store, tmp_path: Path
) -> None:
    """An overlay over another text than the group worked by would give other days."""
    path = tmp_path / "small.yaml"
    path.write_text(
        f"{HEAD}tasks:\n  contact: {STEP}, due: heard + 1 d}}\n  survey: {STEP}, due: heard + 9 d}}\n"
    )
    request = TriggerRequest(
        playbook=str(path),
        employer="Esimerkkisaha Oy",
        municipality="Lahti",
        inputs={"headcount": 60},
        anchors={"heard": AnchorValue.confirmed(dt.date(2027, 3, 1))},
        secrecy=Secrecy.GROUP,
    )
    incident = trigger(filled_store, request, **WHO).readable_id
    service.skip_task(filled_store, incident, "contact", reason="Yritys soitti itse.", **WHO)
    service.redate_task(filled_store, incident, "survey", due=dt.date(2027, 3, 12), reason="Loma.", **WHO)
    made = save(filled_store, tmp_path, incident, "oma-pieni")
    assert made.base == ""
    assert not [problem for problem in made.findings if is_error(problem)]
    tasks = Library().load(made.path).playbook.tasks
    assert {name: task.due for name, task in tasks.items()} == {"survey": "heard + 11 d"}
    assert "extends" not in made.path.read_text(encoding="utf-8").replace("(extends)", "")


def test_a_whole_draft_has_no_need_of_what_a_layer_had_taken_out(filled_store: Store, tmp_path: Path) -> None:
    """An overlay remembers what it removed; a file without layers cannot, so the need itself goes."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    base = (
        f"{HEAD.replace('id: small', 'id: base')}tasks:\n"
        f"  log: {STEP}, due: heard}}\n  call: {STEP}, due: heard + 1 d}}\n"
        f"  survey: {STEP}, due: heard + 9 d, needs: [log, call], join: 2}}\n"
        f"  fair: {STEP}, due: heard + 9 d, needs: [log.started], join: 1}}\n"
    )
    (shelf / "base.yaml").write_text(base)
    path = shelf / "own.yaml"
    path.write_text(
        'schema: muutosturva/playbook/1\nid: own\nversion: "2026.1"\nextends: base\ntitle: Oma\n'
        "tasks: {remove: {log: {reason: Ei kirjata}}}\n"
    )
    request = TriggerRequest(
        playbook=str(path),
        employer="Esimerkkisaha Oy",
        municipality="Lahti",
        inputs={"headcount": 60},
        anchors={"heard": AnchorValue.confirmed(dt.date(2027, 3, 1))},
        secrecy=Secrecy.GROUP,
    )
    incident = trigger(filled_store, request, **WHO).readable_id
    service.redate_task(filled_store, incident, "fair", due=dt.date(2027, 3, 12), reason="Loma.", **WHO)
    made = save(filled_store, tmp_path, incident, "oma-pieni")
    assert made.base == ""
    assert not [problem for problem in made.findings if is_error(problem)]
    tasks = Library().load(made.path).playbook.tasks
    assert {name: (task.needs, task.join) for name, task in tasks.items()} == {
        "call": ((), None),
        "survey": (("call",), 1),
        "fair": ((), None),
    }


def refused(
    kind: type[MuutosturvaError],
    store: Store,
    folder: Path,
    *,
    incident: str = FIRM_A,
    playbook: str = "oma-suuri",
) -> str:
    with pytest.raises(kind) as caught:
        save(store, folder, incident, playbook)
    return caught.value.key


def test_a_file_that_is_there_is_never_replaced(opened_store: Store, tmp_path: Path) -> None:
    """Somebody may have mended the first draft for an hour."""
    work(opened_store)
    made = save(opened_store, tmp_path)
    before = made.path.read_bytes()
    assert refused(RefusedError, opened_store, tmp_path) == "coordination.playbook_taken"
    assert made.path.read_bytes() == before


@pytest.mark.parametrize(
    ("playbook", "kind", "key"),
    [
        ("Oma malli", UsageError, "coordination.playbook_id"),
        ("large-layoff", RefusedError, "coordination.playbook_taken"),
    ],
)
def test_an_id_that_cannot_be_is_refused(
    opened_store: Store, tmp_path: Path, playbook: str, kind: type[MuutosturvaError], key: str
) -> None:
    work(opened_store)
    assert refused(kind, opened_store, tmp_path, playbook=playbook) == key


def test_the_file_bears_the_name_of_the_playbook(opened_store: Store, tmp_path: Path) -> None:
    work(opened_store)
    for name in ("muu.yaml", "oma-suuri.txt"):
        assert refused(UsageError, opened_store, tmp_path / name) == "coordination.playbook_file"
    assert save(opened_store, tmp_path / "oma-suuri.yaml").path == tmp_path / "oma-suuri.yaml"


def test_where_nothing_differed_there_is_nothing_to_save(opened_store: Store, tmp_path: Path) -> None:
    assert refused(RefusedError, opened_store, tmp_path, incident=FIRM_C) == "coordination.draft_nothing"
    assert not list(tmp_path.glob("*.yaml"))


def test_a_regional_situation_is_no_playbook(opened_store: Store, tmp_path: Path) -> None:
    """Its work is that of its firms, each by a playbook of its own."""
    service.group_incidents(opened_store, SITUATION, [FIRM_A, FIRM_B], **WHO)
    assert refused(RefusedError, opened_store, tmp_path, incident=SITUATION) == "incidents.situation_no_draft"


def test_a_restricted_incident_is_drafted_only_when_somebody_says_so(
    filled_store: Store, tmp_path: Path
) -> None:
    """The draft holds no names, but it tells outside the store that something was done, and when."""
    firm = three_firms().firms[0]
    request = replace(firm.request, secrecy=Secrecy.RESTRICTED)
    incident = trigger(filled_store, request, actor=ACTOR, now=firm.heard_at).readable_id
    service.redate_task(filled_store, incident, "fair", due=USED["fair"], reason="Sali.", **WHO)
    assert refused(RefusedError, filled_store, tmp_path, incident=incident) == "coordination.draft_restricted"
    made = save_as_playbook(
        filled_store, incident, "oma", out=tmp_path, confirm=True, language="fi", actor=ACTOR, now=NOW
    )
    assert made.path.stat().st_mode & 0o077 == 0
    filled_store.reader = "Ulkopuolinen Ulla"
    key = refused(NotFoundError, filled_store, tmp_path, incident=incident)
    assert key == "incidents.incident_not_found"
