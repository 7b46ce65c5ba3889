"""Settings of the account that a template makes: password policy, GuardDuty, AWS Config, encryption
of disks by default, the public-access block of S3.

Each document stands for one setting and not for the account: what a setting does not touch does not
apply to it, or is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.logic import every
from collectors.document import Document, Unknown, also, then
from collectors.facts.account import (
    AccountConfiguration,
    AccountIdentity,
    AccountThreatDetection,
    Detector,
    PasswordPolicy,
    Recorder,
    RegionSetting,
)
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws.bucket import ACCOUNT, FLAGS
from collectors.iac.mappers.aws.disk import BY_DEFAULT
from collectors.iac.mappers.aws.notifications import CHANNELS, notifications
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.joins import joined
from collectors.regions import GLOBAL

PASSWORDS = "aws_iam_account_password_policy"
DETECTOR, FEATURE = "aws_guardduty_detector", "aws_guardduty_detector_feature"
RECORDER = "aws_config_configuration_recorder"
RECORDER_STATUS = f"{RECORDER}_status"

_MALWARE = "EBS_MALWARE_PROTECTION"
_SCANNING = ("datasources", "malware_protection", "scan_ec2_instance_with_findings")
_FEATURES = Unknown("the features of a new detector are those of its region")
_OUTSIDE = Unknown("a template does not tell of the account's root user and people")
_NOT_READ = Unknown("guardrails are not read from templates")
_CHARACTERS = (
    "require_lowercase_characters",
    "require_numbers",
    "require_symbols",
    "require_uppercase_characters",
)


def map_passwords(block: Block, project: Project) -> Iterator[Document]:
    """The password policy; what is not written of it is off, and six characters are the least (IAM
    API reference, UpdateAccountPasswordPolicy)."""
    kinds = [block.read(name, bool, default=False) for name in _CHARACTERS]
    age = block.read("max_password_age", int, 0)
    facts = AccountIdentity(
        root_mfa=_OUTSIDE,
        root_mfa_hardware=_OUTSIDE,
        root_access_keys=_OUTSIDE,
        root_last_used=_OUTSIDE,
        password_policy=PasswordPolicy(
            minimum_length=block.read("minimum_password_length", int, 6),
            character_kinds=also(None, *kinds) or sum(kinds),  # type: ignore[arg-type]
            max_age_days=then(age, lambda days: days or None),
            reuse_prevention=block.read("password_reuse_prevention", int, 0),
            lockout_attempts=None,
            hard_expiry=block.read("hard_expiry", bool, default=False),
        ),
        session_max_minutes=_OUTSIDE,
        federated=_OUTSIDE,
        security_contacts=_OUTSIDE,
        administrators=_OUTSIDE,
        admin_source_ranges=_OUTSIDE,
    )
    yield aws_document(block, project, facts, region=GLOBAL)


def map_detector(block: Block, project: Project) -> Iterator[Document]:
    """GuardDuty in a region. It has no editions and prevents nothing."""
    region = region_of(block, project)
    on = block.read("enable", bool, default=True)
    detector = Detector(
        product="GuardDuty",
        region=region,
        enabled=on,
        edition=None,
        features=_FEATURES,
        malware_scan=every([on, _scans(block, project)]),
        prevention=None,
    )
    facts = AccountThreatDetection(
        detectors=[detector],
        notifications=notifications(block, project),
        aggregated=Unknown("a template does not tell"),
    )
    yield aws_document(block, project, facts, region=GLOBAL)


def _scans(block: Block, project: Project) -> bool | Unknown:
    """Whether GuardDuty scans volumes for malware, by a feature of its own resource or as older
    versions of the provider write it."""
    found = joined(project, block, "detector_id", FEATURE)
    for each in found.blocks:
        if each.get("name") == _MALWARE:
            word = each.read("status", str, Unknown("a feature of the detector gives no status"))
            return then(word, lambda status: status == "ENABLED")
    values: Any = block.values
    for name in (*_SCANNING, "ebs_volumes"):
        written = nested(values, name)
        if isinstance(written, Unknown) or not written:
            return also(written) or found.doubt or _FEATURES
        values = written[0]
    return read(values, "enable", bool, _FEATURES)


def map_recorder(block: Block, project: Project) -> Iterator[Document]:
    """A recorder of AWS Config, which records once a resource of its own has started it."""
    status = joined(project, block, "name", RECORDER_STATUS)
    started: bool | Unknown = status.doubt or Unknown(
        "nothing in this template starts the recorder"
    )
    if status.blocks:
        started = status.blocks[0].read("is_enabled", bool, Unknown("is_enabled is not written"))
    region = region_of(block, project)
    facts = AccountConfiguration(
        recorders=[Recorder(region=region, enabled=started, all_types=_records_all(block))],
        guardrails=_NOT_READ,
        regions_in_use=[region],  # type: ignore[list-item]
        default_disk_encryption=[],
        public_access_block=None,
    )
    yield aws_document(block, project, facts, region=GLOBAL)


def _records_all(block: Block) -> bool | Unknown:
    """Every type unless the recording group says otherwise (provider documentation)."""
    groups = nested(block.values, "recording_group")
    if isinstance(groups, Unknown):
        return groups
    if not groups:
        return True
    strategies = nested(groups[0], "recording_strategy")
    if isinstance(strategies, Unknown):
        return strategies
    told = read(groups[0], "all_supported", bool, default=True)
    # A strategy that leaves types out does so whatever the default of the older argument is.
    return then(
        read(strategies[0] if strategies else {}, "use_only", str, ""),
        lambda word: word == "ALL_SUPPORTED_RESOURCE_TYPES" if word else told,
    )


def map_disk_encryption(block: Block, project: Project) -> Iterator[Document]:
    """Encryption of new disks by default in a region."""
    region = region_of(block, project)
    setting = RegionSetting(region=region, enabled=block.read("enabled", bool, default=True))
    facts = AccountConfiguration(
        recorders=Unknown("encryption by default does not tell of AWS Config"),
        guardrails=_NOT_READ,
        regions_in_use=[region],  # type: ignore[list-item]
        default_disk_encryption=[setting],
        public_access_block=None,
    )
    yield aws_document(block, project, facts, region=GLOBAL)


def map_public_access(block: Block, project: Project) -> Iterator[Document]:
    """S3's public-access block of the account, of which a part that is not written is off (provider
    documentation). It holds in every region."""
    elsewhere = Unknown("a public-access block does not tell of AWS Config and regions")
    facts = AccountConfiguration(
        recorders=elsewhere,
        guardrails=_NOT_READ,
        regions_in_use=elsewhere,
        default_disk_encryption=[],
        public_access_block=every(
            block.read(argument, bool, default=False) for argument in FLAGS.values()
        ),
    )
    yield aws_document(block, project, facts, region=GLOBAL)


MAPPINGS = [
    Mapping(types=(PASSWORDS,), facts=AccountIdentity, map=map_passwords),
    Mapping(
        types=(DETECTOR,),
        facts=AccountThreatDetection,
        map=map_detector,
        joined=(FEATURE, *CHANNELS),
    ),
    Mapping(
        types=(RECORDER,),
        facts=AccountConfiguration,
        map=map_recorder,
        joined=(RECORDER_STATUS,),
    ),
    Mapping(types=(BY_DEFAULT,), facts=AccountConfiguration, map=map_disk_encryption),
    Mapping(types=(ACCOUNT,), facts=AccountConfiguration, map=map_public_access),
]

PART_OF = {
    "aws_config_configuration_recorder_status": PartOf(
        "aws_config_configuration_recorder", ("name",)
    ),
    "aws_guardduty_detector_feature": PartOf("aws_guardduty_detector", ("detector_id",)),
}

LINK_TYPES = frozenset(
    {"aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_sns_topic_subscription"}
)
