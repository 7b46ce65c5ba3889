"""Facts of instances, disks, snapshots, images, functions, containers and clusters."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Tls


class InstanceImage(Struct, kw_only=True):
    """The image that an instance runs. `approved` is null where no list of approved ones exists."""

    owner: str | Absent = ABSENT
    approved: bool | Absent | None = ABSENT
    created: str | Absent = ABSENT
    deprecated: bool | Absent | None = ABSENT


class Agent(Struct, kw_only=True):
    """The agent that looks for malware and intrusions on the host (AWS: GuardDuty Runtime
    Monitoring, not offered in mainland China; Azure: Defender for Endpoint or the Antimalware
    extension; Alibaba Cloud: Security Center). One that only manages or measures the machine
    (Systems Manager, Azure Monitor, CloudMonitor) is none."""

    installed: bool | Absent = ABSENT
    online: bool | Absent = ABSENT


class Patch(Struct, kw_only=True):
    """Patch management of an instance (AWS: Systems Manager; Azure: patch mode, Update Manager;
    Alibaba Cloud: CloudOps Orchestration Service). `critical_missing` is null where nothing counts
    them."""

    managed: bool | Absent = ABSENT
    critical_missing: int | Absent | None = ABSENT


class Vulnerabilities(Struct, kw_only=True):
    """Vulnerability assessment of an instance (AWS: Inspector; Azure: Defender for Cloud; Alibaba
    Cloud: Security Center). `critical` counts the open critical ones, null where nothing assesses
    it (never for a count that could not be read); `oldest_critical_days` is null where there is
    none, or no date is told."""

    assessed: bool | Absent = ABSENT
    critical: int | Absent | None = ABSENT
    oldest_critical_days: int | Absent | None = ABSENT


class Instance(Facts, kw_only=True):
    """A virtual machine. `metadata_token_required`: its metadata service answers only requests with
    a session token (AWS HttpTokens=required, Alibaba Cloud security-hardening mode; true as well
    when the metadata service is off; null where the cloud has no such setting, as for
    `deletion_protection`). `password_login`: its system takes a password for remote sign-in, null
    where the cloud does not decide that. `disks_encrypted`: every attached disk is. `monitoring`:
    its metrics are collected closely (AWS: detailed monitoring; Azure: Azure Monitor agent; Alibaba
    Cloud: CloudMonitor agent). `alarms` counts the alarms that are on, tell somebody and watch it,
    by itself or through its group."""

    TYPE: ClassVar[str] = "compute.instance"

    state: str | Absent = ABSENT
    vpc_id: str | Absent | None = ABSENT
    network_kind: Literal["vpc", "classic"] | Absent = ABSENT
    public_ips: list[str] | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
    firewalls: list[str] | Absent = ABSENT
    image_id: str | Absent = ABSENT
    image: InstanceImage | Absent = ABSENT
    key_pair: bool | Absent = ABSENT
    password_login: bool | Absent | None = ABSENT
    metadata_token_required: bool | Absent | None = ABSENT
    role: str | Absent | None = ABSENT
    disks_encrypted: bool | Absent = ABSENT
    agent: Agent | Absent | None = ABSENT
    patch: Patch | Absent | None = ABSENT
    vulnerabilities: Vulnerabilities | Absent | None = ABSENT
    monitoring: bool | Absent = ABSENT
    alarms: int | Absent = ABSENT
    backup: Backup | Absent = ABSENT
    tenancy: Literal["shared", "dedicated-instance", "dedicated-host"] | Absent = ABSENT
    secure_boot: bool | Absent | None = ABSENT
    vtpm: bool | Absent | None = ABSENT
    deletion_protection: bool | Absent | None = ABSENT
    user_data_secrets: bool | Absent = ABSENT
    zone: str | Absent = ABSENT


class LaunchTemplate(Facts, kw_only=True):
    """What machines are made from when they are needed (AWS: a launch template or configuration;
    Alibaba Cloud: a launch template or scaling configuration; Azure: the model of a scale set). It
    stands for machines that may not be there while a scan looks. Of the versions that count (the
    default one, and those that scaling groups use) each fact tells the worst.

    `disks_encrypted`: every disk of a new machine is, by the template, its image, or the account's
    default. `public_address`: a new machine gets a public address, as the template says or else the
    subnets of its groups. The others are those of `compute.instance`."""

    TYPE: ClassVar[str] = "compute.launch_template"

    metadata_token_required: bool | Absent | None = ABSENT
    disks_encrypted: bool | Absent = ABSENT
    public_address: bool | Absent = ABSENT
    user_data_secrets: bool | Absent = ABSENT
    image: InstanceImage | Absent = ABSENT


class Disk(Facts, kw_only=True):
    """A block-storage volume. `size_bytes` in bytes."""

    TYPE: ClassVar[str] = "compute.disk"

    encryption: Encryption | Absent = ABSENT
    attached: bool | Absent = ABSENT
    size_bytes: int | Absent = ABSENT
    backup: Backup | Absent = ABSENT
    zone: str | Absent = ABSENT
    delete_with_instance: bool | Absent = ABSENT


class Copy(Struct, kw_only=True):
    """A copy in another region."""

    region: str | Absent = ABSENT


class Snapshot(Facts, kw_only=True):
    """A snapshot of a disk. `shared_with` lists accounts, or "all" for everyone. `source_exists`
    is null when the cloud does not say, and so is `copies` (AWS: a copy is a snapshot of its own in
    its region)."""

    TYPE: ClassVar[str] = "compute.snapshot"

    encryption: Encryption | Absent = ABSENT
    shared_with: list[str] | Absent = ABSENT
    created: str | Absent = ABSENT
    source_exists: bool | Absent | None = ABSENT
    copies: list[Copy] | Absent | None = ABSENT
    hardened: bool | Absent | None = ABSENT


class Image(Facts, kw_only=True):
    """A machine image of the account. `encryption.enabled` is true when all of its disks are."""

    TYPE: ClassVar[str] = "compute.image"

    encryption: Encryption | Absent = ABSENT
    shared_with: list[str] | Absent = ABSENT
    created: str | Absent = ABSENT
    source_exists: bool | Absent | None = ABSENT
    copies: list[Copy] | Absent = ABSENT
    hardened: bool | Absent | None = ABSENT


class Function(Facts, kw_only=True):
    """A serverless function. `exposure` is public where anyone can invoke it without signing in, by
    a URL or HTTP trigger without authentication, or by its policy (AWS: everybody who has an
    account). `network_kind` is public where it runs in a network that is the provider's and not the
    account's. `runtime` and `runtime_supported` are null where it brings its own: a container
    image. `tls` is towards those who call it over HTTP, and required where plain HTTP is refused or
    redirected; null where nobody can, or the cloud takes HTTPS alone (AWS). `plain_ftp`: code can
    be uploaded over FTP without TLS; null where the cloud takes none over FTP (AWS, Alibaba
    Cloud)."""

    TYPE: ClassVar[str] = "compute.function"

    runtime: str | Absent | None = ABSENT
    runtime_supported: bool | Absent | None = ABSENT
    vpc_id: str | Absent | None = ABSENT
    network_kind: Literal["vpc", "public"] | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
    tls: Tls | Absent | None = ABSENT
    plain_ftp: bool | Absent | None = ABSENT
    environment_secrets: bool | Absent = ABSENT
    environment_encryption: Encryption | Absent = ABSENT
    role: str | Absent | None = ABSENT
    logging: Logging | Absent = ABSENT


class ContainerService(Facts, kw_only=True):
    """Containers that the cloud runs without Kubernetes (AWS: a service of ECS, or the newest
    revision of a task definition that no service uses; Azure: Container Apps, Container Instances;
    Alibaba Cloud: Elastic Container Instance), with all the containers of its definition.

    `public_address`: each of its copies gets a public address of its own; it, `exposure` and
    `firewalls` are null where the containers stand behind the addresses of their machines, which
    are judged there, and so is `firewalls` behind the ingress of an environment in the provider's
    network (Container Apps). `network_kind` is public where they run in a network that is the
    provider's.
    `environment_secrets`: the environment of a container holds a secret. `privileged_containers`
    names those that run with the rights of their host: privileged, among its processes, with added
    capabilities that amount to that, with its root folder or the socket of its container engine,
    or with leave to write to its /etc, /proc or /var/lib/docker. `logging`: the output of every
    container goes to a store that outlives it; of several stores the shortest retention counts."""

    TYPE: ClassVar[str] = "compute.container_service"

    vpc_id: str | Absent | None = ABSENT
    network_kind: Literal["vpc", "public"] | Absent = ABSENT
    public_address: bool | Absent | None = ABSENT
    exposure: Exposure | Absent | None = ABSENT
    firewalls: list[str] | Absent | None = ABSENT
    environment_secrets: bool | Absent = ABSENT
    privileged_containers: list[str] | Absent = ABSENT
    role: str | Absent | None = ABSENT
    logging: Logging | Absent = ABSENT


class Cluster(Facts, kw_only=True):
    """A Kubernetes cluster. `endpoint_ranges` may reach the public endpoint of its API; an empty
    list limits nothing (EKS, AKS, and the ACL of ACK's load balancer)."""

    TYPE: ClassVar[str] = "compute.cluster"

    version: str | Absent = ABSENT
    version_supported: bool | Absent = ABSENT
    endpoint_public: bool | Absent = ABSENT
    endpoint_ranges: list[str] | Absent = ABSENT
    secrets_encryption: Encryption | Absent = ABSENT
    audit_log: Logging | Absent = ABSENT
    rbac: bool | Absent = ABSENT
    network_policy: bool | Absent = ABSENT
    node_zones: list[str] | Absent = ABSENT
    nodes_hardened: bool | Absent | None = ABSENT
