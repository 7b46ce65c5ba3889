"""CloudTrail by a script of answers: the trail of an organisation, and alarms on a log group."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.services.cloudtrail import audit
from tests.collectors.aws.conftest import ACCOUNT_ID, OpenAccount
from tests.collectors.aws.scripted import XML, Reply, error, query_error, scripted

HOME, OTHER = "cn-north-1", "cn-northwest-1"
TOPIC = f"arn:aws-cn:sns:{HOME}:{ACCOUNT_ID}:alerts"
GROUP = f"arn:aws-cn:logs:{HOME}:{ACCOUNT_ID}:log-group:trail:*"
OWNER = "999988887777"
OF_ORGANISATION = f"arn:aws-cn:cloudtrail:{OTHER}:{OWNER}:trail/organisation"
ORGANISATION_TRAIL = {
    "Name": "organisation",
    "TrailARN": OF_ORGANISATION,
    "HomeRegion": OTHER,
    "IsMultiRegionTrail": True,
    "IsOrganizationTrail": True,
    "LogFileValidationEnabled": True,
    "S3BucketName": "organisation-records",
    "KmsKeyId": f"arn:aws-cn:kms:{OTHER}:{OWNER}:key/1",
    "CloudWatchLogsLogGroupArn": f"arn:aws-cn:logs:{OTHER}:{OWNER}:log-group:trail:*",
}
NO_BUCKETS = "<ListAllMyBucketsResult><Buckets></Buckets></ListAllMyBucketsResult>"


def test_the_trail_of_an_organisation_as_a_member_sees_it(open_account: OpenAccount) -> None:
    """It shows in every region, and neither its bucket nor its log group can be looked into."""
    with scripted() as server:
        server.replies = {
            "DescribeTrails": [Reply(body=json.dumps({"trailList": [ORGANISATION_TRAIL]}))],
            "GetTrailStatus": [Reply(body='{"IsLogging": true}')],
            "GetEventSelectors": [error("AccessDeniedException")],
            "*": [Reply(body=NO_BUCKETS, kind=XML)],
        }
        account = open_account(server.url, HOME)
        account.regions = (HOME, OTHER)
        (found,) = audit(account)
        regions = {
            one.authorization.split("/")[2]
            for one in server.asked
            if one.operation in {"GetTrailStatus", "GetEventSelectors"}
        }
    not_told = "AccessDeniedException: cloudtrail:GetEventSelectors"
    foreign = f"the bucket organisation-records does not belong to account {ACCOUNT_ID}"
    assert regions == {OTHER}
    assert found.facts == {
        "trails": [
            {
                "id": OF_ORGANISATION,
                "all_regions": True,
                "logging": True,
                "integrity_validation": True,
                "encryption": {
                    "enabled": True,
                    "key_manager": "customer",
                    "key_id": f"arn:aws-cn:kms:{OTHER}:{OWNER}:key/1",
                    "algorithm": "AES-256",
                },
                "destination": {"store": "arn:aws-cn:s3:::organisation-records"},
                "delivery_error": None,
            }
        ],
        "alarms": [None],
        "central": True,
        "provider_operations_visible": None,
    }
    assert found.unknown == {
        "alarms/0": f"the log group trail belongs to account {OWNER}",
        "trails/0/management_writes": not_told,
        "trails/0/management_reads": not_told,
        "trails/0/data_events": not_told,
        "trails/0/destination/account": "the owner of the bucket organisation-records is not told",
        "trails/0/destination/region": foreign,
        "trails/0/retention_days": foreign,
        "trails/0/store_exposure": foreign,
        "trails/0/store_versioning": foreign,
        "trails/0/store_lock_days": foreign,
    }


FILTER = {
    "filterName": "machines",
    "filterPattern": "{ $.eventName = TerminateInstances || $.eventName = RebootInstances }",
    "metricTransformations": [{"metricNamespace": "Audit", "metricName": "machines"}],
}
ALARM = {
    "Namespace": "Audit",
    "MetricName": "machines",
    "ActionsEnabled": True,
    "AlarmActions": [TOPIC],
}


def subscriptions(*arns: str) -> Reply:
    items = "".join(f"<member><SubscriptionArn>{arn}</SubscriptionArn></member>" for arn in arns)
    inner = f"<ListSubscriptionsByTopicResult><Subscriptions>{items}</Subscriptions>"
    body = f"{inner}</ListSubscriptionsByTopicResult><ResponseMetadata/>"
    return Reply(
        body=f"<ListSubscriptionsByTopicResponse>{body}</ListSubscriptionsByTopicResponse>",
        kind=XML,
    )


HEARD = subscriptions(f"{TOPIC}:1")


@pytest.mark.parametrize(
    ("status", "alarms", "expected", "unknown"),
    [
        ({}, [ALARM], {"active": True, "notifies": [TOPIC]}, {}),
        (
            {"LatestCloudWatchLogsDeliveryError": "AccessDenied"},
            [ALARM],
            {"active": False, "notifies": [TOPIC]},
            {},
        ),
        ({"IsLogging": False}, [ALARM], {"active": False, "notifies": [TOPIC]}, {}),
        ({}, [{**ALARM, "MetricName": "other"}], {"active": False, "notifies": []}, {}),
        # In an expression of metric maths.
        (
            {},
            [
                {
                    **ALARM,
                    "Namespace": None,
                    "MetricName": None,
                    "Metrics": [{"MetricStat": {"Metric": ALARM}}],
                }
            ],
            {"active": True, "notifies": [TOPIC]},
            {},
        ),
        (
            {},
            [{"Namespace": "Audit", "MetricName": "machines", "ActionsEnabled": True}],
            {"active": True},
            {"notifies": "the API does not tell AlarmActions of this resource"},
        ),
    ],
)
def test_alarms_on_a_log_group(
    open_account: OpenAccount,
    status: dict[str, Any],
    alarms: list[Any],
    expected: dict[str, Any],
    unknown: dict[str, str],
) -> None:
    own = {**ORGANISATION_TRAIL, "CloudWatchLogsLogGroupArn": GROUP}
    with scripted() as server:
        server.replies = {
            operation: [Reply(body=json.dumps(body))]
            for operation, body in {
                "DescribeTrails": {"trailList": [own]},
                "GetTrailStatus": {"IsLogging": True, **status},
                "DescribeMetricFilters": {"metricFilters": [FILTER]},
                "DescribeAlarms": {"MetricAlarms": alarms},
            }.items()
        } | {"ListSubscriptionsByTopic": [HEARD], "*": [error("AccessDeniedException")]}
        (found,) = audit(open_account(server.url, HOME))
    kinds = ("vm-delete", "vm-reboot")
    assert found.facts["alarms"] == [{"on": kind, **expected} for kind in kinds]
    assert {path: why for path, why in found.unknown.items() if path.startswith("alarms")} == {
        f"alarms/{place}/{fact}": why for place in (0, 1) for fact, why in unknown.items()
    }


@pytest.mark.parametrize(
    ("answer", "notifies"),
    [
        (HEARD, [TOPIC]),
        # Nobody, and nobody yet.
        (subscriptions(), []),
        (subscriptions("PendingConfirmation"), []),
        # A topic that is gone, or that was while its pages were read.
        (query_error("NotFound", 404), [None]),
        (query_error("AuthorizationError", 403), [None]),
    ],
)
def test_an_alarm_that_nobody_hears_notifies_nobody(
    open_account: OpenAccount, answer: Reply, notifies: list[Any]
) -> None:
    own = {**ORGANISATION_TRAIL, "CloudWatchLogsLogGroupArn": GROUP}
    with scripted() as server:
        server.replies = {
            operation: [Reply(body=json.dumps(body))]
            for operation, body in {
                "DescribeTrails": {"trailList": [own]},
                "GetTrailStatus": {"IsLogging": True},
                "DescribeMetricFilters": {"metricFilters": [FILTER]},
                "DescribeAlarms": {"MetricAlarms": [ALARM]},
            }.items()
        } | {"ListSubscriptionsByTopic": [answer], "*": [error("AccessDeniedException")]}
        (found,) = audit(open_account(server.url, HOME))
    assert [one["notifies"] for one in found.facts["alarms"]] == [notifies] * 2
    assert ("alarms/0/notifies/0" in found.unknown) == (None in notifies)
