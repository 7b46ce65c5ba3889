"""A snapshot that was cut, edited or mixed with another is refused: what is wrong, what to do."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from collectors.snapshot import (
    MANIFEST,
    Manifest,
    SnapshotError,
    digest_of,
    open_snapshot,
)
from tests.collectors.snapshots import (
    bucket,
    data_file,
    refused,
    write,
)


@pytest.fixture(params=["snapshot", "snapshot.zst"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a snapshot goes, plain and compressed."""
    return tmp_path / "kept" / str(request.param)


def test_a_truncated_file(path: Path) -> None:
    write(path, [bucket(n) for n in range(20)])
    file = data_file(path)
    content = file.read_bytes()
    file.write_bytes(content[:-7])
    error = refused(path)
    assert f"{file} is truncated: {len(content) - 7} bytes of {len(content)}" in error.message


def test_an_edited_byte(path: Path) -> None:
    write(path, [bucket(n) for n in range(20)])
    file = data_file(path)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    error = refused(path)
    assert f"{file} was changed after it was written" in error.message


def test_an_added_line(path: Path) -> None:
    write(path, [bucket(1)])
    file = data_file(path)
    file.write_bytes(file.read_bytes() + msgspec.json.encode(bucket(2)) + b"\n")
    assert "was changed after it was written" in refused(path).message


def test_a_missing_file(path: Path) -> None:
    write(path, [bucket(1)])
    file = data_file(path)
    file.unlink()
    error = refused(path)
    assert f"{file} is missing from the snapshot" in error.message
    assert "collect" in error.hint


def test_a_folder_in_place_of_a_file(path: Path) -> None:
    write(path, [bucket(1)])
    file = data_file(path)
    file.unlink()
    file.mkdir()
    assert f"{file} cannot be read: Is a directory" in refused(path).message


def test_an_account_that_the_manifest_does_not_name(path: Path, tmp_path: Path) -> None:
    """Copying one snapshot into another reads like one, and would be passed over."""
    write(path, [bucket(1)])
    other = tmp_path / path.name
    write(other, [bucket(2, account="999900001111")])
    (other / "999900001111").rename(path / "999900001111")
    error = refused(path)
    assert "999900001111/resources.ndjson" in error.message
    assert "manifest does not name" in error.message


def test_other_files_beside_are_nobodys_business(path: Path) -> None:
    write(path, [bucket(1)])
    (path / ".DS_Store").write_bytes(b"\0")
    (path / "verdicts.ndjson").write_bytes(b"")
    assert len(list(open_snapshot(path))) == 1


def forge(path: Path, text: dict[str, Any]) -> None:
    """Write a manifest whose digest is right, as somebody would who knows how."""
    forged = msgspec.convert(text, Manifest)
    forged.sha256 = digest_of(forged)
    (path / MANIFEST).write_bytes(msgspec.json.encode(forged))


@pytest.mark.parametrize(
    "change",
    [{"failed_calls": []}, {"accounts": ["999999999999"]}, {"finished": "2030-01-01T00:00:00Z"}],
)
def test_an_edited_manifest_is_refused(path: Path, change: dict[str, Any]) -> None:
    write(path, [bucket(1)])
    text = json.loads((path / MANIFEST).read_text())
    (path / MANIFEST).write_text(json.dumps(text | change))
    assert f"{MANIFEST} was changed after it was written" in refused(path).message


def test_a_manifest_without_a_version_is_refused(path: Path) -> None:
    write(path, [bucket(1)])
    text = json.loads((path / MANIFEST).read_text())
    (path / MANIFEST).write_text(json.dumps(text | {"schema_version": 0}))
    assert "names no schema version" in refused(path).message


def test_a_file_outside_the_snapshot_is_not_read(path: Path) -> None:
    write(path, [bucket(1)])
    outside = path.parent / "outside.ndjson"
    outside.write_bytes(msgspec.json.encode(bucket(9)))
    text = json.loads((path / MANIFEST).read_text())
    text["files"][0]["path"] = "../outside.ndjson"
    forge(path, text)
    assert "names a file outside the snapshot: ../outside.ndjson" in refused(path).message


def test_a_newer_schema_names_the_version_that_wrote_it(path: Path) -> None:
    write(path, [bucket(1)])
    text = json.loads((path / MANIFEST).read_text())
    newer = text | {"schema_version": 2, "tool_version": "9.9", "files": {"new": "shape"}}
    (path / MANIFEST).write_text(json.dumps(newer))
    error = refused(path)
    assert "snapshot schema 2, written by mlps 9.9; this version reads up to schema 1" in (
        error.message
    )
    assert "Upgrade mlps" in error.hint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is damaged"),
        (b'{"kind": "mlps.snapshot", ', "is damaged"),
        (b"[]", "is damaged"),
        (b"\xff\xfe", "is damaged"),
        (b'{"kind": "mlps.snapshot", "schema_version": "one"}', "is damaged"),
        (b'{"kind": "mlps.snapshot", "schema_version": 1}', "is damaged"),
        (b'{"name": "my extension", "manifest_version": 3}', "not the manifest of an mlps"),
    ],
)
def test_a_manifest_that_is_none(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    error = refused(tmp_path)
    assert said in error.message
    assert str(tmp_path) in error.message
    assert "mlps collect" in error.hint


def test_a_failed_call_cannot_be_dropped_from_the_manifest_by_half(path: Path) -> None:
    write(path, [bucket(1)])
    text = json.loads((path / MANIFEST).read_text())
    del text["failed_calls"]
    (path / MANIFEST).write_text(json.dumps(text))
    assert "failed_calls" in refused(path).message


def test_a_document_of_another_shape_is_named_by_file_and_line(tmp_path: Path) -> None:
    kept = tmp_path / "snapshot"
    write(kept, [bucket(1), bucket(2)])
    file = data_file(kept)
    lines = file.read_bytes().splitlines(keepends=True)
    lines[1] = b'{"id": 5}\n'
    file.write_bytes(b"".join(lines))
    text = json.loads((kept / MANIFEST).read_text())
    entry = text["files"][0]
    entry["sha256"] = hashlib.sha256(b"".join(lines)).hexdigest()
    entry["bytes"] = len(b"".join(lines))
    forge(kept, text)

    reading = iter(open_snapshot(kept))
    assert next(reading).document == bucket(1)
    with pytest.raises(SnapshotError, match=r"111122223333/resources\.ndjson, line 2: not a res"):
        next(reading)


def test_nothing_there(tmp_path: Path) -> None:
    error = refused(tmp_path / "nowhere")
    assert error.message == f"{tmp_path}/nowhere is not a snapshot: it does not exist."
    assert "mlps collect" in error.hint


def test_an_empty_folder(tmp_path: Path) -> None:
    error = refused(tmp_path)
    assert error.message == f"{tmp_path} is not a snapshot: it has no manifest.json."


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    file = tmp_path / "verdicts.ndjson"
    file.write_text("{}")
    assert f"{file} is not a snapshot" in refused(file).message
