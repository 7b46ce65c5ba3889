"""Lint: the facts that a check lists, those that it reads, and what it makes of absent ones."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from scanner.checks import CheckMetadata
from scanner.lint import Problem, facts
from scanner.lint.subject import subject
from scanner.lint.syntax import tree
from scanner.policies import bundled, load, syntax_trees
from tests.scanner.lint_bundle import CHECK, edited, line_of, problems_of

Edits = list[tuple[str, str]]

LISTED = "facts: [versioning, replication.region]"
LAST = '	replica.region != "cn-north-1"\n'
RULES = "applies if"


def also(*conditions: str) -> tuple[str, str]:
    """The edit that adds conditions to the rule `deny`."""
    return LAST, LAST + "".join(f"	{condition}\n" for condition in conditions)


def helper(*rules: str) -> tuple[str, str]:
    """The edit that adds helpers."""
    return RULES, "\n\n".join(rules) + "\n\n" + RULES


def listing(*names: str) -> tuple[str, str]:
    """The edit that lists further facts."""
    return LISTED, f"facts: [{', '.join(['versioning', 'replication.region', *names])}]"


def negated(reference: str) -> str:
    return (
        f"`not` is true of {reference} where it is absent: compare it with a value, or demand it"
        " first (is_string, is_array, …)."
    )


def hidden(fact: str) -> str:
    return (
        f"the rule also fires where {fact} is absent, but its finding points to versioning: point"
        f" to {fact}, or demand the fact."
    )


def member(reference: str) -> str:
    return (
        f"{reference} may be absent, and engines differ on a member that has an absent part: demand"
        ' it in the rule, or write object.get(…, "name", "?") in the arguments of a finding.'
    )


DEFAULTED = (
    "object.get hides that a fact is absent: it is for the arguments of a finding only; refer to"
    " the fact itself."
)
TOO_WIDE = (
    "replication is listed as a whole, but the rule reads nothing of replication.account,"
    " replication.whole: list what it reads."
)
DYNAMIC = (
    "input.facts[input.level] names a part of the input by a variable: lint cannot tell what is"
    " read."
)

# What is broken; where the problem is; its rule and message.
BROKEN: list[tuple[str, Edits, str, str, str]] = [
    (
        "read and not listed",
        [also("input.facts.mfa_delete == false")],
        "mfa_delete",
        "fact-unlisted",
        "mfa_delete is read and not listed in `facts`.",
    ),
    (
        "read in brackets",
        [also('input.facts["mfa_delete"] == false')],
        "mfa_delete",
        "fact-unlisted",
        "mfa_delete is read and not listed in `facts`.",
    ),
    (
        "read through a helper",
        [also("_on"), helper("_on if input.facts.mfa_delete == true")],
        "_on if",
        "fact-unlisted",
        "mfa_delete is read and not listed in `facts`.",
    ),
    (
        "read through a function",
        [also("_is_off(input.facts.tls)"), helper("_is_off(tls) if tls.required == false")],
        "_is_off(tls) if",
        "fact-unlisted",
        "tls.required is read and not listed in `facts`.",
    ),
    (
        "read by a library: at the call",
        [
            also("grants.open_to_outsiders(input.facts.acl[_])"),
            ("import data.mlps.lib.location", "import data.mlps.lib.grants"),
            listing("acl.kind", "acl.narrows"),
        ],
        "grants.open_to_outsiders",
        "fact-unlisted",
        "acl.account is read and not listed in `facts`.",
    ),
    (
        "read below an iteration in a comprehension",
        [
            helper(
                "applies if count([1 | some r in input.facts.replication; r.account == null]) == 0"
            )
        ],
        "count([1",
        "fact-unlisted",
        "replication.account is read and not listed in `facts`.",
    ),
    (
        "read in an `every`",
        [also("every r in input.facts.replication { r.account == null }")],
        "every r",
        "fact-unlisted",
        "replication.account is read and not listed in `facts`.",
    ),
    (
        "read by an assigned variable",
        [also("tls := input.facts.tls", "tls.required == false")],
        "tls.required",
        "fact-unlisted",
        "tls.required is read and not listed in `facts`.",
    ),
    (
        "read under another name",
        [
            also("bucket.mfa_delete == false"),
            ("lib.location", "lib.location\nimport input.facts as bucket"),
        ],
        "bucket.mfa_delete",
        "fact-unlisted",
        "mfa_delete is read and not listed in `facts`.",
    ),
    (
        "a struct read as a whole",
        [also("replica in input.tags"), listing("tags")],
        "replica in input.tags",
        "fact-unlisted",
        "replication.account, replication.whole are read and not listed in `facts`.",
    ),
    (
        "a part of the envelope that may be unknown",
        [also('input.country == "CN"')],
        "input.country",
        "fact-unlisted",
        "country is read and not listed in `facts`.",
    ),
    (
        "listed and not read",
        [listing("mfa_delete")],
        "facts: [",
        "fact-unread",
        "mfa_delete is listed and never read.",
    ),
    (
        "a part of the envelope listed and not read",
        [listing("country")],
        "facts: [",
        "fact-unread",
        "country is listed and never read.",
    ),
    (
        "read only by a rule that nothing asks",
        [listing("mfa_delete"), helper("_unused if input.facts.mfa_delete == true")],
        "facts: [",
        "fact-unread",
        "mfa_delete is listed and never read.",
    ),
    (
        "listed too widely",
        [(LISTED, "facts: [versioning, replication]")],
        "facts: [",
        "fact-unread",
        TOO_WIDE,
    ),
    (
        "no such fact",
        [listing("versions")],
        "facts: [",
        "fact-nowhere",
        "versions is a fact of none of the targets.",
    ),
    (
        "no such fact below a list",
        [listing("replication.zone")],
        "facts: [",
        "fact-nowhere",
        "replication.zone is a fact of none of the targets.",
    ),
    (
        "no such fact read",
        [also("input.facts.versions == 1")],
        "versions == 1",
        "fact-nowhere",
        "versions is a fact of none of the targets.",
    ),
    (
        "no such part of the input",
        [also("input.unlisted == false")],
        "input.unlisted",
        "input-part",
        "a check is given no input.unlisted.",
    ),
    (
        "native, not declared",
        [also('input.native.Name == "a"')],
        "input.native",
        "input-part",
        "input.native is there only for checks with `native: true`.",
    ),
    (
        "the input as a whole",
        [also("count(input) == 1")],
        "count(input)",
        "input-part",
        "input is used as a whole; name the part that is read.",
    ),
    (
        "the facts as a whole",
        [also("count(input.facts) == 1")],
        "count(input.facts)",
        "input-part",
        "input.facts is used as a whole; name the fact that is read.",
    ),
    (
        "a fact by a variable",
        [also('input.facts[input.level] == "a"')],
        "facts[input.level]",
        "dynamic-reference",
        DYNAMIC,
    ),
    (
        "not a fact",
        [also("not input.facts.mfa_delete"), listing("mfa_delete")],
        "not input",
        "negated-fact",
        negated("input.facts.mfa_delete"),
    ),
    (
        "not a part of an element",
        [also("not replica.account"), listing("replication.account")],
        "not replica",
        "negated-fact",
        negated("replica.account"),
    ),
    (
        "not a fact in a call",
        [
            also("not startswith(replica.account, input.account)"),
            listing("replication.account"),
        ],
        "not startswith",
        "negated-fact",
        negated("replica.account"),
    ),
    (
        "not a fact in a set",
        [also('not replica.account in {"1"}'), listing("replication.account")],
        "not replica",
        "negated-fact",
        negated("replica.account"),
    ),
    (
        "not a fact in a comparison",
        [also('not replica.account == "1"'), listing("replication.account")],
        "not replica",
        "negated-fact",
        negated("replica.account"),
    ),
    (
        "not a variable that was assigned a fact",
        [also("on := input.facts.mfa_delete", "not on"), listing("mfa_delete")],
        "not on",
        "negated-fact",
        negated("on"),
    ),
    (
        "not a helper that stands for a fact",
        [also("not _on"), helper("_on := input.facts.mfa_delete"), listing("mfa_delete")],
        "not _on",
        "negated-fact",
        negated("_on"),
    ),
    (
        "not a helper that reads a fact, with a finding elsewhere",
        [also("not _on"), helper("_on if input.facts.mfa_delete == true"), listing("mfa_delete")],
        "_on if",
        "hidden-absence",
        hidden("mfa_delete"),
    ),
    (
        "not a function that reads a fact by itself, with a finding elsewhere",
        [
            also("not _on(1)"),
            helper("_on(_) if input.facts.mfa_delete == true"),
            listing("mfa_delete"),
        ],
        "_on(_) if",
        "hidden-absence",
        hidden("mfa_delete"),
    ),
    (
        "a count of what may be absent, with a finding elsewhere",
        [also("count([g | some g in input.facts.acl]) == 0"), listing("acl")],
        "count([g",
        "hidden-absence",
        hidden("acl"),
    ),
    (
        "a default in place of a fact, with a finding elsewhere",
        [
            also("_on == false"),
            helper("default _on := false", "_on := input.facts.mfa_delete"),
            listing("mfa_delete"),
        ],
        "_on := input",
        "hidden-absence",
        hidden("mfa_delete"),
    ),
    (
        "object.get that decides",
        [also('object.get(replica, "account", "1") == "1"'), listing("replication.account")],
        "object.get",
        "default-for-fact",
        DEFAULTED,
    ),
    (
        "object.get that decides by a variable",
        [
            also('owner := object.get(replica, "account", "1")', 'owner == "1"'),
            listing("replication.account"),
        ],
        'owner == "1"',
        "default-for-fact",
        DEFAULTED,
    ),
    (
        "a finding with a part that may be absent",
        [
            ('"args": {"region": replica.region}', '"args": {"region": replica.account}'),
            listing("replication.account"),
        ],
        'contains {"at"',
        "absent-member",
        member("replica.account"),
    ),
    (
        "a list with members that may be absent",
        [
            also('"1" in [r.account | some r in input.facts.replication]'),
            listing("replication.account"),
        ],
        '"1" in [r',
        "absent-member",
        member("r.account"),
    ),
    (
        "a list of a variable that may be absent",
        [
            also('"1" in [a | some r in input.facts.replication; a := r.account]'),
            listing("replication.account"),
        ],
        '"1" in [a',
        "absent-member",
        member("a"),
    ),
]

FINE: list[tuple[str, Edits]] = [
    ("as it is", []),
    (
        "native, declared",
        [also('input.native.Name == "a"'), ("#   severity", "#   native: true\n#   severity")],
    ),
    ("parts that are always there", [also("input.level > 2", 'input.type == "storage.bucket"')]),
    (
        "a function that was imported",
        [
            also("open_to_outsiders(input.facts.acl[_])"),
            (
                "import data.mlps.lib.location",
                "import data.mlps.lib.grants.open_to_outsiders",
            ),
            listing("acl.kind", "acl.narrows", "acl.account"),
        ],
    ),
    (
        "a library's constant by its whole name",
        [also("count(data.mlps.lib.network.admin_services) > input.level")],
    ),
    (
        "not a fact that was demanded",
        [
            also("is_boolean(input.facts.mfa_delete)", "not input.facts.mfa_delete"),
            listing("mfa_delete"),
        ],
    ),
    (
        "not an element",
        [also('not replica in ["a"]'), (LISTED, "facts: [versioning, replication]")],
    ),
    ("a struct that is compared with null", [also("input.facts.tls != null"), listing("tls")]),
    (
        "a struct of which all is read",
        [
            also("replica.account != null\n\treplica.whole == true"),
            (LISTED, "facts: [versioning, replication]"),
        ],
    ),
    ("the number of a list's elements", [also("count(input.facts.acl) > 0"), listing("acl")]),
    (
        "object.get for the arguments",
        [
            (
                '"args": {"region": replica.region}',
                '"args": {"region": object.get(replica, "account", "?")}',
            ),
            listing("replication.account"),
        ],
    ),
    (
        "a list of members that were demanded",
        [
            also(
                '"1" in [r.account | some r in input.facts.replication; is_string(r.account)]',
                "is_array(input.facts.replication)",
            ),
            listing("replication.account"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("edits", "marker", "rule", "message"),
    [pytest.param(*rest, id=name) for name, *rest in BROKEN],
)
def test_a_broken_check_has_one_problem(
    tmp_path: Path, edits: Edits, marker: str, rule: str, message: str
) -> None:
    check = edited(CHECK, *edits)
    assert problems_of(tmp_path, check) == [
        Problem("versions.rego", line_of(check, marker), rule, message)
    ]


@pytest.mark.parametrize("edits", [pytest.param(edits, id=name) for name, edits in FINE])
def test_a_good_check_has_no_problem(tmp_path: Path, edits: Edits) -> None:
    assert problems_of(tmp_path, edited(CHECK, *edits)) == []


BUNDLED = load(bundled())
ASTS = syntax_trees({module.name: module.source for module in BUNDLED.modules})
TREES = {module.package: tree(module, ASTS[module.name]) for module in BUNDLED.modules}


@pytest.mark.parametrize("check", BUNDLED.checks, ids=lambda check: check.id)
def test_no_fact_of_a_bundled_check_can_be_left_out_or_added(check: CheckMetadata) -> None:
    # What the rules read is worked out once: the list of facts changes nothing of it.
    read = subject(check, TREES, bundled=True)

    def judged(listed: list[str]) -> set[str]:
        changed = msgspec.structs.replace(check, facts=listed)
        return {one.rule for one in facts.problems(msgspec.structs.replace(read, check=changed))}

    assert judged(check.facts) == set()
    for fact in check.facts:
        fewer = [other for other in check.facts if other != fact]
        assert "fact-unlisted" in judged(fewer), fact
    for fact in {"tags", "nonsense"} - set(check.facts):
        assert judged([*check.facts, fact]) in ({"fact-unread"}, {"fact-nowhere"}), fact


@pytest.mark.parametrize(
    "condition", ["not input.tags.team", 'object.get(input.tags, "team", "") == ""']
)
def test_a_tag_that_is_not_there_may_decide(tmp_path: Path, condition: str) -> None:
    """Tags are known all together or not at all: one that is not among them is none."""
    check = edited(CHECK, also(condition), listing("tags"))
    assert problems_of(tmp_path, check) == []
    unlisted = edited(CHECK, also(condition))
    (tmp_path / "again").mkdir()
    assert [one.rule for one in problems_of(tmp_path / "again", unlisted)] == ["fact-unlisted"]
