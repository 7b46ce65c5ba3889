"""What the answers of Redis, Tair and Memcache say of an instance. Pure."""

from __future__ import annotations

_ENGINES = {"memcache": "memcached"}
"""Named as everywhere else, so that what is held in memory only is known as that."""


def engine_of(instance_type: str) -> str:
    """The database that a type of instance is: redis, tair, memcached."""
    return _ENGINES.get(instance_type.lower(), instance_type.lower())
