"""What a cloud does not offer in mainland China: a check that needs it does not apply there."""

from __future__ import annotations

from collections.abc import Sequence

from collectors.document import Document
from scanner.checks import CheckMetadata, NotOffered


def cloud_of(document: Document, regions: Sequence[str]) -> str:
    """The cloud of a document: `aws-cn`, `azure-china`, or the name of its provider.

    `regions` are those of the scan: they tell the partition of what has no region of its own.
    """
    named = [document.region] if document.region not in {"", "global"} else list(regions)
    if document.provider == "aws" and named and all(r.startswith("cn-") for r in named):
        return "aws-cn"
    if document.provider == "azure" and named and all(r.startswith("china") for r in named):
        return "azure-china"
    return document.provider


def not_offered(check: CheckMetadata, cloud: str) -> NotOffered | None:
    """Why a check cannot be done in a cloud, and what to do in its place; None where it can."""
    return next((one for one in check.not_offered if one.cloud == cloud), None)
