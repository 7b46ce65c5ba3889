"""Settings of a site of ESA: one that holds for all requests, and rules that change it for some.

Pure. A rule that leaves a field out leaves it as it is; the weakest that any of them admits is what
the site admits.
"""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown
from collectors.facts.shared import Tls
from collectors.logic import Known, every

Item = dict[str, Any]
Version = Literal["1.0", "1.1", "1.2", "1.3"]

_VERSIONS: tuple[tuple[str, Version], ...] = (
    ("Tls10", "1.0"), ("Tls11", "1.1"), ("Tls12", "1.2"), ("Tls13", "1.3"),
)  # fmt: skip
# What CreateHttpsBasicConfiguration and ListHttpsBasicConfigurations document alike.
_DEFAULTS = {"Https": "on", "Tls10": "off"}
_MATCHES_ALL = "true"
_NOT_TOLD = Unknown("ESA does not tell which TLS versions are on")
_NO_VERSION = Unknown("the site has no TLS version that is on")


def layers(configs: list[Item]) -> list[Item]:
    """The setting that holds for all, empty where there is none, and what each rule makes of it."""
    whole: Item = next((one for one in configs if not is_rule(one)), {})
    return [whole, *({**whole, **_given(rule)} for rule in _rules(configs))]


def _rules(configs: list[Item]) -> list[Item]:
    """The rules that are on."""
    return [one for one in configs if is_rule(one) and one.get("RuleEnable") != "off"]


def is_rule(config: Item) -> bool:
    """Whether a setting is that of a rule."""
    return config.get("ConfigType") == "rule" or bool(config.get("Rule"))


def _given(rule: Item) -> Item:
    return {name: value for name, value in rule.items() if value not in (None, "")}


def viewer_tls(basic: list[Item], application: list[Item]) -> Tls:
    """TLS towards viewers: the lowest version that some request may use, and whether every plain
    request is redirected (HTTPS_FORCE is off until turned on)."""
    settings = layers(basic)
    found = [_lowest(one) for one in settings]
    lowest = [one for one in found if not isinstance(one, Unknown)]
    unread = [one for one in found if isinstance(one, Unknown)]
    whole = settings[0]
    minimum: Any = unread[0] if unread else min(lowest)
    if "1.0" in lowest:
        minimum = "1.0"
    if _on(whole, "Https") is False:
        minimum = "none"
    secure = every([_on(one, "Https") for one in settings])
    return Tls(
        minimum=minimum,
        required=every([secure, forces_https(application)]),
        policy=whole.get("CiphersuiteGroup") or None,
    )


def forces_https(application: list[Item]) -> bool:
    """Whether every plain request is redirected: the setting for all or a rule for all says so, and
    no rule says otherwise."""
    rules = _rules(application)
    for_all = [layers(application)[0], *(one for one in rules if one.get("Rule") == _MATCHES_ALL)]
    forced = any(one.get("HttpsForce") == "on" for one in for_all)
    return forced and all(one.get("HttpsForce") != "off" for one in rules)


def origin_https(origins: list[Item], application: list[Item]) -> Known:
    """Whether the origin is always asked by HTTPS: so it is set, or it follows viewers who must."""
    return every([_origin(one, application) for one in layers(origins)])


def _origin(setting: Item, application: list[Item]) -> Known:
    match setting.get("OriginScheme"):
        case "https":
            return True
        case "http":
            return False
        case "follow":
            return forces_https(application)
    return Unknown("ESA does not tell by which protocol it asks the origin")


def _on(setting: Item, name: str) -> Known:
    value = setting.get(name) or _DEFAULTS.get(name)
    return {"on": True, "off": False}.get(str(value), _NOT_TOLD)


def _lowest(setting: Item) -> Version | Unknown:
    """The lowest version that is on; what is not told may be one."""
    for name, version in _VERSIONS:
        on = _on(setting, name)
        if isinstance(on, Unknown):
            return on
        if on:
            return version
    return _NO_VERSION
