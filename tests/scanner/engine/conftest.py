"""A real OPA server for the engines' tests, and what they compare on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from bench.opa_server import running_opa
from scanner import policies
from scanner.engine import Answer, Engine, Failure, Task
from scanner.engine.embedded import EmbeddedEngine
from scanner.engine.server import ServerEngine

WriteChecks = Callable[..., policies.Bundle]

_METADATA = """\
# METADATA
# title: {name}
# description: {name}
# custom:
#   id: own-{id}
#   title_zh: {name}
#   description_zh: {name}
#   targets: ["*"]
#   facts: [name]
#   severity: low
#   items: [boundary.access-control]
#   message: wrong
#   message_zh: 错误
#   remediation: {{en: Correct it., zh: 改正。}}
package mlps.checks.own.{name}
"""


@pytest.fixture(scope="session")
def opa_url(opa: str) -> Iterator[str]:
    """A running OPA server."""
    with running_opa(opa) as url:
        yield url


@pytest.fixture(scope="session")
def bundle() -> policies.Bundle:
    """The bundled policies."""
    return policies.load(policies.bundled())


@pytest.fixture(scope="session")
def embedded(bundle: policies.Bundle) -> EmbeddedEngine:
    """The bundled policies in this process."""
    return EmbeddedEngine(bundle)


@pytest.fixture(scope="module")
def server(bundle: policies.Bundle, opa_url: str) -> Iterator[ServerEngine]:
    """The bundled policies on the OPA server."""
    engine = ServerEngine(bundle, url=opa_url)
    yield engine
    engine.close()


@pytest.fixture
def own_checks(tmp_path: Path) -> WriteChecks:
    """Writes users' checks, each given as name=rules, and loads nothing but them."""

    def write(**rules: str) -> policies.Bundle:
        for name, text in rules.items():
            head = _METADATA.format(name=name, id=name.replace("_", "-"))
            (tmp_path / f"{name}.rego").write_text(f"{head}\n{text}\n", encoding="utf-8")
        loaded = policies.load(policies.bundled(), tmp_path)
        own = [module for module in loaded.modules if module.package in loaded.own]
        return msgspec.structs.replace(
            loaded,
            modules=tuple(own),
            checks=[check for check in loaded.checks if check.package in loaded.own],
        )

    return write


def own(name: str) -> str:
    """The package of a check that `own_checks` wrote."""
    return f"mlps.checks.own.{name}"


def ask(engine: Engine, package: str, *inputs: bytes) -> list[Answer | Failure]:
    """What one check says of each input."""
    return [answer for (answer,) in engine.run(Task(text, (package,)) for text in inputs)]


def answer_bytes(answers: Sequence[Answer | Failure]) -> list[bytes | None]:
    """Answers as bytes. The words of a failure are each engine's own: it becomes None."""
    return [None if isinstance(a, Failure) else msgspec.json.encode(a) for a in answers]
