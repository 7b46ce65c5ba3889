"""The log of a service of containers: where the output of all of them goes."""

from __future__ import annotations

from collections.abc import Callable

from collectors.aws.account import Account
from collectors.aws.container_definition import Elsewhere, LogGroup, Route
from collectors.aws.log_delivery import to_log_group
from collectors.document import Unknown
from collectors.facts.shared import Logging


def output_logging(account: Account, region: str, routes: list[Route]) -> Logging:
    """Where every container's output goes, in an account."""
    return joined_log(routes, lambda to: _group(account, to.region or region, to.name))


def joined_log(routes: list[Route], of_group: Callable[[LogGroup], Logging]) -> Logging:
    """On where every container's output goes to a store; of several stores the one that keeps it
    shortest, or of which that is not known."""
    if None in routes:
        return Logging.off()
    logs: list[Logging] = []
    for route in dict.fromkeys(routes):
        match route:
            case Unknown():
                return Logging.unread(route)
            case LogGroup():
                logs.append(of_group(route))
            case Elsewhere(driver=driver):
                logs.append(_elsewhere(driver))
    if not logs:
        return Logging.unread(Unknown("the task definition has no container that logs"))
    return min(logs, key=_days)


def _days(log: Logging) -> float:
    """Unknown comes first: it could be any number. Kept for ever (null) comes last."""
    days = log.retention_days
    if days is None:
        return float("inf")
    return days if isinstance(days, int) else -1


def _group(account: Account, region: str, name: str) -> Logging:
    """A log group that is not there yet is made by the first container, or never."""
    logging = to_log_group(account, region, name)
    if isinstance(logging.retention_days, Unknown):
        logging.enabled = logging.retention_days
    return logging


def _elsewhere(driver: str) -> Logging:
    untold = Unknown(f"how long the output is kept is decided behind the log driver {driver}")
    return Logging(
        enabled=True,
        destination=driver,
        destination_account=untold,
        destination_region=untold,
        retention_days=untold,
    )
