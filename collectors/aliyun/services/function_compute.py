"""Functions of Function Compute, with their HTTP triggers and custom domains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.function_facts import (
    CONTAINER,
    ENVIRONMENT,
    access,
    runtime_supported,
    tls_of,
)
from collectors.aliyun.log_destinations import RETENTION_CALLS, delivered
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Function
from collectors.facts.shared import Exposure, Logging
from collectors.logic import Known, some
from collectors.secrets import holds_secrets

Item = dict[str, Any]

# The code is that of a denial too; the message tells them apart.
_NOT_ACTIVATED = ("AccessDenied: FC service is not enabled",)


def _call(operation: str, result: str, scope: Scope, *, paged: bool = True) -> Call:
    return Call(
        provider="aliyun",
        service="fc",
        operation=operation,
        permission=f"fc:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=_NOT_ACTIVATED,
    )


DESCRIBE_REGIONS = _call("DescribeRegions", "Regions.Region", "account", paged=False)
LIST_FUNCTIONS = _call("ListFunctions", "functions", "region")
GET_FUNCTION = _call("GetFunction", "", "resource", paged=False)
LIST_TRIGGERS = _call("ListTriggers", "triggers", "resource")
LIST_DOMAINS = _call("ListCustomDomains", "customDomains", "region")

NATIVE = "ACS::FC::Function"

_SECRET_PARTS = {
    "environmentVariables", "codeChecksum", "customContainerConfig", "customRuntimeConfig",
    "nasConfig", "ossMountConfig", "juiceFsConfig", "polarFsConfig", "tracingConfig",
}  # fmt: skip


def functions(account: Account, region: str) -> Iterable[Document]:
    """A document for each function of a region."""
    found = read_functions(account, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Function, found, region, NATIVE)
        return
    yield from account.map(lambda item: _document(account, region, item), found)


def read_functions(account: Account, region: str) -> list[Item] | Unknown:
    """The functions of a region. Nobody but the service itself knows where it is offered; where it
    names no region at all, it is asked in this one."""
    offered = account.listed(DESCRIBE_REGIONS)
    if isinstance(offered, Unknown):
        return offered
    if offered and all(one["RegionId"] != region for one in offered):
        return []
    return account.listed(LIST_FUNCTIONS, region)


def _document(account: Account, region: str, item: Item) -> Document:
    name = item["functionName"]
    vpc = (item.get("vpcConfig") or {}).get("vpcId") or None
    runtime = item["runtime"]
    own = runtime == CONTAINER
    triggers = account.listed(LIST_TRIGGERS, region, name, functionName=name)
    return account.document(
        Function(
            runtime=None if own else runtime,
            runtime_supported=None if own else runtime_supported(runtime),
            vpc_id=vpc,
            network_kind="vpc" if vpc else "public",
            exposure=_exposure(account, region, name, triggers),
            tls=tls_of(_is_called(triggers)),
            plain_ftp=None,
            environment_secrets=then(_environment(account, region, item), holds_secrets),
            environment_encryption=ENVIRONMENT,
            role=item.get("role") or None,
            logging=_logging(account, region, item),
        ),
        id=account.arn("fc", region, f"functions/{name}"),
        region=region,
        name=name,
        tags=tags_of(item.get("tags")),
        native_type=NATIVE,
        native={key: value for key, value in item.items() if key not in _SECRET_PARTS},
    )


def _environment(account: Account, region: str, item: Item) -> Item | Unknown:
    """The variables; the list may leave them out, the function itself has them where there are
    any."""
    if "environmentVariables" not in item:
        name = item["functionName"]
        item = account.read(GET_FUNCTION, region, name, functionName=name)
    return item if isinstance(item, Unknown) else item.get("environmentVariables") or {}


def _exposure(account: Account, region: str, name: str, triggers: list[Item] | Unknown) -> Exposure:
    """Public by an HTTP trigger without authentication: at its own address in the internet, unless
    that is off, or at a custom domain that leads to the function and asks for nothing either."""
    if isinstance(triggers, Unknown):
        return Exposure.unread(triggers)
    answers = [_is_open(account, region, name, trigger) for trigger in triggers]
    public = some(answers)
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["endpoint"] if public else [])


def _is_called(triggers: list[Item] | Unknown) -> Known:
    """Whether the function has an HTTP trigger."""
    return then(triggers, lambda all_: any(one["triggerType"] == "http" for one in all_))


def _is_open(account: Account, region: str, name: str, trigger: Item) -> Known:
    if trigger["triggerType"] != "http":
        return False
    found = access(str(trigger.get("triggerConfig") or ""))
    if found != "by-domain":
        return found if isinstance(found, Unknown) else found == "open"
    domains = account.listed(LIST_DOMAINS, region)
    return then(domains, lambda all_: any(_leads_to(domain, name) for domain in all_))


def _leads_to(domain: Item, name: str) -> bool:
    kind = str((domain.get("authConfig") or {}).get("authType") or "anonymous").lower()
    routes = (domain.get("routeConfig") or {}).get("routes") or []
    return kind == "anonymous" and any(route.get("functionName") == name for route in routes)


def _logging(account: Account, region: str, item: Item) -> Logging:
    """What the function writes, in a Logstore of the account."""
    config = item.get("logConfig") or {}
    if not config.get("project") or not config.get("logstore"):
        return Logging.off()
    return delivered(account, region, config["project"], config["logstore"])


SERVICE = Service(
    name="Function Compute",
    types=((Function, NATIVE),),
    calls=(
        DESCRIBE_REGIONS,
        LIST_FUNCTIONS,
        GET_FUNCTION,
        LIST_TRIGGERS,
        LIST_DOMAINS,
        *RETENTION_CALLS,
    ),
    region=functions,
)
