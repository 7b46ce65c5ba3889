"""Settings of the account that a template makes in RAM: password rules, sign-in rules, providers of
single sign-on.

Each document stands for one setting and not for the account: what a setting does not touch is not
known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.addresses import networks
from collectors.document import Document, Unknown, also, then
from collectors.facts.account import AccountIdentity, PasswordPolicy
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.regions import GLOBAL

PASSWORDS, PREFERENCE = "alicloud_ram_account_password_policy", "alicloud_ram_security_preference"
NEW_PASSWORDS, SAML = "alicloud_ram_password_policy", "alicloud_ram_saml_provider"

_CHARACTERS = (
    "require_lowercase_characters",
    "require_uppercase_characters",
    "require_numbers",
    "require_symbols",
)
# What the provider writes where an argument is not given (registry, the two types).
_DEFAULTS: dict[str, dict[str, Any]] = {
    PASSWORDS: {"length": 12, "kinds": True, "attempts": ("max_login_attempts", 5)},
    NEW_PASSWORDS: {"length": 8, "kinds": False, "attempts": ("max_login_attemps", 0)},
}


def map_passwords(block: Block, project: Project) -> Iterator[Document]:
    """The password policy. An age of 0 never expires, 0 attempts lock nobody out."""
    default = _DEFAULTS[block.type]
    kinds = [block.read(name, bool, default["kinds"]) for name in _CHARACTERS]
    age = block.read("max_password_age", int, 0)
    argument, attempts = default["attempts"]
    policy = PasswordPolicy(
        minimum_length=block.read("minimum_password_length", int, default["length"]),
        character_kinds=also(None, *kinds) or sum(map(bool, kinds)),
        max_age_days=then(age, lambda days: days or None),
        reuse_prevention=block.read("password_reuse_prevention", int, 0),
        lockout_attempts=block.read(argument, int, attempts),
        hard_expiry=block.read("hard_expiry", bool, default=False),
    )
    yield _document(block, project, password_policy=policy)


def map_preference(block: Block, project: Project) -> Iterator[Document]:
    """From where people may sign in, and for how long: six hours unless written."""
    hours = block.read("login_session_duration", int, 6)
    masks = block.read("login_network_masks", str, "")
    yield _document(
        block,
        project,
        session_max_minutes=then(hours, lambda known: known * 60),
        admin_source_ranges=then(masks, lambda text: networks(text.replace(";", ","))),
    )


def map_saml(block: Block, project: Project) -> Iterator[Document]:
    """A provider of identities through which people take roles on."""
    yield _document(block, project, federated=True)


def _document(block: Block, project: Project, **facts: Any) -> Document:
    outside = Unknown("a template does not tell of the account's own logon and people")
    names = AccountIdentity.__struct_fields__
    return template_document(
        block,
        project,
        AccountIdentity(**{**dict.fromkeys(names, outside), **facts}),
        provider="aliyun",
        region=GLOBAL,
        name=block.name,
        tags={},
    )


MAPPINGS = [
    Mapping(types=(PASSWORDS, NEW_PASSWORDS), facts=AccountIdentity, map=map_passwords),
    Mapping(types=(PREFERENCE,), facts=AccountIdentity, map=map_preference),
    Mapping(types=(SAML,), facts=AccountIdentity, map=map_saml),
]
