"""CloudWatch alarms, on metrics and composite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.alarm_actions import spoken
from collectors.aws.alarm_kinds import NAMING, target_kind
from collectors.aws.logic import Known, every
from collectors.aws.resource_alarms import names
from collectors.document import Document, Unknown, also, then
from collectors.facts.operations import Alarm
from collectors.iac.blocks import Block, Mapping, Project, Reference, nested, read
from collectors.iac.mappers.aws.alarm_actions import LISTENERS, heard, scales
from collectors.iac.mappers.aws.shared import aws_document, is_same_place
from collectors.iac.mappers.joins import items, name_of

METRIC, COMPOSITE = "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"

# The types whose dimensions have a name that a template chooses, and the argument that has it.
_NAMES = (
    ("aws_db_instance", "identifier"),
    ("aws_rds_cluster_instance", "identifier"),
    ("aws_rds_cluster", "cluster_identifier"),
    ("aws_docdb_cluster", "cluster_identifier"),
    ("aws_docdb_cluster_instance", "identifier"),
    ("aws_neptune_cluster", "cluster_identifier"),
    ("aws_neptune_cluster_instance", "identifier"),
    ("aws_elb", "name"),
    ("aws_s3_bucket", "bucket"),
)

_UNNAMED = Unknown("a metric of the alarm gives no namespace")
_DIMENSIONS = Unknown("the dimensions of the alarm are known after apply")
_ELSEWHERE = Unknown("what the alarm watches is not part of this template")
_NOT_READ = Unknown("whether what the alarm watches exists is not read")
_NO_RULE = Unknown("the composite alarm gives no rule")

Item = dict[str, Any]


def map_metric_alarm(block: Block, project: Project) -> Iterator[Document]:
    """An alarm on metrics, for which composite alarms may speak. One that only scales is a part of
    a scaling policy and watches over nothing."""
    actions = items(block.values, "alarm_actions")
    if isinstance(actions, list) and actions and all(scales(project, one) for one in actions):
        project.take(block)
        return
    on, told = speech(block, project)
    metrics = metrics_of(block)
    facts = Alarm(
        enabled=on,
        actions=told,
        target_kind=then(metrics, _kind),
        targets=then(metrics, lambda found: _targets(found, block, project)),
    )
    yield aws_document(block, project, facts, name=name_of(block, "alarm_name"))


def map_composite_alarm(block: Block, project: Project) -> Iterator[Document]:
    """A composite alarm; what it watches are the alarms that it is made of."""
    rule = block.read("alarm_rule", str, _NO_RULE)
    alarms = [
        each.read("alarm_name", str, _ELSEWHERE)
        for each in project.each_of(METRIC)
        if is_same_place(each, block, project)
    ]

    def rung(text: str) -> int | Unknown:
        named = (isinstance(each, str) and names(text, each) is not False for each in alarms)
        return sum(named) or _ELSEWHERE

    facts = Alarm(
        enabled=_on(block),
        actions=heard(project, block, "alarm_actions"),
        target_kind="other",
        targets=then(rule, rung),
    )
    yield aws_document(block, project, facts, name=name_of(block, "alarm_name"))


def _on(block: Block) -> Known:
    return block.read("actions_enabled", bool, default=True)


def speech(block: Block, project: Project) -> tuple[Known, Any]:
    """Whether an alarm is on, and whom it tells."""
    name = block.read("alarm_name", str, Unknown("the alarm's name is chosen at apply"))
    through = (
        (every([_rings(each, name), _on(each)]), heard(project, each, "alarm_actions"))
        for each in project.each_of(COMPOSITE)
        if is_same_place(each, block, project)
    )
    return spoken(_on(block), heard(project, block, "alarm_actions"), through)


def _rings(composite: Block, name: str | Unknown) -> Known:
    rule = composite.read("alarm_rule", str, _NO_RULE)
    return also(rule, name) or names(cast("str", rule), cast("str", name))


def metrics_of(block: Block, own: str | None = None) -> list[Item] | Unknown:
    """The metrics of an alarm, by itself or in an expression, in the words of DescribeAlarms; of
    the account `own` alone where that is asked for."""
    queries = nested(block.values, "metric_query")
    if isinstance(queries, Unknown):
        return queries
    if not queries:
        return [block.values]
    found: list[Item] = []
    for query in queries:
        if own is not None and query.get("account_id") not in (None, "", own):
            continue
        metric = nested(query, "metric")
        if isinstance(metric, Unknown):
            return metric
        found += metric
    return found


def _kind(metrics: list[Item]) -> str | Unknown:
    spaces = [read(metric, "namespace", str, _UNNAMED) for metric in metrics]
    told = [{"MetricStat": {"Metric": {"Namespace": each}}} for each in spaces]
    # An expression without metrics of its own is a query, of several kinds.
    return also(None, *spaces) or (target_kind({"Metrics": told}) if told else "other")


def _targets(metrics: list[Item], alarm: Block, project: Project) -> int | Unknown:
    """How many resources that the alarm names exist, as for a live account; those that are not in
    the template may."""
    named: dict[str, tuple[str, Any]] = {}
    for metric in metrics:
        dimensions = metric.get("dimensions") or {}
        if not isinstance(dimensions, dict):
            return dimensions if isinstance(dimensions, Unknown) else _DIMENSIONS
        named |= {f"{name}={value}": (name, value) for name, value in dimensions.items()}
    known = [value for name, value in named.values() if name in NAMING]
    if not known:
        kind = _kind(metrics)
        return 1 if not named or kind == "other" else also(kind) or _NOT_READ
    exist = [_exists(value, alarm, project) for value in known]
    return also(None, *exist) or len(exist)


def _exists(value: Any, alarm: Block, project: Project) -> bool | Unknown:
    if isinstance(value, Unknown):
        return value
    found = any(is_same_place(each, alarm, project) for each in _named(value, project))
    return found or _ELSEWHERE


def _named(value: Any, project: Project) -> Iterator[Block]:
    """The resources of the template that a dimension names."""
    if isinstance(value, Reference):
        target = project.target(value)
        if target is not None and not target.type.startswith("data."):
            yield target
    elif isinstance(value, str):
        for kind, argument in _NAMES:
            yield from (each for each in project.each_of(kind) if each.get(argument) == value)


MAPPINGS = [
    Mapping(
        types=(METRIC,),
        facts=Alarm,
        map=map_metric_alarm,
        joined=(COMPOSITE, *LISTENERS),
    ),
    Mapping(
        types=(COMPOSITE,),
        facts=Alarm,
        map=map_composite_alarm,
        joined=(METRIC, *LISTENERS),
    ),
]
