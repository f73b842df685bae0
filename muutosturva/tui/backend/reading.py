"""What the screens read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muutosturva.areas import queries as areas
from muutosturva.coordination.exports import writes
from muutosturva.coordination.newer import newer_version
from muutosturva.i18n import Texts
from muutosturva.incidents.acts.evidence import evidence
from muutosturva.incidents.acts.firm_numbers import firm_numbers
from muutosturva.incidents.acts.labels import office_labels
from muutosturva.incidents.acts.records import records
from muutosturva.incidents.pure.views import TaskView
from muutosturva.incidents.reading import queries
from muutosturva.incidents.reading.board import Board, board
from muutosturva.incidents.reading.naming import names
from muutosturva.preparedness import queries as preparedness
from muutosturva.preparedness.queries import PersonView
from muutosturva.tui.backend.desk import Desk
from muutosturva.tui.backend.pages import IncidentPage, products


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads, and changes nothing."""

    desk: Desk

    def board(self) -> Board:
        """Return the first screen."""
        with self.desk.store.reading() as session:
            return board(session, self.desk.now)

    def page(self, incident: str, texts: Texts) -> IncidentPage:
        """Return an incident's screen; the labels are the office's, or shipped ones in this language.

        Raises:
            NotFoundError: no such incident.
        """
        with self.desk.store.reading() as session:
            view = queries.incident_view(session, incident)
            documents = queries.documents(session, incident)
            firms = tuple(queries.incident_view(session, child) for child in view.children)
            counted = firms if view.situation else (view,)
            log = queries.log_entries(session, incident)
            return IncidentPage(
                view=view,
                firms=firms,
                tasks=queries.tasks(session, incident, self.desk.today),
                log=log,
                names=names(session, incident),
                documents=documents,
                written=frozenset(item.key for item in documents if writes(item.document, item.audience)),
                products=products(documents, queries.messages(session, incident)),
                roster=preparedness.roster(session),
                labels=office_labels(session, view.owner_area, texts),
                numbers=tuple(firm_numbers(session, firm) for firm in counted),
                evidence=evidence(session, incident),
                records=records(session, incident),
                newer=newer_version(view, queries.find_incident(session, incident).playbook_text, log),
            )

    def task(self, incident: str, key: str) -> TaskView | None:
        """Return a task as it stands now, or None when it is gone."""
        with self.desk.store.reading() as session:
            found = queries.tasks(session, incident, self.desk.today)
        return next((task for task in found if task.key == key and task.incident == incident), None)

    def roster(self) -> tuple[PersonView, ...]:
        """Return the people who can hold roles, by name."""
        with self.desk.store.reading() as session:
            return tuple(person for person in preparedness.roster(session) if person.active)

    def hidden(self, incidents: Iterable[str]) -> frozenset[str]:
        """Return those of the incidents that are not there for the person; "" is no incident."""
        with self.desk.store.reading() as session:
            known = {line.readable_id for line in queries.summaries(session, self.desk.now)}
        return frozenset(incidents) - known - {""}

    def municipality(self, name: str) -> str:
        """Return the Finnish name of a municipality typed in any letter case.

        Raises:
            NotFoundError: no such municipality; the nearest names are in the message.
        """
        with self.desk.store.reading() as session:
            return areas.municipality(session, name).name
