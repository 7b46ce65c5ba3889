"""aws_lambda_function with its URLs and permissions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

from collectors.aws.function_policy import ONE_ALONE
from collectors.aws.lambda_runtimes import supported
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Function
from collectors.facts.shared import Exposure
from collectors.iac.blocks import Block, Mapping, PartOf, Project, Reference, nested
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import Joined, given, identity, joined, name_of
from collectors.iac.mappers.start_script import known_secret
from collectors.secrets import holds_secrets

FUNCTION = "aws_lambda_function"
URL = "aws_lambda_function_url"
PERMISSION = "aws_lambda_permission"
GRANTS_ITSELF = "grants_itself"
"""No argument of Terraform: false where a URL without authentication lets nobody in before a
permission does. Terraform's provider adds that permission, CloudFormation does not."""

_LOGS = Unknown("whether the function's role may write its logs is not read from templates")
_VARIABLES = Unknown("the variables of the environment are known after apply")
_NARROWING = ("principal_org_id", "source_account", "source_arn")
_NOBODY, _ACCOUNTS = "NONE", "AWS_IAM"
"""What a URL asks for: nothing, or a signature of any account that its policy lets in."""
_CALLS = frozenset({"lambda:invokefunction", "lambda:invoke*", "lambda:*", "*"})
_URLS = frozenset({"lambda:invokefunctionurl", "lambda:invoke*", "lambda:*", "*"})

Known = bool | Unknown


def map_function(block: Block, project: Project) -> Iterator[Document]:
    """A function, with what lets callers in."""
    runtime = _runtime(block)
    network = _in_vpc(block)
    facts = Function(
        runtime=runtime,
        runtime_supported=then(
            runtime, lambda name: None if name is None else supported(name, _today())
        ),
        vpc_id=then(
            network,
            lambda inside: Unknown("the VPC is that of the function's subnets") if inside else None,
        ),
        network_kind=cast("Any", then(network, lambda inside: "vpc" if inside else "public")),
        exposure=_exposure(block, project),
        tls=None,
        plain_ftp=None,
        environment_secrets=_secrets(block),
        # Without a key of the account it is one of Lambda's own (Lambda developer guide, "Securing
        # Lambda environment variables").
        environment_encryption=at_rest(project, True, block.values.get("kms_key_arn")),
        role=identity(project, block.get("role")) or Unknown("the template gives no role"),
        logging=cast("Any", _LOGS),
    )
    yield aws_document(block, project, facts, name=name_of(block, "function_name"))


def _today() -> Any:
    return datetime.now(UTC).date()


def _runtime(block: Block) -> str | Unknown | None:
    """The runtime; a container image brings its own."""
    kind = block.read("package_type", str, "Zip")
    if kind == "Image" or isinstance(kind, Unknown):
        return kind if isinstance(kind, Unknown) else None
    return block.read("runtime", str, Unknown("the template gives no runtime"))


def _in_vpc(block: Block) -> Known:
    """Whether the function runs in subnets of the account; without any it does not."""
    written = nested(block.values, "vpc_config")
    if isinstance(written, Unknown) or not written:
        return written if isinstance(written, Unknown) else False
    return given(written[0], "subnet_ids")


def _secrets(block: Block) -> Known:
    """Whether a variable of the environment is a secret, by its name or its value."""
    written = nested(block.values, "environment")
    if isinstance(written, Unknown) or not written:
        return written if isinstance(written, Unknown) else False
    variables = written[0].get("variables") or {}
    if not isinstance(variables, dict):
        return variables if isinstance(variables, Unknown) else _VARIABLES
    plain = {
        name: value
        for name, value in variables.items()
        if not isinstance(value, Unknown | Reference)
    }
    if holds_secrets(plain) or known_secret(variables.values()):
        return True
    return also(None, *variables.values()) or (
        False if len(plain) == len(variables) else _VARIABLES
    )


