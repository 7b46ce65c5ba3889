"""Facts of users, groups, roles and policies."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Grant


class AccessKey(Struct, kw_only=True):
    """A long-lived access key. `last_used` is null when it was never used."""

    id: str | Absent = ABSENT
    active: bool | Absent = ABSENT
    created: str | Absent = ABSENT
    last_used: str | Absent | None = ABSENT


class User(Facts, kw_only=True):
    """A user of the account (IAM, RAM, Entra ID). `console` is true when it can sign in with a
    password. `mfa_kinds` are virtual, hardware, fido2, app, sms, email. `password_last_used` is
    null when there is no password or it was never used. `privileged`: holds administrative rights,
    directly or through a group. `escalation_paths`: see `Role`, of all policies that reach the user
    together; null where rights come by roles alone, which are judged themselves (Entra ID,
    CloudSSO). AWS: GetAccountAuthorizationDetails, GetLoginProfile,
    ListMFADevices, ListAccessKeys, GetAccessKeyLastUsed, GetCredentialReport.

    Azure (Microsoft Graph): the users of the tenant, guests (`external`) among them, and the
    programs that have an application or a service principal there, whose secrets and certificates
    are `keys`. `mfa` is true of a user who has a second factor and is asked for it (security
    defaults, Conditional Access). `mfa` and `mfa_kinds` are null for what cannot sign in to the
    console: a program, a disabled user of whom no report tells. `privileged`: by a role of Azure
    or of the directory, held or to be activated, or to be had by owning a group or a program that
    has it; a program also by permissions of Microsoft Graph, and with it who owns it.
    `groups` are those with such roles. `direct_policies` is null for a program, which is no person
    whose duties change."""

    TYPE: ClassVar[str] = "identity.user"

    console: bool | Absent = ABSENT
    mfa: bool | Absent | None = ABSENT
    mfa_kinds: list[str] | Absent | None = ABSENT
    keys: list[AccessKey] | Absent = ABSENT
    password_last_used: str | Absent | None = ABSENT
    password_changed: str | Absent | None = ABSENT
    groups: list[str] | Absent = ABSENT
    direct_policies: list[str] | Absent | None = ABSENT
    privileged: bool | Absent = ABSENT
    escalation_paths: list[str] | Absent | None = ABSENT
    external: bool | Absent = ABSENT
    enabled: bool | Absent = ABSENT


class Role(Facts, kw_only=True):
    """A role that principals assume. `trust` is its trust policy, one grant for each principal;
    `escalation_paths` names the permissions by which a holder can raise its own rights. Azure: a
    role definition that somebody holds or may activate, `trust` being its assignments, and the
    outsiders who are in a group that has one, or may join it; and a
    delegation of Azure Lighthouse, trusted being the managing tenant."""

    TYPE: ClassVar[str] = "identity.role"

    trust: list[Grant] | Absent = ABSENT
    policies: list[str] | Absent = ABSENT
    privileged: bool | Absent = ABSENT
    max_session_minutes: int | Absent = ABSENT
    last_used: str | Absent | None = ABSENT
    escalation_paths: list[str] | Absent = ABSENT


class Statement(Struct, kw_only=True):
    """One statement of a permission policy, every value a list, actions as written."""

    effect: Literal["allow", "deny"] | Absent = ABSENT
    actions: list[str] | Absent = ABSENT
    not_actions: list[str] | Absent = ABSENT
    resources: list[str] | Absent = ABSENT
    conditions: list[str] | Absent = ABSENT


class Policy(Facts, kw_only=True):
    """A permission policy. `attached` counts the principals that it is attached to; `full_admin`:
    an allow of every action on every resource, without a condition. Azure: a custom role
    definition, "every resource" being those of the scope it is assigned at."""

    TYPE: ClassVar[str] = "identity.policy"

    attached: int | Absent = ABSENT
    managed_by: Literal["provider", "customer"] | Absent = ABSENT
    statements: list[Statement] | Absent = ABSENT
    full_admin: bool | Absent = ABSENT
    escalation_paths: list[str] | Absent = ABSENT


class Group(Facts, kw_only=True):
    """A group of users. `privileged` and `escalation_paths`: see `Role`, of the policies that it
    holds itself; null where groups hold none (CloudSSO, whose access configurations tell)."""

    TYPE: ClassVar[str] = "identity.group"

    members: int | Absent = ABSENT
    privileged: bool | Absent | None = ABSENT
    escalation_paths: list[str] | Absent | None = ABSENT
