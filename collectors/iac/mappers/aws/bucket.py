"""aws_s3_bucket with every resource that sets a part of it, and with its older inline arguments.

What a template leaves open is what S3 documents of new buckets: encrypted with keys of S3, public
access blocked and ACLs disabled (S3 user guide, "Default settings for new S3 buckets").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from collectors.aws.s3_facts import Block as Flags
from collectors.aws.s3_facts import (
    acl_grants,
    acl_is_public,
    expiry_days,
    exposure,
    lifecycle,
    object_lock_days,
    public_access_block,
)
from collectors.bucket_copies import by_place
from collectors.document import Document, Unknown, also, then
from collectors.facts.shared import Encryption, Logging
from collectors.facts.storage import Bucket, BucketReplica, Lifecycle
from collectors.iac.accounts import named, same_account
from collectors.iac.blocks import (
    Block,
    Mapping,
    OpenArguments,
    Project,
    Reference,
    nested,
    read,
)
from collectors.iac.mappers.aws import bucket_acl, bucket_lifecycle, policy
from collectors.iac.mappers.aws.bucket_copies import copies_all
from collectors.iac.mappers.aws.bucket_objects import OBJECTS, open_objects, open_together
from collectors.iac.mappers.aws.bucket_places import places
from collectors.iac.mappers.aws.encryption import KEYS, at_rest
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.private_way import WAYS, has_way
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.joins import identity, joined, name_of, settle, target_of
from collectors.iac.mappers.pointers import leads_to_one
from collectors.logic import Known

BUCKET = "aws_s3_bucket"
ACL, POLICY = f"{BUCKET}_acl", f"{BUCKET}_policy"
PUBLIC_ACCESS = f"{BUCKET}_public_access_block"
ENCRYPTION = f"{BUCKET}_server_side_encryption_configuration"
VERSIONING = f"{BUCKET}_versioning"
LOGGING = f"{BUCKET}_logging"
OWNERSHIP = f"{BUCKET}_ownership_controls"
REPLICATION = f"{BUCKET}_replication_configuration"
LIFECYCLE = f"{BUCKET}_lifecycle_configuration"
ACCELERATION = f"{BUCKET}_accelerate_configuration"
OBJECT_LOCK = f"{BUCKET}_object_lock_configuration"
PARTS = (
    ACL, POLICY, PUBLIC_ACCESS, ENCRYPTION, VERSIONING, LOGGING, OWNERSHIP, REPLICATION, LIFECYCLE,
    ACCELERATION, OBJECT_LOCK,
)  # fmt: skip
ACCOUNT = "aws_s3_account_public_access_block"

FLAGS = {
    "BlockPublicAcls": "block_public_acls",
    "IgnorePublicAcls": "ignore_public_acls",
    "BlockPublicPolicy": "block_public_policy",
    "RestrictPublicBuckets": "restrict_public_buckets",
}
"""The parts of a public-access block, by their names in the API."""
_ELSEWHERE = Unknown("the bucket is not part of this template")
_CONTRADICTION = Unknown(
    "the template asks for public access and writes no aws_s3_bucket_public_access_block: S3 "
    "refuses that for a new bucket"
)

Part = dict[str, Any] | Unknown | None
"""The arguments that set one part of a bucket; None where nothing is written."""


def map_bucket(block: Block, project: Project) -> Iterator[Document]:
    """A bucket, joined with its parts."""
    yield aws_document(block, project, facts_of(block, project), name=name_of(block, "bucket"))


def facts_of(block: Block, project: Project) -> Bucket:
    """The facts of an aws_s3_bucket, joined with its parts."""

    def part(kind: str) -> Part:
        separate = joined(project, block, "bucket", kind)
        if len(separate.blocks) > 1:
            return Unknown(f"several {kind} set this bucket: the last one applied holds")
        return separate.blocks[0].values if separate.blocks else separate.doubt

    objects = open_objects(block, project)
    return _facts(_Bucket(block, project, part, block.values, objects))


def map_orphan(block: Block, project: Project) -> Iterator[Document]:
    """A part of a bucket that is not in this project: all such parts of one bucket together."""
    target = block.get("bucket")
    if any(leads_to_one(project, each, BUCKET) for each in _each(target)):
        return
    together = [
        project.take(each)
        for each in project.of_type(*PARTS)
        if each is block or (_same(each.get("bucket"), target))
    ]
    if together[0] is not block:
        return

    def part(kind: str) -> Part:
        return next((each.values for each in together if each.type == kind), _ELSEWHERE)

    objects = open_together(
        [
            project.take(each)
            for each in project.of_type(*OBJECTS)
            if _same(each.get("bucket"), target)
        ]
    )
    facts = _facts(_Bucket(block, project, part, {}, objects))
    named = settle(project, target)
    yield aws_document(block, project, facts, name=named if isinstance(named, str) else block.name)


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Reference) and isinstance(other, Reference):
        return one.address == other.address
    return isinstance(one, str) and one == other


class _Bucket:
    """A bucket as its parts set it. `inline` holds the arguments of the bucket itself, which
    provider versions before 4 had in place of separate resources; `objects` whether one of its
    objects has a public ACL."""

    def __init__(
        self,
        block: Block,
        project: Project,
        part: Callable[[str], Part],
        inline: dict[str, Any],
        objects: Known,
    ) -> None:
        self.block = block
        self.objects = objects
        self.project = project
        self.part = part
        self.inline = inline
        self.region = region_of(block, project)

    def block_or_inline(self, kind: str, *arguments: str) -> Part:
        """A nested block of the separate resource, or else of the bucket: the last argument is the
        bucket's name of the block, those before lead to it in the separate resource."""
        part = self.part(kind)
        if isinstance(part, dict):
            return _only(part, arguments[0])
        return part or _only(self.inline, arguments[-1])

    def word(self, kind: str, argument: str, inline: str) -> str | Unknown | None:
        """A text of the separate resource, or else of an argument of the bucket."""
        part = self.part(kind)
        if isinstance(part, Unknown):
            return part
        missing: Any = None
        if part is None:
            return read(self.inline, inline, str, missing)
        return read(part, argument, str, Unknown(f"{kind} gives no {argument}"))


