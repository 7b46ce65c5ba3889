"""Templates of Alibaba Cloud's Resource Orchestration Service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from collectors.iac import located
from collectors.iac.blocks import Block
from collectors.iac.languages import Request
from collectors.iac.loaded import Loaded, Unread, uri_of
from collectors.iac.located import NotATemplateError
from collectors.iac.ros.additions import merged
from collectors.iac.ros.dialect import DIALECT
from collectors.iac.stacks import files, template
from collectors.iac.stacks.language import language, parameters_of

_TERRAFORM = "Aliyun::Terraform"
_DATA = "DATASOURCE::"


def _confirms(path: Path) -> bool:
    return files.is_one(DIALECT, path) or bool(_terraform(path))


def _load(path: Path, request: Request) -> Loaded:
    macro = _terraform(path)
    if macro:
        # What stands in it is Terraform's, as texts: no resource of it is read, and it is said.
        why = f"{uri_of(path)}: the macro {macro} changes the template at deployment."
        return Loaded([], [Unread(uri_of(path), "TransformNotApplied", why)])
    found = template.load(DIALECT, path, parameters_of(DIALECT, request), request.root)
    return msgspec.structs.replace(found, blocks=[_plain(each) for each in merged(found.blocks)])


def _terraform(path: Path) -> str | None:
    """The transform by which ROS deploys Terraform, when the file is a template of it."""
    try:
        data: Any = located.parse(located.read(path))
    except NotATemplateError:
        return None
    if not isinstance(data, dict) or DIALECT.version not in data:
        return None
    return next((each for each in files.transforms(data) if each.startswith(_TERRAFORM)), None)


def _plain(block: Block) -> Block:
    """A data source as one: it makes nothing."""
    if block.type.startswith(_DATA):
        return msgspec.structs.replace(block, type=f"data.{block.type}")
    return block


LANGUAGE = msgspec.structs.replace(language("ROS", DIALECT), load=_load, confirms=_confirms)
