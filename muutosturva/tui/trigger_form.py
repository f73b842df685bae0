"""The answers of the trigger dialog as typed, and the request they make. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from muutosturva.coordination.trigger import Preview, TriggerRequest
from muutosturva.errors import UsageError
from muutosturva.incidents.pure.publicity import LISTED
from muutosturva.incidents.typed.answers import typed_answer
from muutosturva.incidents.typed.notation import parse_anchor_value
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.plan import PlannedAnchor

COUNTS: Final = ("headcount", "dismissals", "employer_size")
"""Inputs asked as numbers before the playbook is chosen, since the suggestion hangs on them."""
HEARD: Final = "heard"
"""The date that says when the office was told; left empty it is now."""
YES: Final = "yes"
NO: Final = "no"
UNKNOWN: Final = "unknown"
ASKED: Final = (*COUNTS, "bankruptcy", "languages")
"""Inputs of the second question; the playbook's other required ones come with its dates."""
ASKED_LAST: Final = frozenset({LISTED})
"""Inputs of the last question: who may know hangs on them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been typed so far, as text, so that nothing is lost by going back.

    Attributes:
        numbers: text by input, of ``COUNTS``.
        bankruptcy: ``yes``, ``no`` or ``unknown``.
        languages: language tags separated by commas.
        dates: text by anchor name.
        others: text by input, of the playbook's other required inputs.
        lead: name of the person who leads, or "" for the roster's first.
        listed: is the firm listed: ``yes``, ``no`` or ``unknown``.
        informant: who told of it, or ""; when they did is the date ``heard``.
    """

    employer: str = ""
    municipality: str = ""
    sector: str = ""
    informant: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    bankruptcy: str = NO
    languages: str = ""
    playbook: str = ""
    dates: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    lead: str = ""
    listed: str = UNKNOWN
    secrecy: Secrecy | None = None

    @property
    def empty(self) -> bool:
        """Tell whether nothing has been typed, so that leaving loses nothing."""
        return self == Draft()


def inputs(draft: Draft) -> dict[str, object]:
    """Return the inputs of the second and the last question, typed; what is empty is left unknown.

    Raises:
        UsageError: a number is none.
    """
    found: dict[str, object] = {
        name: typed_answer(name, "int", (), text) for name in COUNTS if (text := draft.numbers.get(name, ""))
    }
    if draft.bankruptcy != UNKNOWN:
        found["bankruptcy"] = draft.bankruptcy == YES
    if draft.listed != UNKNOWN:
        found[LISTED] = draft.listed == YES
    tags = language_tags(draft.languages)
    if tags:
        found["languages"] = list(tags)
    return found


def language_tags(text: str) -> tuple[str, ...]:
    """Return language tags typed with commas or spaces between, each once."""
    return tuple(dict.fromkeys(text.casefold().replace(",", " ").split()))


def other_inputs(preview: Preview) -> tuple[str, ...]:
    """Return the playbook's required inputs that the second question does not ask."""
    declared = preview.resolved.playbook.inputs
    return tuple(
        name for name, spec in declared.items() if spec.required and name not in {*ASKED, *ASKED_LAST}
    )


def request(draft: Draft, preview: Preview | None, lead_role: str = "") -> TriggerRequest:
    """Return the request of a draft.

    Args:
        draft: the answers.
        preview: an earlier preview of the same playbook, which tells what it asks; inputs and
            dates that another playbook asked for are left out then.
        lead_role: role of the person who leads.

    Raises:
        UsageError: a number or a date is none.
        ValueError: no playbook has been chosen (a fault of the program).
    """
    if not draft.playbook:
        message = "a request needs a playbook"
        raise ValueError(message)
    given = inputs(draft)
    dates = {name: parse_anchor_value(text, draft.informant) for name, text in draft.dates.items() if text}
    if preview is not None:
        declared = preview.resolved.playbook
        for name in other_inputs(preview):
            if text := draft.others.get(name, ""):
                spec = declared.inputs[name]
                given[name] = typed_answer(name, spec.type, tuple(spec.options), text, spec.label)
        given = {name: value for name, value in given.items() if name in declared.inputs}
        known = {*declared.anchors, *declared.waves}
        dates = {name: value for name, value in dates.items() if name in known}
    return TriggerRequest(
        playbook=draft.playbook,
        employer=draft.employer,
        municipality=draft.municipality,
        sector=draft.sector,
        inputs=given,
        anchors=dates,
        languages=language_tags(draft.languages),
        secrecy=draft.secrecy,
        roles={lead_role: draft.lead} if lead_role and draft.lead else {},
    )


def require_dates(draft: Draft, preview: Preview) -> None:
    """Refuse to go on without the dates and answers that the playbook cannot do without.

    Raises:
        UsageError: one is missing (``tui.date_missing`` with a day near those asked about for an example,
            ``tui.needed_missing`` where it is no date); ``question`` names it.
    """
    declared = preview.resolved.playbook
    asked = {base_name(anchor): anchor.label for anchor in preview.plan.anchors}
    wanted = [
        (name, label, draft.dates.get(name, ""))
        for name, label in asked.items()
        if name != HEARD and name in declared.anchors and declared.anchors[name].required
    ]
    known = next((anchor.value.value for anchor in preview.plan.anchors if anchor.value.value), None)
    for name, label, typed in wanted:
        if not typed and known is not None:
            raise UsageError("tui.date_missing", question=name, label=label, day=known)
        if not typed:
            raise UsageError("tui.needed_missing", question=name, label=label)
    for name in other_inputs(preview):
        if not draft.others.get(name, ""):
            raise UsageError("tui.needed_missing", question=name, label=declared.inputs[name].label)


def base_name(anchor: PlannedAnchor) -> str:
    """Return the name a date is given under: one for ``notice[all]`` counts for every wave."""
    return anchor.name.partition("[")[0]


def listed_open(draft: Draft, preview: Preview | None) -> bool:
    """Tell whether who may know hangs on something nobody has said: is the firm listed."""
    declared = preview is not None and LISTED in preview.resolved.playbook.inputs
    return declared and draft.listed == UNKNOWN and draft.secrecy is None


def require_employer(draft: Draft) -> None:
    """Refuse to go on without the firm's name.

    Raises:
        UsageError: it is missing.
    """
    if not draft.employer:
        raise UsageError("tui.employer_missing")