def _exposure(block: Block, project: Project) -> Exposure:
    """Who may invoke the function without belonging to the account: anyone by a URL without
    authentication, or everybody with an AWS account."""
    permissions = joined(project, block, "function_name", PERMISSION)
    urls = joined(project, block, "function_name", URL)
    calls = _granted(permissions, _CALLS, by_api=True)
    ways = {
        "endpoint": _open_url(urls, permissions, _NOBODY),
        "policy": _any(iter([calls, _open_url(urls, permissions, _ACCOUNTS)])),
    }
    public = _any(iter(ways.values()))
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=[way for way, is_open in ways.items() if is_open is True])


def _open_url(urls: Joined, permissions: Joined, kind: str) -> Known:
    found = _any(_is_open(url, permissions, kind) for url in urls.blocks)
    return found or urls.doubt or False


def _url_granted(permissions: Joined, kind: str) -> Known:
    """Whether everybody may send requests to a URL. A URL made since October 2025 asks for
    lambda:InvokeFunction too, an older one does not (Lambda developer guide, "Control access to
    Lambda function URLs"): a template does not tell which of them it is."""
    url = _granted(permissions, _URLS, kind)
    if url is not True:
        return url
    return _granted(permissions, _CALLS) or ONE_ALONE


def _granted(
    permissions: Joined, actions: frozenset[str], kind: str = "", *, by_api: bool = False
) -> Known:
    """Whether everybody may do one of some actions, by URLs of a kind; `by_api`: by calls of the
    API."""
    found = _any(_opens(each, actions, kind, by_api) for each in permissions.blocks)
    return found or permissions.doubt or False


def _is_open(url: Block, permissions: Joined, wanted: str) -> Known:
    """Whether a URL is of the wanted kind, and everybody may send requests to it."""
    kind = _kind(url, "authorization_type", Unknown("the function URL gives no authentication"))
    if kind != wanted:
        return kind if isinstance(kind, Unknown) else False
    itself = wanted == _NOBODY and url.read(GRANTS_ITSELF, bool, default=True)
    return _any(iter([itself, _url_granted(permissions, wanted)]))


def _kind(block: Block, argument: str, default: str | Unknown) -> str | Unknown:
    """Whom a URL lets in; unknown where the word is none of those that Lambda takes."""
    found = then(block.read(argument, str, default), str.upper)
    if isinstance(found, Unknown) or found in (_NOBODY, _ACCOUNTS, default):
        return found
    return Unknown(f"the authentication {found} of function URLs is not known")


def _opens(permission: Block, actions: frozenset[str], wanted: str, by_api: bool) -> Known:
    """Whether a permission lets everybody in."""
    action = permission.read("action", str, Unknown("the permission gives no action"))
    principal = permission.read("principal", str, Unknown("the permission gives no principal"))
    if isinstance(action, str) and action.lower() not in actions:
        return False
    if isinstance(principal, str) and principal != "*":
        return False
    kind = _kind(permission, "function_url_auth_type", wanted) if wanted else wanted
    if isinstance(kind, str) and kind != wanted:
        return False
    narrowed = given(permission.values, *_NARROWING)
    by_url = permission.read("invoked_via_function_url", bool, default=False) if by_api else False
    if narrowed is True or by_url is True:
        return False
    return also(action, principal, narrowed, by_url, kind) or True


def _any(values: Iterator[Known]) -> Known:
    """Whether one of them holds; a doubt counts where none does for certain."""
    doubt: Unknown | None = None
    for value in values:
        if value is True:
            return True
        if isinstance(value, Unknown):
            doubt = doubt or value
    return doubt or False


MAPPINGS = [
    Mapping(
        types=(FUNCTION,),
        facts=Function,
        map=map_function,
        joined=(URL, PERMISSION, *KEYS, *KEY_DATA),
    )
]

PART_OF = {
    "aws_lambda_function_url": PartOf("aws_lambda_function", ("function_name",)),
    "aws_lambda_permission": PartOf("aws_lambda_function", ("function_name",)),
}
