"""No draft tells of whom it was made: names go, in whatever case they stand."""

from __future__ import annotations

import pytest

from muutosturva.incidents.pure.anonymous import GAP, Names, TakenOut, without_names

NAMES = Names(
    people=frozenset({"Maija Virtanen", "Matti Lehto", "Aino-Liisa Aho"}),
    firms=frozenset({"Keksitty Kori Oy", "Malliapu Oy"}),
    sites=frozenset({"Kolmosen kuitutehdas"}),
)


@pytest.mark.parametrize(
    ("text", "cleaned", "removed"),
    [
        ("Varaa sali", "Varaa sali", ()),
        ("Soita Maija Virtaselle", f"Soita {GAP}", (TakenOut.PERSON,)),
        ("soita maija virtaselle heti", f"soita {GAP} heti", (TakenOut.PERSON,)),
        ("Matin ja Ahon palaveri", f"{GAP} ja {GAP} palaveri", (TakenOut.PERSON,)),
        ("Kysy Lehdolta luvat", f"Kysy {GAP} luvat", (TakenOut.PERSON,)),
        ("Käy Keksityn Korin tehtaalla", f"Käy {GAP} tehtaalla", (TakenOut.FIRM,)),
        ("keksitty kori oy:n luottamusmies", f"{GAP} oy:n luottamusmies", (TakenOut.FIRM,)),
        ("Tilaa väkeä Malliavulta", f"Tilaa väkeä {GAP}", (TakenOut.FIRM,)),
        ("Käy Kolmosen kuitutehtaalla", f"Käy {GAP} kuitutehtaalla", (TakenOut.SITE,)),
        ("Kirjoita elli@esimerkki.example", f"Kirjoita {GAP}", (TakenOut.EMAIL_ADDRESS,)),
        ("Soita 040 123 4567", f"Soita {GAP}", (TakenOut.PHONE_NUMBER,)),
        ("Tunnus 010190-900A", f"Tunnus {GAP}", (TakenOut.IDENTITY_CODE,)),
    ],
)
def test_what_points_at_somebody_is_taken_out(text: str, cleaned: str, removed: tuple[TakenOut, ...]) -> None:
    """Finnish bends names: a check that knows the base form alone would let most of them through."""
    found, kinds = without_names(text, NAMES)
    assert kinds == removed
    assert found == cleaned


def test_common_words_that_begin_like_a_short_name_stay_at_the_beginning_of_a_sentence() -> None:
    """Every sentence begins with a capital letter; it does not make a name of a word."""
    assert without_names("Ahoteitä pitkin. Lehtiin ilmoitus", NAMES) == (
        "Ahoteitä pitkin. Lehtiin ilmoitus",
        (),
    )
