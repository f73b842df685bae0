"""What sort of problem a code is: which group it belongs to, and whether the playbook can still be used.

The one table of every code the reading and the checks of a playbook can give. What is wrong with the
*answers* of a trigger or with a worked case is no fault of the text and stands in ``OF_ANSWERS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from muutosturva.errors import Problem

ROOM: Final = "playbooks."
"""What the codes of this room begin with; left out where a person reads them."""


class LintGroup(StrEnum):
    """Which question a problem answers with no."""

    SYNTAX = "syntax"
    """Can it be read?"""
    REFERENCE = "reference"
    """Does everything that is named exist?"""
    MEANING = "meaning"
    """Does it make sense?"""
    POLICY = "policy"
    """Is it what the house asks of a playbook?"""


class Severity(StrEnum):
    """Whether a playbook with the problem can be used."""

    ERROR = "error"
    """It cannot: it must be mended first."""
    WARNING = "warning"
    """It can: a stale plan is better than none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a code.

    Attributes:
        group: which of the four.
        severity: error or warning.
        firm: True where no mark in the file can silence it, because the plan is built on it.
    """

    group: LintGroup
    severity: Severity = Severity.ERROR
    firm: bool = True


def _kinds(
    group: LintGroup, severity: Severity, codes: str, *, firm: bool | None = None
) -> Mapping[str, Kind]:
    held = severity is Severity.ERROR if firm is None else firm
    return {code: Kind(group, severity, held) for code in codes.split()}


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        **_kinds(
            LintGroup.SYNTAX,
            Severity.ERROR,
            """
            too_large too_much and_more no_regular_file unreadable not_utf8 not_a_map yaml_colon yaml_tab
            yaml_quote
            yaml_bracket yaml_character yaml_indent yaml_broken alias documents complex_key too_deep tag
            duplicate_key unknown_key missing_key enum_options bounds_without_int default_of_other_type
            rule_or_calendar calendar_with_after estimate_or_from every_with_until join_many decision_or_form
            expected_number
            expected_true_false expected_list expected_map expected_text bad_date text_empty text_long
            out_of_bounds too_many unquoted_comma empty_value quote_it bad_id bad_length bad_language
            bad_version bad_produce bad_code bad_use not_one_of invalid expr_empty expr_long expr_character
            expr_string expr_number expr_deep expr_ended expr_left expr_symbol expr_date expr_offset
            expr_unit expr_weekday expr_time expr_at_inside expr_value expr_name expr_equals expr_chain
            expr_function
            """,
        ),
        **_kinds(
            LintGroup.SYNTAX,
            Severity.WARNING,
            "ignore_unknown ignore_firm ignore_no_reason ignore_idle",
            firm=True,
        ),
        **_kinds(
            LintGroup.REFERENCE,
            Severity.ERROR,
            """
            extends_cycle extends_depth extends_unknown extends_bundle use_unknown use_no_bundle use_version
            use_twice use_after use_expects no_such_id add_exists id_not_file unknown_role
            unknown_phase unknown_quality unknown_task unknown_message unknown_meeting unknown_document
            unknown_anchor unknown_rule unknown_rule_fact rule_fact_missing wave_anchor_outside unknown_input
            unknown_fact unknown_collection unknown_level unknown_placeholder unknown_field unknown_option
            asks_no_decision asks_no_form
            """,
        ),
        **_kinds(
            LintGroup.MEANING,
            Severity.ERROR,
            """
            reserved_name name_twice meeting_time type_truth type_in type_compare type_order needs_cycle
            anchor_cycle valid_backwards expr_far bounds_backwards
            renamed_self renamed_there renamed_twice asked_often asked_early option_quotes
            """,
        ),
        **_kinds(LintGroup.MEANING, Severity.ERROR, "due_before_need decided_later", firm=False),
        **_kinds(LintGroup.MEANING, Severity.WARNING, "never_true always_true needs_exclusive"),
        **_kinds(LintGroup.REFERENCE, Severity.WARNING, "unknown_law unknown_audience unknown_language"),
        **_kinds(
            LintGroup.POLICY,
            Severity.WARNING,
            """
            placeholder_missing unused_role audience_without_message no_tests statutory_removed
            statutory_unset
            validity_passed validity_ahead review_passed law_expired law_unsure law_without_number
            """,
        ),
        **_kinds(LintGroup.POLICY, Severity.ERROR, "no_accountable no_responsible"),
        **_kinds(
            LintGroup.POLICY,
            Severity.ERROR,
            """
            no_approver no_language missing_language no_law identity_code email_address phone_number
            roster_name
            """,
            firm=False,
        ),
    }
)
"""Group and severity by code, the code without its room."""

OF_ANSWERS: Final = frozenset(
    {
        "abstract",
        "input_unknown",
        "input_missing",
        "input_option",
        "input_int",
        "input_bool",
        "input_text",
        "input_date",
        "input_list",
        "input_sites",
        "input_small",
        "input_large",
        "anchor_missing",
        "anchor_derived",
        "anchor_unknown",
        "anchor_years",
        "anchor_backwards",
        "date_far",
        "wave_twice",
        "wave_id",
        "wave_negative",
        "wave_large",
        "wave_site",
        "wave_anchor",
        "end_before_notice",
        "site_twice",
        "site_negative",
        "site_large",
        "test_anchor_text",
        "test_missing",
        "test_present",
        "test_date",
        "test_question",
        "test_depends",
        "test_problems",
        "test_level",
        "test_findings",
        "test_standing",
        "test_act",
        "test_reply",
        "test_days",
    }
)
"""Codes of plans and worked cases: what somebody answered, not what a playbook says."""


def bare(code: str) -> str:
    """Return a code without its room, as a person types it."""
    return code.removeprefix(ROOM)


def kind_of(problem: Problem) -> Kind:
    """Return group and severity of a problem; a code the table lacks (a test forbids it) is firm."""
    return KINDS.get(bare(problem.code), Kind(LintGroup.SYNTAX))


def is_error(problem: Problem) -> bool:
    """Tell whether the playbook cannot be used before the problem is mended."""
    return kind_of(problem).severity is Severity.ERROR
