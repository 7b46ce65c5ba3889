"""CloudSSO: alicloud_cloud_sso_directory with its rules for signing in, alicloud_cloud_sso_user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.addresses import networks
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountIdentity, PasswordPolicy
from collectors.facts.identity import User
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.cloud_sso_rights import (
    ASSIGNMENT,
    CONFIGURATION,
    DIRECTORY,
    GROUP,
    MEMBER,
    USER,
    held,
)
from collectors.iac.mappers.alicloud.ram_documents import DOCUMENT
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import joined, name_of, target_of
from collectors.logic import Known, some

_ON = {"Enabled": True, "Disabled": False}
_ASKED = _ON | {"OnlyRiskyLogin": False}
"""Whether every sign-in asks for a second factor, by `mfa_authentication_advance_settings`."""

_UNWRITTEN = Unknown("not written: the service decides")
_STATE = Unknown("a state of CloudSSO is not known")
_PROVIDERS_PASSWORDS = Unknown(
    "people sign in to CloudSSO by an identity provider, whose rules for passwords are its own"
)
_FIXED = Unknown("CloudSSO itself decides on this, and a template does not tell")
_NO_CONTACTS = Unknown("a directory of CloudSSO has no contacts; the account has")
_DUTIES = Unknown(
    "the duties of CloudSSO users are those of the roles that they take on in each account"
)
_NO_CONFIGURATION = Unknown("the directory's access configurations are not part of this template")
_ELSEWHERE = Unknown("the directory of the user is not part of this template")
_GROUP = Unknown("a group of the user is not part of this template")
_DEVICES = Unknown("which second factors the user has shows after apply")
_USE = Unknown("a template does not tell when the user signs in")


def map_directory(block: Block, project: Project) -> Iterator[Document]:
    """A directory, of which an account has one at most."""
    federated = _federated(block)
    masks = then(
        _first(block, "login_preference"),
        lambda found: read(found, "login_network_masks", str, "") if found else _UNWRITTEN,
    )
    facts = AccountIdentity(
        # A directory has no logon of its own beside those of its users.
        root_mfa=None,
        root_mfa_hardware=None,
        root_access_keys=0,
        root_last_used=None,
        password_policy=then(
            federated, lambda on: _PROVIDERS_PASSWORDS if on else _password_policy(block)
        ),
        session_max_minutes=_longest_session(block, project),
        federated=federated,
        security_contacts=_NO_CONTACTS,
        administrators=_DUTIES,
        admin_source_ranges=then(masks, lambda text: networks(text.replace(";", ","))),
    )
    yield aliyun_document(block, project, facts, "directory_name")


def _federated(directory: Block) -> Known:
    """Whether people sign in by an identity provider: not unless it is turned on."""
    found = _first(directory, "saml_identity_provider_configuration")
    state = then(found, lambda values: read(values, "sso_status", str, "Disabled"))
    return then(state, lambda word: _ON.get(word, _STATE))


def _password_policy(block: Block) -> PasswordPolicy | Unknown:
    """The rules that the template sets; which characters a password needs is no choice of it."""
    found = _first(block, "password_policy")
    if isinstance(found, Unknown) or not found:
        return found if isinstance(found, Unknown) else _UNWRITTEN
    return PasswordPolicy(
        minimum_length=read(found, "min_password_length", int, _UNWRITTEN),
        character_kinds=_FIXED,
        max_age_days=then(
            read(found, "max_password_age", int, _UNWRITTEN), lambda days: days or None
        ),
        reuse_prevention=read(found, "password_reuse_prevention", int, _UNWRITTEN),
        lockout_attempts=read(found, "max_login_attempts", int, _UNWRITTEN),
        hard_expiry=_FIXED,
    )


def _longest_session(block: Block, project: Project) -> int | Unknown:
    """How long the console stays open at most, by any access configuration: an hour unless written
    (CreateAccessConfiguration)."""
    found = joined(project, block, "directory_id", CONFIGURATION)
    seconds = [each.read("session_duration", int, 3600) for each in found.blocks]
    unknown = [each for each in [*seconds, found.doubt] if isinstance(each, Unknown)]
    known = [each for each in seconds if isinstance(each, int)]
    if unknown or not known:
        return unknown[0] if unknown else _NO_CONFIGURATION
    return max(known) // 60


def map_user(block: Block, project: Project) -> Iterator[Document]:
    """A user that is made here, and not synchronised: it gets a password where people sign in with
    those."""
    directory = target_of(project, block.values.get("directory_id"), DIRECTORY)
    federated = _federated(directory) if directory else _ELSEWHERE
    console = then(federated, lambda on: not on)
    asked = _is_asked(block, directory)
    own = held(block, project)
    groups = _groups(block, project)
    administer = [*own.administer, *(one for _, known in groups for one in known)]
    facts = User(
        console=console,
        mfa=False if asked is False else _DEVICES,
        mfa_kinds=[] if asked is False else _DEVICES,
        # Programs of a CloudSSO user sign in for a session; it has no keys.
        keys=[],
        password_last_used=None if console is False else _USE,
        password_changed=None if console is False else _USE,
        groups=[name for name, _ in groups],
        direct_policies=own.names,
        privileged=some(administer),
        escalation_paths=None,
        external=False,
        enabled=then(block.read("status", str, "Enabled"), lambda word: _ON.get(word, _STATE)),
    )
    yield aliyun_document(block, project, facts, "user_name")


def _is_asked(user: Block, directory: Block | None) -> Known:
    """Whether a user is asked for a second factor at every sign-in."""
    if directory is None:
        return _ELSEWHERE
    settings = _first(directory, "mfa_authentication_setting_info")
    older = directory.read("mfa_authentication_status", str, _UNWRITTEN)
    word = then(
        settings, lambda found: read(found, "mfa_authentication_advance_settings", str, older)
    )
    if word == "Byuser":
        word = user.read("mfa_authentication_settings", str, "Enabled")
    return then(word, lambda text: _ASKED.get(text, _STATE))


def _groups(user: Block, project: Project) -> list[tuple[Any, list[Known]]]:
    """The groups of a user: how each is called, and whether what it is assigned administers."""
    found = joined(project, user, "user_id", MEMBER)
    groups: list[tuple[Any, list[Known]]] = []
    for link in found.blocks:
        group = target_of(project, link.values.get("group_id"), GROUP)
        groups.append(
            (name_of(group, "group_name"), held(group, project).administer)
            if group
            else (_GROUP, [_GROUP])
        )
    return [*groups, (found.doubt, [found.doubt])] if found.doubt else groups


def _first(block: Block, argument: str) -> dict[str, Any] | Unknown:
    return then(nested(block.values, argument), lambda found: found[0] if found else {})


MAPPINGS = [
    Mapping(types=(DIRECTORY,), facts=AccountIdentity, map=map_directory, joined=(CONFIGURATION,)),
    Mapping(
        types=(USER,),
        facts=User,
        map=map_user,
        joined=(DIRECTORY, GROUP, MEMBER, ASSIGNMENT, CONFIGURATION, DOCUMENT),
    ),
]

LINK_TYPES = frozenset({ASSIGNMENT, MEMBER})
