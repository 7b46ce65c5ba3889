"""The files of a Terraform project: which there are, which are not read, which are not valid."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from collectors.iac.certainty import Module, is_local, source_of
from collectors.iac.evaluation import CrashedError, NotValidError, evaluate
from collectors.iac.hcl import variable_names
from collectors.iac.loaded import BrokenProjectError, Unread, uri_of
from collectors.iac.located import NotATemplateError
from collectors.iac.source_files import (
    check,
    declarations,
    is_left_out,
    is_source,
    other_files,
    source_files,
)


def modules(folder: Path) -> list[Path]:
    """The folders at or below `folder` that hold files of Terraform. Hidden folders and those of
    dependencies are left out."""
    found: list[Path] = []
    for parent, below, names in os.walk(folder):
        below[:] = sorted(each for each in below if not is_left_out(each))
        if any(is_source(Path(name)) for name in names):
            found.append(Path(parent))
    return sorted(found)


def calls(module: Path) -> Iterator[Path]:
    """The folders of the modules that a module calls by a path."""
    for call in declarations(module):
        if call.kind == "module" and is_local(source := source_of(call)):
            yield module / source


def refuse_unreadable(root: Path) -> None:
    """Raise BrokenProjectError for what the parser cannot be given: files that cannot be read, and
    modules in a circle, which it would follow without end."""
    if found := _circle(root, ()):
        why = f"{uri_of(found)}: the module calls itself, by way of others or at once."
        raise BrokenProjectError([Unread(uri_of(found), "NotValid", why)])
    if refused := list(_unreadable(root)):
        raise BrokenProjectError(refused)


def _unreadable(module: Path) -> Iterator[Unread]:
    """The files of a module, and of those that it calls, that cannot be read."""
    for file in source_files(module):
        try:
            check(file)
        except OSError as error:
            why = f"{uri_of(file)}: it could not be read: {error.strerror or error}."
            yield Unread(uri_of(file), "NotReadable", why)
        except NotATemplateError as error:
            where = f"{uri_of(file)}:{error.line}" if error.line else uri_of(file)
            yield Unread(uri_of(file), "NotValid", f"{where}: {error.reason}")
    for each in calls(module):
        yield from _unreadable(each)


def _circle(module: Path, callers: tuple[Path, ...]) -> Path | None:
    """A module at or below one that calls itself."""
    own = module.resolve()
    if own in callers:
        return module
    below = (_circle(each, (*callers, own)) for each in calls(module) if each.is_dir())
    return next((each for each in below if each), None)


def evaluate_project(root: Path, variables: list[Path]) -> dict[str, list[dict[str, Any]]]:
    """The blocks of a project by their kind, as tfparse evaluates them with the values of the files
    `variables`. Raises BrokenProjectError, which names the files that are not valid."""
    names = [os.path.relpath(path, root) for path in variables]
    try:
        return evaluate(root, names)
    except NotValidError as error:
        broken = _broken_files(root) or _broken_variables(variables)
        raise BrokenProjectError(broken or [_broken(root, str(error))]) from error
    except CrashedError as error:
        why = f"{uri_of(root)}: the Terraform parser failed: {error}. Check a plan file instead."
        raise BrokenProjectError([Unread(uri_of(root), "ParserFailed", why)]) from error


def _broken_files(root: Path) -> list[Unread]:
    """The broken files of a project: each *.tf file evaluated alone."""
    broken = []
    folders = {root, *(child.folder for child in modules_below(Module(root)))}
    for file in sorted(file for folder in folders for file in source_files(folder)):
        with tempfile.TemporaryDirectory(prefix="mlps-") as alone:
            (Path(alone) / file.name).write_bytes(file.read_bytes())
            try:
                evaluate(Path(alone))
            except NotValidError as error:
                broken.append(_broken(file, str(error)))
            except CrashedError:
                continue
    return broken


def _broken_variables(files: list[Path]) -> list[Unread]:
    """The broken files of variables: each evaluated with an empty project."""
    broken = []
    with tempfile.TemporaryDirectory(prefix="mlps-") as alone:
        (Path(alone) / "main.tf").touch()
        for file in files:
            try:
                evaluate(Path(alone), [os.path.relpath(file, alone)])
            except NotValidError as error:
                broken.append(_broken(file, str(error)))
            except CrashedError:
                continue
    return broken


def _broken(path: Path, error: str) -> Unread:
    place = re.search(r":(\d+),\d+(?:-[\d,]+)?: (.*)", error, flags=re.DOTALL)
    reason = " ".join((place[2] if place else error).split())
    where = f"{uri_of(path)}:{place[1]}" if place else uri_of(path)
    return Unread(uri_of(path), "NotValid", f"{where}: {reason}")


def variable_files(root: Path) -> list[Path]:
    """The files that Terraform itself loads, later ones winning."""
    plain = [root / "terraform.tfvars", root / "terraform.tfvars.json"]
    automatic = sorted(root.glob("*.auto.tfvars")) + sorted(root.glob("*.auto.tfvars.json"))
    return [path for path in plain if path.is_file()] + automatic


def names_given(files: Sequence[Path]) -> Iterator[str]:
    """The names that files of variables give values to."""
    for file in files:
        if file.suffix == ".json":
            try:
                yield from json.loads(file.read_text(encoding="utf-8-sig"))
            except (ValueError, OSError) as error:
                raise BrokenProjectError([Unread(uri_of(file), "NotValid", str(error))]) from error
        else:
            yield from variable_names(file)


def modules_below(module: Module) -> Iterator[Module]:
    """The modules that a module calls, and so on."""
    for child in module.children.values():
        yield child
        yield from modules_below(child)


def unread_modules(module: Module) -> Iterator[Unread]:
    """The modules that are called and are not there."""
    for each in (module, *modules_below(module)):
        for name, call in each.calls.items():
            if name in each.children:
                continue
            source = source_of(call)
            why = "its folder does not exist" if is_local(source) else "it is not in .terraform"
            file = uri_of(call.file)
            yield Unread(
                f"{file}#module.{name}",
                "ModuleNotRead",
                f"{file}:{call.start_line}: module {name} ({source or '?'}) was not read: {why}.",
            )


def unread_files(module: Module) -> Iterator[Unread]:
    """Files that OpenTofu reads in place of one of Terraform's, which is read."""
    why = "the *.tf file of its name is read, not this one; check a plan."
    for folder in sorted({module.folder, *(child.folder for child in modules_below(module))}):
        read = source_files(folder)
        for file in (each for each in other_files(folder) if each not in read):
            yield Unread(uri_of(file), "TofuFile", f"{uri_of(file)}: {why}")
