"""Templates of Alibaba Cloud's Resource Orchestration Service."""

from __future__ import annotations

from pathlib import Path

import msgspec

from collectors.iac.languages import Request
from collectors.iac.loaded import Loaded
from collectors.iac.ros.additions import merged
from collectors.iac.ros.dialect import DIALECT
from collectors.iac.stacks import template
from collectors.iac.stacks.language import language


def _load(path: Path, request: Request) -> Loaded:
    found = template.load(DIALECT, path, request.parameters, request.root)
    return msgspec.structs.replace(found, blocks=merged(found.blocks))


LANGUAGE = msgspec.structs.replace(language("ROS", DIALECT), load=_load)
