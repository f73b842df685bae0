"""Where a store may lie: refusals that are made before anything is opened.

SQLite keeps its promises only on a disk of the machine itself. On a network share its locks and
its shared memory do not work, and a synchronising program copies the file in the middle of a
write; both lose data without a word. So both are refused, with advice, and the two other ways
of working together (PostgreSQL, exchange bundles) are named.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

from muutosturva.errors import MachineError, NotFoundError, RefusedError, UsageError
from muutosturva.settings import expanded

APPLICATION: Final = "muutosturva"
STORE_NAME: Final = "muutosturva.db"

NETWORK_FILESYSTEMS: Final = frozenset(
    {
        "9p", "acfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "fuse.ceph", "fuse.cephfs",
        "fuse.davfs", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
        "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb2",
        "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "fuse.vmhgfs-fuse",
    }
)  # fmt: skip
"""File system types of Linux on which another machine may hold the file."""

_SYNCHRONISED_NAMES: Final = frozenset(
    {
        "box", "box sync", "cloudstorage", "dropbox", "google drive", "googledrive", "icloud drive",
        "icloud~com~apple~clouddocs", "iclouddrive", "mobile documents", "my drive", "oma drive", "min enhet",
        "nextcloud", "onedrive", "owncloud", "pcloud drive", "synologydrive", "tresorit",
    }
)  # fmt: skip
_SYNCHRONISED_PREFIX: Final = re.compile(
    r"(onedrive|dropbox|google ?drive|nextcloud|owncloud)[ ._(-]", re.IGNORECASE
)
_DRIVE_REMOTE: Final = 4
"""What ``GetDriveTypeW`` answers for a drive of another machine."""

_URL: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://")
_POSTGRES_SCHEMES: Final = frozenset({"postgresql", "postgres", "postgresql+psycopg"})


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A store in one SQLite file.

    Attributes:
        path: absolute path of the file.
    """

    path: Path

    @property
    def shown(self) -> str:
        """The path, as a person reads it."""
        return str(self.path)


@dataclass(frozen=True, slots=True)
class ServerTarget:
    """A store in a PostgreSQL database.

    Attributes:
        url: address with the driver's name in it; holds the password, so it is never shown.
    """

    url: str

    @property
    def shown(self) -> str:
        """The address without anything secret: password and options left out.

        A password may hold ``/`` and ``@``, so that the last ``@`` is taken to end it. The options
        after ``?`` may hold one too; where it is not plain which of the two a ``?`` belongs to,
        nothing is shown.
        """
        scheme, _, rest = self.url.partition("://")
        user, at, place = rest.rpartition("@")
        if "?" in user:
            return f"{scheme}://***"
        name, colon, _ = user.partition(":")
        return f"{scheme}://{name}{':***' if colon else ''}{at}{place.partition('?')[0]}"


Target = FileTarget | ServerTarget


def default_path() -> Path:
    """Return where this user's store lies unless another place is named."""
    from platformdirs import user_data_path

    return user_data_path(APPLICATION, appauthor=False) / STORE_NAME


def parse_target(place: str | Path) -> Target:
    """Tell whether ``place`` names a file or a PostgreSQL database.

    Raises:
        UsageError: the address is of another kind of database.
    """
    match = _URL.match(str(place)) if isinstance(place, str) else None
    if match is None:
        return FileTarget(expanded(place).absolute())
    scheme, rest = match["scheme"].lower(), str(place)[match.end() :]
    if scheme in _POSTGRES_SCHEMES:
        return ServerTarget(f"postgresql+psycopg://{rest}")
    if scheme == "sqlite" and rest.startswith("/"):
        return FileTarget(expanded(rest[1:]).absolute())
    raise UsageError("store.unknown_url", scheme=scheme)


def check_existing(path: Path, *, look: bool = False) -> None:
    """Refuse a path that cannot be a store to work in.

    Args:
        path: the store's file.
        look: nothing will be written, so that nothing need be writable.

    Raises:
        NotFoundError: nothing is there.
        RefusedError: a folder or a device, a network share, a synchronised folder.
        MachineError: the folder is missing, the file may not be read, or may not be written.
    """
    _check_folder(path)
    if not path.exists():
        none_yet = path == default_path()
        raise NotFoundError("store.none_yet" if none_yet else "store.missing", path=str(path))
    _check_kind(path)
    check_shared(path)
    if not os.access(path, os.R_OK):
        raise MachineError("store.file_unreadable", path=str(path))
    if look:
        return
    if not os.access(path, os.W_OK):
        raise MachineError("store.file_read_only", path=str(path))
    _check_writable_folder(path)


