"""Both engines give the same findings to the byte: every bundled check, every document we have.

The OPA server is a real one. It decides what is right: Rego means what OPA makes of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from bench.documents import NOW, as_input, documents
from bench.inputs import Input, damaged, inputs_of_rego_tests
from bench.measure import write_snapshot
from collectors.iac.check import collect as check_templates
from collectors.snapshot import open_snapshot
from scanner import policies
from scanner.catalog import load_catalogue
from scanner.engine import Answer, Engine, Failure, Task
from scanner.engine.embedded import EmbeddedEngine
from scanner.engine.server import ServerEngine
from scanner.evaluate import evaluate
from scanner.policies import Bundle
from tests.scanner.engine.conftest import WriteChecks, answer_bytes, own

ROOT = Path(__file__).parent.parent.parent.parent

pytestmark = pytest.mark.go_tools


@pytest.fixture(scope="module")
def rego_inputs(bundle: Bundle) -> list[Input]:
    return list(inputs_of_rego_tests(bundle))


@pytest.fixture(scope="module")
def company(company_snapshot: Path) -> Path:
    """The example company's AWS account, collected."""
    return company_snapshot


def _packages(bundle: Bundle, type_: str) -> tuple[str, ...]:
    """The checks on a type of resource."""
    return tuple(c.package for c in bundle.checks if "*" in c.targets or type_ in c.targets)


def _task(given: Input, packages: Iterable[str]) -> Task:
    return Task(msgspec.json.encode(given), tuple(packages))


def _compare(tasks: Sequence[Task], one: Engine, other: Engine) -> dict[str, set[str]]:
    """Assert that both engines say the same; which packages found something, passed, failed."""
    seen: dict[str, set[str]] = {"finding": set(), "nothing": set(), "failure": set()}
    pairs = zip(tasks, one.run(tasks), other.run(tasks), strict=True)
    for task, mine, theirs in pairs:
        if answer_bytes(mine) != answer_bytes(theirs):
            for package, a, b in zip(task.packages, mine, theirs, strict=True):
                assert answer_bytes([a]) == answer_bytes([b]), f"{package} on {task.input!r}"
        for package, answer in zip(task.packages, mine, strict=True):
            seen[_kind(answer)].add(package)
    return seen


def _kind(answer: Answer | Failure) -> str:
    if isinstance(answer, Failure):
        return "failure"
    return "finding" if answer.deny else "nothing"


_OWN = {
    "positive": """
import data.mlps.lib.network

deny contains {"at": "facts", "args": {"source": source, "data": "data.mlps"}} if {
	some rule in input.facts.rules
	some source in rule.sources
	network.is_internet(source)
}
""",
    "numbers": """
deny contains {"at": "name", "args": args} if {
	args := {
		"sum": 0.1 + 0.2, "third": 1 / 3, "half": input.level / 2, "whole": 1e3, "none": null,
		"large": 100000000000000000000, "negative": -1.50, "yes": true, "level": input.level,
	}
}
""",
    "text": r"""
deny contains {"at": sprintf("facts/%d", [i]), "args": {"t": t, "q": q}} if {
	some i, t in ["é漢", "\u2028", `raw \n "data" text`, "<&>", ""]
	q := "\"data\" `data` # no comment: data"
}
""",
    "comprehensions": """
deny contains {"at": "name", "args": {"ports": concat(",", ports)}} if {
	ports := sort([sprintf("%v", [p]) | p := input.facts.rules[_].from_port])
	count(ports) > 0
}
""",
    "applying": """
applies if input.provider == "aws"

deny contains {"at": "region", "args": {}} if input.region != "cn-north-1"
""",
    "not_applying": """
default applies := false

applies := input.country == "CN"

deny contains {"at": "country", "args": {"country": input.country}} if input.country != "CN"
""",
    "another_package": """
deny contains finding if {
	some finding in data.mlps.checks.own.positive.deny
}

deny contains {"at": "name", "args": {"path": "by a name"}} if {
	some rule in ["applies", "deny"]
	count(data["mlps"].checks.own.text[rule]) > 3
}
""",
    "failing": """
deny contains {"at": "name", "args": {"n": to_number(input.name)}} if input.name != ""
""",
    "conflicting": """
_level := 1 if input.level > 0

_level := 2 if input.level > 2

deny contains {"at": "level", "args": {"level": _level}} if _level > 0
""",
    "no_set": 'deny := "wrong" if input.level > 0\n',
    "undefined": 'deny := {{"at": "name", "args": {}}} if input.level > 3\n',
    "no_finding": "deny contains input.level if input.level > 0\n",
    "nested": 'deny contains {"at": "name", "args": {"list": [1]}} if input.level > 0\n',
}


# Before the tests whose server holds every check: OPA compiles all that it holds for each policy
# that is put there.
def test_own_checks(
    rego_inputs: list[Input], own_checks: WriteChecks, bundle: Bundle, opa_url: str
) -> None:
    """Users' checks run interpreted; what fails on one engine fails on the other."""
    written = own_checks(**_OWN)
    library = tuple(m for m in bundle.modules if m.package.startswith("mlps.lib."))
    loaded = msgspec.structs.replace(written, modules=(*library, *written.modules))
    tasks = [_task(given, [own(name) for name in _OWN]) for given in rego_inputs[::31]]
    server = ServerEngine(loaded, url=opa_url)
    try:
        seen = _compare(tasks, EmbeddedEngine(loaded), server)
    finally:
        server.close()

    fails = {"failing", "conflicting", "no_set", "undefined", "no_finding", "nested"}
    finds = {*_OWN} - {"no_set", "no_finding", "nested"}
    assert seen["failure"] == {own(name) for name in fails}
    assert seen["finding"] == {own(name) for name in finds - {"failing"}}


