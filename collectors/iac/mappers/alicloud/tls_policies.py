"""The TLS versions of listeners, by the policies that they name."""

from __future__ import annotations

from typing import Any, Literal, cast

from collectors.document import Unknown, then
from collectors.facts.shared import Tls
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.joins import identity, items, target_of

_POLICIES: dict[str, Literal["1.0", "1.1", "1.2"]] = {
    "tls_cipher_policy_1_0": "1.0", "tls_cipher_policy_1_1": "1.1", "tls_cipher_policy_1_2": "1.2",
    "tls_cipher_policy_1_2_strict": "1.2", "tls_cipher_policy_1_2_strict_with_1_3": "1.2",
    "tls_cipher_policy_1_0_to_1_3": "1.0",
}  # fmt: skip
_VERSIONS = {"TLSv1.0": "1.0", "TLSv1.1": "1.1", "TLSv1.2": "1.2", "TLSv1.3": "1.3"}
OLDEST = "tls_cipher_policy_1_0"
"""What the service takes where a listener names no policy (CreateListener)."""
_CHOSEN = Unknown("the service chooses the policy")


def tls_by_policy(
    listener: Block,
    project: Project,
    kind: str,
    argument: str = "security_policy_id",
    default: str | Unknown = _CHOSEN,
) -> Tls:
    """The policy that an argument names: one of the service, or one of this project, whose
    resources are of a type, by its versions."""
    value = listener.get(argument)
    own = target_of(project, value, kind)
    if own:
        versions = items(own.values, "tls_versions")
        return Tls(
            minimum=cast("Any", then(versions, _lowest)),
            required=True,
            policy=identity(project, value),
        )
    name = listener.read(argument, str, default)
    minimum = then(name, lambda text: _POLICIES.get(text) or Unknown(f"policy {text} is not known"))
    return Tls(minimum=cast("Any", minimum), required=True, policy=name)


def _lowest(versions: list[Any]) -> str | Unknown:
    known = [_VERSIONS[v] for v in versions if isinstance(v, str) and v in _VERSIONS]
    if len(known) != len(versions) or not known:
        return Unknown("the policy's tls_versions are not understood")
    return min(known)
