"""Repositories of ECR Public, which are all alike. Pure."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.facts.operations import Registry
from collectors.facts.shared import Exposure


def public_registry() -> Registry:
    """Everybody may pull from it, which is its purpose; it neither scans images nor locks tags (its
    API has no such setting)."""
    return Registry(
        scan_on_push=False,
        immutable_tags=False,
        encryption=Unknown("ECR Public does not tell how it encrypts images"),
        exposure=Exposure(public=True, via=["endpoint"]),
        allow_list=[],
        shared_admin=None,
    )
