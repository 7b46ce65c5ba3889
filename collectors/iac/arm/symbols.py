"""Texts that are known in part.

What a template does not decide stands in a text between two marks, so that two texts made alike are
equal: a storage account is found again by `uniqueString(resourceGroup().id)` though nobody knows
what that is.
"""

from __future__ import annotations

import re

from collectors.document import Unknown

_MARK = "\0"
_SLASH = "\1"
"""Stands for a slash within a symbol: ids and names are taken apart at slashes."""
_PART = re.compile(f"{_MARK}([^{_MARK}]*){_MARK}")


def symbol(expression: str) -> str:
    """A text that stands for what an expression gives at deployment."""
    return f"{_MARK}{expression.replace(_MARK, '').replace('/', _SLASH)}{_MARK}"


def is_open(value: object) -> bool:
    """Whether a value is a text of which a part is not known."""
    return isinstance(value, str) and _MARK in value


def shown(text: str) -> str:
    """The text as people read it, with the expressions in brackets."""
    return _PART.sub(r"[\1]", text).replace(_SLASH, "/")


def doubt(text: str) -> Unknown:
    """Why a text is not known."""
    found = _PART.search(text)
    name = found[1].replace(_SLASH, "/") if found else "a text"
    return Unknown(f"{name} is not known before deployment")
