"""Whether a text that people wrote into a configuration holds secrets: user data, environment
variables. The text is looked at and forgotten. Pure."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Mapping

from collectors.document import Unknown
from collectors.logic import Known, some
from collectors.mime_parts import decoded_parts, unpacked

_MOST_BYTES = 1_000_000
_SHORTEST = 4
"""Letters of a password that a server would take."""
_NOT_DECODED = Unknown("the user data could not be decoded")

# Only what is surely a secret: a variable, a placeholder or a look-up in a secret store is not.
_SECRETS = re.compile(
    r"""
      (?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])            # AWS access key id
    | (?<![A-Za-z0-9])LTAI[A-Za-z0-9]{12,26}(?![A-Za-z0-9])         # Alibaba Cloud access key id
    | -----BEGIN\ (?:[A-Z]+\ )*PRIVATE\ KEY-----
    | (?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{36}                     # GitHub token
    | (?<![A-Za-z0-9])xox[abprs]-[A-Za-z0-9-]{20,}                  # Slack token
    | ://[^\s/:@"'$]+:[^\s/:@"'${}<>]{4,}@                          # password in a URL
    | (?i:pass(?:word|wd)|access_?key_?secret|secret(?:_?access)?_?key|api_?key|auth_?token)["']?
      \s*[=:]\s*\\?["']?(?![$<{`(]|\*{3}|(?i:arn|acs):)[^\s"'$<>{}`()]{8,}
    """,
    re.VERBOSE,
)


# A variable is told apart from its value, which may be short and hold blanks.
_NAMES = re.compile(
    r"(?i:pass(?:word|wd)|access_?key_?secret|secret(?:_?access)?_?key|api_?key|auth_?token)$"
)
_NO_SECRET = re.compile(
    r"[$<{`(]|\*{3}|(?i:arn:|acs:|https?:|resolve:|(?:true|false|none|null|yes|no|on|off|\d)$)"
)
"""What begins the value of a variable that leads to a secret, or says no more than yes or no."""


def has_secrets(user_data: str | None) -> bool | Unknown:
    """Whether user data, in base64 as clouds give it, holds a secret; false for no user data.
    Parts of a MIME message are decoded. Of compressed data the first megabyte is looked at."""
    if not user_data:
        return False
    try:
        # Lines may be broken; what is no base64 otherwise would be decoded to nothing like itself.
        raw = base64.b64decode("".join(user_data.split()), validate=True)
        raw, is_whole = unpacked(raw, _MOST_BYTES)
    except (binascii.Error, zlib.error, ValueError):
        return _NOT_DECODED
    parts, are_whole = decoded_parts(raw, _MOST_BYTES)
    if any(_SECRETS.search(text.decode("utf-8", errors="replace")) for text in (raw, *parts)):
        return True
    return False if is_whole and are_whole else _NOT_DECODED


def script_holds_secret(script: str) -> Known:
    """Whether a script, which may stand there in base64 already, holds a secret."""
    plain = has_secrets(base64.b64encode(script.encode()).decode())
    return some([plain, has_secrets(script) if _is_base64(script) else False])


def _is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


def holds_secrets(variables: Mapping[str, object]) -> bool:
    """Whether one of some environment variables is a secret, by its name or its value."""
    return any(
        _SECRETS.search(f"{name}={value}") or _is_named(name, value)
        for name, value in variables.items()
    )


def _is_named(name: str, value: object) -> bool:
    text = value.strip() if isinstance(value, str) else ""
    return bool(_NAMES.search(name) and len(text) >= _SHORTEST and not _NO_SECRET.match(text))
