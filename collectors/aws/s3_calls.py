"""The S3 calls that services share. The collectors of buckets, trails and account settings ask them
of the same bucket, and the reader makes each only once.

Permissions are those of the service authorisation reference of Amazon S3, which names several of
them otherwise than the operation.
"""

from __future__ import annotations

from collectors.calls import Call

LIST_BUCKETS = Call(
    provider="aws",
    service="s3",
    operation="ListBuckets",
    permission="s3:ListAllMyBuckets",
    scope="account",
    result="Buckets",
    paged=True,
)

GET_ACCOUNT_PUBLIC_ACCESS_BLOCK = Call(
    provider="aws",
    service="s3control",
    operation="GetPublicAccessBlock",
    permission="s3:GetAccountPublicAccessBlock",
    scope="account",
    result="PublicAccessBlockConfiguration",
    absent=("NoSuchPublicAccessBlockConfiguration",),
)


def _of_bucket(
    operation: str,
    permission: str,
    result: str = "",
    *,
    may_omit: bool = False,
    absent: tuple[str, ...] = (),
) -> Call:
    return Call(
        provider="aws",
        service="s3",
        operation=operation,
        permission=permission,
        scope="resource",
        result=result,
        may_omit=may_omit,
        absent=absent,
    )


GET_BUCKET_LOCATION = _of_bucket(
    "GetBucketLocation", "s3:GetBucketLocation", "LocationConstraint", may_omit=True
)
GET_BUCKET_ACL = _of_bucket("GetBucketAcl", "s3:GetBucketAcl", "Grants")
GET_BUCKET_POLICY = _of_bucket(
    "GetBucketPolicy", "s3:GetBucketPolicy", "Policy", absent=("NoSuchBucketPolicy",)
)
GET_PUBLIC_ACCESS_BLOCK = _of_bucket(
    "GetPublicAccessBlock",
    "s3:GetBucketPublicAccessBlock",
    "PublicAccessBlockConfiguration",
    absent=("NoSuchPublicAccessBlockConfiguration",),
)
GET_BUCKET_ENCRYPTION = _of_bucket(
    "GetBucketEncryption",
    "s3:GetEncryptionConfiguration",
    "ServerSideEncryptionConfiguration",
    absent=("ServerSideEncryptionConfigurationNotFoundError",),
)
GET_BUCKET_VERSIONING = _of_bucket("GetBucketVersioning", "s3:GetBucketVersioning")
GET_BUCKET_LOGGING = _of_bucket(
    "GetBucketLogging", "s3:GetBucketLogging", "LoggingEnabled", may_omit=True
)
GET_BUCKET_REPLICATION = _of_bucket(
    "GetBucketReplication",
    "s3:GetReplicationConfiguration",
    "ReplicationConfiguration",
    absent=("ReplicationConfigurationNotFoundError",),
)
GET_BUCKET_LIFECYCLE = _of_bucket(
    "GetBucketLifecycleConfiguration",
    "s3:GetLifecycleConfiguration",
    "Rules",
    absent=("NoSuchLifecycleConfiguration",),
)
GET_BUCKET_TAGGING = _of_bucket(
    "GetBucketTagging", "s3:GetBucketTagging", "TagSet", absent=("NoSuchTagSet",)
)
# Regions without transfer acceleration, those of China among them, answer that they do not have it.
GET_BUCKET_ACCELERATION = _of_bucket(
    "GetBucketAccelerateConfiguration",
    "s3:GetAccelerateConfiguration",
    "Status",
    may_omit=True,
    absent=("MethodNotAllowed", "UnsupportedArgument"),
)
GET_OBJECT_LOCK = _of_bucket(
    "GetObjectLockConfiguration",
    "s3:GetBucketObjectLockConfiguration",
    "ObjectLockConfiguration",
    absent=("ObjectLockConfigurationNotFoundError",),
)
