"""AppSync: GraphQL APIs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.graphql_facts import authorization, graphql_tls, is_open, log_group
from collectors.aws.log_delivery import GROUP_CALLS, to_log_group
from collectors.aws.logic import told
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.network import Api
from collectors.facts.shared import Logging

API = "AWS::AppSync::GraphQLApi"
LIST_APIS = Call(
    provider="aws",
    service="appsync",
    operation="ListGraphqlApis",
    permission="appsync:ListGraphqlApis",
    scope="region",
    result="graphqlApis",
    paged=True,
    not_everywhere=True,
)

_KEPT = (
    "apiId",
    "arn",
    "apiType",
    "authenticationType",
    "additionalAuthenticationProviders",
    "visibility",
    "logConfig",
    "wafWebAclArn",
)

Item = dict[str, Any]


def apis(account: Account, region: str) -> Iterable[Document]:
    """A document for each GraphQL API of a region."""
    found = account.read(LIST_APIS, region)
    if found is None:
        return
    if isinstance(found, Unknown):
        yield account.unlisted(Api, found, region, API)
        return
    yield from (_document(account, region, item) for item in found)


def _document(account: Account, region: str, item: Item) -> Document:
    others = item.get("additionalAuthenticationProviders") or []
    modes = [told(one, "authenticationType") for one in (item, *others)]
    return account.document(
        Api(
            authorization=authorization(modes),
            # It is public unless told otherwise (API reference, GraphqlApi).
            public=is_open(item.get("visibility", "GLOBAL")),
            tls=graphql_tls(),
            logging=_logging(account, region, item),
        ),
        id=item["arn"],
        region=region,
        name=item["name"],
        tags=item.get("tags") or {},
        native_type=API,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _logging(account: Account, region: str, item: Item) -> Logging:
    """Requests are logged where there is a configuration of logs, whatever it says of fields."""
    if not item.get("logConfig"):
        return Logging.off()
    return to_log_group(account, region, log_group(item["apiId"]))


SERVICE = Service(
    name="AppSync",
    types=((Api, API),),
    calls=(LIST_APIS, *GROUP_CALLS),
    region=apis,
)
