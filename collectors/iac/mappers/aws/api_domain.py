"""Custom domains of API Gateway that lead to no API of the template: what TLS they take is told
all the same."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws.api_facts import tls
from collectors.document import Document, Unknown
from collectors.facts.network import Api
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws import http_api, rest_api
from collectors.iac.mappers.aws.api_shared import DOMAINS, LINKS, domain_of
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import joined, target_of

_ELSEWHERE = Unknown("the API that the domain leads to is not part of this template")


def map_domain(block: Block, project: Project) -> Iterator[Document]:
    """A domain; one that leads to an API of the template is told with that API."""
    named = [name] if isinstance(name := block.get("domain_name"), str) else []
    links = joined(project, block, "domain_name", *LINKS, names=named, take=False)
    apis = (each.get("api_id") for each in links.blocks)
    if any(target_of(project, api, rest_api.API, http_api.API) for api in apis):
        return
    domain = domain_of(block)
    known = domain if isinstance(domain, Unknown) else {block.address: [domain]}
    facts = Api(
        authorization=_ELSEWHERE,
        public=_ELSEWHERE,
        tls=tls(None, known, block.address),
        logging=Logging.unread(_ELSEWHERE),
    )
    yield aws_document(block, project, facts)


MAPPINGS = [
    Mapping(types=DOMAINS, facts=Api, map=map_domain, joined=(*LINKS, rest_api.API, http_api.API))
]
