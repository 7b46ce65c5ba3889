"""The test beside a check: that it is there, and has its three cases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collectors.document import UserError
from scanner.lint.problem import Problem
from scanner.lint.subject import Subject
from scanner.lint.syntax import Definition, Node, Tree, dotted, tree, variable
from scanner.policies import Module, nodes, syntax_trees

_NAMES = {
    "pass": re.compile(r"(^|_)pass(es)?(_|$)"),
    "fail": re.compile(r"(^|_)fails?(_|$)"),
    "unknown": re.compile(r"(^|_)unknown(_|$)"),
}
"""What the name of a test has in it, by its case."""


def problems(subject: Subject) -> Iterator[Problem]:
    """Problems of NAME_test.rego beside NAME.rego.

    A case is a rule `test_…` with its word in the name (passes, fails, unknown) that asks the check
    for `deny`, and compares it with an empty set where it passes and with findings where it fails.
    """
    path = subject.tree.module.path
    file = path.with_name(f"{path.stem}_test.rego")
    name = subject.check.file.removesuffix(".rego") + "_test.rego"
    if not file.is_file():
        message = f"there is no test beside the check: write {file.name}."
        yield subject.at("", "test-missing", message)
        return
    try:
        source = file.read_text(encoding="utf-8")
        ast = syntax_trees({name: source})[name]
    except (OSError, UnicodeDecodeError, UserError) as error:
        yield Problem(name, 1, "test-missing", f"the test cannot be read: {error}")
        return
    test = tree(Module(name, source, dotted(ast["package"]["refr"]), file), ast)
    if test.module.package != f"{subject.check.package}_test":
        line = ast["package"]["span"]["line"]
        message = f"the test's package is not {subject.check.package}_test."
        yield Problem(name, line, "test-cases", message)
    for case, pattern in _NAMES.items():
        rules = [one for rule, found in test.rules.items() if pattern.search(rule) for one in found]
        if not any(_is_case(one, case, test, subject.check.package) for one in rules):
            message = f"no test shows a resource of the case {case!r} (test_…_{_WORD[case]})."
            yield Problem(name, 1, "test-cases", message)


_WORD = {"pass": "passes", "fail": "fails", "unknown": "unknown_…"}


def _is_case(rule: Definition, case: str, test: Tree, package: str) -> bool:
    if not str(variable(rule.refr)).startswith("test_"):
        return False
    asked = {_full(node, test) for node in nodes(rule.bodies) if "RefDot" in node}
    if f"data.{package}.deny" not in asked:
        return False
    sides = [
        side
        for node in nodes(rule.bodies)
        if (node.get("BoolExpr") or {}).get("op") == "Eq"
        for side in (node["BoolExpr"]["lhs"], node["BoolExpr"]["rhs"])
    ]
    sets = [side["Set"]["items"] for side in sides if "Set" in side]
    empty, some = [] in sets, any(sets)
    return {"pass": empty, "fail": some, "unknown": empty or some}[case]


def _full(node: Node, test: Tree) -> str:
    first, _, rest = dotted(node).partition(".")
    return f"{test.imports.get(first, first)}.{rest}"
