"""OpenAPI documents of API Gateway: how their operations authenticate requests.

Sources: API Gateway developer guide, "OpenAPI extensions for API Gateway in API Gateway":
x-amazon-apigateway-authtype, -authorizer, -auth, -policy and -endpoint-configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from collectors.aws.api_facts import Route
from collectors.aws.logic import Known
from collectors.document import Unknown, then
from collectors.iac.blocks import Project, Reference
from collectors.iac.located import NotATemplateError, parse
from collectors.iac.mappers.joins import settle

_EXTENSION = "x-amazon-apigateway-"
_ANY = f"{_EXTENSION}any-method"
_VERBS = frozenset({"get", "put", "post", "delete", "head", "patch", "trace", _ANY})
_BY_AUTHORIZER = {
    "cognito_user_pools": "token",
    "jwt": "token",
    "token": "custom",
    "request": "custom",
}
_BY_TYPE = {"awssigv4": "iam", "cognito_user_pools": "token", "custom": "custom", "oauth2": "token"}
_BY_AUTH = {"NONE": "none", "AWS_IAM": "iam", "CUSTOM": "custom", "COGNITO_USER_POOLS": "token"}
_ROUTES = {"none": "NONE", "iam": "AWS_IAM", "token": "JWT", "custom": "CUSTOM", "key": "NONE"}
_NOT_READ = Unknown(
    "the OpenAPI document of the API is not read: it is known after apply, or neither JSON nor YAML"
)
_PART = Unknown("a part of the OpenAPI document of the API is known after apply")
_SCHEME = Unknown("how a security scheme of the OpenAPI document authenticates is not told")
_ROOT = Unknown("whether the security of the whole OpenAPI document counts is not told")

Operation = tuple[str, str, dict[str, Any] | Unknown]


def document_of(project: Project, body: Any) -> dict[str, Any] | Unknown | None:
    """The document that an argument holds, as JSON, YAML or properties; null where it is not
    given."""
    value = settle(project, body)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = _decoded(value)
    if isinstance(value, Unknown):
        return value
    return value if isinstance(value, dict) else _NOT_READ


def _decoded(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        pass
    try:
        return parse(text)
    except NotATemplateError:
        return _NOT_READ


def rest_methods(project: Project, body: Any) -> list[str | Unknown]:
    """How each operation of a document authenticates requests, OPTIONS apart."""
    document = document_of(project, body)
    if document is None or isinstance(document, Unknown):
        return [] if document is None else [document]
    return [
        then(operation, lambda known: _kind(known, document))
        for _, _, operation in _operations(document)
    ]


def http_routes(project: Project, body: Any) -> list[Route | Unknown]:
    """The routes that a document makes."""
    document = document_of(project, body)
    if document is None or isinstance(document, Unknown):
        return [] if document is None else [document]
    found: list[Route | Unknown] = []
    for path, verb, operation in _operations(document):
        kind = then(operation, lambda known: _kind(known, document))
        key = f"{'ANY' if verb == _ANY else verb.upper()} {path}"
        found.append(
            kind if isinstance(kind, Unknown) else Route(key, _ROUTES[kind], kind == "key")
        )
    return found


def policy_in(document: dict[str, Any] | Unknown | None) -> Any:
    """The resource policy that a document brings along; null where it brings none."""
    if document is None or isinstance(document, Unknown):
        return document
    return document.get(f"{_EXTENSION}policy")


def disables_endpoint(document: dict[str, Any] | Unknown | None) -> Known:
    """Whether a document turns the default endpoint off."""
    if document is None or isinstance(document, Unknown):
        return False if document is None else document
    settings = document.get(f"{_EXTENSION}endpoint-configuration") or {}
    if not isinstance(settings, dict):
        return settings if isinstance(settings, Unknown) else _PART
    value = settings.get("disableExecuteApiEndpoint", False)
    return value if isinstance(value, bool | Unknown) else _PART


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Path, verb and operation of each; an Unknown stands for what is not known of them."""
    paths = document.get("paths", {})
    if not isinstance(paths, dict):
        yield "", "", paths if isinstance(paths, Unknown) else _PART
        return
    for path, item in paths.items():
        if not isinstance(item, dict) or "$ref" in item:
            yield path, "", item if isinstance(item, Unknown) else _PART
            continue
        for verb, operation in item.items():
            if verb.lower() in _VERBS:
                known = isinstance(operation, dict | Unknown)
                yield path, verb.lower(), operation if known else _PART


def _kind(operation: dict[str, Any], document: dict[str, Any]) -> str | Unknown:
    auth = operation.get(f"{_EXTENSION}auth")
    if auth is not None:
        named = auth.get("type") if isinstance(auth, dict) else None
        return _BY_AUTH.get(str(named).upper(), _PART)
    security = operation.get("security")
    if security is None:
        return _ROOT if document.get("security") else "none"
    if not isinstance(security, list):
        return security if isinstance(security, Unknown) else _PART
    schemes = _schemes(document)
    kinds: list[str | Unknown] = []
    for requirement in security:
        if not isinstance(requirement, dict) or not requirement:
            return requirement if isinstance(requirement, Unknown) else _SCHEME
        kinds += [_named(name, schemes) for name in requirement]
    strong = [kind for kind in kinds if kind in {"iam", "token", "custom"}]
    doubt = next((kind for kind in kinds if isinstance(kind, Unknown)), None)
    if strong or doubt:
        return doubt or strong[0]
    return "key" if "key" in kinds else "none"


def _named(name: str, schemes: dict[str, Any] | Unknown) -> str | Unknown:
    return then(schemes, lambda known: _scheme(known.get(name)))


def _schemes(document: dict[str, Any]) -> dict[str, Any] | Unknown:
    components = document.get("components") or {}
    if not isinstance(components, dict):
        return components if isinstance(components, Unknown) else _PART
    found = components.get("securitySchemes") or document.get("securityDefinitions") or {}
    if not isinstance(found, dict):
        return found if isinstance(found, Unknown) else _PART
    return found


def _scheme(scheme: Any) -> str | Unknown:
    """How a security scheme authenticates: by its authorizer, IAM, or an API key."""
    if not isinstance(scheme, dict):
        return scheme if isinstance(scheme, Unknown) else _SCHEME
    named = scheme.get(f"{_EXTENSION}authtype")
    authorizer = scheme.get(f"{_EXTENSION}authorizer")
    if isinstance(named, Unknown | Reference):
        return _PART
    if isinstance(authorizer, dict):
        kind = authorizer.get("type")
        return _BY_AUTHORIZER.get(str(kind).lower(), _PART)
    if named is not None:
        return _BY_TYPE.get(str(named).lower(), _SCHEME)
    if authorizer is None and scheme.get("type") == "apiKey":
        return "key"
    return _SCHEME
