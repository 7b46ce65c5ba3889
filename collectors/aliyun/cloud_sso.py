"""CloudSSO: its directory, and what access configurations let its users do in member accounts.

An account has at most one directory, in a region of its own choice; it manages a resource directory
or administers CloudSSO for it. Members see only the provider and the roles that CloudSSO puts there
(CloudSSO user guide, "Access configurations"). Alibaba Cloud: CloudSSO, 2021-05-15.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.ram_calls import GET_POLICY
from collectors.aliyun.ram_rights import Attachment, Rights, is_privileged, rights
from collectors.calls import Call, Scope
from collectors.document import Unknown, also, then
from collectors.logic import Known
from collectors.policy_clauses import clauses

Item = dict[str, Any]

HOME = "cn-shanghai"
"""Where the state of the service is asked for; the directory itself may be elsewhere."""
INLINE = "Inline"
"""`PermissionPolicyType` of a policy that is written into an access configuration."""


def _call(operation: str, result: str, scope: Scope = "resource", *, paged: bool = False) -> Call:
    return Call(
        provider="aliyun",
        service="cloudsso",
        operation=operation,
        permission=f"cloudsso:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


GET_SERVICE_STATUS = _call("GetServiceStatus", "ServiceStatus", "account")
LIST_DIRECTORIES = _call("ListDirectories", "Directories", "region")
GET_PASSWORD_POLICY = _call("GetPasswordPolicy", "PasswordPolicy")
GET_LOGIN_PREFERENCE = _call("GetLoginPreference", "LoginPreference")
GET_PROVIDER = _call("GetExternalSAMLIdentityProvider", "SAMLIdentityProviderConfiguration")
GET_MFA_SETTINGS = _call("GetMFAAuthenticationSettingInfo", "MFAAuthenticationSettingInfo")
GET_USER_MFA_SETTINGS = _call("GetUserMFAAuthenticationSettings", "UserMFAAuthenticationSettings")
LIST_USERS = _call("ListUsers", "Users", paged=True)
LIST_DEVICES = _call("ListMFADevicesForUser", "MFADevices")
LIST_GROUPS = _call("ListGroups", "Groups", paged=True)
LIST_MEMBERS = _call("ListGroupMembers", "GroupMembers", paged=True)
LIST_CONFIGURATIONS = _call("ListAccessConfigurations", "AccessConfigurations", paged=True)
LIST_POLICIES = _call("ListPermissionPoliciesInAccessConfiguration", "PermissionPolicies")
LIST_ASSIGNMENTS = _call("ListAccessAssignments", "AccessAssignments", paged=True)

DIRECTORY_CALLS = (GET_SERVICE_STATUS, LIST_DIRECTORIES)
RIGHTS_CALLS = (
    LIST_CONFIGURATIONS,
    LIST_POLICIES,
    LIST_ASSIGNMENTS,
    LIST_GROUPS,
    LIST_MEMBERS,
    GET_POLICY,
)


class Directory(Struct, frozen=True, kw_only=True):
    """A directory, and the region that it is in."""

    id: str
    region: str
    item: Item

    def read(self, account: Account, call: Call, **params: Any) -> Any:
        """The answer of a call about the directory."""
        about = "/".join([self.id, *map(str, params.values())])
        return account.read(call, self.region, about, DirectoryId=self.id, **params)

    def arn(self, account: Account, within: str = "") -> str:
        """The name of the directory, or of something in it, as RAM writes it."""
        place = f"directory/{self.id}/{within}" if within else f"directory/{self.id}"
        return account.arn("cloudsso", self.region, place)


def directories(account: Account) -> list[Directory] | Unknown:
    """The directories of the account: none where CloudSSO is off, or has no directory yet."""
    status = account.read(GET_SERVICE_STATUS, HOME)
    if isinstance(status, Unknown):
        return status
    if status.get("Status") != "Enabled":
        known = status.get("Status") == "Disabled"
        return [] if known else Unknown("CloudSSO does not tell whether it is on")
    found: list[Directory] = []
    for region in status.get("RegionsInUse") or []:
        listed = account.listed(LIST_DIRECTORIES, region)
        if isinstance(listed, Unknown):
            return listed
        found += [Directory(id=one["DirectoryId"], region=region, item=one) for one in listed]
    return found


class Access(Struct, frozen=True, kw_only=True):
    """Who is assigned what. `held` maps the ids of users and groups to the ids of access
    configurations, `groups` those of users to the ids of their groups. `names` are those of groups
    and configurations, `administers` tells whether a configuration gives full administration."""

    held: dict[str, set[str]] | Unknown
    groups: dict[str, set[str]] | Unknown
    names: dict[str, str]
    administers: dict[str, Known]

    def direct(self, user: str) -> list[str] | Unknown:
        """The names of the access configurations that a user is assigned by itself."""
        return then(self.held, lambda held: self._named(held.get(user, set())))

    def groups_of(self, user: str) -> list[str] | Unknown:
        """The names of a user's groups."""
        return then(self.groups, lambda groups: self._named(groups.get(user, set())))

    def privileged(self, user: str) -> Known:
        """Whether the user administers an account in full, by itself or through a group."""
        if isinstance(self.held, Unknown):
            return self.held
        groups = set() if isinstance(self.groups, Unknown) else self.groups.get(user, set())
        reached = {one for holder in (user, *groups) for one in self.held.get(holder, set())}
        told = [self.administers[one] for one in sorted(reached)]
        return True if True in told else also(self.groups, *told) or False

    def _named(self, ids: set[str]) -> list[str]:
        return sorted({self.names.get(one, one) for one in ids})


