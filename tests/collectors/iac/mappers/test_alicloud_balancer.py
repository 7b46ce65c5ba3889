"""Classic and application load balancers of Alibaba Cloud."""

from __future__ import annotations

from typing import Any

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
NO_MACHINES = "nothing in this template stands behind the load balancer"
NO_WAF = "whether WAF stands before the load balancer is not read from templates"
ALB, LISTENER = "alicloud_alb_load_balancer.b", "alicloud_alb_listener.h"
EVERYBODY = ["0.0.0.0/0", "::/0"]


def _own(document: Document) -> dict[str, str]:
    """What is open besides the alarms, and the access log of classic ones, which no argument turns
    on."""
    left = {"alarms", *(() if "access_log" in document.facts else ("access_log",))}
    return {path: why for path, why in unknown(document).items() if path not in left}


def test_alarms_and_the_log_that_no_argument_turns_on() -> None:
    for kind in ("alicloud_slb_load_balancer", "alicloud_alb_load_balancer"):
        alarm = {
            "project": "acs_slb_dashboard",
            "dimensions": {"instanceId": Reference(f"{kind}.b")},
            "webhook": "https://example.com",
        }
        one = block(f"{kind}.b", {})
        assert the(one, block("alicloud_cms_alarm.a", alarm)).facts["alarms"] == 1
        assert "alarms" in the(one).unknown
    assert "access_log" in the(block("alicloud_slb_load_balancer.b", {})).unknown


