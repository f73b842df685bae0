"""The main job without a person: trigger three firms, work the plan, hand out briefing and calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from muutosturva.coordination.cases import Case, three_firms
from muutosturva.coordination.exports import export_calendar, export_document
from muutosturva.coordination.files import not_written
from muutosturva.coordination.setup import init_store
from muutosturva.coordination.trigger import trigger
from muutosturva.documents.export import name_marks, safe_name
from muutosturva.errors import Problem, RefusedError
from muutosturva.i18n import Texts
from muutosturva.incidents import service
from muutosturva.incidents.pure.views import Changes, IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.models.states import Secrecy, StoreKind
from muutosturva.playbooks.library import Library
from muutosturva.preparedness.queries import roster
from muutosturva.store.check import check
from muutosturva.store.store import Store

STORE_NAME: Final = "demo.db"
AREA: Final = "lahti"


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo made.

    Attributes:
        store: path or address of the store it leaves.
        situation: readable id of the regional situation.
        incidents: readable ids of the three firms.
        files: every file it wrote.
        problems: what ``store check`` found; () when all is well.
    """

    store: str
    situation: str
    incidents: tuple[str, ...]
    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def run_demo(out: Path, store: str | Path | None, *, texts: Texts, say: Callable[[str], None]) -> DemoReport:
    """Play the story of three firms on a fresh example store.

    Every moment of it is given by the case, so that each run leaves the same plan.

    Args:
        out: folder for the store (unless ``store`` is given) and for the files; made when missing.
        store: path or address of the store to make instead.
        texts: the language it speaks; documents are written in all three.
        say: told each step as it is done.

    Raises:
        RefusedError: a store is there already: it is never overwritten.
        MachineError: the folder cannot be written.
    """
    case = three_firms()
    place = Path(out) / STORE_NAME if store is None else store
    _make_folder(Path(out))
    report = init_store(place, area=AREA, kind=StoreKind.EXAMPLE, now=case.firms[0].heard_at)
    if not report.created:
        raise RefusedError("coordination.demo_exists", path=report.place)
    say(texts("coordination.demo.store", place=report.place))
    with Store.open(place) as opened:
        story = _Story(opened, case, texts, say)
        incidents = story.open_firms()
        story.work(incidents[0])
        situation = story.join(incidents)
        files = story.hand_out(situation, Path(out))
        problems = tuple(check(opened))
    say(texts("coordination.demo.checked") if not problems else texts("coordination.demo.broken"))
    return DemoReport(report.place, situation, tuple(view.readable_id for view in incidents), files, problems)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(error, out) from error


class _Story:
    """The steps of the demo; each is what a person would do, through the same use cases."""

    def __init__(self, store: Store, case: Case, texts: Texts, say: Callable[[str], None]) -> None:
        self.store = store
        self.case = case
        self.texts = texts
        self.say = say
        self.now = case.firms[0].heard_at
        self.actor = self._first("lead")

    def _first(self, role: str) -> str:
        """Return the person the roster names first for a role."""
        with self.store.reading() as session:
            people = [person.name for person in roster(session) if role in person.roles]
        return people[0]

    def _tell(self, key: str, **params: object) -> None:
        self.say(self.texts(f"coordination.demo.{key}", **params))

    def open_firms(self) -> list[IncidentView]:
        """Trigger each firm at the moment it was heard of, by the playbooks that ship."""
        views = []
        for firm in self.case.firms:
            self.now = firm.heard_at
            view = trigger(self.store, firm.request, actor=self.actor, now=self.now, library=Library())
            with self.store.reading() as session:
                tasks = queries.tasks(session, view.readable_id)
            self._tell(
                "opened",
                incident=view.readable_id,
                employer=view.employer,
                people=view.headcount,
                level=view.level,
                playbook=view.playbook_id,
                tasks=len(tasks),
            )
            views.append(view)
            if view.secrecy is Secrecy.RESTRICTED:
                self._publish(view)
        return views

    def _publish(self, incident: IncidentView) -> None:
        """Say that the firm's release is out: until then only those let in could know of it."""
        self.now = self.case.released_at
        name = incident.readable_id
        with self.store.reading() as session:
            inside = [place.name for place in service.access_list(session, name)]
        self._tell("restricted", incident=name, n=len(inside), people=inside)
        reason = self.texts("coordination.demo.release_reason")
        service.publish(self.store, name, reason=reason, actor=self.actor, now=self.now)
        self._tell("published", incident=name, at=self.now)

    def work(self, incident: IncidentView) -> None:
        """Work the first firm's plan: finish, skip with a reason, answer, note, move an anchor."""
        name = incident.readable_id
        self.now += dt.timedelta(hours=1)
        story = self.case.story
        for task in story.finish:
            service.finish_task(self.store, name, task, now=self.now, actor=self.actor)
            self._tell("finished", incident=name, task=task)
        service.start_task(self.store, name, story.start, now=self.now, actor=self.actor)
        note = self.texts("coordination.demo.note_text")
        service.add_note(self.store, name, note, now=self.now, actor=self.actor)
        self._tell("noted", incident=name)
        reason = self.texts("coordination.demo.skip_reason")
        service.skip_task(self.store, name, story.skip, reason=reason, now=self.now, actor=self.actor)
        self._tell("skipped", incident=name, task=story.skip, reason=reason)
        changes = service.answer(
            self.store, name, story.question, story.answer, reason=note, now=self.now, actor=self.actor
        )
        self._tell("answered", incident=name, question=story.question, n=_count(changes))
        self._move_anchor(name)

    def _move_anchor(self, incident: str) -> None:
        story = self.case.story
        value = parse_anchor_value(story.moved_to, self.case.firms[0].request.employer)
        moved = service.set_anchor(
            self.store,
            incident,
            story.anchor,
            value,
            reason=self.texts("coordination.demo.anchor_reason"),
            actor=self.actor,
            now=self.now,
        )
        self._tell("moved", incident=incident, anchor=story.anchor, day=value.value, n=_count(moved))

    def join(self, incidents: list[IncidentView]) -> str:
        """Join the firms into one regional situation."""
        self.now += dt.timedelta(hours=1)
        view = service.group_incidents(
            self.store,
            self.case.situation,
            [incident.readable_id for incident in incidents],
            title=self.case.title,
            actor=self.actor,
            now=self.now,
        )
        self._tell("joined", incident=view.readable_id, people=view.headcount, firms=len(view.children))
        return view.readable_id

    def hand_out(self, situation: str, out: Path) -> tuple[Path, ...]:
        """Write the situation picture in every language and format, and the calendar."""
        documents = export_document(
            self.store,
            situation,
            document="situation",
            audience="group",
            formats=("docx", "pdf", "html", "md"),
            languages=("fi", "sv", "en"),
            out=out,
            actor=self.actor,
            now=self.now,
        )
        words = (*name_marks(self.store.kind, Secrecy.GROUP, self.texts.language), situation)
        calendar = export_calendar(
            self.store, situation, out=out / safe_name(words, "ics"), actor=self.actor, now=self.now
        )
        files = (*documents, calendar)
        for path in files:
            self._tell("wrote", path=str(path))
        return files


def _count(changes: Changes) -> int:
    return len(changes.moved) + len(changes.added) + len(changes.withdrawn) + len(changes.states)
