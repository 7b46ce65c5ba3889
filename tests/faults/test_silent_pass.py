"""Public buckets never pass, whatever is denied or throttled.

Between the real SDK and moto stands a proxy. Measured elsewhere: a popular scanner turned five
public buckets among twenty into passes, with exit code 0.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from collectors.aws.collect import declared_calls
from collectors.calls import Call
from scanner.pipeline import Evaluator
from scanner.verdict import Status
from tests.faults.operations import Fault, Request
from tests.faults.proxy import DENIED, SLOW_DOWN, THROTTLED, FaultProxy, fault_proxy
from tests.faults.scans import REGION, Judged, denied, deny, no_silent_pass, scan, undisturbed

PUBLIC = {f"public-{i}" for i in range(5)}
BUCKETS = sorted(PUBLIC | {f"private-{i}" for i in range(15)})
CHECK = "data-bucket-public"


@pytest.fixture(scope="module")
def buckets(moto_endpoint: str) -> Iterator[FaultProxy]:
    """An account of twenty buckets, five of them public, behind a proxy."""
    reset = urllib.request.Request(f"{moto_endpoint}/moto-api/reset", method="POST")
    urllib.request.urlopen(reset).close()
    _make_buckets(moto_endpoint)
    with fault_proxy(moto_endpoint) as proxy:
        yield proxy


def _make_buckets(endpoint: str) -> None:
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
            block = dict.fromkeys(
                ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy"), True
            ) | {"RestrictPublicBuckets": True}
            s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=block)


@pytest.fixture(scope="module")
def buckets_before(
    buckets: FaultProxy, evaluator: Evaluator, tmp_path_factory: pytest.TempPathFactory
) -> Judged:
    judged = undisturbed(buckets, evaluator, tmp_path_factory)
    assert {name for name in BUCKETS if _bucket(judged, name) == "fail"} == PUBLIC
    assert {name for name in BUCKETS if _bucket(judged, name) == "pass"} == set(BUCKETS) - PUBLIC
    return judged


def _bucket(judged: Judged, name: str) -> Status | None:
    return judged.statuses.get((f"arn:aws-cn:s3:::{name}", CHECK))


@pytest.mark.parametrize(
    "call",
    [call for call in declared_calls() if call.service in {"s3", "s3control"}],
    ids=lambda call: call.name,
)
def test_public_buckets_never_pass(
    call: Call, buckets: FaultProxy, buckets_before: Judged, evaluator: Evaluator, tmp_path: Path
) -> None:
    deny(buckets, call)
    judged = scan(buckets, evaluator, tmp_path / "denied")

    assert no_silent_pass(buckets_before, judged) > 0
    assert denied(judged) == {call.name}
    for name in PUBLIC:
        stand_in = judged.stands_in_for(buckets_before.resources[f"arn:aws-cn:s3:::{name}"], CHECK)
        assert (_bucket(judged, name) or stand_in) in {"fail", "unknown"}


def test_throttling_never_passes(
    buckets: FaultProxy, buckets_before: Judged, evaluator: Evaluator, tmp_path: Path
) -> None:
    dice = random.Random(22239)
    codes = {"s3": SLOW_DOWN, "s3control": SLOW_DOWN}

    def throttle(request: Request) -> Fault | None:
        hit = request.service != "sts" and dice.random() < 0.3
        return codes.get(request.service, THROTTLED) if hit else None

    buckets.injected = 0
    buckets.decide = throttle
    judged = scan(buckets, evaluator, tmp_path / "throttled")

    assert buckets.injected > 10
    assert judged.manifest.failed_calls
    assert no_silent_pass(buckets_before, judged) > 0


def test_the_report_says_so_and_strict_exits_3(buckets: FaultProxy, tmp_path: Path) -> None:
    buckets.decide = lambda request: DENIED if request.operation == "GetBucketPolicy" else None
    command = [sys.executable, "-m", "scanner", "scan", "aws", "--endpoint-url", buckets.url]
    command += ["--region", REGION, "--save", f"json={tmp_path / 'report.json'}"]

    lenient = subprocess.run(command, capture_output=True, text=True, check=False)
    strict = subprocess.run([*command, "--strict"], capture_output=True, text=True, check=False)

    assert lenient.returncode == 1
    assert strict.returncode == 3
    assert re.search(r"Unknown, and so not counted as a pass: \d+ verdicts", strict.stdout)
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
