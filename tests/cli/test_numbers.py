"""Numbers, waves and levels by commands: what an official reads, and what a script gets."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A, FIRM_C

WHY = ("--reason", "Neuvottelut päättyivät.")


def test_two_hundred_is_no_longer_reached_when_198_are_dismissed_and_forty_laid_off(opened: Program) -> None:
    """Lay-offs do not count towards the European fund (2021/691 art. 4)."""
    numbers = ("--number", "päätetty/irtisanominen=198", "--number", "päätetty/lomautus=40")
    seen = opened("incident", "amend", FIRM_A, *numbers, *WHY, "--preview", "--json").json
    done = opened("incident", "amend", FIRM_A, *numbers, *WHY, "--source", "HR", "--json").json
    assert seen == done
    assert (done["after"]["headcount"], done["after"]["dismissal"], done["after"]["layoff"]) == (238, 198, 40)
    crossed = [(item["law"]["key"], item["number"], item["direction"]) for item in done["thresholds"]]
    # What was planned is decided: the report to the authority is due, the fund's threshold is not reached.
    assert crossed == [("tsl.notify_threshold", 198, "up"), ("egf.threshold", 198, "down")]
    kinds = [event["kind"] for event in opened("incident", "log", FIRM_A, "--json").json]
    assert {"incidents.amended", "incidents.threshold_crossed"} <= set(kinds)


def test_the_history_names_who_said_what(opened: Program) -> None:
    opened("incident", "amend", FIRM_C, "--number", "päätetty/irtisanominen=20", *WHY, "--source", "HR")
    rows = opened("incident", "numbers", FIRM_C, "--json").json
    assert {(row["stage"], row["measure"], row["high"], row["source"]) for row in rows} >= {
        ("decided", "dismissal", 20, "HR")
    }
    assert "irtisanominen" in opened("incident", "numbers", FIRM_C).out


def test_offers_are_accepted_and_declined_by_name(opened: Program) -> None:
    made = opened("incident", "amend", FIRM_C, "--number", "decided/dismissal=60", *WHY, "--json").json
    first, second, *_ = made["offered"]
    assert opened("incident", "accept", FIRM_C, first).code == 0
    assert opened("incident", "decline", FIRM_C, second, *WHY).code == 0
    assert opened("incident", "decline", FIRM_C, second, *WHY).code == 5
    assert opened("incident", "accept", FIRM_C).code == 2


def test_a_wave_is_added_and_removed(opened: Program) -> None:
    wave = ("incident", "wave", FIRM_A, "w1")
    made = opened(*wave, "--count", "120", "--notice", "12.4.2027", *WHY, "--json").json
    assert "registration-check[w1]" in made["added"]
    assert [one["code"] for one in made["warnings"]] == ["incidents.waves_lack"]
    made = opened(*wave, "--count", "260", *WHY, "--json").json
    assert "registration-check[all]" in made["withdrawn"]
    assert opened(*wave, "--remove", "--preview", *WHY).code == 0
    assert "registration-check[all]" in opened(*wave, "--remove", *WHY, "--json").json["added"]
    assert opened(*wave, "--remove", *WHY).code == 3


def test_the_level_shows_its_criteria_and_who_leads(opened: Program) -> None:
    level = opened("incident", "level", FIRM_C, "--json").json
    assert (level["level"], level["by_hand"], level["lead"]["key"]) == ("M", False, "level.m_lead")
    assert opened("incident", "level", FIRM_C, "L", *WHY).code == 0
    level = opened("incident", "level", FIRM_C, "--json").json
    assert (level["level"], level["by_hand"], level["criteria"]["level"]) == ("L", True, "M")
    assert "large-layoff" in opened("incident", "level", FIRM_C).out


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("amend", FIRM_C, "--number", "60", *WHY), 2),
        (("amend", FIRM_C, "--number", "päätetty=60", "--reason", " "), 1),
        (("amend", FIRM_C, "--number", "päätetty=60", "--at", "1.5.2037", *WHY), 2),
        (("amend", FIRM_C, *WHY), 1),
        (("amend", "LAHTI-2027-99", "--number", "päätetty=60", *WHY), 3),
        (("wave", FIRM_C, "w1", *WHY), 2),
        (("wave", FIRM_C, "w1", "--count", "monta", *WHY), 2),
        (("wave", FIRM_C, "w1", "--site", "lahtu", *WHY), 1),
        (("level", FIRM_C, "Ö", *WHY), 2),
        (("level", FIRM_C, "L"), 1),
    ],
)
def test_a_slip_has_the_exit_code_of_its_kind(opened: Program, typed: tuple[str, ...], code: int) -> None:
    assert opened("incident", *typed).code == code
