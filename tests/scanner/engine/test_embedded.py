"""The embedded engine: what regorus cannot answer is a failure, never an empty set."""

from __future__ import annotations

import msgspec
import pytest

from collectors.document import UserError
from scanner.engine import Answer, Failure, Task
from scanner.engine.embedded import EmbeddedEngine
from scanner.policies import Bundle
from scanner.verdict import Finding
from tests.scanner.engine.conftest import WriteChecks, ask, own

WEB = b'{"name": "web", "level": 3}'
ADMIN_PORTS = "mlps.checks.boundary.admin_ports"


def _compiled(bundle: Bundle) -> Bundle:
    """The same checks as if they were bundled: those are compiled."""
    return msgspec.structs.replace(bundle, own=frozenset())


def _both(bundle: Bundle) -> list[EmbeddedEngine]:
    return [EmbeddedEngine(bundle), EmbeddedEngine(_compiled(bundle))]


def test_a_bundled_check(bundle: Bundle) -> None:
    rule = {
        "direction": "ingress",
        "action": "allow",
        "priority": 0,
        "protocol": "tcp",
        "from_port": 22,
        "to_port": 22,
        "sources": ["0.0.0.0/0"],
        "destinations": [],
    }
    closed = rule | {"sources": ["10.0.0.0/8"]}
    inputs = [{"facts": {"rules": rules}, "level": 3} for rules in ([closed, rule], [closed], [])]

    answers = ask(EmbeddedEngine(bundle), ADMIN_PORTS, *map(msgspec.json.encode, inputs))

    finding = Finding(at="rules/1/sources/0", args={"ports": "22/tcp (SSH)", "source": "0.0.0.0/0"})
    assert answers == [Answer((finding,), True), Answer((), True), Answer((), True)]


def test_more_rules_than_the_compiled_form_can_do(bundle: Bundle) -> None:
    """It gives up after 25,000 instructions; the interpreter answers then."""
    rules = [
        {
            "direction": "ingress",
            "action": "allow",
            "priority": number,
            "protocol": "tcp",
            "from_port": 3389,
            "to_port": 3389,
            "sources": ["10.0.0.0/8" if number % 2 else "0.0.0.0/0"],
            "destinations": [],
        }
        for number in range(100)
    ]
    large, small = ({"facts": {"rules": some}, "level": 3} for some in (rules, rules[:2]))
    inputs = [msgspec.json.encode(given) for given in (small, large, small)]

    answers = ask(EmbeddedEngine(bundle), ADMIN_PORTS, *inputs)

    args = {"ports": "3389/tcp (RDP)", "source": "0.0.0.0/0"}
    findings = [Finding(at=f"rules/{number}/sources/0", args=args) for number in range(0, 100, 2)]
    first = Answer((findings[0],), True)
    assert answers == [
        first,
        Answer(tuple(sorted(findings, key=lambda finding: finding.at)), True),
        first,
    ]


def test_findings_are_in_one_order_each_once(own_checks: WriteChecks) -> None:
    bundle = own_checks(
        order="""
deny contains {"at": at, "args": {"b": b, "a": "x"}} if {
	some at in ["rules/2", "rules/10", "name"]
	some b in [2, 1, 1.0, "1"]
}
"""
    )
    expected = [
        Finding(at=at, args={"a": "x", "b": b})
        for at in ("name", "rules/10", "rules/2")
        for b in ("1", 1, 2)
    ]
    for engine in _both(bundle):
        assert ask(engine, own("order"), WEB) == [Answer(tuple(expected), True)]


@pytest.mark.parametrize(
    "deny",
    [
        'deny := "all" if input.level > 0',
        "deny if input.level > 0",
        'deny := {"at": "name", "args": {}} if input.level > 0',
        'deny := {{"at": "name", "args": {}}} if input.level > 3',  # undefined
        "deny contains input.level if input.level > 0",
        'deny contains {"args": {}} if input.level > 0',
        'deny contains {"at": input.level, "args": {}} if input.level > 0',
        'deny contains {"at": "name", "args": {"list": [1]}} if input.level > 0',
        'deny contains {"at": "name", "args": {"far": pow}} if pow := 1e300 * 1e300',
    ],
)
def test_what_is_no_set_of_findings_is_a_failure(deny: str, own_checks: WriteChecks) -> None:
    for engine in _both(own_checks(odd=deny)):
        (answer,) = ask(engine, own("odd"), WEB)
        assert isinstance(answer, Failure), answer


def test_a_head_that_is_undefined_is_no_finding(own_checks: WriteChecks) -> None:
    bundle = own_checks(
        head="""
deny contains {"at": "name", "args": {"absent": input.absent}} if input.level > 0

deny contains {"at": "level", "args": {}} if input.level > 0
"""
    )
    for engine in _both(bundle):
        assert ask(engine, own("head"), WEB) == [Answer((Finding(at="level"),), True)]


def test_a_failure_stays_with_its_check_and_document(own_checks: WriteChecks) -> None:
    bundle = own_checks(
        number='deny contains {"at": "name", "args": {"n": to_number(input.name)}} if input.name',
        level='deny contains {"at": "level", "args": {}} if input.level > 2',
    )
    packages = (own("number"), own("level"))
    texts = [b'{"name": "7", "level": 2}', WEB, b'{"name": "8", "level": 3}']

    answers = list(EmbeddedEngine(bundle).run(Task(text, packages) for text in texts))

    def seven(n: int) -> Answer:
        return Answer((Finding(at="name", args={"n": n}),), True)

    high = Answer((Finding(at="level"),), True)
    assert answers == [
        [seven(7), Answer((), True)],
        [Failure("engine: could not parse string as number"), high],
        [seven(8), high],
    ]


def test_an_input_that_regorus_cannot_read_is_a_failure(own_checks: WriteChecks) -> None:
    deep = b'{"name": ' + b"[" * 500 + b"]" * 500 + b"}"
    for engine in _both(own_checks(named='deny contains {"at": "name"} if input.name')):
        deep_answer, answer = ask(engine, own("named"), deep, WEB)

        assert deep_answer == Failure("engine: recursion limit exceeded at line 1 column 136")
        assert answer == Answer((Finding(at="name"),), True)


@pytest.mark.parametrize(
    ("rule", "applies"),
    [
        ("applies if input.level > 2", True),
        ("applies if input.level > 3", False),
        ("applies := input.absent", False),
        ("applies := 1", False),
        ("default applies := true\napplies := false if input.level > 2", False),
        ("  applies if input.level > 3", False),
        ("# applies if input.level > 3", True),
        ("_x if {\n\tapplies := input.level\n\tapplies > 3\n}", None),
    ],
)
def test_applies(rule: str, applies: bool | None, own_checks: WriteChecks) -> None:
    """Only true means that a check applies. A variable that is only named so ends in a failure."""
    bundle = own_checks(some=f"{rule}\n\ndeny contains {{}} if input.level > 3")

    (answer,) = ask(EmbeddedEngine(bundle), own("some"), WEB)

    assert answer == (
        Failure("engine: not a valid rule path") if applies is None else Answer((), applies)
    )


def test_a_policy_that_does_not_compile_is_refused(own_checks: WriteChecks) -> None:
    bundle = _compiled(own_checks(bad="deny contains {} if no_such(input)"))

    with pytest.raises(UserError) as caught:
        EmbeddedEngine(bundle)

    assert caught.value.message.startswith("The policies cannot be compiled: ")
    assert "no_such" in caught.value.message
