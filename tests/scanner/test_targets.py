"""Three systems at levels 2, 3 and 4 in one account: each is judged at its own level, by real
checks, and gets a result of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from collectors.document import Document, UserError
from collectors.snapshot import Manifest, SnapshotWriter, open_snapshot
from scanner.assess import assess
from scanner.assessment import Assessment, LevelResult
from scanner.config import load_config
from scanner.declared import Declared, load_declared
from scanner.evaluate import read_verdicts
from scanner.pipeline import open_evaluator
from scanner.targets import Outside, Target, census, targets
from scanner.verdict import OutsideResource, ResourceVerdicts
from tests.scanner.documents import ACCOUNT, network, resource, rule
from tests.scanner.made import catalogue, settings

NOW = "2026-06-15T08:30:00Z"

CONFIG = """\
systems:
  - name: office
    level: 2
    select: [{tags: {system: office}}]
  - name: core-bank
    level: 3
    owner: payments
    select: [{tags: {system: core-bank}}]
  - name: vault
    level: 4
    select: [{tags: {system: vault}}]
platforms:
  - {provider: aws, level: 3, certificate: 110000-26001, expires: 2027-06-30}
attestations:
  - item: construction.sla-terms
    evidence: contract 7
    by: wang.fang
    date: 2026-01-05
    expires: 2027-01-05
    systems: ["core-*"]
