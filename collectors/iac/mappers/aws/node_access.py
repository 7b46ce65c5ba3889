"""The security group that EKS makes for a node group whose nodes may be reached by SSH."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import IPV4_ANY, given, name_of

_SSH = 22
_MADE = Unknown("EKS makes the security group of the nodes: a template does not tell of it")


def remote_access(group: Block, project: Project) -> Iterator[Document]:
    """The security group for SSH, where a key is given: it lets everybody in unless groups are
    named that may (API reference, RemoteAccessConfig)."""
    settings = nested(group.values, "remote_access")
    if isinstance(settings, Unknown):
        yield _firewall(group, project, settings)
    for each in settings if isinstance(settings, list) else []:
        key, named = given(each, "ec2_ssh_key"), given(each, "source_security_group_ids")
        if key is False or named is True:
            continue
        doubt = next((one for one in (key, named) if isinstance(one, Unknown)), None)
        yield _firewall(group, project, doubt or [IPV4_ANY])


def _firewall(group: Block, project: Project, sources: list[str] | Unknown) -> Document:
    facts = Firewall(
        vpc_id=_MADE,
        rules=[_rule("ingress", _SSH, sources), _rule("egress", None, [IPV4_ANY])],
        default_ingress="deny",
        default_egress="deny",
        is_default=False,
        attached=_MADE,
    )
    return aws_document(group, project, facts, name=name_of(group, "node_group_name"))


def _rule(direction: Any, port: int | None, far: list[str] | Unknown) -> Rule:
    """A rule for a TCP port, or (null) for everything."""
    return Rule(
        direction=direction,
        action="allow",
        priority=0,
        protocol="any" if port is None else "tcp",
        from_port=0 if port is None else port,
        to_port=65535 if port is None else port,
        sources=far if direction == "ingress" else [],
        destinations=[] if direction == "ingress" else far,
        description="",
    )
