"""The words that reports have in common, in both languages."""

from __future__ import annotations

from typing import Literal

from scanner.catalog import Party, Text
from scanner.checks import SEVERITIES_ZH, Severity
from scanner.judge import ItemStatus

Outcome = Literal["fail", "waived", "unknown", "error"]
"""What became of a verdict that a reader must see; `waived` is a failure that somebody accepted."""

NOTICE = Text(
    "A self-check of configuration; not the result of an official MLPS assessment.",
    "本结果为配置自查，不是等级测评机构出具的测评结论。",
)
INCOMPLETE = Text(
    "The scan is incomplete: what could not be read is unknown and counts as no pass.",
    "本次扫描不完整：未能读取的内容判定为未知，不计为通过。",
)
COMPLETE = Text("Everything that was to be read was read.", "计划读取的内容均已读取。")
STATUS: dict[ItemStatus, Text] = {
    "met": Text("met", "符合"),
    "partly_met": Text("partly met", "部分符合"),
    "not_met": Text("not met", "不符合"),
    "not_applicable": Text("not applicable", "不适用"),
    "not_assessed": Text("not assessed", "未评估"),
}
OUTCOME: dict[Outcome, Text] = {
    "fail": Text("fail", "不符合"),
    "waived": Text("waived", "已豁免"),
    "unknown": Text("unknown", "未知"),
    "error": Text("error", "出错"),
}
KNOWN = Text("known: in the baseline", "此前已知：基线中已有")
OF_ACCOUNT = Text("of the account, not of a template", "属于账户，而非模板")
SEVERITY: dict[Severity, Text] = {
    "critical": Text("critical", SEVERITIES_ZH["critical"]),
    "high": Text("high", SEVERITIES_ZH["high"]),
    "medium": Text("medium", SEVERITIES_ZH["medium"]),
    "low": Text("low", SEVERITIES_ZH["low"]),
}
PARTY: dict[Party, Text] = {
    "provider": Text("provider", "云服务商"),
    "customer": Text("customer", "云服务客户"),
    "shared": Text("shared", "双方共担"),
}
LEVELS_ZH = {1: "第一级", 2: "第二级", 3: "第三级", 4: "第四级"}
TITLE = Text("MLPS 2.0 self-check", "等级保护 2.0 自查报告")
ORIGIN = {
    "live": Text("live account", "云上账户"),
    "template": Text("templates", "部署模板"),
}


def level_name(level: int) -> Text:
    """A protection level as it is called."""
    return Text(f"Level {level}", LEVELS_ZH[level])
