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
_CODE = re.compile(r"(?<![\w-])--[A-Za-z][\w.-]*\w|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+", re.ASCII)
_QUOTED = re.compile(r'"[^"]*"')
_WORD = re.compile(r"(?P<word>[A-Za-z][\w.]*)(?P<set>\s*[={])?")
_NAME = re.compile(r"true|false|\w*_\w*(?:\.\w+)*\.?|\w+(?:\.\w+)+\.?")
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
        "custom.remediation.aws_zh": fix.aws_zh,
        "custom.remediation.azure_zh": fix.azure_zh,
        "custom.remediation.aliyun_zh": fix.aliyun_zh,
        "custom.remediation.terraform_zh": fix.terraform_zh,
    }
    chinese |= {
        f"custom.words_zh.{name}.{word}": text
        for name, words in check.words_zh.items()
        for word, text in words.items()
    }
    for name in check.words_zh:
        if f"{{{name}}}" not in check.message_zh:
            message = f"words_zh has words of {name}, which the message does not show."
            yield subject.at(f"custom.words_zh.{name}", "message-place", message)
    for name in check.measured:
        if f"{{{name}}}" not in check.message:
            message = f"measured names {name}, which the message does not show."
            yield subject.at("custom.measured", "message-place", message)
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
        elif not text.strip() and not key.startswith("custom.remediation."):
            yield subject.at(key, "chinese-text", "the Chinese text is empty.")


def _remediation(subject: Subject) -> Iterator[Problem]:
    """What to do is said in both languages; for our own checks also in each cloud's words. Where
    the text of a cloud is in both languages, both name the same commands and arguments."""
    fix = subject.check.remediation
    pairs = {
        "aws": (fix.aws, fix.aws_zh),
        "azure": (fix.azure, fix.azure_zh),
        "aliyun": (fix.aliyun, fix.aliyun_zh),
        "terraform": (fix.terraform, fix.terraform_zh),
    }
    texts = {"en": fix.en, "zh": fix.zh}
    if subject.bundled:
        for name, (english, chinese) in pairs.items():
            texts[name] = english
            if name != "terraform" or _prose(english):
                texts[f"{name}_zh"] = chinese
    for name, text in texts.items():
        if not text.strip():
            message = f"the remediation says nothing under {name}."
            yield subject.at(f"custom.remediation.{name}", "remediation", message)
    for name, (english, chinese) in pairs.items():
        if chinese.strip() and (odd := _code(english) ^ _code(chinese)):
            message = f"{name} and {name}_zh differ in {', '.join(sorted(odd))}."
            yield subject.at(f"custom.remediation.{name}_zh", "remediation", message)


def _prose(terraform: str) -> bool:
    """Whether a text about Terraform has a word that is no name of it, which has `_` or `.` inside
    or `=` or `{` after it. A list of arguments and values reads the same in every language."""
    words = _WORD.finditer(_QUOTED.sub('""', terraform))
    return any(not _NAME.fullmatch(one["word"]) and not one["set"] for one in words)


def _code(text: str) -> set[str]:
    """The options and the names with `_` that a text has."""
    return set(_CODE.findall(text))


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
