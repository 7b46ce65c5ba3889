"""Templates of another project with its verdicts, held against ours.

    python -m tests.collectors.iac.golden terraform_aws [FOLDER…]

prints where they differ from what the family's verdicts.yaml says.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import yaml
from msgspec import Struct

from collectors.iac.check import collect
from scanner.evaluate import read_verdicts
from scanner.pipeline import open_evaluator
from scanner.verdict import ResourceVerdicts, Verdict
from tests.scanner.made import settings

GOLDEN = Path(__file__).parents[2] / "golden" / "iac" / "checkov"
FAMILIES = sorted({path.parent.name for path in GOLDEN.glob("*/verdicts.yaml")})

_WORST_FIRST = ("fail", "error", "unknown", "pass", "not_applicable")


class Seen(NamedTuple):
    """A resource of a folder: its file, its address there, and our verdicts on it."""

    file: str
    address: str
    verdicts: list[Verdict]


Judged = Mapping[str, list[Seen]]
"""The resources of each folder."""


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of templates.

    `check` asks for the same, for a port where it asks for several; `none` says why no check does.
    `differs`: where ours differs, the status and the reason, by resource, or by file where the
    other project tells no resources.
    """

    check: str | None = None
    none: str | None = None
    port: int | None = None
    differs: dict[str, str] = {}


class Expected(Struct, frozen=True):
    """The other project's verdicts: addresses of resources."""

    passing_resources: list[str] | None
    failing_resources: list[str] | None


def cases(family: str) -> dict[str, Case]:
    """The folders of a family, by name."""
    text = (GOLDEN / family / "verdicts.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), dict[str, Case])


def folders(family: str) -> list[str]:
    """The names of a family's folders."""
    return sorted(path.name for path in (GOLDEN / family).iterdir() if path.is_dir())


def judged(family: str, names: Iterable[str]) -> Judged:
    """Our verdicts at level 3 of the family's folders with these names."""
    root = GOLDEN / family
    found: dict[str, list[Seen]] = defaultdict(list)
    for path, address, verdicts in evaluated([root / name for name in names]):
        folder, *_, file = path.relative_to(root).parts
        found[folder].append(Seen(file, address, verdicts))
    return found


def evaluated(paths: Sequence[Path]) -> Iterator[tuple[Path, str, list[Verdict]]]:
    """Each resource of the templates at the paths: its file, its address, our verdicts at level
    3."""
    with tempfile.TemporaryDirectory() as made, open_evaluator(settings()) as evaluator:
        snapshot, verdicts = Path(made) / "snapshot", Path(made) / "verdicts.ndjson"
        collect(paths, snapshot, tool_version="test")
        evaluator.evaluate(snapshot, (3,), verdicts)
        for line in read_verdicts(verdicts):
            if isinstance(line, ResourceVerdicts) and (source := line.resource.source):
                yield Path(source.uri).resolve(), source.address, line.verdicts


def worst(statuses: Collection[str]) -> str:
    """Of several statuses the one that counts for all."""
    return next((status for status in _WORST_FIRST if status in statuses), "absent")


def differing(family: str, name: str, case: Case, ours: Judged) -> dict[str, str]:
    """Our statuses of a folder's resources where they are not the other project's."""
    text = (GOLDEN / family / name / "expected.json").read_text(encoding="utf-8")
    theirs: dict[str, set[str]] = defaultdict(set)
    for expected in msgspec.convert(json.loads(text), list[Expected]):
        for resource in expected.passing_resources or []:
            theirs[resource].add("pass")
        for resource in expected.failing_resources or []:
            theirs[resource].add("fail")
    there = ours.get(name, [])
    if not theirs:
        return _differing_files(family, name, case, there)
    found = {}
    for resource, statuses in theirs.items():
        address = _address(resource, family)
        # An instance and its disks have one address, and a check asks about one of them.
        own = {_status(case, each.verdicts) for each in there if each.address == address}
        own = own - {"absent"} or {"absent"}
        if own != statuses:
            found[resource] = ", ".join(sorted(own))
    return found


def _differing_files(family: str, name: str, case: Case, there: list[Seen]) -> dict[str, str]:
    """The same by file, where the other project tells no addresses: its files are called by what
    its check says of them."""
    found = {}
    for path in sorted((GOLDEN / family / name).iterdir()):
        words = {word for word in ("pass", "fail") if word in path.stem.lower()}
        if len(words) != 1 or path.name == "expected.json":
            continue
        own = {_status(case, each.verdicts) for each in there if each.file == path.name}
        if words != {worst(own)}:
            found[path.name] = worst(own)
    return found


def _address(name: str, family: str) -> str:
    """The other project's address of a resource as ours."""
    if family.startswith("cloudformation"):
        return name.rpartition(".")[2]
    return "/".join(name.rsplit(".", 1)) if family.startswith("arm") else name


def _status(case: Case, verdicts: list[Verdict]) -> str:
    verdict = next((one for one in verdicts if one.check == case.check), None)
    if verdict is None:
        return "absent"
    if verdict.status == "fail" and case.port is not None:
        # A long list of ports is shortened.
        port = re.compile(rf"\b{case.port}\b|\bmore\b|…|\.\.\.")
        told = [str(finding.args.get("ports")) for finding in verdict.findings]
        return "fail" if any(port.search(ports) for ports in told) else "pass"
    return str(verdict.status)


def unclear(found: dict[str, Case]) -> list[str]:
    """The cases that have neither a check nor the reason why there is none, or both."""
    return [
        name
        for name, case in found.items()
        if (case.check is None) == (case.none is None) or (case.none and case.differs)
    ]


def told(case: Case) -> dict[str, str]:
    """The statuses of ours that verdicts.yaml says differ."""
    return {resource: why.split(": ")[0] for resource, why in case.differs.items()}


def wrong(family: str, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """By folder, our statuses that differ from the other project's, where verdicts.yaml says
    otherwise."""
    asked = {
        name: case for name, case in cases(family).items() if name in set(names) and case.check
    }
    ours = judged(family, asked)
    found = {name: differing(family, name, case, ours) for name, case in asked.items()}
    return {name: each for name, each in found.items() if each != told(asked[name])}


def _main() -> int:
    family, *names = sys.argv[1:]
    found = wrong(family, names or folders(family))
    sys.stdout.write(yaml.safe_dump(found, allow_unicode=True) if found else "as written\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(_main())
