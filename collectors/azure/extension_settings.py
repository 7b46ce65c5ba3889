"""What the settings of an extension hold, which everyone reads who may look at the machine; those
that are protected are told to nobody. Pure; templates and live machines alike."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.logic import Known, some
from collectors.secrets import holds_secrets, script_holds_secret


def settings_hold_secret(settings: Any) -> Known:
    """Whether a part of the settings is a secret, by its name or value; a script may be in
    base64."""
    if isinstance(settings, dict):
        texts = {name: each for name, each in settings.items() if isinstance(each, str)}
        return some([holds_secrets(texts), *map(settings_hold_secret, settings.values())])
    if isinstance(settings, list):
        return some(map(settings_hold_secret, settings))
    if isinstance(settings, Unknown):
        return settings
    return script_holds_secret(settings) if isinstance(settings, str) else False


def told_secrets(extensions: list[dict[str, Any]] | Unknown, untold: Unknown) -> Known:
    """Whether an extension of a live machine shows a secret; what else the machine is given to
    start with is not told."""
    if isinstance(extensions, Unknown):
        return untold
    held = some(settings_hold_secret(one["properties"].get("settings")) for one in extensions)
    return True if held is True else untold
