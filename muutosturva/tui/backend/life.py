"""The life of an incident: its states, and the situation it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muutosturva.coordination.shelf import at_hand
from muutosturva.errors import InputError, Problem
from muutosturva.incidents import service
from muutosturva.incidents.acts.closing import grouped
from muutosturva.incidents.acts.rebasing import Wanted
from muutosturva.incidents.pure.views import Changes, IncidentView
from muutosturva.models.states import IncidentState
from muutosturva.playbooks.facts import AnchorValue
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Life:
    """Moves incidents between states and joins them."""

    desk: Desk

    def closing(self, incident: str) -> tuple[Problem, ...]:
        """Return everything that is open before an incident can be closed, one problem each."""
        return service.closing_problems(self.desk.store, incident)

    def move_state(
        self, view: IncidentView, state: IncidentState, reason: str, *, skip: bool = False
    ) -> IncidentView:
        """Move an incident to another state; with ``skip`` its open tasks are left undone as it is closed.

        Raises:
            InputError: it is to be closed, and the checks list what is missing.
        """
        try:
            return service.move_state(
                self.desk.store,
                view.readable_id,
                state,
                reason=reason,
                actor=self.desk.actor,
                now=self.desk.now,
                expected_version=view.version,
                skip=skip,
            )
        except InputError as error:
            if error.key != "incidents.not_closable":
                raise
            raise InputError(error.key, problems=grouped(error.problems), **error.params) from error

    def group(
        self,
        situation: str,
        children: Sequence[str],
        title: str,
        secret: service.SecretJoining | None = None,
    ) -> IncidentView:
        """Join incidents into one regional situation."""
        return service.group_incidents(
            self.desk.store,
            situation,
            children,
            title=title,
            secret=secret,
            actor=self.desk.actor,
            now=self.desk.now,
        )

    def preview_resume(self, incident: str, anchors: Mapping[str, AnchorValue]) -> Changes:
        """Return what new dates would do to an incident taken up again; writes nothing."""
        return service.preview_resume(self.desk.store, incident, anchors, now=self.desk.now)

    def resume(self, view: IncidentView, anchors: Mapping[str, AnchorValue], reason: str) -> Changes:
        """Make a dormant or watched incident active, with its new dates."""
        return service.resume(
            self.desk.store,
            view.readable_id,
            anchors=anchors,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def preview_rebase(self, incident: str, to: str, wanted: Wanted) -> service.Rebased:
        """Return what taking items of a playbook over would do. Writes nothing."""
        desk = self.desk
        return service.preview_rebase(desk.store, incident, at_hand().load(to), wanted=wanted, now=desk.now)

    def rebase(self, view: IncidentView, to: str, wanted: Wanted, reason: str) -> service.Rebased:
        """Take items of a playbook over."""
        return service.rebase(
            self.desk.store,
            view.readable_id,
            at_hand().load(to),
            wanted=wanted,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def skip_review(self, view: IncidentView, reason: str) -> IncidentView:
        """End a closed incident without a review."""
        return service.skip_review(
            self.desk.store,
            view.readable_id,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )
