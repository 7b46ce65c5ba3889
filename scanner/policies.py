"""Policy bundles: reading Rego files, their metadata, and refusing what breaks the contract."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

from collectors.document import UserError
from collectors.facts import fact_types
from scanner.checks import CheckMetadata, NotOffered, Remediation, Severity

REFUSED_BUILTINS = frozenset(
    {
        "crypto.x509.parse_and_verify_certificates",
        "crypto.x509.parse_and_verify_certificates_with_options",
        "http.send",
        "io.jwt.decode_verify",
        "net.lookup_ip_addr",
        "opa.runtime",
        "rand.intn",
        "rego.parse_module",
        "time.now_ns",
        "trace",
        "uuid.rfc4122",
    }
)
"""Built-ins that reach outside, or that answer differently from one run to the next."""

_PREFIX = "mlps.checks."
_PACKAGE = re.compile(r"^package\s+([\w.]+)", re.MULTILINE)
_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
# libyaml is many times faster; the wheel brings it on every platform that has a compiler.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Module(Struct, frozen=True):
    """A Rego file: its name in messages and in the engine, its source, its package, and the path
    that it was read from."""

    name: str
    source: str
    package: str
    path: Path = Path()


class Bundle(Struct, frozen=True):
    """Everything that an engine runs. `own` are the packages of users' checks; `digest` is the
    SHA-256 of all modules."""

    modules: tuple[Module, ...]
    checks: list[CheckMetadata]
    own: frozenset[str]
    digest: str

    def check_by_package(self) -> dict[str, CheckMetadata]:
        """The checks by their package."""
        return {check.package: check for check in self.checks}


def bundled() -> Path:
    """The folder of the bundled policies: in the wheel, or in a checkout beside this package."""
    here = Path(__file__).parent
    installed = here / "_policies"
    return installed if installed.is_dir() else here.parent / "policies"


def load(bundle: Path, *own: Path) -> Bundle:
    """Read the bundle and users' folders. Raises UserError, with file and line, for any file that
    does not parse, breaks the contract of checks, or takes the id of another."""
    sources = [(path, _short(path, bundle), False) for path in _rego_files(bundle)]
    for folder in own:
        found = list(_rego_files(folder))
        if not found:
            raise UserError(
                f"There is no Rego file in {folder}.",
                "--policies takes a folder with *.rego files.",
            )
        sources += [(path, _own_name(path), True) for path in found]
    texts = {name: _read(path) for path, name, _ in sources}
    # Bundled files were parsed and searched by `mlps policies lint` before they were shipped.
    own_texts = {name: texts[name] for _, name, is_own in sources if is_own}
    for name, ast in syntax_trees(own_texts).items():
        _refuse_builtins(name, ast)
        _refuse_odd_package(name, ast)
    paths = {name: path for path, name, _ in sources}
    modules = tuple(
        Module(name, text, _package(name, text), paths[name]) for name, text in texts.items()
    )
    packages = {module.name: module.package for module in modules}
    _refuse_taken_packages(modules, {name for _, name, is_own in sources if is_own})
    for folder in own:
        _refuse_no_check(folder, [packages[_own_name(path)] for path in _rego_files(folder)])
    checks = [
        _check(name, texts[name], packages[name])
        for _, name, _ in sources
        if packages[name].startswith(_PREFIX)
    ]
    _refuse_doubles(checks)
    text = "\0".join(part for module in modules for part in (module.name, module.source))
    return Bundle(
        modules=modules,
        checks=sorted(checks, key=lambda check: check.id),
        own=frozenset(packages[name] for _, name, is_own in sources if is_own),
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _rego_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise UserError(f"The policy folder {folder} does not exist.")
    for path in sorted(folder.rglob("*.rego")):
        if not path.name.endswith("_test.rego"):
            yield path


def _short(path: Path, bundle: Path) -> str:
    return "policies/" + path.relative_to(bundle).as_posix()


def _own_name(path: Path) -> str:
    """A user's file keeps its name in messages, unless that looks like one of the bundle's."""
    return f"./{path}" if path.parts[0] == "policies" else str(path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # editors of Windows begin a file with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The policy {path} cannot be read: {error}.") from error


def syntax_trees(texts: dict[str, str]) -> dict[str, Any]:
    """regorus' syntax tree of each text, by name. Raises UserError for one that does not parse."""
    import regorus  # noqa: PLC0415 - `mlps --version` loads no engine

    engine = regorus.Engine()
    for name, text in texts.items():
        try:
            engine.add_policy(name, text)
        except Exception as error:
            raise UserError(_syntax_error(name, str(error))) from error
    modules = json.loads(engine.get_ast_as_json())
    return {module["source"]["file"]: module["ast"] for module in modules}


def _syntax_error(name: str, error: str) -> str:
    """regorus says `--> file:line:column` and, last, `error: reason`."""
    place = re.search(r"-->\s*(.+):(\d+):(\d+)", error)
    reasons = re.findall(r"^\s*error: (.+)$", error, flags=re.MULTILINE)
    reason = reasons[-1] if reasons else error.strip().splitlines()[-1]
    line = place.group(2) if place else "1"
    return f"{name}:{line}: not valid Rego: {reason.rstrip('.')}."


def _package(name: str, text: str) -> str:
    found = _PACKAGE.search(text)
    if not found:
        raise UserError(f"{name}:1: the file has no package.")
    return found.group(1)


def reference(node: Any) -> str:
    """A dotted reference of regorus' syntax tree as it is written, "" for anything else."""
    match node:
        case {"RefDot": {"refr": target, "field": [_, str(field)]}}:
            return f"{reference(target)}.{field}"
        case {"Var": {"value": str(name)}}:
            return name
        case _:
            return ""


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of a syntax tree, outer ones first."""
    if isinstance(tree, dict):
        yield tree
    for child in (
        tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    ):
        yield from nodes(child)


def refused_builtins(ast: Any) -> Iterator[tuple[int, str]]:
    """The line and the name of each refused built-in that a module calls, or puts in the place of
    another function by `with`."""
    for node in nodes(ast):
        match node:
            case {"Call": {"fcn": function, "span": {"line": int(line)}}} | {
                "refr": _,
                "as": function,
                "span": {"line": int(line)},
            } if reference(function) in REFUSED_BUILTINS:
                yield line, reference(function)


def _refuse_builtins(name: str, ast: Any) -> None:
    for line, called in refused_builtins(ast):
        raise UserError(
            f"{name}:{line}: {called} may not be used: a check reads its input only.",
            "The time of the scan is input.now.",
        )


def _refuse_odd_package(name: str, ast: Any) -> None:
    """A package with a name in brackets: the rules would be looked for at another place."""
    if not reference(ast["package"]["refr"]):
        raise UserError(
            f"{name}:{ast['package']['span']['line']}: the package's name must be letters, digits,"
            " _ and dots."
        )


def _refuse_taken_packages(modules: Iterable[Module], own: set[str]) -> None:
    """A user's file in a package of the bundle, above or below it, would change bundled checks."""
    shipped = {module.package: module.name for module in modules if module.name not in own}
    for module in modules:
        if module.name not in own:
            continue
        for package, name in shipped.items():
            one, other = f"{module.package}.", f"{package}."
            if one.startswith(other) or other.startswith(one):
                raise UserError(
                    f"{module.name}: the package {module.package} is taken by {name}.",
                    "Choose another, such as mlps.checks.own.NAME.",
                )


def _refuse_no_check(folder: Path, packages: list[str]) -> None:
    if not any(package.startswith(_PREFIX) for package in packages):
        raise UserError(
            f"There is no check in {folder}: no package there begins with {_PREFIX}",
            "Name the package of a check mlps.checks.own.NAME.",
        )


