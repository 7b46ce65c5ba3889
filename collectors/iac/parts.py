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
from msgspec import Struct

from collectors.document import Document, Provider, Unknown, document
from collectors.iac.blocks import (
    NOT_GIVEN,
    Block,
    Mapping,
    OpenArguments,
    Project,
    Reference,
)
from collectors.iac.mappers import PROVIDERS


class Part(Struct, frozen=True):
    """How a resource belongs to another: by which argument (the first that is given counts) to a
    resource of which type. `assumed` are arguments of that resource which its part alone implies,
    or whose worse value is taken so that the part is judged; `no_more` are types of which nothing
    further is taken to belong to it."""

    parent: str
    arguments: tuple[str, ...]
    assumed: dict[str, Any] = {}
    no_more: tuple[str, ...] = ()


_OSS, _POLAR = "alicloud_oss_bucket", "alicloud_polardb_cluster"
_STORAGE, _MSSQL = "azurerm_storage_account", "azurerm_mssql_server"

# A firewall rule is judged as that of a server which the internet reaches: the default of each.
_REACHED: dict[str, Any] = {
    "public_network_access_enabled": True,
    "public_network_access": "Enabled",
    "delegated_subnet_id": None,
    "subnet_id": None,
}

PARTS: dict[str, Part] = {
    # A listener is judged as a public balancer's, which AWS makes unless told otherwise.
    **dict.fromkeys(
        ("aws_lb_listener", "aws_alb_listener"),
        Part("aws_lb", ("load_balancer_arn",), {"internal": False}),
    ),
    "aws_ami_launch_permission": Part("aws_ami", ("image_id",)),
    **dict.fromkeys(
        ("aws_api_gateway_method", "aws_api_gateway_rest_api_policy", "aws_api_gateway_stage"),
        Part("aws_api_gateway_rest_api", ("rest_api_id",)),
    ),
    **dict.fromkeys(
        ("aws_apigatewayv2_route", "aws_apigatewayv2_stage"),
        Part("aws_apigatewayv2_api", ("api_id",)),
    ),
    "aws_backup_selection": Part("aws_backup_plan", ("plan_id",)),
    "aws_backup_vault_lock_configuration": Part("aws_backup_vault", ("backup_vault_name",)),
    "aws_backup_vault_policy": Part("aws_backup_vault", ("backup_vault_name",)),
    "aws_config_configuration_recorder_status": Part(
        "aws_config_configuration_recorder", ("name",)
    ),
    "aws_db_instance_automated_backups_replication": Part(
        "aws_db_instance", ("source_db_instance_arn",)
    ),
    "aws_eks_node_group": Part("aws_eks_cluster", ("cluster_name",)),
    "aws_elasticsearch_domain_policy": Part("aws_elasticsearch_domain", ("domain_name",)),
    "aws_dynamodb_resource_policy": Part("aws_dynamodb_table", ("resource_arn",)),
    "aws_flow_log": Part("aws_vpc", ("vpc_id",)),
    "aws_iam_access_key": Part("aws_iam_user", ("user",)),
    "aws_iam_role_policy_attachment": Part("aws_iam_role", ("role",)),
    "aws_iam_user_login_profile": Part("aws_iam_user", ("user",)),
    "aws_iam_user_policy_attachment": Part("aws_iam_user", ("user",)),
    "aws_guardduty_detector_feature": Part("aws_guardduty_detector", ("detector_id",)),
    **dict.fromkeys(
        ("aws_lambda_function_url", "aws_lambda_permission"),
        Part("aws_lambda_function", ("function_name",)),
    ),
    **dict.fromkeys(
        (
            "aws_ec2_transit_gateway_peering_attachment",
            "aws_ec2_transit_gateway_vpc_attachment",
        ),
        Part("aws_ec2_transit_gateway", ("transit_gateway_id",)),
    ),
    "aws_ecr_repository_policy": Part("aws_ecr_repository", ("repository",)),
    **dict.fromkeys(
        ("aws_efs_backup_policy", "aws_efs_file_system_policy", "aws_efs_mount_target"),
        Part("aws_efs_file_system", ("file_system_id",)),
    ),
    "aws_efs_replication_configuration": Part("aws_efs_file_system", ("source_file_system_id",)),
    "aws_opensearch_domain_policy": Part("aws_opensearch_domain", ("domain_name",)),
    "aws_redshift_logging": Part("aws_redshift_cluster", ("cluster_identifier",)),
    "aws_redshift_snapshot_copy": Part("aws_redshift_cluster", ("cluster_identifier",)),
    "aws_msk_cluster_policy": Part("aws_msk_cluster", ("cluster_arn",)),
    "aws_secretsmanager_secret_policy": Part("aws_secretsmanager_secret", ("secret_arn",)),
    "aws_secretsmanager_secret_rotation": Part("aws_secretsmanager_secret", ("secret_id",)),
    "aws_sns_topic_policy": Part("aws_sns_topic", ("arn",)),
    "aws_sqs_queue_policy": Part("aws_sqs_queue", ("queue_url",)),
    # AWS's own keys take no policy from a template.
    "aws_kms_key_policy": Part("aws_kms_key", ("key_id",), {"xks_key_id": None}),
    # An ACL that gets a rule from elsewhere is taken for one that a subnet uses.
    "aws_network_acl_rule": Part(
        "aws_network_acl",
        ("network_acl_id",),
        {"subnet_ids": ["elsewhere"], "ingress": [], "egress": []},
        ("aws_network_acl_association",),
    ),
    "aws_snapshot_create_volume_permission": Part("aws_ebs_snapshot", ("snapshot_id",)),
    "azurerm_function_app_function": Part("azurerm_linux_function_app", ("function_app_id",)),
    "aws_wafv2_web_acl_logging_configuration": Part("aws_wafv2_web_acl", ("resource_arn",)),
    "azurerm_mssql_database_extended_auditing_policy": Part(
        "azurerm_mssql_database", ("database_id",)
    ),
    "azurerm_mssql_firewall_rule": Part(_MSSQL, ("server_id",), _REACHED),
    "azurerm_mssql_managed_instance_transparent_data_encryption": Part(
        "azurerm_mssql_managed_instance", ("managed_instance_id",)
    ),
    "azurerm_mssql_server_extended_auditing_policy": Part(_MSSQL, ("server_id",)),
    "azurerm_mssql_server_transparent_data_encryption": Part(_MSSQL, ("server_id",)),
    **{
        f"azurerm_{engine}_flexible_server_{kind}": Part(
            f"azurerm_{engine}_flexible_server",
            (argument,),
            _REACHED if kind == "firewall_rule" else {},
        )
        for engine, argument in (("mysql", "server_name"), ("postgresql", "server_id"))
        for kind in ("firewall_rule", "configuration")
    },
    "azurerm_mysql_firewall_rule": Part("azurerm_mysql_server", ("server_name",), _REACHED),
    "azurerm_postgresql_firewall_rule": Part(
        "azurerm_postgresql_server", ("server_name",), _REACHED
    ),
    "azurerm_redis_firewall_rule": Part(
        "azurerm_redis_cache", ("redis_cache_name",), _REACHED
    ),
    **{
        f"{_STORAGE}_{kind}": Part(_STORAGE, ("storage_account_id", "storage_account_name"))
        for kind in ("customer_managed_key", "network_rules", "static_website")
    },
    # A public container is judged as one that the internet reaches: the default of an account.
    "azurerm_storage_container": Part(
        _STORAGE,
        ("storage_account_id", "storage_account_name"),
        {"public_network_access_enabled": True, "network_rules": []},
        (f"{_STORAGE}_network_rules",),
    ),
    "azurerm_storage_management_policy": Part(_STORAGE, ("storage_account_id",)),
    "alicloud_alb_listener": Part(
        "alicloud_alb_load_balancer", ("load_balancer_id",), {"address_type": "Internet"}
    ),
    "alicloud_alb_load_balancer_access_log_config_attachment": Part(
        "alicloud_alb_load_balancer", ("load_balancer_id",)
    ),
    "alicloud_slb_listener": Part(
        "alicloud_slb_load_balancer", ("load_balancer_id",), {"address_type": "internet"}
    ),
    "alicloud_db_backup_policy": Part("alicloud_db_instance", ("instance_id",)),
    "alicloud_db_connection": Part("alicloud_db_instance", ("instance_id",)),
    "alicloud_kvstore_audit_log_config": Part("alicloud_kvstore_instance", ("instance_id",)),
    "alicloud_kvstore_connection": Part("alicloud_kvstore_instance", ("instance_id",)),
    "alicloud_mongodb_audit_policy": Part("alicloud_mongodb_instance", ("db_instance_id",)),
    "alicloud_mongodb_public_network_address": Part(
        "alicloud_mongodb_instance", ("db_instance_id",)
    ),
    "alicloud_mongodb_sharding_network_public_address": Part(
        "alicloud_mongodb_sharding_instance", ("db_instance_id",)
    ),
    **{
        f"{_OSS}_{kind}": Part(_OSS, ("bucket",))
        for kind in (
            "acl", "data_redundancy_transition", "https_config", "logging", "policy",
            "public_access_block", "referer", "replication", "server_side_encryption",
            "transfer_acceleration", "versioning", "worm",
        )
    },
    **{
        f"alicloud_polardb_{kind}": Part(_POLAR, ("db_cluster_id",))
        for kind in ("backup_policy", "endpoint", "endpoint_address", "primary_endpoint")
    },
    **{
        f"alicloud_ram_{kind}_policy_attachment": Part(f"alicloud_ram_{kind}", (f"{kind}_name",))
        for kind in ("role", "user")
    },
    "alicloud_adb_connection": Part("alicloud_adb_db_cluster", ("db_cluster_id",)),
    "alicloud_cdn_domain_config": Part("alicloud_cdn_domain_new", ("domain_name",)),
    "alicloud_cdn_real_time_log_delivery": Part("alicloud_cdn_domain_new", ("domain",)),
    "alicloud_dcdn_domain_config": Part("alicloud_dcdn_domain", ("domain_name",)),
    "alicloud_nlb_listener": Part(
        "alicloud_nlb_load_balancer", ("load_balancer_id",), {"address_type": "Internet"}
    ),
    "alicloud_cen_instance_attachment": Part("alicloud_cen_instance", ("instance_id",)),
    "alicloud_network_acl_entries": Part("alicloud_network_acl", ("network_acl_id",)),
    "alicloud_vpn_connection": Part("alicloud_vpn_gateway", ("vpn_gateway_id",)),
    "alicloud_cs_kubernetes_node_pool": Part("alicloud_cs_managed_kubernetes", ("cluster_id",)),
    "alicloud_fc_trigger": Part("alicloud_fc_function", ("function",)),
    "alicloud_fcv3_trigger": Part("alicloud_fcv3_function", ("function_name",)),
    "alicloud_nas_mount_target": Part("alicloud_nas_file_system", ("file_system_id",)),
    "alicloud_ram_access_key": Part("alicloud_ram_user", ("user_name",)),
    "alicloud_ram_login_profile": Part("alicloud_ram_user", ("user_name",)),
    "alicloud_vpc_flow_log": Part("alicloud_vpc", ("resource_id",)),
    "azurerm_kubernetes_cluster_node_pool": Part(
        "azurerm_kubernetes_cluster", ("kubernetes_cluster_id",)
    ),
    "azurerm_virtual_network_gateway_connection": Part(
        "azurerm_virtual_network_gateway", ("virtual_network_gateway_id",)
    ),
    **{
        f"azurerm_lb_{kind}": Part("azurerm_lb", ("loadbalancer_id",))
        for kind in ("nat_pool", "nat_rule", "rule")
    },
}  # fmt: skip
"""Parts that say something of the resource that they belong to, wherever that stands."""

