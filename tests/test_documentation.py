"""What the documentation shows works: its links, its commands, its check."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from scanner.cli import cli
from scanner.lint import lint
from scanner.policies import bundled, load

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")])
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def _commands(page: Path) -> list[str]:
    """The calls of mlps in the page's blocks of shell, cron and YAML."""
    blocks = re.findall(r"^```(?:sh|yaml)?\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE)
    found = [re.search(r"mlps (?:scan|check|collect|evaluate|report) [^#>]*", line)
             for block in blocks for line in block.splitlines()]  # fmt: skip
    return [match[0] for match in found if match]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
        if not target.startswith(("http://", "https://")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_commands_have_the_options_that_are_shown(page: Path) -> None:
    commands = _commands(page)
    assert len(commands) >= 8
    for text in commands:
        words = shlex.split(text)[1:]
        context = click.Context(cli)
        command: click.Command | None = cli
        while isinstance(command, click.Group):
            command = command.get_command(context, words.pop(0))
        assert command is not None, text
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= options, text


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [re.sub(r" --lang zh| +$", "", text) for text in _commands(page)] for page in READMES
    )
    assert english == chinese


def test_the_example_of_a_check_keeps_the_contract(tmp_path: Path) -> None:
    (rego,) = re.findall(r"^```rego\n(.*?)^```", READMES[0].read_text(), re.DOTALL | re.MULTILINE)
    (tmp_path / "bucket_versioning.rego").write_text(rego)
    assert [problem.rule for problem in lint(load(bundled(), tmp_path))] == ["test-missing"]
