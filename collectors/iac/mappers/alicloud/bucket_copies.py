"""Where the objects of a bucket are copied to (alicloud_oss_bucket_replication)."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.bucket_copies import copies_all, copies_objects
from collectors.bucket_copies import by_place
from collectors.document import Unknown, also, then
from collectors.facts.storage import BucketReplica
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.alicloud.bucket_access import BUCKET
from collectors.iac.mappers.joins import items, joined
from collectors.logic import Known

REPLICATION = f"{BUCKET}_replication"

_NO_PLACE = Unknown("the rule gives no location")


def copies_of(block: Block, project: Project) -> list[BucketReplica]:
    """The places of all rules. One that carries over nothing but deletions copies nothing."""
    found = joined(project, block, "bucket", REPLICATION)
    copies: list[Any] = []
    for rule in found.blocks:
        copying = then(rule.read("action", str, "ALL"), copies_objects)
        targets = nested(rule.values, "destination")
        if copying is False:
            continue
        if isinstance(copying, Unknown) or isinstance(targets, Unknown):
            copies.append(also(copying, targets))
            continue
        copies += [_copy(rule, target, project) for target in targets]
    return by_place(copies + ([found.doubt] if found.doubt else []))


def _copy(rule: Block, target: dict[str, Any], project: Project) -> BucketReplica:
    place = read(target, "location", str, _NO_PLACE)
    return BucketReplica(
        # "oss-cn-beijing" is the region cn-beijing.
        region=then(place, lambda text: text.removeprefix("oss-")),
        account=project.account,
        whole=_copies_all(rule),
    )


def _copies_all(rule: Block) -> Known:
    """Whether a rule leaves no object out; templates cannot choose by tag."""
    prefixes = then(_first(rule.values, "prefix_set"), lambda found: items(found, "prefixes"))
    criteria = _first(rule.values, "source_selection_criteria")
    of_kms = then(criteria, lambda found: _first(found, "sse_kms_encrypted_objects"))
    status = then(of_kms, lambda found: read(found, "status", str, ""))
    history = rule.read("historical_object_replication", str, "enabled")
    return also(prefixes, status, history) or copies_all(
        {
            "PrefixSet": {"Prefix": prefixes},
            "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": status}},
            "HistoricalObjectReplication": history,
        }
    )


def _first(values: dict[str, Any], argument: str) -> dict[str, Any] | Unknown:
    return then(nested(values, argument), lambda found: found[0] if found else {})
