"""The snapshot: whole or not at all, private, vouched for, and streamed."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import stat
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zstandard

from collectors.snapshot import (
    MANIFEST,
    Located,
    SnapshotError,
    SnapshotWriter,
    open_snapshot,
)
from tests.collectors.snapshots import (
    DENIED,
    bucket,
    data_file,
    everything_below,
    manifest,
    refused,
    write,
)

NOBODY = 65534


@pytest.fixture(params=["snapshot", "snapshot.zst"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a snapshot goes, plain and compressed."""
    return tmp_path / "kept" / str(request.param)


def test_what_was_written_is_read_with_file_and_line(path: Path) -> None:
    first, second = bucket(1), bucket(2, unlisted=True)
    other = bucket(3, account="999900001111")
    write(path, [first, other, second])

    name = "resources.ndjson" + (".zst" if path.name.endswith(".zst") else "")
    assert list(open_snapshot(path)) == [
        Located(first, f"111122223333/{name}", 1),
        Located(second, f"111122223333/{name}", 2),
        Located(other, f"999900001111/{name}", 1),
    ]


def test_the_manifest_says_what_is_there(path: Path) -> None:
    user = bucket(3, type="identity.user")
    returned = write(path, [bucket(1), bucket(2), user])
    read = open_snapshot(path).manifest
    assert read == returned

    file = data_file(path)
    content = file.read_bytes()
    (listed,) = read.files
    assert listed.path == file.relative_to(path).as_posix()
    assert listed.sha256 == hashlib.sha256(content).hexdigest()
    assert (listed.documents, listed.bytes) == (3, len(content))
    assert read.counts == {"identity.user": 1, "storage.bucket": 2}
    assert read.failed_calls == [DENIED]
    assert (read.kind, read.schema_version, read.origin) == ("mlps.snapshot", 1, "live")
    assert (read.started, read.finished) == ("2026-01-02T03:04:05Z", "2026-01-02T03:05:06Z")


def test_the_files_are_plain_ndjson_for_any_tool(path: Path) -> None:
    write(path, [bucket(1), bucket(2)])
    content = data_file(path).read_bytes()
    if path.name.endswith(".zst"):
        content = zstandard.ZstdDecompressor().stream_reader(content).read()
    lines = content.decode().splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["桶 1", "桶 2"]
    assert json.loads((path / MANIFEST).read_text())["accounts"] == ["111122223333"]


def test_a_snapshot_without_documents_is_one(path: Path) -> None:
    write(path, [])
    opened = open_snapshot(path)
    assert list(opened) == []
    assert opened.manifest.counts == {}


def test_the_same_documents_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    again = tmp_path / "again" / path.name
    documents = [bucket(number) for number in range(50)]
    assert write(path, documents).files == write(again, documents).files


def test_only_the_owner_may_read_it(path: Path) -> None:
    write(path, [bucket(1)])
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in [path, *path.rglob("*")]}
    assert modes == {
        path.name: 0o700,
        "111122223333": 0o700,
        data_file(path).name: 0o600,
        MANIFEST: 0o600,
    }


@pytest.mark.parametrize("account", ["../../etc", "", "a/b", ".", "名字", "x" * 300])
def test_an_odd_account_stays_inside_the_snapshot(account: str, tmp_path: Path) -> None:
    kept = tmp_path / "snapshot"
    write(kept, [bucket(1, account=account)])
    (located,) = open_snapshot(kept)
    assert located.document.account == account
    assert everything_below(tmp_path)[0] == "snapshot"
    assert len(everything_below(tmp_path)) == 4


def test_reading_holds_no_more_than_a_document(path: Path) -> None:
    """Ten times the documents, the same peak: nothing is held."""
    peaks = []
    for number in (300, 3000):
        big = path.with_name(f"{number}{path.name}")
        filler = [bucket(n, native={"fill": f"{n:05}" * 200}) for n in range(number)]
        write(big, filler)
        opened = open_snapshot(big)
        del filler
        tracemalloc.start()
        assert sum(1 for _ in opened) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 200_000
    assert peaks[1] < 1_500_000, "3 MB of documents were read"


