"""The five questions of the trigger dialog: what each asks, and how its answer is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from muutosturva.clock import HELSINKI
from muutosturva.coordination.trigger import Preview, Suggestion
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.publicity import LISTED
from muutosturva.incidents.typed.moments import parse_event_time
from muutosturva.models.states import Secrecy
from muutosturva.playbooks.plan import PlannedAnchor
from muutosturva.preparedness.queries import PersonView
from muutosturva.tui import words
from muutosturva.tui.dialogs.people import by_role
from muutosturva.tui.host import host
from muutosturva.tui.trigger_form import (
    COUNTS,
    HEARD,
    NO,
    UNKNOWN,
    YES,
    Draft,
    base_name,
    inputs,
    other_inputs,
    require_employer,
)
from muutosturva.tui.widgets.choice import Choice

PREVIEW: Final = "preview"
"""The last step, which asks nothing."""
STEPS: Final = ("firm", "numbers", "playbook", "dates", "lead", PREVIEW)
"""The questions of a trigger in the order they are asked, and the preview of everything."""
TRIAL_STEPS: Final = ("trial", "dates", PREVIEW)
"""The questions of a trial: what a playbook's dates hang on, and no more."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions need to know before they can be asked.

    Attributes:
        suggestions: playbooks, those that fit first.
        preview: the plan as it would be with the answers so far.
        roster: people who can lead.
        warned: somebody has been told that nobody has said whether the firm is listed.
    """

    suggestions: tuple[Suggestion, ...] = ()
    preview: Preview | None = None
    roster: tuple[PersonView, ...] = ()
    warned: bool = False

    @property
    def lead_role(self) -> str:
        """Return the role of the person who leads: the playbook's first."""
        roles = self.preview.plan.roles if self.preview is not None else ()
        return roles[0].id if roles else ""


Fields = Callable[[Texts, Draft, Known], Iterator[Widget]]
Read = Callable[[Widget, Draft], Draft]


def _label(text: str) -> Static:
    return Static(text, classes="label", markup=False)


def _help(text: str) -> Static:
    return Static(text, classes="help", markup=False)


def _input(value: str, *, id: str, placeholder: str = "", name: str = "") -> Input:  # noqa: A002 - Textual's own name
    return Input(value, id=id, placeholder=placeholder, name=name, compact=True, select_on_focus=False)


def text_of(root: Widget, field: str) -> str:
    """Return what stands in an input, without its edges."""
    return root.query_one(f"#{field}", Input).value.strip()


def firm_fields(texts: Texts, draft: Draft, _known: Known) -> Iterator[Widget]:
    """Ask which firm, where and what it does."""
    for name, value in (
        ("employer", draft.employer),
        ("municipality", draft.municipality),
        ("sector", draft.sector),
        ("informant", draft.informant),
        (HEARD, draft.dates.get(HEARD, "")),
    ):
        yield _label(texts(f"tui.trigger.{name}"))
        yield _input(value, id=name, placeholder=texts(f"tui.trigger.{name}_example"))


def read_firm(root: Widget, draft: Draft) -> Draft:
    """Return the draft with the firm.

    Raises:
        UsageError: the firm has no name, or no such moment.
    """
    now = host(root).backend.desk.now
    told = parse_event_time(text_of(root, HEARD) or None, now)
    if told is None and text_of(root, "informant"):
        told = now
    heard = {HEARD: _typed(told)} if told else {}
    read = replace(
        draft,
        employer=text_of(root, "employer"),
        municipality=text_of(root, "municipality"),
        sector=text_of(root, "sector"),
        informant=text_of(root, "informant"),
        dates={**{name: text for name, text in draft.dates.items() if name != HEARD}, **heard},
    )
    require_employer(read)
    return read


def _typed(moment: dt.datetime) -> str:
    """Return a moment as a person would type it for a date."""
    local = moment.astimezone(HELSINKI)
    return f"{local.day}.{local.month}.{local.year} {local.hour}.{local.minute:02d}"


def trial_fields(texts: Texts, draft: Draft, known: Known) -> Iterator[Widget]:
    """Ask where, and what the numbers question asks."""
    yield _label(texts("tui.trigger.municipality"))
    yield _input(draft.municipality, id="municipality", placeholder=texts("tui.trigger.municipality_example"))
    yield from number_fields(texts, draft, known)


def read_trial(root: Widget, draft: Draft) -> Draft:
    """Return the draft with place and numbers.

    Raises:
        UsageError: a number is none.
    """
    return read_numbers(root, replace(draft, municipality=text_of(root, "municipality")))


def number_fields(texts: Texts, draft: Draft, _known: Known) -> Iterator[Widget]:
    """Ask how many people, of how many, bankrupt or not, in which languages."""
    for name in COUNTS:
        yield _label(texts(f"tui.trigger.{name}"))
        yield _input(draft.numbers.get(name, ""), id=name, placeholder=texts(f"tui.trigger.{name}_example"))
    yield _label(texts("tui.trigger.bankruptcy"))
    yield Choice(_yes_or_no(texts), value=draft.bankruptcy, id="bankruptcy")
    yield _label(texts("tui.trigger.languages"))
    yield _input(draft.languages, id="languages", placeholder=texts("tui.trigger.languages_example"))


def _yes_or_no(texts: Texts) -> list[tuple[str, str]]:
    return [(NO, texts("common.no")), (YES, texts("common.yes")), (UNKNOWN, texts("common.unknown"))]


