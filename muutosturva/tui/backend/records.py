"""What is written down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.acts.evidence import EvidenceView, Examined, evidence, look_at_evidence
from muutosturva.incidents.acts.records import RecordView, record_history
from muutosturva.incidents.pure.forms import Form
from muutosturva.incidents.pure.views import LogEntry
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Records:
    """Writes notes, fills in forms, keeps what proves them."""

    desk: Desk

    def note(self, incident: str, text: str, at: dt.datetime | None) -> LogEntry:
        """Write a note in the log."""
        return service.add_note(
            self.desk.store, incident, text, at=at, actor=self.desk.actor, now=self.desk.now
        )

    def add(
        self, incident: str, form: Form, at: dt.datetime | None = None, *, task: bool = False
    ) -> RecordView:
        """Keep a filled-in form; a decision becomes a task of its owner's when ``task`` is set."""
        return service.add_record(
            self.desk.store, incident, form, at=at, task=task, actor=self.desk.actor, now=self.desk.now
        )

    def versions(self, record: RecordView) -> tuple[RecordView, ...]:
        """Return every version of a record, the one that stands first."""
        with self.desk.store.reading() as session:
            return record_history(session, record.incident, record.kind, record.number)

    def correct(self, record: RecordView, form: Form, reason: str, at: dt.datetime | None) -> RecordView:
        """Write a corrected version beside the one the person saw."""
        return service.correct_record(
            self.desk.store,
            record.incident,
            record.kind,
            record.number,
            form,
            reason=reason,
            at=at,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=record.version,
        )

    def evidence(self, incident: str) -> tuple[EvidenceView, ...]:
        """Return the attachments that have not been taken off."""
        with self.desk.store.reading() as session:
            return evidence(session, incident)

    def look(self, incident: str) -> tuple[Examined, ...]:
        """Return every attachment with what it looks like now; writes nothing."""
        return look_at_evidence(self.desk.store, incident)

    def check(self, incident: str) -> tuple[Examined, ...]:
        """Look at every attachment again; what the log does not know yet is written into it."""
        return service.check_evidence(self.desk.store, incident, actor=self.desk.actor, now=self.desk.now)

    def attach(self, incident: str, source: str, title: str, *, copy: bool) -> EvidenceView:
        """Attach a file or an address."""
        return service.attach(
            self.desk.store,
            incident,
            source,
            title=title,
            copy=copy,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def detach(self, incident: str, number: int, reason: str) -> EvidenceView:
        """Take an attachment off; it stays in the log."""
        return service.detach(
            self.desk.store, incident, number, reason=reason, actor=self.desk.actor, now=self.desk.now
        )
