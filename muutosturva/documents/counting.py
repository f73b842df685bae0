"""Who is affected: people by site and measure, and where they are expected to live. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from muutosturva.areas.commuting import HomeShare
from muutosturva.documents.picture import HomeRow, PeopleRow
from muutosturva.incidents.pure.figures import Figure, numbers
from muutosturva.incidents.pure.views import IncidentView, WaveView
from muutosturva.models.states import MEASURES, Measure
from muutosturva.playbooks.facts import DEFAULT_WAVE

_CERTAIN = "ok"
"""Status of a commuting cell as printed; every other status asks for a check."""
_BESIDE = (Measure.LAYOFF, Measure.PART_TIME)
"""Measures that a plan does not ask for by themselves."""


def people_rows(incident: IncidentView, figures: Sequence[Figure] = ()) -> list[PeopleRow]:
    """Return one row for each site, or one for the whole firm where it is not told by site.

    The wave of everybody that a plan makes for itself says nothing of measures and is left out. The
    number that was announced, planned or decided of a measure counts; without one, its waves do.

    Args:
        incident: the firm.
        figures: the present revision of each of its numbers.
    """
    waves = [wave for wave in incident.waves if wave.wave != DEFAULT_WAVE]
    rest = any(wave.rest for wave in incident.waves)
    ids = {site.id for site in incident.sites}
    by_site = all(wave.site in ids for wave in waves) and not any(map(_of_all_sites, figures))
    by_site = by_site and (not rest or _dismissed_by_site(figures))
    if len(ids) > 1 and by_site and _add_up(incident):
        return [
            _row(
                incident,
                site.name,
                site.headcount,
                [wave for wave in waves if wave.site == site.id],
                _told([figure for figure in figures if figure.site == site.id]),
            )
            for site in incident.sites
        ]
    names = ", ".join(site.name for site in incident.sites) or incident.municipality
    row = _row(incident, names, incident.headcount, waves, _told(figures))
    return [_as_planned(row, incident.inputs.get("dismissals"), waves)]


def _of_all_sites(figure: Figure) -> bool:
    """Tell whether a number of a measure beside dismissals counts for all sites together."""
    return figure.measure in _BESIDE and not figure.site and bool(figure.high)


def _dismissed_by_site(figures: Sequence[Figure]) -> bool:
    """Tell whether the number of dismissals that counts is told by site, so that the rest has its sites."""
    return any(figure.measure is Measure.DISMISSAL and figure.site for figure in figures)


def _told(figures: Sequence[Figure]) -> Mapping[str, int]:
    """Return the number that counts of each measure that has one."""
    best = numbers(figures).best
    return {measure.value: figure.high for measure, figure in best.items() if figure.high is not None}


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


def _as_planned(row: PeopleRow, dismissals: object, waves: Sequence[WaveView]) -> PeopleRow:
    """Return a row with the dismissals the employer plans; nobody else is left where they are all."""
    if not isinstance(dismissals, int):
        return row
    if waves:
        return replace(row, dismissed=dismissals)
    others = 0 if dismissals == row.total else None
    return replace(
        row,
        dismissed=dismissals,
        laid_off=others if row.laid_off is None else row.laid_off,
        part_time=others if row.part_time is None else row.part_time,
    )


def _row(
    incident: IncidentView,
    site: str,
    total: int | None,
    waves: Sequence[WaveView],
    told: Mapping[str, int],
) -> PeopleRow:
    dismissed, laid_off, part_time = (
        _measure(waves, measure, total, told.get(measure)) for measure in MEASURES
    )
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


def _measure(waves: Sequence[WaveView], measure: str, total: int | None, told: int | None) -> int | None:
    """Return the people of one measure: as told, or of its waves; a zero where waves account for all.

    The number told goes first: a wave not yet given must not make the firm's number smaller.
    """
    if told is not None:
        return told
    counts = [wave.count for wave in waves if wave.measure == measure]
    known = [count for count in counts if count is not None]
    if counts and len(known) == len(counts):
        return sum(known)
    if counts:
        return None
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
