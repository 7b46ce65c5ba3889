"""Going on with an interrupted collection: what was finished is not asked again, and nothing that
is half done is ever taken for finished."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import pytest

from collectors.answers import Answers
from collectors.document import Document, UserError
from collectors.journal import Finished, Header, Journal, Keeper
from collectors.snapshot import Manifest, SnapshotWriter

HEADER = Header(
    tool_version="1",
    provider="aws",
    account="123456789012",
    options={"region": "cn-north-1"},
    started="2026-06-15T08:30:00Z",
)
BUCKET = Document(
    id="b", type="storage.bucket", provider="aws", account="1", region="", country=None, name="b"
)

STEP = Finished(("1", "s3"), [BUCKET], [], "2026-06-15T08:30:01Z")


def test_a_step_is_kept_with_what_failed(tmp_path: Path) -> None:
    answers = Answers("aws", "1")
    with Journal(tmp_path / "s", HEADER, resume=False) as journal:
        keeper = Keeper(journal, "1", [answers])
        answers.failed_step("s3", "cn-north-1", ValueError("x"))
        assert keeper.known("s3 cn-north-1") is None
        keeper.keep("s3 cn-north-1", [BUCKET])

    later = Answers("aws", "1")
    with Journal(tmp_path / "s", HEADER, resume=True) as again:
        assert Keeper(again, "1", [later]).known("s3 cn-north-1") == [BUCKET]
        assert later.failed_calls == answers.failed_calls
        assert Keeper(again, "2", [later]).known("s3 cn-north-1") is None
        assert again.started == HEADER.started
        again.close()
    assert list(tmp_path.iterdir()) == []


def test_a_part_says_when_it_was_collected(tmp_path: Path) -> None:
    with Journal(tmp_path / "s", HEADER, resume=False) as journal:
        journal.write(STEP)
    with Journal(tmp_path / "s", HEADER, resume=True) as journal:
        keeper = Keeper(journal, "1", [Answers("aws", "1")])
        keeper.known("s3")
        keeper.keep("ec2", [])
    assert keeper.started == "2026-06-15T08:30:01Z"
    assert keeper.finished > "2026-06-15T08:30:01Z"


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with Journal(tmp_path / "s", HEADER, resume=False) as first:
        late = Journal(tmp_path / "s", HEADER, resume=False)
        first.write(STEP)
        for resume in (False, True):
            with pytest.raises(UserError, match="another mlps collects into this snapshot"):
                Journal(tmp_path / "s", HEADER, resume=resume)
        with pytest.raises(UserError, match="another mlps collects into this snapshot"):
            late.write(STEP)
        assert first.read("1", "s3") == STEP


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    """What was put aside comes back; what was never whole goes; what is not ours stays."""
    with Journal(tmp_path / "s", HEADER, resume=False) as journal:
        journal.write(STEP)
    journal.folder.rename(tmp_path / ".s.part.abcd1234.mlps.old")
    for name in (".s.part.abcd1234.mlps", ".s.part.abcd1235.mlps", ".s.part.mine"):
        (tmp_path / name).mkdir()
    with Journal(tmp_path / "s", HEADER, resume=True) as journal:
        assert journal.read("1", "s3") == STEP
    assert sorted(each.name for each in tmp_path.iterdir()) == [".s.part.mine", "s.part"]


def test_the_journal_of_a_snapshot_that_is_whole_is_no_beginning(tmp_path: Path) -> None:
    """A process may be killed after the last rename and before the journal is removed."""
    with Journal(tmp_path / "s", HEADER, resume=False) as journal:
        journal.write(STEP)
    manifest = Manifest(
        tool_version="1", started=HEADER.started, finished=HEADER.started, providers=["aws"],
        accounts=[], regions=[], counts={}, files=[], failed_calls=[],
    )  # fmt: skip
    with SnapshotWriter(tmp_path / "s") as writer:
        writer.finish(manifest)
    with Journal(tmp_path / "s", HEADER, resume=True) as again:
        assert again.read("1", "s3") is None


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "s", HEADER, resume=False)
    assert not journal.folder.exists(), "nothing is left where nothing was kept"
    journal.write(STEP)
    assert stat.S_IMODE(journal.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in journal.folder.iterdir()} == {0o600}


@pytest.mark.parametrize("damage", [b"", b"{", None])
def test_a_damaged_step_is_done_again(tmp_path: Path, damage: bytes | None) -> None:
    journal = Journal(tmp_path / "s", HEADER, resume=False)
    journal.write(STEP)
    (file,) = [each for each in journal.folder.iterdir() if each.suffix != ".json"]
    file.write_bytes(file.read_bytes().replace(b'"b"', b'"c"') if damage is None else damage)
    assert journal.read("1", "s3") is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tool_version": "2"}, "another version of mlps: 1, and now it is 2"),
        ({"account": "2"}, "another account: 123456789012, and now it is 2"),
        ({"options": {"region": ""}}, "another --region: cn-north-1, and now it is none"),
        ({"options": {"region": "cn-north-1", "role_name": "x"}}, "another --role-name: none"),
    ],
)
def test_another_collection_does_not_go_on(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    with Journal(tmp_path / "s", HEADER, resume=False) as journal:
        journal.write(STEP)
    other = msgspec.structs.replace(HEADER, **change)
    with pytest.raises(UserError, match=words):
        Journal(tmp_path / "s", other, resume=True)
    anew = Journal(tmp_path / "s", other, resume=False)
    assert anew.read("1", "s3") is None


def test_what_is_no_journal_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "s.part").mkdir()
    (tmp_path / "s.part" / "mine").write_text("x")
    with pytest.raises(UserError, match="is not a journal"):
        Journal(tmp_path / "s", HEADER, resume=False)
    assert (tmp_path / "s.part" / "mine").read_text() == "x"
