"""A bundle made ready for a server that others use too: every package and every reference to
`data` below one name of our own, and the module by which many documents are asked at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from scanner.policies import Bundle, Module

_TEXT = r'"(?:\\.|[^"\\\n])*"|`[^`]*`|#[^\n]*'
"""A text or a comment: what is found elsewhere is code."""
_TEXTS = re.compile(_TEXT)
_TOKEN = re.compile(_TEXT + r"|^[ \t]*package[ \t]+|(?<![\w.])data\b", re.MULTILINE)
_NAME = re.compile(_TEXT + r"|(?<![\w.])[A-Za-z_]\w*")
_HEAD = re.compile(r"^(?:default[ ]+)?([A-Za-z_]\w*)", re.MULTILINE)
_HEADER = re.compile(r"^(?:package|import)[ ][^\n]*\n", re.MULTILINE)
_IMPORT = re.compile(r"^import[ ]+data\.([\w.]+)(?:[ ]+as[ ]+(\w+))?", re.MULTILINE)
_KEYWORDS = {"package", "import", "else"}
_DATA = re.compile(r"(?<![\w.])data\b((?:\.\w+)*)")
_LIBRARIES = "mlps.lib"
_CHECKS = "mlps.checks."

ASK = "ask"
"""The package, below the bundle's name, that answers questions."""

CHECKS = "bundled"
"""The package, below the bundle's name, of the checks that are merged."""


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


def mergeable(bundle: Bundle) -> list[Module]:
    """The modules that can be merged: the bundle's checks. None where a policy, of the bundle or
    of the user, reads other packages than libraries and the user's own."""
    if any(
        _reads_other(module.source, bundle.own if module.package in bundle.own else ())
        for module in bundle.modules
    ):
        return []
    return [
        module
        for module in bundle.modules
        if module.package not in bundle.own and module.package.startswith(_CHECKS)
    ]


def merged(name: str, modules: Iterable[Module]) -> str:
    """One module, of the package `name`.bundled, in place of many: OPA compiles all that it has
    whenever a policy is put there or taken away.

    The modules are those of `mergeable`, written as `opa fmt` writes them: rules begin in the first
    column, and nothing else does but package and imports. A rule gets its module's number.
    """
    parts = [f"package {name}.{CHECKS}\n"]
    for number, module in enumerate(modules):
        names = {rule: f"{_numbered(number)}{rule}" for rule in _rules(module.source)}
        names |= {
            alias or path.rpartition(".")[2]: f"data.{name}.{path}"
            for path, alias in _IMPORT.findall(module.source)
        }
        names["data"] = f"data.{name}"
        parts.append(_with_names(_HEADER.sub("", module.source), names))
    return "\n".join(parts)


def places(modules: Iterable[Module], apart: Iterable[str]) -> dict[str, str]:
    """Where, below the bundle's name, the rules of each package begin: those of `modules` in the
    merged module, those of the packages `apart` in their own."""
    begins = {
        package: "".join(f'["{step}"]' for step in package.split(".")) + '["' for package in apart
    }
    for number, module in enumerate(modules):
        begins[module.package] = f'["{CHECKS}"]["{_numbered(number)}'
    return begins


def question_module(name: str, begins: Mapping[str, str], with_applies: frozenset[str]) -> str:
    """A module that runs checks on a batch of documents; `begins` is what `places` gives.

    Its input is {"documents": [...], "ask": {package: [index, …]}}; its rules `deny` and `applies`
    are {package: {index: value}}. Where a rule is undefined its index is missing.
    """
    rules = [f"package {name}.{ASK}\n"]
    for package, begin in begins.items():
        rules.append(_rule(name, package, begin, "deny"))
        if package in with_applies:
            rules.append(_rule(name, package, begin, "applies"))
    return "\n".join(rules)


def _rule(name: str, package: str, begin: str, rule: str) -> str:
    return f"""\
{rule}["{package}"][i] := value if {{
	some i in input.ask["{package}"]
	value := data.{name}{begin}{rule}"] with input as input.documents[i]
}}
"""


def _numbered(number: int) -> str:
    return f"check{number}_"


def _rules(source: str) -> set[str]:
    return set(_HEAD.findall(_TEXTS.sub("", source))) - _KEYWORDS


def _with_names(source: str, names: Mapping[str, str]) -> str:
    """The source with other names, and without comments."""

    def replace(match: re.Match[str]) -> str:
        found = match.group()
        return "" if found.startswith("#") else names.get(found, found)

    return _NAME.sub(replace, source)


def _reads_other(source: str, own: Iterable[str]) -> bool:
    """Whether a module reads `data` outside of the libraries and of the packages `own`."""
    known = tuple(f".{package}." for package in (_LIBRARIES, *own))
    return any(not f"{path}.".startswith(known) for path in _DATA.findall(_TEXTS.sub("", source)))
