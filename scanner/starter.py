"""The starter of `mlps.yaml`: commented, and filled with what a snapshot shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import yaml
from msgspec import Struct

from collectors.document import Document

_LIKELY = ("system", "system-name", "app", "application", "project", "service")
"""Names of tags by which people usually say what a resource belongs to, the likeliest first."""
_MOST_SYSTEMS = 20


class Seen(Struct, frozen=True):
    """What a snapshot shows: its accounts, its clouds, and the tag that seems to name systems with
    the values that it has (empty where no such tag was found)."""

    accounts: list[str] = []
    providers: list[str] = []
    tag: str = ""
    values: list[str] = []


def look(documents: Iterable[Document]) -> Seen:
    """Find accounts, clouds, and the tag that tells systems apart. Reads the documents once."""
    accounts: set[str] = set()
    providers: set[str] = set()
    tags: dict[str, Counter[str]] = {}
    for document in documents:
        accounts.add(document.account)
        providers.add(document.provider)
        for key, value in document.tags.items():
            if key.lower() in _LIKELY and value:
                tags.setdefault(key, Counter())[value] += 1
    tag = min(tags, key=lambda key: (_LIKELY.index(key.lower()), -tags[key].total()), default="")
    values = sorted(tags[tag]) if tag and len(tags[tag]) <= _MOST_SYSTEMS else []
    return Seen(sorted(accounts), sorted(providers), tag if values else "", values)


def starter(seen: Seen) -> str:
    """The text of the file. Every section explains itself; what is no example is ready to use."""
    return "\n".join([_HEAD, *_systems(seen), _RULES, *_platforms(seen), _EVIDENCE])


_HEAD = """\
# mlps.yaml: what mlps cannot read from a cloud.        mlps 无法从云上读取、需由用户声明的内容。
# Check it with: mlps config check                      校验：mlps config check

# Systems (定级对象), each judged at its own level. A resource belongs to the system one of whose
# selectors holds; within a selector all conditions must hold. Patterns are globs, "!" excludes.
# Conditions: accounts, regions, resource_groups, vpcs, paths (of templates), ids, tags.
# 定级对象：每个对象按自身等级判定。select 中任一选择器命中即归属该对象，
# 选择器内的各条件须同时满足。"""


def _systems(seen: Seen) -> list[str]:
    found: list[tuple[str, dict[str, object]]] = [("core", {"ids": ["*"]})]
    if seen.values:
        found = [(value, {"tags": {seen.tag: value}}) for value in seen.values]
    elif len(seen.accounts) > 1:
        found = [(account, {"accounts": [account]}) for account in seen.accounts]
    lines = ["systems:"]
    for name, selector in found:
        lines += [
            f"  - name: {_flow(name)}",
            "    level: 3    # as the filing certificate states it  备案证明中的等级",
            '    owner: ""',
            "    select:",
            f"      - {_flow(selector)}",
        ]
    return [*lines, ""]


_RULES = """\
# What is allowed. A system may have any of these of its own.  允许项，可在各定级对象内单独设置。
# allowed_regions: [cn-north-1, cn-northwest-1]    # in place of "mainland China"  缺省为境内地域
# allowed_accounts: ["444455556666"]               # may have rights or data  允许的外部账户
# admin_ranges: [203.0.113.0/24]                   # administration comes from here  运维来源地址段
# key_manager: customer                            # who manages keys  密钥由谁管理
# label_tags: [classification]                     # security labels, level 4  四级安全标记所用标签
"""


def _platforms(seen: Seen) -> list[str]:
    lines = [
        "# The certified level of each cloud: a platform may not host systems above it, and what a",
        "# customer inherits is answered by its certificate.",
        "# 云平台的备案等级与证明，用于沿用云平台的测评结论。",
        "# platforms:",
    ]
    for provider in seen.providers or ["aws"]:
        lines += [
            f"#   - provider: {provider}",
            "#     level: 3",
            '#     certificate: "number of the filing certificate  备案证明编号"',
            "#     expires: 2027-12-31",
        ]
    return [*lines, ""]


_EVIDENCE = """\
# What configuration cannot show: mlps items --level 3 lists the items, mlps items show KEY says
# what to provide. 配置无法证明的条款，由责任人确认并给出佐证材料。
# attestations:
#   - item: construction.sla-terms
#     evidence: "contract 2026-017, annex 3"
#     by: wang.fang@example.com
#     date: 2026-03-01
#     expires: 2027-02-28
#     systems: ["*"]

# Failures that somebody accepted, until a date. They stay in the report and the item stays unmet.
# 已接受的风险：到期失效，报告中仍保留，对应条款仍不符合。
# waivers:
#   - check: boundary-admin-ports
#     resource: "*security-group/sg-0a1b2c3d"
#     reason: the bastion's only way in until the VPN is there
#     approver: wang.fang@example.com
#     expires: 2027-01-31

# Who is told of a scan: generic, dingtalk, feishu, wecom, slack. The address holds a key, so that
# it stands in the environment or a file. Try it with: mlps notify
# 扫描结果通知：地址含密钥，置于环境变量或文件中；可用 mlps notify 发送测试消息。
# notify:
#   - kind: dingtalk
#     url_env: DINGTALK_URL
#     secret_env: DINGTALK_SECRET
#     when: change                                   # always, change, failure
#     language: zh
"""


def _flow(value: object) -> str:
    """A value as YAML writes it on one line, quoted where it must be."""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return text.strip().removesuffix("...").strip()
