"""Every declared call against botocore's models of the services: permissions, the coverage table
and the fault tests derive from the declarations."""

from __future__ import annotations

import functools
import re

import botocore.session
import pytest
from botocore.model import OperationModel, ServiceModel, Shape, StructureShape

from collectors.aws.collect import declared_calls, load_services
from collectors.aws.collection import DESCRIBE_REGIONS
from collectors.calls import Call

SERVICES = load_services()
EVERY = sorted(
    {DESCRIBE_REGIONS, *(call for service in SERVICES for call in service.calls)},
    key=lambda call: (call.name, call.result),
)
READING = ("Get", "BatchGet", "List", "Describe", "Head", "Search")
MAKES_A_REPORT = "iam:GenerateCredentialReport"

# The prefix of a service's permissions where it is not botocore's name of the service, and the
# permissions that are not named like the operation (service authorisation reference).
PREFIXES = {
    "elb": "elasticloadbalancing",
    "elbv2": "elasticloadbalancing",
    "efs": "elasticfilesystem",
    "opensearch": "es",
}
# The permissions of API Gateway are the methods of HTTP.
BY_METHOD = {"apigateway", "apigatewayv2"}
RENAMED = {
    "s3:ListBuckets": "s3:ListAllMyBuckets",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
}

each_call = pytest.mark.parametrize(
    "call", EVERY, ids=[f"{call.name} {call.result}".strip() for call in EVERY]
)


@functools.cache
def _session() -> botocore.session.Session:
    return botocore.session.get_session()


@functools.cache
def _model(service: str) -> ServiceModel:
    return _session().get_service_model(service)


@functools.cache
def _paged(service: str) -> set[str]:
    """The operations for which boto3's can_paginate is true."""
    loader = _session().get_component("data_loader")
    return set(loader.load_service_model(service, "paginators-1")["pagination"])


def _operation(call: Call) -> OperationModel:
    return _model(call.service).operation_model(call.operation)


@each_call
def test_a_call_fits_the_model_of_its_service(call: Call) -> None:
    assert call.operation in _model(call.service).operation_names
    output = _operation(call).output_shape
    assert isinstance(output, StructureShape)
    shape: Shape = output
    for key in call.result.split(".") if call.result else ():
        assert isinstance(shape, StructureShape)
        shape = shape.members[key]
    assert call.paged == (call.operation in _paged(call.service))
    if call.paged:
        assert shape.type_name == "list"


@each_call
def test_a_call_only_reads(call: Call) -> None:
    assert call.operation.startswith(READING) or call.name == MAKES_A_REPORT


@each_call
def test_a_permission_is_that_of_the_operation(call: Call) -> None:
    prefix = PREFIXES.get(call.service, call.service)
    if call.service in BY_METHOD:
        assert call.permission == "apigateway:GET"
        return
    assert call.permission == RENAMED.get(call.name, f"{prefix}:{call.operation}")
    assert re.fullmatch(r"[a-z0-9-]+:[A-Z][A-Za-z0-9]+", call.permission)


@each_call
def test_errors_that_say_something_are_errors_of_the_operation(call: Call) -> None:
    """S3's model names next to none of its errors."""
    shapes = _operation(call).error_shapes
    known = {shape.metadata.get("error", {}).get("code", shape.name) for shape in shapes}
    if call.service != "s3":
        assert {*call.absent, *call.pending} <= known


def test_calls_of_one_name_need_one_permission() -> None:
    permissions: dict[str, set[str]] = {}
    for call in EVERY:
        permissions.setdefault(call.name, set()).add(call.permission)
    assert {name: found for name, found in permissions.items() if len(found) > 1} == {}
    assert [call.name for call in declared_calls()] == sorted(permissions)
