"""Lint: findings, texts, names, engines, and the test beside a check."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from scanner import evaluate
from scanner.lint import Problem, lint
from scanner.lint.facts import PARTS
from scanner.policies import bundled, load
from tests.scanner.lint_bundle import CHECK, TEST, edited, line_of, problems_of

Edits = list[tuple[str, str]]

LAST = '	replica.region != "cn-north-1"\n'
RULES = "applies if"
HEAD = 'deny contains {"at": "versioning", "args": {"region": replica.region}} if {'
LIBRARY = "package own.words\n\nlong(text) if floor(count(text) / 2) > 3\n"


def also(*conditions: str) -> tuple[str, str]:
    """The edit that adds conditions to the rule `deny`."""
    return LAST, LAST + "".join(f"	{condition}\n" for condition in conditions)


def raising(function: str) -> str:
    return (
        f"{function} fails on a malformed text, and engines differ on that: use data.mlps.lib"
        " (time, network), or a library of yours that looks at the text first."
    )


FORM = '`deny` is a set of findings: deny contains {"at": …, "args": {…}} if {…}.'
ARGUMENTS = "the arguments cannot be read: write them as an object, or as a helper's object."
AT = '`at` cannot be read: write it as a text or as sprintf("…/%d", […]).'
PLACE = "the message has the place {region}, and the finding no argument of that name."
KEYED = (
    "the embedded engine can lose members of a rule with a key in brackets: write a set"
    " (`name contains {…}`), or a function."
)
ELSE = "engines differ on `else` after an absent value: write two rules."
VERB = "engines agree on %d, %s and %v only."
CLAUSE = "GB/T 22239-2019 8.9.9.9 z is no clause of the catalogue (GB/T 22239-2019 8.2.3.1 a)."

TWO_HELPERS = """\
_args(r) := {"region": r.region} if is_string(r.region)

_args(r) := {"place": "-"} if is_null(r.region)

