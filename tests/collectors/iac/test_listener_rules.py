"""Rules of application load balancers' listeners: whether plain HTTP is redirected as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x has no value here")
TO_HTTPS = {"type": "redirect", "redirect": [{"protocol": "HTTPS"}]}
FORWARD = {"type": "forward", "target_group_arn": "arn:t"}
FIXED = {"type": "fixed-response", "fixed_response": [{"status_code": "403"}]}


def redirects(default: Any, *rules: Any, listener: Any = None) -> Any:
    values = {"load_balancer_arn": Reference("aws_lb.b"), "port": 80, "default_action": default}
    to = Reference("aws_lb_listener.l", "arn") if listener is None else listener
    more = [
        block(f"aws_lb_listener_rule.r{number}", {"listener_arn": to, "action": rule})
        for number, rule in enumerate(rules)
    ]
    found = the(block("aws_lb.b", {}), block("aws_lb_listener.l", values), *more)
    return found.facts["listeners"][0].get("redirect_to_https")


@pytest.mark.parametrize(
    ("default", "rules", "expected"),
    [
        ([TO_HTTPS], [], True),
        ([FORWARD], [], False),
        ([TO_HTTPS], [[TO_HTTPS], [FIXED]], True),
        ([TO_HTTPS], [[FORWARD]], False),
        ([TO_HTTPS], [[TO_HTTPS], DOUBT], None),
        ([TO_HTTPS], [[FORWARD], DOUBT], False),
        (DOUBT, [], None),
        (DOUBT, [[FORWARD]], False),
        ([{"type": "redirect", "redirect": [{"host": "x"}]}], [], False),
        ([TO_HTTPS | {"order": 2}, {"type": "authenticate-oidc", "order": 1}], [], True),
    ],
)
def test_redirects(default: Any, rules: list[Any], expected: bool | None) -> None:
    assert redirects(default, *rules) is expected


def test_a_rule_of_a_listener_that_is_not_known() -> None:
    assert redirects([TO_HTTPS], [FORWARD], listener=DOUBT) is None
    assert redirects([TO_HTTPS], [FORWARD], listener="arn:another") is True


def test_a_protocol_that_no_listener_has_is_unknown() -> None:
    listener = {"load_balancer_arn": Reference("aws_lb.b"), "port": 80, "protocol": "web"}
    found = the(block("aws_lb.b", {}), block("aws_lb_listener.l", listener))
    assert "listeners/0/protocol" in found.unknown


def test_listeners_of_another_template_are_not_known_to_be_none() -> None:
    found = the(block("aws_lb.b", {}))
    assert found.facts["listeners"] == [None]
    assert "listeners/0" in found.unknown


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  B:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
  L:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref B
      Port: 80
      Protocol: HTTP
      DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS, StatusCode: HTTP_301}}]
  R:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref L
      Priority: 1
      Conditions: [{Field: path-pattern, Values: ['/*']}]
      Actions: [{Type: forward, TargetGroupArn: 'arn:t'}]
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    (found,) = documents(folder)[1].values()
    assert found.facts["listeners"][0]["redirect_to_https"] is False


@pytest.mark.parametrize(
    ("values", "scheme"),
    [
        ({}, "public"),
        ({"internal": True}, "private"),
        ({"load_balancer_type": "gateway"}, "private"),
        ({"load_balancer_type": "gateway", "internal": DOUBT}, "private"),
        ({"internal": DOUBT}, None),
    ],
)
def test_the_scheme(values: dict[str, Any], scheme: str | None) -> None:
    assert the(block("aws_lb.b", values)).facts.get("scheme") == scheme


def test_a_gateway_load_balancer_is_told_as_the_account_tells_it() -> None:
    found = the(
        block("aws_lb.b", {"load_balancer_type": "gateway"}),
        block("aws_lb_listener.l", {"load_balancer_arn": Reference("aws_lb.b")}),
    )
    (listener,) = found.facts["listeners"]
    assert (listener["protocol"], listener["port"], listener["tls"]) == ("geneve", 6081, None)
    assert listener["source_ranges"] == []
    assert found.facts["waf"] is None
