"""The policies that a RAM user, group or role of a template holds, and what they amount to."""

from __future__ import annotations

from typing import Any, NamedTuple

from collectors.aliyun.policy_rights import escalation_paths, full_admin
from collectors.document import Unknown, also, then
from collectors.iac.blocks import NOT_GIVEN, Block, Project
from collectors.iac.mappers.alicloud.ram_documents import DOCUMENT, of_statements, written
from collectors.iac.mappers.joins import first_of, identity, joined, settle, target_of
from collectors.policy_clauses import Clause, PolicyText, clauses

USER, GROUP, ROLE, POLICY = (f"alicloud_ram_{kind}" for kind in ("user", "group", "role", "policy"))
ANY_ATTACHMENT = "alicloud_resource_manager_policy_attachment"

Rights = list[list[Clause] | Unknown]
"""The clauses of each policy, unknown where the template does not tell them."""

# The vendor's own policy, which nobody changes (RAM user guide, "AdministratorAccess").
_EVERYTHING: PolicyText = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
_NOT_ALL = "rg-"
"""How ids of resource groups begin."""


class Holder(NamedTuple):
    """How a kind of principal is named in what gives it policies."""

    names: tuple[str, ...]
    argument: str
    attachment: str
    kind: str

    def name(self, principal: Block) -> str | Unknown:
        """The principal's name."""
        unnamed = Unknown("its name is known after apply")
        found: str | Unknown = first_of(principal.values, self.names, str, unnamed)
        return found


HOLDERS = {
    USER: Holder(("name",), "user_name", f"{USER}_policy_attachment", "IMSUser"),
    GROUP: Holder(("group_name", "name"), "group_name", f"{GROUP}_policy_attachment", "IMSGroup"),
    ROLE: Holder(("role_name", "name"), "role_name", f"{ROLE}_policy_attachment", "ServiceRole"),
}
"""The principals of RAM by their resource types."""
ATTACHMENTS = (*(holder.attachment for holder in HOLDERS.values()), ANY_ATTACHMENT)
JOINED = (*ATTACHMENTS, POLICY, DOCUMENT)
"""What tells the rights of principals."""


class Held(NamedTuple):
    """The policies of a principal: how each is called, and what it says. A doubt stands in both."""

    names: list[Any]
    rights: Rights


def known_names(principal: Block) -> list[str]:
    """The texts by which others may name a principal, or a policy."""
    arguments = ("name", "user_name", "group_name", "role_name", "policy_name")
    found = (principal.values.get(name) for name in arguments)
    return [name for name in found if isinstance(name, str)]


def held(principal: Block, project: Project) -> Held:
    """What a principal holds directly by this template."""
    holder = HOLDERS[principal.type]
    links = joined(
        project, principal, holder.argument, holder.attachment, names=known_names(principal)
    )
    found = Held([], [])
    for link in links.blocks:
        _add(found, project, link, whole=True)
    if links.doubt:
        found.names.append(links.doubt)
        found.rights.append(links.doubt)
    for link in project.of_type(ANY_ATTACHMENT):
        if link.values.get("principal_type") in (holder.kind, None) or isinstance(
            link.values.get("principal_type"), Unknown
        ):
            _add_other(found, project, link, holder.name(principal))
    return found


def _add(found: Held, project: Project, link: Block, *, whole: bool | Unknown) -> None:
    name, clauses_ = _policy(project, link)
    found.names.append(name)
    if whole is not False:
        found.rights.append(clauses_ if whole is True else whole)


def _add_other(found: Held, project: Project, link: Block, name: str | Unknown) -> None:
    """An attachment that names its principal as it signs in, "dev@example.onaliyun.com"."""
    said = link.read("principal_name", str, Unknown("the attachment names no principal"))
    doubt = also(said, name)
    if doubt:
        found.names.append(doubt)
        found.rights.append(doubt)
    elif str(said).partition("@")[0].lower() == str(name).lower():
        project.take(link)
        group = link.read("resource_group_id", str, Unknown("no resource_group_id"))
        whole = then(group, lambda text: not text.startswith(_NOT_ALL))
        _add(found, project, link, whole=whole)


def _policy(project: Project, link: Block) -> tuple[Any, list[Clause] | Unknown]:
    """The name of the policy that an attachment gives, and what it says."""
    value = link.get("policy_name")
    kind = link.read("policy_type", str, Unknown("the attachment gives no policy_type"))
    block = policy_named(project, value)
    if block and kind != "System":
        return identity(project, value), rights_of(project, block)
    name = settle(project, value)
    if isinstance(kind, Unknown) or not isinstance(name, str):
        unnamed = Unknown("which policy is attached is known after apply")
        doubt = also(kind, name) or unnamed
        return doubt, doubt
    if kind == "System":
        return f"acs:ram::system:policy/{name}", then(of_system(name), clauses)
    return name, Unknown(f"the policy {name} is not part of this template")


def of_system(name: str) -> PolicyText | Unknown:
    """What a policy of the vendor's own says, of which one is the same for ever."""
    if name == "AdministratorAccess":
        return _EVERYTHING
    return Unknown(f"what the system policy {name} allows is not part of this template")


def policy_named(project: Project, value: Any) -> Block | None:
    """The policy of the template that a value leads to, or whose name it is."""
    found = target_of(project, value, POLICY)
    name = settle(project, value)
    if found is None and isinstance(name, str):
        named = (one for one in project.of_type(POLICY) if name in known_names(one))
        found = next((project.take(one) for one in named), None)
    return found


def text_of(project: Project, policy: Block) -> PolicyText | Unknown:
    """The document of a policy."""
    text = written(project, policy, "policy_document", "document")
    if text is None and policy.get("statement") is not NOT_GIVEN:
        text = of_statements(policy, "statement")
    return Unknown("the policy is empty") if text is None else text


def rights_of(project: Project, policy: Block) -> list[Clause] | Unknown:
    """The clauses of a policy."""
    return then(text_of(project, policy), clauses)


def is_privileged(found: Rights) -> bool | Unknown:
    """Whether policies together give full administration; what is not known leaves that open
    unless the rest gives it already."""
    return full_admin(_known(found)) or also(None, *found) or False


def ways_up(found: Rights) -> list[str] | Unknown:
    """The ways to raise one's own rights that policies together allow."""
    return also(None, *found) or escalation_paths(_known(found))


def _known(found: Rights) -> list[Clause]:
    return [clause for policy in found if not isinstance(policy, Unknown) for clause in policy]
