"""How WAF 3.0 blocks, by its templates of protection and their rules."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from collectors.document import Unknown

Item = dict[str, Any]

CORE = ("waf_group", "waf_base")
"""Scenes whose rules the service maintains: basic protection, and the newer core protection."""
_MANAGED = (*CORE, "antiscan", "cc", "dlp", "tamperproof", "bot_manager")


def _on(templates: list[Item], rules: list[Item], scene: str) -> list[Item]:
    """The rules of a scene that are on, of templates that are on."""
    on = {
        one["TemplateId"]
        for one in templates
        if one["DefenseScene"] == scene and int(one["TemplateStatus"]) == 1
    }
    return [rule for rule in rules if rule.get("TemplateId") in on and int(rule["Status"]) == 1]


def sets_on(templates: list[Item], rules: list[Item]) -> list[str]:
    """The managed sets that are on, by the names of their scenes."""
    return [scene for scene in _MANAGED if _on(templates, rules, scene)]


def mode_of(templates: list[Item], rules: list[Item]) -> Literal["block", "count"] | Unknown:
    """Block where every core rule that is on blocks, and those of a default template are among
    them, which holds for all objects that have none of their own; one that only watches, or none,
    is count."""
    core = [rule for scene in CORE for rule in _on(templates, rules, scene)]
    if not core:
        return "count"
    actions = [action for rule in core for action in _actions(rule)]
    if "monitor" in actions:
        return "count"
    if not all(action == "block" for action in actions):
        return Unknown("the action of a core rule is not told")
    kinds = {one["TemplateId"]: one.get("TemplateType") for one in templates}
    if any(kinds[rule["TemplateId"]] == "user_default" for rule in core):
        return "block"
    return Unknown("whether the templates of core rules hold for every object is not read")


def _actions(rule: Item) -> list[str | None]:
    """What a rule does to a request that it finds, out of the JSON of its settings, which are one
    object or a list of them."""
    try:
        config = msgspec.json.decode(rule.get("Config") or "{}")
    except msgspec.DecodeError:
        return [None]
    parts = config if isinstance(config, list) else [config]
    found = [part.get("action") if isinstance(part, dict) else None for part in parts]
    return [str(action) if action else None for action in found] or [None]
