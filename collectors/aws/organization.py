"""The organisation that an account belongs to."""

from __future__ import annotations

from collectors.calls import Call

DESCRIBE_ORGANIZATION = Call(
    provider="aws",
    service="organizations",
    operation="DescribeOrganization",
    permission="organizations:DescribeOrganization",
    scope="account",
    result="Organization",
    absent=("AWSOrganizationsNotInUseException",),
)
"""Every member may ask; "not in use" is the answer to an account that is alone."""
