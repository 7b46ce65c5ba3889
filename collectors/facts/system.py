"""Facts of a graded system as its owner declares it: no cloud knows them."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from collectors.document import ABSENT, Absent, Facts


class HostingPlatform(Struct, kw_only=True):
    """A cloud that hosts resources of the system, and the level that its certificate states.
    `level` is absent where no certificate is declared, or it has expired."""

    provider: str | Absent = ABSENT
    level: int | Absent = ABSENT


class System(Facts, kw_only=True):
    """A graded system (定级对象). Its level and its platforms' come from `mlps.yaml`, the list of
    platforms from where its resources are."""

    TYPE: ClassVar[str] = "system"

    level: int | Absent = ABSENT
    platforms: list[HostingPlatform] | Absent = ABSENT
