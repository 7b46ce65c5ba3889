"""A denied or throttled call never becomes a pass.

Between the real SDK and moto stands a proxy that denies one declared call after another, and
throttles 30 % of the requests. What failed or was unknown before must not pass then, and nothing
may vanish: each resource of the undisturbed scan is judged again or is stood in for.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from msgspec import Struct

from collectors.aws.collect import collect, declared_calls
from collectors.aws.session import AwsOptions
from collectors.calls import Call
from collectors.snapshot import Manifest
from scanner.commands._options import Evaluation
from scanner.evaluate import read_verdicts
from scanner.pipeline import Evaluator, open_evaluator
from scanner.verdict import ResourceRef, Status
from tests.faults.proxy import DENIED, SLOW_DOWN, THROTTLED, Fault, FaultProxy, Request, fault_proxy

REGION = "cn-north-1"
PUBLIC = {f"public-{i}" for i in range(5)}
BUCKETS = sorted(PUBLIC | {f"private-{i}" for i in range(15)})
CHECK = "data-bucket-public"


class Judged(Struct, frozen=True):
    """A scan's outcome: the status of each check on each resource, and what the manifest says."""

    statuses: dict[tuple[str, str], Status]
    resources: dict[str, ResourceRef]
    manifest: Manifest

    def stands_in_for(self, resource: ResourceRef, check: str) -> Status | None:
        """The status of the stand-in for the resources of this one's type."""
        for other in self.resources.values():
            alike = other.type == resource.type and other.native_type == resource.native_type
            if other.unlisted and alike and other.region in {resource.region, "global"}:
                return self.statuses.get((other.id, check))
        return None


@pytest.fixture(scope="module")
def account(moto_endpoint: str) -> Iterator[FaultProxy]:
    """An account with twenty buckets, five of them public, behind a proxy."""
    reset = urllib.request.Request(f"{moto_endpoint}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset).close()
    _fill(moto_endpoint)
    with fault_proxy(moto_endpoint) as proxy:
        yield proxy


def _fill(endpoint: str) -> None:
    session = boto3.Session("testing", "testing", region_name=REGION)
    s3 = session.client("s3", endpoint_url=endpoint)
    for name in BUCKETS:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        if name in PUBLIC:
            policy = {
                "Version": "2012-10-17",
                "Statement": {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:GetObject",
                    "Resource": f"arn:aws-cn:s3:::{name}/*",
                },
            }
            s3.put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
        else:
            # moto has no account-wide block: the bucket's own settles that it is private.
            block = dict.fromkeys(
                ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy"), True
            ) | {"RestrictPublicBuckets": True}
            s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=block)
    ec2 = session.client("ec2", endpoint_url=endpoint)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="open", Description="open", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(
        GroupId=group, IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
    )
    session.client("kms", endpoint_url=endpoint).create_key(Description="data")
    session.client("logs", endpoint_url=endpoint).create_log_group(logGroupName="app")
    session.client("iam", endpoint_url=endpoint).create_user(UserName="wang.wei")


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    settings = Evaluation(
        levels=(3,),
        policies=(),
        engine="embedded",
        opa_url="",
        opa_token=None,
        opa_ca=None,
    )
    with open_evaluator(settings) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "2")
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")


def _scan(proxy: FaultProxy, evaluator: Evaluator, folder: Path) -> Judged:
    folder.mkdir()
    options = AwsOptions(endpoint_url=proxy.url, regions=(REGION,))
    manifest = collect(folder / "snapshot", options, tool_version="test")
    evaluator.evaluate(folder / "snapshot", (3,), folder / "verdicts.ndjson")
    statuses: dict[tuple[str, str], Status] = {}
    resources = {}
    for line in read_verdicts(folder / "verdicts.ndjson"):
        resources[line.resource.id] = line.resource
        for verdict in line.verdicts:
            statuses[line.resource.id, verdict.check] = verdict.status
    return Judged(statuses, resources, manifest)


