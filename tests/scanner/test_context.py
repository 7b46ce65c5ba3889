"""What the configuration knows of a document: its rules, and the systems that it points to."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from collectors.document import Document
from scanner.config import Config, Selector, System
from scanner.context import Annotated, Context, Index, Reference, annotate
from tests.scanner.documents import network, resource, rule

CORE = System(name="core", level=3, select=[Selector(ids=["*"])])
OFFICE = System(name="office", level=2, select=[Selector(ids=["*"])])
CONFIG = Config(systems=[CORE, OFFICE])


def index() -> Index:
    """A network and a group of each system, and one network that belongs to nobody."""
    made = Index()
    made.learn(network("vpc-core", "10.3.0.0/16"), (CORE,))
    made.learn(network("vpc-office", "10.2.0.0/16"), (OFFICE,))
    made.learn(network("vpc-lost", "10.9.0.0/16"), ())
    made.learn(resource("sg-core"), (CORE,))
    made.learn(resource("sg-office"), (OFFICE,))
    return made


def firewall(*sources: str, **changes: Any) -> Document:
    return resource("sg-1", facts={"vpc_id": "vpc-core", "rules": [rule(*sources, **changes)]})


def references(document: Document, known: Index | None = None) -> Annotated:
    return annotate(document, CORE, CONFIG, known or index())


def test_a_group_leads_to_its_system() -> None:
    found = references(firewall("group:sg-core", "group:sg-office"))
    assert found.context.references == [
        Reference(rule=0, source=0, to="sg-core", system="core", level=3),
        Reference(rule=0, source=1, to="sg-office", system="office", level=2),
    ]
    assert found.unknown == {}


def test_a_group_by_its_whole_id() -> None:
    found = references(firewall(f"group:{resource('sg-office').id}"))
    assert [one.system for one in found.context.references] == ["office"]


def owners(found: Annotated) -> list[tuple[Any, Any]]:
    """The source of each reference and the systems that it leads to."""
    return [(one.source, one.system) for one in found.context.references]


def test_a_range_leads_to_the_system_that_has_it() -> None:
    assert owners(references(firewall("10.2.7.0/24"))) == [(0, "office")]


@pytest.mark.parametrize("source", ["10.2.0.0/15", "10.0.0.0/8"])
def test_a_range_that_is_wider_than_the_own_network_leads_to_others_too(source: str) -> None:
    """Also where the own network's addresses lie in it."""
    found = references(firewall(source))
    assert {name for _, name in owners(found)} >= {"core", "office"}


def test_a_range_over_what_belongs_to_nobody_is_unknown_besides() -> None:
    found = references(firewall("10.0.0.0/8"))
    assert owners(found) == [(0, "office"), (0, "core"), (0, msgspec.UNSET)]
    assert list(found.unknown) == ["context/references/2/level"]


def test_systems_of_one_level_are_one_reference() -> None:
    """Or a rule that many systems are reached by would be told of as many times."""
    known = index()
    twin = msgspec.structs.replace(OFFICE, name="canteen")
    known.learn(network("vpc-canteen", "10.1.0.0/16"), (twin,))
    assert owners(references(firewall("10.0.0.0/14"), known)) == [
        (0, "canteen, office"),
        (0, "core"),
    ]


def test_a_subnet_that_belongs_to_nobody_is_unknown_inside_a_network_that_does() -> None:
    known = index()
    facts = {"vpc_id": "vpc-core", "cidrs": ["10.3.9.0/24"]}
    known.learn(resource("s", type="network.subnet", facts=facts), ())
    found = references(firewall("10.3.9.0/24"), known)
    assert owners(found) == [(0, msgspec.UNSET)]
    assert len(found.unknown) == 1


def test_a_range_of_two_networks_is_unknown_where_the_own_one_is() -> None:
    """As of Azure's security groups, which name no network."""
    known = index()
    known.learn(network("vpc-copy", "10.2.0.0/16"), (CORE,))
    lost = resource("nsg", facts={"vpc_id": None, "rules": [rule("10.2.1.0/24")]})
    assert owners(references(lost, known)) == [(0, msgspec.UNSET)]


def test_equal_ranges_of_two_networks_mean_the_own_one() -> None:
    known = index()
    known.learn(network("vpc-copy", "10.3.0.0/16"), (OFFICE,))
    found = references(firewall("10.3.1.0/24"), known)
    assert [one.system for one in found.context.references] == ["core"]


