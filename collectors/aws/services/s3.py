"""S3 buckets, each read in its own region, with everything that decides on their exposure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.bucket import bucket_region, object_retention_days, owner
from collectors.aws.bucket_sources import source_ranges
from collectors.aws.encryption import OFF, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.policy_denials import is_open
from collectors.aws.policy_document import grants
from collectors.aws.policy_transport import bucket_tls
from collectors.aws.private_endpoints import CALLS as ENDPOINT_CALLS
from collectors.aws.private_endpoints import has_way
from collectors.aws.s3_calls import (
    GET_ACCOUNT_PUBLIC_ACCESS_BLOCK,
    GET_BUCKET_ACCELERATION,
    GET_BUCKET_ACL,
    GET_BUCKET_ENCRYPTION,
    GET_BUCKET_LIFECYCLE,
    GET_BUCKET_LOCATION,
    GET_BUCKET_LOGGING,
    GET_BUCKET_POLICY,
    GET_BUCKET_REPLICATION,
    GET_BUCKET_TAGGING,
    GET_BUCKET_VERSIONING,
    GET_OBJECT_LOCK,
    GET_PUBLIC_ACCESS_BLOCK,
    LIST_BUCKETS,
)
from collectors.aws.s3_facts import (
    Block,
    acl_grants,
    acl_is_public,
    copies_all,
    encryption_key,
    exposure,
    lifecycle,
    object_lock_days,
    public_access_block,
)
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.shared import Encryption, Logging
from collectors.facts.storage import Bucket, BucketReplica
from collectors.regions import GLOBAL

BUCKET = "AWS::S3::Bucket"


def buckets(account: Account) -> Iterable[Document]:
    """A document for each bucket of the account, in whichever region it lies."""
    found = account.read(LIST_BUCKETS)
    if isinstance(found, Unknown):
        yield account.unlisted(Bucket, found, GLOBAL, BUCKET)
        return
    block = account.read(GET_ACCOUNT_PUBLIC_ACCESS_BLOCK, AccountId=account.id) if found else None
    yield from account.map(lambda item: _document(account, item["Name"], block), found)


class _Asked(Struct, frozen=True):
    """A bucket, and the region that its questions go to."""

    account: Account
    name: str
    region: str

    def read(self, call: Call) -> Any:
        """The answer of a call about the bucket."""
        return self.account.read(call, self.region, self.name, Bucket=self.name)


def _document(account: Account, name: str, account_block: Block) -> Document:
    """A bucket whose region is denied is asked in the home region: S3 redirects from there."""
    location = bucket_region(account, name)
    region = account.home_region if isinstance(location, Unknown) else location
    asked = _Asked(account, name, region)
    arn = f"arn:{account.partition}:s3:::{name}"
    facts = _facts(asked, account_block)
    facts.private_endpoint = then(location, lambda known: has_way(account, known, "s3", arn))
    document = account.document(
        facts,
        id=arn,
        region=GLOBAL if isinstance(location, Unknown) else location,
        name=name,
        tags=then(asked.read(GET_BUCKET_TAGGING), tags_of),
        native_type=BUCKET,
        native={"Name": name},
    )
    if isinstance(location, Unknown):
        document.unknown["region"] = location.reason
        if document.country is None:
            document.unknown["country"] = location.reason
    return document


def _facts(asked: _Asked, account_block: Block) -> Bucket:
    acl = asked.read(GET_BUCKET_ACL)
    policy: str | Unknown | None = asked.read(GET_BUCKET_POLICY)
    granted = then(policy, grants)
    block = asked.read(GET_PUBLIC_ACCESS_BLOCK)
    versioning = asked.read(GET_BUCKET_VERSIONING)
    return Bucket(
        exposure=exposure(then(acl, acl_is_public), then(policy, is_open), block, account_block),
        public_access_block=public_access_block(block, account_block),
        acl=then(acl, acl_grants),
        policy=granted,
        encryption=then(
            asked.read(GET_BUCKET_ENCRYPTION), lambda answer: _encryption(asked, answer)
        ),
        tls=bucket_tls(policy),
        source_ranges=then(policy, source_ranges),
        versioning=then(versioning, lambda answer: answer.get("Status") == "Enabled"),
        mfa_delete=then(versioning, lambda answer: answer.get("MFADelete") == "Enabled"),
        object_lock_days=then(asked.read(GET_OBJECT_LOCK), object_lock_days),
        logging=then(asked.read(GET_BUCKET_LOGGING), lambda answer: _logging(asked, answer)),
        replication=then(asked.read(GET_BUCKET_REPLICATION), lambda answer: _copies(asked, answer)),
        # S3 keeps what is in a bucket in several zones (S3 user guide, "Data protection"); objects
        # of the class One Zone-IA are the exception, one by one.
        redundancy="multi-zone",
        lifecycle=then(asked.read(GET_BUCKET_LIFECYCLE), lifecycle),
        # S3 has no list of referers: a policy may look at them, as conditions of its grants.
        referers=None,
        acceleration=then(asked.read(GET_BUCKET_ACCELERATION), lambda status: status == "Enabled"),
    )


def _encryption(asked: _Asked, configuration: dict[str, Any] | None) -> Encryption:
    if configuration is None:
        return OFF
    algorithm, key = encryption_key(configuration)
    return at_rest(asked.account, asked.region, True, None if algorithm == "AES256" else key)


def _logging(asked: _Asked, target: dict[str, Any] | None) -> Logging:
    """Server access logging, whose target lies in the same account and region (S3 user guide,
    "Logging requests with server access logging")."""
    if target is None:
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=None,
        )
    account, bucket = asked.account, target["TargetBucket"]
    return Logging(
        enabled=True,
        destination=f"arn:{account.partition}:s3:::{bucket}",
        destination_account=account.id,
        destination_region=bucket_region(account, bucket),
        retention_days=object_retention_days(account, bucket, target.get("TargetPrefix", "")),
    )


def _copies(asked: _Asked, configuration: dict[str, Any] | None) -> list[BucketReplica]:
    """Where enabled replication rules copy to, each place once."""
    targets: dict[tuple[str, str | None], bool] = {}
    for rule in configuration["Rules"] if configuration else []:
        if rule["Status"] == "Enabled":
            to = (rule["Destination"]["Bucket"], rule["Destination"].get("Account"))
            targets[to] = copies_all(rule) or targets.get(to, False)
    return [
        _copy(asked.account, arn, given, whole=whole)
        for (arn, given), whole in sorted(targets.items(), key=repr)
    ]


def _copy(account: Account, arn: str, given: str | None, *, whole: bool) -> BucketReplica:
    name = arn.split(":")[5]
    return BucketReplica(
        region=bucket_region(account, name), account=given or owner(account, name), whole=whole
    )


SERVICE = Service(
    name="S3 buckets",
    types=((Bucket, BUCKET),),
    calls=(
        LIST_BUCKETS,
        GET_BUCKET_LOCATION,
        GET_BUCKET_ACL,
        GET_BUCKET_POLICY,
        GET_PUBLIC_ACCESS_BLOCK,
        GET_ACCOUNT_PUBLIC_ACCESS_BLOCK,
        GET_BUCKET_ENCRYPTION,
        GET_BUCKET_VERSIONING,
        GET_BUCKET_LOGGING,
        GET_BUCKET_REPLICATION,
        GET_BUCKET_LIFECYCLE,
        GET_BUCKET_TAGGING,
        GET_BUCKET_ACCELERATION,
        GET_OBJECT_LOCK,
        DESCRIBE_KEY,
        *ENDPOINT_CALLS,
    ),
    account=buckets,
)
