"""Files are whole or not there, and devices are written to, never replaced."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from collectors.document import UserError
from scanner.output import numbered, refuse_unwritable, writing


def write(path: Path, *, private: bool = False) -> None:
    with writing(path, "report", private=private) as out:
        out.write(b"all of it")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "report"
    with writing(path, "report", private=False) as out:
        out.write(b"half")
        assert not path.exists()
        out.write(b" and half")
    assert path.read_bytes() == b"half and half"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_bytes(b"older")
    with pytest.raises(ZeroDivisionError), writing(path, "report", private=False) as out:
        out.write(b"newer")
        raise ZeroDivisionError
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_modes(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write(tmp_path / "public")
        write(tmp_path / "private", private=True)
    finally:
        os.umask(mask)
    assert mode(tmp_path / "public") == 0o640
    assert mode(tmp_path / "private") == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, place = tmp_path / "latest", tmp_path / "elsewhere" / "report"
    place.parent.mkdir()
    link.symlink_to(place)
    refuse_unwritable(link, "report")
    write(link)
    assert link.is_symlink()
    assert place.read_bytes() == b"all of it"


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    """As /dev/null is, which a rename by root would take from every other program."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write(pipe)
    reader.join(10)
    assert read == [b"all of it"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_an_open_file_by_its_descriptor(tmp_path: Path) -> None:
    """As `-o /dev/stdout` in a shell that sends it to a file: the shell's file is the one."""
    path = tmp_path / "shell"
    with path.open("wb") as shell:
        before = path.stat().st_ino
        write(Path(f"/dev/fd/{shell.fileno()}"))
    assert path.read_bytes() == b"all of it"
    assert path.stat().st_ino == before


def test_a_full_disk() -> None:
    with pytest.raises(UserError, match="The report /dev/full cannot be written: No space left"):
        write(Path("/dev/full"))
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_device_may_be_named_and_a_folder_not(tmp_path: Path) -> None:
    refuse_unwritable(Path("/dev/null"), "report")
    refuse_unwritable(tmp_path / "report", "report")
    for path in (tmp_path, Path("/dev"), tmp_path / "no" / "report", Path("/dev/none/x")):
        with pytest.raises(UserError, match="cannot be written"):
            refuse_unwritable(path, "report")
        with pytest.raises(UserError, match="cannot be written"):
            write(path)


@pytest.mark.parametrize(
    ("name", "second"),
    [("mlps.sarif", "mlps-2.sarif"), ("a.b.json", "a.b-2.json"), ("mlps", "mlps-2")],
)
def test_parts_of_a_file_are_numbered(tmp_path: Path, name: str, second: str) -> None:
    assert numbered(tmp_path / name, 1) == tmp_path / name
    assert numbered(tmp_path / name, 2) == tmp_path / second
