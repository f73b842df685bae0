"""Firms beside each other: situations, duplicates, and what hangs on a firm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muutosturva.incidents import service
from muutosturva.incidents.acts.links import Link
from muutosturva.incidents.acts.merging import Merged
from muutosturva.incidents.pure.views import IncidentSummary, IncidentView
from muutosturva.incidents.reading import queries
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Firms:
    """Takes firms apart, merges them and links others to them."""

    desk: Desk

    def others(self, incident: str) -> tuple[IncidentSummary, ...]:
        """Return the other firms of the store."""
        with self.desk.store.reading() as session:
            found = queries.summaries(session, self.desk.now)
        return tuple(line for line in found if line.readable_id != incident and not line.situation)

    def ungroup(self, view: IncidentView, children: Sequence[str], reason: str) -> IncidentView:
        """Take firms out of a situation."""
        return service.ungroup_incidents(
            self.desk.store,
            view.readable_id,
            children,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def preview_merge(self, duplicate: str, into: str) -> Merged:
        """Return what a merger would carry over; writes nothing."""
        return service.preview_merge(self.desk.store, duplicate, into)

    def merge(self, view: IncidentView, into: str, reason: str) -> Merged:
        """Merge an incident that was opened twice into the other one."""
        return service.merge_incidents(
            self.desk.store,
            view.readable_id,
            into,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def link(self, incident: str, link: Link) -> IncidentView:
        """Link a firm that hangs on this one."""
        return service.link_firm(self.desk.store, incident, link, actor=self.desk.actor, now=self.desk.now)

    def change_link(self, incident: str, link: Link, reason: str, version: int) -> IncidentView:
        """Give a linked firm other numbers, another kind or an incident of its own."""
        return service.change_link(
            self.desk.store,
            incident,
            link,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=version,
        )

    def unlink(self, incident: str, name: str, reason: str) -> IncidentView:
        """Take a linked firm away."""
        return service.unlink_firm(
            self.desk.store, incident, name, reason=reason, actor=self.desk.actor, now=self.desk.now
        )
