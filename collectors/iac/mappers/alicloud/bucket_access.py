"""Who reaches a bucket, and how: its ACL, policy, public-access block and TLS, and the parts that
stand in resources of their own."""

from __future__ import annotations

from typing import Any, Literal

from collectors.aliyun.oss_facts import source_ranges
from collectors.document import Unknown, also, then
from collectors.facts.shared import Exposure, Grant, Tls
from collectors.iac.accounts import same_account
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.alicloud import policy
from collectors.iac.mappers.joins import items, joined
from collectors.logic import Known, some

BUCKET = "alicloud_oss_bucket"
ACCOUNT_BLOCK = "alicloud_oss_account_public_access_block"
OBJECT = "alicloud_oss_bucket_object"

_TLS: dict[str, Literal["1.0", "1.1", "1.2", "1.3"]] = {
    "TLSv1.0": "1.0", "TLSv1.1": "1.1", "TLSv1.2": "1.2", "TLSv1.3": "1.3",
}  # fmt: skip
_ACL_ACTIONS = {
    "public-read": ["oss:GetObject", "oss:ListObjects"],
    "public-read-write": ["oss:GetObject", "oss:ListObjects", "oss:PutObject", "oss:DeleteObject"],
}

Part = dict[str, Any] | Unknown | None
"""The arguments of what sets one part of a bucket: None when nothing does."""


def part_of(block: Block, project: Project, part: str, inline: str = "") -> Part:
    """The separate resource of a part, else the nested block of an older provider."""
    separate = joined(project, block, "bucket", f"{BUCKET}_{part}")
    if separate.blocks:
        return separate.blocks[0].values
    if separate.doubt or not inline:
        return separate.doubt
    found = nested(block.values, inline)
    if isinstance(found, Unknown):
        return found
    return found[0] if found else None


def acl_of(block: Block, project: Project) -> str | Unknown:
    """Private unless something says otherwise: the service's documented default."""
    part = part_of(block, project, "acl")
    if isinstance(part, Unknown):
        return part
    if part is not None:
        return read(part, "acl", str, Unknown("the ACL resource gives no acl"))
    return block.read("acl", str, "private")


def acl_grants(acl: str) -> list[Grant]:
    """What an ACL lets anyone do."""
    actions = _ACL_ACTIONS.get(acl)
    if actions is None:
        return []
    return [
        Grant(
            principal="*",
            account=None,
            kind="anyone",
            actions=actions,
            conditions=[],
            narrows=False,
        )
    ]


def statements_of(block: Block, project: Project) -> list[policy.Statement] | Unknown:
    """The statements of the bucket's policy, none without one."""
    text = _policy(block, project)
    return then(text, lambda value: policy.parse(value) if value.strip() else [])


def ranges_of(block: Block, project: Project) -> list[str] | Unknown:
    """From where the policy lets a bucket be reached."""
    return then(_policy(block, project), lambda text: source_ranges(text if text.strip() else None))


def _policy(block: Block, project: Project) -> str | Unknown:
    part = part_of(block, project, "policy")
    if isinstance(part, Unknown):
        return part
    return read(part if part is not None else block.values, "policy", str, "")


def blocked_of(block: Block, project: Project) -> bool | Unknown:
    """The bucket's own block, or the account's. The service left it off for new buckets once and
    turns it on now, so that nothing written says nothing."""
    for account in project.of_type(ACCOUNT_BLOCK):
        if not same_account(project, account, block):
            continue
        if project.take(account).get("block_public_access") in (True, "true"):
            return True
    reason = Unknown(
        "no alicloud_oss_bucket_public_access_block: the service's default for new "
        "buckets has changed, write it"
    )
    part = part_of(block, project, "public_access_block")
    if part is None or isinstance(part, Unknown):
        return part or reason
    return read(part, "block_public_access", bool, reason)


def open_objects(block: Block, project: Project) -> Known:
    """Whether an object of the template has a public ACL of its own, which goes before that of its
    bucket."""
    found = joined(project, block, "bucket", OBJECT)
    acls = [each.read("acl", str, "private") for each in found.blocks]
    answers = [then(acl, lambda value: value in _ACL_ACTIONS) for acl in acls]
    return some([*answers, *([found.doubt] if found.doubt else [])])


def exposure_of(
    acl: str | Unknown,
    statements: list[policy.Statement] | Unknown,
    blocked: bool | Unknown,
    objects: Known,
) -> Exposure:
    """Public by ACL or policy, or in part by the ACL of an object, unless blocked. A template that
    asks for a public ACL without a word on the block is public, or refused at apply: never quietly
    private."""
    if blocked is True:
        return Exposure(public=False, via=[])
    answers = {
        "acl": then(acl, lambda value: value in _ACL_ACTIONS),
        "policy": then(statements, policy.public),
        "object-acl": objects,
    }
    via = [name for name, answer in answers.items() if answer is True]
    if via:
        return Exposure(public=True, via=via)
    doubt = also(*answers.values())
    return Exposure(public=doubt or False, via=doubt or [])


def tls_of(block: Block, project: Project, statements: list[policy.Statement] | Unknown) -> Tls:
    """OSS answers plain HTTP unless the policy denies it, and TLS 1.0 unless versions are set."""
    required = then(statements, policy.requires_tls)
    config = part_of(block, project, "https_config")
    minimum: Any = "1.0"
    if isinstance(config, Unknown):
        minimum = config
    elif config is not None:
        enabled = read(config, "enable", bool, Unknown("https_config gives no enable"))
        versions = items(config, "tls_versions")
        minimum = then(enabled, lambda on: then(versions, _lowest) if on else "1.0")
    return Tls(minimum=minimum, required=required, policy=None)


def _lowest(versions: list[Any]) -> str | Unknown:
    doubt = next((v for v in versions if not isinstance(v, str)), None)
    if doubt is not None:
        return doubt if isinstance(doubt, Unknown) else Unknown("tls_versions: known after apply")
    known = [_TLS[version] for version in versions if version in _TLS]
    if len(known) != len(versions) or not known:
        return Unknown(f"TLS versions {', '.join(versions) or '(none)'} are not understood")
    return min(known)
