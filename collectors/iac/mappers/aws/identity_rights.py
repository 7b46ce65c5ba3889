"""The policies that a role, user or group of a template holds, and what they amount to."""

from __future__ import annotations

from typing import Any, NamedTuple

from collectors.document import Unknown
from collectors.iac.blocks import NOT_GIVEN, Block, OpenArguments, Project, Reference, nested, read
from collectors.iac.mappers.aws.policy import Written, read_policy
from collectors.iac.mappers.joins import identity, items, joined, settle, target_of

ROLE, USER, GROUP = "aws_iam_role", "aws_iam_user", "aws_iam_group"
POLICY, POLICY_DATA = "aws_iam_policy", "data.aws_iam_policy"
ANY_ATTACHMENT = "aws_iam_policy_attachment"

_ADMINISTRATOR: Written = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]
_NOT_WRITTEN = Unknown("an inline policy is empty")
_NAMELESS = Unknown("an attachment does not say which policy it attaches")


class Holder(NamedTuple):
    """How a kind of principal is named in what gives it policies."""

    argument: str
    attachment: str
    inline: str

    @property
    def several(self) -> str:
        """The argument of aws_iam_policy_attachment."""
        return f"{self.argument}s"


HOLDERS = {
    ROLE: Holder("role", "aws_iam_role_policy_attachment", "aws_iam_role_policy"),
    USER: Holder("user", "aws_iam_user_policy_attachment", "aws_iam_user_policy"),
    GROUP: Holder("group", "aws_iam_group_policy_attachment", "aws_iam_group_policy"),
}
"""The principals of IAM by their resource types."""


class Held(NamedTuple):
    """The policies of a principal: how each is called, and what it says."""

    names: list[Any]
    written: list[Written | Unknown]


def held(principal: Block, project: Project) -> Held:
    """What a principal holds directly by this template; a doubt stands among both lists."""
    holder = HOLDERS[principal.type]
    one = joined(project, principal, holder.argument, holder.attachment)
    several = joined(project, principal, holder.several, ANY_ATTACHMENT)
    inline = joined(project, principal, holder.argument, holder.inline)
    listed = items(principal.values, "managed_policy_arns")
    own = nested(principal.values, "inline_policy")
    attached = [each.get("policy_arn") for each in (*one.blocks, *several.blocks)]
    managed = [_NAMELESS if each is NOT_GIVEN else each for each in attached]
    managed += listed if isinstance(listed, list) else []
    blocks = own if isinstance(own, list) else []
    texts = [each.values for each in inline.blocks] + [each for each in blocks if each]
    doubts = [one.doubt, several.doubt, inline.doubt, listed, own]
    unknown = [each for each in doubts if isinstance(each, Unknown)]
    return Held(
        names=[
            *(identity(project, each) for each in managed),
            *(_called(each.values, each.name) for each in inline.blocks),
            *(_called(each, f"inline_policy[{i}]") for i, each in enumerate(blocks) if each),
            *unknown,
        ],
        written=[
            *(managed_policy(project, each) for each in managed),
            *(read_policy(project, each.get("policy")) or _NOT_WRITTEN for each in texts),
            *unknown,
        ],
    )


def _called(inline: dict[str, Any], label: str) -> str | Unknown:
    """The name of an inline policy. That it is there is certain also where its name is not, but not
    of one of which nothing is known."""
    name = read(inline, "name", str, label)
    return label if isinstance(name, Unknown) and not isinstance(inline, OpenArguments) else name


def managed_policy(project: Project, value: Any) -> Written | Unknown:
    """What a managed policy says: one of this template, or AWS's policy of administrators."""
    block = target_of(project, value, POLICY, POLICY_DATA)
    if block and block.type == POLICY:
        return read_policy(project, block.get("policy")) or Unknown(f"{block.address} is empty")
    arn = settle(project, value)
    if isinstance(arn, Unknown):
        return arn
    name = arn if isinstance(arn, str) else _named_by(block)
    if name.rpartition("/")[2] == "AdministratorAccess":
        return _ADMINISTRATOR
    shown = f"{arn.address}" if isinstance(arn, Reference) else f"{arn}"
    return Unknown(f"the policy {shown} is not part of this template")


def _named_by(data: Block | None) -> str:
    """The name or ARN by which a data source finds a policy."""
    found = [data.values.get(name) for name in ("arn", "name")] if data else []
    return next((each for each in found if isinstance(each, str)), "")
