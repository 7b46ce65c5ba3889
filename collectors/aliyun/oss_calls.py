"""Calls of OSS that several services make.

The operations are named as in the OSS API reference; rights are those that it asks for. What
GetBucketInfo tells (ACL, block of public access, encryption, versioning, access log, redundancy,
acceleration) is not asked for again.
"""

from __future__ import annotations

from collectors.calls import Call

LIST_BUCKETS = Call(
    provider="aliyun",
    service="oss",
    operation="ListBuckets",
    permission="oss:ListBuckets",
    scope="account",
    result="Buckets.Bucket",
    paged=True,
)
GET_PUBLIC_ACCESS_BLOCK = Call(
    provider="aliyun",
    service="oss",
    operation="GetPublicAccessBlock",
    permission="oss:GetPublicAccessBlock",
    scope="account",
    result="BlockPublicAccess",
)


def _of_bucket(
    operation: str, result: str, permission: str = "", absent: tuple[str, ...] = ()
) -> Call:
    return Call(
        provider="aliyun",
        service="oss",
        operation=operation,
        permission=permission or f"oss:{operation}",
        scope="resource",
        result=result,
        absent=absent,
    )


GET_BUCKET_INFO = _of_bucket("GetBucketInfo", "Bucket")
GET_BUCKET_POLICY = _of_bucket("GetBucketPolicy", "", absent=("NoSuchBucketPolicy",))
GET_BUCKET_REFERER = _of_bucket("GetBucketReferer", "")
GET_BUCKET_HTTPS_CONFIG = _of_bucket("GetBucketHttpsConfig", "TLS")
GET_BUCKET_LIFECYCLE = _of_bucket("GetBucketLifecycle", "Rule", absent=("NoSuchLifecycle",))
GET_BUCKET_WORM = _of_bucket("GetBucketWorm", "", absent=("NoSuchWORMConfiguration",))
GET_BUCKET_REPLICATION = _of_bucket(
    "GetBucketReplication", "Rule", absent=("NoSuchReplicationConfiguration",)
)
GET_BUCKET_TAGS = _of_bucket("GetBucketTags", "TagSet.Tag", "oss:GetBucketTagging")
