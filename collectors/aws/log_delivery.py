"""Logs that services deliver: to a log group of the account, a bucket, or somewhere else."""

from __future__ import annotations

from collectors.aws.account import Account
from collectors.aws.bucket import RETENTION_CALLS, bucket_region, object_retention_days, owner
from collectors.aws.log_group import retention_days
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.document import Unknown
from collectors.facts.shared import Logging

GROUP_CALLS = (DESCRIBE_LOG_GROUPS,)
BUCKET_CALLS = RETENTION_CALLS


def to_log_group(account: Account, region: str, name: str) -> Logging:
    """A log that goes to a log group of the same account and region."""
    return Logging(
        enabled=True,
        destination=account.arn("logs", region, f"log-group:{name}"),
        destination_account=account.id,
        destination_region=region,
        retention_days=retention_days(account, region, name),
    )


def to_arn(account: Account, arn: str) -> Logging:
    """A log that goes to what the ARN names: a log group, or a stream to somewhere else."""
    parts = arn.split(":", 6)
    if len(parts) == 7 and parts[2] == "logs" and parts[4] == account.id:
        return to_log_group(account, parts[3], parts[6].removesuffix(":*"))
    known = len(parts) > 5
    untold = Unknown(f"{arn} is no ARN")
    return Logging(
        enabled=True,
        destination=arn,
        destination_account=parts[4] if known else untold,
        destination_region=parts[3] if known else untold,
        retention_days=Unknown(f"how long the log is kept is decided behind {arn}"),
    )


def to_bucket(account: Account, bucket: str, prefix: str) -> Logging:
    """A log that goes to a bucket, in whichever region it lies."""
    return Logging(
        enabled=True,
        destination=f"arn:{account.partition}:s3:::{bucket}",
        destination_account=owner(account, bucket),
        destination_region=bucket_region(account, bucket),
        retention_days=object_retention_days(account, bucket, prefix),
    )
