"""Which versions of its providers a Terraform project asks for: `required_providers` of all its
modules together, the lock file, and `version` of provider blocks as Terraform took it before
0.13."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from collectors.iac.hcl import Declaration

Version = tuple[int, ...]

_CLAUSE = re.compile(r"\s*(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+)*)\s*")
_WRITTEN = re.compile(r'\bversion"?\s*[=:]\s*"([^"$]+)"')
_LOCKED = re.compile(r'provider\s+"[^"]*/([\w-]+)"\s*\{\s*version\s*=\s*"([^"]+)"')
_PLAIN = re.compile(r'\s*"([^"$]+)"\s*')


def constraints(declared: Iterable[Declaration], root: Path) -> dict[str, str]:
    """What the declarations of all modules ask for, and what the lock file beside the root module
    settles, by the name of the provider: one version serves them all."""
    found: dict[str, list[str]] = {name: [version] for name, version in _locked(root)}
    for each in declared:
        inner = [body for name, body in each.body.blocks if name == "required_providers"]
        for body in inner if each.kind == "terraform" else ():
            for name, expression in body.attributes.items():
                text = _PLAIN.fullmatch(expression.text) or _WRITTEN.search(expression.text)
                if text and text[1] not in found.setdefault(name, []):
                    found[name].append(text[1])
    return {name: ", ".join(texts) for name, texts in found.items() if texts}


def _locked(root: Path) -> list[tuple[str, str]]:
    try:
        text = (root / ".terraform.lock.hcl").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    return _LOCKED.findall(text)


def reaches(asked: str, version: Version) -> bool | None:
    """Whether every version that a constraint allows is at least this one: true or false where it
    is so of all of them, else null."""
    clauses = [_CLAUSE.fullmatch(each) for each in asked.split(",")]
    known = [(each[1] or "=", _numbers(each[2])) for each in clauses if each]
    wanted = _whole(version)
    if any(word in {"=", ">=", ">", "~>"} and _whole(found) >= wanted for word, found in known):
        return True
    if any(_ends_before(word, found, wanted) for word, found in known):
        return False
    return None


def _ends_before(word: str, found: Version, version: Version) -> bool:
    """Whether a clause allows only what is older than the version."""
    if word == "<":
        return _whole(found) <= version
    if word in {"=", "<="}:
        return _whole(found) < version
    # The last number of a version may rise, and no other one.
    return word == "~>" and len(found) > 1 and _whole((*found[:-2], found[-2] + 1)) <= version


def _whole(version: Version) -> Version:
    """With all its three numbers."""
    return (*version, 0, 0)[: max(len(version), 3)]


def _numbers(text: str) -> Version:
    return tuple(int(each) for each in text.split("."))
