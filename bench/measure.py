"""One measurement in a process of its own, so that no other hides its memory.

    python -m bench.measure snapshot PATH DOCUMENTS      write a snapshot of generated documents
    python -m bench.measure engine PATH [OPA_URL]        only the engine: embedded, or a server
    python -m bench.measure evaluate PATH                the whole of `mlps evaluate`, file to file

Prints a Measured as JSON on standard output.
"""

from __future__ import annotations

import itertools
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.documents import NOW, as_input, documents
from collectors.document import Document
from collectors.snapshot import Manifest, SnapshotWriter, open_snapshot
from scanner import policies
from scanner.catalog import load_catalogue
from scanner.engine import Engine, Failure, Task
from scanner.engine.embedded import EmbeddedEngine
from scanner.evaluate import evaluate, read_verdicts
from scanner.verdict import ResourceVerdicts

_SEED = 22239
_DISTINCT = 5000
"""Documents that are generated; more are the same again under other names."""
_LEVEL = 3
_RUNS = 3
_KIB = 1024


class Measured(Struct):
    """`seconds` are the median of the runs; `checks` counts pairs of a document and a check on it;
    `memory` is the greatest resident size of the process in bytes."""

    documents: int
    checks: int
    seconds: float
    memory: int
    start_seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Checks a second."""
        return self.checks / self.seconds


def write_snapshot(path: Path, count: int) -> Measured:
    """Write a snapshot of `count` documents."""
    started = time.perf_counter()
    manifest = Manifest(
        tool_version="bench",
        started=NOW,
        finished=NOW,
        providers=["aws", "azure", "aliyun"],
        accounts=[],
        regions=[],
        counts={},
        files=[],
        failed_calls=[],
    )
    with SnapshotWriter(path) as writer:
        for made in _many(count):
            writer.write(made)
        writer.finish(manifest)
    return _measured(count, 0, time.perf_counter() - started)


def _many(count: int) -> Iterator[Document]:
    distinct = list(documents(min(count, _DISTINCT), seed=_SEED))
    for number, made in enumerate(itertools.islice(itertools.cycle(distinct), count)):
        yield msgspec.structs.replace(made, id=f"{made.id}:{number}")


def measure_engine(path: Path, opa_url: str | None) -> Measured:
    """Run an engine over all documents of a snapshot, which are held in memory."""
    bundle = _bundle()
    started = time.perf_counter()
    engine = _engine(bundle, opa_url)
    start_seconds = time.perf_counter() - started
    tasks = [
        Task(as_input(located.document), _packages(bundle, located.document.type))
        for located in open_snapshot(path)
    ]
    seconds = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        for answers in engine.run(tasks):
            for answer in answers:
                if isinstance(answer, Failure):
                    sys.exit(f"The engine failed: {answer.reason}")
        seconds.append(time.perf_counter() - started)
    engine.close()
    checks = sum(len(task.packages) for task in tasks)
    return _measured(len(tasks), checks, statistics.median(seconds), start_seconds)


def _bundle() -> policies.Bundle:
    """The bundled checks; MLPS_BENCH_CHECKS says how many of them at most. A server compiles all
    that it has with each check that is put there."""
    whole = policies.load(policies.bundled())
    most = os.environ.get("MLPS_BENCH_CHECKS")
    if most is None:
        return whole
    kept = whole.checks[: int(most)]
    left_out = {check.package for check in whole.checks} - {check.package for check in kept}
    modules = tuple(one for one in whole.modules if one.package not in left_out)
    return msgspec.structs.replace(whole, checks=kept, modules=modules)


def _engine(bundle: policies.Bundle, opa_url: str | None) -> Engine:
    if opa_url is None:
        return EmbeddedEngine(bundle)
    from scanner.engine.server import ServerEngine  # noqa: PLC0415 - its memory is its own

    return ServerEngine(bundle, url=opa_url)


def _packages(bundle: policies.Bundle, type_: str) -> tuple[str, ...]:
    return tuple(c.package for c in bundle.checks if "*" in c.targets or type_ in c.targets)


def measure_evaluate(path: Path) -> Measured:
    """Evaluate a snapshot into a verdicts file with the embedded engine, once."""
    started = time.perf_counter()
    catalogue = load_catalogue(policies.bundled())
    bundle = policies.load(policies.bundled())
    opened = open_snapshot(path)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "verdicts.ndjson"
        evaluate(
            opened,
            bundle,
            EmbeddedEngine(bundle),
            levels=(_LEVEL,),
            now=NOW,
            out=out,
            applies_at=catalogue.applies_at,
        )
        seconds = time.perf_counter() - started
        measured = _measured(0, 0, seconds)
        for line in read_verdicts(out):
            assert isinstance(line, ResourceVerdicts)
            measured.documents += 1
            measured.checks += len(line.verdicts)
    return measured


def _measured(documents: int, checks: int, seconds: float, start_seconds: float = 0.0) -> Measured:
    return Measured(documents, checks, seconds, _peak_memory(), start_seconds)


def _peak_memory() -> int:
    """Linux lets a new process inherit getrusage's peak from the one that started it."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KIB
    unit = 1 if sys.platform == "darwin" else _KIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> None:
    """Run the measurement that the command line names."""
    what, path, *rest = sys.argv[1:]
    if what == "snapshot":
        measured = write_snapshot(Path(path), int(rest[0]))
    elif what == "engine":
        measured = measure_engine(Path(path), rest[0] if rest else None)
    else:
        measured = measure_evaluate(Path(path))
    sys.stdout.buffer.write(msgspec.json.encode(measured) + b"\n")


if __name__ == "__main__":
    main()