def read_access(account: Account, directory: Directory) -> Access:
    """Ask for assignments, for the policies of what is assigned, and for members of groups."""
    assignments = directory.read(account, LIST_ASSIGNMENTS)
    groups = directory.read(account, LIST_GROUPS)
    held: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for one in _known(assignments):
        held.setdefault(one["PrincipalId"], set()).add(one["AccessConfigurationId"])
        names[one["AccessConfigurationId"]] = one["AccessConfigurationName"]
    configurations = sorted(names)
    administer = account.map(lambda one: _administers(account, directory, one), configurations)
    names |= {one["GroupId"]: one["GroupName"] for one in _known(groups)}
    return Access(
        held=also(assignments) or held,
        groups=then(groups, lambda known: _by_user(account, directory, known)),
        names=names,
        administers=dict(zip(configurations, administer, strict=True)),
    )


def _by_user(
    account: Account, directory: Directory, groups: list[Item]
) -> dict[str, set[str]] | Unknown:
    ids = [str(one["GroupId"]) for one in groups]
    lists = account.map(lambda one: directory.read(account, LIST_MEMBERS, GroupId=one), ids)
    found: dict[str, set[str]] = {}
    for group, members in zip(ids, lists, strict=True):
        if isinstance(members, Unknown):
            return members
        for member in members:
            found.setdefault(member["UserId"], set()).add(group)
    return found


def _known(found: list[Item] | Unknown) -> list[Item]:
    return [] if isinstance(found, Unknown) else found


def _administers(account: Account, directory: Directory, configuration: str) -> Known:
    """Whether the role of an access configuration may do everything. Its policies are RAM's own,
    or written into it."""
    found = directory.read(account, LIST_POLICIES, AccessConfigurationId=configuration)
    if isinstance(found, Unknown):
        return found
    parts: Rights = []
    for one in found:
        if one["PermissionPolicyType"] == INLINE:
            parts.append(then(inline_text(one), clauses))
        else:
            parts += rights(account, [_of_ram(one["PermissionPolicyName"])])
    return is_privileged(parts)


def inline_text(policy: Item) -> str | Unknown:
    """The text of a policy that is written into an access configuration."""
    text = policy.get("PermissionPolicyDocument")
    return str(text) if text else Unknown("the text of an inline policy is not told")


def _of_ram(name: str) -> Attachment:
    """RAM's own policy, as the role holds it on the whole of an account."""
    return Attachment(kind="role", name="", policy_type="System", policy_name=name, whole=True)
