"""Filter patterns tried on events: true, false, or nobody knows."""

from __future__ import annotations

import pytest

from collectors.aws.filter_pattern import Event, matches

EVENT: Event = {"$.name": "RunInstances", "$.message": "not [all] of it", "$.error": None}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{ $.name = RunInstances }", True),
        ("{$.name=RunInstances}", True),
        ('{ $.name = "RunInstances" }', True),
        ("{ $.name = runinstances }", False),
        ("{ $.name = Run }", False),
        ("{ $.name = Run* }", True),
        ('{ $.message = "not [all] of it" }', True),
        ('{ $.message = "not [a] of it" }', False),
        ('{ $.name = "Run?nstances" }', False),
        ("{ $.name != RunInstances }", False),
        ("{ $.name != Run* }", False),
        ("{ $.name != StopInstances }", True),
        ("{ $.name EXISTS }", True),
        ("{ $.name NOT EXISTS }", False),
        ("{ $.error NOT  EXISTS }", True),
        ("{ $.error = x }", False),
        ("{ $.error != x }", None),
        ("{ $.other = x }", None),
        ("{ $.other NOT EXISTS }", None),
        # What is not known does not matter where the rest decides.
        ("{ $.other = x && $.name = StopInstances }", False),
        ("{ $.other = x && $.name = RunInstances }", None),
        ("{ $.other = x || $.name = RunInstances }", True),
        ("{ $.other = x || $.name = StopInstances }", None),
        # "And" binds closer than "or".
        ("{ $.name = RunInstances || $.name = a && $.name = b }", True),
        ("{ ($.name = RunInstances || $.name = a) && $.name = b }", False),
        ("{ (($.name = RunInstances)) }", True),
        # Numbers, other operators and other notations are not understood.
        ("{ $.size > 5 }", None),
        ("{ $.name IS NULL }", None),
        ("{ $.name = %Run% }", None),
        ("{ $.list[0] = x }", None),
        ("{ $.name }", None),
        ("{ && }", None),
        ("{ $.name = a $.name = b }", None),
        ("{ () }", None),
        ("{ ( }", None),
        ("{}", None),
        ("[a, b, name = RunInstances]", None),
        ("RunInstances", None),
        ("", None),
    ],
)
def test_a_pattern_on_an_event(pattern: str, expected: bool | None) -> None:
    assert matches(pattern, EVENT) is expected
