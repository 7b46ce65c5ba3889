"""Where a template writes a policy document, and its statements in IAM's own words: JSON text, or
data.aws_iam_policy_document with the documents that it merges."""

from __future__ import annotations

from typing import Any, cast

import msgspec

from collectors.aws import policy_document
from collectors.aws.policy_document import ANYONE
from collectors.document import Unknown, also, then
from collectors.iac.blocks import NOT_GIVEN, Block, Project, Reference, nested, read
from collectors.iac.mappers.joins import items, settle, target_of

DOCUMENT = "data.aws_iam_policy_document"

_CHAIN = 8


def statements_of(project: Project, value: Any, depth: int = 0) -> list[Any] | Unknown | None:
    """The statements of the document that an argument holds, as they stand: any part may be Unknown
    or a Reference. None where the argument is not given or empty."""
    value = settle(project, value)
    if value is NOT_GIVEN or value is None or value == "":
        return None
    if isinstance(value, Reference):
        source = target_of(project, value, DOCUMENT)
        return _of_data_source(project, source, depth) if source else known(value)
    if isinstance(value, str):
        valid = policy_document.clauses(value)
        value = valid if isinstance(valid, Unknown) else msgspec.json.decode(value)
    if isinstance(value, dict) and "Statement" in value:
        value = value["Statement"]
        return (
            cast("Unknown", known(value))
            if isinstance(value, Unknown | Reference)
            else listed(value)
        )
    return value if isinstance(value, Unknown) else Unknown("the policy is known after apply")


def _of_data_source(project: Project, block: Block, depth: int) -> list[Any] | Unknown:
    """The statements of a data.aws_iam_policy_document: sources, its own, overrides. A statement
    replaces an earlier one of the same sid (provider documentation)."""
    before = _others(block, "source_policy_documents", "source_json")
    own = nested(block.values, "statement")
    after = _others(block, "override_policy_documents", "override_json")
    if depth > _CHAIN:
        return Unknown(f"{block.address} is merged of too many documents")
    if isinstance(before, Unknown) or isinstance(own, Unknown) or isinstance(after, Unknown):
        return cast("Unknown", also(before, own, after))
    others = [
        [statements_of(project, each, depth + 1) for each in part] for part in (before, after)
    ]
    documents = [*others[0], [_statement(each) for each in own], *others[1]]
    merged: list[Any] = []
    for found in documents:
        doubt = found if isinstance(found, Unknown) else _merge(merged, found or [])
        if doubt:
            return doubt
    return merged


def _others(block: Block, several: str, one: str) -> list[Any] | Unknown:
    return then(
        items(block.values, several),
        lambda found: [*([block.get(one)] if block.values.get(one) else []), *found],
    )


def _merge(merged: list[Any], found: list[Any]) -> Unknown | None:
    """Add statements, each in place of an earlier one of the same sid."""
    for statement in found:
        sid = _sid(statement)
        if isinstance(sid, Unknown | Reference) and merged:
            return cast("Unknown", known(sid))
        same = [i for i, each in enumerate(merged) if sid and _sid(each) == sid]
        if same:
            merged[same[0]] = statement
        else:
            merged.append(statement)
    return None


def _sid(statement: Any) -> Any:
    return statement.get("Sid") if isinstance(statement, dict) else None


def _statement(values: dict[str, Any]) -> dict[str, Any]:
    """A statement block in IAM's words. It allows unless it says otherwise."""
    found: dict[str, Any] = {
        "Sid": values.get("sid"),
        "Effect": read(values, "effect", str, "Allow"),
    }
    for argument, part in (
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ):
        if values.get(argument) not in (None, []):
            found[part] = _plain(items(values, argument))
    for argument, part in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        if values.get(argument) not in (None, []):
            found[part] = _principals(nested(values, argument))
    if values.get("condition") not in (None, []):
        found["Condition"] = _conditions(nested(values, "condition"))
    return found


def _principals(blocks: list[dict[str, Any]] | Unknown) -> Any:
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, list[Any]] = {}
    for each in blocks:
        kind = read(each, "type", str, Unknown("a principals block gives no type"))
        if isinstance(kind, Unknown):
            return kind
        found.setdefault(kind, []).extend(listed(_plain(items(each, "identifiers"))))
    # `type = "*"` is written as a bare asterisk (provider documentation).
    return ANYONE if found.get(ANYONE) == [ANYONE] and len(found) == 1 else found


def _conditions(blocks: list[dict[str, Any]] | Unknown) -> Any:
    if isinstance(blocks, Unknown):
        return blocks
    found: dict[str, dict[str, list[Any]]] = {}
    for each in blocks:
        test = read(each, "test", str, Unknown("a condition block gives no test"))
        key = read(each, "variable", str, Unknown("a condition block gives no variable"))
        if isinstance(test, Unknown) or isinstance(key, Unknown):
            return also(test, key)
        values = found.setdefault(test, {}).setdefault(key, [])
        values.extend(listed(_plain(items(each, "values"))))
    return found


def _plain(values: list[Any] | Unknown) -> Any:
    """Texts, with IAM's variables as it writes them itself: Terraform's &{aws:username} is
    ${aws:username} (provider documentation)."""
    if isinstance(values, Unknown):
        return values
    return [each.replace("&{", "${") if isinstance(each, str) else each for each in values]


def known(value: Any) -> Any:
    """The value; Unknown in place of a reference, whose value is known after apply."""
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    return value


def listed(value: Any) -> list[Any]:
    """A list as it is, one value as a list of it."""
    return value if isinstance(value, list) else [value]
