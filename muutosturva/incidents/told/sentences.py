"""What a sentence of the log is made of: its key in the catalogues, and the values it names things by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muutosturva.models.states import Measure, Stage


@dataclass(frozen=True, slots=True)
class Named:
    """Ids whose titles are shown instead: keys of tasks, roles, anchors, questions."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Titled:
    """Words by language as the playbook had them."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of another event, ``incidents.task_done``, to be shown by its short words."""

    kind: str


@dataclass(frozen=True, slots=True)
class Firms:
    """Readable ids of incidents, told by the names of their firms where the log knows them."""

    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the law, ``egf.threshold``, told by its title."""

    key: str


@dataclass(frozen=True, slots=True)
class Act:
    """A statute, ``1333/2021 2 §``, told with the name of its act."""

    statute: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of people as it was written down: how far it has got, the measure and how many.

    Attributes:
        place: in the notation of figures, ``decided/dismissal/lahti``.
        people: how many, ``95–110`` for a range, or None where the number was taken back.
    """

    place: tuple[Stage | Measure | Named, ...]
    people: str | None


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of one field of a task: what it was and what it is now, None for nothing."""

    task: Named
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Remark:
    """What was said about one thing: a task, a question."""

    task: Named | Titled
    text: object


@dataclass(frozen=True, slots=True)
class Everyone:
    """People who are all named, however many: who knew of a secret incident (MAR 596/2014 art. 18)."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the notation of anchors, ``~2027-03-01``, with its certainty."""

    text: str


@dataclass(frozen=True, slots=True)
class Redated:
    """An anchor with its new and its former date."""

    anchor: Named
    new: Dated | None
    old: Dated | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its key in the catalogues and its values.

    Attributes:
        key: full key of the catalogue.
        values: by name of the field; a field of the text that is not here is not known.
    """

    key: str
    values: Mapping[str, object]
