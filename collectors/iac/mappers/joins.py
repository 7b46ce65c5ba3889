"""What mappers of several providers share: following references, and reading lists of values whose
elements may be known only after apply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from collectors.document import Unknown
from collectors.iac.blocks import NOT_GIVEN, Block, Project, Reference, read
from collectors.iac.mappers.pointers import CHAIN, names_of, path, pointing

IPV4_ANY, IPV6_ANY = "0.0.0.0/0", "::/0"
GIB = 1024**3
_LAST_STEP = re.compile(r"([a-z0-9_]+)\.[^.]+$")


class Joined(NamedTuple):
    """Resources that belong to another one. `doubt` is set when a further resource may or may not
    belong to it, because what it points to is known only after apply."""

    blocks: list[Block]
    doubt: Unknown | None


def joined(
    project: Project,
    block: Block,
    argument: str,
    *types: str,
    names: Sequence[str] = (),
    take: bool = True,
) -> Joined:
    """The resources of `types` whose `argument` (a value or a list) points to `block`, also by one
    of `names` besides those that `names_of` finds. They count as read into its document unless
    `take` is false.

    Unlike `Project.related` it keeps what it found when one resource is in doubt, and it follows a
    reference through an argument of another resource (an ACL's `bucket`, say) to the block.
    """
    found: list[Block] = []
    doubt: Unknown | None = None
    known = [*names_of(block), *names]
    for kind in types:
        said, others = pointing(project, kind, argument), project.each_of(kind)
        numbers = said.numbers(block, known)
        found += [project.take(others[number]) if take else others[number] for number in numbers]
        if doubt is None:
            first = next((number for number in said.open if number not in numbers), None)
            if first is not None:
                reason = said.open[first].reason
                doubt = Unknown(f"{others[first].address}.{argument}: {reason}")
    return Joined(found, doubt)


def points_to(project: Project, value: Any, block: Block) -> bool:
    """Whether a value is an attribute of the block, however many arguments it passes through."""
    return any(
        step is block or (isinstance(step, str) and step in names_of(block))
        for step in path(project, value)
    )


def target_of(project: Project, value: Any, *types: str) -> Block | None:
    """The resource of one of `types` that a value leads to, when the project has it."""
    for _ in range(CHAIN):
        target = project.target(value)
        if target is None:
            return None
        if target.type in types:
            return project.take(target)
        value = target.get(value.attribute)
    return None


def settle(project: Project, value: Any) -> Any:
    """The value behind a reference where the template itself says it, else the last reference."""
    for _ in range(CHAIN):
        target = project.target(value)
        if target is None or target.get(value.attribute) is NOT_GIVEN:
            return value
        value = target.get(value.attribute)
    return value


def kind_of(project: Project, reference: Reference) -> str:
    """The type of what a reference leads to, in the project or elsewhere; that of a data source is
    the type that it reads."""
    target = project.target(reference)
    found = _LAST_STEP.search(reference.address)
    kind = target.type if target else found[1] if found else ""
    return kind.removeprefix("data.")


def identity(project: Project, value: Any) -> str | Unknown | None:
    """What names a resource that a value points to: its id as written, or the id of its document
    in this project; None when the value is not given."""
    if value is None or value is NOT_GIVEN:
        return None
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        target = project.target(value)
        return f"{target.source.uri}#{target.address}" if target else value.address
    return str(value)


def identities(project: Project, values: list[Any] | Unknown) -> list[str] | Unknown:
    """`identity` of each element; one that is known only after apply stays in its place."""
    if isinstance(values, Unknown):
        return values
    return cast("list[str]", [identity(project, value) for value in values])


def items(values: dict[str, Any], argument: str) -> list[Any] | Unknown:
    """The elements of a list argument as they stand, empty when it is not written."""
    value = values.get(argument)
    if value is None:
        return []
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    return list(value) if isinstance(value, list | tuple | set) else [value]


def given(values: dict[str, Any], *arguments: str) -> bool | Unknown:
    """Whether one of the arguments has a value: true for a reference, Unknown when all that is
    written may still turn out to be null."""
    found = [value for key in arguments if (value := values.get(key)) not in (None, "", [], {})]
    if any(not isinstance(value, Unknown) for value in found):
        return True
    return found[0] if found else False


def first_of(
    values: dict[str, Any], arguments: tuple[str, ...], kind: type[Any], default: Any
) -> Any:
    """The first argument that is written of several names for one thing (new and deprecated)."""
    for argument in arguments:
        if values.get(argument) is not None:
            return read(values, argument, kind, default)
    return default


def tags_of(block: Block) -> dict[str, str] | Unknown:
    """The `tags` argument; Unknown when any of it is, for a missing tag would choose the system."""
    value = block.get("tags")
    if value is NOT_GIVEN or value is None:
        return {}
    if isinstance(value, dict):
        unknown = next((v for v in value.values() if isinstance(v, Unknown | Reference)), None)
        if unknown is None:
            return {str(key): str(item) for key, item in value.items()}
        value = unknown
    return value if isinstance(value, Unknown) else Unknown("tags are known after apply")


def name_of(block: Block, *arguments: str) -> str | Unknown:
    """The resource's own name, the block's label when the template does not give one."""
    return cast("str | Unknown", first_of(block.values, arguments, str, block.name))


def all_true(values: list[bool | Unknown]) -> bool | Unknown:
    """True when every part is; a false part decides even beside an unknown one."""
    if False in values:
        return False
    return next((value for value in values if isinstance(value, Unknown)), True)


def days(text: str) -> int | Unknown:
    """Whole days of a duration such as "7d", "36h" or "604800s"; part of a day counts as one."""
    match = re.fullmatch(r"(\d+)([dhms])", text.strip())
    if not match:
        return Unknown(f"the duration {text!r} is not understood")
    seconds = int(match[1]) * {"d": 86400, "h": 3600, "m": 60, "s": 1}[match[2]]
    return -(-seconds // 86400)
