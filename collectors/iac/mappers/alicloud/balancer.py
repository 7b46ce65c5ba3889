"""alicloud_slb_load_balancer (and alicloud_slb) and alicloud_alb_load_balancer with listeners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.access_lists import (
    ALB_ENTRY,
    ALB_GROUPS,
    ALB_LINK,
    ALB_LIST,
    CLB_ENTRY,
    CLB_LIST,
    alb_sources,
    clb_sources,
)
from collectors.iac.mappers.alicloud.alb_rule import RULE as ALB_RULE
from collectors.iac.mappers.alicloud.alb_rule import redirects
from collectors.iac.mappers.alicloud.backends import (
    ALB_BACKENDS,
    CLB_BACKENDS,
    alb_zones,
    clb_zones,
)
from collectors.iac.mappers.alicloud.public_addresses import BINDING, bound
from collectors.iac.mappers.alicloud.shared import region_of, word
from collectors.iac.mappers.alicloud.shared_bandwidth import ALB_SHARES, SHARED, of_balancer
from collectors.iac.mappers.alicloud.tls_policies import OLDEST, tls_by_policy
from collectors.iac.mappers.alicloud.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import (
    Joined,
    first_of,
    given,
    identity,
    joined,
    name_of,
    tags_of,
)

CLB, CLB_LISTENER = ("alicloud_slb_load_balancer", "alicloud_slb"), "alicloud_slb_listener"
CLB_POLICY = "alicloud_slb_tls_cipher_policy"
ALB, ALB_LISTENER = "alicloud_alb_load_balancer", "alicloud_alb_listener"
ALB_POLICY = "alicloud_alb_security_policy"
ALB_LOG = "alicloud_alb_load_balancer_access_log_config_attachment"

_WAF = Unknown("whether WAF stands before the load balancer is not read from templates")
_NO_LOG = Unknown("no argument of the template turns the access log on")
_WEB = {"http", "https", "quic"}
_WITH_WAF = "StandardWithWaf"
_NO_KIND = Unknown("the template gives no address_type")
NO_LISTENER = Unknown("no listener of the load balancer is in this template")


def map_clb(block: Block, project: Project) -> Iterator[Document]:
    """A classic load balancer: private with a vSwitch, otherwise public by the API's default. An
    elastic address that is bound to a private one makes it public."""
    region = region_of(block, project)
    found = joined(project, block, "load_balancer_id", CLB_LISTENER)
    listeners: list[Any] = [_clb_listener(listener, project) for listener in found.blocks]
    zones = [
        z for key in ("master_zone_id", "slave_zone_id") if (z := block.read(key, str, "")) != ""
    ]
    scheme = _clb_scheme(block, project)
    listeners += unseen(found)
    facts = LoadBalancer(
        scheme=scheme,
        listeners=listeners,
        access_log=_NO_LOG,
        waf=unguarded(scheme, listeners),
        zones=cast("list[str]", zones) or Unknown("the service chooses the zones"),
        backend_zones=clb_zones(block, project),
        deletion_protection=word(block.values, "delete_protection", ("on",), False),
        alarms=alarms_on(block, project, "acs_slb_dashboard"),
        bandwidth_mbps=block.read("bandwidth", int, Unknown("not written")),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region,
        name=name_of(block, "load_balancer_name", "name"),
        tags=tags_of(block),
    )


def _clb_scheme(block: Block, project: Project) -> Any:
    own = _own_scheme(block)
    if own == "public":
        return own
    addresses = bound(block, project)
    return "public" if addresses.blocks else also(own) or addresses.doubt or own


def _own_scheme(block: Block) -> Any:
    kind = block.read("address_type", str, "")
    if kind != "":
        return then(kind, lambda text: "public" if text.lower() == "internet" else "private")
    old = block.values.get("internet")
    if old is not None:
        public = read(block.values, "internet", bool, Unknown("not written"))
        return then(public, lambda yes: "public" if yes else "private")
    inside = given(block.values, "vswitch_id")
    return then(inside, lambda yes: "private" if yes else "public")


def _clb_listener(listener: Block, project: Project) -> Listener:
    protocol = then(listener.read("protocol", str, Unknown("no protocol")), str.lower)
    tls: Any = None
    if protocol == "https":
        tls = tls_by_policy(listener, project, CLB_POLICY, "tls_cipher_policy", OLDEST)
    elif isinstance(protocol, Unknown):
        tls = protocol
    certificate = listener.get("server_certificate_id")
    if not given(listener.values, "server_certificate_id"):
        certificate = listener.get("ssl_certificate_id")
    return Listener(
        port=listener.read("frontend_port", int, Unknown("no frontend_port")),
        protocol=protocol,
        redirect_to_https=word(listener.values, "listener_forward", ("on",), False),
        tls=tls,
        certificate_id=identity(project, certificate),
        source_ranges=clb_sources(listener, project),
    )


def map_alb(block: Block, project: Project) -> Iterator[Document]:
    """An application load balancer."""
    region = region_of(block, project)
    found = joined(project, block, "load_balancer_id", ALB_LISTENER)
    listeners: list[Any] = [_alb_listener(each, block, project) for each in found.blocks]
    listeners += unseen(found)
    scheme = scheme_of(block)
    edition = block.read("load_balancer_edition", str, "")
    mappings = nested(block.values, "zone_mappings")
    facts = LoadBalancer(
        scheme=scheme,
        listeners=listeners,
        access_log=_alb_log(block, project, region),
        waf=_WITH_WAF if edition == _WITH_WAF else unguarded(scheme, listeners),
        zones=cast(
            "Any",
            then(
                mappings,
                lambda found: [read(m, "zone_id", str, Unknown("no zone_id")) for m in found],
            ),
        ),
        backend_zones=found.doubt or alb_zones(found.blocks, project),
        deletion_protection=_alb_protection(block),
        alarms=alarms_on(block, project, "acs_alb"),
        bandwidth_mbps=of_balancer(block, project, ALB_SHARES),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region,
        name=name_of(block, "load_balancer_name"),
        tags=tags_of(block),
    )


def scheme_of(block: Block) -> Any:
    """Public by its address of either IP version."""
    kinds = [
        block.read("address_type", str, _NO_KIND),
        block.read("ipv6_address_type", str, "Intranet"),
    ]
    return "public" if "Internet" in kinds else also(None, *kinds) or "private"


def unseen(found: Joined) -> list[Unknown]:
    """Listeners that may be elsewhere: one that has none here is hardly a load balancer without."""
    doubt = found.doubt or (None if found.blocks else NO_LISTENER)
    return [doubt] if doubt else []


def unguarded(scheme: Any, listeners: list[Any]) -> Unknown | None:
    """What is known of the WAF in front: none is needed where no web listener is public."""
    protocols = [each if isinstance(each, Unknown) else each.protocol for each in listeners]
    told = also(None, *protocols) is None
    return None if scheme == "private" or (told and _WEB.isdisjoint(protocols)) else _WAF


def _alb_protection(block: Block) -> bool | Unknown:
    settings = nested(block.values, "deletion_protection_config")
    if isinstance(settings, Unknown):
        return settings
    inner = settings[0] if settings else {}
    old = first_of(block.values, ("deletion_protection_enabled",), bool, False)
    return cast("bool | Unknown", read(inner, "enabled", bool, old))


def _alb_log(block: Block, project: Project, region: str | Unknown) -> Logging:
    """Access logs go to a Logstore, which decides how long they are kept."""
    links = joined(project, block, "load_balancer_id", ALB_LOG)
    inline = nested(block.values, "access_log_config")
    settings = [b.values for b in links.blocks] or (inline if isinstance(inline, list) else [])
    if not settings:
        doubt = also(links.doubt, inline)
        if doubt:
            return Logging(enabled=doubt)
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=0,
        )
    return Logging(
        enabled=True,
        destination=identity(project, settings[0].get("log_store")),
        destination_account=project.account,
        destination_region=region,
        retention_days=Unknown("the log store decides"),
    )


def _alb_listener(listener: Block, balancer: Block, project: Project) -> Listener:
    protocol = then(listener.read("listener_protocol", str, Unknown("no protocol")), str.lower)
    certificates = nested(listener.values, "certificates")
    first = certificates[0] if isinstance(certificates, list) and certificates else {}
    tls: Any = tls_by_policy(listener, project, ALB_POLICY, default=OLDEST)
    if protocol == "http":
        tls = None
    elif protocol == "quic":
        # It has TLS 1.3 within itself (RFC 9001) and names no policy.
        tls = Tls(minimum="1.3", required=True, policy=None)
    return Listener(
        port=listener.read("listener_port", int, Unknown("no listener_port")),
        protocol=protocol,
        redirect_to_https=redirects(listener, project) if protocol == "http" else False,
        tls=tls if not isinstance(protocol, Unknown) else protocol,
        certificate_id=identity(project, first.get("certificate_id")),
        source_ranges=alb_sources(listener, balancer, project),
    )


MAPPINGS = [
    Mapping(
        types=CLB,
        facts=LoadBalancer,
        map=map_clb,
        joined=(CLB_LISTENER, CLB_POLICY, CLB_LIST, CLB_ENTRY, *CLB_BACKENDS, *BINDING, *WATCHING),
    ),
    Mapping(
        types=(ALB,),
        facts=LoadBalancer,
        map=map_alb,
        joined=(
            ALB_LISTENER,
            ALB_RULE,
            ALB_POLICY,
            *ALB_BACKENDS,
            ALB_SHARES,
            SHARED,
            ALB_LOG,
            ALB_LINK,
            ALB_LIST,
            ALB_ENTRY,
            ALB_GROUPS,
            *WATCHING,
        ),
    ),
]

PART_OF = {
    "alicloud_alb_listener": PartOf(
        "alicloud_alb_load_balancer", ("load_balancer_id",), {"address_type": "Internet"}
    ),
    "alicloud_alb_load_balancer_access_log_config_attachment": PartOf(
        "alicloud_alb_load_balancer", ("load_balancer_id",)
    ),
    "alicloud_slb_listener": PartOf(
        "alicloud_slb_load_balancer", ("load_balancer_id",), {"address_type": "internet"}
    ),
}

LINK_TYPES = frozenset(
    {
        "alicloud_alb_acl",
        "alicloud_alb_acl_entry_attachment",
        "alicloud_alb_listener_acl_attachment",
        "alicloud_alb_load_balancer_security_group_attachment",
        "alicloud_alb_rule",
        "alicloud_alb_security_policy",
        "alicloud_eip_association",
        "alicloud_slb_acl",
        "alicloud_slb_acl_entry_attachment",
        "alicloud_slb_tls_cipher_policy",
    }
)
