"""Capabilities that Linux gives to the processes of a container. Pure."""

from __future__ import annotations

from collections.abc import Iterable

# Those that amount to the rights of the host (man 7 capabilities).
_MIGHTY = {"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH"}


def are_mighty(added: Iterable[object]) -> bool:
    """Whether one of some capabilities, with or without CAP_, amounts to the rights of the host."""
    return any(str(one).upper().removeprefix("CAP_") in _MIGHTY for one in added)
