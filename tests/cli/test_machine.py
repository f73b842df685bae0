"""What the machine does to a command: full disks, folders one may not write, a server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.support.incidents import FIRM_A


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount a small file system at ``folder``, or skip where this user may not."""
    done = subprocess.run(["mount", *options, str(folder)], check=False, capture_output=True, timeout=20)
    if done.returncode != 0:
        pytest.skip("this user may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=20)


@pytest.mark.e2e
def test_a_full_disk_takes_no_half_written_file(opened: Program, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with mounted(out, "-t", "tmpfs", "-o", "size=16k", "tmpfs"):
        told = opened("briefing", "export", FIRM_A, "--format", "docx,pdf", "--out", str(out))

        assert told.code == 6
        assert list(out.iterdir()) == []
    kinds = [entry["kind"] for entry in opened("incident", "log", FIRM_A, "--json").json]
    assert set(kinds) == {"incidents.opened", "incidents.threshold_crossed"}


@pytest.mark.e2e
def test_a_read_only_folder_is_told(opened: Program, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with mounted(out, "--bind", "-o", "ro", str(out)):
        told = opened("calendar", "export", FIRM_A, "--out", str(out / "a.ics"))

    assert told.code == 6
    assert str(out / "a.ics") in told.err


@pytest.mark.e2e
@pytest.mark.parametrize("size", ["64k", "300k", "700k"])
def test_a_disk_too_small_for_a_store_keeps_nothing_of_it(
    program: Program, tmp_path: Path, size: str
) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    with mounted(place, "-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
        told = program("init", "--store", str(place / "x.db"))

        assert told.code == 6
        assert [path.name for path in place.iterdir() if path.stat().st_size and path.suffix != ".db"] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize("command", [("--version",), ("incident", "shov")])
def test_an_output_that_cannot_be_written_is_told_on_stderr(
    command: tuple[str, ...], options: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "muutosturva", *command, *options],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    assert done.returncode == (6 if command == ("--version",) else 2)
    assert done.stderr.startswith("Virhe: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")
@pytest.mark.parametrize("options", ["", "--json"])
def test_a_reader_that_left_is_no_failure(opened: Program, options: str) -> None:
    """``muutosturva … | head -1`` has done what was asked."""
    command = f"{sys.executable} -m muutosturva --store {opened.store} incident tasks {FIRM_A} {options}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -c 1"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.postgres
def test_a_store_on_a_server_is_used_like_a_file(program: Program, server_place: str) -> None:
    place = ("--store", server_place)

    assert program("init", *place, "--kind", "example").code == 0
    opened = program(
        "incident", "open", "small-layoff", "--employer", "Malli Metalli Oy", "--municipality", "Hollola",
        "--input", "headcount=25", "--anchor", "proposal=1.3.2027", "--json", *place,
    )  # fmt: skip
    assert opened.code == 0
    assert program("incident", "show", opened.json["id"], *place).code == 0
    assert program("store", "check", *place).code == 0
    assert program("store", "backup", "x.db", *place).code == 5


def test_no_message_shows_the_password_of_a_server(program: Program) -> None:
    place = "postgresql://elli:salasana@localhost:1/x"
    for command in (("init", "--now", "2027-03-01"), ("init",), ("incident", "list"), ("store", "migrate")):
        told = program(*command, "--store", place)

        assert told.code in {5, 6}
        assert "salasana" not in told.out + told.err


@pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_stream_that_is_closed_is_no_fault(opened: Program, closed: str) -> None:
    """A scheduled run may have no stdin, stdout or stderr at all."""
    command = f"{sys.executable} -m muutosturva --store {opened.store} task add {FIRM_A} --paste {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_screens_without_a_terminal_are_refused(opened: Program, options: tuple[str, ...]) -> None:
    """A scheduled run that forgot its command would wait for a key for ever."""
    done = subprocess.run(
        [sys.executable, "-m", "muutosturva", "--store", str(opened.store), *options],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "\x1b" not in done.stdout + done.stderr
    assert "--plain" in done.stdout + done.stderr
