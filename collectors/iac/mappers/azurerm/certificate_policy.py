"""The policy of an azurerm_key_vault_certificate: the key that it is made with, and its renewal."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, also, then
from collectors.iac.blocks import Block, nested, read
from collectors.logic import Known, every

_UNTOLD = Unknown("the certificate is imported with its key, or its policy does not tell the key")
_NO_ACTION = Unknown("the policy of the certificate does not tell whether it is renewed")
_CURVES = {"P-256": 256, "P-256K": 256, "P-384": 384, "P-521": 521}


def key_of(block: Block) -> tuple[str, int] | Unknown:
    """The kind of key and its bits; one that is taken in has a key of its own."""
    policy = _policy(block)
    taken_in = nested(block.values, "certificate")
    doubt = also(policy, taken_in)
    if doubt or taken_in:
        return doubt or _UNTOLD
    keys = then(policy, lambda known: nested(known, "key_properties"))
    if isinstance(keys, Unknown) or not keys:
        return keys if isinstance(keys, Unknown) else _UNTOLD
    kind = read(keys[0], "key_type", str, _UNTOLD)
    size = read(keys[0], "key_size", int, _UNTOLD)
    curve = read(keys[0], "curve", str, _UNTOLD)
    if isinstance(kind, Unknown):
        return kind
    name = kind.upper().removesuffix("-HSM")
    bits = size
    if name == "EC":
        bits = then(curve, lambda text: _CURVES.get(text, _UNTOLD))
    return then(bits, lambda number: (name, number))


def renews(block: Block) -> Known:
    """Whether the vault renews the certificate by itself: it cannot where the issuer is none that
    it knows ("About Azure Key Vault certificate renewal")."""
    policy = _policy(block)
    if isinstance(policy, Unknown):
        return policy
    issuers, actions = nested(policy, "issuer_parameters"), nested(policy, "lifetime_action")
    if isinstance(issuers, Unknown) or isinstance(actions, Unknown):
        return also(issuers, actions) or _NO_ACTION
    issuer = read(issuers[0] if issuers else {}, "name", str, _NO_ACTION)
    known = then(issuer, lambda name: name.lower() != "unknown")
    return every((known, _renewing(actions)))


def _renewing(actions: list[dict[str, Any]]) -> Known:
    if not actions:
        return _NO_ACTION
    inner = nested(actions[0], "action")
    if isinstance(inner, Unknown):
        return inner
    kind = read(inner[0] if inner else {}, "action_type", str, _NO_ACTION)
    return then(kind, lambda word: word.lower() == "autorenew")


def _policy(block: Block) -> dict[str, Any] | Unknown:
    found = nested(block.values, "certificate_policy")
    if isinstance(found, Unknown):
        return found
    return found[0] if found else {}
