"""azurerm_storage_account as its blob service, with containers, network rules and keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, cast

from collectors.addresses import networks
from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, also, then
from collectors.facts.shared import Encryption, Exposure, Grant, Tls
from collectors.facts.storage import Bucket, BucketReplica, Lifecycle
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of_part
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.object_replication import (
    OBJECT_REPLICATION,
    SOURCE,
    with_objects,
)
from collectors.iac.mappers.azurerm.provider_version import by_version
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.joins import (
    IPV4_ANY,
    IPV6_ANY,
    Joined,
    first_of,
    identity,
    items,
    joined,
)

ACCOUNT = "azurerm_storage_account"
CONTAINER = "azurerm_storage_container"
NETWORK = "azurerm_storage_account_network_rules"
KEY = "azurerm_storage_account_customer_managed_key"
POLICY = "azurerm_storage_management_policy"
WEBSITE = "azurerm_storage_account_static_website"

_TLS: dict[str, Literal["1.0", "1.1", "1.2"]] = {
    "TLS1_0": "1.0", "TLS1_1": "1.1", "TLS1_2": "1.2",
}  # fmt: skip
_REDUNDANCY: dict[str, Literal["zone", "multi-zone", "multi-region"]] = {
    "LRS": "zone", "ZRS": "multi-zone", "GRS": "multi-region", "RAGRS": "multi-region",
    "GZRS": "multi-region", "RAGZRS": "multi-region",
}  # fmt: skip
_TO_AZURE = Unknown(
    "not written: azurerm before 2.20 allowed public containers, or left it to Azure"
)
_DELETES = Unknown("what the lifecycle policy deletes of the log is not read")
_BLOBS = "blobServices/default"
_LOGS = ("StorageRead", "StorageWrite", "StorageDelete")


class _Network(NamedTuple):
    """`open`: whether the internet reaches the endpoint at all; `ranges`: who is let in."""

    open: bool | Unknown
    ranges: list[str] | Unknown


def map_account(block: Block, project: Project) -> Iterator[Document]:
    """The blob service of a storage account."""
    yield azure_document(block, project, facts_of(block, project))


def _allowed_by_default(block: Block) -> bool | Unknown:
    """Whether containers may be public where it is not written: azurerm 2 did not allow it since
    2.20, and left it to Azure before 2.19 (pull requests 7739 and 7784 of the provider)."""
    untold = Unknown("not written: azurerm 3 and 4 allow public containers by default, 5 does not")
    oldest = by_version(block, (2, 20), newer=False, older=_TO_AZURE, untold=False)
    older = by_version(block, (3,), newer=True, older=oldest, untold=untold)
    found: bool | Unknown = by_version(block, (5,), newer=False, older=older, untold=untold)
    return found


def facts_of(block: Block, project: Project) -> Bucket:
    """What a storage account and its parts say of its blobs."""
    region = location_of(block, project)
    network = _network(block, project)
    allowed: bool | Unknown = block.read(
        "allow_nested_items_to_be_public",
        bool,
        block.read("allow_blob_public_access", bool, _allowed_by_default(block)),
    )
    containers = _containers(block, project)
    blobs = _first(block, "blob_properties")
    versioning = then(blobs, lambda values: read(values, "versioning_enabled", bool, False))
    kind = block.read("account_replication_type", str, Unknown("no account_replication_type"))
    return Bucket(
        exposure=_exposure(block, project, network.open, allowed, containers),
        public_access_block=then(allowed, lambda value: not value),
        acl=[] if allowed is False else _grants(containers),
        # A storage account has no policy of its own: roles decide.
        policy=[],
        encryption=_encryption(block, project),
        tls=_tls(block),
        versioning=versioning,
        mfa_delete=None,
        object_lock_days=_immutable_days(block),
        logging=logging_of_part(block, project, _BLOBS, _LOGS, ("allLogs", "audit")),
        replication=with_objects(_paired(kind, region, project), block, project),
        redundancy=cast("Any", then(kind, _redundancy)),
        lifecycle=_lifecycle(block, project),
        source_ranges=network.ranges,
        private_endpoint=has_private_endpoint(block, project, "blob"),
        referers=None,
        acceleration=False,
    )


def _first(block: Block, argument: str) -> dict[str, Any] | Unknown:
    """The only block of a name, empty when there is none."""
    return then(nested(block.values, argument), lambda found: found[0] if found else {})


def _network(block: Block, project: Project) -> _Network:
    """Without network rules every network is let in: Azure's documented default action."""
    public = block.read("public_network_access_enabled", bool, True)
    if public is False:
        return _Network(False, [])
    separate = joined(project, block, "storage_account_id", NETWORK)
    by_name = joined(project, block, "storage_account_name", NETWORK)  # 2.x
    inline = nested(block.values, "network_rules")
    doubt = also(public, inline, separate.doubt, by_name.doubt)
    if doubt:
        return _Network(doubt, doubt)
    rules = [b.values for b in (*separate.blocks, *by_name.blocks)] or cast("list[Any]", inline)
    if not rules:
        return _Network(True, [IPV4_ANY, IPV6_ANY])
    action = read(rules[0], "default_action", str, Unknown("no default_action"))
    if isinstance(action, Unknown):
        return _Network(action, action)
    if action.lower() == "allow":
        return _Network(True, [IPV4_ANY, IPV6_ANY])
    return _Network(False, then(items(rules[0], "ip_rules"), _ranges))


