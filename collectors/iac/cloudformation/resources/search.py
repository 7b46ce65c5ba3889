"""Domains of OpenSearch and Elasticsearch. Source: CloudFormation template reference, Amazon
OpenSearch Service and Amazon Elasticsearch Service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.search import DOMAIN, OLD_DOMAIN
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_NAMES = {
    "DomainName": "domain_name",
    "EngineVersion": "engine_version",
    "ElasticsearchVersion": "elasticsearch_version",
    "AccessPolicies": "access_policies",
    "IPAddressType": "ip_address_type",
}
_PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "VPCOptions": (
        "vpc_options",
        {"SubnetIds": "subnet_ids", "SecurityGroupIds": "security_group_ids"},
    ),
    "EncryptionAtRestOptions": (
        "encrypt_at_rest",
        {"Enabled": "enabled", "KmsKeyId": "kms_key_id"},
    ),
    "AdvancedSecurityOptions": (
        "advanced_security_options",
        {"Enabled": "enabled", "AnonymousAuthEnabled": "anonymous_auth_enabled"},
    ),
    "DomainEndpointOptions": (
        "domain_endpoint_options",
        {"EnforceHTTPS": "enforce_https", "TLSSecurityPolicy": "tls_security_policy"},
    ),
    "ClusterConfig": ("cluster_config", {"ZoneAwarenessEnabled": "zone_awareness_enabled"}),
    "ElasticsearchClusterConfig": (
        "cluster_config",
        {"ZoneAwarenessEnabled": "zone_awareness_enabled"},
    ),
    "SoftwareUpdateOptions": (
        "software_update_options",
        {"AutoSoftwareUpdateEnabled": "auto_software_update_enabled"},
    ),
}
_LOG = {"CloudWatchLogsLogGroupArn": "cloudwatch_log_group_arn", "Enabled": "enabled"}
_HTTPS = Unknown("the template does not write whether the endpoint refuses plaintext")
_ON = Unknown("the template does not write whether the log is on")


def domain(kind: str) -> Translation:
    """A domain of either kind."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = renamed(resource.properties, _NAMES)
        for name, (argument, names) in _PARTS.items():
            if resource.get(name) is not None:
                values[argument] = part(resource.get(name), names)
        endpoint = values.get("domain_endpoint_options")
        if isinstance(endpoint, dict):
            # Terraform's default is not CloudFormation's.
            endpoint.setdefault("enforce_https", _HTTPS)
        values["log_publishing_options"] = _logs(resource.get("LogPublishingOptions"))
        yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})

    return translate


def _logs(given: Any) -> Any:
    """The published logs, which stand there by their kinds."""
    if not isinstance(given, dict):
        return given
    return [
        {"enabled": _ON, **part(each, _LOG), "log_type": kind} if isinstance(each, dict) else each
        for kind, each in given.items()
    ]


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Elasticsearch::Domain": domain(OLD_DOMAIN),
    "AWS::OpenSearchService::Domain": domain(DOMAIN),
}
