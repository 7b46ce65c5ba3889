"""Policies written with jsonencode or as a heredoc that name resources of the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.policy_text import document_of
from tests.collectors.iac.conftest import Write, documents

QUEUE = 'resource "aws_sqs_queue" "q" {{}}\nresource "aws_sqs_queue_policy" "q" {{\n{}\n}}\n'


def _named(source: str, after: str) -> str | None:
    return f"<{source}>{after}" if source.startswith("aws_") else None


def _statement(text: str) -> Any:
    found = document_of(text, _named)
    assert isinstance(found, dict)
    return found["Statement"]


def test_what_names_a_resource_is_told_from_what_is_not_known() -> None:
    text = """jsonencode({
      # everybody
      "Statement" : [{ Effect = "Allow", Resource = [aws_a.b.arn, "${aws_a.b.arn}/*", "x"],
        Principal = var.who, NotAction = upper("a"), Sid = "${aws_a.b.id}${aws_a.b.id}" }]
    })"""
    (found,) = _statement(text)
    assert found["Resource"] == ["<aws_a.b.arn>", "<aws_a.b.arn>/*", "x"]
    assert found["Effect"] == "Allow"
    assert all(isinstance(found[key], Unknown) for key in ("Principal", "NotAction", "Sid"))


def test_a_heredoc_is_read_with_its_gaps() -> None:
    text = '<<-EOT\n{"Statement": {"Resource": "${aws_a.b.arn}", "Sid": "$${aws:username}"}}\n  EOT'
    assert _statement(text) == {"Resource": "<aws_a.b.arn>", "Sid": "${aws:username}"}


@pytest.mark.parametrize(
    "text",
    [
        'jsonencode({ Other = "a" })',
        'jsonencode({ Statement = [{ "${aws_a.b.arn}" = "x" }] })',
        "jsonencode({ Statement = [{ (var.key) = 1 }] })",
        "jsonencode(local.policy)",
        "upper(jsonencode({ Statement = [] }))",
        '<<EOT\n{"Statement": [{"Effect": "Allow",}]}\nEOT',
        '<<EOT\n{"Statement": [%{ if true }1%{ endif }]}\nEOT',
        '<<EOT\n{"Statement": ${aws_a.b.arn}}\nEOT',
        '<<EOT\n{"Statement": ' + "[" * 100_000 + "}\nEOT",
        "jsonencode({ Statement = " + "[" * 5_000 + "]" * 5_000 + " })",
    ],
)
def test_what_does_not_say_its_keys_is_no_policy(text: str) -> None:
    assert document_of(text, _named) is None


def _fact(folder: Path, address: str, path: str) -> Any:
    """A fact of a document, "unknown" where it is not known."""
    document = documents(folder)[1][address]
    if path in document.unknown:
        return "unknown"
    value: Any = document.facts
    for step in path.split("/"):
        value = value[step]
    return value


def _queue(project: Write, policy: str) -> Any:
    arguments = f"queue_url = aws_sqs_queue.q.id\npolicy = {policy}"
    return _fact(project(QUEUE.format(arguments)), "aws_sqs_queue.q", "exposure/public")


def test_a_queue_that_its_policy_opens_is_open(project: Write) -> None:
    statement = '{ Effect = "Allow", Action = "sqs:*", Principal = %s, Resource = %s }'
    own = "aws_sqs_queue.q.arn"
    to_all = statement % ('"*"', own)
    assert _queue(project, f"jsonencode({{ Statement = [{to_all}] }})") is True
    heredoc = (
        '{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Principal": "*",'
        f' "Resource": "${{{own}}}"}}}}'
    )
    assert _queue(project, f"<<EOT\n{heredoc}\nEOT") is True
    to_one = statement % ('{ AWS = "arn:aws:iam::111122223333:root" }', own)
    assert _queue(project, f"jsonencode({{ Statement = [{to_one}] }})") is False
    to_somebody = statement % ("var.who", own)
    assert _queue(project, f"jsonencode({{ Statement = [{to_somebody}] }})") == "unknown"


def test_a_policy_may_stand_in_a_local(project: Write) -> None:
    more = (
        'locals {\n a = jsonencode({ Statement = [{ Effect = "Allow", Action = "sqs:*",'
        ' Principal = "*", Resource = aws_sqs_queue.q.arn }] })\n b = local.a\n c = local.c\n}\n'
    )
    arguments = "queue_url = aws_sqs_queue.q.id\npolicy = local.{}"
    for name, public in (("b", True), ("c", "unknown")):
        folder = project(QUEUE.format(arguments.format(name)) + more)
        assert _fact(folder, "aws_sqs_queue.q", "exposure/public") == public


BUCKET = """
resource "aws_s3_bucket" "b" {{}}
resource "aws_s3_bucket_policy" "b" {{
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({{ Statement = [{{ Effect = "Deny", Action = "s3:*", Principal = "*",
    Resource = [{}], Condition = {{ Bool = {{ "aws:SecureTransport" = "false" }} }} }}] }})
}}
"""
OBJECTS = '"${aws_s3_bucket.b.arn}/*"'


def test_a_bucket_without_a_name_asks_for_tls(project: Write) -> None:
    both = project(BUCKET.format(f"aws_s3_bucket.b.arn, {OBJECTS}"))
    assert _fact(both, "aws_s3_bucket.b", "tls/required") is True


@pytest.mark.parametrize("resources", ["aws_s3_bucket.b.arn", OBJECTS, "var.unset"])
def test_half_of_a_bucket_does_not(project: Write, resources: str) -> None:
    half = project(BUCKET.format(resources))
    assert _fact(half, "aws_s3_bucket.b", "tls/required") in (False, "unknown")


def test_a_document_of_a_data_source_tells_objects_too(project: Write) -> None:
    text = f"""
    resource "aws_s3_bucket" "b" {{}}
    resource "aws_s3_bucket_policy" "b" {{
      bucket = aws_s3_bucket.b.id
      policy = data.aws_iam_policy_document.b.json
    }}
    data "aws_iam_policy_document" "b" {{
      statement {{
        effect    = "Deny"
        actions   = ["s3:*"]
        resources = [aws_s3_bucket.b.arn, {OBJECTS}]
        principals {{
          type        = "*"
          identifiers = ["*"]
        }}
        condition {{
          test     = "Bool"
          variable = "aws:SecureTransport"
          values   = ["false"]
        }}
      }}
    }}
    """
    assert _fact(project(text), "aws_s3_bucket.b", "tls/required") is True


KEY = """
data "aws_caller_identity" "me" {}
resource "aws_kms_key" "k" {
  policy = jsonencode({ Statement = [
    { Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "%s:root" } }
  ] })
}
"""


@pytest.mark.parametrize("partition", ["aws", "${data.aws_partition.here.partition}"])
def test_the_own_account_is_told_by_the_caller(project: Write, partition: str) -> None:
    own = f"arn:{partition}:iam::${{data.aws_caller_identity.me.account_id}}"
    (grant,) = _fact(project(KEY % own), "aws_kms_key.k", "policy")
    assert (grant["account"], grant["kind"]) == ("template", "account")


def test_an_account_that_is_not_known_is_not_the_own_one(project: Write) -> None:
    key = documents(project(KEY % "arn:aws:iam::${var.other}"))[1]["aws_kms_key.k"]
    assert "policy/0/account" in key.unknown


DEFINITION = """
variable "key" {{}}
resource "aws_cloudwatch_log_group" "g" {{ name = "/ecs/shop" }}
resource "aws_ecs_task_definition" "t" {{
  family                = "shop"
  container_definitions = {}
}}
"""
HEREDOC = """<<EOT
[{"name": "app", "image": "${var.key}:1", "privileged": true,
  "environment": [{"name": "A", "value": "${var.key}"},
                  {"name": "DB_PASSWORD", "value": "hunter2hunter2"}]}]
