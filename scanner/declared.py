"""What the user declares, read from mlps.yaml and compared with the catalogue."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from scanner.config import Config, read_config
from scanner.yaml_file import YamlFile


class Declared(Struct, frozen=True, kw_only=True):
    """The configuration, the file that it is from, and the line of each system in it."""

    config: Config = Config()
    path: Path | None = None
    lines: dict[str, int] = {}


def load_declared(path: Path | None) -> Declared:
    """Read a file, nothing for None. Raises UserError with file and line for what is wrong in it,
    an attestation of an item that the catalogue does not have among it."""
    if path is None:
        return Declared()
    config, file = read_config(path)
    if config.attestations:
        _refuse_unknown_items(file, config)
    lines = {
        system.name: file.line(f"$.systems[{index}]") for index, system in enumerate(config.systems)
    }
    return Declared(config=config, path=path, lines=lines)


def _refuse_unknown_items(file: YamlFile, config: Config) -> None:
    from scanner.catalog import load_catalogue  # noqa: PLC0415 - most files attest nothing
    from scanner.policies import bundled  # noqa: PLC0415

    items = load_catalogue(bundled()).items
    for index, attestation in enumerate(config.attestations):
        if attestation.item not in items:
            near = get_close_matches(attestation.item, items, n=3)
            raise file.refusal(
                f"$.attestations[{index}].item",
                f"the catalogue has no item {attestation.item!r}.",
                f"Did you mean {' or '.join(near)}?" if near else "List them with: mlps items",
            )
