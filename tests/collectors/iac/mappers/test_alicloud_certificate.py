"""Certificates that templates of Alibaba Cloud upload, and what in the template uses them."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the

SERVICE = "alicloud_ssl_certificates_service_certificate"
PEM = "-----BEGIN CERTIFICATE-----"
NAMED = Reference(f"{SERVICE}.c", "id")
COPIED = Reference("alicloud_slb_server_certificate.copy", "id")
APPLY = Unknown("var.x is decided at apply")


def certificate(kind: str = SERVICE) -> Block:
    return block(f"{kind}.c", {"cert": PEM, "key": "k", "certificate_name": "web"})


def test_what_an_upload_tells() -> None:
    for kind in (SERVICE, "alicloud_cas_certificate"):
        found = the(certificate(kind))
        assert (found.type, found.name, found.region) == ("key.certificate", "web", "global")
        # Neither "not in use" nor "still valid" is known of it: no verdict comes of either.
        assert found.facts == {"auto_renew": False}
        assert set(found.unknown) >= {"expires", "in_use", "algorithm", "key_bits"}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("alb_listener", {"certificates": [{"certificate_id": NAMED}]}),
        ("alb_listener_additional_certificate_attachment", {"certificate_id": NAMED}),
        ("nlb_listener", {"certificate_ids": [NAMED]}),
        ("nlb_listener_additional_certificate_attachment", {"certificate_id": NAMED}),
        ("cdn_domain_new", {"certificate_config": [{"cert_id": NAMED}]}),
        ("dcdn_domain", {"cert_id": NAMED}),
        ("esa_certificate", {"cas_id": NAMED}),
        ("wafv3_domain", {"listen": [{"sm2_cert_id": NAMED}]}),
        ("waf_certificate", {"certificate_id": NAMED}),
        ("apig_domain", {"cert_identifier": NAMED}),
    ],
)
def test_what_uses_one(kind: str, values: dict[str, Any]) -> None:
    user = block(f"alicloud_{kind}.u", values)
    assert the(certificate(), user).facts["in_use"] is True
    other = block(f"{SERVICE}.other", {"cert": PEM})
    assert "in_use" in the(other, certificate(), user).unknown


def test_an_id_that_is_not_known() -> None:
    listener = block("alicloud_nlb_listener.l", {"certificate_ids": [APPLY]})
    reason = the(certificate(), listener).unknown["in_use"]
    assert reason == f"alicloud_nlb_listener.l.certificate_ids: {APPLY.reason}"


def test_a_copy_in_a_classic_load_balancer() -> None:
    copy = block("alicloud_slb_server_certificate.copy", {"alicloud_certificate_id": NAMED})
    listener = block("alicloud_slb_listener.l", {"server_certificate_id": COPIED})
    (alone,) = documents(certificate(), copy)
    assert "in_use" in alone.unknown
    found = [
        each for each in documents(certificate(), copy, listener) if each.type == "key.certificate"
    ]
    assert [each.facts["in_use"] for each in found] == [True]


@pytest.mark.parametrize("kind", ["slb_listener", "slb_domain_extension"])
def test_one_of_a_classic_load_balancer_itself(kind: str) -> None:
    values = {"name": "web", "server_certificate": PEM, "alicloud_certificate_id": None}
    own = block("alicloud_slb_server_certificate.copy", values, {"region": "cn-hangzhou"})
    user = block(f"alicloud_{kind}.u", {"server_certificate_id": COPIED})
    found = the(own, user)
    assert found.facts == {"auto_renew": False, "in_use": True}
    assert (found.name, found.region) == ("web", "cn-hangzhou")
    assert "in_use" in the(own).unknown
