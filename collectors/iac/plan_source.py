"""Where the resources of a plan are declared: it tells addresses, the modules' files the lines."""

from __future__ import annotations

import re
from pathlib import Path

from collectors.iac.certainty import Module
from collectors.iac.hcl import Declaration, Names

_KEY = r'\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]'
_STEP = re.compile(rf"module\.([\w-]+)(?:{_KEY})?\.")


class PlanSource:
    """The source of a plan: its root module, and those that it calls as far as they are there."""

    def __init__(self, root: Path) -> None:
        self._declared: dict[tuple[Names, str, Names], Declaration] = {}
        self._add(Module(root))

    def _add(self, module: Module) -> None:
        for each in module.declared:
            if each.kind in {"resource", "data"}:
                # What an override file says of a resource stands beside its declaration.
                self._declared.setdefault((module.call, each.kind, each.labels), each)
        for child in module.children.values():
            self._add(child)

    def find(self, address: str, kind: str, labels: Names) -> Declaration | None:
        """The declaration of a resource by its address in the plan; `kind` is "resource" or "data",
        `labels` its type and name. None where the source does not declare it."""
        calls: list[str] = []
        rest = address
        while step := _STEP.match(rest):
            calls.append(step[1])
            rest = rest[step.end() :]
        return self._declared.get((tuple(calls), kind, labels))