def _ranges(entries: list[Any]) -> list[str]:
    found: list[Any] = []
    for entry in entries:
        found += networks(entry) if isinstance(entry, str) else [_not_yet(entry)]
    return cast("list[str]", found)


def _not_yet(value: Any) -> Unknown:
    return value if isinstance(value, Unknown) else Unknown("known after apply")


def _containers(block: Block, project: Project) -> Joined:
    by_id = joined(project, block, "storage_account_id", CONTAINER)
    by_name = joined(project, block, "storage_account_name", CONTAINER)  # 3.x
    return Joined(by_id.blocks + by_name.blocks, by_id.doubt or by_name.doubt)


def _access(container: Block) -> str | Unknown:
    return container.read("container_access_type", str, "private")


def _exposure(
    block: Block,
    project: Project,
    network: bool | Unknown,
    allowed: bool | Unknown,
    containers: Joined,
) -> Exposure:
    """Who may read without signing in, seen from the internet. A public container where the
    account does not say whether it allows one is public (3, 4) or refused at apply (5)."""
    via: list[str] = []
    doubts: list[Unknown] = []
    if allowed is not False:
        kinds = [_access(container) for container in containers.blocks]
        if any(kind in ("blob", "container") for kind in kinds):
            via.append("acl")
        doubts += [kind for kind in kinds if isinstance(kind, Unknown)]
        doubts += [containers.doubt] if containers.doubt else []
    site = joined(project, block, "storage_account_id", WEBSITE)
    inline = nested(block.values, "static_website")
    if site.blocks or (isinstance(inline, list) and inline):
        via.append("static-website")
    doubts += [doubt for doubt in (site.doubt, inline) if isinstance(doubt, Unknown)]
    if network is False or not (via or doubts):
        return Exposure(public=False, via=[])
    doubt = also(network) if via else also(network, *doubts)
    if doubt:
        return Exposure.unread(doubt)
    return Exposure(public=True, via=via)


def _grants(containers: Joined) -> list[Grant]:
    """Anonymous reading of blobs ("blob") or of blobs and their list ("container")."""
    actions = {"blob": ["read"], "container": ["read", "list"]}
    found: list[Any] = []
    for container in containers.blocks:
        kind = _access(container)
        if isinstance(kind, Unknown):
            found.append(kind)
        elif kind in actions:
            found.append(
                Grant(
                    principal="*",
                    account=None,
                    kind="anyone",
                    actions=actions[kind],
                    conditions=[],
                    narrows=False,
                )
            )
    return cast("list[Grant]", found + ([containers.doubt] if containers.doubt else []))


def _encryption(block: Block, project: Project) -> Encryption:
    """Always on, with 256-bit AES and Microsoft's key unless a customer's key is named."""
    separate = joined(project, block, "storage_account_id", KEY)
    inline = nested(block.values, "customer_managed_key")
    keys = [b.values for b in separate.blocks] + (inline if isinstance(inline, list) else [])
    if keys:
        key = keys[0].get("key_vault_key_id") or keys[0].get("managed_hsm_key_id")
        name = key or keys[0].get("key_name")
        return Encryption(
            enabled=True,
            key_manager="customer",
            algorithm="AES-256",
            key_id=identity(project, name),
        )
    doubt = also(separate.doubt, inline)
    return Encryption(
        enabled=True, key_manager=doubt or "provider", key_id=doubt, algorithm="AES-256"
    )


def _tls(block: Block) -> Tls:
    """TLS 1.2 and HTTPS only are the provider's defaults since azurerm 3."""
    default = by_version(block, (3,), newer="TLS1_2", older="TLS1_0", untold="TLS1_2")
    minimum = block.read("min_tls_version", str, default)
    only = first_of(
        block.values, ("https_traffic_only_enabled", "enable_https_traffic_only"), bool, True
    )
    known = then(minimum, lambda m: _TLS.get(m) or Unknown(f"min_tls_version {m} is not known"))
    return Tls(minimum=cast("Any", known), required=only, policy=None)


