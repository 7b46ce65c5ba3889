"""azurerm_key_vault_managed_hardware_security_module_key: keys of a managed HSM."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.azure import vault_facts
from collectors.document import Document, Unknown, also, then
from collectors.facts.key import EncryptionKey
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.network_acls import ranges_of
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.joins import joined, tags_of, target_of

HSM = "azurerm_key_vault_managed_hardware_security_module"
KEY, ROTATION = f"{HSM}_key", f"{HSM}_key_rotation_policy"

_ELSEWHERE = Unknown("the managed HSM is not part of this template")
_ROLES = Unknown("local roles of a managed HSM are not read from templates")


def map_key(block: Block, project: Project) -> Iterator[Document]:
    """A key. The HSM decides who reaches it, its log, and whether it can be purged."""
    hsm = target_of(project, block.get("managed_hsm_id"), HSM)
    kind = block.read("key_type", str, Unknown("the template gives no key_type"))
    facts = EncryptionKey(
        manager="customer",
        origin=then(kind, lambda word: vault_facts.origin_of({"kty": word})),
        algorithm=then(kind, lambda word: _algorithm(block, word)),
        rotation_days=_rotation(block, project),
        policy=_ROLES,
        # No argument of the provider disables a key.
        state="enabled",
        used_by=None,
        network_ranges=_ranges(hsm) if hsm else _ELSEWHERE,
        private_endpoint=has_private_endpoint(hsm, project) if hsm else _ELSEWHERE,
        audit_log=logging_of(hsm, project, ("AuditEvent",), ("allLogs", "audit"))
        if hsm
        else _ELSEWHERE,
        # The provider sends what stands here, and `false` where nothing does.
        deletion_protection=hsm.read("purge_protection_enabled", bool, default=False)
        if hsm
        else _ELSEWHERE,
    )
    own = tags_of(block)
    yield azure_document(
        block,
        project,
        facts,
        region=location_of(hsm, project) if hsm else _ELSEWHERE,
        tags=tags_of(hsm) if own == {} and hsm else own,
    )


def _ranges(hsm: Block) -> list[str] | Unknown:
    return ranges_of(hsm, hsm.read("public_network_access_enabled", bool, default=True))


def _algorithm(block: Block, kind: str) -> str | Unknown:
    """The kind of key with its size or curve, one of which each kind needs."""
    elliptic = kind.upper().startswith("EC")
    argument = "curve" if elliptic else "key_size"
    size = block.read(argument, str, Unknown(f"the template gives no {argument}"))
    name = "curveName" if elliptic else "keySize"
    return then(size, lambda known: vault_facts.algorithm_of({"kty": kind, name: known}))


def _rotation(block: Block, project: Project) -> int | Unknown | None:
    """Days between rotations by the key's policy; null without one."""
    policies = joined(project, block, "managed_hsm_key_id", ROTATION)
    if not policies.blocks:
        return policies.doubt
    policy = policies.blocks[0]
    expiry = policy.read("expire_after", str, "")
    after = policy.read("time_after_creation", str, "")
    before = policy.read("time_before_expiry", str, "")
    doubt = also(after) or (also(before, expiry) if not after else None)
    if doubt or not (after or before):
        return doubt
    trigger = {"timeAfterCreate": after, "timeBeforeExpiry": before}
    actions = [{"action": {"type": "rotate"}, "trigger": trigger}]
    written = {"attributes": {"expiryTime": expiry}, "lifetimeActions": actions}
    return vault_facts.rotation_days({"rotationPolicy": written})


MAPPINGS = [
    Mapping(
        types=(KEY,),
        facts=EncryptionKey,
        map=map_key,
        joined=(*LOGGING_TYPES, ENDPOINT, ROTATION),
        owners=(HSM,),
    )
]

PART_OF = {
    "azurerm_key_vault_managed_hardware_security_module_key_rotation_policy": PartOf(
        "azurerm_key_vault_managed_hardware_security_module_key", ("managed_hsm_key_id",)
    ),
}
