"""Numbers are told with what they rest on: which counts, which gives way, and who said each when."""

from __future__ import annotations

import datetime as dt

import pytest

from muutosturva.i18n import Texts
from muutosturva.incidents import service
from muutosturva.incidents.acts.amending import Amendment
from muutosturva.incidents.acts.levelling import level_view
from muutosturva.incidents.acts.numbers import counted_now, figure_history
from muutosturva.incidents.pure.figures import Figure, Footing, counting, numbers
from muutosturva.incidents.pure.tally import Tally
from muutosturva.incidents.told import counted
from muutosturva.incidents.told.wording import people
from muutosturva.incidents.typed.figure_notation import parse_figure
from muutosturva.models.states import Measure, Stage
from muutosturva.rules.levels import Level
from muutosturva.store.store import Store
from tests.support.incidents import FIRM_A, WHO

FI = Texts("fi")


def figure(text: str) -> Figure:
    return parse_figure(text, {"lahti": "Lahti", "hollola": "Hollola"})


@pytest.mark.parametrize(
    ("typed", "ground", "told"),
    [
        ([], None, "Henkilömäärä ei ole tiedossa."),
        (["ilmoitettu=260"], Footing.STATED, "Kaikkiaan 260 henkilöä (ilmoitettu)."),
        (["ilmoitettu=90–110"], Footing.STATED, "Kaikkiaan 90–110 henkilöä (ilmoitettu)."),
        (["päätetty/irtisanominen=198"], Footing.PARTS, "Kaikkiaan 198 henkilöä: toimenpiteiden summa."),
        (
            ["ilmoitettu=260", "päätetty/irtisanominen=198", "päätetty/lomautus=40"],
            Footing.PARTS_FURTHER,
            (
                "Kaikkiaan 238 henkilöä: toimenpiteiden summa, koska se on pidemmällä kuin "
                "kaikkien määrä 260 (ilmoitettu)."
            ),
        ),
        (
            ["suunniteltu=30", "suunniteltu/irtisanominen=25", "suunniteltu/lomautus=10"],
            Footing.PARTS_MORE,
            (
                "Kaikkiaan 35 henkilöä: toimenpiteiden summa, koska se on suurempi kuin kaikkien määrä 30 "
                "(suunniteltu)."
            ),
        ),
    ],
)
def test_the_number_of_everybody_says_what_it_rests_on(
    typed: list[str], ground: Footing | None, told: str
) -> None:
    found = numbers([figure(text) for text in typed])
    assert found.ground is ground
    assert counted.headcount(FI, found) == told


def test_what_counts_of_a_measure_names_what_gives_way_to_it() -> None:
    """Decided goes before planned, and that before announced; a range is planned for by its upper end."""
    typed = ["ilmoitettu/irtisanominen=260", "suunniteltu/irtisanominen=240", "päätetty/lomautus=30–40"]
    dismissals, layoffs = counting([figure(text) for text in typed])
    assert [old.stage for old in dismissals.behind] == [Stage.ANNOUNCED]
    assert (
        counted.measure(FI, dismissals)
        == "Irtisanominen: 240 (suunniteltu). Menee edelle luvusta 260 (ilmoitettu)."
    )
    assert counted.measure(FI, layoffs) == "Lomautus: 30–40 (päätetty). Suunnitelma varautuu ylärajaan 40."


def test_numbers_told_by_site_are_added_up_and_say_so() -> None:
    typed = ["päätetty/irtisanominen/lahti=120", "päätetty/irtisanominen/hollola=78"]
    [dismissals] = counting([figure(text) for text in typed])
    assert (dismissals.figure.high, dismissals.by_site) == (198, True)
    assert counted.measure(FI, dismissals) == "Irtisanominen: 198 (päätetty), toimipaikat yhteensä."


def test_a_number_taken_back_no_longer_counts() -> None:
    assert counting([Figure(Stage.DECIDED, Measure.DISMISSAL)]) == ()


def test_each_revision_tells_who_said_it_and_when_and_when_it_was_noted(opened_store: Store) -> None:
    """What was said at half past two and noted at three keeps both times."""
    said = WHO["now"] - dt.timedelta(minutes=30)
    for text, source in (("päätetty/irtisanominen=200", "HR"), ("päätetty/irtisanominen=198", "johtaja")):
        amendment = Amendment((figure(text),), source=source, event_time=said)
        service.amend(opened_store, FIRM_A, amendment, reason="Tarkentui.", **WHO)
    with opened_store.reading() as session:
        rows = figure_history(session, FIRM_A)
    [(what, (newest, first)), *_] = counted.history(FI, rows, {"lahti": "Lahti"})
    at, noted = FI.moment(said), FI.moment(WHO["now"])
    assert what == "Päätetty: irtisanominen, kaikki toimipaikat"
    assert newest == f"198 (−2) [voimassa] kerrottu {at}, kirjattu {noted}. Lähde: johtaja."
    assert first == f"200 kerrottu {at}, kirjattu {noted}. Lähde: HR."


def test_what_counts_now_is_read_with_what_does_not_agree(opened_store: Store) -> None:
    service.amend(opened_store, FIRM_A, Amendment((figure("päätetty/irtisanominen=0"),)), reason="Ei.", **WHO)
    change = service.WaveChange("w1", measure="dismissal", count=5)
    service.set_wave(opened_store, FIRM_A, change, reason="Aalto.", **WHO)
    with opened_store.reading() as session:
        now = counted_now(session, FIRM_A)
    assert "incidents.waves_exceed" in [problem.code for problem in now.warnings]
    assert now.numbers.count(Measure.DISMISSAL) == 0


def test_the_level_tells_its_criteria_and_that_it_was_set_by_hand(opened_store: Store) -> None:
    service.set_level(opened_store, FIRM_A, Level.M, reason="Harvinainen osaaminen.", **WHO)
    with opened_store.reading() as session:
        lines = counted.level(FI, level_view(session, FIRM_A), "Johtaja")
    assert lines[0] == "Taso M, asetettu käsin."
    assert any("ohjelman oma oletussuunnitelma" in line for line in lines)
    assert lines[-1].startswith("Tasolla M johtaa: Johtaja.")


@pytest.mark.parametrize(
    ("tally", "told"),
    [
        (Tally.of([260, 90]), "350"),
        (Tally.of([260, 90, None]), "vähintään 350"),
        (Tally.of([None]), "ei tiedossa"),
    ],
)
def test_a_sum_that_misses_a_firm_is_a_lower_bound(tally: Tally, told: str) -> None:
    assert people(FI, tally) == told
