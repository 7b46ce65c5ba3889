"""aws_cloudtrail: the trails of an account together, with the buckets that they deliver to.

The document stands for the trails that are written, not for all that the account has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.trail_selectors import recorded
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountAudit, Trail, TrailDestination
from collectors.facts.shared import Exposure
from collectors.iac.accounts import same_account
from collectors.iac.blocks import Block, Mapping, Project, Reference, nested
from collectors.iac.mappers.aws import bucket as buckets
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.operations import WATCHING, operation_alarms
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.joins import identity
from collectors.regions import GLOBAL

TRAIL = "aws_cloudtrail"

_ELSEWHERE = Unknown("the trail's bucket is not part of this template")
_FIELDS = {
    "equals": "Equals",
    "not_equals": "NotEquals",
    "starts_with": "StartsWith",
    "not_starts_with": "NotStartsWith",
    "ends_with": "EndsWith",
    "not_ends_with": "NotEndsWith",
}


def map_trails(block: Block, project: Project) -> Iterator[Document]:
    """One document of all trails of an account, where the first of them stands."""
    trails = [
        project.take(each) for each in project.of_type(TRAIL) if same_account(project, each, block)
    ]
    if trails[0] is not block:
        return
    facts = AccountAudit(
        trails=[_trail(each, project) for each in trails],
        provider_operations_visible=Unknown("a template does not tell"),
        alarms=operation_alarms(project, trails),
        central=Unknown("whose bucket the trails deliver to shows after apply"),
    )
    yield aws_document(block, project, facts, region=GLOBAL)


def _trail(block: Block, project: Project) -> Trail:
    """A trail; what it does not say is what CreateTrail takes."""
    store = buckets.bucket_named(project, block.get("s3_bucket_name"))
    facts = buckets.facts_of(store, project) if store else None
    events = then(_selectors(block), recorded)
    prefix = block.read("s3_key_prefix", str, "")
    return Trail(
        id=f"{block.source.uri}#{block.address}",
        all_regions=block.read("is_multi_region_trail", bool, default=False),
        management_writes=then(events, lambda known: known.writes),
        management_reads=then(events, lambda known: known.reads),
        data_events=then(events, lambda known: known.data_events),
        logging=block.read("enable_logging", bool, default=True),
        integrity_validation=block.read("enable_log_file_validation", bool, default=False),
        # Without a key of KMS, log files are encrypted with keys of S3 (CloudTrail user guide).
        encryption=at_rest(project, True, block.values.get("kms_key_id")),
        destination=TrailDestination(
            store=identity(project, block.get("s3_bucket_name")) or _ELSEWHERE,
            account=project.account if store else _ELSEWHERE,
            region=region_of(store, project) if store else _ELSEWHERE,
        ),
        retention_days=then(prefix, lambda text: buckets.kept_days(project, store, _start(text)))
        if store
        else _ELSEWHERE,
        store_exposure=facts.exposure if facts else Exposure.unread(_ELSEWHERE),
        store_versioning=facts.versioning if facts else _ELSEWHERE,
        store_lock_days=then(facts.object_lock_days, lambda days: days or 0)
        if facts
        else _ELSEWHERE,
        # Nothing has been delivered yet, and nothing has failed.
        delivery_error=None,
    )


def _start(prefix: str) -> str:
    """Where a trail writes in its bucket, as far as it is known before the account is."""
    return f"{prefix}/AWSLogs/" if prefix else "AWSLogs/"


def _selectors(block: Block) -> dict[str, Any] | Unknown:
    """The event selectors in the words of GetEventSelectors; the ARNs of data events are left
    open."""
    basic = nested(block.values, "event_selector")
    advanced = nested(block.values, "advanced_event_selector")
    if isinstance(basic, Unknown):
        return basic
    if isinstance(advanced, Unknown):
        return advanced
    found: dict[str, Any] = {
        "EventSelectors": [_basic(each) for each in basic],
        "AdvancedEventSelectors": [_advanced(each) for each in advanced],
    }
    return _doubt(found) or found


def _basic(values: dict[str, Any]) -> dict[str, Any]:
    resources = nested(values, "data_resource")
    found = {
        "ReadWriteType": values.get("read_write_type"),
        "IncludeManagementEvents": values.get("include_management_events"),
        "DataResources": resources
        if isinstance(resources, Unknown)
        else [{"Type": each.get("type"), "Values": ["any"]} for each in resources],
    }
    return {key: value for key, value in found.items() if value is not None}


def _advanced(values: dict[str, Any]) -> dict[str, Any]:
    selectors = nested(values, "field_selector")
    if isinstance(selectors, Unknown):
        return {"FieldSelectors": selectors}
    fields = []
    for each in selectors:
        field = {"Field": each.get("field")}
        is_category = each.get("field") in ("eventCategory", "readOnly", "eventSource")
        for argument, name in _FIELDS.items():
            value = each.get(argument)
            if value not in (None, []):
                field[name] = value if is_category or name == "Equals" else ["any"]
        fields.append(field)
    return {"FieldSelectors": fields}


def _doubt(value: Any) -> Unknown | None:
    """A part that is known after apply, or is not what the provider takes."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference) or value is None:
        return Unknown("a part of the event selectors is known after apply")
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return next((doubt for each in parts if (doubt := _doubt(each))), None)
    return None


MAPPINGS = [
    Mapping(
        types=(TRAIL,),
        facts=AccountAudit,
        map=map_trails,
        joined=(buckets.BUCKET, *WATCHING, *KEYS, *KEY_DATA),
    )
]

LINK_TYPES = frozenset({"aws_cloudwatch_log_metric_filter"})
