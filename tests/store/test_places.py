"""Where a store may lie, and which files are none: told before anything is opened or written."""

from __future__ import annotations

import ctypes
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from muutosturva.errors import MachineError, MuutosturvaError, NotFoundError, RefusedError, UsageError
from muutosturva.store import location, schema
from muutosturva.store.check import check
from muutosturva.store.location import (
    FileTarget,
    ServerTarget,
    filesystem_of,
    is_unc,
    network_filesystem,
    parse_target,
    synchronised_folder,
)
from muutosturva.store.office import set_setting, settings
from muutosturva.store.store import Store
from tests.store.words import said
from tests.support.stores import ACTOR, AREA, NOW, make_store

MOUNTS = r"""21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 21 0:25 / /mnt/talo rw - nfs4 palvelin:/talo rw
31 21 0:26 / /mnt/talo/oma rw - ext4 /dev/vdb rw
32 21 0:27 / /mnt/yhteinen\040levy rw - cifs //palvelin/jako rw
33 21 0:28 / /media/vaihto rw - vfat /dev/sdb1 rw
34 33 0:29 / /media/vaihto rw master:2 - fuse.sshfs kone: rw
rikki
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/elli/store.db", "ext4"),
        ("/mnt/talo", "nfs4"),
        ("/mnt/talo/store.db", "nfs4"),
        ("/mnt/talous/store.db", "ext4"),
        ("/mnt/talo/oma/store.db", "ext4"),
        ("/mnt/yhteinen levy/a/store.db", "cifs"),
        ("/media/vaihto/store.db", "fuse.sshfs"),
    ],
)
def test_the_nearest_mount_says_on_what_file_system_a_path_lies(path: str, kind: str) -> None:
    assert filesystem_of(Path(path), MOUNTS) == kind


@pytest.mark.parametrize("place", ["~nosuchperson/x.db", "sqlite:///~nosuchperson/x.db"])
def test_the_home_of_nobody_is_a_folder_that_is_not_there(place: str) -> None:
    """A slip after the tilde is told as a missing folder; it is no fault of the program."""
    target = parse_target(place)
    assert isinstance(target, FileTarget)
    assert target.path == Path.cwd() / "~nosuchperson" / "x.db"
    with pytest.raises(MachineError) as told:
        Store.open(place)
    assert told.value.key == "store.no_folder"


def test_without_mounts_nothing_is_known() -> None:
    assert filesystem_of(Path("/a"), "") is None


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (r"\\palvelin\jako\store.db", True),
        (r"\\?\UNC\palvelin\jako\store.db", True),
        (r"\\?\C:\Tiedot\store.db", False),
        (r"C:\Tiedot\store.db", False),
        ("/home/elli/store.db", False),
    ],
)
def test_a_windows_share_is_told_by_its_form(path: str, *, share: bool) -> None:
    assert is_unc(path) is share


@pytest.mark.parametrize(("drive", "share"), [("Z:", "Z:"), ("C:", None)])
def test_a_mapped_drive_of_windows_is_told_by_its_type(
    monkeypatch: pytest.MonkeyPatch, drive: str, share: str | None
) -> None:
    types = {"Z:\\": 4, "C:\\": 3}
    kernel = SimpleNamespace(GetDriveTypeW=types.__getitem__)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert location._windows_share(PureWindowsPath(f"{drive}\\Tiedot\\store.db")) == share


@pytest.mark.parametrize(
    ("folder", "found"),
    [
        ("OneDrive", True),
        ("OneDrive - Lahden kaupunki", True),
        ("onedrive", True),
        ("Dropbox (Työ)", True),
        ("Google Drive", True),
        ("Oma Drive", True),
        ("Mobile Documents", True),
        ("CloudStorage", True),
        ("Nextcloud", True),
        ("Box", True),
        ("box-kortti", False),
        ("Laatikko", False),
        ("OneDriveton", False),
        ("Drive", False),
    ],
)
def test_a_synchronised_folder_is_told_by_its_whole_name(tmp_path: Path, folder: str, *, found: bool) -> None:
    path = tmp_path / folder / "muutosturva" / "store.db"
    path.parent.mkdir(parents=True)
    assert (synchronised_folder(path, {}) is not None) is found


def test_a_file_named_like_a_cloud_service_may_lie_anywhere(tmp_path: Path) -> None:
    assert synchronised_folder(tmp_path / "OneDrive", {}) is None


def test_a_home_named_like_a_cloud_service_is_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "box")
    assert synchronised_folder(tmp_path / "box" / "store.db", {}) is None
    assert synchronised_folder(tmp_path / "box" / "Box" / "store.db", {}) is not None


@pytest.mark.parametrize("variable", ["OneDrive", "ONEDRIVE", "OneDriveCommercial"])
def test_a_folder_redirected_to_onedrive_is_told_by_the_environment(tmp_path: Path, variable: str) -> None:
    """On Windows, Documents may be a OneDrive folder of any name."""
    path = tmp_path / "Tiedostot" / "store.db"
    assert synchronised_folder(path, {variable: str(tmp_path)}) == str(tmp_path)
    assert synchronised_folder(path, {variable: str(tmp_path / "muu")}) is None
    assert synchronised_folder(path, {variable: "", "HOME": str(tmp_path)}) is None


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "tiedot").symlink_to(tmp_path / "Dropbox")
    assert synchronised_folder(tmp_path / "tiedot" / "store.db", {}) == str(tmp_path / "Dropbox")


@pytest.mark.skipif(sys.platform != "linux", reason="reads the mounts of this machine")
def test_a_disk_of_this_machine_is_no_network_share(tmp_path: Path) -> None:
    assert network_filesystem(tmp_path / "store.db") is None


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("/a/b.db", FileTarget(Path("/a/b.db"))),
        (Path("/a/b.db"), FileTarget(Path("/a/b.db"))),
        ("sqlite:////a/b.db", FileTarget(Path("/a/b.db"))),
        ("postgresql://u@h/d", ServerTarget("postgresql+psycopg://u@h/d")),
        ("postgres://u@h/d", ServerTarget("postgresql+psycopg://u@h/d")),
        ("postgresql+psycopg://u@h/d", ServerTarget("postgresql+psycopg://u@h/d")),
    ],
)
def test_a_place_is_a_file_or_a_server(place: str | Path, target: object) -> None:
    assert parse_target(place) == target


@pytest.mark.parametrize("place", ["mysql://u@h/d", "http://h/d", "sqlite://"])
def test_an_address_of_another_kind_is_refused(place: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_target(place)
    assert caught.value.key == "store.unknown_url"
    assert said(caught.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("elli:salaisuus@h/d", "elli:***@h/d"),
        ("elli:sala/isuus@h/d", "elli:***@h/d"),
        ("elli:sala@isuus@h:5432/d", "elli:***@h:5432/d"),
        ("h/d?user=elli&password=salaisuus", "h/d"),
        ("h/d?password=sala@isuus", "***"),
        ("elli:sala?isuus@h/d", "***"),
        ("elli@h/d", "elli@h/d"),
        ("h/d", "h/d"),
    ],
)
def test_a_password_is_never_shown(address: str, shown: str) -> None:
    """An error goes to a screen that others see and into mails to whoever keeps the server."""
    assert ServerTarget(f"postgresql+psycopg://{address}").shown == f"postgresql+psycopg://{shown}"


def alien_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE muistio (teksti TEXT)")


def write(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def cut(path: Path) -> None:
    make_store(path).close()
    path.write_bytes(path.read_bytes()[:8192])


def scratched(path: Path) -> None:
    make_store(path).close()
    content = bytearray(path.read_bytes())
    content[100:4000] = b"\xaa" * 3900
    path.write_bytes(content)


def hollow(path: Path) -> None:
    """Write a database with our mark and none of our tables."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("CREATE TABLE muu (a)")


