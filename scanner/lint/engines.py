"""Engines: constructs that the embedded engine and OPA take differently, and refused built-ins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.lint.problem import Problem
from scanner.lint.syntax import Definition, Tree, calls, line, steps, string
from scanner.policies import Bundle, nodes, refused_builtins

DIFFERENT = {
    "floor": "below zero",
    "ceil": "below zero",
    "round": "below zero",
    "json.marshal": "on numbers with a fraction",
    "upper": "on letters that become two",
    "walk": "on documents",
}
"""Built-ins of which the embedded engine's result can differ from OPA's, and where."""

_RAISING = re.compile(
    r"to_number|time\.parse_.*|net\.cidr_(contains|intersects|expand|merge|overlap).*"
    r"|units\..*|base64.*\.decode.*|hex\.decode|json\.unmarshal|yaml\.unmarshal|semver\.compare"
)
"""Built-ins that fail on a malformed text: OPA finds nothing then, an embedded engine an error."""

_VERB = re.compile(r"%[^%dsv]|%$")


def problems(tree: Tree) -> Iterator[Problem]:
    """Problems of one module, of a check or a library."""
    name = tree.module.name
    in_check = tree.module.package.startswith("mlps.checks.")
    for at, function in refused_builtins(tree.ast):
        message = f"{function} may not be used: a check reads its input only."
        yield Problem(name, at, "refused-builtin", message)
    for function, call in calls(tree.ast):
        if function in DIFFERENT:
            message = f"engines differ on {function} {DIFFERENT[function]}: do without it."
            yield Problem(name, line(call), "differing-builtin", message)
        if in_check and _RAISING.fullmatch(function):
            message = (
                f"{function} fails on a malformed text, and engines differ on that: use"
                " data.mlps.lib (time, network), or a library of yours that looks at the text"
                " first."
            )
            yield Problem(name, line(call), "raising-builtin", message)
        if function == "sprintf" and _VERB.search(
            (string(call["params"][0]) or "").replace("%%", "")
        ):
            message = "engines agree on %d, %s and %v only."
            yield Problem(name, line(call), "sprintf-verb", message)
    for found in tree.rules.get("deny", []):
        if not in_check:
            message = "nobody asks for this `deny`: the package of a check begins with mlps.checks."
            yield Problem(name, found.line, "deny-form", message)
    for definition in (one for rules in tree.rules.values() for one in rules):
        if _has_key(definition):
            message = (
                "the embedded engine can lose members of a rule with a key in brackets: write a set"
                " (`name contains {…}`), or a function."
            )
            yield Problem(name, definition.line, "keyed-rule", message)
    for node in nodes(tree.ast):
        if node.get("is_else"):
            message = "engines differ on `else` after an absent value: write two rules."
            yield Problem(name, line(node), "else", message)


def _has_key(definition: Definition) -> bool:
    """Whether the head of a rule has a key that is no fixed text: `name[key] := …`."""
    found = steps(definition.refr)
    return found is not None and not all(isinstance(step, str) for step in found[1])


def uncompiled(bundle: Bundle, trees: dict[str, Tree]) -> Iterator[Problem]:
    """A problem for each check that the embedded engine cannot compile."""
    entries = {
        check.file: f"data.{check.package}.deny"
        for check in bundle.checks
        if "deny" in trees[check.package].rules
    }
    if _compile_error(bundle, list(entries.values())):
        for file, entry in entries.items():
            if error := _compile_error(bundle, [entry]):
                yield _not_compiled(file, error)


def _compile_error(bundle: Bundle, entries: list[str]) -> str:
    import regorus  # noqa: PLC0415 - `mlps --version` loads no engine

    modules = [(module.name, module.source) for module in bundle.modules]
    try:
        regorus.Program.compile_from_modules("{}", modules, entries)
    except Exception as error:  # noqa: BLE001 - whatever the wheel raises is the finding
        return str(error)
    return ""


def _not_compiled(file: str, error: str) -> Problem:
    place = re.search(r"-->\s*(.+?):(\d+):\d+", error)
    reasons = re.findall(r"^\s*(?:error:|Compilation error:)\s*(.+)$", error, flags=re.MULTILINE)
    reason = reasons[-1] if reasons else error.strip().splitlines()[0]
    where = (place.group(1), int(place.group(2))) if place else (file, 1)
    return Problem(*where, "not-compiled", f"the embedded engine cannot compile it: {reason}.")