def _only(values: dict[str, Any], argument: str) -> Part:
    found = nested(values, argument)
    if isinstance(found, Unknown):
        return found
    return found[0] if found else None


def _facts(bucket: _Bucket) -> Bucket:
    project = bucket.project
    grants = _acl(bucket)
    written = _policy(bucket)
    given = then(written, lambda it: policy.grants(project, bucket.block, it) if it else [])
    part = bucket.part(PUBLIC_ACCESS)
    flags, account = _flags(part), _account_flags(bucket)
    # What asks for public access counts although a bucket elsewhere may have a block of its own.
    public = exposure(
        then(grants, acl_is_public),
        then(written, lambda it: is_open(project, it) if it else False),
        None if part is _ELSEWHERE else flags,
        account,
        False if _has_no_acls(bucket) else bucket.objects,
    )
    blocked = public_access_block(flags, account)
    if flags is None and blocked is False:
        asked = public.public
        blocked = also(asked) or (_CONTRADICTION if asked else True)
    return Bucket(
        exposure=public,
        public_access_block=blocked,
        acl=then(grants, acl_grants),
        policy=given,
        encryption=_encryption(bucket),
        tls=policy.tls(project, written),
        source_ranges=places(project, written),
        versioning=_versioned(bucket),
        mfa_delete=_versioning(bucket, "mfa_delete", "mfa_delete", "Enabled"),
        object_lock_days=_object_lock(bucket),
        logging=_logging(bucket),
        replication=_replication(bucket),
        # As the live collector has it: S3 keeps what is in a bucket in several zones.
        redundancy="multi-zone",
        lifecycle=_lifecycle(bucket),
        private_endpoint=has_way(project, bucket.region, "s3"),
        referers=None,
        acceleration=then(
            bucket.word(ACCELERATION, "status", "acceleration_status"),
            lambda status: status == "Enabled",
        ),
    )


