"""Proxies of RDS by a scripted server, and in templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services import rds_proxies
from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.aws.scripted import XML, Reply, query_error, scripted
from tests.collectors.iac.mappers.hand import block, the

REGION = "cn-north-1"
ARN = f"arn:aws-cn:rds:{REGION}:123456789012:db-proxy:prx-1"
PROXY = f"""<DBProxies><member>
<DBProxyName>way</DBProxyName><DBProxyArn>{ARN}</DBProxyArn><VpcId>vpc-1</VpcId>
<RequireTLS>{{tls}}</RequireTLS><EndpointNetworkType>IPV4</EndpointNetworkType>
<VpcSubnetIds><member>subnet-a</member><member>subnet-b</member></VpcSubnetIds>
<VpcSecurityGroupIds><member>sg-1</member></VpcSecurityGroupIds>
</member></DBProxies>"""
SUBNETS = "".join(
    f"<item><subnetId>subnet-{zone}</subnetId><availabilityZone>{zone}</availabilityZone></item>"
    for zone in "ab"
)
TAGS = "<TagList><Tag><Key>system</Key><Value>bank</Value></Tag></TagList>"


def reply(operation: str, inner: str) -> Reply:
    result = f"<{operation}Result>{inner}</{operation}Result>"
    return Reply(200, f"<{operation}Response>{result}</{operation}Response>", XML)


@pytest.fixture
def collected(open_account: OpenAccount) -> Iterator[Any]:
    """The one document, after changes to the answers of operations."""
    with scripted() as server:

        def collect(tls: str = "true", **changes: Reply) -> Document:
            subnets = f"<Response><subnetSet>{SUBNETS}</subnetSet></Response>"
            answers = {
                "DescribeDBProxies": reply("DescribeDBProxies", PROXY.format(tls=tls)),
                "ListTagsForResource": reply("ListTagsForResource", TAGS),
                "DescribeSubnets": Reply(200, subnets, XML),
                "*": Reply(200, "<Response/>", XML),
            } | changes
            server.replies = {operation: [answer] for operation, answer in answers.items()}
            (found,) = rds_proxies.proxies(open_account(server.url, REGION), REGION)
            return found

        yield collect


def test_a_proxy_and_the_template_of_it(collected: Any) -> None:
    live = collected()
    assert (live.id, live.tags) == (ARN, {"system": "bank"})
    assert live.facts["firewall_ids"] == ["sg-1"]
    ids = [Reference("aws_subnet.a"), Reference("aws_subnet.b")]
    zones = [block(f"aws_subnet.{zone}", {"availability_zone": zone}) for zone in "ab"]
    values = {"name": "way", "require_tls": True, "vpc_subnet_ids": ids}
    planned = the(block("aws_db_proxy.p", values), *zones)
    known = {"authentication", "tls/required", "multi_zone", "exposure/public"}
    assert_alike(live, planned, known=known | {"encryption/enabled", "backup/enabled"})


def test_plaintext_is_accepted_unless_it_is_refused(collected: Any) -> None:
    assert collected(tls="false").facts["tls"]["required"] is False
    assert the(block("aws_db_proxy.p", {})).facts["tls"]["required"] is False
    apply = Unknown("known after apply")
    assert "tls/required" in the(block("aws_db_proxy.p", {"require_tls": apply})).unknown


def test_what_is_denied_is_unknown(collected: Any) -> None:
    denied = query_error("AccessDenied", 403)
    assert collected(DescribeDBProxies=denied).unlisted
    found = collected(ListTagsForResource=denied, DescribeSubnets=denied)
    assert found.unknown["tags"] == "AccessDenied: rds:ListTagsForResource"
    assert found.unknown["multi_zone"] == "AccessDenied: ec2:DescribeSubnets"
    hidden = Reply(200, "<Response><subnetSet/></Response>", XML)
    assert "multi_zone" in collected(DescribeSubnets=hidden).unknown
