"""What becomes of resources that are a part of another one and that no mapping took: a listener,
a firewall rule or an ACL whose load balancer, server or bucket is not in the same template.

None of them may vanish, for what is not judged looks like what is well. Each yields a document of
the resource that it belongs to, made by the mapping of that resource: from a stand-in of which
every argument is unknown, and beside each part that is there one more of every kind that may or may
not be. So the part's own facts are known, and everything else is unknown with the reason. Links and
settings that decide nothing alone are counted among the types that nothing here reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from collectors.document import Document, Provider, Unknown, document
from collectors.iac.arguments import Arguments
from collectors.iac.blocks import (
    NOT_GIVEN,
    Block,
    Mapping,
    OpenArguments,
    PartOf,
    Project,
    Reference,
)
from collectors.iac.lines import with_lines
from collectors.iac.mappers import HALF_LINKS, PROVIDERS, load_links, load_parts

_ATTACHMENT = "aws_iam_policy_attachment"
_HOLDERS = {
    "roles": PartOf("aws_iam_role", ("roles",)),
    "users": PartOf("aws_iam_user", ("users",)),
}

NOT_JUDGED = frozenset({"alicloud_db_readonly_instance"})
"""Types that are resources of their own and that mappings only count as copies of another one: they
stand among the types that were not looked at even where one took them."""

_BY_TYPE = frozenset({"is_default"})
"""Facts that mappings tell by the type of the resource, which is not known of a parent."""


def is_link(block: Block) -> bool:
    """Whether a resource that no mapping took is left to the list of what was not looked at: it
    decides nothing alone, or is a flow log of less than a VPC."""
    if block.type == "aws_flow_log":
        return block.values.get("vpc_id") is None
    if block.type == "alicloud_vpc_flow_log":
        return block.values.get("resource_type") in {"VSwitch", "NetworkInterface"}
    return block.type in load_links() | NOT_JUDGED | HALF_LINKS


def part_of(block: Block) -> PartOf | None:
    """How the resource belongs to another one; a policy's attachment to those whom it names."""
    if block.type == _ATTACHMENT:
        given = next((name for name in _HOLDERS if block.values.get(name)), "roles")
        return _HOLDERS[given]
    return load_parts().get(block.type)


def documents(
    left: Iterable[Block], project: Project, mappings: dict[str, Mapping]
) -> Iterator[Document]:
    """A document for each resource that no mapping took and that is no link. Parts of one and the
    same resource share one, where the first of them stands."""
    together: dict[tuple[str, Any], list[Block]] = {}
    for block in left:
        together.setdefault(_belongs_to(block), []).append(block)
    for blocks in together.values():
        yield _document(blocks, project, mappings)


def _belongs_to(block: Block) -> tuple[str, Any]:
    part = part_of(block)
    value = block.get(_argument(block, part)) if part else NOT_GIVEN
    if part is None or not isinstance(value, str | Reference):
        return block.address, None
    return part.parent, value


def _argument(block: Block, part: PartOf) -> str:
    given = (name for name in part.arguments if block.values.get(name) is not None)
    return next(given, part.arguments[0])


def _document(blocks: list[Block], project: Project, mappings: dict[str, Mapping]) -> Document:
    first = blocks[0]
    part = part_of(first)
    if part is None:
        owner = mappings.get(first.type) or _joining(first.type, mappings)
        reason = Unknown("what it belongs to is not part of this template")
        return unread(first, owner, reason, project.account)
    owner = mappings[part.parent]
    reason = Unknown(f"its {part.parent} is not part of this template")
    if _may_belong(first, part, project, owner):
        reason = Unknown(f"which {part.parent} it belongs to is not known before apply")
    try:
        found = _of_parent(blocks, part, project, owner, reason)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        # As if nothing could be read of the part: its document must stand in any case.
        found = None
    found = found or unread(first, owner, reason, project.account)
    if first.type not in mappings:
        return found
    return msgspec.structs.replace(found, id=f"{found.id}.{found.type}")


