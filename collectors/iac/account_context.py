"""What a snapshot of the account answers where a template does not decide.

A template is deployed into an account whose settings hold for it as well: a public-access block,
encryption of disks by default, a password policy. They join as if the template wrote them, in
places of the snapshot; documents of the account itself are written beside those of the template.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.document import Document, Source, UserError
from collectors.facts.account import AccountConfiguration
from collectors.iac.accounts import choice_of
from collectors.iac.blocks import ACCOUNT, Block
from collectors.iac.mappers.alicloud.bucket_access import ACCOUNT_BLOCK as ALICLOUD_BLOCK
from collectors.iac.mappers.alicloud.disk import BY_DEFAULT as ALICLOUD_DISKS
from collectors.iac.mappers.aws.bucket import ACCOUNT as AWS_BLOCK
from collectors.iac.mappers.aws.bucket import FLAGS
from collectors.iac.mappers.aws.disk import BY_DEFAULT as AWS_DISKS
from collectors.iac.parts import cloud_of
from collectors.snapshot import AccountSnapshot, Located, open_snapshot

_FAMILY = "account."
_HINT = "Make one with: mlps collect aws -o snapshot (or aliyun, azure)"


class _Setting(Struct, frozen=True):
    """How a provider of Terraform writes a setting of the account."""

    type: str
    values: dict[str, Any]


_BLOCKS = {
    "aws": _Setting(AWS_BLOCK, dict.fromkeys(FLAGS.values(), True)),
    "alicloud": _Setting(ALICLOUD_BLOCK, {"block_public_access": True}),
}
_DISKS = {
    "aws": _Setting(AWS_DISKS, {"enabled": True}),
    "alicloud": _Setting(ALICLOUD_DISKS, {"encrypted": True}),
}


class AccountContext:
    """The account-wide documents of a snapshot, and which of them templates have asked for."""

    def __init__(self, path: Path, taken: str, documents: list[Located]) -> None:
        self._path = path
        self._taken = taken
        self._documents: dict[tuple[str, str], list[Located]] = {}
        for each in documents:
            key = (each.document.provider, each.document.account)
            self._documents.setdefault(key, []).append(each)
        self._used: dict[tuple[str, str], None] = {}
        self._unmatched: dict[str, None] = {}

    def account(self, prefix: str, own: str, blocks: list[Block]) -> tuple[str, str] | None:
        """The account of the snapshot that the resources of a provider (`aws`, `alicloud`, …) go
        to: the template's `own`, or the only one of that cloud where the template tells none and
        goes to one alone."""
        provider = cloud_of(f"{prefix}_") or ""
        of_cloud = [key for key in self._documents if key[0] == provider]
        found = of_cloud if own == ACCOUNT else [key for key in of_cloud if key[1] == own]
        if len(found) != 1 or (own == ACCOUNT and _goes_to_several(prefix, blocks)):
            self._unmatched[f"{provider} {own}" if own != ACCOUNT else provider] = None
            return None
        self._used[found[0]] = None
        return found[0]

    def settings(self, prefix: str, own: str, blocks: list[Block]) -> Iterator[Block]:
        """The settings that hold for the resources of a provider and that its template does not
        write, as resources of it."""
        key = self.account(prefix, own, blocks)
        written = {each.type for each in blocks}
        chosen = next((choice_of(each) for each in _of_provider(prefix, blocks)), {})
        for located in self._documents.get(key, []) if key else ():
            if located.document.type != AccountConfiguration.TYPE:
                continue
            facts = located.document.facts
            block, disks = _BLOCKS.get(prefix), _DISKS.get(prefix)
            if block and block.type not in written and facts.get("public_access_block") is True:
                yield self._block(block, located, chosen)
            if disks and disks.type not in written:
                for setting in facts.get("default_disk_encryption") or []:
                    if setting.get("enabled") is True and setting.get("region"):
                        yield self._block(disks, located, chosen, setting["region"])

    def _block(
        self, setting: _Setting, located: Located, chosen: dict[str, Any], region: str = ""
    ) -> Block:
        address = f"{setting.type}.account{f'-{region}' if region else ''}"
        uri = (self._path / located.file).as_posix()
        return Block(
            address=address,
            type=setting.type,
            name="account",
            values=setting.values,
            source=Source(uri=uri, start_line=located.line, end_line=located.line, address=address),
            provider_values={**chosen, "region": region} if region else chosen,
        )

    def documents(self) -> Iterator[Document]:
        """The documents of the accounts that templates go to."""
        for key in self._used:
            yield from (each.document for each in self._documents[key])

    def used(self) -> AccountSnapshot:
        """What of the snapshot is used. Raises UserError where it is of other accounts."""
        if not self._used:
            raise UserError(
                f"The snapshot {self._path} is of other accounts than the templates:"
                f" {', '.join(f'{provider} {name}' for provider, name in self._documents)}."
                f" They ask for: {', '.join(self._unmatched) or 'none'}.",
                "Name the snapshot of the one account that the templates are deployed to.",
            )
        return AccountSnapshot(
            path=self._path.as_posix(),
            taken=self._taken,
            accounts=[name for _, name in self._used],
            unmatched=list(self._unmatched),
        )


def _of_provider(prefix: str, blocks: list[Block]) -> list[Block]:
    return [each for each in blocks if each.type.partition("_")[0] == prefix]


def _goes_to_several(prefix: str, blocks: list[Block]) -> bool:
    """Whether the resources of a provider may go to more than one account."""
    chosen = [choice_of(each) for each in _of_provider(prefix, blocks)]
    return any(each != chosen[0] for each in chosen)


def load_account(path: Path) -> AccountContext:
    """Read the account-wide documents of a snapshot. Raises UserError for one of templates, and
    for one without such documents."""
    snapshot = open_snapshot(path)
    if snapshot.manifest.origin != "live":
        raise UserError(f"The snapshot {path} is of templates, not of an account.", _HINT)
    found = [each for each in snapshot if each.document.type.startswith(_FAMILY)]
    if not found:
        raise UserError(f"The snapshot {path} has no settings of an account.", _HINT)
    return AccountContext(path, snapshot.manifest.finished, found)
