"""The embedded engine: regorus, in this process.

Bundled checks run compiled (`Rvm`); users' own are interpreted (`Engine`), which is slower and
closer to OPA: see docs/decisions/0001-embedded-engine.md. The tests hold both equal to a real OPA.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regorus

from scanner.engine import Answer, Failure, Task
from scanner.engine._findings import answer
from scanner.policies import Bundle

_APPLIES = re.compile(r"^(default\s+)?applies\b", re.MULTILINE)
_UNDEFINED = "<undefined>"
"""How regorus writes undefined, also for a set member that has an undefined part."""


class EmbeddedEngine:
    """Runs a bundle in this process. Not for use by several threads at once."""

    name = "embedded"

    def __init__(self, bundle: Bundle) -> None:
        self._has_applies = {m.package for m in bundle.modules if _APPLIES.search(m.source)}
        self._own = bundle.own
        packages = [check.package for check in bundle.checks]
        self._compiled = _Compiled(bundle, [p for p in packages if p not in bundle.own])
        self._interpreted = _Interpreted(bundle) if bundle.own else None

    def run(self, tasks: Iterable[Task]) -> Iterator[Sequence[Answer | Failure]]:
        """Answer each task in order, one Answer or Failure for each of its packages."""
        for task in tasks:
            text = task.input.decode()
            fresh: set[int] = set()
            yield [self._ask(package, text, fresh) for package in task.packages]

    def close(self) -> None:
        """Nothing is held outside this object."""

    def _ask(self, package: str, text: str, fresh: set[int]) -> Answer | Failure:
        interpreted = self._interpreted if package in self._own else None
        runner = interpreted or self._compiled
        try:
            if id(runner) not in fresh:
                runner.give(text)
                fresh.add(id(runner))
            deny = runner.value(f"data.{package}.deny")
            applies = True
            if package in self._has_applies:
                applies = runner.value(f"data.{package}.applies") is True
        except Exception as error:  # noqa: BLE001 - whatever the wheel raises is a Failure
            runner.reset()
            fresh.discard(id(runner))
            return Failure(_reason(error))
        members = deny if isinstance(deny, list) else []
        return answer((m for m in members if m != _UNDEFINED), applies=applies)


class _Compiled:
    """Compiled checks: one entry point for each rule."""

    def __init__(self, bundle: Bundle, packages: list[str]) -> None:
        modules = [(module.name, module.source) for module in bundle.modules]
        rules = {f"data.{m.package}.applies" for m in bundle.modules if _APPLIES.search(m.source)}
        entries = [f"data.{package}.deny" for package in packages]
        entries += [name for name in (f"data.{p}.applies" for p in packages) if name in rules]
        self._program = regorus.Program.compile_from_modules("{}", modules, entries)
        self.reset()

    def reset(self) -> None:
        self._vm = regorus.Rvm()
        self._vm.load_program(self._program)

    def give(self, text: str) -> None:
        self._vm.set_input_json(text)

    def value(self, rule: str) -> Any:
        return json.loads(self._vm.execute_entry_point(rule))


class _Interpreted:
    """Interpreted checks."""

    def __init__(self, bundle: Bundle) -> None:
        self._modules = [(module.name, module.source) for module in bundle.modules]
        self.reset()

    def reset(self) -> None:
        self._engine = regorus.Engine()
        for name, source in self._modules:
            self._engine.add_policy(name, source)

    def give(self, text: str) -> None:
        self._engine.set_input_json(text)

    def value(self, rule: str) -> Any:
        return json.loads(self._engine.eval_rule_as_json(rule))


def _reason(error: Exception) -> str:
    """The last `error:` line of regorus' message, without its backtrace."""
    found = re.findall(r"error: (.+)", str(error))
    return f"engine: {found[-1] if found else str(error).strip().splitlines()[0]}"
