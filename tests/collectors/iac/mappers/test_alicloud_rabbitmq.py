"""Instances of RabbitMQ."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")


@pytest.mark.parametrize(
    ("eip", "public"), [(False, False), ("false", False), (True, None), (APPLY, None), (None, None)]
)
def test_who_reaches_an_instance(eip: Any, public: bool | None) -> None:
    """Whom the public endpoint lets in is set elsewhere: it may be nobody."""
    values = {"instance_name": "orders", "support_eip": eip}
    document = the(block("alicloud_amqp_instance.r", values))
    assert (document.name, document.facts["exposure"].get("public")) == ("orders", public)
    assert ("exposure/public" in document.unknown) is (public is None)
    assert {"encryption/enabled", "policy", "tls/required"} <= document.unknown.keys()
