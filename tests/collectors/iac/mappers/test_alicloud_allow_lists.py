"""Allow-lists that databases of Alibaba Cloud share."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

KINDS = {
    "alicloud_mongodb_instance": (
        "alicloud_mongodb_global_security_ip_group",
        "global_security_ip_list",
        "security_ip_list",
        "global_security_group_list",
    ),
    "alicloud_polardb_cluster": (
        "alicloud_polardb_global_security_ip_group",
        "global_ip_list",
        "security_ips",
        "global_security_group_list",
    ),
    "alicloud_db_instance": (
        "alicloud_rds_whitelist_template",
        "ip_white_list",
        "security_ips",
        "template_id_list",
    ),
}
APPLY = Unknown("var.x is decided at apply")
ELSEWHERE = "an allow-list that databases share is not part of this template"


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_that_databases_share_admits(kind: str) -> None:
    shared, argument, own, naming = KINDS[kind]
    everybody = block(f"{shared}.s", {argument: "10.0.0.0/8,0.0.0.0/0"})

    def told(*named: Any) -> Any:
        values = {own: ["10.1.0.0/16"], naming: list(named)}
        return the(block(f"{kind}.d", values), everybody)

    found = told(Reference(everybody.address, "id"))
    assert found.facts["allow_list"] == ["10.1.0.0/16", "10.0.0.0/8", "0.0.0.0/0"]
    assert told().facts["allow_list"] == ["10.1.0.0/16"]
    assert told("g-1").unknown["allow_list/1"] == ELSEWHERE
    assert told(APPLY).unknown["allow_list/1"] == APPLY.reason


@pytest.mark.parametrize("kind", ["alicloud_mongodb_instance", "alicloud_polardb_cluster"])
def test_a_shared_list_does_not_tell_what_the_unwritten_list_admits(kind: str) -> None:
    shared, argument, _, naming = KINDS[kind]
    narrow = block(f"{shared}.s", {argument: "10.0.0.0/8"})
    found = the(block(f"{kind}.d", {naming: [Reference(narrow.address, "id")]}), narrow)
    assert found.unknown["allow_list/0"].startswith("the template writes no allow-list")
