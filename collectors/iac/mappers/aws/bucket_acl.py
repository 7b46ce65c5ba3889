"""ACLs of buckets as templates write them, in the words of s3:GetBucketAcl. The owner's own grant
is left out: it is always there, and a template does not tell the owner's canonical id."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, also, then
from collectors.iac.blocks import Reference, nested, read
from collectors.iac.mappers.joins import items

_GROUP = "http://acs.amazonaws.com/groups/"
_EVERYONE = f"{_GROUP}global/AllUsers"
_ANY_ACCOUNT = f"{_GROUP}global/AuthenticatedUsers"
_LOG_DELIVERY = f"{_GROUP}s3/LogDelivery"
_OWN_ID = "data.aws_canonical_user_id."
_PERSONS = (("EmailAddress", "email_address"), ("EmailAddress", "email"), ("ID", "id"))

# S3 user guide, "Canned ACL". Those of an object's owner say nothing of the bucket.
_CANNED: dict[str, list[tuple[str, str]]] = {
    "private": [],
    "public-read": [(_EVERYONE, "READ")],
    "public-read-write": [(_EVERYONE, "READ"), (_EVERYONE, "WRITE")],
    "authenticated-read": [(_ANY_ACCOUNT, "READ")],
    "log-delivery-write": [(_LOG_DELIVERY, "WRITE"), (_LOG_DELIVERY, "READ_ACP")],
    "bucket-owner-read": [],
    "bucket-owner-full-control": [],
    # A program of EC2 that makes machine images of bundles.
    "aws-exec-read": [],
}


def grants(values: dict[str, Any]) -> list[dict[str, Any]] | Unknown:
    """The grants that aws_s3_bucket_acl, or a bucket or object with an ACL of its own, writes."""
    canned = read(values, "acl", str, "private")
    if isinstance(canned, Unknown):
        return canned
    if canned not in _CANNED:
        return Unknown(f"the canned ACL {canned} is not known to this version")
    found: list[dict[str, Any]] = [
        {"Grantee": {"URI": group}, "Permission": permission}
        for group, permission in _CANNED[canned]
    ]
    policies = nested(values, "access_control_policy")
    if isinstance(policies, Unknown):
        return policies
    for holder in (*policies, values):
        own = _written(holder, _owner_of(holder))
        if isinstance(own, Unknown):
            return own
        found += own
    return found


def _written(values: dict[str, Any], owner: Any) -> list[dict[str, Any]] | Unknown:
    blocks = nested(values, "grant")
    if isinstance(blocks, Unknown):
        return blocks
    found: list[dict[str, Any]] = []
    for each in blocks:
        # Before provider version 4 a grant had its grantee's arguments itself, and a list of
        # permissions.
        grantees = nested(each, "grantee") or [each]
        permissions = items(each, "permission" if "permission" in each else "permissions")
        if isinstance(grantees, Unknown):
            return grantees
        if isinstance(permissions, Unknown):
            return permissions
        doubt = next((item for item in permissions if not isinstance(item, str)), None)
        grantee = _grantee(grantees[0], owner)
        if doubt is not None or isinstance(grantee, Unknown):
            return also(grantee, doubt) or Unknown("a permission of the ACL is known after apply")
        if grantee is not None:
            found += [{"Grantee": grantee, "Permission": item} for item in permissions]
    return found


def _grantee(values: dict[str, Any], owner: Any) -> dict[str, Any] | Unknown | None:
    """Who a grant is to, in the API's words; None where it is the bucket's owner."""
    canonical = values.get("id")
    own = isinstance(canonical, Reference) and _OWN_ID in canonical.address
    if own or (canonical is not None and canonical == owner):
        return None
    group = read(values, "uri", str, "")
    if group != "":
        return then(group, lambda uri: {"URI": uri})
    for key, argument in _PERSONS:
        name = read(values, argument, str, "")
        if name != "":
            return {key: name}
    return Unknown("a grant of the ACL names nobody")


def _owner_of(values: dict[str, Any]) -> Any:
    owners = nested(values, "owner")
    return owners[0].get("id") if isinstance(owners, list) and owners else None
