"""Terraform directories."""

from __future__ import annotations

from pathlib import Path

from collectors.iac import terraform, terraform_files
from collectors.iac.languages import Language, Request
from collectors.iac.loaded import Loaded


def _load(path: Path, request: Request) -> Loaded:
    return terraform.load(path, request.var_files)


LANGUAGE = Language(
    name="Terraform", folders=terraform_files.modules, calls=terraform_files.calls, load=_load
)
