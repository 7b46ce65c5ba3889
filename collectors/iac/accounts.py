"""Which account a template is deployed to, where it says so: else no account that it names can be
told from its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from collectors.document import Unknown, then
from collectors.facts.shared import Grant
from collectors.iac.blocks import ACCOUNT, DEPLOYED_TO, Block, Project

NOT_TOLD = Unknown(
    "whether this is the account that the template is deployed to is not known before it is"
)
# Arguments of a provider block that do not choose the account.
_NOT_THE_ACCOUNT = frozenset(
    {"region", "alias", "default_tags", "ignore_tags", "version", DEPLOYED_TO}
)
# arn:aws-cn:iam::<account>:role/<name> and acs:ram::<account>:role/<name>
_ROLE = re.compile(r"(?:arn:[^:]+:iam|acs:ram)::(\d+):role/.+")


def own_account(prefix: str, blocks: Iterable[Block]) -> str:
    """The account of a provider's resources (`prefix`: "aws", "alicloud") where each of the
    provider's configurations in use tells it and all tell the same; else `ACCOUNT`."""
    blocks = list(blocks)
    callers = [each for each in blocks if each.type == f"data.{prefix}_caller_identity"]
    told = {
        _told(each, callers) for each in blocks if each.type.partition("_")[0] == prefix
    }  # fmt: skip
    known = told.pop() if len(told) == 1 else None
    return known or ACCOUNT


def choice_of(block: Block) -> dict[str, Any]:
    """What of a resource's provider chooses the account."""
    return {
        name: value for name, value in block.provider_values.items() if name not in _NOT_THE_ACCOUNT
    }


def same_account(project: Project, one: Block, other: Block) -> bool:
    """Whether two resources of a project go to one account, as far as their providers tell."""
    return project.account != ACCOUNT or choice_of(one) == choice_of(other)


def named(project: Project, account: str) -> str | Unknown:
    """An account that a template names, as far as the project's own account is known."""
    return account if project.account != ACCOUNT or account == ACCOUNT else NOT_TOLD


def weighed(project: Project, found: list[Grant] | Unknown) -> list[Grant] | Unknown:
    """Grants of a policy, as far as the project's own account is known: where it is not, any
    account that the policy names may be it."""
    return then(found, lambda grants: list(_weighed(project, grants)))


def _weighed(project: Project, grants: list[Grant]) -> Iterator[Grant]:
    for grant in grants:
        # An identity provider stands in the account of what trusts it.
        if isinstance(grant.account, str) and grant.kind != "federated":
            grant.account = named(project, grant.account)
        yield grant


def _told(block: Block, callers: list[Block]) -> str | None:
    """The account of a resource by its provider: the only one that it allows, that of the role that
    it assumes, or that which a plan has read of the caller."""
    provider = block.provider_values
    allowed = provider.get("allowed_account_ids")
    if isinstance(allowed, list) and len(allowed) == 1 and isinstance(allowed[0], str | int):
        return str(allowed[0])
    own = provider.get("account_id")  # alicloud
    if isinstance(own, str):
        return own
    roles = provider.get("assume_role")
    if roles:
        # Of several roles each is assumed by the one before.
        last = roles[-1] if isinstance(roles, list) else roles
        arn = last.get("role_arn") if isinstance(last, dict) else None
        match = _ROLE.fullmatch(arn) if isinstance(arn, str) else None
        return match[1] if match else None
    read = {
        account
        for each in callers
        if choice_of(each) == choice_of(block)
        and isinstance(account := each.values.get("account_id"), str)
    }
    return read.pop() if len(read) == 1 else None
