"""Credentials: Alibaba Cloud's usual chain, a profile of its command line, or an assumed role.

In this order: environment, OIDC, the command line's configuration, the credentials file, the role
of the ECS instance, a credentials URI. The vendor's library (alibabacloud-credentials) makes and
renews them; of the command line's file, which it does not know, we read which kind is meant.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from alibabacloud_credentials import providers
from alibabacloud_credentials.client import Client
from alibabacloud_credentials.exceptions import CredentialException
from alibabacloud_credentials.models import Config
from msgspec import Struct
from Tea.exceptions import TeaException

from collectors.aliyun.errors import NoAccountError

_FAILURES = (CredentialException, TeaException, OSError, ValueError, KeyError, TypeError)


class Keys(Struct, frozen=True):
    """An access key; `token` is empty for one that does not expire."""

    key_id: str
    secret: str
    token: str = ""


class Credentials(Protocol):
    """Where keys come from. Asked before each request: the source renews them in time."""

    def keys(self) -> Keys:
        """The keys of this moment. Raises NoAccountError."""
        ...


class Chain:
    """The usual chain, or the profile that the user named."""

    def __init__(self, profile: str | None) -> None:
        self._profile = profile
        self._lock = threading.Lock()
        self._found: Any = None

    def keys(self) -> Keys:
        """The keys of this moment. Raises NoAccountError."""
        with self._lock:
            if self._found is None:
                self._found = self._first()
            try:
                return Keys(
                    self._found.get_access_key_id(),
                    self._found.get_access_key_secret(),
                    self._found.get_security_token() or "",
                )
            except _FAILURES as error:
                raise _unusable(self._profile, error) from error

    def _first(self) -> Any:
        if self._profile:
            try:
                return _of_profile(self._profile)
            except _FAILURES as error:
                raise _unusable(self._profile, error) from error
        problems = []
        for source in _SOURCES:
            try:
                found = source()
            except _FAILURES as error:
                problems.append(error)
                continue
            if found is not None:
                return found
        raise _unusable(None, problems[0] if problems else None)


class Assumed:
    """A role assumed with other credentials, renewed by `renew` before it expires."""

    def __init__(self, renew: Callable[[], tuple[Keys, float]], now: Callable[[], float]) -> None:
        self._renew = renew
        self._now = now
        self._lock = threading.Lock()
        self._keys: Keys | None = None
        self._until = 0.0

    def keys(self) -> Keys:
        """The keys of this moment. Raises what `renew` raises."""
        with self._lock:
            if self._keys is None or self._now() > self._until - 300:
                self._keys, self._until = self._renew()
            return self._keys


def _environment() -> Any:
    key, secret = (
        os.environ.get(f"ALIBABA_CLOUD_ACCESS_KEY_{part}", "") for part in ("ID", "SECRET")
    )
    token = os.environ.get("ALIBABA_CLOUD_SECURITY_TOKEN", "")
    if not key or not secret:
        return None
    kind = "sts" if token else "access_key"
    config = Config(type=kind, access_key_id=key, access_key_secret=secret, security_token=token)
    return Client.get_credentials(config)


def _oidc() -> Any:
    role = os.environ.get("ALIBABA_CLOUD_ROLE_ARN")
    provider = os.environ.get("ALIBABA_CLOUD_OIDC_PROVIDER_ARN")
    file = os.environ.get("ALIBABA_CLOUD_OIDC_TOKEN_FILE")
    if not (role and provider and file):
        return None
    return providers.OIDCRoleArnCredentialProvider(
        role_session_name=os.environ.get("ALIBABA_CLOUD_ROLE_SESSION_NAME", "mlps-scanner"),
        role_arn=role,
        oidc_provider_arn=provider,
        oidc_token_file_path=file,
    ).get_credentials()


def _command_line() -> Any:
    return _of_profile(None) if _configuration().is_file() else None


def _file() -> Any:
    return providers.ProfileCredentialsProvider().get_credentials()


def _instance() -> Any:
    role = os.environ.get("ALIBABA_CLOUD_ECS_METADATA", "")
    return providers.EcsRamRoleCredentialProvider(role).get_credentials() if role else None


def _uri() -> Any:
    return providers.CredentialsUriProvider().get_credentials()


_SOURCES: tuple[Callable[[], Any], ...] = (
    _environment, _oidc, _command_line, _file, _instance, _uri
)  # fmt: skip

# The modes of the command line's profiles: the library's type, and its names of what they hold.
_COMMON = {"access_key_id": "access_key_id", "access_key_secret": "access_key_secret"}
_MODES: dict[str, tuple[str, dict[str, str]]] = {
    "AK": ("access_key", _COMMON),
    "StsToken": ("sts", {**_COMMON, "sts_token": "security_token"}),
    "RamRoleArn": (
        "ram_role_arn",
        {
            **_COMMON,
            "sts_token": "security_token",
            "ram_role_arn": "role_arn",
            "ram_session_name": "role_session_name",
        },
    ),
    "EcsRamRole": ("ecs_ram_role", {"ram_role_name": "role_name"}),
    "CredentialsURI": ("credentials_uri", {"credentials_uri": "credentials_uri"}),
    "OIDC": (
        "oidc_role_arn",
        {
            "ram_role_arn": "role_arn",
            "ram_session_name": "role_session_name",
            "oidc_provider_arn": "oidc_provider_arn",
            "oidc_token_file": "oidc_token_file_path",
        },
    ),
}


def _configuration() -> Path:
    return Path(os.environ.get("ALIBABA_CLOUD_CONFIG_FILE", Path.home() / ".aliyun/config.json"))


def _of_profile(name: str | None) -> Any:
    """The credentials of a profile of the command line; of the current one without a name."""
    settings = json.loads(_configuration().read_text(encoding="utf-8"))
    wanted = name or os.environ.get("ALIBABA_CLOUD_PROFILE") or settings["current"]
    found = next(_profiles(settings, wanted), None)
    if found is None:
        raise CredentialException(f"{_configuration()} has no such profile")
    mode = str(found.get("mode"))
    if mode not in _MODES:
        raise CredentialException(f"its mode {mode} is not supported: {', '.join(_MODES)} are")
    kind, names = _MODES[mode]
    values = {ours: found[theirs] for theirs, ours in names.items() if found.get(theirs)}
    return Client.get_credentials(Config(type=kind, **values))


def _profiles(settings: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    yield from (one for one in settings.get("profiles", []) if one.get("name") == name)


def _unusable(profile: str | None, error: Exception | None) -> NoAccountError:
    said = f": {' '.join(str(error).split())[:200]}" if error else ""
    if profile:
        return NoAccountError(
            f"The Alibaba Cloud profile {profile!r} cannot be used{said}",
            "List yours with: aliyun configure list",
        )
    return NoAccountError(
        f"No Alibaba Cloud credentials were found{said}",
        "Use --profile, set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or"
        " run where a role is attached.",
    )
