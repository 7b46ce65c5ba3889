"""What holds for every mapping of azurerm, alicloud and aws, whatever a template writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

import collectors.iac.mappers.joins as joins_module
from collectors.document import Unknown
from collectors.iac.blocks import Mapping, Project, Reference
from tests.collectors.iac.mappers.hand import ACCOUNT, block, mappings

MAPPERS = Path(joins_module.__file__).parent
ARGUMENTS = sorted(
    {
        name
        for path in MAPPERS.glob("*/*.py")
        for name in re.findall(r'"([a-z][a-z0-9_]+)"', path.read_text(encoding="utf-8"))
    }
)
APPLY = Unknown("known after apply")

EVERY = [
    pytest.param(mapping, kind, id=kind)
    for provider in ("azurerm", "alicloud", "aws")
    for mapping in mappings(provider)
    for kind in mapping.types
]

JUNK: dict[str, Any] = {
    "unknown": APPLY,
    "reference": Reference("data.other.one", "value"),
    "null": None,
    "text": "text",
    "number": 7,
    "true": True,
    "mixed list": [1, "a", None, APPLY, Reference("x.y")],
    "mapping": {"a": 1},
    "empty blocks": [{}],
    "blocks of unknowns": [dict.fromkeys(ARGUMENTS, APPLY)],
    "empty list": [],
}


@pytest.mark.parametrize(("mapping", "kind"), EVERY)
def test_no_value_breaks_a_mapper(mapping: Mapping, kind: str) -> None:
    types = {each.TYPE for each in (mapping.facts, *mapping.also)}
    for name, junk in JUNK.items():
        values = dict.fromkeys(ARGUMENTS, junk)
        one = block(f"{kind}.one", values)
        others = [block(f"{other}.two", values) for other in mapping.joined]
        for document in mapping.map(one, Project([one, *others], ACCOUNT)):
            assert document.type in types, name
            decoded = msgspec.json.decode(msgspec.json.encode(document))
            assert decoded["facts"] == document.facts, name


# What stays known where everything else is decided at apply: constants of the service.
SERVICE = {
    "azurerm_managed_disk": {"delete_with_instance", "encryption/algorithm", "encryption/enabled"},
    "azurerm_linux_virtual_machine": {
        "disks_encrypted",
        "metadata_token_required", "network_kind",
        "patch/critical_missing",
    },
    "azurerm_windows_virtual_machine": {
        "disks_encrypted",
        "metadata_token_required", "key_pair", "network_kind",
        "password_login", "patch/critical_missing",
    },
    "azurerm_storage_account": {
        "acceleration", "acl/0", "encryption/algorithm", "encryption/enabled", "mfa_delete",
        "policy", "referers", "replication/0", "replication/1", "tls/policy",
    },
    "alicloud_oss_bucket": {"mfa_delete", "private_endpoint", "replication/0", "tls/policy"},
    "alicloud_ecs_disk": {"backup/point_in_time"},
    "alicloud_disk": {"backup/point_in_time"},
    "alicloud_instance": {"backup/point_in_time"},
    "alicloud_kms_key": {
        "audit_log", "manager", "network_ranges", "private_endpoint", "used_by",
    },
    "alicloud_vpc": {"cidrs/0", "cidrs/1", "flow_logs/0"},
    "alicloud_log_store": set(),
    "alicloud_security_group": {"default_ingress", "is_default", "rules/0"},
}  # fmt: skip


@pytest.mark.parametrize("kind", SERVICE)
def test_what_is_decided_at_apply_is_not_known_before(kind: str) -> None:
    mapping = next(p.values[0] for p in EVERY if p.values[1] == kind)
    assert isinstance(mapping, Mapping)
    values = dict.fromkeys(ARGUMENTS, APPLY)
    one = block(f"{kind}.one", values)
    others = [block(f"{other}.two", values) for other in mapping.joined]
    document, *_ = mapping.map(one, Project([one, *others], ACCOUNT))
    assert set(_leaves(document.facts, "")) == SERVICE[kind]


def _leaves(value: Any, path: str) -> list[str]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in _leaves(item, f"{path}/{key}")]
    if isinstance(value, list) and value:
        return [leaf for i, item in enumerate(value) for leaf in _leaves(item, f"{path}/{i}")]
    return [path.strip("/")]
