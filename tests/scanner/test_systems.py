"""Which system a resource belongs to: selectors, what is not known, what several systems share."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, UserError
from scanner.config import Selector, System
from scanner.systems import Assignment, Systems
from tests.scanner.documents import ACCOUNT, in_template, network, resource


def system(name: str = "core", level: int = 3, *select: Selector, **conditions: Any) -> System:
    chosen = list(select) or [Selector(**conditions)]
    return System(name=name, level=level, select=chosen)


def holds(document: Document, **conditions: Any) -> bool | None:
    """Whether a selector holds; None where that is not known."""
    found = Systems([system(**conditions)]).learn(document)
    return None if not found.certain else bool(found.systems)


AZURE_ID = "/subscriptions/s/resourceGroups/prod-rg/providers/Microsoft.Storage/x/y"

SELECTS: dict[str, tuple[Document, dict[str, Any], bool | None]] = {
    "its account": (resource(), {"accounts": [ACCOUNT]}, True),
    "another account": (resource(), {"accounts": ["9*"]}, False),
    "all accounts but one": (resource(), {"accounts": [f"!{ACCOUNT}"]}, False),
    "all accounts but another": (resource(), {"accounts": ["!9*"]}, True),
    "one of two patterns": (resource(), {"regions": ["cn-northwest-1", "cn-north-*"]}, True),
    "what excludes wins": (resource(), {"regions": ["cn-*", "!cn-north-1"]}, False),
    "both conditions": (resource(), {"accounts": [ACCOUNT], "regions": ["cn-*"]}, True),
    "one condition of two": (resource(), {"accounts": [ACCOUNT], "regions": ["us-*"]}, False),
    "a tag": (resource(tags={"system": "core"}), {"tags": {"system": "core"}}, True),
    "a tag of a list": (resource(tags={"a": "y"}), {"tags": {"a": ["x", "y"]}}, True),
    "a tag of another value": (resource(tags={"a": "z"}), {"tags": {"a": "x"}}, False),
    "capitals of a tag matter": (resource(tags={"a": "X"}), {"tags": {"a": "x"}}, False),
    "no such tag": (resource(), {"tags": {"system": "*"}}, True),
    "no such tag, some value asked": (resource(), {"tags": {"system": "?*"}}, False),
    "no such tag, and none asked": (resource(), {"tags": {"system": "!?*"}}, True),
    "tags that could not be read": (
        resource(unknown={"tags": "AccessDenied"}),
        {"tags": {"system": "core"}},
        None,
    ),
    "a tag that is decided at apply": (
        resource(tags={"a": "x"}, unknown={"tags/system": "known after apply"}),
        {"tags": {"system": "core"}},
        None,
    ),
    "another tag that is decided at apply": (
        resource(tags={"system": "core"}, unknown={"tags/owner": "known after apply"}),
        {"tags": {"system": "core"}},
        True,
    ),
    "unknown tags, but another account": (
        resource(unknown={"tags": "AccessDenied"}),
        {"tags": {"system": "core"}, "accounts": ["9"]},
        False,
    ),
    "a region that is not known": (
        in_template(region="", unknown={"region": "var.region has no value"}),
        {"regions": ["cn-*"]},
        None,
    ),
    "its network": (network("vpc-1", "10.0.0.0/16"), {"vpcs": ["vpc-1"]}, True),
    "in the network": (resource(facts={"vpc_id": "vpc-1"}), {"vpcs": ["vpc-1"]}, True),
    "in another network": (resource(facts={"vpc_id": "vpc-2"}), {"vpcs": ["vpc-1"]}, False),
    "in no network": (resource(facts={"vpc_id": None}), {"vpcs": ["vpc-1"]}, False),
    "in a network that is not known": (
        resource(unknown={"vpc_id": "known after apply"}),
        {"vpcs": ["vpc-1"]},
        None,
    ),
    "its resource group": (
        resource(id=AZURE_ID, provider="azure"),
        {"resource_groups": ["prod-*"]},
        True,
    ),
    "another resource group": (
        resource(id=AZURE_ID, provider="azure"),
        {"resource_groups": ["test-*"]},
        False,
    ),
    "a resource group of Alibaba Cloud": (
        resource(provider="aliyun", native={"ResourceGroupId": "rg-1"}),
        {"resource_groups": ["rg-1"]},
        True,
    ),
    "a resource group in other letters": (
        resource(id=AZURE_ID, provider="azure"),
        {"resource_groups": ["PROD-RG"]},
        True,
    ),
    "a resource group of Alibaba Cloud that is not told": (
        resource(provider="aliyun"),
        {"resource_groups": ["rg-1"]},
        None,
    ),
    "AWS has no resource groups": (resource(), {"resource_groups": ["*-rg"]}, False),
    "a template's resource group": (
        in_template(provider="azure"),
        {"resource_groups": ["prod-rg"]},
        None,
    ),
    "a database, which does not tell its network": (
        resource(type="database.instance"),
        {"vpcs": ["vpc-1"]},
        None,
    ),
    "the account of a template": (in_template(account="template"), {"accounts": ["1*"]}, None),
    "a stand-in of all regions": (
        resource(unlisted=True, region="global"),
        {"regions": ["cn-*"]},
        None,
    ),
    "a template's path": (in_template(), {"paths": ["infra/*"]}, True),
    "another path": (in_template(uri="other/web.tf"), {"paths": ["infra/*"]}, False),
    "a path of what is live": (resource(), {"paths": ["*"]}, False),
    "its id": (resource(), {"ids": ["*security-group/web"]}, True),
    "a stand-in has no id of its own": (resource(unlisted=True), {"ids": ["*group/web"]}, None),
    "a stand-in belongs to everything": (resource(unlisted=True), {"ids": ["*"]}, True),
    "a stand-in of another account": (resource(unlisted=True), {"accounts": ["9"]}, False),
}


@pytest.mark.parametrize(("document", "conditions", "answer"), SELECTS.values(), ids=SELECTS)
def test_a_selector(document: Document, conditions: dict[str, Any], answer: bool | None) -> None:
    assert holds(document, **conditions) is answer


def test_any_selector_of_a_system_is_enough() -> None:
    both = system("core", 3, Selector(regions=["us-*"]), Selector(accounts=[ACCOUNT]))
    assert Systems([both]).learn(resource()).systems == (both,)


def test_one_selector_that_holds_outweighs_one_that_is_not_known() -> None:
    both = system("core", 3, Selector(tags={"a": "x"}), Selector(accounts=[ACCOUNT]))
    unread = resource(unknown={"tags": "AccessDenied"})
    assert Systems([both]).learn(unread) == Assignment((both,), certain=True)


def test_two_systems_are_an_error_that_names_both() -> None:
    systems = Systems([system("core", accounts=[ACCOUNT]), system("office", regions=["cn-*"])])
    with pytest.raises(UserError, match="security-group/web belongs to two systems, core and off"):
        systems.learn(resource())


def test_what_may_belong_to_two_is_judged_for_both() -> None:
    first, second = system("a", tags={"system": "a"}), system("b", tags={"system": "b"})
    unread = resource(unknown={"tags": "AccessDenied"})
    assert Systems([first, second]).learn(unread) == Assignment((first, second), certain=False)


def test_what_certainly_belongs_to_one_is_not_judged_for_another() -> None:
    first, second = system("a", accounts=[ACCOUNT]), system("b", tags={"system": "b"})
    unread = resource(unknown={"tags": "AccessDenied"})
    assert Systems([first, second]).learn(unread) == Assignment((first,))


def settings(**changes: Any) -> Document:
    values: dict[str, Any] = {"id": "aws/1/account.audit", "type": "account.audit"}
    return resource("settings", **(values | {"region": "global"} | changes))


def test_settings_of_an_account_are_judged_for_each_system_that_stands_in_it() -> None:
    first, second = system("a", tags={"system": "a"}), system("b", tags={"system": "b"})
    elsewhere = system("c", tags={"system": "c"})
    systems = Systems([first, second, elsewhere])
    for document in (
        settings(),
        resource("x", tags={"system": "a"}),
        resource("y", tags={"system": "b"}),
        resource("z", tags={"system": "c"}, account="999999999999"),
    ):
        systems.learn(document)
    assert systems.of(settings()) == Assignment((first, second))
    assert systems.of(settings(account="999999999999")) == Assignment((elsewhere,))
    assert systems.of(settings(account="555555555555")) == Assignment(())


def test_two_systems_by_account_share_its_settings_without_an_error() -> None:
    first = system("a", accounts=[ACCOUNT], tags={"system": "a"})
    second = system("b", accounts=[ACCOUNT], tags={"system": "!a"})
    systems = Systems([first, second])
    systems.learn(settings())
    systems.learn(resource(tags={"system": "a"}))
    assert systems.of(settings()).systems == (first, second)


def test_an_identity_with_a_tag_belongs_to_the_tags_system_alone() -> None:
    first, second = system("a", tags={"system": "a"}), system("b", tags={"system": "b"})
    systems = Systems([first, second])
    systems.learn(resource("x", tags={"system": "a"}))
    systems.learn(resource("y", tags={"system": "b"}))
    role = resource("role", type="identity.role", tags={"system": "b"})
    shared = resource("role", type="identity.role")
    assert systems.of(role) == Assignment((second,))
    assert systems.of(shared) == Assignment((first, second))


def test_a_tag_that_no_selector_asks_for_says_nothing_of_an_identity() -> None:
    first, second = system("a", regions=["cn-north-1"]), system("b", regions=["cn-northwest-1"])
    systems = Systems([first, second])
    systems.learn(resource("x"))
    systems.learn(resource("y", region="cn-northwest-1"))
    user = resource("u", type="identity.user", region="global", tags={"owner": "wang"})
    assert systems.of(user).systems == (first, second)


def test_a_stand_in_that_nobody_selects_is_everybodys_in_its_account() -> None:
    one = system("a", tags={"system": "a"}, ids=["*instance*"])
    systems = Systems([one])
    systems.learn(resource("i", id="instance/i", tags={"system": "a"}))
    stand_in = resource("s", unlisted=True, region="us-east-1")
    elsewhere = resource("s", unlisted=True, account="9")
    chosen = system("b", regions=["cn-*"])
    by_region = Systems([chosen])
    by_region.learn(resource("x"))
    assert systems.of(stand_in) == Assignment((one,), certain=False)
    assert by_region.of(stand_in) == Assignment((chosen,), certain=False)
    assert by_region.of(resource("s", unlisted=True, account="9", region="us-east-1")) == (
        Assignment((), certain=False)
    )
    assert elsewhere.unlisted


def test_what_no_selector_holds_is_outside() -> None:
    assert Systems([system(accounts=["9"])]).of(resource()) == Assignment(())


def subscription(account: str, tenant: str) -> Document:
    return resource(
        account,
        type="account.identity",
        provider="azure",
        account=account,
        native={"tenantId": tenant},
    )


@pytest.mark.parametrize("unlisted", [False, True])
def test_what_a_tenant_has_is_shared_by_its_subscriptions(unlisted: bool) -> None:
    """One subscription lists the users; a system in another one has them all the same."""
    first, second, third = (system(name, accounts=[name]) for name in ("a", "b", "c"))
    systems = Systems([first, second, third])
    for account, tenant in (("a", "t-1"), ("b", "t-1"), ("c", "t-2")):
        systems.learn(subscription(account, tenant))
    graph = {"provider": "azure", "account": "a", "region": "global", "unlisted": unlisted}
    user = resource("u", type="identity.user", native_type="Microsoft.Graph/users", **graph)
    role = resource("r", type="identity.role", native_type="Microsoft.Authorization/x", **graph)
    assert systems.of(user) == Assignment((first, second))
    assert systems.of(role) == Assignment((first,)), "of one subscription"
    alone = Systems([first, second])
    alone.learn(subscription("b", ""))
    assert alone.of(user).systems == (first,), "a tenant that is not told is nobody's"
