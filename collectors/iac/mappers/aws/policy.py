"""Policy documents as templates write them: JSON text, or data.aws_iam_policy_document.

Parts of them may be known only after apply. Each answer is worked out twice, once for the least
that those parts can mean and once for the most: where both agree it is known. The rules themselves
are those of the live collector (collectors.aws.policy_document, policy_rights, policy_transport).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from collectors.aws import policy_document, policy_rights, policy_transport
from collectors.aws.policy_document import ANYONE, Clause
from collectors.document import Unknown, also, then
from collectors.facts.identity import Statement
from collectors.facts.shared import Grant, Tls
from collectors.iac.accounts import choice_of, weighed
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers.aws.policy_source import known, listed, statements_of
from collectors.iac.mappers.joins import identity

Written = list[dict[str, Any]]
"""The statements of a policy in IAM's own words. Resources, principals and the values of conditions
may be Unknown or a Reference, all else is known."""

_MAY_BE_UNKNOWN = frozenset({"Resource", "NotResource", "Principal", "NotPrincipal"})
_BUCKET = "aws_s3_bucket"
_PROVIDERS = ("aws_iam_openid_connect_provider", "aws_iam_saml_provider")
OWN_PRINCIPALS = frozenset(
    {"aws_iam_role", "aws_iam_user", "data.aws_iam_role", "data.aws_iam_user"}
    | {"data.aws_caller_identity", *_PROVIDERS, *(f"data.{kind}" for kind in _PROVIDERS)}
)
"""Resources and data sources whose attributes are principals of fixed accounts."""

# Values that make a condition on the connection hold, by its key.
_REFUSING = {"aws:securetransport": "false", "s3:tlsversion": "9"}


def read_policy(project: Project, value: Any) -> Written | Unknown | None:
    """The policy that an argument holds, None where the argument is not given or empty."""
    found = statements_of(project, value)
    return None if found is None else then(found, _checked)


def grants(project: Project, block: Block, written: Written) -> list[Grant] | Unknown:
    """Whom a policy of a resource lets in, as policy_document.grants tells it. `block` is the
    resource of the policy: who is named by reference is of its account when read by the same
    provider. An account that is named by its number may be the template's own unless that is
    known."""
    found: list[Grant] = []
    for statement in written:
        if statement["Effect"] != "Allow":
            continue
        one = _grants_of(project, block, statement)
        if isinstance(one, Unknown):
            return one
        found += one
    return weighed(project, found)


def tls(project: Project, written: Written | Unknown | None) -> Tls:
    """TLS towards a bucket with that policy (policy_transport.bucket_tls)."""
    if isinstance(written, Unknown) or written is None:
        return policy_transport.bucket_tls(written)
    written = [_with_own_bucket(project, each) for each in written]
    least = policy_transport.bucket_tls(_document(written, least_of_deny))
    most = policy_transport.bucket_tls(_document(written, most_of_deny))
    doubt = doubt_of(written)
    return Tls(
        minimum=least.minimum if least.minimum == most.minimum else cast("Any", doubt),
        required=least.required if least.required == most.required else cast("Any", doubt),
        policy=None,
    )


def _with_own_bucket(project: Project, statement: dict[str, Any]) -> dict[str, Any]:
    """A statement of a bucket's policy, which can name no other bucket, with a name for the bucket
    where its resources tell it from its objects. A plan has one reference for both."""
    listed_of = listed(statement.get("Resource"))
    named = [_attribute_of_bucket(project, each) for each in listed_of]
    if "arn/*" not in named:
        return statement
    names = {"arn": "arn:aws:s3:::own", "arn/*": "arn:aws:s3:::own/*"}
    own = [names.get(name, each) for name, each in zip(named, listed_of, strict=True)]
    return {**statement, "Resource": own}


def _attribute_of_bucket(project: Project, value: Any) -> str:
    """Which attribute of a bucket a value is, "" for others. A bucket of another module is named by
    its address alone."""
    if not isinstance(value, Reference):
        return ""
    target = project.target(value)
    kind = target.type if target else value.address
    return value.attribute if kind == _BUCKET or f"{_BUCKET}." in kind else ""


def statements(written: Written) -> list[Statement] | Unknown:
    """The statements of a permission policy as facts, unknown resources in their places."""
    found = policy_document.statements(_document(written, _anything))
    if isinstance(found, list):
        for statement, each in zip(written, found, strict=True):
            if "Resource" in statement:
                each.resources = cast(
                    "list[str]", [known(item) for item in listed(statement["Resource"])]
                )
    return found


def full_admin(policies: list[Written | Unknown]) -> bool | Unknown:
    """Whether policies together give full administration; one that is not known leaves that open
    unless the others give it already."""
    found: bool | Unknown = _by_bounds(policies, policy_rights.full_admin)
    return found


def escalation_paths(policies: list[Written | Unknown]) -> list[str] | Unknown:
    """The ways to raise one's own rights that policies together allow."""
    return also(None, *policies) or _by_bounds(policies, policy_rights.escalation_paths)


def _by_bounds(policies: list[Written | Unknown], ask: Callable[[list[Clause]], Any]) -> Any:
    """What `ask` says of all policies together, if what is unknown in them does not matter.

    More resources on an Allow and fewer on a Deny only ever give more.
    """
    known = [statement for policy in policies if isinstance(policy, list) for statement in policy]
    doubt = also(None, *policies)
    least = then(policy_document.clauses(_document(known, _least_rights)), ask)
    most = then(policy_document.clauses(_document(known, _most_rights)), ask)
    if isinstance(least, Unknown) or isinstance(most, Unknown):
        return also(least, most)
    if doubt:
        return True if least is True else doubt
    return least if least == most else doubt_of(known)


