"""The source files of a Terraform module and what they declare, in either syntax."""

from __future__ import annotations

from pathlib import Path

from collectors.iac import hcl, hcl_json
from collectors.iac.hcl import Declaration

_KINDS = (".tf", ".tf.json")
_OF_OPENTOFU = (".tofu", ".tofu.json")
"""Files that OpenTofu reads in place of Terraform's of the same name."""


def source_files(folder: Path) -> list[Path]:
    """The files of Terraform right in a folder, and those of OpenTofu that stand beside none of
    their name, those among them that cannot be read."""
    found = _files(folder, _KINDS)
    names = {stem_of(path) for path in found}
    return sorted([*found, *(p for p in other_files(folder) if stem_of(p) not in names)])


def other_files(folder: Path) -> list[Path]:
    """The files of OpenTofu alone right in a folder."""
    return _files(folder, _OF_OPENTOFU)


def _files(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    return sorted(path for end in endings for path in folder.glob(f"*{end}") if not path.is_dir())


def is_source(path: Path) -> bool:
    """Whether a file is one of Terraform's or OpenTofu's by its name."""
    return path.name.endswith((*_KINDS, *_OF_OPENTOFU))


def is_left_out(folder: str) -> bool:
    """Whether templates are not looked for in a folder of this name: hidden ones and those of
    dependencies."""
    return folder.startswith(".") or folder == "node_modules"


def stem_of(path: Path) -> str:
    """The name of a source file without its ending."""
    return path.name.removesuffix(".json").rpartition(".")[0]


def check(file: Path) -> None:
    """Raise OSError or NotATemplateError for a source file that cannot be read."""
    text = file.read_bytes()
    if file.suffix == ".json":
        hcl_json.check(text)


def declarations(folder: Path) -> list[Declaration]:
    """The top blocks of every source file right in a folder that can be read, in the order of files
    and lines."""
    return [each for file in source_files(folder) for each in _declared(file)]


def _declared(file: Path) -> tuple[Declaration, ...]:
    try:
        text = file.read_bytes()
    except OSError:
        # Who loads the module says so.
        return ()
    if file.suffix == ".json":
        return hcl_json.declared(file, text)
    return hcl.declared(file, text)
