"""Who is affected: people by site and measure, and where they are expected to live. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from muutosturva.areas.commuting import HomeShare
from muutosturva.documents.picture import HomeRow, PeopleRow
from muutosturva.incidents.pure.views import IncidentView, WaveView
from muutosturva.models.states import MEASURES
from muutosturva.playbooks.givens import DEFAULT_WAVE

_CERTAIN = "ok"
"""Status of a commuting cell as printed; every other status asks for a check."""


def people_rows(incident: IncidentView) -> list[PeopleRow]:
    """Return one row for each site, or one for the whole firm where it is not told by site.

    The wave of everybody that a plan makes for itself says nothing of measures and is left out.
    """
    waves = [wave for wave in incident.waves if wave.wave != DEFAULT_WAVE]
    ids = {site.id for site in incident.sites}
    if len(ids) > 1 and all(wave.site in ids for wave in waves) and _add_up(incident):
        return [
            _row(incident, site.name, site.headcount, [wave for wave in waves if wave.site == site.id])
            for site in incident.sites
        ]
    names = ", ".join(site.name for site in incident.sites) or incident.municipality
    row = _row(incident, names, incident.headcount, waves)
    return [row if waves else _as_planned(row, incident.inputs.get("dismissals"))]


def people_by_site(incident: IncidentView) -> dict[str, float | None]:
    """Return the people of each site by its id, None where nobody knows.

    Where a later number of the firm is not told by site, each site keeps its part of it: that is an
    estimate, as the homes are that rest on it.
    """
    told = {site.id: site.headcount for site in incident.sites}
    if incident.headcount is None or _add_up(incident):
        return dict(told)
    everybody = sum(people or 0 for people in told.values())
    return {
        site: incident.headcount * (people or 0) / everybody if everybody else None
        for site, people in told.items()
    }


def _add_up(incident: IncidentView) -> bool:
    """Tell whether the sites may account for the firm: they give its number, or not all is known."""
    told = [site.headcount for site in incident.sites]
    if incident.headcount is None or None in told:
        return True
    return incident.headcount == sum(people for people in told if people is not None)


def _as_planned(row: PeopleRow, dismissals: object) -> PeopleRow:
    """Return a row with the dismissals the employer plans; nobody else is left where they are all."""
    if not isinstance(dismissals, int):
        return row
    others = 0 if dismissals == row.total else None
    return replace(row, dismissed=dismissals, laid_off=others, part_time=others)


def _row(incident: IncidentView, site: str, total: int | None, waves: Sequence[WaveView]) -> PeopleRow:
    dismissed, laid_off, part_time = (_measure(waves, measure, total) for measure in MEASURES)
    over_55 = incident.inputs.get("over_55") if len(incident.sites) < 2 else None
    return PeopleRow(
        firm=incident.employer,
        site=site,
        dismissed=dismissed,
        laid_off=laid_off,
        part_time=part_time,
        total=total,
        over_55=over_55 if isinstance(over_55, int) else None,
    )


def _measure(waves: Sequence[WaveView], measure: str, total: int | None) -> int | None:
    """Return the people of one measure; a zero only where the waves account for everybody."""
    counts = [wave.count for wave in waves if wave.measure == measure]
    known = [count for count in counts if count is not None]
    if counts:
        return sum(known) if len(known) == len(counts) else None
    everybody = [wave.count for wave in waves]
    if not everybody or total is None or None in everybody:
        return None
    return 0 if sum(count for count in everybody if count is not None) >= total else None


def home_rows(estimates: Iterable[Sequence[HomeShare]], areas: Mapping[str, str]) -> list[HomeRow]:
    """Add up the estimates of several workplaces by municipality, largest first, elsewhere last.

    Args:
        estimates: for each workplace its expected homes; entries without a number are left out.
        areas: name of the employment area by slug.
    """
    sums: dict[str, HomeRow] = {}
    for share in (share for shares in estimates for share in shares if share.expected is not None):
        before = sums.get(share.municipality)
        assert share.expected is not None
        sums[share.municipality] = HomeRow(
            municipality=share.municipality,
            area=areas.get(share.area, share.area),
            expected=share.expected + (before.expected or 0 if before else 0),
            unsure=share.status != _CERTAIN or (before is not None and before.unsure),
        )
    return sorted(
        sums.values(), key=lambda row: (row.municipality == "", -(row.expected or 0), row.municipality)
    )
