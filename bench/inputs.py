"""Documents that checks are tried on: those of their own Rego tests, and damaged ones."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterable, Iterator
from typing import Any

import regorus

from scanner.policies import Bundle, bundled

Input = dict[str, Any]

_TEST = re.compile(r"^(test_\w+)", re.MULTILINE)
_JUNK = [
    *(None, True, False, 0, -1, 1.5, 1e3, 2**60, 365, "", "x", "0.0.0.0/0"),
    *([], {}, [None], {"a": 1}),
]
_ENVELOPE = ["region", "country", "tags", "name", "account", "provider"]
"""Without level and now, which the scan sets itself."""


def inputs_of_rego_tests(bundle: Bundle) -> Iterator[Input]:
    """Every `input` that the *_test.rego files give to a check.

    Each test file runs against a stand-in for its check that notes what it is given.
    """
    for path in sorted((bundled() / "checks").rglob("*_test.rego")):
        package = f"mlps.checks.{path.parent.name}.{path.stem.removesuffix('_test')}"
        source = path.read_text(encoding="utf-8")
        noted: list[Input] = []
        engine = regorus.Engine()
        for module in bundle.modules:
            # No test reads another check, and reading all of them takes most of the time.
            if not module.package.startswith("mlps.checks."):
                engine.add_policy(module.name, module.source)
        engine.add_policy(
            "stand-in", f"package {package}\ndeny := note(input)\napplies := note(input)\n"
        )
        engine.add_policy(path.name, source)
        engine.add_extension("note", 1, _Note(noted))
        for test in _TEST.findall(source):
            engine.eval_rule_as_json(f"data.{package}_test.{test}")
        yield from noted


class _Note:
    """Notes what it is called with, and answers the empty set: a check that finds nothing."""

    def __init__(self, noted: list[Input]) -> None:
        self._noted = noted

    def __call__(self, given: Input) -> set[str]:
        self._noted.append(given)
        return set()


def damaged(given: Input, dice: random.Random) -> Input:
    """The input with one to three facts, or parts of them, removed or of a wrong type. What is of
    a wrong type stays as it is: engines differ in how %d writes the keys of an object, which would
    tell nothing about facts."""
    result = copy.deepcopy(given)
    spoiled: list[tuple[str | int, ...]] = []
    for _ in range(dice.choice((1, 1, 2, 3))):
        paths = [
            path
            for path in _paths(result["facts"], ())
            if path and not any(path[: len(one)] == one for one in spoiled)
        ]
        if not paths:
            break
        path = dice.choice(paths)
        place: Any = result["facts"]
        for step in path[:-1]:
            place = place[step]
        if dice.random() < 0.5:
            del place[path[-1]]
        else:
            place[path[-1]] = copy.deepcopy(dice.choice(_JUNK))
            spoiled.append(path)
    if dice.random() < 0.1:
        result.pop(dice.choice(_ENVELOPE), None)
    return result


def _paths(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    yield path
    steps: Iterable[Any] = ()
    if isinstance(value, dict):
        steps = value
    elif isinstance(value, list):
        steps = range(len(value))
    for step in steps:
        yield from _paths(value[step], (*path, step))
