"""Templates of another project with its verdicts: where ours differ, `verdicts.yaml` says why.

The other project's rules are of other rule books; each is held against the check of ours that asks
for the same.
"""

from __future__ import annotations

import pytest

from tests.collectors.iac.golden import FAMILIES, cases, folders, unclear, wrong


@pytest.mark.parametrize("family", FAMILIES)
def test_verdicts_of_another_project(family: str) -> None:
    assert wrong(family, folders(family)) == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_each_folder_has_its_check_or_the_reason_why_none_asks(family: str) -> None:
    found = cases(family)
    assert sorted(found) == folders(family)
    assert unclear(found) == []
