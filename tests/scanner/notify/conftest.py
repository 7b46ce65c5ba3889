"""A chat for the tests of notifications."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scanner.notify.receiver import Receiver, receiver


@pytest.fixture
def chat() -> Iterator[tuple[str, Receiver]]:
    with receiver() as running:
        yield running
