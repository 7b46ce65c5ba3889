"""Whether findings come together: moto has no aggregators and no products, a script answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from collectors.aws import security_hub
from collectors.aws.security_hub import aggregated, links
from collectors.document import Unknown
from collectors.facts.account import Detector
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import Reply, Scripted, error, scripted

HOME, OTHER, THIRD = REGIONS = ("eu-west-1", "eu-west-2", "eu-west-3")
HUB = "DescribeHub"
PRODUCTS = "ListEnabledProductsForImport"
AGGREGATORS = "ListFindingAggregators"
AGGREGATOR = "GetFindingAggregator"
NO_HUB = error("InvalidAccessException", 401)
DENIED = error("AccessDeniedException", 403)
ARN = f"arn:aws:securityhub:{HOME}:{ACCOUNT_ID}:finding-aggregator/1"
GUARDDUTY = f"arn:aws:securityhub:{HOME}:{ACCOUNT_ID}:product-subscription/aws/guardduty"

Uses = Callable[..., None]


def operation(path: str) -> str:
    start = path.split("?", maxsplit=1)[0]
    named = {
        "/accounts": HUB,
        "/productSubscriptions": PRODUCTS,
        "/findingAggregator/list": AGGREGATORS,
    }
    return named.get(start, AGGREGATOR)


def says(body: Any) -> Reply:
    return Reply(body=json.dumps(body))


def linking(mode: str, *regions: str) -> dict[str, Any]:
    return {
        "FindingAggregatorArn": ARN,
        "FindingAggregationRegion": HOME,
        "RegionLinkingMode": mode,
        "Regions": list(regions),
    }


@pytest.fixture
def server() -> Iterator[Scripted]:
    """Security Hub in every region, which takes GuardDuty's findings and links all regions."""
    with scripted(operation) as running:
        running.replies = {
            HUB: [says({"HubArn": f"arn:aws:securityhub:{HOME}:{ACCOUNT_ID}:hub/default"})],
            PRODUCTS: [says({"ProductSubscriptions": [GUARDDUTY]})],
            AGGREGATORS: [says({"FindingAggregators": [{"FindingAggregatorArn": ARN}]})],
            AGGREGATOR: [says(linking("ALL_REGIONS"))],
        }
        yield running


@pytest.fixture
def uses(monkeypatch: pytest.MonkeyPatch) -> Uses:
    """Sets which regions are in use."""

    def used(*regions: str | Unknown | None) -> None:
        monkeypatch.setattr(security_hub, "uses", lambda account: list(regions))

    return used


@pytest.fixture
def judged(open_account: OpenAccount) -> Any:
    def judge(url: str, enabled: bool | Unknown = True) -> bool | Unknown:
        account = open_account(url, HOME)
        account.regions = REGIONS
        return aggregated(account, [Detector(region=one, enabled=enabled) for one in REGIONS])

    return judge


def denied(name: str) -> Unknown:
    return Unknown(f"AccessDeniedException: securityhub:{name}")


DOUBT = Unknown("AccessDenied: ec2:DescribeVolumes")
EMPTY = says({"FindingAggregators": []})


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ({}, True),
        ({HUB: NO_HUB}, False),
        ({HUB: error("ResourceNotFoundException", 404)}, False),
        ({HUB: DENIED}, denied(HUB)),
        ({PRODUCTS: says({"ProductSubscriptions": []})}, False),
        ({PRODUCTS: DENIED}, denied(PRODUCTS)),
        ({AGGREGATORS: EMPTY}, False),
        ({AGGREGATORS: DENIED}, denied(AGGREGATORS)),
        ({AGGREGATOR: DENIED}, denied(AGGREGATOR)),
        ({AGGREGATOR: says(linking("SPECIFIED_REGIONS", OTHER))}, True),
        # The third region is not in use.
        ({AGGREGATOR: says(linking("ALL_REGIONS_EXCEPT_SPECIFIED", THIRD))}, True),
        ({AGGREGATOR: says(linking("ALL_REGIONS_EXCEPT_SPECIFIED", OTHER))}, False),
        ({AGGREGATOR: says(linking("NO_REGIONS"))}, False),
    ],
)
def test_two_regions_in_use(
    server: Scripted, uses: Uses, judged: Any, replies: dict[str, Reply], expected: Any
) -> None:
    uses(HOME, OTHER, None)
    server.replies |= {name: [reply] for name, reply in replies.items()}
    assert judged(server.url) == expected


def test_one_region_in_use_needs_no_aggregator(server: Scripted, uses: Uses, judged: Any) -> None:
    uses(HOME, None, None)
    assert judged(server.url) is True
    assert {one.operation for one in server.asked} == {HUB, PRODUCTS}


def test_without_a_detector_there_is_nothing_to_take(
    server: Scripted, uses: Uses, judged: Any
) -> None:
    uses(HOME, None, None)
    server.replies[PRODUCTS] = [says({"ProductSubscriptions": []})]
    assert judged(server.url, enabled=False) is True
    assert judged(server.url, enabled=denied("x")) == denied("x")


def test_a_region_that_may_be_in_use_leaves_it_unknown(
    server: Scripted, uses: Uses, judged: Any
) -> None:
    uses(HOME, DOUBT, None)
    assert judged(server.url) is True, "it is linked, whether in use or not"
    server.replies[AGGREGATORS] = [EMPTY]
    assert judged(server.url) == DOUBT
    server.replies[HUB] = [NO_HUB]
    assert judged(server.url) is False


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ((HOME, None, None), True),
        ((None, None, None), True),
        ((None, OTHER, None), False),
        ((HOME, OTHER, None), False),
        ((HOME, DOUBT, None), DOUBT),
    ],
)
def test_security_hub_is_asked_in_every_region(
    client: Client, uses: Uses, judged: Any, fresh_moto: str, used: Any, expected: Any
) -> None:
    """moto has Security Hub region by region: it is on in the first one."""
    hub = client("securityhub", HOME)
    hub.enable_security_hub()
    uses(*used)
    try:
        assert judged(fresh_moto, enabled=False) == expected
    finally:
        hub.disable_security_hub()


def test_an_account_without_security_hub_gathers_nothing(
    uses: Uses, judged: Any, fresh_moto: str
) -> None:
    uses(None, None, None)
    assert judged(fresh_moto, enabled=False) is False


@pytest.mark.parametrize(
    ("aggregator", "expected"),
    [
        (linking("NO_REGIONS"), False),
        (linking("ALL_REGIONS"), True),
        (linking("SPECIFIED_REGIONS", OTHER), True),
        (linking("SPECIFIED_REGIONS", THIRD), False),
        (linking("ALL_REGIONS_EXCEPT_SPECIFIED", OTHER), False),
        (linking("ALL_REGIONS_EXCEPT_SPECIFIED", THIRD), True),
        (linking("OF_TOMORROW"), Unknown("the linking mode OF_TOMORROW is not known")),
    ],
)
def test_which_regions_an_aggregator_links(aggregator: dict[str, Any], expected: Any) -> None:
    assert links(aggregator, HOME) is True, "its own, whatever the mode"
    assert links(aggregator, OTHER) == expected