"""


def instance(system: str, **facts: Any) -> Document:
    return resource(
        f"i-{system}",
        id=f"arn:aws-cn:ec2:cn-north-1:{ACCOUNT}:instance/i-{system}",
        type="compute.instance",
        tags={"system": system},
        facts={"tenancy": "shared", **facts},
    )


def firewall(system: str, *sources: str, **changes: Any) -> Document:
    rules = [rule(*sources, **changes)] if sources else []
    return resource(
        f"sg-{system}",
        tags={"system": system},
        facts={"vpc_id": f"vpc-{system}", "rules": rules, "attached": 1, "is_default": False},
    )


ONE_ACCOUNT = [
    *(
        network(f"vpc-{name}", cidr, tags={"system": name})
        for name, cidr in (
            ("office", "10.2.0.0/16"),
            ("core-bank", "10.3.0.0/16"),
            ("vault", "10.4.0.0/16"),
        )
    ),
    *(instance(name) for name in ("office", "core-bank", "vault")),
    firewall("office", "group:sg-office"),
    firewall("core-bank", "10.2.0.0/16"),
    firewall("vault", "group:sg-core-bank", protocol="tcp", from_port=443, to_port=443),
    resource("sg-lost", tags={"system": "nobody"}, facts={"rules": []}),
    resource(
        "settings",
        id=f"aws/{ACCOUNT}/account.audit",
        type="account.audit",
        region="global",
        facts={"trails": [], "alarms": [], "central": False},
    ),
]


def write(path: Path, documents: list[Document]) -> Path:
    with SnapshotWriter(path) as writer:
        for document in documents:
            writer.write(document)
        writer.finish(
            Manifest(
                tool_version="test",
                started=NOW,
                finished=NOW,
                providers=["aws"],
                accounts=[ACCOUNT],
                regions=["cn-north-1"],
                counts={},
                files=[],
                failed_calls=[],
            )
        )
    return path


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("config") / "mlps.yaml"
    path.write_text(CONFIG)
    return path


@pytest.fixture(scope="module")
def lines(config: Path) -> list[ResourceVerdicts | OutsideResource]:
    """Every line of the verdicts on the account."""
    folder = config.parent
    write(folder / "snapshot", ONE_ACCOUNT)
    with open_evaluator(settings(declared=load_declared(config))) as evaluator:
        evaluator.evaluate(folder / "snapshot", (3,), folder / "verdicts")
    return list(read_verdicts(folder / "verdicts"))


@pytest.fixture(scope="module")
def assessment(lines: list[ResourceVerdicts | OutsideResource], config: Path) -> Assessment:
    header = read_verdicts(config.parent / "verdicts").header
    return assess(header, lines, catalogue(), load_config(config))


def status(lines: list[ResourceVerdicts | OutsideResource], name: str, check: str) -> str | None:
    """The status of a check on a resource that belongs to one system; None if it was not asked."""
    (line,) = [
        one for one in lines if isinstance(one, ResourceVerdicts) and one.resource.name == name
    ]
    return next((v.status for v in line.verdicts if v.check == check), None)


def of(assessment: Assessment, system: str) -> LevelResult:
    return next(level for level in assessment.levels if level.system == system)


def item(assessment: Assessment, system: str, key: str) -> str | None:
    """The status of an item for a system; None if its level does not have the item."""
    return next((i.status for i in of(assessment, system).items if i.key == key), None)


def test_each_system_is_judged_at_its_own_level(
    lines: list[ResourceVerdicts | OutsideResource],
) -> None:
    levels = {
        one.resource.name: (one.system, one.level)
        for one in lines
        if isinstance(one, ResourceVerdicts) and one.resource.name.startswith("i-")
    }
    assert levels == {
        "i-office": ("office", 2),
        "i-core-bank": ("core-bank", 3),
        "i-vault": ("vault", 4),
    }


def test_results_differ_as_the_levels_do(assessment: Assessment) -> None:
    assert [(one.system, one.level, one.owner) for one in assessment.levels] == [
        ("office", 2, ""),
        ("core-bank", 3, "payments"),
        ("vault", 4, ""),
    ]
    assert [len(one.items) for one in assessment.levels] == [
        len(catalogue().at_level(level)) for level in (2, 3, 4)
    ]
    assert [one.resources for one in assessment.levels] == [4, 4, 4], "the account's settings, too"
    assert assessment.resources == len(ONE_ACCOUNT)


def test_a_dedicated_pool_is_asked_of_level_4_alone(
    lines: list[ResourceVerdicts | OutsideResource], assessment: Assessment
) -> None:
    assert status(lines, "i-vault", "network-dedicated-pool") == "fail"
    assert status(lines, "i-core-bank", "network-dedicated-pool") is None
    assert item(assessment, "vault", "network.dedicated-pool") == "not_met"
    assert item(assessment, "core-bank", "network.dedicated-pool") is None


def test_a_platform_may_not_be_graded_below_its_systems(
    lines: list[ResourceVerdicts | OutsideResource], assessment: Assessment
) -> None:
    found = [
        status(lines, one, "network-platform-level") for one in ("office", "core-bank", "vault")
    ]
    assert found == ["pass", "pass", "fail"]
    assert item(assessment, "core-bank", "network.platform-level") == "met"
    assert item(assessment, "vault", "network.platform-level") == "not_met"


def test_firewalls_between_levels(lines: list[ResourceVerdicts | OutsideResource]) -> None:
    """Core-bank lets everything of the level-2 office in; the vault one port of core-bank."""
    found = {
        name: status(lines, f"sg-{name}", "boundary-inter-level")
        for name in ("office", "core-bank", "vault")
    }
    assert found == {"office": "pass", "core-bank": "fail", "vault": "pass"}


def test_a_reference_that_leads_nowhere_is_unknown_to_the_end(tmp_path: Path, config: Path) -> None:
    lost = firewall("core-bank", "group:sg-elsewhere", protocol="tcp", from_port=443, to_port=443)
    write(tmp_path / "snapshot", [network("vpc-core-bank", "10.3.0.0/16"), lost])
    with open_evaluator(settings(declared=load_declared(config))) as evaluator:
        evaluator.evaluate(tmp_path / "snapshot", (3,), tmp_path / "verdicts")
    found = list(read_verdicts(tmp_path / "verdicts"))
    assert status(found, "sg-core-bank", "boundary-inter-level") == "unknown"


def test_the_account_is_judged_for_every_system_in_it(
    lines: list[ResourceVerdicts | OutsideResource],
) -> None:
    systems = [
        one.system
        for one in lines
        if isinstance(one, ResourceVerdicts) and one.resource.type == "account.audit"
    ]
    assert systems == ["office", "core-bank", "vault"]


def test_what_belongs_to_no_system_is_reported_and_not_judged(assessment: Assessment) -> None:
    assert [one.name for one in assessment.outside] == ["sg-lost"]
    assert not any(result.resource.name == "sg-lost" for result in assessment.results)


def test_an_attestation_is_for_the_systems_that_it_names(assessment: Assessment) -> None:
    assert item(assessment, "core-bank", "construction.sla-terms") == "met"
    assert item(assessment, "office", "construction.sla-terms") == "not_assessed"


def test_a_certificate_answers_inherited_items_up_to_its_level(assessment: Assessment) -> None:
    inherited = [one.key for one in catalogue().at_level(3) if one.assessed == "inherited"]
    assert inherited
    for key in inherited:
        if item(assessment, "core-bank", key) != "met":
            (found,) = [one for one in of(assessment, "core-bank").items if one.key == key]
            assert found.counts.failed or found.counts.unknown, key
        assert item(assessment, "vault", key) != "met"


def test_a_finding_on_a_system_points_to_the_file_that_declares_it(
    assessment: Assessment, config: Path
) -> None:
    (found,) = [one for one in assessment.results if one.check == "network-platform-level"]
    assert found.resource.source is not None
    assert found.resource.source.uri == config.as_posix()
    assert found.resource.source.start_line == 9
    assert found.findings[0].message.en == (
        "platform aws cn-north-1 is certified for level 3, the system is of level 4"
    )


def listed(path: Path, config: Path) -> list[Target | Outside]:
    return list(targets(open_snapshot(path), load_declared(config), (3,), now=NOW))


def test_two_systems_of_one_resource_are_an_error(tmp_path: Path, config: Path) -> None:
    both = tmp_path / "mlps.yaml"
    both.write_text(CONFIG.replace("{system: office}", '{system: "*"}'))
    path = write(tmp_path / "snapshot", ONE_ACCOUNT)
    with pytest.raises(UserError, match="belongs to two systems, office and core-bank"):
        listed(path, both)


def test_unread_tags_make_a_resource_everybodys(tmp_path: Path, config: Path) -> None:
    unread = resource(
        "sg-x", unknown={"tags": "AccessDenied: ec2:DescribeTags"}, facts={"rules": []}
    )
    found = listed(write(tmp_path / "snapshot", [*ONE_ACCOUNT, unread]), config)
    here = [t for t in found if isinstance(t, Target) and t.located.document.name == "sg-x"]
    assert [(t.system, t.uncertain) for t in here] == [
        ("office", True),
        ("core-bank", True),
        ("vault", True),
    ]


def test_an_expired_certificate_is_unknown(tmp_path: Path) -> None:
    config = tmp_path / "mlps.yaml"
    config.write_text(CONFIG.replace("2027-06-30", "2026-06-14"))
    found = listed(write(tmp_path / "snapshot", ONE_ACCOUNT), config)
    systems = [t for t in found if isinstance(t, Target) and t.located.document.type == "system"]
    assert len(systems) == 3
    for target in systems:
        assert target.located.document.unknown == {
            "platforms/0/level": "the certificate of the platform aws expired on 2026-06-14"
        }


def test_a_system_without_resources_is_no_system_of_a_platform(
    tmp_path: Path, config: Path
) -> None:
    found = listed(write(tmp_path / "snapshot", [instance("vault")]), config)
    names = [
        t.located.document.name
        for t in found
        if isinstance(t, Target) and t.located.document.type == "system"
    ]
    assert names == ["vault"]


def test_without_systems_everything_is_one_at_each_level(tmp_path: Path) -> None:
    snapshot = open_snapshot(write(tmp_path / "snapshot", ONE_ACCOUNT))
    found = list(targets(snapshot, Declared(), (2, 3), now=NOW))
    assert len(found) == 2 * len(ONE_ACCOUNT)
    assert {(t.system, t.level) for t in found if isinstance(t, Target)} == {
        ("default", 2),
        ("default", 3),
    }


def test_a_platform_alone_is_compared_with_the_level_that_is_asked_for(tmp_path: Path) -> None:
    config = tmp_path / "mlps.yaml"
    config.write_text(CONFIG[CONFIG.index("platforms:") : CONFIG.index("attestations:")])
    snapshot = open_snapshot(write(tmp_path / "snapshot", [instance("x")]))
    found = list(targets(snapshot, load_declared(config), (4,), now=NOW))
    last = found[-1]
    assert isinstance(last, Target)
    assert last.located.document.facts == {
        "level": 4,
        "platforms": [{"provider": "aws cn-north-1", "level": 3}],
    }


def test_a_census_counts_and_names_what_is_outside(tmp_path: Path, config: Path) -> None:
    found = census(open_snapshot(write(tmp_path / "snapshot", ONE_ACCOUNT)), load_config(config))
    assert found.selected == {"office": 4, "core-bank": 4, "vault": 4}
    assert found.outside == [resource("sg-lost").id]


def test_the_context_reaches_the_verdicts_file_as_json(config: Path) -> None:
    """The lines are the documented ones: nothing of the context is kept in them."""
    text = (config.parent / "verdicts").read_bytes().splitlines()[1]
    assert "context" not in msgspec.json.decode(text)
