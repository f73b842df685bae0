"""People at work on the command line."""

from __future__ import annotations

import subprocess
import sys

from tests.cli.conftest import Program


def test_the_list_of_another_person_has_what_they_stand_in_for(opened: Program) -> None:
    """The one who plans a holiday looks whether the other's list is already full."""
    elli = opened("task", "list", "--person", "esimerkki-elli", "--json").json
    opened("roster", "away", "Esimerkki Elli", "1.3.2027", "--deputy", "Kuvitteellinen Kaisa")

    kaisa = opened("task", "list", "--person", "Kuvitteellinen Kaisa", "--json").json
    mine = opened("task", "list", "--mine", "--as", "Kuvitteellinen Kaisa", "--json").json

    theirs = {(task["incident"], task["id"]) for task in kaisa if task["stands_in_for"] == "Esimerkki Elli"}
    assert elli
    assert theirs == {(task["incident"], task["id"]) for task in elli}
    assert mine == kaisa


def test_mine_and_anothers_are_not_asked_at_once(opened: Program) -> None:
    told = opened("task", "list", "--mine", "--person", "Malli Mauri", "--as", "Malli Mauri")

    assert (told.code, "--person" in told.err) == (2, True)


def test_the_list_of_work_loads_no_classes_of_tables(opened: Program) -> None:
    """It is asked for many times a day, and loading them takes longer than all the rest of it."""
    script = (
        "import sys\n"
        "from muutosturva.__main__ import main\n"
        f"sys.argv = ['muutosturva', '--store', {str(opened.store)!r}, 'task', 'list']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.exit(sorted({'sqlmodel', 'pydantic', 'alembic'} & set(sys.modules)) or 0)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, "log-news" in done.stdout) == (0, True), done.stderr
