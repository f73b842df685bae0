"""What a screen shows, read at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from muutosturva.incidents.acts.evidence import EvidenceView
from muutosturva.incidents.acts.firm_numbers import FirmNumbers
from muutosturva.incidents.acts.records import RecordView
from muutosturva.incidents.pure.views import (
    DocumentView,
    IncidentView,
    LogEntry,
    MessageView,
    TaskView,
)
from muutosturva.incidents.reading.naming import Names
from muutosturva.playbooks.plan import TextMap
from muutosturva.preparedness.queries import PersonView


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything the incident's screen shows.

    Attributes:
        view: the incident or regional situation.
        firms: the incidents joined in a situation; () for a firm.
        tasks: tasks of the firm, or of all firms of the situation.
        log: newest first.
        names: what the log calls things.
        documents: documents the plan asks for.
        written: keys of those the program itself writes.
        products: titles of documents and messages, by kind and key, ``message:closing``.
        roster: everybody who can be given a task or a role.
        labels: those the office uses, word to colour.
        numbers: of the firm, or of each firm of the situation.
        evidence: the attachments that have not been taken off.
        records: decisions, minutes, updates and reviews that stand, newest first.
        newer: the version of its playbook that the library holds, where it says otherwise; "" if not.
    """

    view: IncidentView
    firms: tuple[IncidentView, ...]
    tasks: tuple[TaskView, ...]
    log: tuple[LogEntry, ...]
    names: Names
    documents: tuple[DocumentView, ...]
    written: frozenset[str]
    products: Mapping[str, TextMap]
    roster: tuple[PersonView, ...]
    labels: Mapping[str, str]
    numbers: tuple[FirmNumbers, ...]
    evidence: tuple[EvidenceView, ...]
    records: tuple[RecordView, ...]
    newer: str = ""

    def firm_of(self, task: TaskView) -> IncidentView:
        """Return the incident a task belongs to."""
        return next((firm for firm in self.firms if firm.readable_id == task.incident), self.view)


def products(documents: Iterable[DocumentView], messages: Iterable[MessageView]) -> dict[str, TextMap]:
    """Return the titles of documents and messages as tasks name them: ``message:closing``."""
    return {f"document:{item.key}": item.title for item in documents} | {
        f"message:{item.key}": item.title for item in messages
    }
