"""A bundle of one check for tests of lint: a good one, and edits that break it."""

from __future__ import annotations

import shutil
from pathlib import Path

from scanner.lint import Problem, lint
from scanner.policies import bundled, load

CHECK = """\
# METADATA
# title: Buckets keep versions
# description: Without versions, what is overwritten is lost.
# custom:
#   id: own-versions
#   title_zh: 存储桶开启版本控制
#   description_zh: 未开启版本控制时，被覆盖的数据无法找回。
#   targets: [storage.bucket]
#   facts: [versioning, replication.region]
#   severity: medium
#   items: [backup.replicas]
#   message: "no earlier versions are kept in {region}"
#   message_zh: "{region} 未保留历史版本"
#   remediation:
#     en: Turn versioning on.
#     zh: 开启版本控制。
#   references: ["GB/T 22239-2019 8.2.4.5 b", https://example.com/versioning]
package mlps.checks.own.versions

import data.mlps.lib.location

applies if count(input.facts.replication) > 0

deny contains {"at": "versioning", "args": {"region": replica.region}} if {
	input.facts.versioning == false
	some replica in input.facts.replication
	replica.region != "cn-north-1"
}
"""

TEST = """\
package mlps.checks.own.versions_test

import data.mlps.checks.own.versions

_input(facts) := {"provider": "aws", "facts": facts}

test_kept_versions_pass if {
	findings := versions.deny with input as _input({"versioning": true, "replication": []})
	findings == set()
}

test_lost_versions_fail if {
	findings := versions.deny with input as _input({
		"versioning": false,
		"replication": [{"region": "cn-south-1"}],
	})
	findings == {{"at": "versioning", "args": {"region": "cn-south-1"}}}
}

test_unknown_has_no_finding if {
	findings := versions.deny with input as _input({})
	findings == set()
}
"""


def problems_of(
    folder: Path, check: str = CHECK, test: str | None = TEST, **more: str
) -> list[Problem]:
    """Lint a user's folder with one check, its test, and `more` modules by file name."""
    bundle, own = folder / "policies", folder / "own"
    own.mkdir()
    shutil.copytree(bundled() / "lib", bundle / "lib")
    (own / "versions.rego").write_text(check, encoding="utf-8")
    if test is not None:
        (own / "versions_test.rego").write_text(test, encoding="utf-8")
    for name, text in more.items():
        (own / f"{name}.rego").write_text(text, encoding="utf-8")
    return [
        Problem(Path(one.file).name, one.line, one.rule, one.message)
        for one in lint(load(bundle, own))
    ]


def edited(text: str, *edits: tuple[str, str]) -> str:
    """The text with each of the edits made at the one place that has it."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def line_of(text: str, marker: str) -> int:
    """The 1-based line of a text that has the marker."""
    (found,) = [i for i, line in enumerate(text.splitlines(), start=1) if marker in line]
    return found
