"""Whether PostgreSQL of ApsaraDB refuses plaintext. Pure."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown

ENFORCING = ("cert", "verify-ca", "verify-full")
"""What PostgreSQL asks of clients (`ACL`) that refuses plaintext."""


def refuses_plaintext(hba: list[dict[str, Any]]) -> bool | Unknown:
    """Whether pg_hba.conf lets in connections with TLS only."""
    admits = [str(one.get("Type")) for one in hba if str(one.get("Method")).lower() != "reject"]
    if not admits:
        return Unknown("the API names no entry of pg_hba.conf")
    if all(kind in ("hostssl", "local") for kind in admits):
        return True
    if any(one.get("Type") == "hostnossl" for one in hba if one.get("Method") == "reject"):
        return Unknown("pg_hba.conf both refuses and admits connections in plaintext")
    return False
