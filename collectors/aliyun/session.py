"""Sessions: which credentials, which account, where it is asked."""

from __future__ import annotations

from msgspec import Struct

from collectors.aliyun.pace import Patience


class AliyunOptions(Struct, frozen=True, kw_only=True):
    """What the user asked for. Empty `regions` means every region that is open to the account.

    `accounts` are members of the resource directory, in each of which the role `role_name` is
    assumed; with `organization` all active members are. Without either it is the account of the
    credentials alone, or of `role_arn`.
    """

    profile: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    accounts: tuple[str, ...] = ()
    organization: bool = False
    role_name: str = "ResourceDirectoryAccountAccessRole"
    endpoint_url: str | None = None
    regions: tuple[str, ...] = ()
    concurrency: int = 16
    patience: Patience = Patience()
    connect_seconds: float = 10
    read_seconds: float = 60

    @property
    def is_many(self) -> bool:
        """Whether members of a resource directory are asked for."""
        return self.organization or bool(self.accounts)


class AliyunIdentity(Struct, frozen=True, kw_only=True):
    """The account that the credentials belong to."""

    account: str
    arn: str
