"""Where the people of a workplace live, expected from the commuting table. Pure.

Shares are of everybody who works in the municipality, those from outside the table included,
so that they sum to 1 with the share of outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flow:
    """Workers from one home municipality.

    Attributes:
        home: municipality of residence.
        workers: how many of them work at the place asked for.
        status: ``ok``, ``reconstructed`` … as the cell's source has it.
    """

    home: str
    workers: int
    status: str


@dataclass(frozen=True, slots=True)
class HomeShare:
    """The expected part of one home municipality.

    Attributes:
        municipality: its name; "" is everything outside the table.
        area: slug of its employment area, "" for outside.
        share: 0..1 of the headcount.
        expected: ``share`` times headcount, unrounded; None when the headcount is not known.
        status: status of the cell it rests on.
    """

    municipality: str
    area: str
    share: float
    expected: float | None
    status: str


def home_shares(
    flows: Iterable[Flow], outside: int, areas: Mapping[str, str], headcount: float | None
) -> tuple[HomeShare, ...]:
    """Return the expected home municipalities of a workplace's people, largest first.

    Args:
        flows: workers by home municipality, within the table.
        outside: workers who come from outside the table.
        areas: slug of the employment area by municipality.
        headcount: affected people, or None when not known.

    Returns:
        One entry for each municipality with workers, and one for outside; () when the table
        says nothing of the place.
    """
    known = [flow for flow in flows if flow.workers > 0]
    total = sum(flow.workers for flow in known) + outside
    if total == 0:
        return ()
    found = [
        HomeShare(
            flow.home,
            areas.get(flow.home, ""),
            flow.workers / total,
            None if headcount is None else headcount * flow.workers / total,
            flow.status,
        )
        for flow in known
    ]
    found.append(
        HomeShare("", "", outside / total, None if headcount is None else headcount * outside / total, "ok")
    )
    return tuple(
        sorted(found, key=lambda share: (share.municipality == "", -share.share, share.municipality))
    )


def area_shares(shares: Iterable[HomeShare]) -> dict[str, float]:
    """Return the share of each employment area, outside left out, largest first."""
    summed: dict[str, float] = {}
    for share in shares:
        if share.area:
            summed[share.area] = summed.get(share.area, 0.0) + share.share
    return dict(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class CommutingTable:
    """The commuting table with what is needed to read it by employment area.

    Attributes:
        flows: workers by home municipality, by municipality of work.
        outside: workers from outside the table, by municipality of work.
        areas: slug of the employment area by municipality.
        names: Finnish name of the area by slug.
    """

    flows: Mapping[str, tuple[Flow, ...]]
    outside: Mapping[str, int]
    areas: Mapping[str, str]
    names: Mapping[str, str]

    def homes(self, work: str, headcount: float | None) -> tuple[HomeShare, ...]:
        """Return where the people of a workplace are expected to live.

        () when the table has no column for the municipality: nothing is guessed then.
        """
        if work not in self.outside:
            return ()
        return home_shares(self.flows.get(work, ()), self.outside[work], self.areas, headcount)


@dataclass(frozen=True, slots=True)
class TouchedArea:
    """An employment area an incident touches.

    Attributes:
        slug: its id.
        name: its Finnish name.
        lead: True for the area the workplace stands in: it leads unless agreed otherwise.
        share: expected share of the people who live there, or None when the table says nothing.
    """

    slug: str
    name: str
    lead: bool
    share: float | None


def touched_areas(table: CommutingTable, work: str, least_share: float) -> tuple[TouchedArea, ...]:
    """Return the areas to involve: the workplace's own, and every one with enough residents.

    Args:
        table: the commuting table.
        work: municipality of the workplace.
        least_share: from this share of the people on, a neighbour area is involved.
    """
    own = table.areas.get(work, "")
    shares = area_shares(table.homes(work, None))
    found = [slug for slug, share in shares.items() if share >= least_share or slug == own]
    if own and own not in found:
        found.insert(0, own)
    touched = [
        TouchedArea(slug, table.names.get(slug, slug), slug == own, shares.get(slug)) for slug in found
    ]
    return tuple(sorted(touched, key=lambda area: not area.lead))
