"""What is handed over is the wheel: built, installed outside the checkout, and used there."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import vobject

from tests.architecture.source import tracked
from tests.e2e.libical import complaints
from tests.e2e.tools import ROOT, pip_install, run, virtual_environment

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with what the developers' lock installed: no network."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


@dataclass(frozen=True, slots=True)
class Installed:
    """The program as an office has it: its own environment, an empty home, no checkout near.

    Attributes:
        program: the command ``muutosturva``.
        folder: an empty folder it is used in.
    """

    program: Path
    folder: Path

    def run(self, *arguments: str, timeout: float = 120) -> str:
        """Run a command and return what it printed."""
        home = {name: str(self.folder / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        command: list[str | Path] = [self.program, *arguments]
        return run(command, cwd=self.folder, timeout=timeout, PYTHONPATH="", PYTHONSAFEPATH="1", **home)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("office")
    programs = virtual_environment(folder / "venv", ROOT / "requirements.lock")
    pip_install(programs, "--no-deps", "--no-index", wheel)
    (folder / "desk" / "home").mkdir(parents=True)
    return Installed(programs / "muutosturva", folder / "desk")


def shipped() -> set[str]:
    """Return the path in the wheel of every file that must be in it."""
    names = set()
    for path in tracked():
        relative = path.relative_to(ROOT)
        if relative.parts[0] == "muutosturva":
            names.add(relative.as_posix())
        elif relative.parts[0] == "playbooks":
            names.add((Path("muutosturva/playbooks/library") / Path(*relative.parts[1:])).as_posix())
    return names


def test_the_wheel_holds_everything_the_program_reads(wheel: Path) -> None:
    """Playbooks, data, texts, templates and styles: a file left out is found by a user, offline."""
    held = set(zipfile.ZipFile(wheel).namelist())
    expected = shipped()

    assert {path.rpartition(".")[2] for path in expected} >= {"py", "yaml", "csv", "toml", "j2"}
    assert sorted(expected - held) == []


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No store, cache or note of the machine it was built on."""
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert sorted(held - shipped()) == []


def test_the_wheel_carries_its_licence_and_notice(wheel: Path) -> None:
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" in name}

    assert {"LICENSE", "NOTICE"} <= names


def test_the_installed_program_tells_its_version(installed: Installed) -> None:
    assert VERSION in installed.run("--version")


def test_the_installed_program_lists_the_shipped_playbooks(installed: Installed) -> None:
    printed = installed.run("playbook", "list")

    for playbook in ("large-layoff", "small-layoff", "bankruptcy"):
        assert playbook in printed


@pytest.fixture(scope="module")
def demo(installed: Installed) -> Path:
    """Play the main job once; return the folder it leaves."""
    installed.run("demo", "--out", "demo", timeout=300)
    return installed.folder / "demo"


def test_the_installed_program_plays_the_main_job_outside_the_checkout(demo: Path) -> None:
    """The demo leaves what an office hands over: documents, a calendar and the store."""
    made = {path.suffix for path in demo.rglob("*") if path.is_file()}

    assert {".db", ".docx", ".pdf", ".html", ".md", ".ics"} <= made


def test_the_store_the_demo_leaves_is_sound(installed: Installed, demo: Path) -> None:
    installed.run("--store", str(demo / "demo.db"), "store", "check")


def test_the_calendar_the_demo_leaves_passes_two_readers(demo: Path) -> None:
    [path] = demo.rglob("*.ics")
    raw = path.read_bytes()

    assert complaints(raw) == []
    events = vobject.readOne(raw.decode()).vevent_list
    assert {event.summary.value.partition(":")[0] for event in events} == {"ESIMERKKI"}
    assert len({event.uid.value for event in events}) == len(events) > 50
