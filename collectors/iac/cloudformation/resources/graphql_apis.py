"""GraphQL APIs. Source: CloudFormation template reference, AWS AppSync."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.graphql_api import API
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags

_MODE = {"AuthenticationType": "authentication_type"}
_LOG = {"CloudWatchLogsRoleArn": "cloudwatch_logs_role_arn", "FieldLogLevel": "field_log_level"}


def api(resource: Resource) -> Iterator[Block]:
    """A GraphQL API."""
    values = renamed(resource.properties, {"Name": "name", "Visibility": "visibility", **_MODE}) | {
        "additional_authentication_provider": parts(
            resource.get("AdditionalAuthenticationProviders"), _MODE
        ),
        "log_config": part(resource.get("LogConfig"), _LOG),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(API, values)


TRANSLATIONS: dict[str, Translation] = {"AWS::AppSync::GraphQLApi": api}
