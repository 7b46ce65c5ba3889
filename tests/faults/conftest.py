"""What the fault tests share: one evaluator, one boto3 session, and few attempts, so that a fault
is over soon."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import boto3
import pytest

from scanner.pipeline import Evaluator, open_evaluator
from tests.scanner.made import settings


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    with open_evaluator(settings()) as opened:
        yield opened


@pytest.fixture(scope="module", autouse=True)
def _one_session() -> Iterator[None]:
    """All scans of a module open the same session: botocore reads its large models of services once
    a session, which takes as long as the rest of a scan. Clients are made anew for each scan."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boto3, "Session", functools.cache(boto3.Session))
        yield


@pytest.fixture(autouse=True)
def _few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
