"""Trails, log groups, detectors and recorders. Source: CloudFormation template reference,
CloudTrail, CloudWatch Logs, GuardDuty and AWS Config."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.account import DETECTOR, FEATURE, RECORDER, RECORDER_STATUS
from collectors.iac.mappers.aws.operations import FILTER
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    part,
    parts,
    renamed,
    tags,
)

_TRAIL = {
    "TrailName": "name",
    "S3BucketName": "s3_bucket_name",
    "S3KeyPrefix": "s3_key_prefix",
    "IsMultiRegionTrail": "is_multi_region_trail",
    "IsLogging": "enable_logging",
    "EnableLogFileValidation": "enable_log_file_validation",
    "KMSKeyId": "kms_key_id",
    "CloudWatchLogsLogGroupArn": "cloud_watch_logs_group_arn",
}
_FIELD = {
    "Field": "field",
    "Equals": "equals",
    "NotEquals": "not_equals",
    "StartsWith": "starts_with",
    "NotStartsWith": "not_starts_with",
    "EndsWith": "ends_with",
    "NotEndsWith": "not_ends_with",
}


def trail(resource: Resource) -> Iterator[Block]:
    """A trail with its event selectors."""
    values = renamed(resource.properties, _TRAIL)
    values["event_selector"] = _each(resource.get("EventSelectors"), _selector)
    values["advanced_event_selector"] = _each(
        resource.get("AdvancedEventSelectors"),
        lambda each: {"field_selector": parts(each.get("FieldSelectors"), _FIELD)},
    )
    yield resource.block("aws_cloudtrail", values | {"tags": tags(resource.get("Tags"))})


def _selector(values: dict[str, Any]) -> dict[str, Any]:
    names = {
        "ReadWriteType": "read_write_type",
        "IncludeManagementEvents": "include_management_events",
    }
    data = parts(values.get("DataResources"), {"Type": "type", "Values": "values"})
    return renamed(values, names) | ({} if data is None else {"data_resource": data})


def _each(value: Any, convert: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [convert(each) if isinstance(each, dict) else each for each in value]


def recorder(resource: Resource) -> Iterator[Block]:
    """A recorder. Where a recording group is written, it records all types only if it says so."""
    written = resource.get("RecordingGroup")
    group = part(written, {"AllSupported": "all_supported"})
    if isinstance(group, dict):
        group.setdefault("all_supported", False)
        strategy = part(written.get("RecordingStrategy"), {"UseOnly": "use_only"})
        group |= {"recording_strategy": strategy} if strategy is not None else {}
    values = {"name": resource.get("Name"), "recording_group": group}
    yield resource.block(RECORDER, values)
    # Without a word it starts once it is made, for which there must be a delivery channel.
    on = resource.get("StartedOnCreate")
    status = {"name": resource.itself(), "is_enabled": True if on is None else on}
    yield resource.block(RECORDER_STATUS, status, part="StartedOnCreate")


def detector(resource: Resource) -> Iterator[Block]:
    """A detector, whose features Terraform has apart."""
    values = renamed(resource.properties, {"Enable": "enable"})
    values["datasources"] = _sources(resource.get("DataSources"))
    yield resource.block(DETECTOR, values)
    written = resource.get("Features")
    own = {"detector_id": resource.itself()}
    for i, each in enumerate(written if isinstance(written, list) else []):
        values = part(each, {"Name": "name", "Status": "status"})
        if isinstance(values, dict):
            yield resource.block(FEATURE, own | values, part=f"Features/{i}")


def _sources(written: Any) -> Any:
    """Of the settings from before there were features: scans for malware."""
    scans = {"ScanEc2InstanceWithFindings": "scan_ec2_instance_with_findings"}
    found = part(written, {"MalwareProtection": "malware_protection"})
    inner = found.get("malware_protection") if isinstance(found, dict) else None
    if isinstance(inner, dict):
        inner = part(inner, scans)
        volumes = part(inner.get("scan_ec2_instance_with_findings"), {"EbsVolumes": "enable"})
        inner["scan_ec2_instance_with_findings"] = (
            {"ebs_volumes": volumes} if isinstance(volumes, dict) else volumes
        )
        found["malware_protection"] = inner
    return found


def metric_filter(resource: Resource) -> Iterator[Block]:
    """A filter that counts entries of a log."""
    names = {"LogGroupName": "log_group_name", "FilterPattern": "pattern"}
    metric = {"MetricName": "name", "MetricNamespace": "namespace"}
    values = renamed(resource.properties, names)
    values["metric_transformation"] = parts(resource.get("MetricTransformations"), metric)
    yield resource.block(FILTER, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::CloudTrail::Trail": trail,
    "AWS::Config::ConfigurationRecorder": recorder,
    "AWS::GuardDuty::Detector": detector,
    "AWS::Logs::LogGroup": plain(
        "aws_cloudwatch_log_group",
        {
            "LogGroupName": "name",
            "RetentionInDays": "retention_in_days",
            "KmsKeyId": "kms_key_id",
        },
    ),
    "AWS::Logs::MetricFilter": metric_filter,
}
