"""Terraform directories."""

from __future__ import annotations

from pathlib import Path

import msgspec

from collectors.iac import azapi, terraform, terraform_files
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import Loaded


def _load(path: Path, request: Request) -> Loaded:
    loaded = terraform.load(path, request.var_files)
    return msgspec.structs.replace(loaded, blocks=azapi.translated(loaded.blocks))


LANGUAGE = Language(
    name="Terraform", folders=terraform_files.modules, calls=terraform_files.calls, load=_load
)
