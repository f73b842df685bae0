"""Why a rule answers as it does: codes, whose words are the catalogue's ``rules.reason.<code>``."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Reason codes of results."""

    FACTS_MISSING = "facts_missing"
    """Facts named in ``depends_on`` would decide it."""
    NO_LAW_ROW = "no_law_row"
    """The rule book has no row for the day that selects the law."""
    NEGOTIATIONS_BANKRUPTCY = "negotiations.bankruptcy"
    NEGOTIATIONS_EMPLOYER_TOO_SMALL = "negotiations.employer_too_small"
    NEGOTIATIONS_TOO_FEW = "negotiations.too_few_in_90_days"
    FEWER_DISMISSALS = "negotiations.fewer_dismissals"
    OPERATING_PRINCIPLES = "negotiations.operating_principles"
    """Too few dismissals for an action plan: operating principles instead."""
    MT55_TOO_YOUNG = "mt55.too_young"
    MT55_SHORT_SERVICE = "mt55.short_service"
    MT55_NOT_DISMISSED = "mt55.not_dismissed"
    MT55_BANKRUPTCY = "mt55.bankruptcy"
    MT55_RESTRUCTURING = "mt55.restructuring"
    MT55_BREAKS = "mt55.breaks"
    COACHING_EMPLOYER_TOO_SMALL = "coaching.employer_too_small"
    COACHING_SHORT_SERVICE = "coaching.short_service"
    COACHING_BANKRUPTCY = "coaching.bankruptcy"
    COACHING_RESTRUCTURING = "coaching.restructuring"
    REEMPLOY_BANKRUPTCY = "reemploy.bankruptcy"
    REEMPLOY_EMPLOYER_TOO_SMALL = "reemploy.employer_too_small"
    PAY_SECURITY_SOLVENT = "pay_security.solvent"
    NEW_JOB = "person.new_job"
    EGF_REGULATION_ENDS = "egf.regulation_ends"
    """The regulation ends before the time to apply has run out: its last day is the deadline."""
