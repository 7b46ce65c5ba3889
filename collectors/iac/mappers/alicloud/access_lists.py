"""Who may reach a listener of a load balancer: by its access lists (alicloud_slb_acl,
alicloud_alb_acl), whose entries may stand beside them, or by the balancer's security groups."""

from __future__ import annotations

from typing import Any, cast

from collectors.aliyun.nat import EVERYWHERE
from collectors.document import Unknown, also, then
from collectors.iac.blocks import Block, Project, Reference, nested, read
from collectors.iac.mappers.alicloud.shared import word
from collectors.iac.mappers.joins import given, items, joined, target_of

CLB_LIST, CLB_ENTRY = "alicloud_slb_acl", "alicloud_slb_acl_entry_attachment"
ALB_LIST, ALB_ENTRY = "alicloud_alb_acl", "alicloud_alb_acl_entry_attachment"
ALB_LINK = "alicloud_alb_listener_acl_attachment"
ALB_GROUPS = "alicloud_alb_load_balancer_security_group_attachment"

_ELSEWHERE = Unknown("the listener's access list is not part of this template")
_EMPTY = Unknown("the listener's access list has no entries in this template")
_NO_ENTRY = Unknown("an entry of the access list gives no address")
_NO_USE = Unknown("the listener does not say what its access list is for")
_BY_GROUPS = Unknown("the security groups of the balancer decide who reaches it")
_LISTS = {CLB_LIST: ("entry_list", CLB_ENTRY), ALB_LIST: ("acl_entries", ALB_ENTRY)}
"""The argument of a list's entries, and the type of entries that stand alone."""


def clb_sources(listener: Block, project: Project) -> list[str] | Unknown:
    """Who may reach a listener of a classic load balancer: everybody, unless a list is on."""
    closed = word(listener.values, "acl_status", ("on",), False)
    if closed is not True:
        return also(closed) or list(EVERYWHERE)
    use = listener.read("acl_type", str, _NO_USE)
    return _admitted(project, CLB_LIST, use, _named(listener.values))


def alb_sources(listener: Block, balancer: Block, project: Project) -> list[str] | Unknown:
    """Who may reach a listener of an application load balancer: whom its lists admit, else whom the
    security groups of the balancer do."""
    found = _of_alb_lists(listener, project)
    if found != EVERYWHERE:
        return found
    links = joined(project, balancer, "load_balancer_id", ALB_GROUPS)
    # No argument of Terraform's, but a property of ROS's.
    own = given(balancer.values, "security_group_ids")
    if links.blocks or own is True:
        return _BY_GROUPS
    return links.doubt or also(own) or found


def _of_alb_lists(listener: Block, project: Project) -> list[str] | Unknown:
    links = joined(project, listener, "listener_id", ALB_LINK)
    inline = nested(listener.values, "acl_config")
    if isinstance(inline, Unknown):
        return inline
    named: list[tuple[dict[str, Any], list[Any] | Unknown]] = [
        (each.values, _named(each.values)) for each in links.blocks
    ]
    for config in inline:
        relations = nested(config, "acl_relations")
        lists = then(relations, lambda all_: [each.get("acl_id") for each in all_])
        named.append((config, lists))
    found: list[Any] = []
    for values, lists in named:
        told = _admitted(project, ALB_LIST, read(values, "acl_type", str, _NO_USE), lists)
        found += told if isinstance(told, list) else [told]
    if not found:
        return links.doubt or list(EVERYWHERE)
    return found + ([links.doubt] if links.doubt else [])


def _named(values: dict[str, Any]) -> list[Any] | Unknown:
    """The lists that an argument names, one or several."""
    value = values.get("acl_id")
    return [value] if isinstance(value, Reference) else items(values, "acl_id")


def _admitted(
    project: Project, kind: str, use: str | Unknown, lists: list[Any] | Unknown
) -> list[str] | Unknown:
    """Those who are in the lists, or everybody where these are of those who may not."""
    if isinstance(use, Unknown) or isinstance(lists, Unknown):
        return also(use, lists) or _NO_USE
    if use.lower() != "white":
        return list(EVERYWHERE)
    found = [each for value in lists for each in _entries(project, kind, value)]
    return cast("list[str]", found) or _EMPTY


def _entries(project: Project, kind: str, value: Any) -> list[Any]:
    """The addresses of a list; a doubt stands among them."""
    target = target_of(project, value, kind)
    if target is None:
        return [value if isinstance(value, Unknown) else _ELSEWHERE]
    argument, entry = _LISTS[kind]
    own = nested(target.values, argument)
    if isinstance(own, Unknown):
        return [own]
    beside = joined(project, target, "acl_id", entry)
    found: list[Any] = [read(each, "entry", str, _NO_ENTRY) for each in own]
    found += [each.read("entry", str, _NO_ENTRY) for each in beside.blocks]
    return [*found, beside.doubt] if beside.doubt else found
