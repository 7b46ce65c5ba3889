"""Snippets of another project, good ones and bad ones by check, held against our verdicts.

    python -m tests.collectors.iac.golden_snippets

prints where they differ from what verdicts.yaml says.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml

from tests.collectors.iac.golden import Case, evaluated, told, worst

SNIPPETS = Path(__file__).parents[2] / "golden" / "iac" / "trivy"
_EXPECTED = {"good": "pass", "bad": "fail"}
_FILES = {"terraform": "main.tf", "cloudformation": "template.yaml"}


def cases() -> dict[str, Case]:
    """The files of snippets, by their path without its ending; `differs` names snippets by their
    language, kind and number ("terraform bad 0")."""
    text = (SNIPPETS / "verdicts.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), dict[str, Case])


def files() -> list[str]:
    """The paths of the files of snippets, without their ending."""
    found = SNIPPETS.glob("*/*/*.yaml")
    return sorted(path.relative_to(SNIPPETS).with_suffix("").as_posix() for path in found)


def differing(asked: dict[str, Case]) -> dict[str, dict[str, str]]:
    """By file, our statuses of snippets that are not the other project's."""
    found: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as made:
        root = Path(made).resolve() / "snippets"
        written = [one for name in asked for one in _written(root, name)]
        statuses = _statuses(root, {name: case.check for name, case in asked.items()})
        for name, snippet in written:
            ours = statuses.get((name, snippet), "absent")
            if ours != _EXPECTED[snippet.split()[1]]:
                found.setdefault(name, {})[snippet] = ours
    return found


def _written(root: Path, name: str) -> Iterator[tuple[str, str]]:
    """Write each snippet of a file into a folder of its own; yields how they are called."""
    text = yaml.safe_load((SNIPPETS / f"{name}.yaml").read_text(encoding="utf-8"))
    for language, file in _FILES.items():
        for kind in _EXPECTED:
            for number, snippet in enumerate((text.get(language) or {}).get(kind) or []):
                called = f"{language} {kind} {number}"
                folder = root / name / called.replace(" ", "-")
                folder.mkdir(parents=True)
                (folder / file).write_text(snippet, encoding="utf-8")
                yield name, called


def _statuses(root: Path, checks: dict[str, str | None]) -> dict[tuple[str, str], str]:
    """The worst status of the file's check among the resources of each snippet, at level 3."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path, _, verdicts in evaluated([root]):
        folder = path.relative_to(root).parent
        name, snippet = folder.parent.as_posix(), folder.name.replace("-", " ")
        own = (verdict.status for verdict in verdicts if verdict.check == checks[name])
        found[name, snippet].update(map(str, own))
    return {key: worst(statuses) for key, statuses in found.items()}


def wrong() -> dict[str, dict[str, str]]:
    """By file, our statuses that differ where verdicts.yaml says otherwise."""
    asked = {name: case for name, case in cases().items() if case.check}
    found = differing(asked)
    names = {*found, *(name for name, case in asked.items() if case.differs)}
    return {
        name: found.get(name, {})
        for name in sorted(names)
        if found.get(name, {}) != told(asked[name])
    }


def _main() -> int:
    found = wrong()
    sys.stdout.write(yaml.safe_dump(found) if found else "as written\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(_main())