def _refuse_doubles(checks: Iterable[CheckMetadata]) -> None:
    seen: dict[str, CheckMetadata] = {}
    for check in checks:
        for name in (check.id, check.package):
            if name in seen:
                raise UserError(f"{check.file}: {name} is already taken by {seen[name].file}.")
            seen[name] = check


class _Custom(Struct, kw_only=True, forbid_unknown_fields=True):
    """What stands under `custom` in the annotation of a check."""

    id: str
    title_zh: str
    description_zh: str
    targets: list[str]
    facts: list[str]
    severity: Severity
    items: list[str]
    message: str
    message_zh: str
    words_zh: dict[str, dict[str, str]] = {}
    measured: list[str] = []
    remediation: Remediation
    references: list[str] = []
    native: bool = False
    not_offered: list[NotOffered] = []


class _Annotation(Struct, kw_only=True):
    """OPA's own annotation, as far as a check needs it."""

    title: str
    description: str
    custom: _Custom


def _check(name: str, source: str, package: str) -> CheckMetadata:
    """The metadata of a check's file. Raises UserError with file and line when it is not whole."""
    start, text = annotation(name, source)
    try:
        whole = msgspec.convert(yaml.load(text, Loader=_LOADER), _Annotation)  # noqa: S506 - a safe one
    except yaml.MarkedYAMLError as error:
        line = start + (error.problem_mark.line if error.problem_mark else 0)
        raise UserError(
            f"{name}:{line}: the metadata is not valid YAML: {error.problem}."
        ) from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise UserError(f"{name}:{start}: the metadata of the check: {error}.") from error
    custom = whole.custom
    _refuse_unknown_targets(name, start, custom)
    _refuse_unequal_places(name, start, custom)
    return CheckMetadata(
        id=custom.id,
        title=whole.title.strip(),
        title_zh=custom.title_zh.strip(),
        description=whole.description.strip(),
        description_zh=custom.description_zh.strip(),
        targets=custom.targets,
        facts=custom.facts,
        severity=custom.severity,
        items=custom.items,
        message=custom.message,
        message_zh=custom.message_zh,
        words_zh=custom.words_zh,
        measured=custom.measured,
        remediation=custom.remediation,
        references=custom.references,
        native=custom.native,
        not_offered=custom.not_offered,
        package=package,
        file=name,
    )


def annotation(name: str, source: str) -> tuple[int, str]:
    """The YAML of the `# METADATA` block above `package`, and the line on which it begins."""
    lines = source.splitlines()
    package = next((i for i, line in enumerate(lines) if line.startswith("package ")), 0)
    start = package
    while start > 0 and lines[start - 1].startswith("#"):
        start -= 1
    block = lines[start:package]
    if not block or block[0].strip() != "# METADATA":
        raise UserError(
            f"{name}:{package + 1}: the check has no metadata.",
            "Put a # METADATA block right above `package`; see the README, Write a check.",
        )
    yaml_lines = [line.removeprefix("#").removeprefix(" ") for line in block[1:]]
    return start + 2, "\n".join(yaml_lines)


def _refuse_unknown_targets(name: str, line: int, custom: _Custom) -> None:
    known = fact_types()
    for target in custom.targets:
        if target != "*" and target not in known:
            raise UserError(
                f"{name}:{line}: {target!r} is not a resource type.",
                f"Types are: {', '.join(known)}, or * for all.",
            )


def _refuse_unequal_places(name: str, line: int, custom: _Custom) -> None:
    english, chinese = (places(t) for t in (custom.message, custom.message_zh))
    if english != chinese:
        odd = ", ".join(sorted(english ^ chinese))
        raise UserError(f"{name}:{line}: message and message_zh differ in their places: {odd}.")


def places(message: str) -> set[str]:
    """The names of a message's `{places}`."""
    return set(_PLACE.findall(message))
