"""Where the audit log of a database goes, in the forms that its services share."""

from __future__ import annotations

from collectors.aws.account import Account
from collectors.aws.bucket import bucket_region, object_retention_days, owner
from collectors.aws.log_group import retention_days
from collectors.document import Unknown
from collectors.facts.shared import Logging

OFF = Logging(
    enabled=False,
    destination=None,
    destination_account=None,
    destination_region=None,
    retention_days=None,
)


def in_doubt(reason: Unknown) -> Logging:
    """A log of which nothing is known."""
    return Logging(
        enabled=reason,
        destination=reason,
        destination_account=reason,
        destination_region=reason,
        retention_days=reason,
    )


def to_log_group(account: Account, region: str, name: str) -> Logging:
    """A log that goes to a log group of the account in the same region."""
    return Logging(
        enabled=True,
        destination=account.arn("logs", region, f"log-group:{name}"),
        destination_account=account.id,
        destination_region=region,
        retention_days=retention_days(account, region, name),
    )


def to_bucket(account: Account, bucket: str, prefix: str) -> Logging:
    """A log that goes to a bucket, which another account may own."""
    return Logging(
        enabled=True,
        destination=f"arn:{account.partition}:s3:::{bucket}",
        destination_account=owner(account, bucket),
        destination_region=bucket_region(account, bucket),
        retention_days=object_retention_days(account, bucket, prefix),
    )
