"""APIs of SAM, and what events of its functions become. Sources: SAM specification,
AWS::Serverless::Api, AWS::Serverless::HttpApi, and the events Api and HttpApi."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from collectors.iac.cloudformation.implied import EVENTS
from collectors.iac.cloudformation.resources.apis import body_of
from collectors.iac.cloudformation.sam_policy import statements
from collectors.iac.mappers.aws import http_api, rest_api
from collectors.iac.mappers.aws.api_shared import (
    AUTHORIZER,
    AUTHORIZERS,
    DEFAULT_AUTHORIZATION,
    DEFAULT_KEY,
    DOMAIN,
    DOMAIN_V2,
    LINKS,
)
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags

_LOG = {"DestinationArn": "destination_arn"}
_MUTUAL = {"TruststoreUri": "truststore_uri"}
_IAM, _NONE = "AWS_IAM", "NONE"
_CHANGED = Unknown("SAM adds what the API asks for to its OpenAPI document")
_POLICY = Unknown("the resource policy that SAM makes is not read")
_OF_METHOD = Unknown("the resource policy that SAM makes of an event is not read")
_AUTH = Unknown("what SAM asks for at the API is known after apply")
_EVENT = Unknown("an event of the function is known after apply")


def rest(resource: Resource) -> Iterator[Block]:
    """A REST API with its stage and custom domain; its methods stand in events of functions."""
    auth = resource.get("Auth")
    names = {"Name": "name", "DisableExecuteApiEndpoint": "disable_execute_api_endpoint"}
    values = renamed(resource.properties, names) | {
        "endpoint_configuration": _endpoint(resource.get("EndpointConfiguration")),
        "body": _body(resource, auth),
        "tags": tags(resource.get("Tags")),
    }
    values |= _asked(auth, "COGNITO_USER_POOLS", _NONE)
    if auth is not None:
        written = auth.get("ResourcePolicy") if isinstance(auth, dict) else _AUTH
        values["policy"] = _policy(resource, written)
        values[DEFAULT_KEY] = auth.get("ApiKeyRequired") if isinstance(auth, dict) else _AUTH
    yield resource.block(rest_api.API, values)
    stage = {
        "rest_api_id": resource.itself(),
        "stage_name": resource.get("StageName"),
        "access_log_settings": part(resource.get("AccessLogSetting"), _LOG),
    }
    yield resource.block(rest_api.STAGE, stage, part="Stage")
    yield from _domain(resource, DOMAIN, LINKS[0])


def http(resource: Resource) -> Iterator[Block]:
    """An HTTP API with its stage and custom domain."""
    auth = resource.get("Auth")
    names = {"Name": "name", "DisableExecuteApiEndpoint": "disable_execute_api_endpoint"}
    values = renamed(resource.properties, names) | {
        "protocol_type": "HTTP",
        "body": _body(resource, auth),
        "tags": tags(resource.get("Tags")),
    }
    values |= _asked(auth, "JWT", _NONE)
    yield resource.block(http_api.API, values)
    stage = {
        "api_id": resource.itself(),
        "name": resource.get("StageName"),
        "access_log_settings": part(resource.get("AccessLogSettings"), _LOG),
    }
    yield resource.block(http_api.STAGE, stage, part="Stage")
    yield from _domain(resource, DOMAIN_V2, LINKS[1])


def _policy(resource: Resource, written: Any) -> Any:
    """The resource policy; null where SAM makes none. To that of a document it adds its own."""
    if written is None:
        return None
    documents = ("DefinitionBody", "DefinitionUri")
    if not isinstance(written, dict) or any(resource.get(name) is not None for name in documents):
        return _POLICY
    found = statements(written)
    return {"Version": "2012-10-17", "Statement": found} if found else None


def _endpoint(value: Any) -> Any:
    """A word, or a mapping."""
    if isinstance(value, str):
        return {"types": [value]}
    if isinstance(value, dict):
        return {"types": [value["Type"]]} if value.get("Type") is not None else {}
    return value


def _body(resource: Resource, auth: Any) -> Any:
    """The OpenAPI document, to which SAM adds what `Auth` asks for."""
    found = body_of(resource, "DefinitionBody", "DefinitionUri")
    return found if found is None or auth is None else _CHANGED


def _asked(auth: Any, of_pool: str, default: str) -> dict[str, Any]:
    """What methods and routes are asked that choose nothing themselves, and what each authorizer
    is: by tokens of a user pool or an issuer, or by a function."""
    if auth is None:
        return {DEFAULT_AUTHORIZATION: default}
    if not isinstance(auth, dict):
        return {DEFAULT_AUTHORIZATION: _AUTH}
    written = auth.get("Authorizers")
    known = written if isinstance(written, dict) else {}
    kinds: dict[str, Any] = {name: _kind(each, of_pool) for name, each in known.items()}
    kinds |= {_IAM: _IAM, _NONE: _NONE}
    chosen = auth.get("DefaultAuthorizer")
    if is_open(chosen) or is_open(written):
        return {DEFAULT_AUTHORIZATION: _AUTH}
    return {
        DEFAULT_AUTHORIZATION: default if chosen is None else kinds.get(str(chosen), _AUTH),
        AUTHORIZERS: kinds,
    }


def _kind(authorizer: Any, of_pool: str) -> Any:
    if not isinstance(authorizer, dict):
        return _AUTH
    if {"UserPoolArn", "JwtConfiguration", "OpenIdConnectUrl"} & set(authorizer):
        return of_pool
    return "CUSTOM" if "FunctionArn" in authorizer else _AUTH


def _domain(resource: Resource, kind: str, link: str) -> Iterator[Block]:
    value = resource.get("Domain")
    if value is None:
        return
    settings = value if isinstance(value, dict) else {}
    doubt = None if isinstance(value, dict) else _AUTH
    policy = settings.get("SecurityPolicy") or doubt
    certificate = settings.get("CertificateArn") or doubt
    values = {
        "domain_name": settings.get("DomainName") or doubt,
        "mutual_tls_authentication": part(settings.get("MutualTlsAuthentication"), _MUTUAL)
        or doubt,
        "security_policy": policy,
        "certificate_arn": certificate,
        "domain_name_configuration": _present(
            {"security_policy": policy, "certificate_arn": certificate}
        ),
    }
    yield resource.block(kind, values, part="Domain")
    named = Reference(f"{resource.address}/Domain")
    own = {"api_id": resource.itself(), "domain_name": named}
    yield resource.block(link, own, part="Domain/Mapping")


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def events(resource: Resource) -> Iterator[Block]:
    """The methods and routes that events of a function or a state machine become. One that is
    decided at deployment may be either, of any API."""
    written = resource.get("Events")
    if is_open(written):
        written = {"*": written}
    for name, event in written.items() if isinstance(written, dict) else ():
        kind = event.get("Type") if isinstance(event, dict) else event
        if is_open(kind):
            for each in EVENTS:
                yield _event(resource, f"{name}/{each}", each, _EVENT)
        elif isinstance(kind, str) and kind in EVENTS:
            written = event.get("Properties")
            made = _event(resource, name, kind, written)
            yield made
            if made.type == rest_api.METHOD and _has_policy(written):
                values = {"rest_api_id": made.get("rest_api_id"), "policy": _OF_METHOD}
                yield resource.block(rest_api.POLICY, values, part=f"Events/{name}/ResourcePolicy")


def _has_policy(written: Any) -> bool:
    """Whether an event may add statements of its own to the policy of the API."""
    auth = written.get("Auth") if isinstance(written, dict) else written
    return is_open(auth) or (isinstance(auth, dict) and auth.get("ResourcePolicy") is not None)


def _event(resource: Resource, name: str, kind: str, written: Any) -> Block:
    argument, implied = EVENTS[kind]
    properties = written if isinstance(written, dict) else {}
    prefix = resource.address.rpartition(".")[0]
    made = Reference(f"{prefix}.{implied}" if prefix else implied)
    doubt = written if is_open(written) else None
    api = doubt or properties.get(argument)
    if isinstance(api, dict):
        api = _EVENT
    auth = properties.get("Auth")
    values: dict[str, Any] = {AUTHORIZER: None}
    if isinstance(auth, dict):
        values[AUTHORIZER] = auth.get("Authorizer")
        values["api_key_required"] = auth.get("ApiKeyRequired")
    authorization = None if auth is None or isinstance(auth, dict) else _EVENT
    method, path = properties.get("Method"), properties.get("Path")
    place = f"Events/{name}"
    if kind == "Api":
        values |= {
            "rest_api_id": made if api is None else api,
            "http_method": method or doubt,
            "authorization": authorization,
        }
        return resource.block(rest_api.METHOD, values, part=place)
    values |= {
        "api_id": made if api is None else api,
        "route_key": doubt or _route_key(method, path),
        "authorization_type": authorization,
    }
    return resource.block(http_api.ROUTE, values, part=place)


def _route_key(method: Any, path: Any) -> Any:
    """The route; one that takes everything where no path is written."""
    if path is None:
        return "$default"
    if is_open(method):
        return method if isinstance(method, Unknown) else _EVENT
    # How the path is called decides nothing.
    return f"{str(method or 'ANY').upper()} {'/' if is_open(path) else path}"


def state_machine(resource: Resource) -> Iterator[Block]:
    """A state machine, of which nothing is read but its methods of APIs."""
    yield resource.block(resource.type, {})
    yield from events(resource)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Serverless::Api": rest,
    "AWS::Serverless::HttpApi": http,
    "AWS::Serverless::StateMachine": state_machine,
}