def test_clb_good() -> None:
    document = the(
        block(
            "alicloud_slb_load_balancer.b",
            {
                "load_balancer_name": "b",
                "address_type": "intranet",
                "vswitch_id": "vsw-1",
                "master_zone_id": "cn-hangzhou-h",
                "slave_zone_id": "cn-hangzhou-i",
                "delete_protection": "on",
                "bandwidth": 100,
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_slb_listener.s",
            {
                "load_balancer_id": Reference("alicloud_slb_load_balancer.b"),
                "protocol": "https",
                "frontend_port": 443,
                "tls_cipher_policy": "tls_cipher_policy_1_2_strict",
                "server_certificate_id": "cert-1",
                "acl_status": "on",
                "acl_type": "white",
                "acl_id": Reference("alicloud_slb_acl.a"),
            },
        ),
        block("alicloud_slb_acl.a", {"entry_list": [{"entry": "10.0.0.0/8"}]}),
        block(
            "alicloud_slb_acl_entry_attachment.e",
            {"acl_id": Reference("alicloud_slb_acl.a"), "entry": "192.0.2.0/24"},
        ),
        block(
            "alicloud_slb_listener.h",
            {
                "load_balancer_id": Reference("alicloud_slb_load_balancer.b"),
                "protocol": "http",
                "frontend_port": 80,
                "listener_forward": "on",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "scheme": "private",
        "listeners": [
            {
                "port": 443,
                "protocol": "https",
                "redirect_to_https": False,
                "tls": {
                    "minimum": "1.2",
                    "required": True,
                    "policy": "tls_cipher_policy_1_2_strict",
                },
                "certificate_id": "cert-1",
                "source_ranges": ["10.0.0.0/8", "192.0.2.0/24"],
            },
            {
                "port": 80,
                "protocol": "http",
                "redirect_to_https": True,
                "tls": None,
                "certificate_id": None,
                "source_ranges": ["0.0.0.0/0", "::/0"],
            },
        ],
        "waf": None,
        "zones": ["cn-hangzhou-h", "cn-hangzhou-i"],
        "deletion_protection": True,
        "bandwidth_mbps": 100,
    }
    assert _own(document) == {"backend_zones": NO_MACHINES}


def test_clb_bad() -> None:
    document = the(
        block("alicloud_slb.b", {"name": "b", "internet": True}, {"region": "cn-hangzhou"}),
        block(
            "alicloud_slb_listener.s",
            {
                "load_balancer_id": Reference("alicloud_slb.b"),
                "protocol": "https",
                "frontend_port": "443",
            },
        ),
        block(
            "alicloud_slb_listener.t",
            {
                "load_balancer_id": Reference("alicloud_slb.b"),
                "protocol": "tcp",
                "frontend_port": 22,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "scheme": "public",
        "listeners": [
            {
                "port": 443,
                "protocol": "https",
                "redirect_to_https": False,
                "tls": {"minimum": "1.0", "required": True, "policy": "tls_cipher_policy_1_0"},
                "certificate_id": None,
                "source_ranges": ["0.0.0.0/0", "::/0"],
            },
            {
                "port": 22,
                "protocol": "tcp",
                "redirect_to_https": False,
                "tls": None,
                "certificate_id": None,
                "source_ranges": ["0.0.0.0/0", "::/0"],
            },
        ],
        "deletion_protection": False,
    }
    assert _own(document) == {
        "backend_zones": NO_MACHINES,
        "waf": NO_WAF,
        "zones": "the service chooses the zones",
        "bandwidth_mbps": "not written",
    }


def test_the_versions_of_a_policy_of_its_own() -> None:
    policy = Reference("alicloud_slb_tls_cipher_policy.p", "id")
    listener = {
        "load_balancer_id": Reference("alicloud_slb_load_balancer.b"),
        "protocol": "https",
        "tls_cipher_policy": policy,
    }
    for versions, lowest in (
        (["TLSv1.1", "TLSv1.2"], "1.1"),
        (["TLSv1.2", "TLSv1.3"], "1.2"),
        (["TLSv9"], None),
    ):
        facts = the(
            block("alicloud_slb_load_balancer.b", {}),
            block("alicloud_slb_listener.s", listener),
            block("alicloud_slb_tls_cipher_policy.p", {"tls_versions": versions}),
        ).facts
        assert facts["listeners"][0]["tls"].get("minimum") == lowest


def test_an_elastic_address_makes_an_inner_clb_public() -> None:
    inner = block("alicloud_slb_load_balancer.b", {"address_type": "intranet", "vswitch_id": "v"})
    to_it = Reference("alicloud_slb_load_balancer.b")
    bound = block("alicloud_eip_association.e", {"instance_id": to_it})
    later = block("alicloud_eip_association.e", {"instance_id": APPLY})
    kind = "alicloud_eipanycast_anycast_eip_address_attachment"
    assert the(inner, block(f"{kind}.a", {"bind_instance_id": to_it})).facts["scheme"] == "public"
    assert the(inner).facts["scheme"] == "private"
    assert the(inner, bound).facts["scheme"] == "public"
    assert "scheme" in the(inner, later).unknown


def test_listeners_of_another_template_are_not_known_to_be_none() -> None:
    for kind in ("slb", "alb", "nlb"):
        document = the(block(f"alicloud_{kind}_load_balancer.b", {}))
        assert document.facts["listeners"] == [None]
        assert document.unknown["listeners/0"] == (
            "no listener of the load balancer is in this template"
        )


def test_the_region_is_that_of_a_zone() -> None:
    switch = block("alicloud_vswitch.s", {"zone_id": "cn-beijing-h"})
    by_switch = {"vswitch_id": Reference("alicloud_vswitch.s", "id")}
    for mapping, region in (
        ({"zone_id": "cn-hangzhou-h"}, "cn-hangzhou"),
        (by_switch, "cn-beijing"),
    ):
        values = {"zone_mappings": [{"zone_id": APPLY}, mapping]}
        document = the(block("alicloud_alb_load_balancer.b", values), switch)
        assert (document.region, document.country) == (region, "CN")


def test_clb_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_slb_load_balancer.b",
            {
                "address_type": APPLY,
                "delete_protection": APPLY,
                "bandwidth": APPLY,
                "master_zone_id": APPLY,
            },
            {"region": "cn-hangzhou"},
        ),
        block("alicloud_slb_listener.s", {"load_balancer_id": APPLY, "protocol": "https"}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {"listeners": [None], "zones": [None]}
    assert _own(document) == {
        "scheme": "var.x is decided at apply",
        "backend_zones": NO_MACHINES,
        "listeners/0": "alicloud_slb_listener.s.load_balancer_id: var.x is decided at apply",
        "waf": NO_WAF,
        "zones/0": "var.x is decided at apply",
        "deletion_protection": "var.x is decided at apply",
        "bandwidth_mbps": "var.x is decided at apply",
    }


def test_alb_good() -> None:
    document = the(
        block(
            "alicloud_alb_load_balancer.b",
            {
                "load_balancer_name": "b",
                "address_type": "Intranet",
                "zone_mappings": [{"zone_id": "cn-hangzhou-h"}, {"zone_id": "cn-hangzhou-i"}],
                "deletion_protection_enabled": True,
                "access_log_config": [{"log_project": "p", "log_store": "l"}],
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_alb_listener.s",
            {
                "load_balancer_id": Reference("alicloud_alb_load_balancer.b"),
                "listener_protocol": "HTTPS",
                "listener_port": 443,
                "security_policy_id": Reference("alicloud_alb_security_policy.p"),
                "certificates": [{"certificate_id": "c-1"}],
            },
        ),
        block("alicloud_alb_security_policy.p", {"tls_versions": ["TLSv1.2", "TLSv1.3"]}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "scheme": "private",
        "listeners": [
            {
                "port": 443,
                "protocol": "https",
                "redirect_to_https": False,
                "tls": {
                    "minimum": "1.2",
                    "required": True,
                    "policy": "main.tf#alicloud_alb_security_policy.p",
                },
                "certificate_id": "c-1",
                "source_ranges": ["0.0.0.0/0", "::/0"],
            }
        ],
        "bandwidth_mbps": None,
        "access_log": {
            "enabled": True,
            "destination": "l",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
        },
        "waf": None,
        "zones": ["cn-hangzhou-h", "cn-hangzhou-i"],
        "deletion_protection": True,
    }
    assert _own(document) == {
        "access_log/retention_days": "the log store decides",
        "backend_zones": NO_MACHINES,
    }


def test_alb_bad() -> None:
    document = the(
        block(
            "alicloud_alb_load_balancer.b",
            {"address_type": "Internet", "zone_mappings": []},
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_alb_listener.h",
            {
                "load_balancer_id": Reference("alicloud_alb_load_balancer.b"),
                "listener_protocol": "HTTP",
                "listener_port": 80,
            },
        ),
        block(
            "alicloud_alb_listener.s",
            {
                "load_balancer_id": Reference("alicloud_alb_load_balancer.b"),
                "listener_protocol": "HTTPS",
                "listener_port": 443,
                "security_policy_id": "tls_cipher_policy_1_0",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "scheme": "public",
        "listeners": [
            {
                "port": 80,
                "protocol": "http",
                "redirect_to_https": False,
                "tls": None,
                "certificate_id": None,
                "source_ranges": ["0.0.0.0/0", "::/0"],
            },
            {
                "port": 443,
                "protocol": "https",
                "redirect_to_https": False,
                "tls": {"minimum": "1.0", "required": True, "policy": "tls_cipher_policy_1_0"},
                "certificate_id": None,
                "source_ranges": ["0.0.0.0/0", "::/0"],
            },
        ],
        "bandwidth_mbps": None,
        "access_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "zones": [],
        "deletion_protection": False,
    }
    assert _own(document) == {"backend_zones": NO_MACHINES, "waf": NO_WAF}


def test_alb_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_alb_load_balancer.b",
            {
                "address_type": APPLY,
                "zone_mappings": APPLY,
                "deletion_protection_config": APPLY,
                "access_log_config": APPLY,
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_alb_listener.s",
            {
                "load_balancer_id": Reference("alicloud_alb_load_balancer.b"),
                "listener_protocol": APPLY,
                "listener_port": APPLY,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "listeners": [
            {
                "redirect_to_https": False,
                "certificate_id": None,
                "source_ranges": ["0.0.0.0/0", "::/0"],
            }
        ],
        "bandwidth_mbps": None,
        "access_log": {},
    }
    assert _own(document) == {
        "scheme": "var.x is decided at apply",
        "backend_zones": NO_MACHINES,
        "listeners/0/port": "var.x is decided at apply",
        "listeners/0/protocol": "var.x is decided at apply",
        "listeners/0/tls": "var.x is decided at apply",
        "waf": NO_WAF,
        "access_log/enabled": "var.x is decided at apply",
        "zones": "var.x is decided at apply",
        "deletion_protection": "var.x is decided at apply",
    }


def _listener(values: dict[str, Any], *others: Block) -> Document:
    """An application load balancer with one listener, and what belongs to them."""
    own = {"load_balancer_id": Reference(ALB), "listener_port": 80, "listener_protocol": "HTTP"}
    return the(block(ALB, {"address_type": "Internet"}), block(LISTENER, own | values), *others)


def _rule(name: str, priority: int, action: dict[str, Any], path: str = "/*") -> Block:
    condition = {"type": "Path", "path_config": [{"values": [path]}]}
    values = {
        "listener_id": Reference(LISTENER),
        "priority": priority,
        "rule_actions": [action],
        "rule_conditions": [condition],
    }
    return block(f"alicloud_alb_rule.{name}", values)


def test_what_rules_redirect() -> None:
    forward = {"default_actions": [{"type": "ForwardGroup"}]}
    to_https = {"type": "Redirect", "redirect_config": [{"protocol": "HTTPS"}]}
    to_itself = {"type": "Redirect", "redirect_config": [{"host": "example.com"}]}
    later = {"type": "Redirect", "redirect_config": [{"protocol": APPLY}]}

    def redirects(values: dict[str, Any], *rules: Block) -> Any:
        return _listener(values, *rules).facts["listeners"][0].get("redirect_to_https")

    assert redirects(forward) is False
    assert redirects(forward, _rule("r", 1, to_https)) is True
    assert redirects(forward, _rule("r", 1, to_https, "/shop/*")) is False
    assert redirects(forward, _rule("r", 1, to_itself)) is False
    assert redirects(forward, _rule("r", 1, later)) is None
    first = _rule("f", 1, {"type": "ForwardGroup"}, "/shop/*")
    assert redirects(forward, _rule("r", 2, to_https), first) is False
    assert redirects({"default_actions": [to_https]}) is True
    assert redirects({"default_actions": [to_itself]}) is False


def test_whom_lists_of_an_alb_admit() -> None:
    list_ = block("alicloud_alb_acl.a", {"acl_entries": [{"entry": "10.0.0.0/8"}]})
    to_list = Reference("alicloud_alb_acl.a")

    def sources(use: str, value: Any, *others: Block) -> Any:
        values = {"listener_id": Reference(LISTENER), "acl_type": use, "acl_id": value}
        link = block("alicloud_alb_listener_acl_attachment.l", values)
        return _listener({}, link, *others).facts["listeners"][0].get("source_ranges")

    assert sources("White", to_list, list_) == ["10.0.0.0/8"]
    assert sources("Black", to_list, list_) == EVERYBODY
    entry = {"acl_id": to_list, "entry": "0.0.0.0/0"}
    more = block("alicloud_alb_acl_entry_attachment.e", entry)
    assert sources("White", to_list, list_, more) == ["10.0.0.0/8", "0.0.0.0/0"]
    assert sources("White", "acl-1") == [None], "a list that is elsewhere"
    assert sources("White", to_list, block("alicloud_alb_acl.a", {})) == [None], "filled elsewhere"
    inline = {"acl_config": [{"acl_type": "White", "acl_relations": [{"acl_id": to_list}]}]}
    assert _listener(inline, list_).facts["listeners"][0]["source_ranges"] == ["10.0.0.0/8"]
    group = {"load_balancer_id": Reference(ALB), "security_group_id": "sg-1"}
    groups = block("alicloud_alb_load_balancer_security_group_attachment.g", group)
    assert "listeners/0/source_ranges" in _listener({}, groups).unknown


def test_an_ipv6_address_makes_an_inner_one_public() -> None:
    for kind in ("alicloud_alb_load_balancer.b", "alicloud_nlb_load_balancer.b"):
        inner = {"address_type": "Intranet"}
        assert the(block(kind, inner)).facts["scheme"] == "private"
        six = inner | {"ipv6_address_type": "Internet"}
        assert the(block(kind, six)).facts["scheme"] == "public"
        assert "scheme" in the(block(kind, inner | {"ipv6_address_type": APPLY})).unknown


def test_the_web_firewall_in_front() -> None:
    web = {"address_type": "Internet", "load_balancer_edition": "StandardWithWaf"}
    assert the(block(ALB, web)).facts["waf"] == "StandardWithWaf"
    quic = {"listener_protocol": "QUIC", "listener_port": 443}
    document = _listener(quic)
    assert document.unknown["waf"] == NO_WAF
    assert document.facts["listeners"][0]["tls"]["minimum"] == "1.3"
    to_it = {"load_balancer_id": Reference("alicloud_slb.b"), "frontend_port": 53}
    udp = block("alicloud_slb_listener.d", to_it | {"protocol": "udp"})
    assert the(block("alicloud_slb.b", {"internet": True}), udp).facts["waf"] is None


def test_policies_of_a_clb() -> None:
    https = {
        "load_balancer_id": Reference("alicloud_slb.b"),
        "protocol": "https",
        "frontend_port": 443,
        "tls_cipher_policy": Reference("alicloud_slb_tls_cipher_policy.p"),
    }
    own = block("alicloud_slb_tls_cipher_policy.p", {"tls_versions": ["TLSv1.1", "TLSv1.2"]})
    document = the(block("alicloud_slb.b", {}), block("alicloud_slb_listener.s", https), own)
    assert document.facts["listeners"][0]["tls"]["minimum"] == "1.1"
    named = https | {"tls_cipher_policy": "tls_cipher_policy_1_0_to_1_3"}
    document = the(block("alicloud_slb.b", {}), block("alicloud_slb_listener.s", named))
    assert document.facts["listeners"][0]["tls"]["minimum"] == "1.0"
