"""An account with nothing in it: the documents of the account are written all the same."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.services import account_configuration, cloudtrail, guardduty, iam_account
from tests.collectors.aws.conftest import OpenAccount

HOME = "cn-north-1"


@pytest.mark.parametrize(
    ("service", "facts"),
    [
        (
            cloudtrail,
            {"trails": [], "provider_operations_visible": None, "alarms": [], "central": None},
        ),
        (
            guardduty,
            {
                "detectors": [
                    {
                        "product": "GuardDuty",
                        "region": HOME,
                        "enabled": False,
                        "edition": None,
                        "features": [],
                        "malware_scan": False,
                        "prevention": None,
                    }
                ],
                "notifications": [],
                "aggregated": False,
            },
        ),
        (
            iam_account,
            {
                # AWS in China has no root user.
                "admin_source_ranges": None,
                "root_mfa": None,
                "root_mfa_hardware": None,
                "root_access_keys": 0,
                "root_last_used": None,
                "password_policy": None,
                "session_max_minutes": None,
                "administrators": [],
                "federated": False,
                "security_contacts": [],
            },
        ),
    ],
)
def test_nothing_there_is_a_fact(
    fresh_moto: str, open_account: OpenAccount, service: Any, facts: dict[str, Any]
) -> None:
    (found,) = service.SERVICE.account(open_account(fresh_moto, HOME))
    assert found.facts == facts


def test_nothing_is_recorded_and_no_region_is_in_use(
    fresh_moto: str, open_account: OpenAccount
) -> None:
    (found,) = account_configuration.configuration(open_account(fresh_moto, HOME))
    assert found.facts == {
        "recorders": [{"region": HOME, "enabled": False, "all_types": False}],
        "guardrails": [],
        "regions_in_use": [],
        "default_disk_encryption": [{"region": HOME, "enabled": False}],
        "public_access_block": False,
    }


def test_every_service_answers_unknown_where_nothing_answers(open_account: OpenAccount) -> None:
    """Nothing listens at the endpoint: no fact that is read may be stated."""
    account = open_account("http://127.0.0.1:9", HOME)
    (found,) = cloudtrail.audit(account)
    assert found.facts == {"provider_operations_visible": None}, "what AWS does not have at all"
    (found,) = iam_account.identity(account)
    nothing_such = {"admin_source_ranges": None, "session_max_minutes": None}
    assert found.facts == nothing_such, "what AWS does not have at all"
    (found,) = guardduty.threat_detection(account)
    assert found.facts == {
        "detectors": [{"product": "GuardDuty", "region": HOME, "edition": None, "prevention": None}]
    }
    (found,) = account_configuration.configuration(account)
    assert found.facts == {
        "recorders": [{"region": HOME}],
        "regions_in_use": [None],
        "default_disk_encryption": [{"region": HOME}],
    }
