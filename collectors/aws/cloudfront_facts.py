"""What is told of CloudFront distributions alike, live and in templates: pure functions."""

from __future__ import annotations

from typing import Literal, cast

from collectors.aws.logic import Known
from collectors.document import Unknown, then
from collectors.facts.shared import Tls

Version = Literal["ssl3", "1.0", "1.1", "1.2", "1.3"]

_VERSIONS: dict[str, Version] = {
    "SSLv3": "ssl3",
    "TLSv1": "1.0",
    "TLSv1_2016": "1.0",
    "TLSv1.1_2016": "1.1",
    "TLSv1.2_2018": "1.2",
    "TLSv1.2_2019": "1.2",
    "TLSv1.2_2021": "1.2",
    "TLSv1.2_2025": "1.2",
    "TLSv1.3_2025": "1.3",
}
_OF_DEFAULT_CERTIFICATE = "TLSv1"

REALTIME_LOGS = Unknown("the real-time logs of a distribution are not read")
VPC_ORIGIN = Unknown("the protocol towards an origin in a VPC is not read")


def tls(default_certificate: Known, policy: str | Unknown, required: Known) -> Tls:
    """TLS towards viewers. With CloudFront's own certificate it takes TLS 1.0, whatever policy is
    set (CloudFront API reference, ViewerCertificate)."""
    name = policy
    if default_certificate is True:
        name = _OF_DEFAULT_CERTIFICATE
    elif isinstance(default_certificate, Unknown) and policy != _OF_DEFAULT_CERTIFICATE:
        name = default_certificate
    return Tls(
        minimum=cast("Version", then(name, _minimum)),
        required=cast("bool", required),
        policy=cast("str", name),
    )


def _minimum(name: str) -> Version | Unknown:
    unknown = Unknown(f"the security policy {name} is not known to this version")
    return _VERSIONS.get(name, unknown)


def is_https(policy: str, viewers_do: Known) -> Known:
    """Whether CloudFront speaks TLS to an origin of one's own, by its protocol policy."""
    if policy == "match-viewer":
        return viewers_do
    return policy == "https-only"
