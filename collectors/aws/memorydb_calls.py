"""Calls of MemoryDB that several modules make."""

from __future__ import annotations

from collectors.calls import Call, Scope


def memorydb_call(
    operation: str,
    result: str,
    scope: Scope = "region",
    *,
    paged: bool = True,
    not_everywhere: bool = False,
) -> Call:
    """A call of MemoryDB."""
    return Call(
        provider="aws",
        service="memorydb",
        operation=operation,
        permission=f"memorydb:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        not_everywhere=not_everywhere,
    )


LIST_TAGS = memorydb_call("ListTags", "TagList", "resource", paged=False)
