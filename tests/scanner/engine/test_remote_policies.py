"""Policies made ready for a server: checks that become one module, and those that may not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from scanner.engine._remote_policies import below, mergeable, merged, places
from scanner.policies import Bundle, Module, bundled, load


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load(bundled())


def _module(package: str, source: str) -> Module:
    return Module(f"{package}.rego", source, package, Path())


def _own(bundle: Bundle, source: str) -> Bundle:
    package = "mlps.checks.own.mine"
    module = _module(package, f"package {package}\n\n{source}\n")
    return msgspec.structs.replace(
        bundle, modules=(*bundle.modules, module), own=frozenset({package})
    )


def test_all_checks_of_the_bundle_are_one_module(bundle: Bundle) -> None:
    """Each module more would make OPA compile all of them once more."""
    assert {module.package for module in mergeable(bundle)} == {
        check.package for check in bundle.checks
    }


@pytest.mark.parametrize(
    ("source", "together"),
    [
        ("deny contains data.mlps.lib.time.days(1)", True),
        ("deny contains data.mlps.checks.own.mine.x", True),
        ('deny contains "data.mlps.checks.data.encryption" # data.x', True),
        ("deny contains data.mlps.checks.boundary.admin_ports.deny", False),
        ("import data.mlps.checks.boundary.admin_ports", False),
        ('deny contains data["mlps"].checks', False),
        ("deny contains data.mlps.library.x", False),
    ],
)
def test_checks_that_are_read_by_another_policy_stay_apart(
    bundle: Bundle, source: str, *, together: bool
) -> None:
    assert bool(mergeable(_own(bundle, source))) is together


_MERGED = """
package x.bundled

default check0_applies := true

check0_deny contains {"at": "deny", "args": {"deny": input.facts.deny}} if {
	check0__wrong(`deny # "`, data.x.mlps.lib.time.now)
	data.x.mlps.lib.network.deny(input)
	not data.x.mlps.lib.tags.data
}

check0__wrong(check0_deny, _) if check0_deny != "_wrong"

check1_deny contains 1
"""


def test_names_of_one_module_are_not_those_of_another() -> None:
    one = _module(
        "mlps.checks.a.b",
        """# METADATA
# title: deny
package mlps.checks.a.b

import data.mlps.lib.network
import data.mlps.lib.time as clock

default applies := true

# deny: a comment
deny contains {"at": "deny", "args": {"deny": input.facts.deny}} if {
	_wrong(`deny # "`, clock.now) # deny
	network.deny(input)
	not data.mlps.lib.tags.data
}

_wrong(deny, _) if deny != "_wrong"
""",
    )
    two = _module("mlps.checks.a_b", "package mlps.checks.a_b\n\ndeny contains 1\n")
    assert merged("x", [one, two]).split() == _MERGED.split()
    assert places([one, two], ["mlps.checks.own.mine"]) == {
        "mlps.checks.a.b": '["bundled"]["check0_',
        "mlps.checks.a_b": '["bundled"]["check1_',
        "mlps.checks.own.mine": '["mlps"]["checks"]["own"]["mine"]["',
    }


def test_below_a_name() -> None:
    source = 'package a.b\n\nx := data.c # data.c\ny := "data.c"\nz := input.data.c\n'
    assert below("n", source) == (
        'package n.a.b\n\nx := data.n.c # data.c\ny := "data.c"\nz := input.data.c\n'
    )
