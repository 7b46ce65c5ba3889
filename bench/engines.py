"""`python -m bench.engines`: the embeddable Rego engines beside a real OPA.

Installs each candidate into a folder that is thrown away, runs every bundled check on the inputs
of the checks' own tests and on damaged ones, and prints how many results are those of OPA and how
long one check on one document takes. Needs opa on PATH or in MLPS_OPA, and a package index.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from bench.inputs import Input, damaged, inputs_of_rego_tests
from bench.opa_server import running_opa
from scanner import policies
from scanner.engine import Answer, Failure, Task
from scanner.engine._findings import answer
from scanner.engine.server import ServerEngine

ROOT = Path(__file__).parent.parent
_DAMAGED = 2000
_SEED = 22239
_EXAMPLES = 3


class Candidate(Struct, frozen=True):
    """A way to run Rego in this process: the kind of bench/candidate.py, and its wheel's pins."""

    name: str
    kind: str
    requirements: str


CANDIDATES = (
    Candidate("gordon-to-regorus, compiled", "regorus-rvm", "gordon-to-regorus.txt"),
    Candidate("gordon-to-regorus, interpreted", "regorus-interpreter", "gordon-to-regorus.txt"),
    Candidate("celine-regorus, interpreted", "regorus-interpreter", "celine-regorus.txt"),
    Candidate("regopy", "regopy", "regopy.txt"),
)


class _Ran(Struct):
    start: float
    seconds: float
    answers: list[list[Any]]
    errors: list[str]


def main() -> int:
    """Compare and print; 2 when there is no OPA to compare with."""
    opa = os.environ.get("MLPS_OPA") or shutil.which("opa")
    if not opa:
        print("There is no opa on PATH or in MLPS_OPA to compare with.", file=sys.stderr)
        return 2
    bundle = policies.load(policies.bundled())
    tasks = _tasks(bundle)
    pairs = sum(len(task.packages) for task in tasks)
    print(f"{len(tasks):,} inputs, {pairs:,} checks on them")
    with running_opa(opa) as url:
        engine = ServerEngine(bundle, url=url)
        started = time.perf_counter()
        expected = [list(answers) for answers in engine.run(tasks)]
        _print("OPA, server", time.perf_counter() - started, pairs, "the reference")
        engine.close()
    with tempfile.TemporaryDirectory(prefix="mlps-engines-") as folder:
        for candidate in CANDIDATES:
            ran = _run(candidate, bundle, tasks, Path(folder))
            differing = _differing(tasks, expected, ran)
            words = f"{pairs - sum(differing.values()):,} equal, {sum(differing.values()):,} not"
            _print(candidate.name, ran.seconds, pairs, words)
            for package, count in differing.most_common(_EXAMPLES):
                print(f"    {package}: {count:,}")
            for text, count in Counter(ran.errors).most_common(_EXAMPLES):
                print(f"    {count:,} times: {' '.join(text.split())[-150:]}")
    return 0


def _print(name: str, seconds: float, pairs: int, words: str) -> None:
    print(f"{name:<32}{seconds / pairs * 1e6:>9.1f} us a check  {words}", flush=True)


def _tasks(bundle: policies.Bundle) -> list[Task]:
    """Only `deny` is compared, so packages stand for it."""
    dice = random.Random(_SEED)
    inputs = list(inputs_of_rego_tests(bundle))
    inputs += [damaged(dice.choice(inputs), dice) for _ in range(_DAMAGED)]
    return [Task(msgspec.json.encode(given), _packages(bundle, given)) for given in inputs]


def _packages(bundle: policies.Bundle, given: Input) -> tuple[str, ...]:
    type_ = given["type"]
    return tuple(c.package for c in bundle.checks if "*" in c.targets or type_ in c.targets)


def _run(candidate: Candidate, bundle: policies.Bundle, tasks: list[Task], folder: Path) -> _Ran:
    target = folder / candidate.requirements
    if not target.exists():
        pins = ROOT / "requirements" / "bench" / candidate.requirements
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        install += ["--disable-pip-version-check", "--require-hashes", "--target", str(target)]
        subprocess.run([*install, "-r", str(pins)], check=True)
    job, answers = folder / "job.json", folder / "answers.json"
    job.write_bytes(
        msgspec.json.encode(
            {
                "modules": [(module.name, module.source) for module in bundle.modules],
                "rules": [f"data.{check.package}.deny" for check in bundle.checks],
                "tasks": [
                    (task.input.decode(), [f"data.{package}.deny" for package in task.packages])
                    for task in tasks
                ],
            }
        )
    )
    script = str(ROOT / "bench" / "candidate.py")
    command = [sys.executable, "-P", script, candidate.kind, str(job), str(answers)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(target)}, check=True)
    return msgspec.json.decode(answers.read_bytes(), type=_Ran)


def _differing(
    tasks: list[Task], expected: list[list[Answer | Failure]], ran: _Ran
) -> Counter[str]:
    """How often each check gave other findings than OPA."""
    differing: Counter[str] = Counter()
    for task, theirs, ours in zip(tasks, expected, ran.answers, strict=True):
        for package, right, value in zip(task.packages, theirs, ours, strict=True):
            given = answer(value, applies=True)
            if _findings(given) != _findings(right):
                differing[package] += 1
    return differing


def _findings(given: Answer | Failure) -> bytes | None:
    return None if isinstance(given, Failure) else msgspec.json.encode(given.deny)


if __name__ == "__main__":
    sys.exit(main())
