"""What people get wrong: the message says what to do, and nothing is half-written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A

GOOD = (
    "incident",
    "open",
    "large-layoff",
    "--employer",
    "Esimerkkikori Oy",
    "--municipality",
    "Lahti",
    "--input",
    "headcount=260",
    "--anchor",
    "proposal=1.3.2027",
)


DUE = ("task", "due", FIRM_A, "log-news", "--reason", "x")
NOTE = ("incident", "note", FIRM_A, "x")
MINUTES = ("incident", "minutes", FIRM_A, "--meeting", "x", "--at", "8.00", "--present", "x")
LAW = ("--statute", "669/2022", "--source", "finlex.example", "--reason", "x")


def opening(**changes: str) -> tuple[str, ...]:
    """Return the command that opens the case with some of its words changed; "" takes one out."""
    words = [changes.get(word.partition("=")[0].replace("-", "_"), word) for word in GOOD]
    kept: list[str] = []
    for word in words:
        if word:
            kept.append(word)
        else:
            kept.pop()
    return tuple(kept)


def content(place: Path) -> str:
    """Return the hash of everything the store holds."""
    import sqlite3

    with sqlite3.connect(place) as connection:
        text = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(text.encode()).hexdigest()


Case = tuple[str, tuple[str, ...], int, str]
"""What is wrong, the command, its exit code, and a word the message must hold."""

CASES: list[Case] = [
    ("unknown playbook", opening(large_layoff="large-layof"), 3, "large-layoff"),
    ("missing anchor", opening(proposal=""), 1, "proposal"),
    ("misspelt anchor", opening(proposal="propsal=1.3.2027"), 1, "proposal"),
    ("impossible date", opening(proposal="proposal=31.2.2027"), 2, "31.2.2027"),
    ("no date at all", opening(proposal="proposal=soon"), 2, "1.3.2027"),
    ("a range that ends before it begins", opening(proposal="proposal=2.3.2027..1.3.2027"), 2, "2.3.2027"),
    ("negative headcount", opening(headcount="headcount=-5"), 1, "headcount"),
    ("no headcount", opening(headcount=""), 1, "headcount"),
    ("a headcount in words", opening(headcount="headcount=paljon"), 1, "paljon"),
    ("misspelt input", opening(headcount="headcout=260"), 1, "headcount"),
    ("an input without its sign", opening(headcount="headcount"), 2, "headcount"),
    ("unknown municipality", opening(Lahti="Lahtti"), 3, "Lahti"),
    ("an employer without a name", opening(**{"Esimerkkikori Oy": " "}), 1, "nimi"),
    ("unknown secrecy", (*GOOD, "--secrecy", "top"), 2, "restricted"),
    ("unknown person", (*GOOD, "--role", "lead=Ei Kukaan"), 3, "Ei Kukaan"),
    ("unknown role", (*GOOD, "--role", "leed=Esimerkki Elli"), 3, "lead"),
    ("an id of another form", (*GOOD, "--id", "kolme"), 2, "LAHTI-2027-03"),
    ("an id that is taken", (*GOOD, "--id", FIRM_A), 5, FIRM_A),
    ("a wave of an unknown measure", (*GOOD, "--wave", "w1,measure=sacking"), 2, "dismissal"),
    ("a wave with a misspelt field", (*GOOD, "--wave", "w1,cout=5"), 2, "count"),
    ("a wave without an id", (*GOOD, "--wave", "count=5"), 2, "w1"),
    ("a wave of a number in words", (*GOOD, "--wave", "w1,count=some"), 1, "some"),
    ("a date of an unknown wave", (*GOOD, "--wave", "w1", "--anchor", "notice[w2]=1.5.2027"), 1, "w1"),
    ("a wave given twice", (*GOOD, "--wave", "w1", "--wave", "w1"), 2, "w1"),
    ("an anchor given twice", (*GOOD, "--anchor", "proposal=2.3.2027"), 2, "proposal"),
    ("an input given twice", (*GOOD, "--input", "headcount=1"), 2, "headcount"),
    ("unknown audience", ("briefing", "export", FIRM_A, "--for", "everybody"), 2, "group"),
    ("unknown document", ("document", "export", FIRM_A, "--document", "poem"), 2, "situation"),
    ("unknown format", ("briefing", "export", FIRM_A, "--format", "docx,papyrus"), 2, "papyrus"),
    ("unknown language", ("briefing", "export", FIRM_A, "--languages", "fi,la"), 2, "la"),
    ("unknown role of a calendar", ("calendar", "export", FIRM_A, "--role", "x", "--out", "x.ics"), 3, "x"),
    ("a note of tomorrow", ("incident", "note", FIRM_A, "x", "--at", "2.3.2027 8.00"), 2, "2.3.2027"),
    ("an empty note", ("incident", "note", FIRM_A, " "), 1, "tyhjä"),
    ("a skip without a reason", ("task", "skip", FIRM_A, "log-news"), 2, "--reason"),
    ("a skip with an empty reason", ("task", "skip", FIRM_A, "log-news", "--reason", " "), 1, "Syy"),
    ("an answer of another type", ("incident", "answer", FIRM_A, "site_services", "ehkä"), 2, "kyllä"),
    ("an unknown question", ("incident", "answer", FIRM_A, "colour", "red"), 3, "site_services"),
    ("an unknown anchor", ("incident", "anchor", FIRM_A, "x=1.3.2027", "--reason", "x"), 3, "decision"),
    ("a state out of reach", ("incident", "state", FIRM_A, "reviewed", "--reason", "x"), 5, "suljettu"),
    ("a state there is not", ("incident", "state", FIRM_A, "asleep", "--reason", "x"), 2, "dormant"),
    ("a situation of nothing known", ("incident", "group", "LAHTI-2027-09", "LAHTI-2027-99"), 3, FIRM_A),
    ("a person who is there already", ("roster", "add", "esimerkki elli"), 1, "elli"),
    ("tasks of nobody", ("task", "list", "--mine"), 2, "--as"),
    ("a new row of law without its unit", ("law", "set", "own.row", "5", *LAW), 2, "--unit"),
    ("a due day of another century", (*DUE, "1.1.9999"), 2, "2099"),
    ("a first due day of long ago", (*DUE, "1.1.1900"), 2, "1991"),
    ("an absence without end", ("roster", "away", "Esimerkki Elli", "1.3.2027", "1.3.9999"), 2, "2099"),
    ("a clock of the year 1", (*NOTE, "--now", "0001-01-01T00:00"), 2, "1991"),
    ("a clock time there is not", (*NOTE, "--at", "28.3.2027 klo 3.30"), 2, "kesäaika"),
    ("a release at no clock time", (*GOOD, "--anchor", "release=28.3.2027 3.30"), 2, "kesäaika"),
    ("a calendar without a name", ("calendar", "export", FIRM_A, "--out", ""), 2, "--out"),
    ("a calendar that is a folder", ("calendar", "export", FIRM_A, "--out", "."), 6, "."),
    ("tables without a place", ("incident", "export", FIRM_A, "--out", " "), 2, "--out"),
    ("a document without a place", ("document", "export", FIRM_A, "--out", ""), 2, "--out"),
    ("a document of no format", ("document", "export", FIRM_A, "--format", ""), 2, "--format"),
    ("a document of no language", ("document", "export", FIRM_A, "--languages", " , "), 2, "--languages"),
    ("law from a device", ("law", "update", "/dev/zero"), 1, "/dev/zero"),
    ("law from nowhere", ("law", "update", "none.csv"), 3, "none.csv"),
    ("minutes from a device", (*MINUTES, "--file", "/dev/zero"), 1, "/dev/zero"),
    ("workplaces from a device", opening(headcount="sites=@/dev/zero"), 1, "/dev/zero"),
    ("a file that is not there", ("incident", "attach", FIRM_A, "none.pdf"), 3, "none.pdf"),
    ("a row of law without its number", ("law", "set", "mt55.age", "old", *LAW), 1, "old"),
]  # fmt: skip


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, so that a stray file would be seen."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_told_and_changes_nothing(opened: Program, case: Case, elsewhere: Path) -> None:
    _, arguments, code, word = case
    assert opened.store is not None
    before, files = content(opened.store), sorted(elsewhere.iterdir())
    told = opened(*arguments)

    assert told.code == code, told.err
    assert told.out == ""
    assert word in told.err
    assert content(opened.store) == before
    assert sorted(elsewhere.iterdir()) == files


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_told_to_scripts_as_one_document(opened: Program, case: Case, elsewhere: Path) -> None:
    _, arguments, code, word = case
    told = opened(*arguments, "--json")

    assert told.code == code
    assert told.err == ""
    assert list(told.json) == ["error", "message", "problems"]
    assert all(list(item) == ["path", "line", "column", "code", "message"] for item in told.json["problems"])
    assert word in told.out


def test_everything_that_is_wrong_is_told_at_once(opened: Program) -> None:
    """Six mistakes are mended in one round, not in six."""
    told = opened(
        *opening(proposal="propsal=1.3.2027", headcount="headcount=-5"),
        "--input",
        "listed=ehkä",
        "--input",
        "colour=red",
        "--json",
    )

    assert told.code == 1
    assert {problem["code"] for problem in told.json["problems"]} >= {
        "playbooks.input_small",
        "playbooks.input_bool",
        "playbooks.input_unknown",
        "playbooks.anchor_unknown",
    }


def test_what_cannot_be_read_is_told_at_once_too(opened: Program) -> None:
    told = opened(
        *GOOD, "--anchor", "decision=31.2.2027", "--anchor", "release=x", "--wave", "w1,count=some", "--json"
    )

    assert told.code == 2
    codes = [problem["code"] for problem in told.json["problems"]]
    assert codes == ["cli.impossible_date", "cli.not_a_date", "cli.people_number"]


BROKEN = {
    "tabs": "schema: muutosturva/playbook/1\n\tid: x\n",
    "open quote": 'schema: "muutosturva/playbook/1\nid: x\n',
    "no playbook": "- one\n- two\n",
    "another key": "schema: muutosturva/playbook/1\nid: x\ntitel: {fi: X}\n",
    "not UTF-8": "schema: \udce4",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize(
    "command",
    [
        lambda path: ("playbook", "lint", path),
        lambda path: ("playbook", "plan", path),
        lambda path: ("playbook", "test", path),
        lambda path: ("incident", "open", path, "--employer", "Esimerkkikori Oy"),
    ],
    ids=["lint", "plan", "test", "open"],
)
def test_a_broken_playbook_is_told_with_file_and_line(
    filled: Program, tmp_path: Path, text: str, command: Callable[[str], tuple[str, ...]]
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    told = filled(*command(str(path)))

    assert told.code == 1
    assert f"{path}:" in told.out + told.err
    assert "Traceback" not in told.err


def test_a_problem_of_a_file_shows_the_line_and_a_caret(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text('schema: muutosturva/playbook/1\nid: own\nversion: "2026.1"\ntitel: {fi: X}\n', "utf-8")
    told = program("playbook", "lint", str(path))

    assert f"{path}:4:1: unknown_key " in told.out
    assert "    4 | titel: {fi: X}\n      | ^" in told.out


@pytest.mark.parametrize("out", ["file/in/the/way", "file"])
def test_a_folder_that_cannot_be_written_is_told(opened: Program, tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("here already", encoding="utf-8")
    told = opened("briefing", "export", FIRM_A, "--format", "md", "--out", str(tmp_path / out))

    assert told.code == 6
    assert str(tmp_path / out) in told.err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "here already"
    log = opened("incident", "log", FIRM_A, "--json").json
    assert {event["kind"] for event in log} == {"incidents.opened", "incidents.threshold_crossed"}


def test_a_name_that_leads_round_in_a_circle_is_no_file(opened: Program, tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to("round")
    told = opened("incident", "attach", FIRM_A, str(tmp_path / "round"))

    assert told.code == 5
    assert "round" in told.err


def test_a_file_whose_name_is_no_text_is_copied_and_not_left(opened: Program, tmp_path: Path) -> None:
    """A copy is known by its content; a file that is left is known by a name nobody could save."""
    source = tmp_path / "\udcff\udcfe.bin"
    source.write_bytes(b"proof")
    left = opened("incident", "attach", FIRM_A, str(source), "--leave")
    copied = opened("incident", "attach", FIRM_A, str(source), "--json")

    assert left.code == 5
    assert copied.code == 0, copied.err
    assert copied.json["title"] == "\ufffd\ufffd.bin"


def test_nothing_is_suggested_where_nothing_is_near(opened: Program) -> None:
    told = opened("task", "start", FIRM_A, "xyzzyxyzzy")

    assert told.code == 3
    assert "xyzzyxyzzy" in told.err
    assert "–" not in told.err
    assert "Lähimmät" not in told.err


def test_the_demo_never_overwrites_a_store(filled: Program, tmp_path: Path) -> None:
    assert filled.store is not None
    before = content(filled.store)
    told = filled("demo", "--out", str(tmp_path / "demo"))

    assert told.code == 5
    assert content(filled.store) == before


@pytest.mark.parametrize(
    "name", ["\x1b[2JPeitto Oy", "\x9b31mPeitto Oy", "Pii\x07ppi Oy", "Kaksi\nriviä Oy", "A\tB", "x" * 10_000]
)
def test_a_name_is_one_line_without_signs_that_command_a_screen(opened: Program, name: str) -> None:
    """It stands in lists, headings, subjects and names of files: one rule for every short text."""
    assert opened.store is not None
    before = content(opened.store)
    for command in (
        opening(**{"Esimerkkikori Oy": name}),
        (*opening(), "--wave", f"w1,label={name}"),
        (*opening(), "--source", name),
        ("task", "add", FIRM_A, "--title", name),
        ("task", "skip", FIRM_A, "log-news", "--reason", name),
        ("incident", "link", FIRM_A, name, "--kind", "supplier"),
        ("incident", "decide", FIRM_A, "Aloitetaan.", "--by", name, "--ground", "x"),
        ("incident", "attach", FIRM_A, "https://example.org", "--title", name),
        ("incident", "group", "LAHTI-2027-90", FIRM_A, "--title", name),
    ):
        told = opened(*command)

        assert told.code == 1, (command, told.err)
        assert ("yhdelle riville" in told.err) or ("liian pitkä" in told.err)
    assert content(opened.store) == before


def test_a_long_text_may_have_lines_of_its_own(opened: Program) -> None:
    assert opened("incident", "note", FIRM_A, "Ensin tämä.\nSitten tuo.").code == 0


@pytest.mark.parametrize("name", ["\u202eyO ottieP"])
def test_a_name_does_not_command_the_screen(filled: Program, name: str) -> None:
    """A name pasted from a page may carry what turns words around."""
    opened = filled(*opening(**{"Esimerkkikori Oy": name}), "--json")
    assert opened.code == 0
    assert opened.json["employer"] == name

    for command in (("list",), ("show", opened.json["id"]), ("log", opened.json["id"])):
        told = filled("incident", *command)

        assert told.code == 0
        assert not set("\x1b\x9b\u202e\x07") & set(told.out + told.err)
        assert "\ufffd" in told.out


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("incident", "undo", FIRM_A, "9" * 30), "9" * 30),
        (
            ("incident", "link", FIRM_A, "Malli Metalli Oy", "--kind", "supplier", "--people", "9" * 30),
            "9" * 30,
        ),
        (opening(headcount="headcount=" + "9" * 30), "headcount"),
        ((*opening(), "--wave", "w1,count=" + "9" * 5000), "9" * 30),
    ],
)
def test_a_number_no_store_can_hold_is_no_fault(
    opened: Program, command: tuple[str, ...], named: str
) -> None:
    told = opened(*command)

    assert told.code in {1, 2}
    assert named in told.err


@pytest.mark.parametrize(
    "command",
    [
        opening(**{"Esimerkkikori Oy": "Esimerkki \udcff Oy"}),
        opening(headcount="headcount=\udcff"),
        opening(proposal="\udcff=1.3.2027"),
        ("task", "add", FIRM_A, "\udcff"),
        ("task", "start", FIRM_A, "\udcff"),
        ("incident", "note", "\udcff", "x"),
        ("incident", "show", "\udcff"),
        ("incident", "list", "--as", "\udcff"),
        ("incident", "list", "--lang", "\udcff"),
        ("incident", "list", "--now", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_told_in_words(opened: Program, command: tuple[str, ...]) -> None:
    """Pasted from a terminal of another encoding: no row, screen or file could hold them."""
    assert opened.store is not None
    before = content(opened.store)
    told = opened(*command)

    assert told.code == 1, told.err
    assert "ei ole luettavaa tekstiä" in told.err
    assert content(opened.store) == before


@pytest.mark.parametrize(
    "words", [("--tit\udcff",), ("\udcff",), ("task", "\udcff"), ("task", "list", "\udcff", "\udcff")]
)
def test_bytes_that_are_no_command_are_told_in_words(opened: Program, words: tuple[str, ...]) -> None:
    told = opened(*words)

    assert told.code in {1, 2}, told.err


@pytest.mark.parametrize("command", [("playbook", "lint"), ("roster", "load"), ("law", "update")])
def test_a_file_that_is_not_there_is_told_whatever_its_name(
    opened: Program, command: tuple[str, ...]
) -> None:
    """A file may bear any bytes; only what is typed as text must be text."""
    told = opened(*command, "/nowhere/\udcff.yaml")

    assert told.code == 3, told.err
