"""Templates are read where no SDK of a cloud is installed: `mlps` alone, without its extras."""

from __future__ import annotations

import subprocess
import sys

import pytest

_CODE = """
import importlib, pkgutil, sys
import collectors.iac
from collectors.iac.mappers import load_mappings
load_mappings()
for found in pkgutil.walk_packages(collectors.iac.__path__, "collectors.iac."):
    importlib.import_module(found.name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def imported() -> set[str]:
    done = subprocess.run([sys.executable, "-c", _CODE], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "sdk", ["boto3", "botocore", "azure", "msrest", "aliyun", "alibabacloud_credentials", "Tea"]
)
def test_templates_need_no_sdk(sdk: str, imported: set[str]) -> None:
    assert "msgspec" in imported
    assert sdk not in imported
