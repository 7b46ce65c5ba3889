"""Lambda functions, with their URLs, policies and logs. Values of their environment are looked at
and forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service
from collectors.aws.encryption import at_rest
from collectors.aws.function_policy import opens_calls, opens_url
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.lambda_runtimes import supported
from collectors.aws.log_delivery import GROUP_CALLS, to_log_group
from collectors.aws.logic import Known, some, told
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Function
from collectors.facts.shared import Exposure, Logging
from collectors.secrets import holds_secrets

FUNCTION = "AWS::Lambda::Function"


def _lambda(
    operation: str,
    result: str,
    scope: Scope = "resource",
    *,
    paged: bool = False,
    may_omit: bool = False,
    absent: tuple[str, ...] = (),
) -> Call:
    return Call(
        provider="aws",
        service="lambda",
        operation=operation,
        permission=f"lambda:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=may_omit,
        absent=absent,
    )


LIST_FUNCTIONS = _lambda("ListFunctions", "Functions", "region", paged=True)
LIST_URLS = _lambda("ListFunctionUrlConfigs", "FunctionUrlConfigs", paged=True)
LIST_ALIASES = _lambda("ListAliases", "Aliases", paged=True)
GET_POLICY = _lambda("GetPolicy", "Policy", absent=("ResourceNotFoundException",))
LIST_TAGS = _lambda("ListTags", "Tags", may_omit=True)

_KEPT = (
    "FunctionName",
    "FunctionArn",
    "Runtime",
    "Role",
    "Handler",
    "LastModified",
    "Version",
    "VpcConfig",
    "KMSKeyArn",
    "PackageType",
    "Architectures",
    "LoggingConfig",
)

_UNPUBLISHED = "$LATEST"
# Each has a policy of its own, of which Lambda answers 15 questions a second (developer guide,
# "Lambda quotas").
_MOST_VERSIONS = 100

Item = dict[str, Any]


class Access(Struct, frozen=True):
    """What lets callers in: the URLs, and the policies of the function ("") and of each of its
    aliases and published versions."""

    urls: list[Item] | Unknown
    policies: dict[str, str | Unknown | None]
    others: Known
    """False, or why aliases or versions could not be listed."""


Versions = dict[str, list[str]] | Unknown
"""The numbers of the published versions of each function, by its name."""


def functions(account: Account, region: str) -> Iterable[Document]:
    """A document for each function of a region."""
    found = account.read(LIST_FUNCTIONS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Function, found, region, FUNCTION)
        return
    if not found:
        return
    versions = then(account.read(LIST_FUNCTIONS, region, FunctionVersion="ALL"), published)
    yield from account.map(lambda item: _document(account, region, item, versions), found)


def published(found: list[Item]) -> dict[str, list[str]]:
    """The versions of each function, out of a list that holds an entry for each of them."""
    numbers: dict[str, list[str]] = {}
    for item in found:
        if item["Version"] != _UNPUBLISHED:
            numbers.setdefault(item["FunctionName"], []).append(item["Version"])
    return numbers


def _document(account: Account, region: str, item: Item, versions: Versions) -> Document:
    arn, name = item["FunctionArn"], item["FunctionName"]
    vpc_id = item.get("VpcConfig", {}).get("VpcId") or None
    tags = account.read(LIST_TAGS, region, arn, Resource=arn)
    return account.document(
        Function(
            runtime=runtime(item),
            runtime_supported=then(
                runtime(item),
                lambda known: None if known is None else supported(known, _today()),
            ),
            vpc_id=vpc_id,
            network_kind="vpc" if vpc_id else "public",
            exposure=exposure(_read_access(account, region, name, versions)),
            tls=None,
            plain_ftp=None,
            environment_secrets=environment_secrets(item),
            # Without a key of the account it is one of Lambda's own (Lambda developer guide,
            # "Securing Lambda environment variables").
            environment_encryption=at_rest(account, region, True, item.get("KMSKeyArn")),
            role=told(item, "Role"),
            logging=_logging(account, region, item),
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(tags, lambda known: dict(known or {})),
        native_type=FUNCTION,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _today() -> Any:
    return datetime.now(UTC).date()


def runtime(item: Item) -> str | Unknown | None:
    """The runtime of a function; a container image brings its own."""
    if item.get("PackageType") == "Image":
        return None
    named: str | Unknown = told(item, "Runtime")
    return named


def environment_secrets(item: Item) -> Known:
    """Whether the environment holds a secret. The API leaves the variables out where the reader may
    not use the key that they are encrypted with."""
    environment = item.get("Environment") or {}
    if environment.get("Error"):
        code = environment["Error"].get("ErrorCode", "?")
        return Unknown(f"Lambda could not decrypt the environment variables: {code}")
    return holds_secrets(environment.get("Variables") or {})


def _read_access(account: Account, region: str, name: str, versions: Versions) -> Access:
    found = account.read(LIST_ALIASES, region, name, FunctionName=name)
    aliases = then(found, lambda known: [alias["Name"] for alias in known])
    numbers = then(versions, lambda known: known.get(name, []))
    if not isinstance(numbers, Unknown) and len(numbers) > _MOST_VERSIONS:
        count = len(numbers)
        numbers = Unknown(f"the policies of {count} published versions are too many to read")
    policies = {"": account.read(GET_POLICY, region, name, FunctionName=name)}
    for listed in (aliases, numbers):
        for qualifier in [] if isinstance(listed, Unknown) else listed:
            policies[qualifier] = account.read(
                GET_POLICY, region, f"{name}:{qualifier}", FunctionName=name, Qualifier=qualifier
            )
    urls = account.read(LIST_URLS, region, name, FunctionName=name)
    return Access(urls, policies, also(None, aliases, numbers) or False)


def exposure(access: Access) -> Exposure:
    """Who may invoke a function without belonging to the account: anyone by a URL that
    authenticates nobody (`endpoint`), or everybody with an AWS account (`policy`)."""
    policies = access.policies
    calls = some([access.others, *(then(policy, opens_calls) for policy in policies.values())])
    ways = {
        "endpoint": then(access.urls, lambda all_: _open_urls(all_, policies, "NONE")),
        "policy": some(
            [calls, then(access.urls, lambda all_: _open_urls(all_, policies, "AWS_IAM"))]
        ),
    }
    public = some(ways.values())
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=[way for way, is_open in ways.items() if is_open is True])


def _open_urls(urls: list[Item], policies: dict[str, str | Unknown | None], kind: str) -> Known:
    return some(_is_open(url, policies) for url in urls if url["AuthType"] == kind)


def _is_open(url: Item, policies: dict[str, str | Unknown | None]) -> Known:
    kind, made = url["AuthType"], url.get("CreationTime")
    return then(_policy_of(url, policies), lambda policy: opens_url(policy, kind, made))


def _policy_of(url: Item, policies: dict[str, str | Unknown | None]) -> str | Unknown | None:
    """The policy that a URL asks: that of the alias that it leads to, or of the function."""
    parts = url["FunctionArn"].split(":")
    alias = parts[7] if len(parts) > 7 else ""
    return policies.get(alias, Unknown(f"the alias {alias} of the function is not visible"))


def _logging(account: Account, region: str, item: Item) -> Logging:
    """Functions write to a log group of their name unless they name another. It is made when they
    first run, by their role: until then nothing can be said of it."""
    default = f"/aws/lambda/{item['FunctionName']}"
    name = item.get("LoggingConfig", {}).get("LogGroup") or default
    logging = to_log_group(account, region, name)
    if isinstance(logging.retention_days, Unknown):
        logging.enabled = logging.retention_days
    return logging


SERVICE = Service(
    name="Lambda",
    types=((Function, FUNCTION),),
    calls=(
        LIST_FUNCTIONS,
        LIST_URLS,
        LIST_ALIASES,
        GET_POLICY,
        LIST_TAGS,
        DESCRIBE_KEY,
        *GROUP_CALLS,
    ),
    region=functions,
)