_ATTACHMENT = "aws_iam_policy_attachment"
_HOLDERS = {"roles": Part("aws_iam_role", ("roles",)), "users": Part("aws_iam_user", ("users",))}

LINKS = frozenset(
    {
        "alicloud_alb_listener_acl_attachment", "alicloud_alb_security_policy",
        "alicloud_cms_alarm_contact_group", "alicloud_common_bandwidth_package_attachment",
        "alicloud_cr_ee_instance", "alicloud_cr_endpoint_acl_policy",
        "alicloud_cr_internet_endpoint", "alicloud_cr_scan_rule", "alicloud_nlb_security_policy",
        "alicloud_nlb_load_balancer_security_group_attachment",
        "alicloud_disk_attachment", "alicloud_ecs_auto_snapshot_policy",
        "alicloud_ecs_auto_snapshot_policy_attachment", "alicloud_ecs_disk_attachment",
        "alicloud_ecs_disk_encryption_by_default", "alicloud_ecs_key_pair_attachment",
        "alicloud_ecs_network_interface", "alicloud_ecs_network_interface_attachment",
        "alicloud_fc_custom_domain", "alicloud_fc_service", "alicloud_fcv3_custom_domain",
        "alicloud_forward_entry", "alicloud_hbr_policy_binding", "alicloud_nas_access_group",
        "alicloud_image_share_permission",
        "alicloud_nas_access_rule", "alicloud_network_acl_attachment",
        "alicloud_network_interface",
        "alicloud_network_interface_attachment",
        "alicloud_ecs_ram_role_attachment", "alicloud_eip_association",
        "alicloud_key_pair_attachment", "alicloud_kms_alias", "alicloud_log_project",
        "alicloud_ram_group_membership", "alicloud_ram_group_policy_attachment",
        "alicloud_ram_role_attachment",
        "alicloud_ram_user_group_attachment", "alicloud_resource_manager_policy_attachment",
        "alicloud_route_entry", "alicloud_route_table", "alicloud_route_table_attachment",
        "alicloud_snapshot_policy", "alicloud_snat_entry", "alicloud_vpc_ipv4_cidr_block",
        "alicloud_vpc_network_acl_attachment",
        "aws_acm_certificate_validation", "aws_lb_listener_certificate",
        "aws_alb_listener_rule", "aws_lb_listener_rule", "aws_wafv2_ip_set",
        "aws_autoscaling_attachment", "aws_autoscaling_group", "aws_elb_attachment",
        "aws_wafv2_web_acl_rule", "aws_wafv2_web_acl_rule_group_association",
        "aws_api_gateway_base_path_mapping", "aws_api_gateway_deployment",
        "aws_api_gateway_domain_name", "aws_api_gateway_rest_api_put",
        "aws_apigatewayv2_api_mapping",
        "aws_apigatewayv2_domain_name",
        "aws_backup_region_settings", "aws_cloudwatch_event_rule", "aws_cloudwatch_event_target",
        "aws_cloudwatch_log_metric_filter", "aws_dlm_lifecycle_policy",
        "aws_db_option_group", "aws_db_parameter_group", "aws_db_subnet_group",
        "aws_docdb_cluster_parameter_group", "aws_docdb_subnet_group",
        "aws_dynamodb_global_table",
        "aws_ebs_default_kms_key", "aws_ec2_instance_metadata_defaults",
        "aws_ec2_managed_prefix_list", "aws_eip", "aws_eip_association",
        "aws_elasticache_global_replication_group", "aws_elasticache_subnet_group",
        "aws_elasticache_user", "aws_elasticache_user_group",
        "aws_elasticache_user_group_association",
        "aws_iam_group_membership", "aws_iam_group_policy_attachment",
        "aws_default_route_table", "aws_iam_user_group_membership",
        "aws_internet_gateway_attachment", "aws_kms_alias",
        "aws_main_route_table_association", "aws_nat_gateway",
        "aws_networkfirewall_firewall_policy", "aws_networkfirewall_rule_group",
        "aws_vpn_connection_route", "aws_vpn_gateway",
        "aws_lb_ssl_negotiation_policy", "aws_load_balancer_listener_policy",
        "aws_load_balancer_policy",
        "aws_neptune_cluster_parameter_group", "aws_neptune_subnet_group",
        "aws_network_acl_association", "aws_network_interface", "aws_network_interface_attachment",
        "aws_network_interface_sg_attachment", "aws_rds_cluster_parameter_group", "aws_route",
        "aws_redshift_parameter_group", "aws_redshift_subnet_group",
        "aws_route_table", "aws_route_table_association", "aws_sns_topic_subscription",
        "aws_volume_attachment",
        "aws_vpc_endpoint", "aws_vpc_endpoint_route_table_association",
        "aws_vpc_endpoint_subnet_association",
        "aws_vpc_ipv4_cidr_block_association", "aws_wafv2_web_acl_association",
        "azurerm_app_service_slot_virtual_network_swift_connection",
        "azurerm_app_service_virtual_network_swift_connection",
        "azurerm_backup_protected_vm", "azurerm_management_lock",
        "azurerm_key_vault_access_policy", "azurerm_log_analytics_workspace_table",
        "azurerm_network_interface", "azurerm_network_interface_security_group_association",
        "azurerm_private_endpoint",
        "azurerm_subnet_network_security_group_association",
        "azurerm_virtual_machine_data_disk_attachment",
        "azurerm_network_watcher_flow_log", "azurerm_route", "azurerm_route_table",
        "azurerm_subnet_route_table_association",
        "azurerm_firewall_policy", "azurerm_firewall_policy_rule_collection_group",
        "azurerm_firewall_nat_rule_collection", "azurerm_local_network_gateway",
        "azurerm_lb_backend_address_pool", "azurerm_lb_backend_address_pool_address",
        "azurerm_network_interface_backend_address_pool_association",
        "azurerm_network_interface_nat_rule_association",
        "azurerm_nat_gateway_public_ip_association",
        "azurerm_backup_protected_file_share",
        "azurerm_data_protection_backup_instance_blob_storage",
        "azurerm_data_protection_backup_instance_disk",
        "azurerm_data_protection_backup_vault_customer_managed_key",
        "azurerm_eventhub_namespace_customer_managed_key",
        "azurerm_servicebus_namespace_customer_managed_key",
        "azurerm_cdn_frontdoor_custom_domain", "azurerm_cdn_frontdoor_profile",
        "azurerm_cdn_frontdoor_route", "azurerm_cdn_frontdoor_security_policy",
        "azurerm_shared_image_gallery",
        "azurerm_api_management", "azurerm_api_management_product",
        "azurerm_api_management_product_api",
    }
)  # fmt: skip
"""Types that say nothing of any resource alone: they link two, or wait to be named by one."""


