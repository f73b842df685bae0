"""What a change does is told in one way, wherever it is read: the law first, then what the group decides."""

from __future__ import annotations

import datetime as dt

from muutosturva.errors import Problem
from muutosturva.i18n import Texts
from muutosturva.incidents.pure.views import Changes, Mentioned, Moved
from muutosturva.incidents.told import difference
from muutosturva.incidents.told.difference import Told
from muutosturva.rules.book import shipped_book
from muutosturva.rules.thresholds import Compared, crossings

FI = Texts("fi")
DAY = dt.date(2027, 3, 5)


def task(key: str, *, law: tuple[str, ...] = ()) -> Mentioned:
    return Mentioned(key, {"fi": f"Tehtävä {key}"}, DAY, bool(law), law)


def test_the_law_comes_before_what_waits_for_the_group() -> None:
    changes = Changes(
        added=("duty", "other"),
        offered=("offer",),
        tasks={"duty": task("duty", law=("1333/2021 2 §",)), "other": task("other"), "offer": task("offer")},
        crossings=crossings(Compared(dismissals=9), Compared(dismissals=10), DAY, shipped_book())[:1],
        level=("S", "M"),
    )
    assert difference.difference(FI, changes) == [
        Told(
            "Lain raja täyttyy: Luettelo viranomaiselle, kun irtisanotaan vähintään 10. Luku on 10. "
            "Säädös: työsopimuslaki 55/2001 9 luku 3 a §"
        ),
        Told("Taso on M, aiemmin S."),
        Told("Laki vaatii, tulee suunnitelmaan heti (1):"),
        Told("5.3.2027  Tehtävä duty (yhteistoimintalaki 1333/2021 2 §)", item=True),
        Told("Tulee suunnitelmaan (1):"),
        Told("5.3.2027  Tehtävä other", item=True),
        Told("Ehdolla, odottaa ryhmän päätöstä (1):"),
        Told("5.3.2027  Tehtävä offer", item=True),
    ]


def test_who_types_commands_sees_keys_and_how_many_more_there_are() -> None:
    keys = ("a", "b", "c")
    changes = Changes(withdrawn=keys, tasks={key: task(key) for key in keys})
    assert [one.text for one in difference.difference(FI, changes, shown=2, keys=True)] == [
        "Poistuu suunnitelmasta, ei enää ajankohtainen (3):",
        "5.3.2027  Tehtävä a  a",
        "5.3.2027  Tehtävä b  b",
        "ja 1 muuta",
    ]


def test_days_are_counted_or_listed() -> None:
    """A colon with nothing after it reads as a list that got lost."""
    moved = (
        Moved("a", {"fi": "Esitys"}, DAY, dt.date(2027, 3, 8), "moved"),
        Moved("b", {"fi": "Sovittu"}, DAY, DAY, "asks"),
    )
    changes = Changes(moved=moved)
    assert [one.text for one in difference.days_counted(FI, changes)] == [
        "Määräpäivä siirtyy (1)",
        "Käsin päivätty, tarkista itse (1)",
    ]
    assert difference.days_listed(FI, changes)[0] == Told("Määräpäivä siirtyy (1):")
    assert difference.days_listed(FI, changes)[1] == Told("5.3.2027 → 8.3.2027  Esitys", item=True)


def test_a_warning_is_told_as_one() -> None:
    [told] = difference.warnings(FI, [Problem("incidents.nobody_affected")])
    assert told.text.startswith("Huomaa: Tilanne ei koske enää ketään")
