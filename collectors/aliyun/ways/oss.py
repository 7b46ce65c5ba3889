"""OSS: requests signed with version 4 by the vendor's library (oss2), answers as plain values.

The library's own methods give objects of its own and have none for some sub-resources; here each
call is a sub-resource of a bucket or of the service, whose XML becomes dicts, lists and texts.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import oss2
from msgspec import Struct
from oss2.credentials import StaticCredentialsProvider
from oss2.exceptions import RequestError, ServerError, make_exception

from collectors.aliyun.errors import MALFORMED, CallError
from collectors.aliyun.pop import Params
from collectors.aliyun.reader import Link, Way
from collectors.calls import Call

SERVICE = "oss"

_PAGE = 1000
_MOST_PAGES = 1000


class SubResource(Struct, frozen=True):
    """What a call asks for: the sub-resource, and the root element of its answer; "" is JSON."""

    name: str
    root: str


SUB_RESOURCES = {
    "ListBuckets": SubResource("", "ListAllMyBucketsResult"),
    "GetPublicAccessBlock": SubResource("publicAccessBlock", "PublicAccessBlockConfiguration"),
    "GetBucketInfo": SubResource("bucketInfo", "BucketInfo"),
    "GetBucketPolicy": SubResource("policy", ""),
    "GetBucketReferer": SubResource("referer", "RefererConfiguration"),
    "GetBucketHttpsConfig": SubResource("httpsConfig", "HttpsConfiguration"),
    "GetBucketLifecycle": SubResource("lifecycle", "LifecycleConfiguration"),
    "GetBucketWorm": SubResource("worm", "WormConfiguration"),
    "GetBucketReplication": SubResource("replication", "ReplicationConfiguration"),
    "GetBucketTags": SubResource("tagging", "Tagging"),
}

LISTS = {
    "Buckets": ("Bucket",),
    "LifecycleConfiguration": ("Rule",),
    "ReplicationConfiguration": ("Rule",),
    "RefererList": ("Referer",),
    "TLS": ("TLSVersion",),
    "TagSet": ("Tag",),
    "Rule": ("Tag", "Transition", "NoncurrentVersionTransition"),
}
"""The elements that an element holds any number of: lists, also of none and of one."""


def way(link: Link) -> Way:
    """How OSS is asked."""
    return _Oss(link)


WAY = way


class _Oss:
    """Requests to OSS over one pool of connections. Thread-safe."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._session = oss2.Session(pool_size=link.options.concurrency)
        self._timeout = (link.options.connect_seconds, link.options.read_seconds)

    def __call__(self, call: Call, region: str, params: Params) -> Any:
        """The answer, every page of a list joined. Raises CallError."""
        if call.operation != "ListBuckets":
            return self._one(call.operation, region, params)
        return self._buckets(region)

    def _buckets(self, region: str) -> Any:
        """Every bucket of the account, in whichever region."""
        found: list[Any] = []
        asked = {"max-keys": str(_PAGE)}
        for _ in range(_MOST_PAGES):
            answer = self._one("ListBuckets", region, asked)
            if "Buckets" not in answer:
                raise CallError(MALFORMED, "the answer has no Buckets")
            found += answer["Buckets"]["Bucket"]
            following = answer.get("NextMarker")
            if answer.get("IsTruncated") != "true":
                return {**answer, "Buckets": {"Bucket": found}}
            if not following or following == asked.get("marker"):
                raise CallError(MALFORMED, f"the list ends after {len(found)}, and is truncated")
            asked = {**asked, "marker": following}
        raise CallError(MALFORMED, f"the list does not end after {_MOST_PAGES} pages")

    def _one(self, operation: str, region: str, params: Params) -> Any:
        about = SUB_RESOURCES[operation]
        query = {name: str(value) for name, value in params.items() if name != "Bucket"}
        if about.name:
            query[about.name] = ""
        body = self._body(region, str(params.get("Bucket", "")), query)
        return _policy(body) if not about.root else _decoded(body, about.root)

    def _body(self, region: str, bucket: str, query: dict[str, str]) -> bytes:
        host = f"oss-{region}.aliyuncs.com"
        endpoint = self._link.endpoints.at(f"{bucket}.{host}" if bucket else host)
        scheme = "https" if endpoint.secure else "http"
        request = oss2.http.Request(
            "GET",
            f"{scheme}://{endpoint.address}/",
            params=query,
            headers={"Host": endpoint.host, "User-Agent": "mlps-scanner"},
            region=region,
            product="oss",
        )
        keys = self._link.credentials.keys()
        provider = StaticCredentialsProvider(keys.key_id, keys.secret, keys.token or None)
        oss2.ProviderAuthV4(provider)._sign_request(request, bucket, "")
        try:
            response = self._session.do_request(request, timeout=self._timeout)
            if response.status // 100 != 2:
                raise _refused(make_exception(response))
            body: bytes = response.read()
        except RequestError as error:
            raise CallError("SDK.HttpError", str(error.exception)) from error
        except OSError as error:
            raise CallError("SDK.HttpError", str(error)) from error
        return body


def _refused(error: ServerError) -> CallError:
    code = str(error.code or f"HttpStatus{error.status}")
    return CallError(code, str(error.message or ""), int(error.status))


def _policy(body: bytes) -> Any:
    try:
        found = json.loads(body)
    except ValueError as error:
        raise CallError(MALFORMED, "the answer is not JSON") from error
    if not isinstance(found, dict):
        raise CallError(MALFORMED, "the answer is not an object")
    return found


def _decoded(body: bytes, root: str) -> Any:
    """The children of the root element. Raises CallError for another document."""
    try:
        # Without entities there is nothing in the vendor's documents that could grow.
        if b"<!" in body:
            raise CallError(MALFORMED, "the answer has a document type")
        found = ET.fromstring(body)  # noqa: S314
    except ET.ParseError as error:
        raise CallError(MALFORMED, "the answer is not XML") from error
    if _name(found) != root:
        raise CallError(MALFORMED, f"the answer is no {root}")
    return _children(found)


def _children(element: ET.Element) -> dict[str, Any]:
    lists = LISTS.get(_name(element), ())
    values: dict[str, Any] = {name: [] for name in lists}
    for child in element:
        name = _name(child)
        value = _value(child)
        if name in lists:
            values[name].append(value)
        elif name in values:
            # Nothing that is read: prefixes of a rule, cipher suites.
            values[name] = [*_listed(values[name]), value]
        else:
            values[name] = value
    return values


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _value(element: ET.Element) -> Any:
    if len(element) or _name(element) in LISTS:
        return _children(element)
    return (element.text or "").strip()


def _name(element: ET.Element) -> str:
    """The name of an element, without the namespace that some answers have."""
    return element.tag.rpartition("}")[2]
