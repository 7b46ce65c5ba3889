"""Resource documents that the tests of systems and contexts make."""

from __future__ import annotations

from typing import Any

from collectors.document import Document, Source

ACCOUNT = "111122223333"


def resource(name: str = "web", **changes: Any) -> Document:
    """A document of a firewall in cn-north-1, changed as asked."""
    values: dict[str, Any] = {
        "id": f"arn:aws-cn:ec2:cn-north-1:{ACCOUNT}:security-group/{name}",
        "type": "network.firewall",
        "provider": "aws",
        "account": ACCOUNT,
        "region": "cn-north-1",
        "country": "CN",
        "name": name,
    }
    return Document(**(values | changes))


def in_template(name: str = "web", uri: str = "infra/web.tf", **changes: Any) -> Document:
    """The same in a template."""
    source = Source(uri=uri, start_line=1, end_line=9, address=f"aws_security_group.{name}")
    return resource(name, id=f"{uri}#{source.address}", source=source, **changes)


def network(name: str, cidr: str, **changes: Any) -> Document:
    """A VPC with one range."""
    return resource(
        name,
        id=f"arn:aws-cn:ec2:cn-north-1:{ACCOUNT}:vpc/{name}",
        type="network.vpc",
        facts={"cidrs": [cidr]},
        **changes,
    )


def rule(*sources: str, **changes: Any) -> dict[str, Any]:
    """A rule that lets everything in from the sources."""
    values: dict[str, Any] = {
        "direction": "ingress",
        "action": "allow",
        "priority": 0,
        "protocol": "any",
        "from_port": 0,
        "to_port": 65535,
        "sources": list(sources),
        "destinations": [],
        "description": "",
    }
    return values | changes