def read_numbers(root: Widget, draft: Draft) -> Draft:
    """Return the draft with the numbers.

    Raises:
        UsageError: a number is none.
    """
    read = replace(
        draft,
        numbers={name: text_of(root, name) for name in COUNTS},
        bankruptcy=root.query_one("#bankruptcy", Choice).value or UNKNOWN,
        languages=text_of(root, "languages"),
    )
    inputs(read)
    return read


def playbook_fields(texts: Texts, draft: Draft, known: Known) -> Iterator[Widget]:
    """Ask which playbook; those that fit are marked and say why."""
    chosen = draft.playbook or (known.suggestions[0].playbook_id if known.suggestions else "")
    options = [(found.playbook_id, _suggestion(texts, found)) for found in known.suggestions]
    yield Choice(options, value=chosen, id="playbook")
    yield _help(why(texts, draft))
    yield Static("", id="description", classes="label", markup=False)


def _suggestion(texts: Texts, found: Suggestion) -> str:
    fits = {True: "fits", False: "misfits", None: "depends"}[found.fits]
    mark = f" ({texts('tui.trigger.own')})" if found.own else ""
    return f"{texts.pick(found.title)} {found.version}{mark}: {texts(f'tui.trigger.{fits}')}"


def why(texts: Texts, draft: Draft) -> str:
    """Return the facts the suggestion rests on."""
    headcount = draft.numbers.get("headcount", "")
    size = draft.numbers.get("employer_size", "")
    return texts(
        "tui.trigger.why",
        headcount=headcount or texts("common.unknown"),
        size=size or texts("common.unknown"),
        bankruptcy=texts(f"tui.trigger.bankruptcy_{draft.bankruptcy}"),
    )


def read_playbook(root: Widget, draft: Draft) -> Draft:
    """Return the draft with the playbook."""
    return replace(draft, playbook=root.query_one("#playbook", Choice).value or "")


def date_fields(texts: Texts, draft: Draft, known: Known) -> Iterator[Widget]:
    """Ask the dates of the playbook, each with what follows when it is left empty."""
    if known.preview is None:
        return
    declared = known.preview.resolved.playbook
    for number, anchor in enumerate(known.preview.plan.anchors):
        name = base_name(anchor)
        label = texts.pick(anchor.label) or name
        required = name in declared.anchors and declared.anchors[name].required
        yield Horizontal(
            Static(f"{label} *" if required else label, classes="date-label", markup=False),
            _input(draft.dates.get(name, ""), id=f"date-{number}", name=name),
            Static(estimate(texts, anchor), id=f"estimate-{number}", classes="estimate", markup=False),
            classes="date-row",
        )
    for name in other_inputs(known.preview):
        yield _label(f"{texts.pick(declared.inputs[name].label)} *")
        yield _input(draft.others.get(name, ""), id=f"other-{name}", name=name)


def estimate(texts: Texts, anchor: PlannedAnchor) -> str:
    """Return what an anchor is now, and whether it was given, estimated or computed."""
    value = words.anchor_value(texts, anchor.value)
    if anchor.value.value is None:
        return texts("common.unknown")
    return f"{value} {words.origin(texts, anchor.origin, anchor.value)}"


def read_dates(root: Widget, draft: Draft) -> Draft:
    """Return the draft with the dates as typed; the preview judges them."""
    dates, others = dict(draft.dates), dict(draft.others)
    for field in root.query(Input):
        typed = dates if str(field.id).startswith("date-") else others
        typed[field.name or ""] = field.value.strip()
    return replace(draft, dates=dates, others=others)


def lead_fields(texts: Texts, draft: Draft, known: Known) -> Iterator[Widget]:
    """Ask who leads, whether the firm is listed and who may know."""
    yield Choice(by_role(texts, known.roster, known.lead_role), value=draft.lead or None, id="lead")
    asked = known.preview.resolved.playbook.inputs.get(LISTED) if known.preview is not None else None
    if asked is not None:
        yield _label(texts.pick(asked.label))
        yield Choice(_yes_or_no(texts), value=draft.listed, id=LISTED)
    yield _label(texts("tui.trigger.secrecy"))
    options = [(secrecy.value, texts(f"words.secrecy.{secrecy.value}")) for secrecy in Secrecy]
    options.insert(0, (AUTO, texts("tui.trigger.secrecy_auto")))
    yield Choice(options, value=draft.secrecy.value if draft.secrecy else AUTO, id="secrecy")


def read_lead(root: Widget, draft: Draft) -> Draft:
    """Return the draft with the person who leads, whether the firm is listed, and the secrecy class."""
    chosen = root.query_one("#secrecy", Choice).value or AUTO
    listed = next((field.value for field in root.query(f"#{LISTED}").results(Choice)), None)
    return replace(
        draft,
        lead=root.query_one("#lead", Choice).value or "",
        listed=listed or UNKNOWN,
        secrecy=None if chosen == AUTO else Secrecy(chosen),
    )


AUTO: Final = "auto"
"""The answers decide the class: a listed company that has not told its news is kept secret."""

FIELDS: Final[Mapping[str, Fields]] = {
    "firm": firm_fields,
    "trial": trial_fields,
    "numbers": number_fields,
    "playbook": playbook_fields,
    "dates": date_fields,
    "lead": lead_fields,
}
READ: Final[Mapping[str, Read]] = {
    "firm": read_firm,
    "trial": read_trial,
    "numbers": read_numbers,
    "playbook": read_playbook,
    "dates": read_dates,
    "lead": read_lead,
}
