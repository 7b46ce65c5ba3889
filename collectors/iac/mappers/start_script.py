"""The script that a machine is given to start with, and other texts, as templates write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from collectors.document import Unknown, then
from collectors.iac.blocks import Partly, nested, read
from collectors.logic import Known, some
from collectors.secrets import script_holds_secret


def script_secrets(values: dict[str, Any], *arguments: str) -> Known:
    """Whether a script that one of the arguments holds, as it is or in base64, has a secret."""
    texts = (read(values, name, str, "") for name in arguments)
    scripts = [looked_at(text, script_holds_secret) for text in texts]
    return some([provisions_secret(values), *scripts])


def provisions_secret(values: dict[str, Any]) -> bool:
    """Whether a provisioner of the machine runs or writes there a text that has a secret (Terraform
    language, `remote-exec` and `file`). The files that it takes are not looked at."""
    written = nested(values, "provisioner")
    texts = [
        text
        for each in (written if isinstance(written, list) else [])
        for text in (*_listed(each.get("inline")), each.get("content"))
    ]
    return any(
        looked_at(text, script_holds_secret) is True
        for text in texts
        if isinstance(text, str | Partly)
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def looked_at(text: str | Unknown, look: Callable[[str], Known]) -> Known:
    """What `look` says of a text. One that is known in part tells no more than that there is a
    secret."""
    if isinstance(text, Partly):
        return True if look(text.text) is True else text
    return then(text, look)


def known_secret(values: Iterable[Any]) -> bool:
    """Whether the known pieces of texts that are known in part hold a secret, such as the password
    in the address of a database."""
    return any(
        script_holds_secret(each.text) is True for each in values if isinstance(each, Partly)
    )
