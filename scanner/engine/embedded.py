"""The embedded engine: regorus, in this process.

Bundled checks run compiled (`Rvm`), and interpreted (`Engine`) where the compiled form gives up: it
stops after 25,000 instructions, which a firewall of some twenty rules can need, and the wheel has
no setting for it. Users' own checks are always interpreted, which is slower and closer to OPA: see
docs/decisions/0001-embedded-engine.md. The tests hold both equal to a real OPA.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import msgspec
import regorus

from collectors.document import UserError
from scanner.engine import Answer, Failure, Task
from scanner.engine._findings import answer, refuse_without_deny, with_applies
from scanner.policies import Bundle

_UNDEFINED = "<undefined>"


class _Runner(Protocol):
    """Rego that is ready to run. Whatever the wheel raises leaves it as it was."""

    def give(self, text: str) -> None:
        """Make a document, as JSON, the input of what follows."""
        ...

    def value(self, rule: str) -> Any:
        """The value of a rule on that input; the text "<undefined>" where it has none."""
        ...

    def reset(self) -> None:
        """Forget everything but the policies."""
        ...


class EmbeddedEngine:
    """Runs a bundle in this process. Not for use by several threads at once.

    Raises UserError for a policy that does not compile.
    """

    name = "embedded"

    def __init__(self, bundle: Bundle) -> None:
        refuse_without_deny(bundle)
        self._with_applies = with_applies(bundle)
        self._own = bundle.own
        compiled = [c.package for c in bundle.checks if c.package not in bundle.own]
        entries = [f"data.{package}.deny" for package in compiled]
        entries += [f"data.{p}.applies" for p in compiled if p in self._with_applies]
        try:
            self._compiled = _Compiled(bundle, entries) if entries else None
            self._interpreted = _Interpreted(bundle)
        except Exception as error:
            raise UserError(
                f"The policies cannot be compiled: {_reason(error)}.",
                "Run: mlps policies lint, with the folders of your own checks.",
            ) from error

    def run(self, tasks: Iterable[Task]) -> Iterator[Sequence[Answer | Failure]]:
        """Answer each task in order, one Answer or Failure for each of its packages."""
        for task in tasks:
            text = task.input.decode()
            ready: set[int] = set()
            yield [self._ask(package, text, ready) for package in task.packages]

    def close(self) -> None:
        """Nothing is held outside this object."""

    def _ask(self, package: str, text: str, ready: set[int]) -> Answer | Failure:
        """`ready` are the runners that were given this document: it is converted once for each."""
        if self._compiled and package not in self._own:
            found = self._ask_one(self._compiled, package, text, ready)
            if not isinstance(found, Failure):
                return found
        return self._ask_one(self._interpreted, package, text, ready)

    def _ask_one(
        self, runner: _Runner, package: str, text: str, ready: set[int]
    ) -> Answer | Failure:
        try:
            if id(runner) not in ready:
                runner.give(text)
                ready.add(id(runner))
            deny = runner.value(f"data.{package}.deny")
            applies = True
            if package in self._with_applies:
                applies = runner.value(f"data.{package}.applies") is True
        except Exception as error:  # noqa: BLE001 - whatever the wheel raises is a Failure
            runner.reset()
            ready.discard(id(runner))
            return Failure(f"engine: {_reason(error)}")
        return answer(deny, applies=applies)


class _Compiled:
    """Compiled checks: one entry point for each rule."""

    def __init__(self, bundle: Bundle, entries: list[str]) -> None:
        # Without users' modules: only what the tests hold equal to OPA is compiled.
        modules = [(m.name, m.source) for m in bundle.modules if m.package not in bundle.own]
        self._program = regorus.Program.compile_from_modules("{}", modules, entries)
        self.reset()

    def reset(self) -> None:
        self._vm = regorus.Rvm()
        self._vm.load_program(self._program)

    def give(self, text: str) -> None:
        self._vm.set_input_json(text)

    def value(self, rule: str) -> Any:
        value = msgspec.json.decode(self._vm.execute_entry_point(rule))
        if isinstance(value, list):
            # A head that is undefined is no member in OPA; here it is one that says so.
            return [member for member in value if member != _UNDEFINED]
        return value


class _Interpreted:
    """Interpreted checks. Most runs without users' checks never need them: bundled modules are
    parsed at the first question."""

    def __init__(self, bundle: Bundle) -> None:
        self._modules = bundle.modules
        self._pristine = self._parse() if bundle.own else None
        self.reset()

    def reset(self) -> None:
        self._engine: Any = None

    def give(self, text: str) -> None:
        if self._pristine is None:
            self._pristine = self._parse()
        if self._engine is None:
            self._engine = self._pristine.clone()
        self._engine.set_input_json(text)

    def value(self, rule: str) -> Any:
        return msgspec.json.decode(self._engine.eval_rule_as_json(rule))

    def _parse(self) -> Any:
        engine = regorus.Engine()
        for module in self._modules:
            engine.add_policy(module.name, module.source)
        return engine


def _reason(error: Exception) -> str:
    """The last `error:` line of regorus' message, without its backtrace."""
    found = re.findall(r"error: (.+)", str(error))
    if found:
        return str(found[-1])
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0].strip() if lines else type(error).__name__
