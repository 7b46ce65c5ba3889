"""A bundle made ready for a server that others use too: every package and every reference to
`data` below one name of our own, and the module by which many documents are asked at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TOKEN = re.compile(
    r'"(?:\\.|[^"\\\n])*"|`[^`]*`|#[^\n]*'  # texts and comments stay as they are
    r"|^[ \t]*package[ \t]+"
    r"|(?<![\w.])data\b",
    re.MULTILINE,
)

ASK = "ask"
"""The package, below the bundle's name, that answers questions."""


def below(name: str, source: str) -> str:
    """The source of a module with its package, and all that it reads of `data`, below `name`."""

    def replace(match: re.Match[str]) -> str:
        found = match.group()
        if found == "data":
            return f"data.{name}"
        if found.lstrip().startswith("package"):
            return f"{found}{name}."
        return found

    return _TOKEN.sub(replace, source)


def question_module(name: str, packages: Iterable[str], with_applies: frozenset[str]) -> str:
    """A module that runs checks on a batch of documents.

    Its input is {"documents": [...], "ask": {package: [index, …]}}; its rules `deny` and `applies`
    are {package: {index: value}}. Where a rule is undefined its index is missing.
    """
    rules = [f"package {name}.{ASK}\n"]
    for package in packages:
        rules.append(_rule(name, package, "deny"))
        if package in with_applies:
            rules.append(_rule(name, package, "applies"))
    return "\n".join(rules)


def _rule(name: str, package: str, rule: str) -> str:
    steps = "".join(f'["{step}"]' for step in (*package.split("."), rule))
    return f"""\
{rule}["{package}"][i] := value if {{
	some i in input.ask["{package}"]
	value := data.{name}{steps} with input as input.documents[i]
}}
"""
