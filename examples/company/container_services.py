"""Containers without Kubernetes: services of ECS, and a job that a schedule starts."""

from __future__ import annotations

from typing import Any

import msgspec

from examples.company.account import CORE, MAIN_REGION, MALL, Account, Tags, arn
from examples.company.identity import PASSWORD
from examples.company.keys import Keys
from examples.company.network import Networks

CLUSTER = "production"


class Definition(msgspec.Struct, frozen=True):
    """A task definition of one container, and the network of its service, if it has one."""

    family: str
    tags: Tags
    subnet: str = ""
    firewall: str = ""
    public: bool = False
    variables: tuple[tuple[str, str], ...] = ()
    log_days: int = 0
    privileged: bool = False


DEFINITIONS = (
    Definition("core-gateway", CORE, subnet="core-app-a", firewall="core-app", log_days=180),
    # bad: addresses of its own, a password in its environment, and nobody keeps its output
    Definition(
        "mall-recommend",
        MALL,
        subnet="mall-public-a",
        firewall="mall-web",
        public=True,
        variables=(("DB_PASSWORD", PASSWORD),),
    ),
    # bad: a nightly job that commands the machine below it
    Definition("mall-cleanup", MALL, privileged=True),
)


def fill_container_services(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production runs containers."""
    if region != MAIN_REGION:
        return
    ecs = account.client("ecs", region)
    ecs.create_cluster(clusterName=CLUSTER)
    account.made("ecs", "cluster")
    for definition in DEFINITIONS:
        _definition(account, region, definition, keys)
        if definition.subnet:
            _service(account, region, definition, networks)
    _job(account, region)


def _definition(account: Account, region: str, definition: Definition, keys: Keys) -> None:
    name = definition.family
    container: dict[str, Any] = {
        "name": name,
        "image": f"example.com/{name}:1",
        "memory": 512,
        "privileged": definition.privileged,
        "environment": [{"name": key, "value": value} for key, value in definition.variables],
    }
    if definition.log_days:
        group = f"/ecs/{name}"
        logs = account.client("logs", region)
        logs.create_log_group(
            logGroupName=group, tags=dict(definition.tags), kmsKeyId=keys.keys["log-archive"]
        )
        logs.put_retention_policy(logGroupName=group, retentionInDays=definition.log_days)
        account.made("logs", "log-group")
        options = {"awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": name}
        container["logConfiguration"] = {"logDriver": "awslogs", "options": options}
    on_fargate = bool(definition.subnet)
    account.client("ecs", region).register_task_definition(
        family=name,
        taskRoleArn=arn("iam", "role/functions"),
        networkMode="awsvpc" if on_fargate else "bridge",
        requiresCompatibilities=["FARGATE" if on_fargate else "EC2"],
        cpu="256",
        memory="512",
        containerDefinitions=[container],
        tags=_tags(definition),
    )
    account.made("ecs", "task-definition")


def _job(account: Account, region: str) -> None:
    """Bad: a job of AWS Batch with a password in its environment."""
    account.client("batch", region).register_job_definition(
        jobDefinitionName="mall-report",
        type="container",
        containerProperties={
            "image": "example.com/mall-report:1",
            "command": ["report"],
            "vcpus": 1,
            "memory": 512,
            "environment": [{"name": "DB_PASSWORD", "value": PASSWORD}],
        },
        tags=dict(MALL),
    )
    account.made("batch", "job-definition")


def _service(account: Account, region: str, definition: Definition, networks: Networks) -> None:
    account.client("ecs", region).create_service(
        cluster=CLUSTER,
        serviceName=definition.family,
        taskDefinition=definition.family,
        desiredCount=2,
        launchType="FARGATE",
        networkConfiguration={
            "awsvpcConfiguration": {
                "subnets": [networks.subnets[definition.subnet]],
                "securityGroups": [networks.firewalls[definition.firewall]],
                "assignPublicIp": "ENABLED" if definition.public else "DISABLED",
            }
        },
        tags=_tags(definition),
    )
    account.made("ecs", "service")


def _tags(definition: Definition) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in definition.tags.items()]