def _immutable_days(block: Block) -> int | Unknown | None:
    """Days of the account's immutability policy; one that is not locked can be taken back."""
    policies = nested(block.values, "immutability_policy")
    if isinstance(policies, Unknown):
        return policies
    if not policies:
        return None
    state = read(policies[0], "state", str, Unknown("the immutability policy gives no state"))
    if isinstance(state, Unknown) or state != "Locked":
        return state if isinstance(state, Unknown) else None
    return read(policies[0], "period_since_creation_in_days", int, Unknown("no period is given"))


def locked_days(block: Block) -> int | Unknown:
    """Days for which nobody can delete a blob: 0 without a policy, and with one that is not locked,
    which can be taken back."""
    policies = nested(block.values, "immutability_policy")
    if isinstance(policies, Unknown) or not policies:
        return policies if isinstance(policies, Unknown) else 0
    state = read(policies[0], "state", str, Unknown("the immutability policy gives no state"))
    if isinstance(state, Unknown) or state.lower() != "locked":
        return state if isinstance(state, Unknown) else 0
    return read(policies[0], "period_since_creation_in_days", int, Unknown("no period is given"))


def _redundancy(kind: str) -> str | Unknown:
    return _REDUNDANCY.get(kind.upper()) or Unknown(f"replication type {kind} is not known")


def _paired(
    kind: str | Unknown, region: str | Unknown, project: Project
) -> list[BucketReplica] | Unknown:
    """A geo-redundant account is copied to the paired region, within the same subscription."""
    if isinstance(kind, Unknown):
        return kind
    if _REDUNDANCY.get(kind.upper()) != "multi-region":
        return []
    return [BucketReplica(region=paired_region(region), account=project.account, whole=True)]


def _lifecycle(block: Block, project: Project) -> Lifecycle | Unknown | None:
    policies = joined(project, block, "storage_account_id", POLICY)
    if not policies.blocks:
        return policies.doubt
    found: list[int | Unknown] = []
    for rule in _blocks(policies.blocks[0].values, "rule", found):
        if read(rule, "enabled", bool, True) is False:
            continue
        for action in _blocks(rule, "actions", found):
            for version in _blocks(action, "version", found):
                age = read(version, "delete_after_days_since_creation", int, -1)
                found += [age] if age != -1 else []
    doubt = next((age for age in found if isinstance(age, Unknown)), None)
    known = [age for age in found if isinstance(age, int)]
    return Lifecycle(
        noncurrent_expiry_days=doubt or (min(known) if known else None), abort_incomplete_days=None
    )


def deletes_logs(account: Block, project: Project) -> Unknown | None:
    """Why blobs of a log may go sooner than the log's own setting says; None where none do: a
    lifecycle policy deletes them whatever it is."""
    policies = joined(project, account, "storage_account_id", POLICY)
    return _DELETES if policies.blocks else policies.doubt


def _blocks(
    values: dict[str, Any], argument: str, found: list[int | Unknown]
) -> list[dict[str, Any]]:
    """Nested blocks; that they are not known joins what was found."""
    blocks = nested(values, argument)
    if isinstance(blocks, Unknown):
        found.append(blocks)
        return []
    return blocks


MAPPINGS = [
    Mapping(
        types=(ACCOUNT,),
        facts=Bucket,
        map=map_account,
        joined=(
            CONTAINER,
            NETWORK,
            KEY,
            POLICY,
            WEBSITE,
            ENDPOINT,
            OBJECT_REPLICATION,
            *LOGGING_TYPES,
        ),
    ),
]

PART_OF = {
    "azurerm_storage_account_customer_managed_key": PartOf(
        "azurerm_storage_account", ("storage_account_id", "storage_account_name")
    ),
    "azurerm_storage_account_network_rules": PartOf(
        "azurerm_storage_account", ("storage_account_id", "storage_account_name")
    ),
    "azurerm_storage_account_static_website": PartOf(
        "azurerm_storage_account", ("storage_account_id", "storage_account_name")
    ),
    # A public container is judged as one that the internet reaches: the default of an account.
    "azurerm_storage_container": PartOf(
        "azurerm_storage_account",
        ("storage_account_id", "storage_account_name"),
        {"public_network_access_enabled": True, "network_rules": []},
        ("azurerm_storage_account_network_rules",),
    ),
    "azurerm_storage_management_policy": PartOf("azurerm_storage_account", ("storage_account_id",)),
    "azurerm_storage_object_replication": PartOf("azurerm_storage_account", (SOURCE,)),
}
