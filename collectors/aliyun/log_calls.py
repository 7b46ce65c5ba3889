"""Calls of Log Service (SLS). Its RAM actions begin with `log:`."""

from __future__ import annotations

from collectors.calls import Call, Scope


def _call(
    operation: str, result: str = "", scope: Scope = "resource", absent: tuple[str, ...] = ()
) -> Call:
    return Call(
        provider="aliyun",
        service="sls",
        operation=operation,
        permission=f"log:{operation}",
        scope=scope,
        result=result,
        absent=absent,
    )


LIST_PROJECTS = _call("ListProject", "projects", "region")
GET_PROJECT_POLICY = _call("GetProjectPolicy")
"""The policy as a document or as its text; null for a project without one."""
LIST_LOGSTORES = _call("ListLogStores", "logstores")
GET_LOGSTORE = _call("GetLogStore")
LIST_ALERTS = _call("ListAlerts", "results")
LIST_TAGS = _call("ListTagResources", "tagResources")
GET_RESOURCE_RECORD = _call("GetResourceRecord", "value", absent=("ResourceRecordNotExist",))
"""People, groups and action policies of alerts: records of the account, kept in one region."""
