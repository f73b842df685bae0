"""What becomes known of the people: their numbers, waves, and the level of the incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from muutosturva.coordination.trigger import placed
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amended, Amendment
from muutosturva.incidents.acts.levelling import LevelSet
from muutosturva.incidents.acts.waves import WaveChange, WaveSet
from muutosturva.incidents.acts.widening import Widened, Widening
from muutosturva.incidents.pure.views import IncidentView, TaskView
from muutosturva.rules.levels import Level
from muutosturva.tui.backend.desk import Desk


@dataclass(frozen=True, slots=True)
class Numbers:
    """Records numbers, waves and levels, and takes on what they call for."""

    desk: Desk

    def preview_amendment(self, view: IncidentView, amendment: Amendment) -> Amended:
        """Return the difference new numbers would make; writes nothing."""
        return service.preview_amendment(self.desk.store, view.readable_id, amendment, now=self.desk.now)

    def amend(
        self, view: IncidentView, amendment: Amendment, reason: str, *, accept: bool = False
    ) -> Amended:
        """Record new numbers; with ``accept`` the tasks they call for are taken on at once."""
        return service.amend(
            self.desk.store,
            view.readable_id,
            amendment,
            reason=reason,
            accept=accept,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def accept(self, incident: str, tasks: Sequence[str]) -> tuple[TaskView, ...]:
        """Take on offered tasks."""
        return service.accept_offers(
            self.desk.store, incident, tasks, actor=self.desk.actor, now=self.desk.now
        )

    def decline(self, incident: str, tasks: Sequence[str], reason: str) -> tuple[TaskView, ...]:
        """Leave offered tasks undone, with the reason."""
        return service.decline_offers(
            self.desk.store, incident, tasks, reason=reason, actor=self.desk.actor, now=self.desk.now
        )

    def preview_wave(self, incident: str, change: WaveChange) -> WaveSet:
        """Return what a new or changed wave would do; writes nothing."""
        return service.preview_wave(self.desk.store, incident, change, now=self.desk.now)

    def set_wave(self, view: IncidentView, change: WaveChange, reason: str) -> WaveSet:
        """Add or change a wave."""
        return service.set_wave(
            self.desk.store,
            view.readable_id,
            change,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def preview_removal(self, incident: str, wave: str) -> WaveSet:
        """Return what taking a wave away would do; writes nothing."""
        return service.preview_removal(self.desk.store, incident, wave, now=self.desk.now)

    def remove_wave(self, view: IncidentView, wave: str, reason: str) -> WaveSet:
        """Take a wave away."""
        return service.remove_wave(
            self.desk.store,
            view.readable_id,
            wave,
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def preview_widening(self, incident: str, widening: Widening) -> Widened:
        """Return what workplaces, areas and languages that come later would add; writes nothing."""
        return service.preview_widening(self.desk.store, incident, self._placed(widening))

    def widen(self, view: IncidentView, widening: Widening, reason: str) -> Widened:
        """Add workplaces, areas and languages."""
        return service.widen(
            self.desk.store,
            view.readable_id,
            self._placed(widening),
            reason=reason,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )

    def _placed(self, widening: Widening) -> Widening:
        return replace(widening, sites=tuple(placed(self.desk.store, site) for site in widening.sites))

    def preview_level(self, incident: str, level: Level | None) -> LevelSet:
        """Return what another level would do; writes nothing."""
        return service.preview_level(self.desk.store, incident, level, now=self.desk.now)

    def set_level(
        self, view: IncidentView, level: Level | None, reason: str, *, accept: bool = False
    ) -> LevelSet:
        """Set the level by hand, or give it back to the criteria; ``accept`` as for numbers."""
        return service.set_level(
            self.desk.store,
            view.readable_id,
            level,
            reason=reason,
            accept=accept,
            actor=self.desk.actor,
            now=self.desk.now,
            expected_version=view.version,
        )