def may_be_written(path: Path) -> bool:
    """Tell whether SQLite may write a store and the files beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def check_new(path: Path) -> None:
    """Refuse a path where no new store can be made.

    Raises:
        RefusedError: something is there already, a network share, a synchronised folder.
        MachineError: the folder is missing or may not be written.
    """
    _check_folder(path)
    if path.exists() or path.is_symlink():
        _check_kind(path)
        raise RefusedError("store.exists", path=str(path))
    check_shared(path)
    _check_writable_folder(path)


def check_shared(path: Path) -> None:
    """Refuse a network share and a synchronised folder.

    Raises:
        RefusedError: another machine holds the file, or a program copies it behind our back.
    """
    filesystem = network_filesystem(path)
    if filesystem is not None:
        raise RefusedError("store.network_share", path=str(path), filesystem=filesystem)
    folder = synchronised_folder(path)
    if folder is not None:
        raise RefusedError("store.synchronised_folder", path=str(path), folder=folder)


def network_filesystem(path: Path) -> str | None:
    """Return the name of the network file system that ``path`` lies on, or None for a local disk."""
    if sys.platform == "win32":
        return _windows_share(path)
    if is_unc(str(path)):
        return "UNC"
    mounts = Path("/proc/self/mountinfo")
    if not mounts.exists():
        return None
    kind = filesystem_of(path.resolve(), mounts.read_text(encoding="utf-8", errors="surrogateescape"))
    return kind if kind in NETWORK_FILESYSTEMS else None


def is_unc(path: str) -> bool:
    r"""Tell whether ``path`` is a Windows share, ``\\server\share`` (``\\?\C:`` is a local one)."""
    if not path.startswith("\\\\"):
        return False
    drive = PureWindowsPath(path).drive
    return not re.fullmatch(r"\\\\[?.]\\[A-Za-z]:", drive)


def filesystem_of(path: Path, mountinfo: str) -> str | None:
    """Return the type of the file system that holds ``path``.

    Args:
        path: absolute, without symbolic links.
        mountinfo: text of ``/proc/self/mountinfo`` (proc(5)).
    """
    best: tuple[int, str] | None = None
    for mount_point, kind in _mounts(mountinfo):
        inside = path == mount_point or mount_point in path.parents
        # Of two mounts on the same point the later one hides the earlier.
        if inside and (best is None or len(mount_point.parts) >= best[0]):
            best = (len(mount_point.parts), kind)
    return best[1] if best else None


def _mounts(mountinfo: str) -> Iterator[tuple[Path, str]]:
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if separator and len(fields) > 4:
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
            yield Path(point), after.split(" ")[0]


def _windows_share(path: PurePath) -> str | None:
    if is_unc(str(path)):
        return "UNC"
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - the attribute exists on Windows only
    remote = kernel.GetDriveTypeW(f"{path.drive}\\") == _DRIVE_REMOTE
    return path.drive if remote else None


def synchronised_folder(path: Path, environment: Mapping[str, str] | None = None) -> str | None:
    """Return the synchronised folder that ``path`` lies in, or None.

    Folders are known by their whole name; on Windows the folders of OneDrive, to which Desktop and
    Documents may be redirected under any name, are told by its environment variables.

    Args:
        path: the store's file.
        environment: variables of the process; those of this one when None.
    """
    variables = os.environ if environment is None else environment
    resolved = path.resolve()
    for name, value in variables.items():
        if name.upper().startswith("ONEDRIVE") and value and Path(value).resolve() in resolved.parents:
            return value
    home = Path.home().resolve()
    for folder in resolved.parents:
        name = folder.name.lower()
        if folder == home or folder in home.parents:
            # A person may be called Box.
            continue
        if name in _SYNCHRONISED_NAMES or _SYNCHRONISED_PREFIX.match(name):
            return str(folder)
    return None


def _check_folder(path: Path) -> None:
    folder = path.parent
    if not folder.exists():
        if path == default_path():
            raise NotFoundError("store.none_yet", path=str(path))
        raise MachineError("store.no_folder", path=str(path), folder=str(folder))
    if not folder.is_dir():
        raise RefusedError("store.not_a_folder", path=str(path), folder=str(folder))


def _check_kind(path: Path) -> None:
    if path.is_dir():
        raise RefusedError("store.is_folder", path=str(path), name=STORE_NAME)
    if not path.is_file():
        raise RefusedError("store.not_a_file", path=str(path))


def _check_writable_folder(path: Path) -> None:
    """Refuse a folder that may not be written: SQLite needs it for the files beside the store."""
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise MachineError("store.folder_read_only", path=str(path), folder=str(path.parent))
