"""API Gateway: APIs with the authentication and TLS of requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.api_facts import (
    Group,
    authentication_of,
    plugin_authentication,
    tls_of,
)
from collectors.aliyun.log_destinations import RETENTION_CALLS, delivered
from collectors.aliyun.vpc_calls import Item
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Api
from collectors.facts.shared import Logging, Tls


def _call(
    operation: str, result: str = "", scope: Scope = "region", *, paged: bool = False
) -> Call:
    return Call(
        provider="aliyun",
        service="cloudapi",
        operation=operation,
        permission=f"apigateway:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_APIS = _call("DescribeApis", "ApiSummarys.ApiSummary", paged=True)
DESCRIBE_API = _call("DescribeApi", "", "resource")
DESCRIBE_GROUP = _call("DescribeApiGroup", "", "resource")
DESCRIBE_PLUGINS = _call("DescribePluginsByApi", "Plugins.PluginAttribute", "resource", paged=True)
DESCRIBE_LOGS = _call("DescribeLogConfig", "LogInfos.LogInfo")

NATIVE = "ACS::ApiGateway::Api"


def apis(account: Account, region: str) -> Iterable[Document]:
    """A document for each API of a region that is deployed."""
    listed = account.listed(DESCRIBE_APIS, region)
    if isinstance(listed, Unknown):
        yield account.unlisted(Api, listed, region, NATIVE)
        return
    found = [item for item in listed if _stages(item)]
    if not found:
        return
    logs = account.listed(DESCRIBE_LOGS, region)
    yield from account.map(lambda item: _api(account, region, item, logs), found)


def _stages(item: Item) -> list[str]:
    """The stages that an API is deployed to."""
    infos = (item.get("DeployedInfos") or {}).get("DeployedInfo") or []
    return [str(one["StageName"]) for one in infos if one.get("DeployedStatus") == "DEPLOYED"]


def _api(account: Account, region: str, item: Item, logs: list[Any] | Unknown) -> Document:
    identity, group_id = item["ApiId"], item["GroupId"]
    answer = account.read(DESCRIBE_API, region, identity, ApiId=identity, GroupId=group_id)
    details: Item | Unknown = Unknown("the API is not described") if answer is None else answer
    group = then(
        account.read(DESCRIBE_GROUP, region, group_id, GroupId=group_id),
        lambda found: _group(found or {}),
    )
    return account.document(
        Api(
            authorization=then(details, lambda known: _authorization(account, region, item, known)),
            public=then(details, lambda known: not known.get("DisableInternet", False)),
            tls=_tls(details, group),
            logging=_logging(account, region, logs),
        ),
        id=account.arn("apigateway", region, f"apigroup/{group_id}/{identity}"),
        region=region,
        name=item.get("ApiName") or identity,
        tags=tags_of(item.get("TagList")),
        native_type=NATIVE,
        native=item,
    )


def _authorization(account: Account, region: str, item: Item, details: Item) -> str | Unknown:
    """Who may call: the API's own authentication, else that of a plug-in on every stage."""
    own = authentication_of(str(details.get("AuthType") or ""))
    if own is not None:
        return own
    found = ""
    for stage in _stages(item):
        plugins = account.listed(
            DESCRIBE_PLUGINS,
            region,
            item["ApiId"],
            ApiId=item["ApiId"],
            GroupId=item["GroupId"],
            StageName=stage,
        )
        if isinstance(plugins, Unknown):
            return plugins
        kinds = [kind for one in plugins if (kind := plugin_authentication(one["PluginType"]))]
        if not kinds:
            return "none"
        found = kinds[0]
    return found or "none"


def _group(found: Item) -> Group:
    domains = (found.get("CustomDomains") or {}).get("DomainItem") or []
    return Group(
        policy=found.get("HttpsPolicy") or None,
        redirects=bool(domains) and all(one.get("IsHttpRedirectToHttps") for one in domains),
    )


def _tls(details: Item | Unknown, group: Group | Unknown) -> Tls:
    if isinstance(details, Unknown):
        return Tls.unread(details)
    protocols = str((details.get("RequestConfig") or {}).get("RequestProtocol") or "")
    whole = Group(policy=group, redirects=group) if isinstance(group, Unknown) else group
    return tls_of(protocols, whole)


def _logging(account: Account, region: str, logs: list[Any] | Unknown) -> Logging:
    """The log of requests to the account's APIs in a region."""
    if isinstance(logs, Unknown):
        return Logging.unread(logs)
    for log in logs:
        if log.get("SlsProject") and log.get("SlsLogStore"):
            where = log.get("RegionId") or region
            return delivered(account, where, log["SlsProject"], log["SlsLogStore"])
    return Logging.off()


SERVICE = Service(
    name="API Gateway",
    types=((Api, NATIVE),),
    calls=(
        DESCRIBE_APIS,
        DESCRIBE_API,
        DESCRIBE_GROUP,
        DESCRIBE_PLUGINS,
        DESCRIBE_LOGS,
        *RETENTION_CALLS,
    ),
    region=apis,
)
