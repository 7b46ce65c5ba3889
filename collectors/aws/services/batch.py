"""Job definitions of AWS Batch: of each name the newest active revision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.batch_jobs import (
    QUEUE,
    exposure_of,
    job_routes,
    public_address,
    role_of,
    tasks_of,
)
from collectors.aws.container_definition import environment_secrets, privileged_containers
from collectors.aws.container_logs import output_logging
from collectors.aws.log_delivery import GROUP_CALLS
from collectors.aws.logic import some
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.compute import ContainerService

NATIVE = "AWS::Batch::JobDefinition"
DESCRIBE_DEFINITIONS = Call(
    provider="aws",
    service="batch",
    operation="DescribeJobDefinitions",
    permission="batch:DescribeJobDefinitions",
    scope="region",
    result="jobDefinitions",
    paged=True,
)
# Without what may hold secrets: environments, commands, parameters.
_KEPT = ("jobDefinitionArn", "revision", "type", "platformCapabilities", "status")
Item = dict[str, Any]


def job_definitions(account: Account, region: str) -> Iterable[Document]:
    """A document for each name; whoever submits a job may still name an older revision."""
    found = account.read(DESCRIBE_DEFINITIONS, region, status="ACTIVE")
    if isinstance(found, Unknown):
        yield account.unlisted(ContainerService, found, region, NATIVE)
        return
    newest: dict[str, Item] = {}
    for item in sorted(found, key=lambda one: int(one["revision"])):
        newest[item["jobDefinitionName"]] = item
    for name, item in sorted(newest.items()):
        yield account.document(
            _facts(account, region, item),
            # Without a revision: it stays the same resource when one is added.
            id=account.arn("batch", region, f"job-definition/{name}"),
            region=region,
            name=name,
            tags=dict(item.get("tags") or {}),
            native_type=NATIVE,
            native={key: item[key] for key in _KEPT if key in item},
        )


def _facts(account: Account, region: str, item: Item) -> ContainerService:
    tasks = tasks_of(item, item["jobDefinitionName"])
    public = public_address(item, tasks)
    return ContainerService(
        vpc_id=QUEUE,
        # Compute environments stand in subnets (CreateComputeEnvironment).
        network_kind="vpc",
        public_address=public,
        exposure=exposure_of(public),
        firewalls=None if public is None else QUEUE,
        environment_secrets=some(environment_secrets(task) for task in tasks),
        privileged_containers=sorted(
            {name for task in tasks for name in privileged_containers(task)}
        ),
        role=role_of(item, tasks),
        logging=output_logging(account, region, job_routes(tasks)),
    )


SERVICE = Service(
    name="AWS Batch",
    types=((ContainerService, NATIVE),),
    calls=(DESCRIBE_DEFINITIONS, *GROUP_CALLS),
    region=job_definitions,
)
