"""Security Center in Terraform: the edition that an instance buys."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
INSTANCE = "alicloud_threat_detection_instance.i"
GOOD: dict[str, Any] = {"payment_type": "Subscription", "version_code": "level3"}


@pytest.mark.parametrize(
    ("code", "edition"),
    [("level2", "enterprise"), ("level3", "advanced"), ("level7", "anti-virus"),
     ("level8", "ultimate")],
)  # fmt: skip
def test_editions(code: str, edition: str) -> None:
    (found,) = documents(block(INSTANCE, GOOD | {"version_code": code}))
    (one,) = found.facts["detectors"]
    assert (found.type, found.provider) == ("account.threat_detection", "aliyun")
    assert (one["enabled"], one["edition"], one["malware_scan"]) == (True, edition, True)
    # Neither its defences nor whom it tells is a matter of what is bought.
    assert {"detectors/0/prevention", "notifications", "aggregated"} <= set(found.unknown)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"payment_type": "Subscription"},
        {"version_code": "level3"},
        GOOD | {"version_code": "level10"},
        GOOD | {"version_code": "level99"},
        GOOD | {"version_code": APPLY},
        GOOD | {"version_code": Reference("data.x.y", "code")},
        GOOD | {"payment_type": "PayAsYouGo"},
        GOOD | {"payment_type": APPLY},
        GOOD | {"post_paid_flag": 1},
        GOOD | {"post_paid_flag": APPLY},
    ],
)
def test_an_edition_that_is_not_known(values: dict[str, Any]) -> None:
    (found,) = documents(block(INSTANCE, values))
    unread = {f"detectors/0/{name}" for name in ("enabled", "edition", "malware_scan")}
    assert unread <= set(found.unknown)
