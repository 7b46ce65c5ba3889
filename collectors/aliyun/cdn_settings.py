"""Settings of an accelerated domain, as DescribeCdnDomainConfigs tells them. Pure."""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown
from collectors.facts.shared import Tls

Item = dict[str, Any]
Settings = dict[str, dict[str, str]]
"""The arguments of each function."""

_VERSIONS: tuple[tuple[str, Literal["1.0", "1.1", "1.2", "1.3"]], ...] = (
    ("tls10", "1.0"), ("tls11", "1.1"), ("tls12", "1.2"), ("tls13", "1.3"),
)  # fmt: skip


def settings_of(configs: list[Item]) -> Settings:
    """The functions that hold for all requests; those under a condition (ParentId) do not count."""
    return {
        config["FunctionName"]: {
            arg["ArgName"]: str(arg.get("ArgValue", ""))
            for arg in (config.get("FunctionArgs") or {}).get("FunctionArg") or []
        }
        for config in configs
        if str(config.get("ParentId") or "-1") == "-1"
    }


def forces_https(settings: Settings) -> bool:
    """Whether plain requests are redirected."""
    return settings.get("https_force", {}).get("enable") == "on"


def viewer_tls(domain: Item, settings: Settings) -> Tls:
    """TLS towards viewers. Each version is on unless `https_tls_version` turns it off, and 1.0 to
    1.2 are where it is not set ("Parameters for configuring features for domain names")."""
    secure = domain.get("SslProtocol")
    if secure != "on":
        doubt = None if secure == "off" else Unknown("whether the domain has HTTPS is not told")
        return Tls(minimum=doubt or "none", required=doubt or False, policy=None)
    versions = settings.get("https_tls_version", {})
    on = [version for name, version in _VERSIONS if versions.get(name, "on") == "on"]
    return Tls(
        minimum=on[0] if on else Unknown("the domain has no TLS version that is on"),
        required=forces_https(settings),
        policy=versions.get("ciphersuitegroup") or None,
    )


def origin_https(domain: Item, settings: Settings) -> bool:
    """Whether origins are always asked by HTTPS: `forward_scheme` says so, or follows viewers who
    must use it; without it the port of the origin decides."""
    scheme = settings.get("forward_scheme", {})
    if scheme.get("enable") == "on":
        origin = scheme.get("scheme_origin", "follow")
        return origin == "https" or (origin == "follow" and forces_https(settings))
    sources = (domain.get("Sources") or {}).get("Source") or []
    return bool(sources) and all(int(source.get("Port") or 80) == 443 for source in sources)
