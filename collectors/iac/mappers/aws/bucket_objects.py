"""Objects of a template with an ACL of their own, which can open them in a private bucket (S3 user
guide, "Access control list (ACL) overview")."""

from __future__ import annotations

from collectors.aws.s3_facts import acl_is_public
from collectors.document import then
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws import bucket_acl
from collectors.iac.mappers.joins import joined
from collectors.logic import Known, some

OBJECTS = ("aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy")


def open_objects(bucket: Block, project: Project) -> Known:
    """Whether an object of a bucket has a public ACL. One that may be of any bucket leaves that
    open where its own ACL does not close it."""
    found = joined(project, bucket, "bucket", *OBJECTS)
    answer = open_together(found.blocks)
    if answer is False and found.doubt and open_together(project.of_type(*OBJECTS)):
        return found.doubt
    return answer


def open_together(objects: list[Block]) -> Known:
    """Whether one of these objects has a public ACL."""
    return some(map(_is_open, objects))


def _is_open(one: Block) -> Known:
    return then(bucket_acl.grants(one.values), acl_is_public)


LINK_TYPES = frozenset(OBJECTS)
