"""The exported JSON Schemas: current, valid, and true of what mlps writes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from jsonschema import Draft202012Validator

from collectors.document import Source, Unknown, document, unlisted
from collectors.facts import fact_types
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.snapshot import open_snapshot
from scanner.config import Config
from scanner.policies import bundled
from scanner.schemas import PREFIX, as_text, export, schemas

EXPORTED = bundled() / "schemas"
ENVELOPE: dict[str, Any] = {
    "provider": "aws",
    "account": "111122223333",
    "region": "cn-north-1",
    "country": "CN",
}


def validator(name: str) -> Draft202012Validator:
    """A validator for the exported schema of a name, formats included."""
    schema = json.loads((EXPORTED / f"{name}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors(name: str, value: Any) -> list[str]:
    """What the schema says against a value: the place and the keyword of each error."""
    return sorted(
        f"{'/'.join(map(str, error.absolute_path))}: {error.validator}"
        for error in validator(name).iter_errors(value)
    )


def as_json(value: object) -> Any:
    return json.loads(msgspec.json.encode(value))


def firewall(**changes: Any) -> dict[str, Any]:
    """A document of a security group, as a snapshot holds it, with changes to its envelope."""
    rule = Rule(
        direction="ingress",
        action="allow",
        priority=0,
        protocol="tcp",
        from_port=22,
        to_port=None,
        sources=Unknown("AccessDenied: ec2:DescribeManagedPrefixLists"),
    )
    made = document(
        id="sg-1",
        name="web",
        facts=Firewall(rules=[rule], default_ingress="deny"),
        source=Source(uri="main.tf", start_line=1, end_line=9, address="aws_security_group.web"),
        tags={"system": "mall"},
        **ENVELOPE,
    )
    return {**as_json(made), **changes}


def test_the_exported_schemas_are_current() -> None:
    """After a change to a type: make schemas."""
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in EXPORTED.iterdir()}
    assert on_disk == {name: as_text(schema) for name, schema in schemas().items()}


def test_every_type_and_file_has_a_schema() -> None:
    names = {name.removesuffix(".schema.json") for name in schemas()}
    assert names == {
        *fact_types(),
        *("config", "diff", "items", "manifest", "report", "trend", "verdicts"),
    }


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_valid_and_says_what_it_is(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:mlps:schema:{name.removesuffix('.schema.json')}"
    assert schema["title"]
    assert schema["description"]
    assert "Unknown" not in schema["$defs"]


def test_the_export_replaces_what_is_stale_and_nothing_else(tmp_path: Path) -> None:
    stale = tmp_path / "network.cable.schema.json"
    stale.write_text(json.dumps({"$id": f"{PREFIX}network.cable"}))
    foreign = tmp_path / "other.schema.json"
    foreign.write_text(json.dumps({"$id": "https://example.com/other"}))
    broken = tmp_path / "broken.schema.json"
    broken.write_text("{")
    export(tmp_path / "new")
    export(tmp_path)
    export(tmp_path)
    written = {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()}
    assert written == {path.name: path.read_bytes() for path in EXPORTED.iterdir()}
    assert all(text.endswith(b"}\n") for text in written.values())
    there = {path.name for path in tmp_path.glob("*.json")}
    assert there == {*written, "other.schema.json", "broken.schema.json"}


def test_a_document_with_gaps_is_right() -> None:
    made = firewall()
    assert "sources" not in made["facts"]["rules"][0]
    assert errors("network.firewall", made) == []
    missing = cast("Rule", Unknown("known after apply"))
    hole = document(id="sg-2", name="", facts=Firewall(rules=[missing]), **ENVELOPE)
    assert hole.facts == {"rules": [None]}
    assert errors("network.firewall", as_json(hole)) == []


@pytest.mark.parametrize("name", fact_types())
def test_what_could_not_be_listed_is_right_in_every_type(name: str) -> None:
    stand_in = unlisted(fact_types()[name], Unknown("AccessDenied"), **ENVELOPE)
    assert errors(name, as_json(stand_in)) == []


def test_wrong_documents_are_refused() -> None:
    right = firewall()
    facts = right["facts"]
    rule = facts["rules"][0]
    assert errors("network.firewall", {**right, "type": "network.acl"}) == ["type: const"]
    assert errors("network.firewall", {**right, "provider": "gcp"}) == ["provider: enum"]
    assert errors("network.firewall", {**right, "owner": "x"}) == [": additionalProperties"]
    without = {key: value for key, value in right.items() if key != "account"}
    assert errors("network.firewall", without) == [": required"]
    wrong_facts: dict[str, dict[str, Any]] = {
        "facts: additionalProperties": {"rulez": []},
        "facts/attached: type": {"attached": "2"},
        "facts/default_ingress: enum": {"default_ingress": "refuse"},
    }
    for error, change in wrong_facts.items():
        assert errors("network.firewall", {**right, "facts": {**facts, **change}}) == [error]
    wrong_rules = {**rule, "from_port": "22"}
    assert errors("network.firewall", {**right, "facts": {"rules": [wrong_rules]}}) == [
        "facts/rules/0: anyOf"
    ]


def test_what_a_scan_writes_is_right(company_snapshot: Path, tmp_path: Path) -> None:
    seen: set[str] = set()
    snapshot = open_snapshot(company_snapshot)
    validators = {name: validator(name) for name in fact_types()}
    for located in snapshot:
        found = as_json(located.document)
        assert [e.message for e in validators[found["type"]].iter_errors(found)] == []
        seen.add(found["type"])
    assert {"storage.bucket", "network.firewall", "account.audit", "identity.user"} <= seen
    manifest = json.loads((company_snapshot / "manifest.json").read_bytes())
    assert errors("manifest", manifest) == []
    assert errors("manifest", {**manifest, "files": {}}) == ["files: type"]


def test_verdicts_and_reports_are_right(company_snapshot: Path, tmp_path: Path) -> None:
    verdicts, report = tmp_path / "verdicts.ndjson", tmp_path / "report.json"
    _mlps("evaluate", company_snapshot, "-o", verdicts, "--level", "2", "--level", "3")
    _mlps("report", verdicts, "-f", "json", "-o", report)
    lines = [json.loads(line) for line in verdicts.read_bytes().splitlines()]
    assert {line["kind"] for line in lines} == {"mlps.verdicts", "resource", "end"}
    right = validator("verdicts")
    assert [e.message for line in lines for e in right.iter_errors(line)] == []
    assert errors("verdicts", {**lines[-1], "resources": "3"}) == [": anyOf"]
    written = json.loads(report.read_bytes())
    assert errors("report", written) == []
    assert set(errors("report", {**written, "assessment": {}})) == {"assessment: required"}


def _mlps(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "scanner", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr


def test_a_configuration_is_judged() -> None:
    waiver = {
        "check": "boundary-admin-ports",
        "resource": "sg-0a1",
        "reason": "the bastion's only way in",
        "approver": "wang.fang@example.com",
        "expires": "2027-01-31",
    }
    msgspec.convert({"waivers": [waiver]}, Config)
    assert errors("config", {"waivers": [waiver]}) == []
    assert errors("config", {"waiver": []}) == [": additionalProperties"]
    assert errors("config", {"waivers": [{**waiver, "expires": "soon"}]}) == [
        "waivers/0/expires: format"
    ]


@pytest.mark.go_tools
def test_opa_finds_a_wrong_fact_by_the_schema(opa: str, tmp_path: Path) -> None:
    schema = EXPORTED / "network.firewall.schema.json"
    source = (bundled() / "checks" / "boundary" / "data_ports.rego").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.rego"
    wrong.write_text(source.replace("in input.facts.rules\n", "in input.facts.rulez\n"))
    right = tmp_path / "right.rego"
    right.write_text(source)
    library = bundled() / "lib" / "network.rego"
    outcomes = [
        subprocess.run(
            [opa, "check", "--schema", str(schema), str(library), str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        for file in (right, wrong)
    ]
    assert [done.returncode for done in outcomes] == [0, 1]
    assert "undefined ref: input.facts.rulez" in outcomes[1].stderr
