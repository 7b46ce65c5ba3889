"""What stands in `integrations/`: it parses, its commands are ones that `mlps` has, and what can
run here runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from scanner.cli import cli
from tests.required import missing

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "integrations"
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".md")
YAMLS = [*(path for path in FILES if path.suffix in {".yml", ".yaml"})]
YAMLS.append(ROOT / ".pre-commit-hooks.yaml")
_COMMAND = re.compile(r"(?:^|[\s/])mlps ((?:check|scan) [^\n]*)", re.MULTILINE)


def _commands(path: Path) -> list[list[str]]:
    """The commands of `mlps` in a file, what a runner fills in being a word."""
    text = path.read_text(encoding="utf-8")
    if path.name == "cronjob.yaml":
        (job,) = [one for one in yaml.safe_load_all(text) if one["kind"] == "CronJob"]
        pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        return [pod["containers"][0]["args"]]
    if path.name == ".pre-commit-hooks.yaml":
        return [[*hook["entry"].split()[1:], *hook["args"]] for hook in yaml.safe_load(text)]
    text = re.sub(r"\$\{\{[^}]*\}\}", "x", text)
    return [shlex.split(found) for found in _COMMAND.findall(text)]


def _refuse_unknown(words: list[str]) -> None:
    """Fail on a command or an option that `mlps` does not have."""
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found is not None, words
        command, words = found, words[1:]
    known = {
        name: option
        for option in command.params
        if isinstance(option, click.Option)
        for name in option.opts
    }
    values = iter(words)
    for word in values:
        if word.startswith("-"):
            assert word in known, f"{command.name} has no option {word}"
            if not known[word].is_flag:
                value = next(values)
                kind = known[word].type
                if isinstance(kind, click.Choice) and not value.startswith("$") and value != "x":
                    assert value in kind.choices, f"{word} {value}"


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: str(path.relative_to(ROOT)))
def test_yaml_is_read(path: Path) -> None:
    assert all(yaml.safe_load_all(path.read_text(encoding="utf-8")))


WITH_COMMANDS = [path for path in FILES if path.suffix not in {".timer", ""}] + [
    FOLDER / "cron" / "crontab",
    ROOT / ".pre-commit-hooks.yaml",
]


@pytest.mark.parametrize(
    "path",
    [path for path in WITH_COMMANDS if path.name != "workflow.yml"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_command_is_one_that_mlps_has(path: Path) -> None:
    found = _commands(path)
    assert found
    for words in found:
        _refuse_unknown(words)


def test_a_page_shows_each() -> None:
    for page in ("README.md", "README.zh-CN.md"):
        text = (FOLDER / page).read_text(encoding="utf-8")
        for path in FILES:
            assert str(path.relative_to(FOLDER)) in text, (page, path.name)


def _action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / "github" / "action.yml").read_text())
    return loaded


@pytest.mark.parametrize(("fail_on", "code"), [("high", 1), ("never", 0)])
def test_the_action_of_github_checks_and_summarizes(
    tmp_path: Path, fail_on: str, code: int
) -> None:
    """Its step as a runner starts it, with an `mlps` that is installed already."""
    (step,) = [one for one in _action()["runs"]["steps"] if one.get("id") == "check"]
    tools = tmp_path / "runner" / "mlps" / "bin"
    tools.mkdir(parents=True)
    mlps = tools / "mlps"
    mlps.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m scanner "$@"\n')
    mlps.chmod(0o755)
    shutil.copytree(ROOT / "examples" / "terraform", tmp_path / "infra")
    environment = {
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "CHECK_PATH": "infra",
        "FAIL_ON": fail_on,
        "CHECK_LANG": "zh",
        "CHECK_ARGS": "--level 2",
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    sarif = tmp_path / "runner" / "mlps.sarif"
    assert (tmp_path / "output").read_text() == f"sarif={sarif}\n"
    assert "boundary-admin-ports" in sarif.read_text()
    assert "等级保护" in (tmp_path / "summary.md").read_text()


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        missing("systemd-analyze is not installed; .ci/run installs it where there is apt")
    for name in ("mlps-scan.service", "mlps-scan.timer"):
        text = (FOLDER / "cron" / name).read_text()
        (tmp_path / name).write_text(text.replace("/usr/local/bin/mlps", "/bin/true"))
    units = [str(tmp_path / name) for name in ("mlps-scan.service", "mlps-scan.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (["mlps", "sc"], {"scan", "schemas"}),
        (["mlps", "scan", ""], {"aliyun", "aws", "azure"}),
        (["mlps", "check", "--fail-on", "ne"], {"never"}),
        (["mlps", "scan", "aws", "--time"], {"--time-limit"}),
    ],
)
def test_bash_completes(tmp_path: Path, line: list[str], offered: set[str]) -> None:
    """In a real bash, by what `mlps completion` prints."""
    tools = tmp_path / "bin"
    tools.mkdir()
    code = "import sys; sys.argv[0] = 'mlps'; from scanner.cli import main; main()"
    mlps = tools / "mlps"
    mlps.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -c "{code}" "$@"\n')
    mlps.chmod(0o755)
    words = " ".join(shlex.quote(word) for word in line)
    script = (
        'eval "$(mlps completion bash)"\n'
        f"COMP_WORDS=({words}); COMP_CWORD={len(line) - 1}\n"
        "_mlps_completion mlps\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", script],
        env=os.environ | {"PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(done.stdout.split()) == offered, done.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_have_one(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scanner", "completion", shell],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"_MLPS_COMPLETE={shell}_complete" in done.stdout
