"""Evaluation as a stream: from a snapshot of real documents to a verdicts file, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown, UserError, document, unlisted
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter
from scanner.evaluate import read_verdicts
from scanner.pipeline import NOT_KEPT, Evaluator, open_evaluator
from scanner.verdict import Finding, ResourceVerdicts, Verdict
from tests.scanner.made import settings

NOW = "2026-05-01T02:00:00Z"
DENIED = FailedCall(
    provider="aws",
    account="123456789012",
    region="cn-north-1",
    service="ec2",
    operation="DescribeSecurityGroups",
    resource="",
    permission="ec2:DescribeSecurityGroups",
    code="UnauthorizedOperation",
    message="no",
)


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    with open_evaluator(settings()) as opened:
        yield opened


def _firewall(name: str, **facts: Any) -> Any:
    known: dict[str, Any] = {"is_default": False, "default_ingress": "deny", "attached": True}
    return document(
        id=f"arn:aws-cn:ec2:cn-north-1:123456789012:security-group/{name}",
        facts=Firewall(**(known | facts)),
        provider="aws",
        account="123456789012",
        region="cn-north-1",
        country="CN",
        name=name,
    )


def _ssh(source: str) -> Rule:
    return Rule(
        direction="ingress",
        action="allow",
        protocol="tcp",
        from_port=22,
        to_port=22,
        sources=[source],
        description="",
        priority=0,
        destinations=[],
    )


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    path = tmp_path / "snapshot"
    with SnapshotWriter(path) as writer:
        writer.write(_firewall("open", rules=[_ssh("0.0.0.0/0")]))
        writer.write(_firewall("closed", rules=[_ssh("10.0.0.0/8")]))
        writer.write(_firewall("unread", rules=Unknown("AccessDenied: ec2:X")))
        writer.write(
            unlisted(
                Firewall,
                Unknown("UnauthorizedOperation: ec2:DescribeSecurityGroups"),
                provider="aws",
                account="123456789012",
                region="cn-northwest-1",
                country="CN",
            )
        )
        writer.finish(
            Manifest(
                tool_version="test",
                started=NOW,
                finished=NOW,
                providers=["aws"],
                accounts=["123456789012"],
                regions=["cn-north-1", "cn-northwest-1"],
                counts={},
                files=[],
                failed_calls=[DENIED],
            )
        )
    return path


def _of(line: ResourceVerdicts, check: str) -> Verdict:
    return next(verdict for verdict in line.verdicts if verdict.check == check)


@pytest.mark.parametrize("name", ["verdicts.ndjson", "verdicts.ndjson.zst"])
def test_verdicts_are_written_and_read(
    evaluator: Evaluator, snapshot: Path, tmp_path: Path, name: str
) -> None:
    evaluator.evaluate(snapshot, (2, 3), tmp_path / name)

    file = read_verdicts(tmp_path / name)
    assert (file.header.now, file.header.levels, file.header.origin) == (NOW, [2, 3], "live")
    assert file.header.failed_calls == [DENIED]
    lines = [line for line in file if isinstance(line, ResourceVerdicts)]
    assert [(line.resource.name, line.level) for line in lines[:6]] == [
        (name, level) for name in ("open", "closed", "unread") for level in (2, 3)
    ]
    found = {line.resource.name: _of(line, "boundary-admin-ports") for line in lines}
    assert found["open"] == Verdict(
        check="boundary-admin-ports",
        status="fail",
        findings=[
            Finding(at="rules/0/sources/0", args={"ports": "22/tcp (SSH)", "source": "0.0.0.0/0"}),
        ],
    )
    assert found["closed"].status == "pass"
    assert found["unread"].status == "unknown"
    assert found["unread"].reasons == ["rules: AccessDenied: ec2:X"]
    stand_in = lines[-1]
    assert stand_in.resource.unlisted
    assert {verdict.status for verdict in stand_in.verdicts} == {"unknown"}


def test_the_file_tells_where_each_resource_stands(
    evaluator: Evaluator, snapshot: Path, tmp_path: Path
) -> None:
    evaluator.evaluate(snapshot, (3,), tmp_path / "v")
    second = list(read_verdicts(tmp_path / "v"))[1].resource
    assert (second.file, second.line) == ("123456789012/resources.ndjson", 2)
    text = (snapshot / second.file).read_text().splitlines()[second.line - 1]
    assert json.loads(text)["id"] == second.id


def test_the_same_snapshot_gives_the_same_bytes(
    evaluator: Evaluator, snapshot: Path, tmp_path: Path
) -> None:
    evaluator.evaluate(snapshot, (3,), tmp_path / "one")
    evaluator.evaluate(snapshot, (3,), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_reports_call_a_snapshot_by_its_path_or_as_they_are_told(
    evaluator: Evaluator, snapshot: Path, tmp_path: Path
) -> None:
    evaluator.evaluate(snapshot, (3,), tmp_path / "kept")
    evaluator.evaluate(snapshot, (3,), tmp_path / "removed", name=NOT_KEPT)
    assert read_verdicts(tmp_path / "kept").header.snapshot == snapshot.as_posix()
    assert read_verdicts(tmp_path / "removed").header.snapshot == "snapshot"


def test_verdicts_are_private(evaluator: Evaluator, snapshot: Path, tmp_path: Path) -> None:
    evaluator.evaluate(snapshot, (3,), tmp_path / "v")
    assert (tmp_path / "v").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["snapshot", "v"]


def test_a_damaged_snapshot_leaves_no_verdicts(
    evaluator: Evaluator, snapshot: Path, tmp_path: Path
) -> None:
    data = snapshot / "123456789012" / "resources.ndjson"
    data.write_bytes(data.read_bytes()[:-20])
    with pytest.raises(UserError, match="truncated"):
        evaluator.evaluate(snapshot, (3,), tmp_path / "v")
    assert not (tmp_path / "v").exists()


def test_a_folder_that_does_not_exist(evaluator: Evaluator, snapshot: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"verdicts file .*none/v cannot be written"):
        evaluator.evaluate(snapshot, (3,), tmp_path / "none" / "v")


class TestDamagedVerdicts:
    """A verdicts file that is not whole gives no report."""

    @pytest.fixture
    def lines(self, evaluator: Evaluator, snapshot: Path, tmp_path: Path) -> list[bytes]:
        evaluator.evaluate(snapshot, (3,), tmp_path / "v")
        return (tmp_path / "v").read_bytes().splitlines(keepends=True)

    def _refused(self, tmp_path: Path, lines: list[bytes]) -> str:
        (tmp_path / "bad").write_bytes(b"".join(lines))
        with pytest.raises(UserError) as refused:
            list(read_verdicts(tmp_path / "bad"))
        assert refused.value.hint
        return refused.value.message

    def test_truncated(self, lines: list[bytes], tmp_path: Path) -> None:
        assert "truncated" in self._refused(tmp_path, lines[:-1])

    def test_cut_within_a_line(self, lines: list[bytes], tmp_path: Path) -> None:
        assert "damaged" in self._refused(tmp_path, [*lines[:2], lines[2][:30]])

    def test_a_line_is_missing(self, lines: list[bytes], tmp_path: Path) -> None:
        assert "ends after 3 resources" in self._refused(tmp_path, [lines[0], *lines[2:]])

    def test_lines_after_the_end(self, lines: list[bytes], tmp_path: Path) -> None:
        assert "unexpected" in self._refused(tmp_path, [*lines, lines[1]])

    def test_compressed_and_cut(self, evaluator: Evaluator, snapshot: Path, tmp_path: Path) -> None:
        evaluator.evaluate(snapshot, (3,), tmp_path / "v.zst")
        whole = (tmp_path / "v.zst").read_bytes()
        (tmp_path / "bad.zst").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(UserError):
            list(read_verdicts(tmp_path / "bad.zst"))

    def test_of_a_newer_schema(self, lines: list[bytes], tmp_path: Path) -> None:
        newer = lines[0].replace(b'"schema_version":1', b'"schema_version":9', 1)
        assert "verdicts schema 9" in self._refused(tmp_path, [newer, *lines[1:]])

    @pytest.mark.parametrize("text", [b"", b"{}", b"not json", b'{"kind":"mlps.snapshot"}'])
    def test_another_file(self, tmp_path: Path, text: bytes) -> None:
        assert "is not a verdicts file" in self._refused(tmp_path, [text])

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(UserError, match="cannot be read"):
            read_verdicts(tmp_path / "none")
