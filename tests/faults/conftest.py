"""What the fault tests share: one evaluator, and few attempts, so that a fault is over soon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scanner.pipeline import Evaluator, open_evaluator
from tests.scanner.made import settings


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    with open_evaluator(settings()) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