def _may_belong(block: Block, part: PartOf, project: Project, owner: Mapping) -> bool:
    """Whether the part may belong to a resource that is in the template."""
    return isinstance(block.get(_argument(block, part)), Unknown) and bool(
        project.of_type(*owner.types)
    )


def _joining(kind: str, mappings: dict[str, Mapping]) -> Mapping:
    return next(each for each in mappings.values() if kind in each.joined)


def _of_parent(
    blocks: list[Block], part: PartOf, project: Project, owner: Mapping, reason: Unknown
) -> Document | None:
    """What the mapping of the parent makes of a stand-in to which the parts point."""
    first, kind = blocks[0], owner.facts.TYPE
    specs = [found for each in blocks if (found := part_of(each))]
    elsewhere = not _may_belong(first, part, project, owner)
    known = {name: it for each in specs for name, it in each.assumed.items() if elsewhere}
    if part.parent.startswith("aws_"):
        known["region"] = first.values.get("region")
    parent = Block(
        address=f"{part.parent}.{first.address}",
        type=part.parent,
        name=first.name,
        values=OpenArguments(known, reason),
        source=first.source,
        provider_values=first.provider_values,
    )
    pointing = {each.address: _pointing(each, parent, part_of(each) or part) for each in blocks}
    settled = {kind for each in specs for kind in each.no_more}
    others = [
        Block(
            address=f"{joined}.elsewhere",
            type=joined,
            name="elsewhere",
            values=OpenArguments({}, reason),
            source=first.source,
        )
        for joined in owner.joined
        if joined not in settled
    ]
    around = [pointing.get(each.address, each) for each in project]
    whole = Project([parent, *around, *others], project.account)

    def make() -> list[Document]:
        return [each for each in owner.map(parent, whole) if each.type == kind]

    made = with_lines(make, pointing.values(), whole, owner.facts)
    return _renamed(made[0], first, reason) if made else None


def _pointing(block: Block, parent: Block, part: PartOf) -> Block:
    values = {**block.values, _argument(block, part): Reference(parent.address)}
    if isinstance(block.values, Arguments):
        values = Arguments(values, block.values.places, block.values.head)
    return msgspec.structs.replace(block, values=values)


def _renamed(found: Document, block: Block, reason: Unknown) -> Document:
    """The document under the part's own name, with the one reason why the rest is unknown."""
    unknown = {
        path: reason.reason if reason.reason in why else why for path, why in found.unknown.items()
    }
    by_type = _BY_TYPE & set(found.facts)
    return msgspec.structs.replace(
        found,
        id=f"{block.source.uri}#{block.address}",
        name=block.address,
        native_type=block.native_type or block.type,
        facts={name: fact for name, fact in found.facts.items() if name not in by_type},
        unknown=unknown | dict.fromkeys(by_type, reason.reason),
    )


def unread_whole(
    block: Block, mapping: Mapping, reason: Unknown, account: str
) -> Iterator[Document]:
    """Documents of which everything is unknown, of each kind that the mapping makes."""
    yield unread(block, mapping, reason, account)
    for facts in mapping.also:
        further = unread(block, msgspec.structs.replace(mapping, facts=facts), reason, account)
        yield msgspec.structs.replace(further, id=f"{further.id}.{facts.TYPE}")


def unread(block: Block, mapping: Mapping, reason: Unknown, account: str) -> Document:
    """A document of which everything is unknown."""
    names = [field.name for field in msgspec.structs.fields(mapping.facts)]
    return document(
        id=f"{block.source.uri}#{block.address}",
        facts=mapping.facts(**dict.fromkeys(names, reason)),
        provider=cloud_of(block.type) or "aws",
        account=account,
        region="",
        country=None,
        name=block.address,
        tags=reason,
        unknown={"region": reason.reason, "country": reason.reason},
        native_type=block.native_type or block.type,
        source=block.source,
    )


_OTHER_PREFIXES: dict[str, Provider] = {"azuread": "azure"}


def cloud_of(kind: str) -> Provider | None:
    """The cloud of a type of resources; None for data sources and other providers."""
    return (PROVIDERS | _OTHER_PREFIXES).get(kind.partition("_")[0])