def _acl(bucket: _Bucket) -> list[dict[str, Any]] | Unknown:
    """What the ACL grants to others than the owner, as GetBucketAcl tells it. Where ownership
    controls disable ACLs, none is in effect; S3 disables them for new buckets too, and refuses an
    ACL then: a template that asks for a public one all the same is not taken for private."""
    if _has_no_acls(bucket):
        return []
    part = bucket.part(ACL)
    if isinstance(part, Unknown):
        return part
    return bucket_acl.grants(bucket.inline if part is None else part)


def _has_no_acls(bucket: _Bucket) -> bool:
    controls = bucket.part(OWNERSHIP)
    rule = _only(controls, "rule") if isinstance(controls, dict) else None
    return isinstance(rule, dict) and rule.get("object_ownership") == "BucketOwnerEnforced"


def _policy(bucket: _Bucket) -> policy.Written | Unknown | None:
    part = bucket.part(POLICY)
    if isinstance(part, Unknown):
        return part
    return policy.read_policy(
        bucket.project, (bucket.inline if part is None else part).get("policy")
    )


def _flags(part: Part) -> Flags:
    """A public-access block; what is not written of it is off (provider documentation)."""
    if part is None or isinstance(part, Unknown):
        return part
    return {name: read(part, argument, bool, default=False) for name, argument in FLAGS.items()}


def _account_flags(bucket: _Bucket) -> Flags:
    """The account's block where the template sets it. Of an account that it does not set nothing
    is known; it could only make a bucket safer than its template."""
    project = bucket.project
    found = (each for each in project.of_type(ACCOUNT) if same_account(project, each, bucket.block))
    block = next(found, None)
    return _flags(block.values) if block else None


def _encryption(bucket: _Bucket) -> Encryption:
    part = bucket.part(ENCRYPTION)
    if part is None:
        part = _only(bucket.inline, "server_side_encryption_configuration")
    rule = _only(part, "rule") if isinstance(part, dict) else part
    default = (
        _only(rule, "apply_server_side_encryption_by_default") if isinstance(rule, dict) else rule
    )
    if isinstance(default, Unknown):
        return Encryption(enabled=True, key_manager=default, key_id=default, algorithm="AES-256")
    algorithm = read(default or {}, "sse_algorithm", str, "AES256")
    if isinstance(algorithm, Unknown):
        return Encryption(
            enabled=True, key_manager=algorithm, key_id=algorithm, algorithm="AES-256"
        )
    key = None if algorithm == "AES256" or default is None else default.get("kms_master_key_id")
    return at_rest(bucket.project, True, key)


def _versioned(bucket: _Bucket) -> bool | Unknown:
    """Whether versions are kept. A bucket that is made with Object Lock keeps them without a word
    (S3 user guide, "Locking objects with Object Lock")."""
    if bucket.part(VERSIONING) is None and not bucket.inline.get("versioning"):
        return read(bucket.inline, "object_lock_enabled", bool, default=False)
    return _versioning(bucket, "status", "enabled", "Enabled")


def _versioning(bucket: _Bucket, argument: str, inline: str, word: str) -> bool | Unknown:
    """A switch of versioning: a word in the separate resource, true or false in the bucket."""
    part = bucket.part(VERSIONING)
    if part is None:
        found = _only(bucket.inline, "versioning")
        return then(found, lambda values: read(values or {}, inline, bool, default=False))
    if isinstance(part, Unknown):
        return part
    setting = _only(part, "versioning_configuration")
    if isinstance(setting, Unknown):
        return setting
    return then(read(setting or {}, argument, str, "Disabled"), lambda status: status == word)


def _object_lock(bucket: _Bucket) -> int | Unknown | None:
    part = bucket.part(OBJECT_LOCK)
    if part is None:
        part = _only(bucket.inline, "object_lock_configuration")
    for argument in ("rule", "default_retention"):
        part = _only(part, argument) if isinstance(part, dict) else part
    if part is None or isinstance(part, Unknown):
        return part
    absent: Any = None
    days, years = read(part, "days", int, absent), read(part, "years", int, absent)
    mode = read(part, "mode", str, Unknown("the default retention of the bucket gives no mode"))
    doubt = also(mode) or (also(days, years) if mode == "COMPLIANCE" else None)
    if doubt:
        return doubt
    period = {"Mode": mode, "Days": days, "Years": years}
    retention = {unit: number for unit, number in period.items() if number is not None}
    return object_lock_days({"Rule": {"DefaultRetention": retention}})


