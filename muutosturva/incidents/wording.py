"""Words for what the plan asks and why a date is missing, where the playbook itself has none."""

from __future__ import annotations

from collections.abc import Mapping

from muutosturva.i18n import Texts


def question_label(texts: Texts, name: str, label: Mapping[str, str]) -> str:
    """Return a question in words: the playbook's own, or those of a fact the language or a rule asks.

    Args:
        texts: words of the front end.
        name: name of the input, ``headcount``.
        label: the playbook's words by language; {} for ``level``, ``sites`` or a rule's own fact.
    """
    if label:
        return texts.pick(label)
    for key in (f"playbooks.question.{name}", f"rules.fact.{name}"):
        if texts.has(key):
            return texts(key)
    return name


def missing_date(texts: Texts, reason_code: str) -> str:
    """Return why a date is not known, in words; "" where the code says nothing more than that."""
    for key in (f"playbooks.reason.{reason_code}", f"rules.reason.{reason_code}"):
        if texts.has(key):
            return texts(key)
    return ""
