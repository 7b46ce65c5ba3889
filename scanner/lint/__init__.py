"""`mlps policies lint`: whether checks keep their contract (design.md §4), found in their source.

A check that breaks it could pass what it should not: read a fact that it does not list, take an
absent fact for a no, or find something else in the embedded engine than in OPA.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.catalog import load_catalogue
from scanner.lint import absence, beside, engines, facts, findings, texts
from scanner.lint.problem import Problem
from scanner.lint.subject import subject
from scanner.lint.syntax import Tree, tree
from scanner.policies import Bundle, bundled, syntax_trees

__all__ = ["Problem", "lint"]


def lint(bundle: Bundle) -> list[Problem]:
    """Every problem of the bundle's files, sorted by place. Looks at the tests beside them, too."""
    asts = syntax_trees({module.name: module.source for module in bundle.modules})
    return sorted(set(_problems(bundle, [tree(one, asts[one.name]) for one in bundle.modules])))


def _problems(bundle: Bundle, modules: list[Tree]) -> Iterator[Problem]:
    trees: dict[str, Tree] = {}
    for one in modules:
        yield from engines.problems(one)
        first = trees.setdefault(one.module.package, one)
        if first is not one:
            message = f"the package {one.module.package} is that of {first.module.name} already."
            yield Problem(one.module.name, one.ast["package"]["span"]["line"], "names", message)
    yield from engines.uncompiled(bundle, trees)
    catalogue = load_catalogue(bundled())
    for check in bundle.checks:
        found = subject(check, trees, bundled=check.package not in bundle.own)
        yield from facts.problems(found)
        yield from absence.problems(found)
        yield from findings.problems(found)
        yield from texts.problems(found, catalogue)
        yield from beside.problems(found)
