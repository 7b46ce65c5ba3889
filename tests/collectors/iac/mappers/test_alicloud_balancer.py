"""Classic and application load balancers of Alibaba Cloud."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")


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
            },
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
        "zones": ["cn-hangzhou-h", "cn-hangzhou-i"],
        "deletion_protection": True,
        "bandwidth_mbps": 100,
    }
    assert unknown(document) == {
        "listeners/0/source_ranges": "the listener's access list is not read"
    }


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
    assert unknown(document) == {
        "zones": "the service chooses the zones",
        "bandwidth_mbps": "not written",
    }


def test_an_elastic_address_makes_an_inner_clb_public() -> None:
    inner = block("alicloud_slb_load_balancer.b", {"address_type": "intranet", "vswitch_id": "v"})
    to_it = Reference("alicloud_slb_load_balancer.b")
    bound = block("alicloud_eip_association.e", {"instance_id": to_it})
    later = block("alicloud_eip_association.e", {"instance_id": APPLY})
    assert the(inner).facts["scheme"] == "private"
    assert the(inner, bound).facts["scheme"] == "public"
    assert "scheme" in the(inner, later).unknown


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
    assert unknown(document) == {
        "scheme": "var.x is decided at apply",
        "listeners/0": "alicloud_slb_listener.s.load_balancer_id: var.x is decided at apply",
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
        "access_log": {
            "enabled": True,
            "destination": "l",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
        },
        "zones": ["cn-hangzhou-h", "cn-hangzhou-i"],
        "deletion_protection": True,
    }
    assert unknown(document) == {"access_log/retention_days": "the log store decides"}


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
    assert unknown(document) == {}


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
        "access_log": {},
    }
    assert unknown(document) == {
        "scheme": "var.x is decided at apply",
        "listeners/0/port": "var.x is decided at apply",
        "listeners/0/protocol": "var.x is decided at apply",
        "listeners/0/tls": "var.x is decided at apply",
        "access_log/enabled": "var.x is decided at apply",
        "zones": "var.x is decided at apply",
        "deletion_protection": "var.x is decided at apply",
    }