@pytest.fixture(scope="module")
def undisturbed(
    account: FaultProxy, evaluator: Evaluator, tmp_path_factory: pytest.TempPathFactory
) -> Judged:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        account.decide = lambda request: None
        judged = _scan(account, evaluator, tmp_path_factory.mktemp("scan") / "undisturbed")
    public = {name for name in BUCKETS if _bucket(judged, name) == "fail"}
    private = {name for name in BUCKETS if _bucket(judged, name) == "pass"}
    assert public == PUBLIC
    assert private == set(BUCKETS) - PUBLIC
    return judged


def _bucket(judged: Judged, name: str) -> Status | None:
    return judged.statuses.get((f"arn:aws-cn:s3:::{name}", CHECK))


def _no_silent_pass(before: Judged, after: Judged) -> int:
    """Compare every verdict; returns how many were compared."""
    for key, status in after.statuses.items():
        if status == "pass":
            assert before.statuses.get(key) == "pass", f"{key} passes, and did not before"
    for (resource, check), status in before.statuses.items():
        if status in {"fail", "unknown"} and (resource, check) not in after.statuses:
            stand_in = after.stands_in_for(before.resources[resource], check)
            assert stand_in == "unknown", f"{check} on {resource} vanished"
    return len(before.statuses)


@pytest.mark.parametrize("call", declared_calls(), ids=lambda call: call.name)
def test_a_denied_call_never_passes(
    call: Call, account: FaultProxy, undisturbed: Judged, evaluator: Evaluator, tmp_path: Path
) -> None:
    account.injected = 0
    account.decide = lambda request: DENIED if request.operation == call.operation else None
    judged = _scan(account, evaluator, tmp_path / "denied")

    assert _no_silent_pass(undisturbed, judged) > 0
    for name in PUBLIC:
        stand_in = judged.stands_in_for(undisturbed.resources[f"arn:aws-cn:s3:::{name}"], CHECK)
        assert (_bucket(judged, name) or stand_in) in {"fail", "unknown"}
    denied = [failed for failed in judged.manifest.failed_calls if failed.code == DENIED.code]
    assert bool(denied) == bool(account.injected)
    assert {failed.operation for failed in denied} <= {call.operation}


def test_throttling_never_passes(
    account: FaultProxy, undisturbed: Judged, evaluator: Evaluator, tmp_path: Path
) -> None:
    dice = random.Random(22239)
    codes = {"s3": SLOW_DOWN}

    def throttle(request: Request) -> Fault | None:
        hit = request.service != "sts" and dice.random() < 0.3
        return codes.get(request.service, THROTTLED) if hit else None

    account.injected = 0
    account.decide = throttle
    judged = _scan(account, evaluator, tmp_path / "throttled")

    assert account.injected > 10
    assert judged.manifest.failed_calls
    assert _no_silent_pass(undisturbed, judged) > 0


def test_the_report_says_so_and_strict_exits_3(account: FaultProxy, tmp_path: Path) -> None:
    account.decide = lambda request: DENIED if request.operation == "GetBucketPolicy" else None
    scan = [sys.executable, "-m", "scanner", "scan", "aws", "--endpoint-url", account.url]
    scan += ["--region", REGION, "--save", f"json={tmp_path / 'report.json'}"]

    lenient = subprocess.run(scan, capture_output=True, text=True, check=False)
    strict = subprocess.run([*scan, "--strict"], capture_output=True, text=True, check=False)

    assert lenient.returncode == 1
    assert strict.returncode == 3
    assert "verdicts are unknown, none of them counts as a pass" in strict.stdout
    assert "AccessDenied: s3:GetBucketPolicy" in strict.stdout
    assert "The scan is incomplete." in strict.stdout
    report = json.loads((tmp_path / "report.json").read_text())["assessment"]
    assert report["incomplete"] is True
    results = {
        result["resource"]["name"]: result["status"]
        for result in report["results"]
        if result["check"] == CHECK
    }
    assert {results[name] for name in PUBLIC} <= {"fail", "unknown"}
