"""Read model in, document out: text, file name, header and footer of each kind of document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Final

from muutosturva.documents.picture import Effect, SituationPicture
from muutosturva.documents.words import Words
from muutosturva.i18n import Language, Texts
from muutosturva.models.states import Secrecy, StoreKind
from muutosturva.rendering.charts import Bar, Picture, bar_chart
from muutosturva.rendering.document import DocumentMeta, Format, render
from muutosturva.rendering.templates import Templates

SHIPPED: Final = Path(str(resources.files("muutosturva.documents") / "templates"))
"""Folder of the templates that come with the program."""

_CHART: Final = "homes"
_BARS: Final = 6
"""Municipalities drawn; the table beside the chart holds them all."""
_NAMED: Final = 3
"""Municipalities named in the words of the chart."""
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


def mark_of(kind: StoreKind, secrecy: Secrecy, language: Language) -> str:
    """Return the mark on every page and in every table: who may see it, and that it is not the real thing.

    It is "" for what is real and public.
    """
    texts = Texts(language)
    marks = (
        "" if secrecy is Secrecy.PUBLIC else texts(f"documents.mark.{secrecy.value}"),
        "" if kind is StoreKind.REAL else texts(f"documents.mark.{kind.value}"),
    )
    return " · ".join(filter(None, marks))


def name_marks(kind: StoreKind, secrecy: Secrecy, language: Language) -> tuple[str, ...]:
    """Return what leads the name of a file, so that it is not opened, sent or believed by mistake.

    What is known to the group is the office's everyday and is marked inside alone.
    """
    texts = Texts(language)
    secret = (texts("documents.mark.restricted"),) if secrecy is Secrecy.RESTRICTED else ()
    unreal = () if kind is StoreKind.REAL else (texts(f"documents.mark.{kind.value}").partition(" ")[0],)
    return (*secret, *unreal)


def file_name(
    document: str, incident: str, language: Language, fmt: Format, *, kind: StoreKind, secrecy: Secrecy
) -> str:
    """Return a file name that every system takes: ``HARJOITUS-tilannekuva-LAHTI-2027-03-fi.pdf``."""
    words = (*name_marks(kind, secrecy, language), Texts(language)(f"documents.file.{document}"))
    return safe_name((*words, incident, language), fmt)


def safe_name(words: Sequence[str], ending: str) -> str:
    """Return words as a file name that every system takes."""
    return f"{'-'.join(filter(None, (_plain_letters(word) for word in words)))}.{ending}"


def _plain_letters(text: str) -> str:
    """Return ``text`` in letters, digits and hyphens of ASCII: å and ä become a."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", bare).strip("-.")


def situation_markdown(
    picture: SituationPicture, language: Language, folders: Sequence[Path] = ()
) -> tuple[str, Mapping[str, Picture]]:
    """Write the situation picture as Markdown.

    Args:
        picture: what it says.
        language: language of the words; texts of the group fall back to another with a mark.
        folders: folders of the office whose ``situation.md.j2`` goes before the shipped one.

    Returns:
        The text, and the pictures it names.

    Raises:
        InputError: the office's template is wrong.
    """
    texts = Texts(language)
    words = Words(texts)
    chart = _homes_chart(picture, texts)
    context = {
        "picture": picture,
        "effects": tuple(Effect),
        "chart": _CHART if chart else "",
        "chart_words": _chart_words(picture, texts, words),
    }
    templates = Templates([*folders, SHIPPED], texts, words.filters())
    return templates.render("situation.md.j2", context), {_CHART: chart} if chart else {}


def situation_document(
    picture: SituationPicture,
    language: Language,
    fmt: Format,
    folders: Sequence[Path] = (),
    base: bytes | None = None,
) -> bytes:
    """Write the situation picture as a file; the same picture gives the same bytes.

    Args:
        picture: what it says.
        language: language of the document.
        fmt: ``md``, ``html``, ``docx`` or ``pdf``.
        folders: folders of the office's own templates.
        base: the office's own Word file, for ``docx``.

    Raises:
        InputError: the office's template or Word file is wrong.
        MachineError: the PDF could not be set.
    """
    markdown, pictures = situation_markdown(picture, language, folders)
    return render(markdown, _meta(picture, Texts(language)), fmt, pictures, base)


def _meta(picture: SituationPicture, texts: Texts) -> DocumentMeta:
    revision = max((firm.law_revision for firm in picture.firms), default=0)
    footer = texts(
        "documents.situation.footer", incident=picture.incident, version=picture.version, revision=revision
    )
    pinned = {(firm.playbook, firm.version, firm.short_hash) for firm in picture.firms if firm.playbook}
    if len(pinned) == 1:
        playbook, version, digest = pinned.pop()
        name = texts("documents.situation.footer_playbook", playbook=playbook, version=version, hash=digest)
        footer = f"{footer} · {name}"
    return DocumentMeta(
        title=texts("documents.situation.title", version=picture.version, name=picture.name),
        language=texts.language,
        author=picture.made_by,
        subject=texts("documents.situation.subject", name=picture.name, incident=picture.incident),
        mark=mark_of(picture.kind, picture.secrecy, texts.language),
        footer=footer,
        date=picture.made_at,
    )


def _homes_chart(picture: SituationPicture, texts: Texts) -> Picture | None:
    bars = [
        Bar(home.municipality, round(home.expected), home.low, home.high)
        for home in picture.homes
        if home.municipality and home.expected is not None and home.expected >= 0.5
    ]
    return bar_chart(bars[:_BARS], texts) if bars else None


def _chart_words(picture: SituationPicture, texts: Texts, words: Words) -> str:
    named = [home for home in picture.homes if home.municipality][:_NAMED]
    largest = texts.listing(f"{home.municipality} {words.about(home.expected)}" for home in named)
    return texts("documents.situation.homes_chart", largest=largest) if named else ""
