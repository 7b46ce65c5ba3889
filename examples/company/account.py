"""What every area needs: clients, tags, and a tally of what was made."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

MAIN_REGION = "cn-north-1"
"""Beijing: production."""

STANDBY_REGION = "cn-northwest-1"
"""Ningxia: the standby site, built later and in a hurry."""

ACCOUNT_ID = "123456789012"
"""The account that moto plays."""

PARTNER_ACCOUNT = "111122223333"
"""A settlement partner that the company has a contract with."""

STRANGER_ACCOUNT = "999988887777"
"""A vendor that left; nothing should be shared with it any more."""

PARTITION = "aws-cn"

Tags = Mapping[str, str]

CORE: Tags = {"system": "core-bank", "level": "3", "owner": "core-banking-team"}
MALL: Tags = {"system": "internet-mall", "level": "3", "owner": "e-commerce-team"}
OA: Tags = {"system": "oa", "level": "2", "owner": "it-office"}
LOGS: Tags = {"system": "log-archive", "level": "3", "owner": "security-office"}
UNTAGGED: Tags = {}


class Summary(msgspec.Struct, frozen=True):
    """How many resources were created, by service and by kind of resource."""

    kinds: dict[str, dict[str, int]]

    @property
    def services(self) -> dict[str, int]:
        """Resources by service."""
        return {service: sum(kinds.values()) for service, kinds in self.kinds.items()}

    @property
    def total(self) -> int:
        """All resources together."""
        return sum(self.services.values())


class Account:
    """The account being filled, seen through one endpoint."""

    def __init__(self, endpoint_url: str) -> None:
        self._endpoint_url = endpoint_url
        # boto3 ships no types, and its clients are made at run time: they are `Any` from here on.
        boto3: Any = importlib.import_module("boto3")
        config: Any = importlib.import_module("botocore.config")
        self._session: Any = boto3.session.Session(
            aws_access_key_id="AKIAEXAMPLEEXAMPLE00",
            aws_secret_access_key="not-a-secret",
            region_name=MAIN_REGION,
        )
        self._config: Any = config.Config(
            retries={"total_max_attempts": 1},
            connect_timeout=5,
            read_timeout=30,
            s3={"addressing_style": "path"},
            # Proxies of the environment are for the internet, not for a server on this machine.
            proxies={},
        )
        self._clients: dict[tuple[str, str], Any] = {}
        self._made: dict[str, Counter[str]] = {}

    def client(self, service: str, region: str = MAIN_REGION) -> Any:
        """A client of one service in one region; each is made once."""
        key = (service, region)
        if key not in self._clients:
            self._clients[key] = self._session.client(
                service, region_name=region, endpoint_url=self._endpoint_url, config=self._config
            )
        return self._clients[key]

    def made(self, service: str, kind: str, count: int = 1) -> None:
        """Count what was created."""
        self._made.setdefault(service, Counter())[kind] += count

    def summary(self) -> Summary:
        """What was created so far."""
        return Summary(
            {name: dict(sorted(self._made[name].items())) for name in sorted(self._made)}
        )


def arn(service: str, resource: str, region: str = "", account: str = ACCOUNT_ID) -> str:
    """An ARN in the company's partition."""
    return f"arn:{PARTITION}:{service}:{region}:{account}:{resource}"


def bucket_arn(bucket: str, key: str = "") -> str:
    """The ARN of a bucket, or of objects in it."""
    return f"arn:{PARTITION}:s3:::{bucket}" + (f"/{key}" if key else "")


def root_of(account: str) -> str:
    """An account as a principal."""
    return arn("iam", "root", account=account)


def pairs(tags: Tags, name: str = "") -> list[dict[str, str]]:
    """Tags in the form that most services take; `name` becomes the `Name` tag."""
    named = {"Name": name, **tags} if name else dict(tags)
    return [{"Key": key, "Value": value} for key, value in named.items()]


def specification(kind: str, name: str, tags: Tags) -> list[dict[str, Any]]:
    """Tags in the form that EC2's create calls take."""
    return [{"ResourceType": kind, "Tags": pairs(tags, name)}]


def policy_document(statements: Sequence[Mapping[str, Any]]) -> str:
    """A policy of these statements, as text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(actions: Sequence[str], resources: Sequence[str] = ("*",), **more: Any) -> dict[str, Any]:
    """An `Allow` statement; `more` adds `Principal`, `Condition` and so on."""
    return {"Effect": "Allow", "Action": list(actions), "Resource": list(resources), **more}
