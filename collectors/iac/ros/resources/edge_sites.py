"""Sites of Edge Security Acceleration. Source: ALIYUN::ESA::Site, ::HttpsBasicConfiguration,
::HttpsApplicationConfiguration, ::OriginRule and ::SiteDeliveryTask of the ROS resource type
reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.edge_site import APPLICATION, BASIC, DELIVERY, ORIGIN, SITE
from collectors.iac.ros.resources.shared import on_off, plain, switch
from collectors.iac.stacks.resource import Resource, Translation, renamed

_RULE = {"SiteId": "site_id", "RuleEnable": "rule_enable"}


def _setting(kind: str, names: dict[str, str]) -> Translation:
    """A translation of settings, whose words YAML reads as truth values: on, off, and the rule
    true, which takes every request."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = renamed(resource.properties, _RULE | names)
        found = {name: on_off(value) for name, value in values.items()}
        rule = resource.get("Rule")
        found["rule"] = switch(rule, "true", "false") if isinstance(rule, bool) else rule
        yield resource.block(kind, found)

    return translate


def _delivery(resource: Resource) -> Iterator[Block]:
    """A task, which ROS makes without saying whether it runs."""
    values = renamed(
        resource.properties,
        {
            "SiteId": "site_id",
            "BusinessType": "business_type",
            "DataCenter": "data_center",
            "DiscardRate": "discard_rate",
        },
    )
    sls = resource.get("SlsDelivery")
    names = {
        "SLSProject": "sls_project",
        "SLSRegion": "sls_region",
        "SLSLogStore": "sls_log_store",
    }
    store = [renamed(sls, names)] if isinstance(sls, dict) else sls
    yield resource.block(DELIVERY, values | {"sls_delivery": store})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ESA::Site": plain(SITE, {"SiteName": "site_name", "Coverage": "coverage"}),
    "ALIYUN::ESA::HttpsBasicConfiguration": _setting(
        BASIC,
        {
            "Https": "https",
            "Tls10": "tls10",
            "Tls11": "tls11",
            "Tls12": "tls12",
            "Tls13": "tls13",
            "CiphersuiteGroup": "ciphersuite_group",
        },
    ),
    "ALIYUN::ESA::HttpsApplicationConfiguration": _setting(
        APPLICATION, {"HttpsForce": "https_force"}
    ),
    "ALIYUN::ESA::OriginRule": _setting(ORIGIN, {"OriginScheme": "origin_scheme"}),
    "ALIYUN::ESA::SiteDeliveryTask": _delivery,
}
