"""azurerm_key_vault with its keys, secrets and certificates.

The vault decides who reaches them, their log and whether they can be purged. Each key, secret and
certificate gives a document with that; a vault without any in the template gives its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

from collectors.azure import vault_facts
from collectors.document import Document, Facts, Unknown, also, then
from collectors.facts.key import Certificate, EncryptionKey, Secret
from collectors.facts.shared import Grant, Logging
from collectors.iac.blocks import (
    Block,
    Mapping,
    Project,
    Reference,
    nested,
    read,
)
from collectors.iac.mappers.azurerm.certificate_policy import key_of, renews
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.network_acls import not_yet, ranges_of
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.joins import (
    first_of,
    identity,
    items,
    joined,
    tags_of,
    target_of,
)
from collectors.logic import Known

VAULT = "azurerm_key_vault"
KEY, SECRET, CERTIFICATE = f"{VAULT}_key", f"{VAULT}_secret", f"{VAULT}_certificate"
ACCESS = f"{VAULT}_access_policy"

_ELSEWHERE = Unknown("the vault is not part of this template")
_EACH = Unknown("decided by each secret, and the template declares none")
_AT_APPLY = Unknown("the secret is made at apply")
_CERTIFICATE = Unknown("the certificate is made at apply")
_RBAC = ("rbac_authorization_enabled", "enable_rbac_authorization")


def map_key(block: Block, project: Project) -> Iterator[Document]:
    """A key."""
    vault = target_of(project, block.get("key_vault_id"), VAULT)
    kind = block.read("key_type", str, Unknown("the template gives no key_type"))
    size = block.read("key_size", str, "")
    # The API makes a P-256 where an elliptic key names no curve (provider documentation).
    curve = block.read("curve", str, "P-256")
    facts = EncryptionKey(
        manager="customer",
        origin=then(kind, lambda word: vault_facts.origin_of({"kty": word})),
        algorithm=then(kind, lambda word: _algorithm(word, size, curve)),
        rotation_days=_rotation(block),
        policy=_grants(vault, project, "keys") if vault else _ELSEWHERE,
        # `enabled` is no argument of Terraform, whose keys are: ARM has it.
        state=then(
            block.read("enabled", bool, default=True), lambda on: "enabled" if on else "disabled"
        ),
        used_by=None,
        network_ranges=_ranges(vault) if vault else _ELSEWHERE,
        private_endpoint=has_private_endpoint(vault, project) if vault else _ELSEWHERE,
        audit_log=_log(vault, project) if vault else _ELSEWHERE,
        deletion_protection=vault.read("purge_protection_enabled", bool, default=False)
        if vault
        else _ELSEWHERE,
    )
    yield _document(block, vault, project, facts)


def map_secret(block: Block, project: Project) -> Iterator[Document]:
    """A secret. Its value is not looked at."""
    vault = target_of(project, block.get("key_vault_id"), VAULT)
    expires = block.read("expiration_date", str, "")
    facts = Secret(
        rotation_days=None,
        last_rotated=_AT_APPLY,
        expires=then(expires, lambda text: text or None),
        **_of_vault(vault, project),
    )
    yield _document(block, vault, project, facts)


def map_certificate(block: Block, project: Project) -> Iterator[Document]:
    """A certificate, which the vault makes or takes in at apply."""
    vault = target_of(project, block.get("key_vault_id"), VAULT)
    key = key_of(block)
    facts = Certificate(
        expires=_CERTIFICATE,
        in_use=_CERTIFICATE,
        algorithm=then(key, lambda known: known[0]),
        key_bits=then(key, lambda known: known[1]),
        auto_renew=renews(block),
    )
    yield _document(block, vault, project, facts)


def map_vault(block: Block, project: Project) -> Iterator[Document]:
    """A vault for which the template has nothing to keep, judged as what will be in it."""
    if joined(project, block, "key_vault_id", KEY, SECRET).blocks:
        return
    facts = Secret(
        rotation_days=_EACH, last_rotated=_EACH, expires=_EACH, **_of_vault(block, project)
    )
    yield _document(block, block, project, facts)


def _of_vault(vault: Block | None, project: Project) -> dict[str, Any]:
    """The facts of a secret that its vault decides."""
    return {
        "encryption": vault_facts.secret_encryption(),
        "policy": _grants(vault, project, "secrets") if vault else _ELSEWHERE,
        "network_ranges": _ranges(vault) if vault else _ELSEWHERE,
        "private_endpoint": has_private_endpoint(vault, project) if vault else _ELSEWHERE,
        "audit_log": _log(vault, project) if vault else _ELSEWHERE,
    }


def _document(block: Block, vault: Block | None, project: Project, facts: Facts) -> Document:
    own = tags_of(block)
    return azure_document(
        block,
        project,
        facts,
        region=location_of(vault, project) if vault else _ELSEWHERE,
        tags=tags_of(vault) if own == {} and vault else own,
    )


def _log(vault: Block, project: Project) -> Logging:
    return logging_of(vault, project, ("AuditEvent",), ("allLogs", "audit"))


def _ranges(vault: Block) -> list[str] | Unknown:
    return ranges_of(vault, vault.read("public_network_access_enabled", bool, default=True))


def _algorithm(kind: str, size: str | Unknown, curve: str | Unknown) -> str | Unknown:
    elliptic = kind.upper().startswith("EC")
    named = curve if elliptic else size
    if isinstance(named, Unknown):
        return named
    return vault_facts.algorithm_of({"kty": kind, "curveName" if elliptic else "keySize": named})


def _rotation(block: Block) -> int | Unknown | None:
    """Days between rotations by the key's policy; null without one that rotates by itself."""
    policies = nested(block.values, "rotation_policy")
    if isinstance(policies, Unknown) or not policies:
        return policies if isinstance(policies, Unknown) else None
    automatic = nested(policies[0], "automatic")
    if isinstance(automatic, Unknown) or not automatic:
        return automatic if isinstance(automatic, Unknown) else None
    after = read(automatic[0], "time_after_creation", str, "")
    before = read(automatic[0], "time_before_expiry", str, "")
    expiry = read(policies[0], "expire_after", str, "")
    doubt = also(after) or (also(before, expiry) if not after else None)
    if doubt:
        return doubt
    trigger = {"timeAfterCreate": after, "timeBeforeExpiry": before}
    action = {"action": {"type": "rotate"}, "trigger": trigger}
    policy = {"attributes": {"expiryTime": expiry}, "lifetimeActions": [action]}
    return vault_facts.rotation_days({"rotationPolicy": policy})