def test_inputs_of_the_rego_tests(
    bundle: Bundle,
    rego_inputs: list[Input],
    embedded: EmbeddedEngine,
    server: ServerEngine,
) -> None:
    """Every check on those of its own types, and on each eighth of those of others."""
    every = {check.package for check in bundle.checks}
    tasks = []
    for number, given in enumerate(rego_inputs):
        own_type = set(_packages(bundle, given["type"]))
        other = {p for place, p in enumerate(sorted(every)) if (number + place) % 8 == 0}
        tasks.append(_task(given, sorted(own_type | other)))

    assert _compare(tasks, embedded, server) == {
        "finding": every,
        "nothing": every,
        "failure": set(),
    }


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_generated_documents(
    level: int, bundle: Bundle, embedded: EmbeddedEngine, server: ServerEngine
) -> None:
    made = documents(720, seed=level, gaps=level * 0.04)
    tasks = [Task(as_input(d, level=level), _packages(bundle, d.type)) for d in made]

    seen = _compare(tasks, embedded, server)

    assert seen["finding"] | seen["nothing"] == {check.package for check in bundle.checks}
    assert len(seen["finding"]) > 40
    assert not seen["failure"]


def test_damaged_documents(
    bundle: Bundle,
    rego_inputs: list[Input],
    embedded: EmbeddedEngine,
    server: ServerEngine,
) -> None:
    """Facts that are missing or of a wrong type: what a collector's defect would send."""
    dice = random.Random(22239)
    made = (damaged(dice.choice(rego_inputs), dice) for _ in range(4000))
    tasks = [_task(given, _packages(bundle, given["type"])) for given in made]

    seen = _compare(tasks, embedded, server)

    assert seen["finding"] | seen["nothing"] == {check.package for check in bundle.checks}
    assert len(seen["finding"]) > 40


def test_large_firewalls(bundle: Bundle, embedded: EmbeddedEngine, server: ServerEngine) -> None:
    """More rules than the compiled form can do, and about as many."""
    dice = random.Random(22239)
    rules = [
        rule
        for made in documents(2000, seed=5, gaps=0.0)
        if made.type in {"network.firewall", "network.acl"}
        for rule in made.facts["rules"]
    ]
    tasks = []
    for type_ in ("network.firewall", "network.acl"):
        (made,) = (d for d in documents(36, seed=6, gaps=0.0) if d.type == type_)
        for size in (5, 10, 15, 20, 25, 30, 40, 60, 100):
            facts = made.facts | {"rules": [dice.choice(rules) for _ in range(size)]}
            large = msgspec.structs.replace(made, facts=facts)
            tasks.append(Task(as_input(large), _packages(bundle, type_)))

    seen = _compare(tasks, embedded, server)

    assert "mlps.checks.boundary.data_ports" in seen["finding"]
    assert not seen["failure"]


def _documents_of(path: Path, bundle: Bundle, level: int) -> Iterator[Task]:
    for located in open_snapshot(path):
        document = located.document
        yield Task(as_input(document, level=level), _packages(bundle, document.type))


def test_the_example_company(
    bundle: Bundle, company: Path, embedded: EmbeddedEngine, server: ServerEngine
) -> None:
    tasks = [task for level in (2, 3) for task in _documents_of(company, bundle, level)]

    seen = _compare(tasks, embedded, server)

    assert len(tasks) > 200
    assert len(seen["finding"]) > 20
    assert not seen["failure"]


def test_the_example_templates(
    bundle: Bundle, embedded: EmbeddedEngine, server: ServerEngine, tmp_path: Path
) -> None:
    """Of three clouds, with much that is known only after apply."""
    check_templates([ROOT / "examples" / "terraform"], tmp_path / "snapshot", tool_version="test")
    tasks = [t for level in (1, 3) for t in _documents_of(tmp_path / "snapshot", bundle, level)]

    seen = _compare(tasks, embedded, server)

    assert len(tasks) > 70
    assert len(seen["finding"]) > 20
    assert not seen["failure"]


def _verdicts(snapshot: Path, bundle: Bundle, engine: Engine) -> list[str]:
    out = snapshot.with_suffix(f".{engine.name}.ndjson")
    evaluate(
        open_snapshot(snapshot),
        bundle,
        engine,
        levels=(2, 3),
        now=NOW,
        out=out,
        applies_at=load_catalogue(policies.bundled()).applies_at,
    )
    return out.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def test_verdicts_files(
    bundle: Bundle, embedded: EmbeddedEngine, server: ServerEngine, tmp_path: Path
) -> None:
    """The whole path, snapshot to verdicts file: the engine makes no difference but its name."""
    write_snapshot(tmp_path / "snapshot", 500)

    ours = _verdicts(tmp_path / "snapshot", bundle, embedded)
    theirs = _verdicts(tmp_path / "snapshot", bundle, server)

    assert '"engine":"embedded"' in ours[0]
    assert ours[0].replace('"engine":"embedded"', '"engine":"server"') == theirs[0]
    # The last line vouches for the first as well.
    assert ours[1:-1] == theirs[1:-1]
    assert len(ours) == 1 + 2 * 500 + 1
    assert all(
        any(f'"status":"{status}"' in line for line in ours[1:])
        for status in ("pass", "fail", "unknown", "not_applicable")
    )
