"""Terraform directories."""

from __future__ import annotations

from pathlib import Path

import msgspec

from collectors.iac import azapi, terraform, terraform_files
from collectors.iac.deployed_to import with_regions
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import Loaded


def _load(path: Path, request: Request) -> Loaded:
    loaded = terraform.load(path, request.var_files)
    blocks = with_regions(azapi.translated(loaded.blocks), request.regions)
    return msgspec.structs.replace(loaded, blocks=blocks)


LANGUAGE = Language(
    name="Terraform", folders=terraform_files.modules, calls=terraform_files.calls, load=_load
)
