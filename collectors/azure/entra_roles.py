"""Roles of the directory (Microsoft Entra ID, not of Azure): which are for administrators, which
duty each gives. Pure. The ids are those of Microsoft's templates, the same in every tenant
("Microsoft Entra built-in roles")."""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown

Item = dict[str, Any]
Duty = Literal["system", "security", "audit", "all"]

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
WHOLE_TENANT = "/"
"""The scope of an assignment that holds in all of the directory."""

_PARTNER_SUPPORT = "e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8"
# Whoever holds one changes who may do what, how people sign in, or what a policy demands of them.
_SECURITY = {
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3": "Application Administrator",
    "c4e39bd9-1100-46d3-8c65-fb160da0071f": "Authentication Administrator",
    "0526716b-113d-4c15-b2c8-68e3c22b9f80": "Authentication Policy Administrator",
    "158c047a-c907-4556-b7ef-446551a6b5f7": "Cloud Application Administrator",
    "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9": "Conditional Access Administrator",
    "8329153b-31d0-4727-b945-745eb3bc5f31": "Domain Name Administrator",
    "be2f45a1-457d-42af-a067-6ec1fa63bc45": "External Identity Provider Administrator",
    "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2": "Hybrid Identity Administrator",
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13": "Privileged Authentication Administrator",
    "e8611ab8-c189-46e8-94e1-60213ab1f814": "Privileged Role Administrator",
    "194ae4cb-b126-40b2-bd5b-6091b380977d": "Security Administrator",
    "fe930be7-5e62-47db-91af-98c3a49a38b1": "User Administrator",
}
_READS_AUDIT = {
    "f2ef992c-3afb-46b9-b7cf-a126ee74c451": "Global Reader",
    "4a5d8f65-41da-4de4-8968-e035b65339cf": "Reports Reader",
    "5d6b6bb7-de71-4623-b4af-96380a352509": "Security Reader",
}
# Besides those above. Microsoft marks them as privileged, and four more: three that read alone, one
# that makes applications of one's own.
_ALSO_PRIVILEGED = {
    "db506228-d27e-4b7d-95e5-295956d6615f": "Agent ID Administrator",
    "ecb2c6bf-0ab6-418e-bd87-7986f8d63bbe": "Attribute Provisioning Administrator",
    "25a516ed-2fa0-40ea-a2d0-12923a21473a": "Authentication Extensibility Administrator",
    "aaf43236-0c0d-4d5f-883a-6955382ac081": "B2C IEF Keyset Administrator",
    "7698a772-787b-4ac8-901f-60d6b08affd2": "Cloud Device Administrator",
    "9360feb5-f418-4baa-8175-e2a00bac4301": "Directory Writers",
    "729827e3-9c14-49f7-bb1b-9608f156bbb8": "Helpdesk Administrator",
    "3a2c62db-5318-420d-8d74-23affee5d9d5": "Intune Administrator",
    "59d46f88-662b-457b-bceb-5c3809e5908f": "Lifecycle Workflows Administrator",
    "4ba39ca4-527c-499a-b93d-d9b492c50246": "Partner Tier1 Support",
    "966707d0-3269-4727-9be2-8c3a10f19b9d": "Password Administrator",
    "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f": "Security Operator",
}
_ALL = {GLOBAL_ADMINISTRATOR: "Global Administrator", _PARTNER_SUPPORT: "Partner Tier2 Support"}
_PRIVILEGED = _ALL.keys() | _SECURITY.keys() | _ALSO_PRIVILEGED.keys()

_CUSTOM = Unknown("what a custom role of the directory allows is not weighed")


def role_name(role: str, definition: Item | None) -> str:
    """What the directory calls a role, its id where it does not tell."""
    return str((definition or {}).get("displayName") or role)


def is_privileged(role: str, definition: Item | Unknown | None) -> bool | Unknown:
    """Whether a role is for administrators; unknown of the tenant's own ones. `definition` is null
    where the directory does not list it."""
    if role in _PRIVILEGED:
        return True
    return _builtin(definition)


def duty_of(role: str, definition: Item | Unknown | None) -> Duty | Unknown | None:
    """The duty that a role gives in the whole tenant, null where it is none of the three. Those
    who read what was logged audit."""
    if role in _ALL:
        return "all"
    if role in _SECURITY:
        return "security"
    if role in _READS_AUDIT:
        return "audit"
    custom = _builtin(definition)
    return custom if isinstance(custom, Unknown) else None


def _builtin(definition: Item | Unknown | None) -> bool | Unknown:
    """False of one of Microsoft's other roles."""
    if isinstance(definition, Unknown):
        return definition
    return False if definition and definition.get("isBuiltIn") is True else _CUSTOM
