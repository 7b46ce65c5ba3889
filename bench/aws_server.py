"""A server that answers as S3 and EC2 do for many buckets and instances, after a while: what a
collection waits for is known exactly. Anything else is denied.

    python -m bench.aws_server BUCKETS INSTANCES MILLISECONDS ACCOUNTS     prints its URL

The organisation has ACCOUNTS accounts, which are all the same.

`GET /-/asked` tells how many requests it has answered.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

FIRST_ACCOUNT = 123456789012
REGIONS = ("cn-north-1", "cn-northwest-1")
_PAGE = 1000
_NONE = {
    "policy": "NoSuchBucketPolicy",
    "lifecycle": "NoSuchLifecycleConfiguration",
    "replication": "ReplicationConfigurationNotFoundError",
    "object-lock": "ObjectLockConfigurationNotFoundError",
    "tagging": "NoSuchTagSet",
}
_ANSWERS = {
    "acl": "<AccessControlPolicy><Owner><ID>1</ID></Owner><AccessControlList/>"
    "</AccessControlPolicy>",
    "location": "<LocationConstraint>cn-north-1</LocationConstraint>",
    "encryption": "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
    "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
    "</ServerSideEncryptionConfiguration>",
    "publicAccessBlock": "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
    "<IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>"
    "<RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>",
    "versioning": "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    "logging": "<BucketLoggingStatus/>",
    "accelerate": "<AccelerateConfiguration/>",
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    buckets = instances = accounts = asked = 0
    seconds = 0.0
    lock = threading.Lock()

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/-/asked":
            self._send(200, str(_Handler.asked))
            return
        self._wait()
        self._send(*self._s3(path.path, parse_qs(path.query, keep_blank_values=True)))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._wait()
        if self.headers.get("X-Amz-Target", "").endswith(".ListAccounts"):
            self._send(200, self._organization())
            return
        self._send(*self._query({name: one[0] for name, one in parse_qs(body).items()}))

    def _wait(self) -> None:
        with self.lock:
            _Handler.asked += 1
        time.sleep(self.seconds)

    def _s3(self, path: str, query: dict[str, list[str]]) -> tuple[int, str]:
        if path == "/":
            named = "".join(
                f"<Bucket><Name>bucket-{i:05}</Name><CreationDate>2026-01-01T00:00:00Z"
                "</CreationDate></Bucket>"
                for i in range(self.buckets)
            )
            return (
                200,
                f"<ListAllMyBucketsResult><Buckets>{named}</Buckets></ListAllMyBucketsResult>",
            )
        for name, code in _NONE.items():
            if name in query:
                return 404, f"<Error><Code>{code}</Code><Message>none</Message></Error>"
        for name, answer in _ANSWERS.items():
            if name in query:
                return 200, answer
        return 403, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"

    def _organization(self) -> str:
        listed = [
            {"Id": f"{FIRST_ACCOUNT + i}", "State": "ACTIVE", "Status": "ACTIVE"}
            for i in range(self.accounts)
        ]
        return json.dumps({"Accounts": listed})

    def _query(self, query: dict[str, str]) -> tuple[int, str]:
        action = query.get("Action", "")
        if action == "GetCallerIdentity":
            arn = f"arn:aws-cn:iam::{FIRST_ACCOUNT}:user/bench"
            inner = f"<Arn>{arn}</Arn><UserId>1</UserId><Account>{FIRST_ACCOUNT}</Account>"
            return 200, _sts_answer(action, inner)
        if action == "AssumeRole":
            inner = "<Credentials><AccessKeyId>x</AccessKeyId><SecretAccessKey>x</SecretAccessKey>"
            inner += "<SessionToken>x</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
            return 200, _sts_answer(action, inner + "</Credentials>")
        if action == "DescribeRegions":
            inner = "".join(f"<item><regionName>{name}</regionName></item>" for name in REGIONS)
            return 200, _answer(action, f"<regionInfo>{inner}</regionInfo>")
        if action == "DescribeInstances":
            first = int(query.get("NextToken", "0"))
            size = min(int(query.get("MaxResults", _PAGE)), _PAGE)
            last = min(first + size, self.instances)
            items = "".join(map(_instance, range(first, last)))
            more = f"<nextToken>{last}</nextToken>" if last < self.instances else ""
            return 200, _answer(action, f"<reservationSet>{items}</reservationSet>{more}")
        if action == "DescribeInstanceAttribute":
            inner = f"<instanceId>{escape(query.get('InstanceId', ''))}</instanceId><userData/>"
            inner += "<disableApiTermination><value>false</value></disableApiTermination>"
            return 200, _answer(action, inner)
        error = "<Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error>"
        return 403, f"<Response><Errors>{error}</Errors><RequestID>1</RequestID></Response>"

    def _send(self, status: int, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("x-amzn-RequestId", "1")
        self.send_header("x-amz-request-id", "1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Say nothing: the benchmark prints what matters."""


def _instance(number: int) -> str:
    return (
        f"<item><reservationId>r-{number:08}</reservationId><ownerId>123456789012</ownerId>"
        f"<instancesSet><item><instanceId>i-{number:017x}</instanceId><imageId>ami-1</imageId>"
        "<instanceState><code>16</code><name>running</name></instanceState>"
        "<instanceType>t3.small</instanceType><launchTime>2026-01-01T00:00:00.000Z</launchTime>"
        "<placement><availabilityZone>cn-north-1a</availabilityZone><tenancy>default</tenancy>"
        "</placement><monitoring><state>disabled</state></monitoring><subnetId>subnet-1</subnetId>"
        "<vpcId>vpc-1</vpcId><privateIpAddress>10.0.0.1</privateIpAddress><groupSet/>"
        "<rootDeviceName>/dev/xvda</rootDeviceName><blockDeviceMapping/><networkInterfaceSet/>"
        "<metadataOptions><state>applied</state><httpTokens>required</httpTokens>"
        "<httpEndpoint>enabled</httpEndpoint></metadataOptions></item></instancesSet></item>"
    )


def _sts_answer(action: str, inner: str) -> str:
    return (
        f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        f"<{action}Result>{inner}</{action}Result>"
        f"<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>"
    )


def _answer(action: str, inner: str) -> str:
    return (
        f'<{action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">'
        f"<requestId>1</requestId>{inner}</{action}Response>"
    )


def main(arguments: list[str]) -> None:
    """Serve until killed."""
    buckets, instances, milliseconds, accounts = map(int, arguments)
    _Handler.buckets, _Handler.instances, _Handler.accounts = buckets, instances, accounts
    _Handler.seconds = milliseconds / 1000
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