NOT_STORES: dict[str, tuple[Callable[[Path], object], type[MuutosturvaError], str]] = {
    "nothing": (lambda path: None, NotFoundError, "store.missing"),
    "a folder": (Path.mkdir, RefusedError, "store.is_folder"),
    "an empty file": (write(b""), RefusedError, "store.empty_file"),
    "a text": (write("Hei, tämä on muistio.\n".encode()), RefusedError, "store.not_a_database"),
    "a picture": (write(b"\x89PNG\r\n\x1a\n" + bytes(200)), RefusedError, "store.not_a_database"),
    "the first bytes only": (write(b"SQLite format 3\x00"), MachineError, "store.corrupt"),
    "another program's database": (alien_database, RefusedError, "store.alien"),
    "a store cut short": (cut, MachineError, "store.corrupt"),
    "a store with scratched tables": (scratched, MachineError, "store.corrupt"),
    "our mark without our tables": (hollow, MachineError, "store.corrupt"),
}


@pytest.mark.parametrize("what", NOT_STORES)
def test_what_is_no_store_is_told_apart_and_left_as_it_was(tmp_path: Path, what: str) -> None:
    make, error, key = NOT_STORES[what]
    path = tmp_path / "store.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(error) as caught:
        Store.open(path)
    assert caught.value.key == key
    assert all(str(path) in words for words in said(caught.value))
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ([] if what == "nothing" else ["store.db"])


