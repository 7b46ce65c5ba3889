"""Resources that only add to a list of another one, which Terraform writes in that one: allow-lists
of databases, and instances that join a security group.

A translation yields such a resource as a block of type `ADDITION`; here it is worked into the
resource that it adds to. One whose target is elsewhere or not known stays, under its own type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from collectors.document import Unknown
from collectors.iac.arguments import Arguments
from collectors.iac.blocks import Block, Reference
from collectors.iac.stacks.resource import Resource

ADDITION = "alicloud_addition"
"""A type of no Terraform resource: `to` (a reference or a list of them), `argument`, `value`,
`types` (the resource types that it may add to), `named`."""


def addition(
    resource: Resource,
    *,
    to: Any,
    argument: str,
    value: Any,
    types: tuple[str, ...],
    named: str = "",
) -> Block:
    """A resource that adds `value` (one or a list) to the list `argument` of those in `to`, which
    may be a text that stands in their argument `named`."""
    values = {"to": to, "argument": argument, "value": value, "types": types, "named": named}
    block = resource.block(ADDITION, values)
    if resource.uncertain:
        block.values["value"] = resource.uncertain
    return block


def merged(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, each with what others add to it. Where it is not known to which resource an
    addition goes, the list of every one that it may go to is in doubt."""
    blocks = list(blocks)
    by_address = {each.address: each for each in blocks if each.type != ADDITION}
    found: list[Block] = []
    for block in blocks:
        if block.type != ADDITION:
            found.append(block)
            continue
        if not _add(block, by_address):
            # Of a resource that the template does not have: it is told as not looked at.
            found.append(msgspec.structs.replace(block, type=block.native_type, values={}))
    return found


def _add(block: Block, by_address: dict[str, Block]) -> bool:
    to = block.values.get("to")
    added = False
    for each in to if isinstance(to, list) else [to]:
        if isinstance(each, Reference):
            target = by_address.get(each.address)
            if target is not None and target.type in block.values["types"]:
                _extend(target, block.values["argument"], block.values.get("value"))
                added = True
            elif target is not None:
                # Through something else that the template makes, a parameter of it perhaps.
                doubt = Unknown(f"{each.address}.{each.attribute} is known after apply")
                added = _doubt(block, by_address, doubt) or added
        elif isinstance(each, Unknown):
            added = _doubt(block, by_address, each) or added
        else:
            added = _by_name(block, by_address, each) or added
    return added


def _by_name(block: Block, by_address: dict[str, Block], name: Any) -> bool:
    named = block.values["named"]
    meant = [
        each
        for each in by_address.values()
        if named and each.type in block.values["types"] and each.values.get(named) == name
    ]
    for target in meant:
        _extend(target, block.values["argument"], block.values.get("value"))
    return bool(meant)


def _doubt(block: Block, by_address: dict[str, Block], reason: Unknown) -> bool:
    """Any of the resources of these types may be the one that is meant."""
    targets = [each for each in by_address.values() if each.type in block.values["types"]]
    for target in targets:
        _extend(target, block.values["argument"], reason)
    return bool(targets)


def _extend(target: Block, argument: str, value: Any) -> None:
    own = target.values.get(argument)
    listed = [] if own is None else own if isinstance(own, list) else [own]
    more = [] if value is None else value if isinstance(value, list) else [value]
    target.values[argument] = [*listed, *more]
    if isinstance(target.values, Arguments):
        # Some of it stands elsewhere now.
        target.values.places.pop(argument, None)
