"""Countries of regions: mainland China is asked for, and a guess would be a false pass."""

from __future__ import annotations

import re
from pathlib import Path

import botocore
import msgspec
import pytest

from collectors.document import Provider
from collectors.regions import GLOBAL, country_of, unknown_country

PROVIDERS: tuple[Provider, ...] = ("aws", "azure", "aliyun")
MAINLAND: dict[Provider, set[str]] = {
    "aws": {"cn-north-1", "cn-northwest-1"},
    "azure": {
        *("chinaeast", "chinaeast2", "chinaeast3", "chinanorth", "chinanorth2", "chinanorth3"),
    },
}


def _aws_regions() -> dict[str, str]:
    """Every region of botocore's list with its partition."""
    path = Path(botocore.__file__).parent / "data" / "endpoints.json"
    data = msgspec.json.decode(path.read_bytes())
    return {
        region: partition["partition"]
        for partition in data["partitions"]
        for region in partition["regions"]
    }


@pytest.mark.parametrize("provider", ["aws", "azure"])
def test_exactly_the_mainland_regions_are_in_china(provider: Provider) -> None:
    for region in MAINLAND[provider]:
        assert country_of(provider, region) == "CN"
        assert unknown_country(provider, region) == {}


def test_aws_china_is_the_china_partition_and_nothing_else() -> None:
    regions = _aws_regions()
    in_china = {region for region in regions if country_of("aws", region) == "CN"}
    assert in_china == {name for name, partition in regions.items() if partition == "aws-cn"}


def test_every_region_that_botocore_scans_has_a_country() -> None:
    scanned = [r for r, p in _aws_regions().items() if p in {"aws", "aws-cn"}]
    assert len(scanned) > 30
    assert [region for region in scanned if country_of("aws", region) is None] == []


@pytest.mark.parametrize(
    ("provider", "region", "country"),
    [
        ("aws", "ap-east-1", "HK"),
        ("aws", "ap-east-2", "TW"),
        ("azure", "eastasia", "HK"),
        ("azure", "taiwannorth", "TW"),
        ("aliyun", "cn-hongkong", "HK"),
        ("aliyun", "ap-southeast-1", "SG"),
        ("aliyun", "cn-hangzhou", "CN"),
        ("aliyun", "cn-shanghai-finance-1", "CN"),
    ],
)
def test_hong_kong_and_taiwan_are_not_mainland(
    provider: Provider, region: str, country: str
) -> None:
    assert country_of(provider, region) == country


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("region", ["cn-mars-1", "chinamars", "", "CN-NORTH-1", " cn-north-1"])
def test_an_unlisted_region_is_unknown_and_not_guessed(provider: Provider, region: str) -> None:
    """Not even by its prefix: `cn-hongkong` begins like the mainland's."""
    assert country_of(provider, region) is None
    (reason,) = unknown_country(provider, region).values()
    assert (region or "(not given)") in reason


@pytest.mark.parametrize("provider", PROVIDERS)
def test_global_has_no_country_and_that_is_no_gap(provider: Provider) -> None:
    assert country_of(provider, GLOBAL) is None
    assert unknown_country(provider, GLOBAL) == {}


def test_the_same_name_may_be_elsewhere_in_another_cloud() -> None:
    assert country_of("aws", "us-west-1") == country_of("aliyun", "us-west-1") == "US"
    assert country_of("aws", "ap-southeast-3") == "ID"
    assert country_of("aliyun", "ap-southeast-3") == "MY"
    assert country_of("aws", "me-central-1") == "AE"
    assert country_of("aliyun", "me-central-1") == "SA"


def test_countries_are_codes_of_two_letters() -> None:
    for region in _aws_regions():
        country = country_of("aws", region)
        assert country is None or re.fullmatch("[A-Z]{2}", country)
