"""Which templates there are in what the user named, each in its language."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.document import UserError
from collectors.iac.languages import MOST_SNIFFED, Language, Request, languages
from collectors.iac.loaded import Unread, uri_of
from collectors.iac.source_files import is_left_out, is_source

_HINT = (
    "mlps check reads Terraform directories and plans (terraform show -json PLANFILE),"
    " CloudFormation templates, ARM templates (of Bicep what it compiles to: az bicep build), and"
    " ROS templates."
)


class Template(Struct, frozen=True):
    """A folder or file of one language, and those of the same kind that it calls."""

    path: Path
    language: Language
    request: Request
    calls: tuple[Path, ...] = ()


class Found(Struct):
    """What there is at a path: `roots`, `others` that one of them calls, and what may be a template
    and could not be read."""

    roots: list[Template]
    others: list[Template]
    unread: list[Unread]


def find(path: Path, request: dict[str, Any]) -> Found:
    """The templates at or below a path; `request` are further fields of a `Request`.

    Raises UserError where there is none.
    """
    if not path.exists():
        raise UserError(f"{path} does not exist.", "Name a folder or a file with templates.")
    root = Path.cwd() if path.resolve().is_relative_to(Path.cwd()) else _folder(path)
    asked = Request(root=root, **request)
    if path.is_file():
        return Found([Template(path, _language_of(path), asked)], [], [])
    unread: list[Unread] = []
    found = [Template(*each, asked) for each in _in_folder(path, unread)]
    if not found and not unread:
        raise UserError(f"There is no template in {path}.", _HINT)
    roots: list[Template] = []
    others: list[Template] = []
    for language in languages():
        own = [_with_calls(each) for each in found if each.language is language]
        first = _roots(own)
        roots += first
        others += [each for each in own if each not in first]
    return Found(roots, others, unread)


def orphans(
    broken: Iterable[Template], good: Iterable[Template], others: Sequence[Template]
) -> list[Template]:
    """Of `others`, those that only projects call which turned out to be broken, and that none of
    these calls: they are to be read for themselves."""
    read, lost = _reached(good, others), _reached(broken, others)
    return _roots([each for each in others if each.path.resolve() in lost - read])


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _language_of(path: Path) -> Language:
    """The language of the one file that the user named."""
    if is_source(path):
        raise UserError(
            f"{path} is one file of a Terraform project.",
            f"Name its directory: mlps check {path.parent}",
        )
    try:
        text = _text(path)
    except OSError:
        text = ""
    looks = [each for each in languages() if each.recognises(text)]
    sure = [each for each in looks if each.confirms(path)]
    is_text = text and "\0" not in text
    if not looks and is_text and text.lstrip("\ufeff \t\r\n")[:1] != "{":
        raise UserError(f"{path} is no template that mlps reads.", _HINT)
    # The reader of plans says best what is wrong with one that is no JSON, or saved and not shown.
    plan = [each for each in languages() if each.name == "Terraform plan"]
    return (sure or looks or plan)[0]


def _in_folder(folder: Path, unread: list[Unread]) -> Iterator[tuple[Path, Language]]:
    for language in languages():
        yield from ((each, language) for each in language.folders(folder))
    for path in _candidates(folder, unread):
        try:
            text = _text(path)
        except OSError as error:
            unread.append(_not_readable(path, error))
            continue
        for language in languages():
            known = path.suffix in language.suffixes and language.recognises(text)
            if known and language.confirms(path):
                yield path, language
                break


def _candidates(folder: Path, unread: list[Unread]) -> Iterator[Path]:
    """The files at or below a folder that may be templates by their suffix. Hidden folders and
    those of dependencies are left out, and no link is followed out of the folder."""
    suffixes = frozenset().union(*(each.suffixes for each in languages()))

    def refused(error: OSError) -> None:
        unread.append(_not_readable(Path(error.filename), error))

    for parent, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(each for each in folders if not is_left_out(each))
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix in suffixes and path.resolve().is_relative_to(folder.resolve()):
                yield path


def _not_readable(path: Path, error: OSError) -> Unread:
    why = f"{uri_of(path)}: it could not be read: {error.strerror or error}."
    return Unread(uri_of(path), "NotReadable", why)


def _text(path: Path) -> str:
    """What is looked at of a file. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MOST_SNIFFED).decode("utf-8", errors="replace")


def _with_calls(project: Template) -> Template:
    calls = tuple(each.resolve() for each in project.language.calls(project.path))
    return Template(project.path, project.language, project.request, calls)


def _roots(projects: Sequence[Template]) -> list[Template]:
    """Those that no other one calls, and of those that call each other in a circle the first."""
    called = {
        call for each in projects for call in each.calls if call != each.path.resolve()
    }  # fmt: skip
    roots = [each for each in projects if each.path.resolve() not in called]
    reached = _reached(roots, projects)
    for each in projects:
        if each.path.resolve() not in reached:
            roots.append(each)
            reached |= _reached([each], projects)
    return roots


def _reached(start: Iterable[Template], others: Iterable[Template]) -> set[Path]:
    """The paths of projects and of what they call, and so on."""
    calls = {each.path.resolve(): each.calls for each in others}
    reached: set[Path] = set()
    left = [path for each in start for path in (each.path.resolve(), *each.calls)]
    while left:
        path = left.pop()
        if path not in reached:
            reached.add(path)
            left += calls.get(path, ())
    return reached
