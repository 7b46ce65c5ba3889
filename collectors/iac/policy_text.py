"""Documents that a configuration writes as text, with parts that are known after apply: policies,
the containers of a task definition, and what an alarm rule of CloudMonitor watches.

Evaluation makes one unknown value of a `jsonencode` or a heredoc that names a resource. The source
still says which statements there are, whom they let in and what for; which containers there are,
and with what rights.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tree_sitter import Node

from collectors.document import Unknown
from collectors.iac.hcl import parser, source_of

Resolve = Callable[[str, str], Any]
"""What the source of an expression, such as `aws_s3_bucket.a.arn`, and a text right behind it, such
as `/*`, stand for; None if unknown."""

_HEREDOC = re.compile(r"<<-?\s*(\w+)\r?\n(.*)\n\s*\1\s*", re.DOTALL)
_PART = re.compile(r"\$\{([^{}\"]*)\}")
_GAP = re.compile(r"\ue000(\d+)\ue001")
_AFTER = re.compile(r"(?:[/:][^\ue000]*)?")
"""What may follow the name of a resource where a part of it is meant, such as /* or :*."""
_OWN = re.compile(r"arn:(?:[\w-]+|\ue000\d+\ue001):iam::\ue000(\d+)\ue001:[^\ue000]*")
_CALLER = re.compile(r"data\.aws_caller_identity\.[\w-]+\.account_id")


class _NotReadError(ValueError):
    pass


def document_of(text: str, resolve: Resolve) -> dict[str, Any] | list[Any] | None:
    """The policy, or the list of containers or of what is watched, that an expression writes, in
    which parts that are not known are `Unknown`, and those that name a resource what `resolve`
    gives. None where it writes neither."""
    text = text.strip()
    heredoc = _HEREDOC.fullmatch(text)
    try:
        if heredoc:
            found = _of_json(heredoc[2], resolve)
        elif text.startswith("jsonencode"):
            found = _of_call(text, resolve)
        else:
            return None
    except (ValueError, RecursionError):
        return None
    return found if _is_policy(found) or _is_containers(found) or _is_watched(found) else None


def _is_policy(value: Any) -> bool:
    return isinstance(value, dict) and "Statement" in value


def _is_containers(value: Any) -> bool:
    """Whether it lists containers, each of which has an image (ECS API, ContainerDefinition)."""
    return isinstance(value, list) and all(
        isinstance(each, dict) and {"image", "Image"} & each.keys() for each in value
    )


def _is_watched(value: Any) -> bool:
    """Whether it lists what an alarm rule watches, each by an id or a name (CloudMonitor API,
    PutResourceMetricRule: Resources)."""
    return isinstance(value, list) and all(
        isinstance(each, dict) and {"instanceId", "instanceName", "resource"} & each.keys()
        for each in value
    )


def _of_json(text: str, resolve: Resolve) -> Any:
    gaps: list[str] = []
    value = json.loads(_with_gaps(text, gaps))
    return _filled(value, gaps, resolve)


def _with_gaps(text: str, gaps: list[str]) -> str:
    """A template whose interpolations are marked. Raises ValueError where it has other ones."""

    def mark(part: re.Match[str]) -> str:
        gaps.append(part[1])
        return f"\ue000{len(gaps) - 1}\ue001"

    # A doubled sign stands for itself (Terraform language, "Strings and Templates").
    plain = text.replace("$${", "\ue002").replace("%%{", "\ue003")
    marked = _PART.sub(mark, plain)
    if "${" in marked or "%{" in marked:
        raise _NotReadError
    return marked.replace("\ue002", "${").replace("\ue003", "%{")


def _filled(value: Any, gaps: list[str], resolve: Resolve) -> Any:
    if isinstance(value, list):
        return [_filled(each, gaps, resolve) for each in value]
    if isinstance(value, dict):
        if any(_GAP.search(key) for key in value):
            raise _NotReadError
        return {key: _filled(each, gaps, resolve) for key, each in value.items()}
    return _text(value, gaps, resolve) if isinstance(value, str) else value


def _text(value: str, gaps: list[str], resolve: Resolve) -> Any:
    found = _GAP.search(value)
    if found is None:
        return value
    source = gaps[int(found[1])].strip()
    own = _OWN.fullmatch(value)
    caller = gaps[int(own[1])].strip() if own else ""
    named = None
    if _CALLER.fullmatch(caller):
        # Somebody of the account that the template is deployed by.
        named = resolve(caller, "")
    elif found.start() == 0 and _AFTER.fullmatch(value, found.end()):
        named = resolve(source, value[found.end() :])
    return _unknown(source) if named is None else named


def _unknown(source: str) -> Unknown:
    return Unknown(f"{' '.join(source.split())[:60]} is not known before apply")


def _of_call(text: str, resolve: Resolve) -> Any:
    """What stands in `jsonencode(…)`."""
    root = parser().parse(f"x = {text}\n".encode()).root_node
    if root.has_error:
        raise _NotReadError
    call = _down(root, "body", "attribute", "expression", "function_call")
    arguments = _down(call, "function_arguments")
    if source_of(call.children[0]) != "jsonencode" or len(arguments.named_children) != 1:
        raise _NotReadError
    return _value(arguments.named_children[0], resolve)


def _down(node: Node, *kinds: str) -> Node:
    for kind in kinds:
        found = next((child for child in node.children if child.type == kind), None)
        if found is None:
            raise _NotReadError
        node = found
    return node


_INNER = frozenset({"expression", "collection_value", "literal_value", "template_expr"})
_LITERALS = frozenset({"string_lit", "numeric_lit", "bool_lit", "null_lit"})


def _value(node: Node, resolve: Resolve) -> Any:
    while node.type in _INNER and node.named_child_count == 1:
        node = node.named_children[0]
    if node.type == "object":
        parts = [child for child in node.named_children if child.type == "object_elem"]
        return {_key(part): _value(_sides(part)[1], resolve) for part in parts}
    if node.type == "tuple":
        parts = [child for child in node.named_children if child.type == "expression"]
        return [_value(part, resolve) for part in parts]
    source = source_of(node).strip()
    if node.type in _LITERALS or node.type == "quoted_template":
        try:
            return _of_json(source, resolve)
        except ValueError:
            return _unknown(source)
    named = resolve(source, "")
    return _unknown(source) if named is None else named


def _sides(part: Node) -> tuple[Node, Node]:
    key, value = (child for child in part.named_children if child.type == "expression")
    return key, value


def _key(part: Node) -> str:
    """A key of an object: a bare word or a plain text."""
    source = source_of(_sides(part)[0]).strip()
    text = source if source.startswith('"') else f'"{source}"'
    if "${" in text or "(" in text:
        raise _NotReadError
    return str(json.loads(text))