def test_a_writer_that_fails_leaves_nothing(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), SnapshotWriter(path) as writer:
        writer.write(bucket(1))
        raise ZeroDivisionError
    assert everything_below(path.parent) == []


def test_a_writer_that_is_not_finished_leaves_nothing(path: Path) -> None:
    with SnapshotWriter(path) as writer:
        writer.write(bucket(1))
        assert not path.exists()
    assert everything_below(path.parent) == []


def test_a_writer_that_fails_leaves_the_older_snapshot_alone(path: Path) -> None:
    write(path, [bucket(1)])
    before = everything_below(path.parent)
    with pytest.raises(ZeroDivisionError), SnapshotWriter(path) as writer:
        writer.write(bucket(2))
        raise ZeroDivisionError
    assert everything_below(path.parent) == before
    assert [located.document for located in open_snapshot(path)] == [bucket(1)]


def test_an_older_snapshot_is_replaced_whole(path: Path) -> None:
    write(path, [bucket(1, account="999900001111")])
    write(path, [bucket(2)])
    assert [located.document for located in open_snapshot(path)] == [bucket(2)]
    assert not (path / "999900001111").exists()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_an_empty_folder_may_be_used(path: Path) -> None:
    path.mkdir(parents=True)
    write(path, [bucket(1)])
    assert len(list(open_snapshot(path))) == 1


@pytest.mark.parametrize(
    "name", ["notes.txt", MANIFEST], ids=["a folder of notes", "another project's manifest.json"]
)
def test_what_is_not_a_snapshot_is_never_replaced(name: str, path: Path) -> None:
    path.mkdir(parents=True)
    (path / name).write_text('{"name": "my browser extension", "manifest_version": 3}')
    (path / "src").mkdir()
    (path / "src" / "work.js").write_text("months of it")
    before = everything_below(path.parent)
    with pytest.raises(SnapshotError, match="is not a snapshot; it was left as it is") as caught:
        write(path, [bucket(1)])
    assert caught.value.hint
    assert everything_below(path.parent) == before


def test_a_file_is_never_replaced(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("mine")
    with pytest.raises(SnapshotError, match="is not a snapshot"):
        SnapshotWriter(path)
    assert path.read_text() == "mine"


def test_what_appears_there_meanwhile_is_not_replaced(path: Path) -> None:
    with (
        pytest.raises(SnapshotError, match="is not a snapshot"),
        SnapshotWriter(path) as writer,
    ):
        writer.write(bucket(1))
        path.mkdir()
        (path / "mine.txt").write_text("mine")
        writer.finish(manifest())
    assert everything_below(path.parent) == [path.name, f"{path.name}/mine.txt"]


def test_a_place_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SnapshotError, match="Cannot write the snapshot") as caught:
        SnapshotWriter(tmp_path / "file" / "snapshot")
    assert "-o" in caught.value.hint


def test_an_unwritable_folder(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with (
        _without_privileges(),
        pytest.raises(SnapshotError, match="Permission denied") as caught,
    ):
        SnapshotWriter(locked / "snapshot")
    assert "writable" in caught.value.hint


def test_somebody_elses_snapshot_cannot_be_read(path: Path) -> None:
    write(path, [bucket(1)])
    (path / MANIFEST).chmod(0)
    with _without_privileges():
        error = refused(path)
    assert "Permission denied" in error.message


@contextmanager
def _without_privileges() -> Iterator[None]:
    """As another user where this one is root, whom no mode stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_full_disk_is_said_and_leaves_nothing(path: Path) -> None:
    """A limit on the size of files gives the same refusal of a write as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with pytest.raises(SnapshotError, match="Cannot write the snapshot") as caught:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
            write(path, [bucket(n, native={"fill": os.urandom(512).hex()}) for n in range(2000)])
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "File too large" in caught.value.message
    assert everything_below(path.parent) == []