def _grants(
    vault: Block, project: Project, part: Literal["keys", "secrets"]
) -> list[Grant] | Unknown:
    """Access policies, in the vault and beside it; with Azure RBAC there are none. Each must be of
    the vault's own tenant (provider documentation)."""
    by_role: Known = first_of(vault.values, _RBAC, bool, default=False)
    if by_role is not False:
        return by_role if isinstance(by_role, Unknown) else []
    separate = joined(project, vault, "key_vault_id", ACCESS)
    inline = nested(vault.values, "access_policy")
    listed: list[Any] = [inline] if isinstance(inline, Unknown) else list(inline)
    listed += [each.values for each in separate.blocks]
    listed += [separate.doubt] if separate.doubt else []
    found = [_grant(each, project, part.removesuffix("s")) for each in listed]
    return cast("list[Grant]", [each for each in found if each is not None])


def _grant(policy: dict[str, Any] | Unknown, project: Project, part: str) -> Any:
    if isinstance(policy, Unknown):
        return policy
    actions = items(policy, f"{part}_permissions")
    if actions == []:
        return None
    principal = identity(project, policy.get("object_id"))
    return Grant(
        principal=Unknown("the access policy names no principal")
        if principal is None
        else principal,
        account=project.account,
        kind="account",
        actions=cast("Any", actions if isinstance(actions, Unknown) else list(map(_text, actions))),
        conditions=[],
        narrows=False,
    )


def _text(value: Any) -> Any:
    return not_yet(value) if isinstance(value, Unknown | Reference) else str(value)


_SHARED = (*LOGGING_TYPES, ENDPOINT, ACCESS)

MAPPINGS = [
    Mapping(types=(KEY,), facts=EncryptionKey, map=map_key, joined=_SHARED, owners=(VAULT,)),
    Mapping(types=(SECRET,), facts=Secret, map=map_secret, joined=_SHARED),
    Mapping(types=(CERTIFICATE,), facts=Certificate, map=map_certificate),
    Mapping(types=(VAULT,), facts=Secret, map=map_vault, joined=_SHARED),
]

LINK_TYPES = frozenset({"azurerm_key_vault_access_policy"})
