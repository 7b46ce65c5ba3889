"""What a bucket policy demands of the connection: TLS at all, and its lowest version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from collectors.aws.policy_document import Clause, PolicyText, clauses
from collectors.document import Unknown, then
from collectors.facts.shared import Tls

TlsVersion = Literal["1.0", "1.1", "1.2", "1.3"]
_VERSIONS: tuple[TlsVersion, ...] = ("1.0", "1.1", "1.2", "1.3")


def bucket_tls(policy: PolicyText | Unknown) -> Tls:
    """TLS towards a bucket with that policy. AWS accepts 1.2 at the lowest at every endpoint of its
    API: since 2024 in the partition aws (AWS security blog, "TLS 1.2 to become the minimum TLS
    protocol level for all AWS API endpoints"), since June 2023 in aws-cn (the same title at
    amazonaws.cn). Plain HTTP is answered until the policy refuses it, and a policy may ask for a
    higher version."""
    return Tls(
        minimum=then(then(policy, minimum_tls), lambda own: "1.3" if own == "1.3" else "1.2"),
        required=then(policy, denies_plain_http),
        policy=None,
    )


def denies_plain_http(document: PolicyText) -> bool | Unknown:
    """Whether a bucket policy denies everyone every request without TLS, on the bucket and on its
    objects: a Deny of s3:* with no other condition than Bool aws:SecureTransport false."""
    found = clauses(document)
    if isinstance(found, Unknown):
        return found
    return covers_bucket(found, is_without_tls)


def minimum_tls(document: PolicyText) -> TlsVersion | Unknown | None:
    """The lowest TLS version that a bucket policy accepts, by a Deny of s3:* with NumericLessThan
    s3:TlsVersion; null when the policy does not say, and the service's own minimum holds."""
    found = clauses(document)
    if isinstance(found, Unknown):
        return found
    for version in reversed(_VERSIONS):
        if covers_bucket(found, _below(version)):
            return version
    return None


def covers_bucket(found: list[Clause], condition: Callable[[Clause], bool]) -> bool:
    """Whether Deny statements under a condition hit every caller, action, and the whole bucket."""
    resources = [
        resource
        for clause in found
        if not clause.allows
        and clause.for_anyone
        and any(action.lower() in {"*", "s3:*"} for action in clause.actions)
        and condition(clause)
        for resource in clause.resources
    ]
    return any(map(_is_bucket, resources)) and any(map(_is_every_object, resources))


def _is_bucket(resource: str) -> bool:
    """The bucket itself. A policy of a bucket can name no other bucket."""
    name = resource.rpartition(":::")[2]
    return "/" not in name


def _is_every_object(resource: str) -> bool:
    name = resource.rpartition(":::")[2]
    return name.endswith("*") and "/" not in name.removesuffix("/*")


def is_without_tls(clause: Clause) -> bool:
    """Whether the one condition of a clause is that a request comes without TLS."""
    return _only(clause) in {
        ("bool", "aws:securetransport", "false"),
        ("boolifexists", "aws:securetransport", "false"),
    }


def _below(version: TlsVersion) -> Callable[[Clause], bool]:
    """A test for a Deny of what is older than at least `version`."""

    def test(clause: Clause) -> bool:
        operator, key, value = _only(clause) or ("", "", "")
        if operator.removesuffix("ifexists") != "numericlessthan" or key != "s3:tlsversion":
            return False
        try:
            return float(value) >= float(version)
        except ValueError:
            return False

    return test


def _only(clause: Clause) -> tuple[str, str, str] | None:
    """The one condition of a clause in lower case, null when it has none or several."""
    written = [
        (operator.lower(), key.lower(), value.lower())
        for operator, keys in clause.conditions.items()
        for key, values in keys.items()
        for value in values or [""]
    ]
    return written[0] if len(written) == 1 else None
