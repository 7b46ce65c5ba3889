"""How people reach an account and are reached: its security contact, its identity providers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.administrators import issued_for_programs
from collectors.document import Document, Unknown, also, then
from collectors.facts.account import AccountIdentity
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.shared import aws_document
from collectors.regions import GLOBAL

CONTACT = "aws_account_alternate_contact"
SAML, OIDC = "aws_iam_saml_provider", "aws_iam_openid_connect_provider"

_ELSEWHERE = Unknown("this setting does not tell of the rest of the account")
_NO_KIND = Unknown("the contact gives no type")
_NO_ADDRESS = Unknown("the contact gives no address")
_NO_URL = Unknown("the identity provider gives no address")


def map_contact(block: Block, project: Project) -> Iterator[Document]:
    """The security contact; the others are about bills and operation. One of another account says
    nothing of this one."""
    kind = block.read("alternate_contact_type", str, _NO_KIND)
    elsewhere = block.values.get("account_id") not in (None, project.account)
    if elsewhere or kind in {"BILLING", "OPERATIONS"}:
        project.take(block)
        return
    address = block.read("email_address", str, _NO_ADDRESS)
    contacts: Any = also(kind) or [address]
    yield _document(block, project, security_contacts=contacts)


def map_provider(block: Block, project: Project) -> Iterator[Document]:
    """A provider by which people sign in; one that speaks for programs does not count."""
    people: bool | Unknown = True
    if block.type == OIDC:
        people = then(block.read("url", str, _NO_URL), _for_people)
    if people is False:
        project.take(block)
        return
    yield _document(block, project, federated=people)


def _for_people(url: str) -> bool:
    return not issued_for_programs(f":oidc-provider/{url.removeprefix('https://')}")


def _document(block: Block, project: Project, **facts: Any) -> Document:
    """A document of which the setting alone is known."""
    rest: dict[str, Any] = dict.fromkeys(
        (
            "root_mfa",
            "root_mfa_hardware",
            "root_access_keys",
            "root_last_used",
            "password_policy",
            "security_contacts",
            "federated",
            "administrators",
        ),
        _ELSEWHERE,
    )
    # As for a live account: AWS has no such settings.
    found = AccountIdentity(**{**rest, **facts}, session_max_minutes=None, admin_source_ranges=None)
    return aws_document(block, project, found, region=GLOBAL)


MAPPINGS = [
    Mapping(types=(CONTACT,), facts=AccountIdentity, map=map_contact),
    Mapping(types=(SAML, OIDC), facts=AccountIdentity, map=map_provider),
]
