"""Resources that may not be made at all, because a condition is decided at deployment.

Such a resource is judged as if it were made. What it says of other resources may not hold of them.
"""

from __future__ import annotations

import msgspec

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from collectors.iac.mappers import HALF_LINKS, load_links, load_parts
from collectors.iac.mappers.alicloud.firewall import RULE as ALIYUN_RULE
from collectors.iac.mappers.aws.bucket import PARTS as BUCKET_PARTS
from collectors.iac.mappers.aws.firewall import RULES as GROUP_RULES

_BUCKETS_AND_GROUPS = frozenset({*BUCKET_PARTS, *GROUP_RULES, ALIYUN_RULE})


def in_doubt(block: Block, why: Unknown, address: str, within: str = "\0") -> Block:
    """A block of a resource at `address` that may not be made: which others it belongs to is not
    known. Where a whole stack may not be, `within` begins the addresses of its resources."""
    part = load_parts().get(block.type)
    belongs = {"bucket", *(part.arguments if part else ())}
    others = {
        name
        for name, value in block.values.items()
        if any(
            (isinstance(each, Reference) and not _is_own(each, address, within))
            or (isinstance(each, str) and name in belongs)
            for each in (value if isinstance(value, list) else [value])
        )
    }
    if not _says_of_others(block.type) or not others:
        return block
    return msgspec.structs.replace(block, values={**block.values, **dict.fromkeys(others, why)})


def _is_own(reference: Reference, address: str, within: str) -> bool:
    return reference.address == address or reference.address.startswith(within)


def _says_of_others(kind: str) -> bool:
    """Whether resources of a type change what is known of another one."""
    return kind in load_parts() or kind in load_links() | HALF_LINKS | _BUCKETS_AND_GROUPS