@pytest.mark.parametrize("what", [what for what in NOT_STORES if what != "nothing"])
def test_a_new_store_never_replaces_what_is_there(tmp_path: Path, what: str) -> None:
    path = tmp_path / "store.db"
    NOT_STORES[what][0](path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RefusedError) as caught:
        make_store(path)
    assert caught.value.key == ("store.is_folder" if what == "a folder" else "store.exists")
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("there", ["nothing", "the folder"])
def test_where_no_store_was_ever_made_the_command_that_makes_it_is_told(there: str) -> None:
    """On the first morning nobody has chosen a path that could be mended."""
    if there == "the folder":
        location.default_path().parent.mkdir(parents=True)
    with pytest.raises(NotFoundError) as caught:
        Store.open(location.default_path())
    assert caught.value.key == "store.none_yet"
    assert all("muutosturva init" in words for words in said(caught.value))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """A misspelt path must not make folders."""
    for attempt in (make_store, Store.open):
        with pytest.raises(MachineError) as caught:
            attempt(tmp_path / "ei" / "store.db")
        assert caught.value.key == "store.no_folder"
        assert all(str(tmp_path / "ei") in words for words in said(caught.value))
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(RefusedError) as caught:
        make_store(tmp_path / "a" / "store.db")
    assert caught.value.key == "store.not_a_folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_is_no_store(tmp_path: Path) -> None:
    """Opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "store.db")
    with pytest.raises(RefusedError) as caught:
        Store.open(tmp_path / "store.db")
    assert caught.value.key == "store.not_a_file"


def test_a_store_in_a_synchronised_folder_is_refused_even_when_it_exists(tmp_path: Path) -> None:
    make_store(tmp_path / "store.db").close()
    folder = tmp_path / "OneDrive - Lahti"
    folder.mkdir()
    (tmp_path / "store.db").rename(folder / "store.db")
    for attempt, name in ((Store.open, "store.db"), (make_store, "uusi.db")):
        with pytest.raises(RefusedError) as caught:
            attempt(folder / name)
        assert caught.value.key == "store.synchronised_folder"
        assert all(str(folder) in words for words in said(caught.value))


def test_a_store_on_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(location, "network_filesystem", lambda _path: "nfs4")
    with pytest.raises(RefusedError) as caught:
        make_store(tmp_path / "store.db")
    assert caught.value.key == "store.network_share"
    assert all("nfs4" in words for words in said(caught.value))
    assert list(tmp_path.iterdir()) == []


def test_the_default_place_gets_its_folder_and_only_that_one(own_folders: Path) -> None:
    with make_store(location.default_path()) as store:
        assert isinstance(store.target, FileTarget)
        assert own_folders in store.target.path.parents
        if os.name == "posix":
            assert store.target.path.parent.stat().st_mode & 0o777 == 0o700


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
def test_a_read_only_folder_is_refused_with_words(tmp_path: Path) -> None:
    folder = tmp_path / "levy"
    folder.mkdir()
    make_store(folder / "store.db").close()
    with mounted(folder, "--bind", "-o", "ro", str(folder)):
        for attempt, name, key in (
            (make_store, "uusi.db", "store.folder_read_only"),
            (Store.open, "store.db", "store.file_read_only"),
        ):
            with pytest.raises(MachineError) as caught:
                attempt(folder / name)
            assert caught.value.key == key


@pytest.mark.e2e
@pytest.mark.parametrize("size", ["64k", "256k", "450k", "600k"])
def test_a_full_disk_leaves_no_half_made_store(tmp_path: Path, size: str) -> None:
    """Whatever step the space runs out at: the name is free afterwards."""
    with mounted(tmp_path, "-t", "tmpfs", "-o", f"size={size}", "tmpfs"):
        with pytest.raises(MachineError) as caught:
            make_store(tmp_path / "store.db")
        assert caught.value.key == "store.disk_full"
        assert list(tmp_path.iterdir()) == []


@pytest.mark.e2e
def test_a_disk_that_fills_up_in_use_keeps_what_was_saved(tmp_path: Path) -> None:
    with (
        mounted(tmp_path, "-t", "tmpfs", "-o", "size=2m", "tmpfs"),
        make_store(tmp_path / "store.db") as store,
    ):
        set_setting(store, "a", "1", actor=ACTOR, now=NOW)
        with pytest.raises(MachineError) as caught:
            set_setting(store, "b", "x" * 3_000_000, actor=ACTOR, now=NOW)
        assert caught.value.key == "store.disk_full"
        with store.reading() as session:
            assert settings(session, AREA) == {"a": "1"}
        assert check(store) == []
