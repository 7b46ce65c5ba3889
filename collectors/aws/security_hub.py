"""Security Hub: whether findings of all products and regions in use come together in one place."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.logic import Known, every, negated, some
from collectors.aws.regions_in_use import CALLS as USE_CALLS
from collectors.aws.regions_in_use import uses
from collectors.calls import Call
from collectors.document import Unknown, also, then
from collectors.facts.account import Detector

DESCRIBE_HUB = Call(
    provider="aws",
    service="securityhub",
    operation="DescribeHub",
    permission="securityhub:DescribeHub",
    scope="region",
    result="HubArn",
    absent=("InvalidAccessException", "ResourceNotFoundException"),
)
"""An account without Security Hub gets InvalidAccessException, "is not subscribed to AWS Security
Hub"; one whose policies deny the call gets AccessDeniedException."""
LIST_PRODUCTS = Call(
    provider="aws",
    service="securityhub",
    operation="ListEnabledProductsForImport",
    permission="securityhub:ListEnabledProductsForImport",
    scope="region",
    result="ProductSubscriptions",
    paged=True,
)
LIST_AGGREGATORS = Call(
    provider="aws",
    service="securityhub",
    operation="ListFindingAggregators",
    permission="securityhub:ListFindingAggregators",
    scope="account",
    result="FindingAggregators",
    paged=True,
)
GET_AGGREGATOR = Call(
    provider="aws",
    service="securityhub",
    operation="GetFindingAggregator",
    permission="securityhub:GetFindingAggregator",
    scope="resource",
)
CALLS = (DESCRIBE_HUB, LIST_PRODUCTS, LIST_AGGREGATORS, GET_AGGREGATOR, *USE_CALLS)

_GUARDDUTY = "/aws/guardduty"


def aggregated(account: Account, detectors: list[Detector]) -> Known:
    """Whether Security Hub is on and takes the findings of the detector in every region in use, of
    those scanned, and links these regions where they are several."""
    regions = account.regions
    gathers = account.map(lambda detector: _gathers(account, detector), detectors)
    in_use = [then(use, lambda name: name is not None) for use in uses(account)]
    covered = every([*_where_used(in_use, gathers), some(gathers)])
    if covered is False or sum(used is not False for used in in_use) <= 1:
        return covered
    asked = next((place for place, on in zip(regions, gathers, strict=True) if on is True), None)
    if asked is None:
        return covered
    return every([covered, _joined(account, asked, in_use)])


def _where_used(in_use: list[Known], values: list[Known]) -> list[Known]:
    return [some([negated(use), one]) for use, one in zip(in_use, values, strict=True)]


def _gathers(account: Account, detector: Detector) -> Known:
    """Whether the hub of a region is on, and takes what the region's detector finds."""
    region = str(detector.region)
    hub = account.read(DESCRIBE_HUB, region)
    if isinstance(hub, Unknown):
        return hub
    if hub is None:
        return False
    if detector.enabled is False:
        return True
    products = account.read(LIST_PRODUCTS, region)
    taken = then(products, lambda arns: any(arn.endswith(_GUARDDUTY) for arn in arns))
    return some([negated(detector.enabled), taken])


def _joined(account: Account, asked: str, in_use: list[Known]) -> Known:
    """Whether the regions in use are linked; any region with Security Hub tells of the account's
    one aggregator (Security Hub API reference, ListFindingAggregators)."""
    listed = account.read(LIST_AGGREGATORS, asked)
    if isinstance(listed, Unknown):
        return listed
    if not listed:
        several = sum(used is True for used in in_use) > 1
        return False if several else also(None, *in_use) or True
    arn = listed[0]["FindingAggregatorArn"]
    found = account.read(GET_AGGREGATOR, arn.split(":")[3], arn, FindingAggregatorArn=arn)
    if isinstance(found, Unknown):
        return found
    return every(_where_used(in_use, [links(found, region) for region in account.regions]))


def links(aggregator: dict[str, Any], region: str) -> Known:
    """Whether the findings of a region reach the aggregator's own, as GetFindingAggregator says."""
    if region == aggregator["FindingAggregationRegion"]:
        return True
    named = region in aggregator.get("Regions", [])
    match aggregator["RegionLinkingMode"]:
        case "ALL_REGIONS":
            return True
        case "ALL_REGIONS_EXCEPT_SPECIFIED":
            return not named
        case "SPECIFIED_REGIONS":
            return named
        case "NO_REGIONS":
            return False
        case mode:
            return Unknown(f"the linking mode {mode} is not known")
