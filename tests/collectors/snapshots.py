"""Snapshots that tests write, and how one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, UserError
from collectors.snapshot import (
    FailedCall,
    Manifest,
    SnapshotError,
    SnapshotWriter,
    open_snapshot,
)

DENIED = FailedCall(
    provider="aws",
    account="111122223333",
    region="cn-north-1",
    service="ec2",
    operation="DescribeVpcs",
    permission="ec2:DescribeVpcs",
    code="UnauthorizedOperation",
    message="You are not authorised.",
)


def manifest(**changes: Any) -> Manifest:
    values: dict[str, Any] = {
        "tool_version": "1.2.3",
        "started": "2026-01-02T03:04:05Z",
        "finished": "2026-01-02T03:05:06Z",
        "providers": ["aws"],
        "accounts": ["111122223333"],
        "regions": ["cn-north-1"],
        "counts": {},
        "files": [],
        "failed_calls": [DENIED],
    }
    return Manifest(**(values | changes))


def bucket(number: int, account: str = "111122223333", **changes: Any) -> Document:
    values: dict[str, Any] = {
        "id": f"arn:aws-cn:s3:::b{number}",
        "type": "storage.bucket",
        "provider": "aws",
        "account": account,
        "region": "cn-north-1",
        "country": "CN",
        "name": f"桶 {number}",
        "facts": {"versioning": True},
        "unknown": {"acl": "AccessDenied: s3:GetBucketAcl"},
    }
    return Document(**(values | changes))


def write(path: Path, documents: list[Document]) -> Manifest:
    with SnapshotWriter(path) as writer:
        for document in documents:
            writer.write(document)
        return writer.finish(manifest())


def data_file(path: Path, account: str = "111122223333") -> Path:
    (found,) = (path / account).iterdir()
    return found


def everything_below(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def refused(path: Path) -> SnapshotError:
    """The error of opening it: one sentence, and a next step."""
    with pytest.raises(SnapshotError) as caught:
        list(open_snapshot(path))
    error = caught.value
    assert isinstance(error, UserError)
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert error.hint, error.message
    return error
