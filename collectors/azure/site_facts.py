"""What App Service tells of a site. Pure; templates and live resources alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from collectors.azure.site_runtimes import host_supported, supported
from collectors.document import Unknown, then
from collectors.facts.shared import Encryption, Tls
from collectors.logic import every

Item = dict[str, Any]

_FTP = {"allallowed": True, "ftpsonly": False, "disabled": False}
_VERSIONS = ("1.0", "1.1", "1.2", "1.3")


def is_function_app(item: Item) -> bool:
    """Whether a site is a function app: its kind is a list of words."""
    return "functionapp" in str(item.get("kind")).lower().split(",")


def runtime_supported(runtime: str | Unknown | None) -> bool | Unknown | None:
    """Whether the runtime of a site is supported today; null for a container."""
    today = datetime.now(UTC).date()
    return then(runtime, lambda name: None if name is None else supported(name, today))


def on_host(
    runtime: str | Unknown | None, host: str | Unknown | None
) -> tuple[str | Unknown | None, bool | Unknown | None]:
    """The runtime of a function app with whether it is supported today: Functions itself, where the
    version that the app asks for has ended, whatever the language."""
    language = runtime_supported(runtime)
    if runtime is None or host is None:
        return runtime, language
    today = datetime.now(UTC).date()
    running = then(host, lambda version: host_supported(version, today))
    if running is False:
        return f"Functions|{host}", False
    return runtime, every((language, running)) if isinstance(language, bool | Unknown) else language


def log_category(*, functions: bool) -> str:
    """The category of the log that a site writes."""
    return "FunctionAppLogs" if functions else "AppServiceHTTPLogs"


def tls_of(https_only: Any, lowest: Any) -> Tls:
    """TLS of a site. One that takes HTTPS only redirects plain HTTP ("Enforce HTTPS")."""
    if not isinstance(https_only, bool | Unknown):
        https_only = Unknown("the site does not tell whether it takes HTTPS only")
    if not isinstance(lowest, Unknown) and lowest not in _VERSIONS:
        lowest = Unknown(f"the site names a lowest TLS version, {lowest}, that is not known")
    return Tls(minimum=lowest, required=https_only, policy=None)


def plain_ftp(state: Any) -> bool | Unknown:
    """Whether a site takes code over FTP without TLS, by its `ftpsState`."""
    if isinstance(state, Unknown):
        return state
    known = _FTP.get(str(state).lower())
    return Unknown("the site does not tell whether it takes plain FTP") if known is None else known


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
