"""What a Chinese reader sees of a whole run: no English sentence that this project wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.cli.conftest import Mlps

TERRAFORM = Path(__file__).parents[2] / "examples" / "terraform"
ENGLISH = re.compile(r"\b[A-Za-z]+ [a-z]{2,} [a-z]{2,}\b|\bis (?:un)?known\b")
"""Three words in a row. Names in clouds, and the console's own words of a cloud, are shorter."""


def english(text: str) -> list[str]:
    """The lines that hold an English sentence."""
    return [line for line in text.splitlines() if ENGLISH.search(line)]


def texts(value: Any) -> Iterator[str]:
    """Every text of a SARIF log but that of the help pages, which quote commands."""
    if isinstance(value, str):
        yield value
    for key, item in value.items() if isinstance(value, dict) else ():
        if key != "markdown":
            yield from texts(item)
    for item in value if isinstance(value, list) else ():
        yield from texts(item)


def test_a_check_of_templates(mlps: Mlps, tmp_path: Path) -> None:
    sarif = tmp_path / "mlps.sarif"
    done = mlps("check", TERRAFORM, "--lang", "zh", "--save", f"sarif={sarif}")
    assert "在此处没有取值" in done.stdout
    assert english(done.stdout) == []
    assert english(done.stderr) == []
    assert done.stderr.startswith("已采集 ")
    log = sarif.read_text(encoding="utf-8")
    assert " 项判定未知：本模板中没有告警确定监测该资源" in log
    assert [text for text in texts(json.loads(log)) if english(text)] == []


def test_every_reason_of_an_account(mlps: Mlps, company_snapshot: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.ndjson"
    mlps("evaluate", company_snapshot, "-o", verdicts)
    assert english(mlps("report", verdicts, "--lang", "zh").stdout) == []
    found = json.loads(mlps("report", verdicts, "-f", "json").stdout)["assessment"]
    reasons = found["unknown_reasons"]
    assert reasons
    assert [one for one in reasons if not re.search(r"[\u4e00-\u9fff]", one["reason_zh"])] == []


def test_a_template_that_is_not_read_whole(mlps: Mlps, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('module "net" {\n  source = "./net"\n}\n')
    done = mlps("check", tmp_path, "--lang", "zh")
    assert "模块未读取（ModuleNotRead）" in done.stdout
    # Where lines are folded depends on the length of the path.
    assert "未读取模块net（./net），其文件夹不存在" in "".join(done.stdout.split())
    assert "1 次读取失败，相关配置未知。第一次：" in done.stderr
    assert english(done.stdout + done.stderr) == []


def test_severities_of_checks(mlps: Mlps) -> None:
    listed = mlps("checks", "--lang", "zh").stdout
    assert re.search(r"^boundary-admin-ports +严重 ", listed, re.MULTILINE)
    show = ("checks", "show", "boundary-admin-ports")
    assert "\n严重程度: 严重\n" in mlps(*show, "--lang", "zh").stdout
    assert "\nSeverity: critical\n" in mlps(*show).stdout
