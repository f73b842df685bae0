"""An invented regional situation: three firms, 400 people, on the pattern of a bad autumn."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from muutosturva.documents.picture import (
    Effect,
    Fact,
    Firm,
    HomeRow,
    LateTask,
    OpenQuestion,
    PeopleRow,
    PhaseProgress,
    RoleGap,
    SituationPicture,
    Step,
    Unknown,
)
from muutosturva.models.states import Secrecy, StoreKind, TaskState
from muutosturva.playbooks.facts import AnchorValue, Certainty
from muutosturva.playbooks.plan import PlannedDate
from muutosturva.rules.results import Confidence, LawRow, StatutoryDate

MADE: Final = dt.datetime(2027, 3, 2, 12, 10, tzinfo=dt.UTC)

BUS: Final = "Esimerkkikorit Oy"
FURNITURE: Final = "Mallikaluste Oy"
METAL: Final = "Näytemetalli Ky"


def text(fi: str, sv: str, en: str) -> dict[str, str]:
    """Return a text in the three languages."""
    return {"fi": fi, "sv": sv, "en": en}


def planned(
    day: dt.date | None, certainty: Certainty = Certainty.CONFIRMED, at: dt.time | None = None
) -> PlannedDate:
    """Return a computed date."""
    return PlannedDate("", day, day, day, at, certainty)


def firm(
    number: int,
    name: str,
    municipality: str,
    people: int | None,
    *,
    level: str,
    secrecy: Secrecy = Secrecy.PUBLIC,
) -> Firm:
    """Return a firm with the playbook of its level."""
    return Firm(
        incident=f"LAHTI-2027-0{number}",
        employer=name,
        municipality=municipality,
        level=level,
        state="active",
        secrecy=secrecy,
        headcount=people,
        playbook="large-layoff" if level in {"L", "XL"} else "small-layoff",
        version="2026.1",
        sha256=f"{number}f0c9a7e" * 8,
        law_revision=12,
    )


REGISTER: Final = LawRow(
    key="mt55.register_within",
    value="60",
    unit="days",
    condition="",
    valid_from=dt.date(2023, 1, 1),
    valid_to=None,
    statute="1290/2002 9 luku 1 §",
    source="1290/2002",
    confidence=Confidence.UNSURE,
    note="Siirtyykö määräaika arkipäivään, on tarkistettava.",
)
LIST: Final = LawRow(
    key="list.without_delay",
    value="0",
    unit="days",
    condition="",
    valid_from=dt.date(2022, 1, 1),
    valid_to=None,
    statute="1333/2021 27 §",
    source="1333/2021",
    confidence=Confidence.SURE,
)


def steps() -> tuple[Step, ...]:
    """Return the next steps in order of time."""
    return (
        Step(
            BUS,
            text("Ryhmän ensimmäinen kokous", "Gruppens första möte", "First meeting of the group"),
            planned(dt.date(2027, 3, 3), at=dt.time(9)),
        ),
        Step(
            BUS,
            text(
                "Kerro naapurialueille ja niille kotikunnille, joissa asuu yli viisi prosenttia",
                "Informera grannområdena och de hemkommuner där över fem procent bor",
                "Tell the neighbouring areas and the home municipalities of more than five per cent",
            ),
            planned(dt.date(2027, 3, 3)),
        ),
        Step(
            METAL,
            text("Tapaaminen työnantajan kanssa", "Möte med arbetsgivaren", "Meeting with the employer"),
            planned(dt.date(2027, 3, 8), Certainty.ESTIMATED),
        ),
        Step(
            FURNITURE,
            text("Ohjeet palkkaturvasta", "Anvisningar om lönegaranti", "Guidance on pay security"),
            PlannedDate(
                "", dt.date(2027, 3, 10), dt.date(2027, 3, 10), dt.date(2027, 3, 20), None, Certainty.RANGE
            ),
        ),
    )


def deadlines() -> tuple[Step, ...]:
    """Return open steps with a date of the law, one of them in doubt."""
    register = StatutoryDate(dt.date(2027, 5, 29), dt.date(2027, 5, 28), None, (REGISTER,), 12)
    listed = StatutoryDate(dt.date(2027, 4, 5), dt.date(2027, 4, 1), dt.date(2027, 4, 6), (LIST,), 12)
    return (
        Step(
            BUS,
            text(
                "Työnantajan ilmoitus irtisanotuista",
                "Arbetsgivarens anmälan om de uppsagda",
                "Employer's list",
            ),
            planned(dt.date(2027, 4, 1), Certainty.ESTIMATED),
            listed,
            ("1333/2021 27 §",),
        ),
        Step(
            BUS,
            text(
                "Muistutus 55 vuotta täyttäneille: ilmoittaudu työnhakijaksi",
                "Påminnelse till dem som fyllt 55 år: anmäl dig som arbetssökande",
                "Reminder to people aged 55 or over: register as a jobseeker",
            ),
            planned(dt.date(2027, 5, 28), Certainty.ESTIMATED),
            register,
            (),
            unsure=True,
        ),
    )


def milestones() -> tuple[Step, ...]:
    """Return the anchors of the firms in order of time."""
    return (
        Step(
            BUS,
            text("Neuvotteluesitys", "Förhandlingsframställning", "Negotiation proposal"),
            AnchorValue.confirmed(dt.date(2027, 3, 1), "yritys"),
        ),
        Step(
            FURNITURE, text("Konkurssi", "Konkurs", "Bankruptcy"), AnchorValue.confirmed(dt.date(2027, 3, 1))
        ),
        Step(
            METAL,
            text("Neuvotteluesitys", "Förhandlingsframställning", "Negotiation proposal"),
            AnchorValue.between(dt.date(2027, 3, 3), dt.date(2027, 3, 5)),
        ),
        Step(BUS, text("Päätös", "Beslut", "Decision"), AnchorValue.estimated(dt.date(2027, 3, 30))),
        Step(METAL, text("Päätös", "Beslut", "Decision"), AnchorValue.unknown()),
    )


def progress() -> tuple[PhaseProgress, ...]:
    """Return the work by phase."""
    done, ready, waiting, question = TaskState.DONE, TaskState.READY, TaskState.WAITING, TaskState.QUESTION
    return (
        PhaseProgress(text("Hälytys", "Larm", "Alarm"), {done: 9, TaskState.STARTED: 2, ready: 4}, 1),
        PhaseProgress(
            text("Neuvottelut", "Förhandlingar", "Negotiations"), {ready: 3, waiting: 14, question: 1}, 0
        ),
        PhaseProgress(
            text("Ilmoitukset ja palvelut", "Meddelanden och service", "Notices and services"),
            {waiting: 31},
            0,
        ),
    )


def firms() -> tuple[Firm, ...]:
    """Return the three firms; the number of the third is not known, nor is its change public."""
    return (
        firm(1, BUS, "Lahti", 260, level="XL"),
        firm(2, FURNITURE, "Heinola", 90, level="L"),
        firm(3, METAL, "Hollola", None, level="M", secrecy=Secrecy.GROUP),
    )


def facts() -> tuple[Fact, ...]:
    """Return what is known of the firms, with who said it."""
    return (
        Fact(BUS, "employer_size", 820, "neuvotteluesitys 1.3.2027"),
        Fact(BUS, "bankruptcy", value=False, source="neuvotteluesitys 1.3.2027"),
        Fact(FURNITURE, "employer_size", 90, "pesänhoitaja"),
        Fact(FURNITURE, "bankruptcy", value=True, source="konkurssi- ja yrityssaneerausrekisteri"),
        Fact(METAL, "employer_size", 45, recorded=MADE),
        Fact(METAL, "bankruptcy", None),
    )


def people() -> tuple[PeopleRow, ...]:
    """Return the people by site; most of the 55+ and all of the third firm are not known."""
    return (
        PeopleRow(BUS, "Lahden tehdas", 240, 0, 0, 240, None),
        PeopleRow(BUS, "Vuokratyö", 20, 0, 0, 20, None),
        PeopleRow(FURNITURE, "Heinolan tehdas", 90, 0, 0, 90, 24),
        PeopleRow(METAL, "Hollolan konepaja", None, None, None, None, None),
    )


def homes() -> tuple[HomeRow, ...]:
    """Return the estimate: one doubtful, one under half a person, and everywhere else."""
    area = "Päijät-Hämeen työllisyysalue"
    return (
        HomeRow("Lahti", "Lahden työllisyysalue", 198.4, 180, 215),
        HomeRow("Heinola", area, 71.2, 62, 80),
        HomeRow("Hollola", area, 36.0, 30, 43),
        HomeRow("Orimattila", area, 17.3, 12, 23, unsure=True),
        HomeRow("Padasjoki", area, 0.3),
        HomeRow("", "", 26.8),
    )


def needs(picture: SituationPicture) -> SituationPicture:
    """Add what is open: a question, two roles, a late task, a decision, a risk, two unknowns."""
    dismissals = text(
        "Kuinka monta irtisanomista työnantaja suunnittelee?",
        "Hur många uppsägningar planerar arbetsgivaren?",
        "How many dismissals does the employer plan?",
    )
    contact = text("Ensimmäinen yhteys työnantajaan", "Första kontakten med arbetsgivaren", "First contact")
    expert = text("Muutosturva-asiantuntija", "Expert på omställningsskydd", "Change-security expert")
    welders = text(
        "Sama hitsaajien ryhmä hakee samoja paikkoja.",
        "Samma grupp av svetsare söker samma platser.",
        "The same group of welders seeks the same jobs.",
    )
    return replace(
        picture,
        questions=(OpenQuestion(METAL, dismissals, 5),),
        gaps=(
            RoleGap(BUS, text("Viestintä", "Kommunikation", "Communication"), 1, 0, deputy_missing=True),
            RoleGap(BUS, text("Kirjaaja", "Sekreterare", "Secretary"), 1, 1, deputy_missing=True),
        ),
        late=(LateTask(BUS, contact, dt.date(2027, 3, 1), "", expert),),
        decisions=({"fi": "Palkataanko kaksi uraohjaajaa huhtikuun alusta? Ratkaisu 8.3. mennessä."},),
        risks=(welders,),
        unknowns=(Unknown(METAL, "headcount"), Unknown(METAL, text("Päätös", "Beslut", "Decision"))),
    )


def regional(kind: StoreKind = StoreKind.DRILL) -> SituationPicture:
    """Return the picture of the three firms; several of its numbers are not known."""
    suppliers = text(
        "Kolme alihankkijaa Lahdessa ja Hollolassa, arviolta 40 työpaikkaa.",
        "Tre underleverantörer i Lahtis och Hollola, uppskattningsvis 40 arbetsplatser.",
        "Three suppliers in Lahti and Hollola, an estimated 40 jobs.",
    )
    picture = SituationPicture(
        incident="LAHTI-2027-04",
        name="Lahden seudun kolme yritystä",
        kind=kind,
        version=3,
        made_at=MADE,
        made_by="Maija Malli",
        area="Lahden työllisyysalue",
        firms=firms(),
        facts=facts(),
        people=people(),
        homes=homes(),
        milestones=milestones(),
        coming=steps(),
        more_coming=61,
        statutory=deadlines(),
        effects={Effect.SUPPLIERS: suppliers},
        progress=progress(),
        law_in_doubt=(REGISTER,),
        next_update=planned(dt.date(2027, 3, 9), at=dt.time(9)),
    )
    return needs(picture)


def one_firm(kind: StoreKind = StoreKind.REAL) -> SituationPicture:
    """Return the first picture of one firm, of which next to nothing is known."""
    return SituationPicture(
        incident="LAHTI-2027-03",
        name=METAL,
        kind=kind,
        version=1,
        made_at=MADE,
        made_by="Maija Malli",
        area="Lahden työllisyysalue",
        firms=(firm(3, METAL, "", None, level=""),),
    )
