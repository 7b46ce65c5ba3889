"""Facts of a whole account: identity, audit, threat detection, configuration control."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Encryption, Exposure


class PasswordPolicy(Struct, kw_only=True):
    """Sign-in password rules. AWS: IAM GetAccountPasswordPolicy; Alibaba Cloud: IMS
    GetPasswordPolicy. `character_kinds` counts the required ones of upper case, lower case, digits,
    symbols. A null `max_age_days` never expires; `reuse_prevention` 0 remembers none."""

    minimum_length: int | Absent = ABSENT
    character_kinds: int | Absent = ABSENT
    max_age_days: int | Absent | None = ABSENT
    reuse_prevention: int | Absent = ABSENT
    lockout_attempts: int | Absent | None = ABSENT
    hard_expiry: bool | Absent = ABSENT


class Administrator(Struct, kw_only=True):
    """A principal with administrative rights and which of the three duties it holds."""

    principal: str | Absent = ABSENT
    duty: Literal["system", "security", "audit", "all"] | Absent = ABSENT


class AccountIdentity(Facts, kw_only=True):
    """Protection of the root / owner account, and sign-in rules of the account.

    AWS: IAM GetAccountSummary, GetCredentialReport, GetAccountPasswordPolicy. `root_mfa` and
    `root_mfa_hardware` are null where nobody can sign in as root: AWS in China has no root user,
    and an organisation can take the credentials of its members' away; `root_mfa_hardware` also
    where the cloud does not tell of which kind the device is (Alibaba Cloud). `password_policy` is
    null when the account has none. Alibaba Cloud: IMS. Azure: Entra ID. `lockout_attempts` is null
    in a cloud that has no such setting (AWS locks on its own terms).

    Azure has no root user: `root_mfa`, `root_mfa_hardware` and `root_last_used` are of the users
    who are Global Administrators of the tenant (who may activate the role, too, but for the last),
    `root_access_keys` counts the credentials of programs that are. `root_mfa_hardware` is null
    where all of them have a device and may use something else as well. `federated` is never false
    there: a directory without another behind it may itself be the organisation's.
    `administrators` are users, by roles of Azure in the whole subscription and of the directory.

    `security_contacts` are the addresses that the provider writes to about security (AWS: the
    alternate contact; Azure: Defender for Cloud; Alibaba Cloud: Message Center).
    `admin_source_ranges` are the CIDRs from which people may sign in, a country as "country:CN"
    (Alibaba Cloud: LoginNetworkMasks; Azure: Conditional Access); empty where any address may, null
    in a cloud that has no such setting (AWS: conditions of policies decide). `session_max_minutes`
    is how long a user's console sign-in lasts at most (Alibaba Cloud: LoginSessionDuration; Azure:
    the sign-in frequency that Conditional Access asks of everybody), null in a cloud that has no
    such setting (AWS: sessions of roles are facts of the roles).
    """

    TYPE: ClassVar[str] = "account.identity"

    root_mfa: bool | Absent | None = ABSENT
    root_mfa_hardware: bool | Absent | None = ABSENT
    root_access_keys: int | Absent = ABSENT
    root_last_used: str | Absent | None = ABSENT
    password_policy: PasswordPolicy | Absent | None = ABSENT
    session_max_minutes: int | Absent | None = ABSENT
    federated: bool | Absent = ABSENT
    security_contacts: list[str] | Absent = ABSENT
    administrators: list[Administrator] | Absent = ABSENT
    admin_source_ranges: list[str] | Absent | None = ABSENT


class TrailDestination(Struct, kw_only=True):
    """The store that a trail delivers to (bucket or log store), with its owner and region."""

    store: str | Absent = ABSENT
    account: str | Absent | None = ABSENT
    region: str | Absent | None = ABSENT


class Trail(Struct, kw_only=True):
    """One audit trail. AWS: CloudTrail DescribeTrails, GetTrailStatus, GetEventSelectors, joined
    with its bucket. Alibaba Cloud: ActionTrail. Azure: activity-log export. `data_events` names the
    kinds of which reads and writes are recorded ("AWS::S3::Object"; Alibaba Cloud: the service of a
    data event selector, "Oss").
    `integrity_validation` is null in a cloud that has no such setting. `retention_days` is null
    when records are never deleted. `store_lock_days` counts the days for which a record cannot be
    deleted or overwritten by anybody (S3 Object Lock by default in compliance mode, a locked
    immutability policy of Azure or retention policy of OSS), 0 where the store has no such lock. It
    and `store_versioning` are null where the store is no bucket and knows neither."""

    id: str | Absent = ABSENT
    all_regions: bool | Absent = ABSENT
    management_writes: bool | Absent = ABSENT
    management_reads: bool | Absent = ABSENT
    data_events: list[str] | Absent = ABSENT
    logging: bool | Absent = ABSENT
    integrity_validation: bool | Absent | None = ABSENT
    encryption: Encryption | Absent = ABSENT
    destination: TrailDestination | Absent = ABSENT
    retention_days: int | Absent | None = ABSENT
    store_exposure: Exposure | Absent = ABSENT
    store_versioning: bool | Absent | None = ABSENT
    store_lock_days: int | Absent | None = ABSENT
    delivery_error: str | Absent | None = ABSENT


class OperationAlarm(Struct, kw_only=True):
    """An alarm on a kind of critical operation. `on` is one of vm-create, vm-delete, vm-reboot,
    root-use, policy-change, trail-change, key-deletion, firewall-change, sign-in-failure."""

    on: str | Absent = ABSENT
    active: bool | Absent = ABSENT
    notifies: list[str] | Absent = ABSENT


class AccountAudit(Facts, kw_only=True):
    """Audit trails of the account and the alarms on critical operations. Both lists are empty when
    the account has none: absence is a fact here. `central` is true when trails are delivered to
    another account's store or belong to the organisation, null for an account that belongs to no
    organisation and so has no other accounts to gather records with. `provider_operations_visible`
    is null in a cloud that has no such setting (Azure: Customer Lockbox; Alibaba Cloud:
    Inner-ActionTrail)."""

    TYPE: ClassVar[str] = "account.audit"

    trails: list[Trail] | Absent = ABSENT
    provider_operations_visible: bool | Absent | None = ABSENT
    alarms: list[OperationAlarm] | Absent = ABSENT
    central: bool | Absent | None = ABSENT


class Detector(Struct, kw_only=True):
    """Threat detection in one region (GuardDuty, Defender for Cloud, Security Center). A region in
    use without a detector is listed with `enabled` false."""

    product: str | Absent = ABSENT
    region: str | Absent = ABSENT
    enabled: bool | Absent = ABSENT
    edition: str | Absent | None = ABSENT
    features: list[str] | Absent = ABSENT
    malware_scan: bool | Absent | None = ABSENT
    prevention: bool | Absent | None = ABSENT


class Notification(Struct, kw_only=True):
    """A channel by which detections reach people. `minimum_severity` is the lowest that it sends:
    informational, low, medium, high or critical. It is active when it is on and somebody receives
    it (a confirmed subscription, a contact, a webhook)."""

    channel: str | Absent = ABSENT
    minimum_severity: str | Absent = ABSENT
    active: bool | Absent = ABSENT


class AccountThreatDetection(Facts, kw_only=True):
    """Threat detection of the account, one entry of `detectors` for each region scanned.
    `aggregated`: findings of all products and regions in use are gathered in one place (AWS:
    Security Hub with a finding aggregator, one region needs none; Azure: Defender for Cloud exports
    its alerts to a workspace; Alibaba Cloud: Security Center, of an organisation its multi-account
    management)."""

    TYPE: ClassVar[str] = "account.threat_detection"

    detectors: list[Detector] | Absent = ABSENT
    notifications: list[Notification] | Absent = ABSENT
    aggregated: bool | Absent = ABSENT


class Recorder(Struct, kw_only=True):
    """Configuration recording in one region (AWS Config, Cloud Config). A region without a recorder
    is listed with `enabled` false."""

    region: str | Absent = ABSENT
    enabled: bool | Absent = ABSENT
    all_types: bool | Absent = ABSENT


class Guardrail(Struct, kw_only=True):
    """A preventive policy that reaches the account from its organisation (SCP, Azure Policy with
    the effect deny, Control Policy). Those that every organisation has and that deny nothing
    (FullAWSAccess, FullAliyunAccess) are left out. `denies_regions` are the regions that it denies
    by name; `only_regions` those that it leaves where it denies all others, new ones included, null
    where it is no such policy."""

    kind: str | Absent = ABSENT
    id: str | Absent = ABSENT
    denies_regions: list[str] | Absent | None = ABSENT
    only_regions: list[str] | Absent | None = ABSENT


class RegionSetting(Struct, kw_only=True):
    """An on/off setting in one region."""

    region: str | Absent = ABSENT
    enabled: bool | Absent = ABSENT


class AccountConfiguration(Facts, kw_only=True):
    """Configuration control of the account: recorders (null in a cloud that has none to turn on:
    Azure keeps changes by itself), guardrails, regions in use (those that hold a resource that this
    scan lists), disk encryption by default, account-wide public-access block (null where the cloud
    has none)."""

    TYPE: ClassVar[str] = "account.configuration"

    recorders: list[Recorder] | Absent | None = ABSENT
    guardrails: list[Guardrail] | Absent = ABSENT
    regions_in_use: list[str] | Absent = ABSENT
    default_disk_encryption: list[RegionSetting] | Absent = ABSENT
    public_access_block: bool | Absent | None = ABSENT
