"""The script that a machine is given to start with, as templates write it."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from collectors.document import then
from collectors.iac.blocks import read
from collectors.logic import Known, some
from collectors.secrets import has_secrets


def script_secrets(values: dict[str, Any], *arguments: str) -> Known:
    """Whether a script that one of the arguments holds, as it is or in base64, has a secret."""
    texts = (read(values, name, str, "") for name in arguments)
    return some([then(text, holds_secret) for text in texts])


def holds_secret(text: str) -> Known:
    """Whether a script that may stand there in base64 already has a secret."""
    plain = has_secrets(base64.b64encode(text.encode()).decode())
    return some([plain, has_secrets(text) if _is_base64(text) else False])


def _is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return False
