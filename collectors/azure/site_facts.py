"""What App Service tells of a site. Pure; templates and live resources alike."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.shared import Encryption

Item = dict[str, Any]

RUNTIME_UNSUPPORTED = Unknown("until when App Service supports the runtime is not read")


def is_function_app(item: Item) -> bool:
    """Whether a site is a function app: its kind is a list of words."""
    return "functionapp" in str(item.get("kind")).lower().split(",")


def log_category(*, functions: bool) -> str:
    """The category of the log that a site writes."""
    return "FunctionAppLogs" if functions else "AppServiceHTTPLogs"


def environment_encryption() -> Encryption:
    """Always on: "App settings are always encrypted when stored" (Configure an App Service app)."""
    return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm=None)


def runtime_of(configuration: Item) -> str | Unknown | None:
    """`Python|3.11` of Linux; null for a container. What Windows runs stands in settings."""
    for name in ("linuxFxVersion", "windowsFxVersion"):
        text = str(configuration.get(name) or "")
        if text.lower().startswith(("docker|", "compose|", "sitecontainers")):
            return None
        if text:
            return text
    return Unknown("the runtime stands in settings, which are not read")
