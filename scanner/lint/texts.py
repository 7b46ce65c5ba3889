"""Texts: both languages, remediation, references, and names that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import urlsplit

from scanner.catalog import Catalogue
from scanner.lint.problem import Problem
from scanner.lint.subject import Subject

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_CJK = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
_STANDARD = re.compile(r"GB/T 22239-2019 (\d+(?:\.\d+)+)(?: ([a-z]))?")


def problems(subject: Subject, catalogue: Catalogue) -> Iterator[Problem]:
    """Problems of the metadata's texts, and of what they refer to."""
    yield from _languages(subject)
    yield from _remediation(subject)
    yield from _names(subject)
    check = subject.check
    for index, item in enumerate(check.items):
        if item not in catalogue.items:
            message = f"the catalogue has no item {item}; see `mlps items`."
            yield subject.at(f"custom.items[{index}]", "item-unknown", message)
    if not check.items:
        yield subject.at("custom.items", "item-unknown", "the check answers no item.")
    clauses = {c for item in catalogue.items.values() for c in item.clauses.values()}
    for index, reference in enumerate(check.references):
        if (reason := _wrong_reference(reference, clauses)) is not None:
            yield subject.at(f"custom.references[{index}]", "reference", reason)


def _languages(subject: Subject) -> Iterator[Problem]:
    check, fix = subject.check, subject.check.remediation
    english = {
        "title": check.title,
        "description": check.description,
        "custom.message": check.message,
        "custom.remediation.en": fix.en,
        "custom.remediation.aws": fix.aws,
        "custom.remediation.azure": fix.azure,
        "custom.remediation.aliyun": fix.aliyun,
        "custom.remediation.terraform": fix.terraform,
    }
    chinese = {
        "custom.title_zh": check.title_zh,
        "custom.description_zh": check.description_zh,
        "custom.message_zh": check.message_zh,
        "custom.remediation.zh": fix.zh,
    }
    for key, text in english.items():
        if found := _CJK.search(text):
            message = f"the English text has {found.group()!r} in it."
            yield subject.at(key, "english-text", message)
    for key in ("title", "description", "custom.message"):
        if not english[key].strip():
            yield subject.at(key, "english-text", "the English text is empty.")
    for key, text in chinese.items():
        if text.strip() and not _HAN.search(text):
            yield subject.at(key, "chinese-text", "the Chinese text has no Chinese in it.")
        elif not text.strip() and key != "custom.remediation.zh":
            yield subject.at(key, "chinese-text", "the Chinese text is empty.")


def _remediation(subject: Subject) -> Iterator[Problem]:
    """What to do is said in both languages; for our own checks also in each cloud's words."""
    fix = subject.check.remediation
    texts = {"en": fix.en, "zh": fix.zh}
    if subject.bundled:
        clouds = {"aws": fix.aws, "azure": fix.azure, "aliyun": fix.aliyun}
        texts |= clouds | {"terraform": fix.terraform}
    for name, text in texts.items():
        if not text.strip():
            message = f"the remediation says nothing under {name}."
            yield subject.at(f"custom.remediation.{name}", "remediation", message)


def _names(subject: Subject) -> Iterator[Problem]:
    """id boundary-admin-ports, package mlps.checks.boundary.admin_ports, file admin_ports.rego, in
    the bundle in the folder boundary."""
    check = subject.check
    names = check.package.split(".")[2:]
    expected = "-".join(names).replace("_", "-")
    package = subject.tree.ast["package"]["span"]["line"]
    if len(names) != 2:
        message = f"the package {check.package} is not mlps.checks.<domain>.<name>."
        yield subject.on(package, "names", message)
        return
    if check.id != expected:
        message = f"the id is {check.id}; the package {check.package} asks for {expected}."
        yield subject.at("custom.id", "names", message)
    file = PurePath(check.file)
    own = file.stem == names[-1] and (not subject.bundled or file.parent.name == names[0])
    if not own:
        place = "/".join(names) if subject.bundled else names[-1]
        message = f"the package {check.package} asks for the file {place}.rego."
        yield subject.on(package, "names", message)


def _wrong_reference(reference: str, clauses: set[str]) -> str | None:
    """Why a reference is no good: an address is https and has a host; a clause of the standard is
    one of the catalogue's. Other texts name a document (`Alibaba Cloud Config: rule`)."""
    if not reference.strip():
        return "the reference is empty."
    if "://" in reference:
        parts = urlsplit(reference)
        good = parts.scheme == "https" and "." in parts.netloc and " " not in reference
        return None if good else f"{reference} is not an https address."
    if reference.startswith("GB/T 22239"):
        found = _STANDARD.fullmatch(reference)
        clause = ".".join(part for part in found.groups() if part) if found else ""
        if clause not in clauses:
            return f"{reference} is no clause of the catalogue (GB/T 22239-2019 8.2.3.1 a)."
    return None
