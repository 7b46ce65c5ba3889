"""Who signs in to a cluster of MemoryDB: the users of its access control list."""

from __future__ import annotations

from collectors.aws.logic import Known, negated, some
from collectors.aws.memorydb_facts import OPEN_ACCESS
from collectors.document import Unknown
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.cache_users import free
from collectors.iac.mappers.aws.naming import named_one
from collectors.iac.mappers.joins import items, settle

ACL, USER = "aws_memorydb_acl", "aws_memorydb_user"

_ACL_ELSEWHERE = Unknown("the access control list of the cluster is not part of this template")
_USER_ELSEWHERE = Unknown("a user of the access control list is not part of this template")
_EMPTY = Unknown("the users of the access control list of the cluster are not known")


def asks_who(cluster: Block, project: Project) -> Known:
    """Whether a cluster asks who connects, as collectors.aws.memorydb_facts tells it."""
    value = cluster.get("acl_name")
    if isinstance(value, Unknown):
        return value
    acl = named_one(project, value, "name", ACL)
    if acl is None:
        return False if settle(project, value) == OPEN_ACCESS else _ACL_ELSEWHERE
    users = items(acl.values, "user_names")
    if isinstance(users, Unknown):
        return users
    return negated(some(_enters_freely(project, each) for each in users)) if users else _EMPTY


def _enters_freely(project: Project, value: object) -> Known:
    if isinstance(value, Unknown):
        return value
    user = named_one(project, value, "user_name", USER)
    if user is None:
        # The user that MemoryDB makes itself needs no password (developer guide, "Authenticating
        # users with Access Control Lists").
        return True if settle(project, value) == "default" else _USER_ELSEWHERE
    return free(user)


LINK_TYPES = frozenset({ACL, USER})
