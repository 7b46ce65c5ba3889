"""aws_acm_certificate: certificates that ACM issues, and imported ones; and
aws_iam_server_certificate, which somebody uploaded to IAM."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws.key_names import key_named
from collectors.aws.logic import Known
from collectors.document import Document, Unknown, then
from collectors.facts.key import Certificate
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.aws.api_shared import DOMAIN, DOMAIN_V2
from collectors.iac.mappers.aws.balancer import LISTENERS
from collectors.iac.mappers.aws.balancer_classic import BALANCER
from collectors.iac.mappers.aws.cdn import DISTRIBUTION
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, joined, name_of, points_to
from collectors.regions import GLOBAL

CERTIFICATE, VALIDATION = "aws_acm_certificate", "aws_acm_certificate_validation"
SERVER_CERTIFICATE = "aws_iam_server_certificate"
_USES: dict[str, tuple[str, ...]] = {
    "certificate_arn": (*LISTENERS, "aws_lb_listener_certificate", DOMAIN),
    "regional_certificate_arn": (DOMAIN,),
}
"""What uses a certificate, by the argument that names it."""
_NESTED = (
    (BALANCER, "listener", "ssl_certificate_id"),
    (DISTRIBUTION, "viewer_certificate", "acm_certificate_arn"),
    (DOMAIN_V2, "domain_name_configuration", "certificate_arn"),
)
"""The same in nested blocks: type, block, argument."""
_SERVER_USES: dict[str, tuple[str, ...]] = {
    "certificate_arn": (*LISTENERS, "aws_lb_listener_certificate")
}
_SERVER_NESTED = (
    (BALANCER, "listener", "ssl_certificate_id"),
    (DISTRIBUTION, "viewer_certificate", "iam_certificate_id"),
)
"""What uses a certificate of IAM (IAM user guide, "Manage server certificates in IAM")."""
_DEFAULT_KEY = "RSA_2048"
"""What ACM makes unless told otherwise (ACM API reference, RequestCertificate)."""
_ISSUED = Unknown("the certificate is issued after apply")
_IMPORTED = Unknown("what is in an imported certificate is not read from templates")
_UNUSED = Unknown("nothing in this template uses the certificate")


def map_certificate(block: Block, project: Project) -> Iterator[Document]:
    """A certificate. Its end is told by no template: ACM issues it later, or it is imported."""
    imported = given(block.values, "certificate_body", "private_key")
    key = then(_key_name(block, imported), key_named)
    used = _used(block, project, _USES, _NESTED)
    facts = Certificate(
        expires=_IMPORTED if imported is True else _ISSUED,
        in_use=used,
        algorithm=then(key, lambda known: known[0]),
        key_bits=then(key, lambda known: known[1]),
        auto_renew=_renewed(imported, used),
    )
    yield aws_document(block, project, facts, name=name_of(block, "domain_name"))


def _key_name(block: Block, imported: Known) -> str | Unknown:
    if imported is not False:
        return imported if isinstance(imported, Unknown) else _IMPORTED
    return block.read("key_algorithm", str, _DEFAULT_KEY)


def _renewed(imported: Known, used: Known) -> Known:
    """ACM renews what it issued while it is in use, and never imported ones (ACM user guide,
    "Managed certificate renewal")."""
    return then(imported, lambda yes: False if yes else used)


def map_server_certificate(block: Block, project: Project) -> Iterator[Document]:
    """A certificate of IAM, which somebody has to upload again before it ends."""
    facts = Certificate(
        expires=_IMPORTED,
        in_use=_used(block, project, _SERVER_USES, _SERVER_NESTED),
        algorithm=_IMPORTED,
        key_bits=_IMPORTED,
        auto_renew=False,
    )
    yield aws_document(block, project, facts, region=GLOBAL)


def _used(
    block: Block,
    project: Project,
    uses: dict[str, tuple[str, ...]],
    inner: tuple[tuple[str, str, str], ...],
) -> Known:
    for argument, kinds in uses.items():
        if joined(project, block, argument, *kinds).blocks:
            return True
    return True if any(_names(block, project, *one) for one in inner) else _UNUSED


def _names(block: Block, project: Project, kind: str, part: str, argument: str) -> bool:
    for each in project.of_type(kind):
        inner = nested(each.values, part)
        listed = [] if isinstance(inner, Unknown) else inner
        if any(points_to(project, values.get(argument), block) for values in listed):
            return True
    return False


MAPPINGS = [
    Mapping(
        types=(CERTIFICATE,),
        facts=Certificate,
        map=map_certificate,
        joined=(
            *dict.fromkeys(kind for kinds in _USES.values() for kind in kinds),
            *(kind for kind, _, _ in _NESTED),
            VALIDATION,
        ),
    ),
    Mapping(
        types=(SERVER_CERTIFICATE,),
        facts=Certificate,
        map=map_server_certificate,
        joined=(*_SERVER_USES["certificate_arn"], BALANCER, DISTRIBUTION),
    ),
]

LINK_TYPES = frozenset(
    {
        "aws_acm_certificate_validation",
        "aws_lb_listener_certificate",
    }
)