def has_doubt(statement: dict[str, Any]) -> bool:
    """Whether a part of a statement is not known."""
    return next(_doubts(statement), None) is not None


def doubt_of(written: Written) -> Unknown:
    """Why a part of a policy is not known."""
    return next(_doubts(written), Unknown("a part of the policy is known after apply"))


def _doubts(value: Any) -> Iterator[Unknown]:
    if isinstance(value, Unknown | Reference):
        yield cast("Unknown", known(value))
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _doubts(each)


def _checked(found: list[Any]) -> Written | Unknown:
    """The statements, if nothing but what may be unknown is."""
    checked: Written = []
    for statement in found:
        if not isinstance(statement, dict):
            return next(_doubts(statement), Unknown("a statement of the policy is not an object"))
        kept = {key: value for key, value in statement.items() if key != "Sid"}
        for key, value in kept.items():
            doubt = next(_doubts(value), None)
            if doubt and not (key in _MAY_BE_UNKNOWN or _only_values(key, value)):
                return doubt
        checked.append(kept)
    valid = policy_document.clauses(_document(checked, _anything))
    return valid if isinstance(valid, Unknown) else checked


def _only_values(key: str, value: Any) -> bool:
    """Whether it is a condition of which no more than values can be unknown."""
    return (
        key == "Condition"
        and isinstance(value, dict)
        and all(isinstance(keys, dict) for keys in value.values())
    )


# What stands in place of an unknown part: the key of the statement ("Resource"), the condition's
# key in lower case or "", the effect. None leaves the part out.
_Guess = Callable[[str, str, str], str | None]


def _anything(_part: str, _key: str, _effect: str) -> str | None:
    return ANYONE


def least_of_deny(part: str, _key: str, _effect: str) -> str | None:
    """As if an unknown part met nothing: no resource, nobody, no condition that is known."""
    return None if part == "Resource" else "~"


def most_of_deny(part: str, key: str, _effect: str) -> str | None:
    """As if an unknown part met everything, and unknown conditions refused plain connections."""
    return _REFUSING.get(key, "~") if part == "Condition" else ANYONE


def _least_rights(part: str, _key: str, effect: str) -> str | None:
    return None if part == "Resource" and effect == "Allow" else ANYONE


def _most_rights(part: str, _key: str, effect: str) -> str | None:
    return None if part == "Resource" and effect != "Allow" else ANYONE


def _document(written: Written, guess: _Guess) -> dict[str, Any]:
    """The document with a guess in place of each unknown part."""
    return {"Statement": [_filled(statement, guess) for statement in written]}


def _filled(statement: dict[str, Any], guess: _Guess) -> dict[str, Any]:
    effect = str(statement.get("Effect"))

    def fill(part: str, value: Any, key: str = "") -> Any:
        if isinstance(value, dict) and part == "Condition":
            return {
                operator: {name: fill(part, each, name.lower()) for name, each in keys.items()}
                for operator, keys in value.items()
            }
        if isinstance(value, dict):
            return {kind: fill(part, listed(each)) for kind, each in value.items()}
        if part == "Principal" and isinstance(value, Unknown | Reference):
            return {"AWS": fill(part, [value])}
        if next(_doubts(value), None) is None:
            return value
        if key:  # one of the values is enough to meet a condition
            return guess(part, key, effect)
        filled = [
            guess(part, "", effect) if isinstance(each, Unknown | Reference) else each
            for each in listed(value)
        ]
        return [each for each in filled if each is not None]

    return {part: fill(part, value) for part, value in statement.items()}


def _grants_of(project: Project, block: Block, statement: dict[str, Any]) -> list[Grant] | Unknown:
    """The grants of one Allow: of the principals that are known, then of the others."""
    named = statement.get("Principal")
    pairs = [
        (kind, each)
        for kind, values in (named.items() if isinstance(named, dict) else [(ANYONE, named)])
        for each in listed(values)
    ]
    unknown = [pair for pair in pairs if isinstance(pair[1], Unknown | Reference)]
    principals: list[Any] = [named]
    if unknown:
        principals = [{kind: each} for kind, each in pairs if (kind, each) not in unknown]
    found: list[Grant] = []
    for principal in principals:
        one = _as_if_for(statement, principal)
        if isinstance(one, Unknown):
            return one
        found += one
    for kind, value in unknown:
        grant = _named(project, block, statement, kind, value)
        found += [grant] if isinstance(grant, Grant) else []
    return found


def _as_if_for(statement: dict[str, Any], principal: Any) -> list[Grant] | Unknown:
    """The grants of a statement to a principal that is known."""
    if principal is not None:
        statement = {**statement, "Principal": principal}
    found = policy_document.grants(_document([statement], _anything))
    doubt = next(_doubts(statement.get("Condition")), None)
    for grant in found if isinstance(found, list) else []:
        # An unknown condition can narrow; what narrows without it still does.
        grant.narrows = grant.narrows or doubt or False
    return found


def _named(
    project: Project, block: Block, statement: dict[str, Any], kind: str, value: Any
) -> Grant | Unknown:
    """The grant of a principal that is named by reference, or not known at all."""
    doubt = cast("Unknown", known(value))
    source = project.target(value)
    own = source is not None and source.type in OWN_PRINCIPALS
    alike = _as_if_for(statement, {"AWS": "0" * 12} if own else ANYONE)
    if isinstance(alike, Unknown):
        return alike
    (grant,) = alike
    grant.principal, grant.account, grant.kind = doubt, doubt, doubt
    if source is None or not own:
        grant.narrows = grant.narrows or doubt
        return grant
    grant.principal = cast("str", identity(project, value))
    grant.kind = "federated" if kind == "Federated" else "account"
    if grant.kind == "federated" or choice_of(source) == choice_of(block):
        grant.account = project.account
    return grant