"""

# What is broken; where the problem is; its rule and message.
BROKEN: list[tuple[str, Edits, str, str, str]] = [
    (
        "findings without arguments",
        [(HEAD, 'deny contains {"at": "versioning"} if {')],
        "deny contains",
        "deny-form",
        FORM,
    ),
    (
        "findings that are texts",
        [(HEAD, 'deny contains "versioning" if {')],
        "deny contains",
        "deny-form",
        FORM,
    ),
    (
        "a finding and no set of them",
        [(HEAD, 'deny := {"at": "versioning", "args": {"region": replica.region}} if {')],
        "deny :=",
        "deny-form",
        FORM,
    ),
    (
        "a set in place of true or false",
        [("applies if", "applies contains 1 if")],
        "applies contains",
        "applies-form",
        "`applies` is true or not: write `applies if {…}`.",
    ),
    (
        "a finding at what no bucket has",
        [('"at": "versioning"', '"at": "versions"')],
        "deny contains",
        "finding-at",
        "versions is a fact of none of the targets: the finding would not stand.",
    ),
    (
        "a finding at what is not listed",
        [('"at": "versioning"', '"at": "mfa_delete"')],
        "deny contains",
        "finding-at",
        "the finding points to mfa_delete, which `facts` does not list.",
    ),
    (
        "a finding at a computed place",
        [('"at": "versioning"', '"at": concat("/", ["versioning"])')],
        "deny contains",
        "finding-at",
        AT,
    ),
    (
        "arguments that are no object",
        [('"args": {"region": replica.region}', '"args": replica.region')],
        "deny contains",
        "finding-args",
        ARGUMENTS,
    ),
    (
        "an argument missing",
        [('"args": {"region": replica.region}', '"args": {"place": replica.region}')],
        "deny contains",
        "message-place",
        PLACE,
    ),
    (
        "a measured argument that the message does not show",
        [("#   remediation:", "#   measured: [region, days]\n#   remediation:")],
        "measured:",
        "message-place",
        "measured names days, which the message does not show.",
    ),
    (
        "an argument missing in one definition of a helper",
        [
            ('"args": {"region": replica.region}', '"args": _args(replica)'),
            (RULES, TWO_HELPERS + RULES),
        ],
        "deny contains",
        "message-place",
        PLACE,
    ),
    (
        "an item that the catalogue lacks",
        [("[backup.replicas]", "[backup.replicas, backup.copies]")],
        "items:",
        "item-unknown",
        "the catalogue has no item backup.copies; see `mlps items`.",
    ),
    (
        "no item",
        [("[backup.replicas]", "[]")],
        "items:",
        "item-unknown",
        "the check answers no item.",
    ),
    (
        "Chinese in an English text",
        [("Buckets keep versions", "Buckets keep 版本")],
        "title:",
        "english-text",
        "the English text has '版' in it.",
    ),
    (
        "Chinese punctuation in an English text",
        [("en: Turn versioning on.", "en: Turn versioning on。")],
        "  en:",
        "english-text",
        "the English text has '。' in it.",
    ),
    (
        "no English text",
        [("title: Buckets keep versions", 'title: ""')],
        "title:",
        "english-text",
        "the English text is empty.",
    ),
    (
        "English in place of Chinese",
        [("存储桶开启版本控制", "Buckets keep versions!")],
        "title_zh:",
        "chinese-text",
        "the Chinese text has no Chinese in it.",
    ),
    (
        "no Chinese text",
        [("未开启版本控制时，被覆盖的数据无法找回。", '""')],
        "description_zh:",
        "chinese-text",
        "the Chinese text is empty.",
    ),
    (
        "English in place of a Chinese word",
        [("#   remediation:", '#   words_zh: {region: {"x.y": z}}\n#   remediation:')],
        "words_zh:",
        "chinese-text",
        "the Chinese text has no Chinese in it.",
    ),
    (
        "words of no argument",
        [("#   remediation:", "#   words_zh: {regions: {abroad: 境外}}\n#   remediation:")],
        "words_zh:",
        "message-place",
        "words_zh has words of regions, which the message does not show.",
    ),
    (
        "English in place of Chinese in what to do",
        [("zh: 开启版本控制。", "zh: Turn versioning on.")],
        "  zh:",
        "chinese-text",
        "the Chinese text has no Chinese in it.",
    ),
    (
        "nothing to do",
        [("zh: 开启版本控制。", 'zh: ""')],
        "  zh:",
        "remediation",
        "the remediation says nothing under zh.",
    ),
    (
        "an id of another name",
        [("id: own-versions", "id: own-version")],
        "  id:",
        "names",
        "the id is own-version; the package mlps.checks.own.versions asks for own-versions.",
    ),
    (
        "an address without encryption",
        [("https://example.com", "http://example.com")],
        "references:",
        "reference",
        "http://example.com/versioning is not an https address.",
    ),
    (
        "an address without a host",
        [("https://example.com/versioning", "https:///versioning")],
        "references:",
        "reference",
        "https:///versioning is not an https address.",
    ),
    (
        "a clause that the standard lacks",
        [("8.2.4.5 b", "8.9.9.9 z")],
        "references:",
        "reference",
        CLAUSE,
    ),
    (
        "rounding",
        [also("floor(input.level / 2) > 1")],
        "floor(",
        "differing-builtin",
        "engines differ on floor below zero: do without it.",
    ),
    (
        "a number of a text",
        [also("to_number(replica.region) > 1")],
        "to_number",
        "raising-builtin",
        raising("to_number"),
    ),
    (
        "a time of a text",
        [also("time.parse_rfc3339_ns(input.now) > 1")],
        "time.parse",
        "raising-builtin",
        raising("time.parse_rfc3339_ns"),
    ),
    (
        "an address range of a text",
        [also('net.cidr_contains("10.0.0.0/8", replica.region)')],
        "net.cidr_contains",
        "raising-builtin",
        raising("net.cidr_contains"),
    ),
    (
        "a format of its own",
        [also('sprintf("%05d", [input.level]) != "00003"')],
        "sprintf",
        "sprintf-verb",
        VERB,
    ),
    (
        "a key in brackets",
        [
            also("_kinds[replica.region] == 1"),
            (RULES, f"_kinds[name] := 1 if some name in {{input.name}}\n\n{RULES}"),
        ],
        "_kinds[name] :=",
        "keyed-rule",
        KEYED,
    ),
    (
        "else",
        [also("_on"), (RULES, f"_on if input.level == 3\n\nelse if input.level == 4\n\n{RULES}")],
        "else if",
        "else",
        ELSE,
    ),
    (
        "a built-in that the embedded engine lacks",
        [also('crypto.sha256("a") != "b"')],
        "crypto.sha256",
        "not-compiled",
        "the embedded engine cannot compile it: Unknown function: 'crypto.sha256'.",
    ),
]

CASES = {
    "pass": "no test shows a resource of the case 'pass' (test_…_passes).",
    "fail": "no test shows a resource of the case 'fail' (test_…_fails).",
    "unknown": "no test shows a resource of the case 'unknown' (test_…_unknown_…).",
}

MISSING_CASES: list[tuple[str, Edits, str]] = [
    ("no test of a pass", [("test_kept_versions_pass", "test_kept_versions")], "pass"),
    ("no test of a failure", [("test_lost_versions_fail", "test_lost_versions")], "fail"),
    ("no test of the unknown", [("test_unknown_has", "test_nothing_has")], "unknown"),
    ("a case that is no test", [("test_lost_versions_fail", "lost_versions_fail")], "fail"),
    (
        "a failure without findings",
        [
            (
                'findings == {{"at": "versioning", "args": {"region": "cn-south-1"}}}',
                "findings == set()",
            )
        ],
        "fail",
    ),
    (
        "a pass that does not ask the check",
        [('versions.deny with input as _input({"versioning": true, "replication": []})', "set()")],
        "pass",
    ),
]


def test_the_bundled_policies_keep_the_contract() -> None:
    assert lint(load(bundled())) == []


def test_a_good_check_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == []


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


def test_a_check_without_deny_would_find_nothing(tmp_path: Path) -> None:
    check = edited(CHECK, (HEAD, HEAD.replace("deny", "denied"))).replace(
        "[versioning, replication.region]", "[replication]"
    )
    message = "the check has no rule `deny`: it would find nothing, and pass."
    assert problems_of(tmp_path, check) == [Problem("versions.rego", 1, "deny-form", message)]


def test_a_file_of_another_name(tmp_path: Path) -> None:
    check = edited(CHECK, ("own.versions", "own.copies"), ("own-versions", "own-copies"))
    test = TEST.replace("own.versions", "own.copies").replace("versions.deny", "copies.deny")
    message = "the package mlps.checks.own.copies asks for the file copies.rego."
    assert problems_of(tmp_path, check, test) == [
        Problem("versions.rego", line_of(check, "package"), "names", message)
    ]


def test_a_package_that_is_too_short(tmp_path: Path) -> None:
    check = edited(CHECK, ("package mlps.checks.own.versions", "package mlps.checks.versions"))
    test = TEST.replace("own.versions", "versions")
    message = "the package mlps.checks.versions is not mlps.checks.<domain>.<name>."
    assert problems_of(tmp_path, check, test) == [
        Problem("versions.rego", line_of(check, "package"), "names", message)
    ]


def test_own_libraries_are_judged_too(tmp_path: Path) -> None:
    message = "engines differ on floor below zero: do without it."
    assert problems_of(tmp_path, words=LIBRARY) == [
        Problem("words.rego", 3, "differing-builtin", message)
    ]


def test_a_deny_that_nobody_asks_for(tmp_path: Path) -> None:
    library = 'package own.words\n\ndeny contains {"at": "name", "args": {}} if input.level > 2\n'
    message = "nobody asks for this `deny`: the package of a check begins with mlps.checks."
    assert problems_of(tmp_path, words=library) == [Problem("words.rego", 3, "deny-form", message)]


def test_refused_builtins_are_found_in_bundled_policies(tmp_path: Path) -> None:
    (tmp_path / "clock.rego").write_text("package mlps.lib.clock\n\nnow := time.now_ns()\n")
    message = "time.now_ns may not be used: a check reads its input only."
    assert lint(load(tmp_path)) == [Problem("policies/clock.rego", 3, "refused-builtin", message)]


def test_a_package_in_two_files(tmp_path: Path) -> None:
    library = "package own.words\n\nlong := 5\n"
    more = "package own.words\n\nshort := 2\n"
    (problem,) = problems_of(tmp_path, words=library, words_more=more)
    assert (problem.file, problem.line, problem.rule) == ("words_more.rego", 1, "names")
    assert problem.message.startswith("the package own.words is that of ")


def test_own_libraries_are_followed(tmp_path: Path) -> None:
    check = edited(
        CHECK,
        also("words.locked(input.facts)"),
        ("import data.mlps.lib.location", "import data.own.words"),
    )
    library = "package own.words\n\nlocked(bucket) if bucket.mfa_delete == true\n"
    line = line_of(check, "words.locked")
    assert problems_of(tmp_path, check, words=library) == [
        Problem(
            "versions.rego", line, "fact-unlisted", "mfa_delete is read and not listed in `facts`."
        ),
        Problem(
            "versions.rego",
            line,
            "input-part",
            "input.facts is used as a whole; name the fact that is read.",
        ),
    ]


def test_a_missing_test(tmp_path: Path) -> None:
    message = "there is no test beside the check: write versions_test.rego."
    assert problems_of(tmp_path, test=None) == [
        Problem("versions.rego", 1, "test-missing", message)
    ]


def test_a_test_that_is_not_rego(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, test="package mlps.checks.own.versions_test\n\ntest_a {")
    assert (problem.file, problem.line, problem.rule) == ("versions_test.rego", 1, "test-missing")
    assert "versions_test.rego:3: not valid Rego" in problem.message


def test_a_test_of_another_package(tmp_path: Path) -> None:
    test = edited(TEST, ("package mlps.checks.own.versions_test", "package mlps.checks.own_test"))
    message = "the test's package is not mlps.checks.own.versions_test."
    assert problems_of(tmp_path, test=test) == [
        Problem("versions_test.rego", 1, "test-cases", message)
    ]


@pytest.mark.parametrize(
    ("edits", "case"), [pytest.param(*rest, id=name) for name, *rest in MISSING_CASES]
)
def test_a_test_without_a_case(tmp_path: Path, edits: Edits, case: str) -> None:
    assert problems_of(tmp_path, test=edited(TEST, *edits)) == [
        Problem("versions_test.rego", 1, "test-cases", CASES[case])
    ]


def test_bundled_checks_say_what_to_do_in_each_cloud(tmp_path: Path) -> None:
    folder = tmp_path / "checks" / "own"
    folder.mkdir(parents=True)
    (folder / "versions.rego").write_text(edited(CHECK, ("import data.mlps.lib.location\n\n", "")))
    (folder / "versions_test.rego").write_text(TEST)
    name, line = "policies/checks/own/versions.rego", line_of(CHECK, "remediation:")
    assert lint(load(tmp_path)) == [
        Problem(name, line, "remediation", f"the remediation says nothing under {cloud}.")
        for cloud in ("aliyun", "aliyun_zh", "aws", "aws_zh", "azure", "azure_zh", "terraform")
    ]


CLOUDS = """\
#     aws: S3 console > the bucket, or aws s3api put-bucket-versioning --bucket NAME
#     aws_zh: S3 控制台 > 该存储桶，或执行 aws s3api put-bucket-versioning --bucket NAME。
"""


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("aws_s3_bucket_versioning", False),
        ('aws_s3_bucket_versioning.status = "Enabled", azurerm_storage_account.name', False),
        ("aws_s3_bucket_versioning { versioning { enabled = true } }; alicloud_x.y.", False),
        ("aws_s3_bucket_versioning and alicloud_oss_bucket_versioning", True),
        ("aws_s3_bucket_versioning: status Enabled", True),
        ("Remove aws_s3_bucket_acl.", True),
    ],
)
def test_chinese_about_terraform_is_needed_where_there_are_words(
    tmp_path: Path, text: str, needed: bool
) -> None:
    folder = tmp_path / "checks" / "own"
    folder.mkdir(parents=True)
    clouds = "".join(
        f"#     {name}: {said}\n"
        for cloud in ("aws", "azure", "aliyun")
        for name, said in ((cloud, "Do it."), (f"{cloud}_zh", "执行。"))
    )
    clouds += f"#     terraform: >-\n#       {text}\n"
    check = edited(
        CHECK,
        ("import data.mlps.lib.location\n\n", ""),
        ("#   references", clouds + "#   references"),
    )
    (folder / "versions.rego").write_text(check)
    (folder / "versions_test.rego").write_text(TEST)
    found = [problem.message for problem in lint(load(tmp_path))]
    assert found == ["the remediation says nothing under terraform_zh."] * needed


@pytest.mark.parametrize(
    ("edits", "rule", "message"),
    [
        ([], None, ""),
        ([("S3 控制台 > 该存储桶，或执行 ", ""), ("NAME。", "NAME")], "chinese-text", ""),
        (
            [("put-bucket-versioning --bucket NAME。", "put-bucket-versioning --name NAME。")],
            "remediation",
            "aws and aws_zh differ in --bucket, --name.",
        ),
        ([("or aws s3api", "or 用 aws s3api")], "english-text", ""),
    ],
)
def test_a_cloud_is_told_alike_in_both_languages(
    tmp_path: Path, edits: Edits, rule: str | None, message: str
) -> None:
    check = edited(CHECK, ("#   references", edited(CLOUDS, *edits) + "#   references"))
    found = problems_of(tmp_path, check)
    assert [problem.rule for problem in found] == ([rule] if rule else [])
    assert all(message in problem.message for problem in found)


def test_the_parts_of_the_input_are_those_that_a_check_is_given() -> None:
    given = {field.name for field in msgspec.structs.fields(evaluate._Input)}
    assert PARTS - given <= {"context"}
    assert given - PARTS == {"unknown", "native", "native_type"}
