"""The country of each cloud region (ISO 3166-1 alpha-2), from the vendors' lists of regions.

MLPS asks for mainland China (CN); Hong Kong (HK), Macao (MO) and Taiwan (TW) have codes of their
own and do not count as mainland. A region that is not listed has no known country: that is
unknown, never "abroad" and never "mainland".
"""

from __future__ import annotations

from collectors.document import Provider

GLOBAL = "global"

_AWS = {
    "cn-north-1": "CN", "cn-northwest-1": "CN", "ap-east-1": "HK", "ap-east-2": "TW",
    "ap-northeast-1": "JP", "ap-northeast-2": "KR", "ap-northeast-3": "JP",
    "ap-south-1": "IN", "ap-south-2": "IN", "ap-southeast-1": "SG", "ap-southeast-2": "AU",
    "ap-southeast-3": "ID", "ap-southeast-4": "AU", "ap-southeast-5": "MY",
    "ap-southeast-6": "NZ", "ap-southeast-7": "TH", "af-south-1": "ZA", "ca-central-1": "CA",
    "ca-west-1": "CA", "eu-central-1": "DE", "eu-central-2": "CH", "eu-north-1": "SE",
    "eu-south-1": "IT", "eu-south-2": "ES", "eu-west-1": "IE", "eu-west-2": "GB",
    "eu-west-3": "FR", "il-central-1": "IL", "me-central-1": "AE", "me-south-1": "BH",
    "mx-central-1": "MX", "sa-east-1": "BR", "us-east-1": "US", "us-east-2": "US",
    "us-gov-east-1": "US", "us-gov-west-1": "US", "us-west-1": "US", "us-west-2": "US",
}  # fmt: skip

_AZURE = {
    "chinaeast": "CN", "chinaeast2": "CN", "chinaeast3": "CN", "chinanorth": "CN",
    "chinanorth2": "CN", "chinanorth3": "CN", "eastasia": "HK", "southeastasia": "SG",
    "japaneast": "JP", "japanwest": "JP", "koreacentral": "KR", "koreasouth": "KR",
    "australiaeast": "AU", "australiasoutheast": "AU", "australiacentral": "AU",
    "australiacentral2": "AU", "centralindia": "IN", "southindia": "IN", "westindia": "IN",
    "jioindiawest": "IN", "jioindiacentral": "IN", "indonesiacentral": "ID",
    "malaysiawest": "MY", "newzealandnorth": "NZ", "taiwannorth": "TW", "taiwannorthwest": "TW",
    "eastus": "US", "eastus2": "US", "centralus": "US", "northcentralus": "US",
    "southcentralus": "US", "westcentralus": "US", "westus": "US", "westus2": "US",
    "westus3": "US", "canadacentral": "CA", "canadaeast": "CA", "mexicocentral": "MX",
    "brazilsouth": "BR", "brazilsoutheast": "BR", "chilecentral": "CL", "northeurope": "IE",
    "westeurope": "NL", "uksouth": "GB", "ukwest": "GB", "francecentral": "FR",
    "francesouth": "FR", "germanywestcentral": "DE", "germanynorth": "DE", "norwayeast": "NO",
    "norwaywest": "NO", "polandcentral": "PL", "italynorth": "IT", "spaincentral": "ES",
    "swedencentral": "SE", "swedensouth": "SE", "switzerlandnorth": "CH",
    "switzerlandwest": "CH", "austriaeast": "AT", "israelcentral": "IL", "qatarcentral": "QA",
    "uaenorth": "AE", "uaecentral": "AE", "southafricanorth": "ZA", "southafricawest": "ZA",
}  # fmt: skip

_ALIYUN = {
    "cn-qingdao": "CN", "cn-beijing": "CN", "cn-zhangjiakou": "CN", "cn-huhehaote": "CN",
    "cn-wulanchabu": "CN", "cn-hangzhou": "CN", "cn-shanghai": "CN", "cn-nanjing": "CN",
    "cn-fuzhou": "CN", "cn-shenzhen": "CN", "cn-heyuan": "CN", "cn-guangzhou": "CN",
    "cn-chengdu": "CN", "cn-wuhan-lr": "CN", "cn-zhengzhou-jva": "CN",
    "cn-hangzhou-finance": "CN", "cn-shanghai-finance-1": "CN", "cn-shenzhen-finance-1": "CN",
    "cn-beijing-finance-1": "CN", "cn-north-2-gov-1": "CN", "cn-hongkong": "HK",
    "ap-northeast-1": "JP", "ap-northeast-2": "KR", "ap-southeast-1": "SG",
    "ap-southeast-3": "MY", "ap-southeast-5": "ID", "ap-southeast-6": "PH",
    "ap-southeast-7": "TH", "us-east-1": "US", "us-west-1": "US", "na-south-1": "MX",
    "eu-west-1": "GB", "eu-central-1": "DE", "me-east-1": "AE", "me-central-1": "SA",
}  # fmt: skip

_COUNTRIES: dict[Provider, dict[str, str]] = {"aws": _AWS, "azure": _AZURE, "aliyun": _ALIYUN}


PROVIDERS: tuple[Provider, ...] = tuple(_COUNTRIES)


def country_of(provider: Provider, region: str) -> str | None:
    """The country of a region, or None for "global" and for a region that is not listed."""
    return _COUNTRIES[provider].get(region)


def regions_of(provider: Provider) -> list[str]:
    """The regions of a cloud that are listed, sorted."""
    return sorted(_COUNTRIES[provider])


def unknown_country(provider: Provider, region: str) -> dict[str, str]:
    """The `unknown` entry for a region whose country is not known; empty when it is, or global."""
    if region == GLOBAL or country_of(provider, region):
        return {}
    return {"country": f"the country of region {region or '(not given)'} is not known"}
