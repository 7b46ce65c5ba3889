"""`mlps policies lint`: whether checks keep their contract (design.md §4), found in their source.

A check that breaks it could pass what it should not: read a fact that it does not list, take an
absent fact for a no, or find something else in the embedded engine than in OPA.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.catalog import load_catalogue
from scanner.lint import absence, beside, engines, facts, findings, recursion, texts
from scanner.lint.problem import Problem
from scanner.lint.subject import subject
from scanner.lint.syntax import Tree, tree
from scanner.policies import Bundle, bundled, syntax_trees

__all__ = ["Problem", "breaches", "lint"]


def lint(bundle: Bundle) -> list[Problem]:
    """Every problem of the bundle's files, sorted by place. Looks at the tests beside them, too."""
    asts = syntax_trees({module.name: module.source for module in bundle.modules})
    return sorted(set(_problems(bundle, [tree(one, asts[one.name]) for one in bundle.modules])))


def breaches(bundle: Bundle) -> list[Problem]:
    """What in users' files could pass what it should not; texts and tests are not looked at."""
    asts = syntax_trees({module.name: module.source for module in bundle.modules})
    trees = {one.package: tree(one, asts[one.name]) for one in bundle.modules}
    own = {one.name for one in bundle.modules if one.package in bundle.own}
    found = [problem for problem in recursion.problems(trees) if problem.file in own]
    for package in sorted(bundle.own):
        found += engines.problems(trees[package])
    for check in bundle.checks:
        if check.package in bundle.own:
            one = subject(check, trees, bundled=False)
            found += [*facts.problems(one), *absence.problems(one), *findings.problems(one)]
    return sorted(set(found))


def _problems(bundle: Bundle, modules: list[Tree]) -> Iterator[Problem]:
    trees: dict[str, Tree] = {}
    for one in modules:
        yield from engines.problems(one)
        first = trees.setdefault(one.module.package, one)
        if first is not one:
            message = f"the package {one.module.package} is that of {first.module.name} already."
            yield Problem(one.module.name, one.ast["package"]["span"]["line"], "names", message)
    yield from recursion.problems(trees)
    yield from engines.uncompiled(bundle, trees)
    catalogue = load_catalogue(bundled())
    for check in bundle.checks:
        found = subject(check, trees, bundled=check.package not in bundle.own)
        yield from facts.problems(found)
        yield from absence.problems(found)
        yield from findings.problems(found)
        yield from texts.problems(found, catalogue)
        yield from beside.problems(found)
