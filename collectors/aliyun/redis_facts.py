"""What the answers of Redis, Tair and Memcache say of an instance. Pure."""

from __future__ import annotations

from collectors.document import Unknown

PLAINTEXT_BESIDE_TLS = Unknown(
    "the vendor does not tell whether Redis with TLS still accepts connections in plaintext"
)
"""The guides say both: that TLS is the only way in, and that a VPC is enough."""

_ENGINES = {"memcache": "memcached"}
"""Named as everywhere else, so that what is held in memory only is known as that."""


def engine_of(instance_type: str) -> str:
    """The database that a type of instance is: redis, tair, memcached."""
    return _ENGINES.get(instance_type.lower(), instance_type.lower())