NOT_JUDGED = frozenset({"alicloud_db_readonly_instance"})
"""Types that are resources of their own and that mappings only count as copies of another one: they
stand among the types that were not looked at even where one took them."""

HALF_LINKS = frozenset(
    {"azurerm_monitor_diagnostic_setting", "azurerm_security_center_subscription_pricing"}
)
"""Types of which those that their mapping makes no document of decide nothing alone."""

_BY_TYPE = frozenset({"is_default"})
"""Facts that mappings tell by the type of the resource, which is not known of a parent."""


def is_link(block: Block) -> bool:
    """Whether a resource that no mapping took is left to the list of what was not looked at: it
    decides nothing alone, or is a flow log of less than a VPC."""
    if block.type == "aws_flow_log":
        return block.values.get("vpc_id") is None
    if block.type == "alicloud_vpc_flow_log":
        return block.values.get("resource_type") in {"VSwitch", "NetworkInterface"}
    return block.type in LINKS | NOT_JUDGED | HALF_LINKS


def part_of(block: Block) -> Part | None:
    """How the resource belongs to another one; a policy's attachment to those whom it names."""
    if block.type == _ATTACHMENT:
        given = next((name for name in _HOLDERS if block.values.get(name)), "roles")
        return _HOLDERS[given]
    return PARTS.get(block.type)


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


def _argument(block: Block, part: Part) -> str:
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
    return found or unread(first, owner, reason, project.account)


def _may_belong(block: Block, part: Part, project: Project, owner: Mapping) -> bool:
    """Whether the part may belong to a resource that is in the template."""
    return isinstance(block.get(_argument(block, part)), Unknown) and bool(
        project.of_type(*owner.types)
    )


def _joining(kind: str, mappings: dict[str, Mapping]) -> Mapping:
    return next(each for each in mappings.values() if kind in each.joined)


def _of_parent(
    blocks: list[Block], part: Part, project: Project, owner: Mapping, reason: Unknown
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
    made = owner.map(parent, Project([parent, *around, *others], project.account))
    return next((_renamed(each, first, reason) for each in made if each.type == kind), None)


def _pointing(block: Block, parent: Block, part: Part) -> Block:
    values = {**block.values, _argument(block, part): Reference(parent.address)}
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
