"""SARIF: where a result stands, and how it is known again in another run."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from collectors.document import Place
from scanner.verdict import Finding, ResourceVerdicts
from tests.scanner.made import assessed, check, line, ref, verdict
from tests.scanner.report.sarif_log import (
    failing,
    only_run,
    template,
)


def place(run: dict[str, Any]) -> dict[str, Any]:
    (result,) = run["results"]
    (location,) = result["locations"]
    return location  # type: ignore[no-any-return]


def test_a_template_is_shown_where_it_declares_the_resource() -> None:
    found = place(only_run(assessed([failing(template(), "rules/0")], origin="template")))
    assert found == {
        "physicalLocation": {
            "artifactLocation": {"uri": "main.tf", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 12, "endLine": 21},
        },
        "logicalLocations": [
            {
                "name": "web",
                "fullyQualifiedName": "aws_security_group.web",
                "kind": "resource",
            }
        ],
    }


def test_a_template_is_shown_at_the_argument_where_it_is_known() -> None:
    resource = template(start=12, rules=15)
    found = place(only_run(assessed([failing(resource, "rules/0/sources")], origin="template")))
    assert found["physicalLocation"]["region"] == {"startLine": 15}


def test_a_live_resource_is_shown_in_the_snapshot() -> None:
    found = place(only_run(assessed([failing(ref(), "rules/0")])))
    assert found == {
        "physicalLocation": {
            "artifactLocation": {
                "uri": "evidence/snapshot/111122223333/resources.ndjson",
                "uriBaseId": "%SRCROOT%",
            },
            "region": {"startLine": 7},
        },
        "logicalLocations": [
            {
                "name": "web",
                "fullyQualifiedName": ref().id,
                "kind": "resource",
            }
        ],
    }


URIS = {
    "plain": ("infra/main.tf", "infra/main.tf", "infra/main.tf"),
    "spaces": ("my infra/main file.tf", "my%20infra/main%20file.tf", "my infra/main file.tf"),
    "Chinese": ("网络/主.tf", "%E7%BD%91%E7%BB%9C/%E4%B8%BB.tf", "网络/主.tf"),
    "a hash": ("a#b.tf", "a%23b.tf", "a#b.tf"),
    "a question": ("a?b.tf", "a%3Fb.tf", "a?b.tf"),
    "a percent": ("100%25.tf", "100%2525.tf", "100%25.tf"),
    "a colon": ("c:d.tf", "c%3Ad.tf", "c:d.tf"),
    "from here": ("./main.tf", "main.tf", "main.tf"),
    "Windows": ("infra\\main.tf", "infra/main.tf", "infra/main.tf"),
    "above": ("../other/main.tf", "../other/main.tf", "../other/main.tf"),
    "quotes": ("a\"b'<c>.tf", "a%22b%27%3Cc%3E.tf", "a\"b'<c>.tf"),
}


@pytest.mark.parametrize(("path", "uri", "decoded"), URIS.values(), ids=URIS)
def test_paths_become_relative_uris(path: str, uri: str, decoded: str) -> None:
    found = place(only_run(assessed([failing(template(uri=path), "rules/0")], origin="template")))
    artifact = found["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert unquote(parts.path) == decoded
    assert re.fullmatch(r"[A-Za-z0-9%./_~!$&'()*+,;=@-]+", uri)


def test_an_absolute_path_is_a_file_uri() -> None:
    resource = template(uri="/data/我的 infra/main.tf")
    found = place(only_run(assessed([failing(resource, "rules/0")], origin="template")))
    assert found["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///data/%E6%88%91%E7%9A%84%20infra/main.tf"
    }


def test_a_line_is_at_least_one() -> None:
    resource = template(start=0)
    found = place(only_run(assessed([failing(resource, "rules/0")], origin="template")))
    assert found["physicalLocation"]["region"]["startLine"] == 1


def test_an_argument_in_another_file_is_pointed_to() -> None:
    resource = template()
    assert resource.source is not None
    resource.source.lines["rules"] = Place(line=7, argument="cidr_blocks", uri="rules.tf")
    run = only_run(assessed([failing(resource, "rules/0")], origin="template"))
    where = place(run)["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "rules.tf"
    assert where["region"] == {"startLine": 7}
    assert run["results"][0]["properties"]["argument"] == "cidr_blocks"
    # Its fingerprint is that of the resource, wherever the argument stands.
    plain = only_run(assessed([failing(template(), "rules/0")], origin="template"))
    prints = [each["results"][0]["partialFingerprints"] for each in (run, plain)]
    assert prints[0] == prints[1]


def test_every_finding_is_a_result() -> None:
    run = only_run(assessed([failing(ref(), "rules/0", "rules/1", "attached")]))
    assert [result["properties"]["at"] for result in run["results"]] == [
        *("rules/0", "rules/1", "attached"),
    ]
    assert run["results"][0]["properties"] == {
        "at": "rules/0",
        "region": "cn-north-1",
        "account": "111122223333",
        "level": 3,
        "system": "default",
        "resource": run["results"][0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
    }


def prints(*lines: ResourceVerdicts, **changes: Any) -> list[dict[str, str]]:
    run = only_run(assessed(list(lines), **changes))
    return [result["partialFingerprints"] for result in run["results"]]


def test_fingerprints_are_the_same_in_another_run() -> None:
    before = prints(failing(ref(), "rules/0"))
    again = prints(
        failing(ref(line=99), "rules/0"),
        now="2027-01-01T00:00:00Z",
        tool_version="9.9",
        snapshot="elsewhere/other",
    )
    assert before == again
    ((line_hash, own),) = [tuple(found.values()) for found in before]
    assert list(before[0]) == ["primaryLocationLineHash", "mlps/v1"]
    assert re.fullmatch("[0-9a-f]{16}:1", line_hash)
    assert re.fullmatch("[0-9a-f]{64}", own)


def test_fingerprints_stay_when_lines_move() -> None:
    before = prints(failing(template(start=12, rules=15), "rules/0"))
    assert prints(failing(template(start=40, rules=44), "rules/0")) == before


def test_fingerprints_stay_when_a_rule_is_put_before() -> None:
    assert prints(failing(ref(), "rules/0")) == prints(failing(ref(), "rules/1"))


def test_fingerprints_stay_when_what_is_measured_moves_on() -> None:
    def aged(key: str, days: int) -> list[dict[str, str]]:
        args = {"key": key, "days": days, "limit": 90}
        found = verdict("fail", findings=[Finding(at="keys/0/created", args=args)])
        return prints(line(ref(), found), checks=[check(measured=["days"])])

    assert aged("k1", 100) == aged("k1", 101)
    assert aged("k1", 100) != aged("k2", 100)


def test_fingerprints_tell_findings_apart() -> None:
    base = ref()
    different = [
        failing(base, "rules/0"),
        failing(ref("other"), "rules/0"),
        failing(ref(account="999900001111"), "rules/0"),
        failing(base, "attached"),
        line(base, verdict("fail", findings=[Finding(at="rules/0", args={"port": 3389})])),
        line(base, verdict("fail", "another-check")),
        failing(base, "rules/0", level=4),
    ]
    found: set[str] = set()
    for one in different:
        checks = [check(), check("another-check")]
        found.update(own["mlps/v1"] for own in prints(one, checks=checks, levels=[one.level]))
    assert len(found) == len(different)


def test_two_equal_findings_of_a_resource_have_two_fingerprints() -> None:
    before = prints(failing(ref(), "rules/0", "rules/5"))
    assert before[0] != before[1]
    assert prints(failing(ref(), "rules/2", "rules/9")) == before


def test_fingerprints_do_not_depend_on_the_language() -> None:
    found = assessed([failing(ref(), "rules/0")])
    english, chinese = (
        [result["partialFingerprints"] for result in only_run(found, language)["results"]]
        for language in ("en", "zh")
    )
    assert english == chinese
