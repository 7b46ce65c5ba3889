"""aws_appsync_graphql_api."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws.graphql_facts import authorization, graphql_tls, is_open
from collectors.document import Document, Unknown, then
from collectors.facts.network import Api
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.log_target import to_group_named
from collectors.iac.mappers.aws.shared import aws_document

API = "aws_appsync_graphql_api"

_NO_MODE = Unknown("the API gives no authentication_type")
_NAME = Unknown("the log group has the id of the API in its name, which AppSync chooses")


def map_api(block: Block, project: Project) -> Iterator[Document]:
    """A GraphQL API, which is public unless told otherwise (API reference, CreateGraphqlApi)."""
    facts = Api(
        authorization=authorization(_modes(block)),
        public=then(block.read("visibility", str, "GLOBAL"), is_open),
        tls=graphql_tls(),
        logging=_logging(block, project),
    )
    yield aws_document(block, project, facts)


def _modes(block: Block) -> list[str | Unknown]:
    others = nested(block.values, "additional_authentication_provider")
    if isinstance(others, Unknown):
        return [others]
    every = (block.values, *others)
    return [read(values, "authentication_type", str, _NO_MODE) for values in every]


def _logging(block: Block, project: Project) -> Logging:
    """On where it is configured, as collectors.aws.services.appsync says."""
    written = nested(block.values, "log_config")
    if isinstance(written, Unknown):
        return Logging.unread(written)
    return to_group_named(project, block, _NAME) if written else Logging.off()


MAPPINGS = [Mapping(types=(API,), facts=Api, map=map_api)]
