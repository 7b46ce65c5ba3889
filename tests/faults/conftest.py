"""What the fault tests share: one evaluator, and few attempts, so that a fault is over soon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scanner.commands._options import Evaluation
from scanner.pipeline import Evaluator, open_evaluator


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    settings = Evaluation(
        levels=(3,),
        policies=(),
        engine="embedded",
        opa_url="",
        opa_token=None,
        opa_ca=None,
    )
    with open_evaluator(settings) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
