"""Certificates of ACM and IAM over real HTTP, with what uses them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.services.acm import (
    KEY_TYPES,
    auto_renew,
    certificates,
    in_use,
    key_of,
)
from collectors.aws.services.iam_certificates import certificates as server_certificates
from collectors.aws.services.iam_certificates import in_use as is_used
from collectors.aws.services.iam_certificates import of_classic_load_balancers, of_distributions
from collectors.document import Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import Reply, error, scripted
from tests.collectors.aws.test_recorded import recorded
from tests.faults.proxy import DENIED, fault_proxy

REGION = "cn-north-1"
ARN = f"arn:aws-cn:acm:{REGION}:{ACCOUNT_ID}:certificate/1"


def says(**answer: Any) -> Reply:
    return Reply(body=json.dumps(answer))


def test_certificates_of_acm(open_account: OpenAccount) -> None:
    """One in use, one not, one that nobody validated yet: that is no certificate."""
    details: dict[str, dict[str, Any]] = {
        "in-use": {"Status": "ISSUED", "InUseBy": ["arn:elb"], "RenewalEligibility": "ELIGIBLE"},
        "idle": {"Status": "EXPIRED", "Type": "IMPORTED"},
        "asked": {"Status": "PENDING_VALIDATION"},
    }
    listed = [{"CertificateArn": f"{ARN}-{name}", "DomainName": name} for name in details]
    common = {"NotAfter": 1800000000, "KeyAlgorithm": "EC_prime256v1"}
    with scripted() as server:
        server.replies = {
            "ListCertificates": [says(CertificateSummaryList=listed)],
            "*": [error("AccessDeniedException")],
        }
        account = open_account(server.url, REGION)
        # One reply after the other, for which each is asked alone.
        account.map = lambda function, items: [function(item) for item in items]  # type: ignore[method-assign]
        server.replies["DescribeCertificate"] = [
            says(Certificate={**common, **known}) for known in details.values()
        ]
        found = {one.name: one for one in certificates(account, REGION)}
        (asked,) = (one.body for one in server.asked if one.operation == "ListCertificates")
    assert json.loads(asked)["Includes"]["keyTypes"] == KEY_TYPES
    assert {name: one.facts for name, one in found.items()} == {
        "in-use": {
            "expires": "2027-01-15T08:00:00Z",
            "in_use": True,
            "algorithm": "EC",
            "key_bits": 256,
            "auto_renew": True,
        },
        "idle": {
            "expires": "2027-01-15T08:00:00Z",
            "in_use": False,
            "algorithm": "EC",
            "key_bits": 256,
            "auto_renew": False,
        },
    }
    tags = "AccessDeniedException: acm:ListTagsForCertificate"
    assert [one.unknown for one in found.values()] == [{"tags": tags}] * 2


def test_a_certificate_that_cannot_be_described_is_unknown(open_account: OpenAccount) -> None:
    with scripted() as server:
        server.replies = {
            "ListCertificates": [says(CertificateSummaryList=[{"CertificateArn": ARN}])],
            "*": [error("AccessDeniedException")],
        }
        (found,) = certificates(open_account(server.url, REGION), REGION)
        assert (found.facts, set(found.unknown)) == (
            {},
            {"expires", "in_use", "algorithm", "key_bits", "auto_renew", "tags"},
        )
        server.replies = {"*": [error("AccessDeniedException")]}
        (found,) = certificates(open_account(server.url, REGION), REGION)
        assert (found.unlisted, found.facts) == (True, {})


def test_a_certificate_as_acm_really_describes_it() -> None:
    """The algorithm of a recorded answer is written otherwise than in the reference."""
    details = recorded("acm_certificate.json")["Certificate"]
    assert (key_of(details), in_use(details, {}), auto_renew(details)) == (
        ("RSA", 2048),
        True,
        True,
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("RSA_1024", ("RSA", 1024)),
        ("RSA_4096", ("RSA", 4096)),
        ("EC_secp384r1", ("EC", 384)),
        ("EC_secp521r1", ("EC", 521)),
        ("ML_DSA_44", Unknown("the key algorithm ML_DSA_44 is not known to this version")),
        (None, Unknown("the key algorithm None is not known to this version")),
    ],
)
def test_algorithms_of_keys(name: str | None, expected: object) -> None:
    assert key_of({"KeyAlgorithm": name}) == expected


def test_an_exported_certificate_may_be_in_use_elsewhere() -> None:
    unknown = Unknown("the certificate was exported, and may be in use outside of AWS")
    assert in_use({"InUseBy": []}, {"Exported": True}) == unknown
    assert in_use({"InUseBy": ["arn:elb"]}, {"Exported": True}) is True


def test_what_acm_does_not_say_of_renewal_is_unknown() -> None:
    assert auto_renew({"Type": "AMAZON_ISSUED", "RenewalEligibility": "INELIGIBLE"}) is False
    assert isinstance(auto_renew({"Type": "AMAZON_ISSUED"}), Unknown)


CERTIFICATE = {"Arn": "arn:aws-cn:iam::1:server-certificate/a", "ServerCertificateId": "ASCA1"}
UNSEEN = Unknown("no load balancer or distribution that was read uses the certificate")
DENIAL = Unknown("AccessDenied: cloudfront:ListDistributions")


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ([set(), {"ASCA1"}], True),
        ([DENIAL, {CERTIFICATE["Arn"]}], True),
        ([DENIAL, set()], DENIAL),
        ([{"ASCA2"}], UNSEEN),
        ([], UNSEEN),
    ],
)
def test_what_was_not_seen_to_be_used_may_be_used(used: list[Any], expected: object) -> None:
    assert is_used(CERTIFICATE, used) == expected


def test_certificates_in_distributions_and_classic_listeners() -> None:
    distributions: list[dict[str, Any]] = [
        {"ViewerCertificate": {"IAMCertificateId": "ASCA1"}},
        {"ViewerCertificate": {"CloudFrontDefaultCertificate": True}},
        {},
    ]
    assert of_distributions(distributions) == {"ASCA1"}
    listeners = [{"Listener": {"SSLCertificateId": "arn:1"}}, {"Listener": {"Protocol": "TCP"}}]
    assert of_classic_load_balancers([{"ListenerDescriptions": listeners}]) == {"arn:1"}


@pytest.fixture(scope="module")
def uploaded(client: Client) -> str:
    """A server certificate that an application load balancer uses."""
    arn: str = client("iam").upload_server_certificate(
        ServerCertificateName="shop", CertificateBody="body", PrivateKey="key"
    )["ServerCertificateMetadata"]["Arn"]
    ec2, elb = client("ec2"), client("elbv2")
    subnets = [item["SubnetId"] for item in ec2.describe_subnets()["Subnets"]][:2]
    balancer = elb.create_load_balancer(Name="shop", Subnets=subnets)["LoadBalancers"][0]
    fixed = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
    elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTPS",
        Port=443,
        Certificates=[{"CertificateArn": arn}],
        DefaultActions=[fixed],
    )
    return arn


def test_a_server_certificate_and_its_load_balancer(
    fresh_moto: str, uploaded: str, open_account: OpenAccount
) -> None:
    with fault_proxy(fresh_moto) as proxy:
        (found,) = server_certificates(open_account(proxy.url))
        assert (found.id, found.region, found.facts) == (
            uploaded,
            "global",
            {"expires": "2012-05-08T01:02:03Z", "in_use": True, "auto_renew": False},
        )
        proxy.decide = lambda request: (
            DENIED if request.operation == "DescribeListenerCertificates" else None
        )
        (found,) = server_certificates(open_account(proxy.url))
        denied = "AccessDenied: elasticloadbalancing:DescribeListenerCertificates"
        assert found.unknown["in_use"] == denied
        proxy.decide = lambda request: DENIED if request.service == "iam" else None
        (found,) = server_certificates(open_account(proxy.url))
        assert (found.unlisted, found.facts) == (True, {})