EOT"""
ENCODED = """jsonencode([{ name = "app", image = var.key, privileged = %s,
  environment = [{ name = "A", value = var.key }],
  logConfiguration = { logDriver = "awslogs", options = {
    awslogs-group = aws_cloudwatch_log_group.g.name } } }])"""


def test_containers_are_read_with_their_gaps(project: Write) -> None:
    def told(containers: str, fact: str) -> Any:
        return _fact(project(DEFINITION.format(containers)), "aws_ecs_task_definition.t", fact)

    assert told(HEREDOC, "privileged_containers") == ["app"]
    assert told(HEREDOC, "environment_secrets") is True
    assert told(ENCODED % "false", "privileged_containers") == []
    # What is not written out may be anything.
    assert told(ENCODED % "false", "environment_secrets") == "unknown"
    assert told(ENCODED % "var.key", "privileged_containers") == "unknown"
    assert told("jsonencode(concat([], [var.key]))", "privileged_containers") == "unknown"
    assert (
        told("jsonencode([merge({ image = var.key }, {})])", "privileged_containers") == "unknown"
    )


ALARMS = """
resource "alicloud_db_instance" "a" {{ engine = "MySQL" }}
resource "alicloud_db_instance" "b" {{ engine = "MySQL" }}
resource "alicloud_cms_alarm" "a" {{
  project           = "acs_rds_dashboard"
  webhook           = "https://example.com"
  metric_dimensions = {}
}}
"""


@pytest.mark.parametrize(
    ("dimensions", "first", "second"),
    [
        ("jsonencode([{ instanceId = alicloud_db_instance.a.id }])", 1, "unknown"),
        (
            '<<EOF\n [{"instanceId": "${alicloud_db_instance.b.id}", "device": "/dev/vda1"}]\nEOF',
            "unknown",
            1,
        ),
        ('jsonencode([{ resource = "_ALL" }])', 1, 1),
        ("jsonencode([{ instanceId = var.unset }])", "unknown", "unknown"),
        ("jsonencode([{ other = alicloud_db_instance.a.id }])", "unknown", "unknown"),
    ],
)
def test_what_an_alarm_watches_is_told_by_its_text(
    project: Write, dimensions: str, first: Any, second: Any
) -> None:
    folder = project(ALARMS.format(dimensions))
    found = [_fact(folder, f"alicloud_db_instance.{name}", "alarms") for name in "ab"]
    assert found == [first, second]