def _logging(bucket: _Bucket) -> Logging:
    """Server access logging, whose target lies in the same account and region."""
    part = bucket.part(LOGGING)
    target: Part = _only(bucket.inline, "logging") if part is None else part
    if isinstance(target, OpenArguments):
        # Whether it is written at all is decided at deployment.
        target = target["target_bucket"]
    if isinstance(target, Unknown):
        return Logging(
            enabled=target,
            destination=target,
            destination_account=target,
            destination_region=target,
            retention_days=target,
        )
    if target is None:
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=None,
        )
    prefix = read(target, "target_prefix", str, "")
    kept = bucket_named(bucket.project, target.get("target_bucket"))
    missing = Unknown("the log bucket is not part of this template")
    return Logging(
        enabled=True,
        destination=identity(bucket.project, target.get("target_bucket")),
        destination_account=bucket.project.account,
        destination_region=bucket.region,
        retention_days=then(prefix, lambda text: kept_days(bucket.project, kept, text))
        if kept
        else missing,
    )


def kept_days(project: Project, target: Block, prefix: str) -> int | Unknown | None:
    """The days that a bucket keeps objects under a prefix; null for ever."""
    return then(_rules(project, target), lambda rules: expiry_days(rules, prefix))


def _rules(project: Project, block: Block) -> list[dict[str, Any]] | Unknown:
    separate = joined(project, block, "bucket", LIFECYCLE)
    if separate.blocks:
        return bucket_lifecycle.rules(separate.blocks[0].values)
    return separate.doubt or bucket_lifecycle.inline_rules(block.values)


def _lifecycle(bucket: _Bucket) -> Lifecycle | Unknown | None:
    part = bucket.part(LIFECYCLE)
    if isinstance(part, Unknown):
        return part
    found = (
        bucket_lifecycle.inline_rules(bucket.inline)
        if part is None
        else bucket_lifecycle.rules(part)
    )
    return then(found, lambda rules: lifecycle(rules or None))


def _replication(bucket: _Bucket) -> list[BucketReplica] | Unknown:
    """Where enabled rules copy to, each place once."""
    part = bucket.part(REPLICATION)
    name = "rule"
    if part is None:
        part, name = _only(bucket.inline, "replication_configuration"), "rules"
    if part is None or isinstance(part, Unknown):
        return part or []
    rules = nested(part, name)
    if isinstance(rules, Unknown):
        return rules
    copies: list[Any] = []
    for rule in rules:
        status = read(rule, "status", str, "Enabled")
        targets = nested(rule, "destination")
        if status != "Enabled" and not isinstance(status, Unknown):
            continue
        doubt = also(status, targets)
        whole = copies_all(rule)
        copies += (
            [doubt] if doubt else [_copy(bucket, each, whole) for each in cast("Any", targets)]
        )
    return by_place(copies)


def _copy(bucket: _Bucket, values: dict[str, Any], whole: Known) -> BucketReplica:
    project = bucket.project
    target = bucket_named(project, values.get("bucket"))
    unseen = Unknown("the bucket that is copied to is not part of this template")
    account = read(values, "account", str, project.account if target else unseen)
    return BucketReplica(
        region=region_of(target, project) if target else unseen,
        account=then(account, lambda written: named(project, written)),
        whole=whole,
    )


def bucket_named(project: Project, value: Any) -> Block | None:
    """The bucket of this project that a value leads to, names, or is the ARN of."""
    found = target_of(project, value, BUCKET)
    value = settle(project, value)
    if found or not isinstance(value, str):
        return found
    name = value.rpartition(":::")[2]
    return next((b for b in project.of_type(BUCKET) if b.values.get("bucket") == name), None)


MAPPINGS = [
    Mapping(
        types=(BUCKET,),
        facts=Bucket,
        map=map_bucket,
        joined=(*PARTS, ACCOUNT, *OBJECTS, *WAYS, *KEYS),
    ),
    Mapping(types=PARTS, facts=Bucket, map=map_orphan, joined=(ACCOUNT, DOCUMENT, *OBJECTS)),
]
