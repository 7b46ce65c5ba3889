"""`docs/checks/`: pages about every check, made from the checks' own metadata.

README.md, README.zh-CN.md        every check in a table, domain by domain
<domain>.md, <domain>.zh-CN.md    what each check of a domain asks, says and advises
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from collectors.document import UserError
from scanner.catalog import LEVELS, Catalogue, Text
from scanner.checks import CheckMetadata

_SUFFIX = {"en": ".md", "zh": ".zh-CN.md"}
_MARK = "<!-- Made by `mlps policies docs` from the checks' metadata: edit those instead. -->"

_DOMAINS = {
    "audit": Text("Audit", "安全审计"),
    "backup": Text("Backup and recovery", "数据备份恢复"),
    "boundary": Text("Boundary: access control", "区域边界：访问控制"),
    "compute": Text("Hosts, images, snapshots", "主机、镜像和快照"),
    "data": Text("Data", "数据安全"),
    "identity": Text("Identity", "身份鉴别与访问控制"),
    "intrusion": Text("Intrusion prevention", "入侵防范"),
    "location": Text("Location", "物理位置与数据境内存储"),
    "management": Text("Security management centre", "安全管理中心"),
    "network": Text("Communication network", "通信网络"),
    "operations": Text("Operation management", "安全运维管理"),
    "residual": Text("Residual information", "剩余信息保护"),
}
_SEVERITY = {
    "critical": Text("critical", "严重"),
    "high": Text("high", "高"),
    "medium": Text("medium", "中"),
    "low": Text("low", "低"),
}


class _Words(Struct, frozen=True):
    """The words of a page in one language."""

    language: str

    def __call__(self, en: str, zh: str) -> str:
        return zh if self.language == "zh" else en

    def of(self, text: Text) -> str:
        return text.in_language(self.language)


def pages(checks: list[CheckMetadata], catalogue: Catalogue) -> dict[str, str]:
    """The text of every page by its file name."""
    made: dict[str, str] = {}
    domains = {
        domain: sorted(group, key=lambda check: check.id)
        for domain, group in groupby(sorted(checks, key=_domain), key=_domain)
    }
    for language, suffix in _SUFFIX.items():
        words = _Words(language)
        made[f"README{suffix}"] = _page(_index(domains, catalogue, words))
        for domain, group in domains.items():
            made[f"{domain}{suffix}"] = _page(_of_domain(domain, group, catalogue, words))
    return made


def export(folder: Path, checks: list[CheckMetadata], catalogue: Catalogue) -> None:
    """Write every page, and remove those of ours that are no more. Raises UserError when the
    folder cannot be written."""
    wanted = pages(checks, catalogue)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in wanted.items():
            (folder / name).write_text(text, encoding="utf-8")
        for path in folder.glob("*.md"):
            if path.name not in wanted and _MARK in path.read_text(encoding="utf-8"):
                path.unlink()
    except OSError as error:
        raise UserError(
            f"The pages cannot be written to {folder}: {error.strerror}.",
            "Choose another folder, or make it writable.",
        ) from error


def _domain(check: CheckMetadata) -> str:
    return check.id.split("-", maxsplit=1)[0]


def _page(lines: Iterator[str]) -> str:
    return "\n".join([*lines, ""])


def _name(domain: str, words: _Words) -> str:
    return words.of(_DOMAINS[domain]) if domain in _DOMAINS else domain


def _index(
    domains: dict[str, list[CheckMetadata]], catalogue: Catalogue, words: _Words
) -> Iterator[str]:
    number = sum(len(group) for group in domains.values())
    suffix = _SUFFIX[words.language]
    yield words("# Checks", "# 检查项")
    yield ""
    yield _MARK
    yield ""
    yield words(
        f"{number} checks. Each is one Rego file under `policies/checks/` that serves every cloud;"
        " it runs at the levels at which one of its items exists.",
        f"共 {number} 个检查项，每项为 `policies/checks/` 下的一个 Rego 文件，适用于各云；"
        "仅在其对应要求项存在的等级上执行。",
    )
    for domain, group in domains.items():
        yield ""
        yield f"## [{_name(domain, words)}]({domain}{suffix})"
        yield ""
        yield words(
            "| check | severity | what must hold | levels |",
            "| 检查项 | 严重程度 | 要求 | 等级 |",
        )
        yield "|---|---|---|---|"
        for check in group:
            title = words(check.title, check.title_zh)
            levels = _levels(check, catalogue)
            yield (
                f"| [{check.id}]({domain}{suffix}#{check.id}) |"
                f" {words.of(_SEVERITY[check.severity])} | {_cell(title)} | {levels} |"
            )


def _levels(check: CheckMetadata, catalogue: Catalogue) -> str:
    return " ".join(str(level) for level in LEVELS if catalogue.applies_at(check, level))


def _of_domain(
    domain: str, group: list[CheckMetadata], catalogue: Catalogue, words: _Words
) -> Iterator[str]:
    yield f"# {_name(domain, words)}"
    yield ""
    yield _MARK
    for check in group:
        yield ""
        yield from _of_check(check, catalogue, words)


def _of_check(check: CheckMetadata, catalogue: Catalogue, words: _Words) -> Iterator[str]:
    yield f"## {check.id}"
    yield ""
    yield f"**{words(check.title, check.title_zh)}** · {words.of(_SEVERITY[check.severity])}"
    yield ""
    yield words(check.description, check.description_zh)
    yield ""
    label = words("Resources", "资源类型")
    yield f"- {label}: {', '.join(f'`{target}`' for target in check.targets)}"
    label = words("Facts", "读取的事实")
    yield f"- {label}: {', '.join(f'`{fact}`' for fact in check.facts)}"
    label = words("Items", "对应要求项")
    yield f"- {label}: {', '.join(_items(check, catalogue, words))}"
    label = words("Message", "不符合时提示")
    yield f"- {label}: {words(check.message, check.message_zh)}"
    for one in check.not_offered:
        label = words("Not offered", "未提供")
        yield f"- {label} ({one.cloud}): {words(one.en, one.zh)}"
    yield ""
    yield words(check.remediation.en, check.remediation.zh)
    yield ""
    for name, text in check.remediation.clouds(words.language):
        yield f"- {name}: {' '.join(text.split())}"


def _items(check: CheckMetadata, catalogue: Catalogue, words: _Words) -> Iterator[str]:
    """Items with their clauses: the number that most systems are assessed by comes first."""
    for key in check.items:
        item = catalogue.items[key]
        clauses = " / ".join(item.clauses[level] for level in sorted(item.clauses))
        yield f"`{key}` ({words.of(item.control_point)}, {clauses})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
