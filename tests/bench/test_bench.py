"""The benchmarks still run. What they measure is not asserted: that depends on the machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.documents import documents
from collectors.document import Document
from collectors.facts import fact_types

ROOT = Path(__file__).parents[2]

RATE = r" +[\d,]+ documents x checks a second  \(72 documents, [\d,]+ checks on them in .* s\)\n"
MEMORY = (
    r"Evaluate to a file +72 documents, [\d,]+ verdicts in .* peak memory [\d.]+ MiB\n"
    r"Evaluate to a file +144 documents, [\d,]+ verdicts in .* peak memory [\d.]+ MiB\n"
    r"Memory +[\d.]+ times as much for 2 times the documents\n"
)


def _evaluate(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.evaluate", "--few", "72", "--many", "144"],
        cwd=ROOT,
        env={"PATH": os.defpath} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_without_opa(tmp_path: Path) -> None:
    output = _evaluate(PATH=str(tmp_path))

    expected = r"Embedded engine" + RATE + r"OPA server +not measured: .*\n\n" + MEMORY
    assert re.match(expected, output), output


@pytest.mark.go_tools
def test_with_opa(opa: str) -> None:
    output = _evaluate(MLPS_OPA=opa, MLPS_BENCH_CHECKS="20")

    expected = r"Embedded engine" + RATE + r"OPA [\d.]+ server" + RATE
    expected += r"Embedded : server +[\d.]+ : 1\n\n" + MEMORY
    assert re.match(expected, output), output


@pytest.mark.parametrize("kind", ["regorus-interpreter", "regorus-rvm"])
def test_a_candidate_engine(kind: str, tmp_path: Path) -> None:
    """The candidate that is installed anyhow."""
    source = 'package x\ndeny contains {"at": input.at} if true\nnever if input.at == 5\n'
    job = {
        "modules": [("x.rego", source)],
        "rules": ["data.x.deny", "data.x.never"],
        "tasks": [('{"at": 1}', ["data.x.deny", "data.x.never"]), ("{}", ["data.x.deny"])],
    }
    (tmp_path / "job").write_text(json.dumps(job))
    script = str(ROOT / "bench" / "candidate.py")
    command = [sys.executable, "-P", script, kind, str(tmp_path / "job"), str(tmp_path / "out")]
    subprocess.run(command, check=True)

    result = json.loads((tmp_path / "out").read_text())
    assert result["answers"] == [[[{"at": 1}], None], [[]]]
    assert result["errors"] == []


def test_generated_documents_are_the_same_each_time() -> None:
    def made(seed: int) -> list[Document]:
        return list(documents(150, seed=seed))

    assert made(1) == made(1)
    assert made(1) != made(2)
    assert {document.type for document in made(1)} == set(fact_types())


def test_collecting() -> None:
    command = [sys.executable, "-m", "bench.collect", "--buckets", "5", "--instances", "5"]
    done = subprocess.run(
        [*command, "--milliseconds", "1"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert re.search(r"5 buckets and 5 instances: 10 documents of \d+ requests", done.stdout)
    assert re.search(r"^Time : ideal +[\d.]+ : 1$", done.stdout, re.MULTILINE)
