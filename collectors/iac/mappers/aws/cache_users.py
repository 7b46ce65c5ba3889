"""Who signs in to a cache of ElastiCache: by a token, or as a user of its user group."""

from __future__ import annotations

from typing import Any

from collectors.aws.cache_facts import enters_freely
from collectors.aws.logic import Known, negated, some
from collectors.document import Unknown, also, then
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.aws.naming import named_one, naming_it
from collectors.iac.mappers.joins import given, items, settle

USER, USER_GROUP = "aws_elasticache_user", "aws_elasticache_user_group"
GROUP_LINK = "aws_elasticache_user_group_association"

_USER_ELSEWHERE = Unknown("a user of the cache is not part of this template")
_GROUP_ELSEWHERE = Unknown("the user group of the cache is not part of this template")
_EMPTY = Unknown("the users of the user group of the cache are not known")
_HOW = Unknown("how a user of the cache signs in is not written")
# The words of a template for what the API calls "no-password".
_FREELY = {"no-password-required", "no-password"}


def asks_who(
    project: Project, engine: str | Unknown, token: Known, block: Block, argument: str
) -> Known:
    """Whether a cache asks who connects, as collectors.aws.cache_facts tells it. `token`: whether
    it takes one; `argument` names its user groups."""
    if engine == "memcached" or isinstance(engine, Unknown):
        return engine if isinstance(engine, Unknown) else False
    if token is True:
        return True
    listed = items(block.values, argument)
    if isinstance(listed, Unknown):
        return listed
    groups = [each for each in listed if each not in (None, "")]
    doubt = also(None, *groups)
    if doubt:
        return doubt
    if not groups:
        return token
    free = some(_lets_in_freely(project, each) for each in groups)
    return some([token, negated(free)])


def _lets_in_freely(project: Project, value: Any) -> Known:
    """Whether a user group lets in somebody without a password."""
    group = named_one(project, value, "user_group_id", USER_GROUP)
    if group is None:
        return _GROUP_ELSEWHERE
    users = items(group.values, "user_ids")
    links = naming_it(project, group, "user_group_id", "user_group_id", GROUP_LINK)
    if isinstance(users, Unknown):
        return users
    members = [*users, *(each.get("user_id") for each in links.blocks)]
    return some([_enters_freely(project, each) for each in members] or [links.doubt or _EMPTY])


def _enters_freely(project: Project, value: Any) -> Known:
    user = named_one(project, value, "user_id", USER)
    if user is None:
        # The user that ElastiCache makes itself needs no password (user guide, "Role-Based Access
        # Control").
        return True if settle(project, value) == "default" else _USER_ELSEWHERE
    return free(user)


def free(user: Block) -> Known:
    """Whether a user of ElastiCache or MemoryDB is on and needs no password."""
    kind, access = _kind(user), user.read("access_string", str, "on")
    if isinstance(access, Unknown):
        return then(kind, lambda word: access if word in _FREELY else False)
    return then(kind, lambda word: enters_freely(_user(word, access)))


def _user(kind: str, access: str) -> dict[str, Any]:
    kind = "no-password" if kind in _FREELY else kind
    return {"Authentication": {"Type": kind}, "AccessString": access}


def _kind(user: Block) -> str | Unknown:
    """How a user signs in: by a password, by IAM, or without either."""
    modes = nested(user.values, "authentication_mode")
    if isinstance(modes, Unknown):
        return modes
    if modes:
        return read(modes[0], "type", str, _HOW)
    without = user.read("no_password_required", bool, False)
    if without is not False:
        return then(without, lambda _: "no-password")
    passwords = given(user.values, "passwords")
    return then(passwords, lambda yes: "password" if yes else _HOW)
