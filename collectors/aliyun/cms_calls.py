"""Calls of CloudMonitor that several services make. Its rules and contacts are the account's."""

from __future__ import annotations

from collectors.calls import Call


def _cms(operation: str, result: str, *, of_group: bool = False) -> Call:
    return Call(
        provider="aliyun",
        service="cms",
        operation=operation,
        permission=f"cms:{operation}",
        scope="resource" if of_group else "account",
        result=result,
        paged=True,
    )


DESCRIBE_METRIC_RULES = _cms("DescribeMetricRuleList", "Alarms.Alarm")
DESCRIBE_CONTACT_GROUPS = _cms("DescribeContactGroupList", "ContactGroupList.ContactGroup")
DESCRIBE_CONTACTS = _cms("DescribeContactList", "Contacts.Contact")
DESCRIBE_GROUP_INSTANCES = _cms(
    "DescribeMonitorGroupInstances", "Resources.Resource", of_group=True
)
ALARM_CALLS = (
    DESCRIBE_METRIC_RULES,
    DESCRIBE_CONTACT_GROUPS,
    DESCRIBE_CONTACTS,
    DESCRIBE_GROUP_INSTANCES,
)
"""What `resource_alarms` asks."""