def test_subnets_of_a_shared_network_tell_more() -> None:
    known = Index()
    known.learn(network("vpc-core", "10.3.0.0/16"), ())
    for name, cidr, system in (("a", "10.3.1.0/24", CORE), ("b", "10.3.2.0/24", OFFICE)):
        facts = {"vpc_id": "vpc-core", "cidrs": [cidr]}
        known.learn(resource(name, type="network.subnet", facts=facts), (system,))
    found = references(firewall("10.3.2.7/32"), known)
    assert [one.system for one in found.context.references] == ["office"]


def test_one_short_id_of_two_accounts_leads_to_both() -> None:
    known = index()
    known.learn(resource("sg-office", account="9", id="arn:aws-cn:ec2:x:9:sg/sg-office"), (CORE,))
    assert owners(references(firewall("group:sg-office"), known)) == [(0, "office"), (0, "core")]


@pytest.mark.parametrize("source", ["8.8.8.8/32", "2400:3200::1/128", "group:self"])
def test_public_addresses_outside_and_the_group_itself_are_no_references(source: str) -> None:
    assert references(firewall(source)) == Annotated(Context(systems_declared=True), {})


@pytest.mark.parametrize("source", ["0.0.0.0/0", "::/0", "128.0.0.0/1"])
def test_the_internet_holds_every_system(source: str) -> None:
    found = references(firewall(source))
    assert owners(found) == [(0, "office"), (0, "core")]
    assert found.unknown == {}


def test_private_ipv6_is_not_the_internet() -> None:
    known = index()
    known.learn(network("vpc-six", "fd00:1::/48"), (OFFICE,))
    assert owners(references(firewall("fd00::/8"), known)) == [(0, "office")]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("group:sg-elsewhere", "sg-elsewhere: the resource that it refers to is not in the snap"),
        ("prefix-list:pl-1", "prefix-list:pl-1: the resource that it refers to is not in the"),
        ("10.9.1.0/24", "10.9.1.0/24: it belongs to no declared system"),
        ("172.16.0.0/12", "172.16.0.0/12: the resource that it refers to is not in the snapshot"),
    ],
)
def test_what_cannot_be_resolved_is_unknown(source: str, reason: str) -> None:
    found = references(firewall("group:sg-core", source))
    assert found.context.references[1] == Reference(
        rule=0, source=1, to=source.removeprefix("group:")
    )
    assert list(found.unknown) == ["context/references/1/level"]
    assert found.unknown["context/references/1/level"].startswith(reason)


@pytest.mark.parametrize("changes", [{"action": "deny"}, {"direction": "egress"}])
def test_only_what_lets_in_is_looked_at(changes: dict[str, Any]) -> None:
    assert references(firewall("group:sg-office", **changes)).context.references == []


def test_sources_that_are_not_known_lead_nowhere() -> None:
    broken = resource("sg", facts={"rules": [None, {"direction": "ingress", "action": "allow"}]})
    assert references(broken).context.references == []


def test_the_far_side_of_a_peering() -> None:
    peers = [
        {"vpc_id": "vpc-office"},
        {"vpc_id": None, "cidrs": ["10.2.0.0/16"]},
        {"vpc_id": "vpc-far"},
        {"cidrs": []},
    ]
    found = references(resource("pcx", type="network.gateway", facts={"peers": peers}))
    assert found.context.references == [
        Reference(peer=0, to="vpc-office", system="office", level=2),
        Reference(peer=1, to="10.2.0.0/16", system="office", level=2),
        Reference(peer=2, to="vpc-far"),
        Reference(peer=3, to="?"),
    ]
    assert list(found.unknown) == ["context/references/2/level", "context/references/3/level"]


def test_rules_of_a_system_stand_in_place_of_the_files() -> None:
    own = System(
        name="own",
        level=3,
        select=[Selector(ids=["*"])],
        allowed_accounts=[],
        key_manager="external",
    )
    config = Config(
        systems=[own],
        allowed_regions=["cn-north-1"],
        allowed_accounts=["444455556666"],
        admin_ranges=["203.0.113.0/24"],
        key_manager="customer",
        label_tags=["mac"],
    )
    assert annotate(resource(), own, config, Index()).context == Context(
        systems_declared=True,
        allowed_regions=["cn-north-1"],
        allowed_accounts=[],
        admin_ranges=["203.0.113.0/24"],
        key_manager="external",
        label_tags=["mac"],
    )


def test_without_systems_nothing_is_resolved() -> None:
    found = annotate(firewall("group:sg-elsewhere"), None, Config(), Index())
    assert found == Annotated(Context(), {})
