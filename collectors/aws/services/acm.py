"""ACM: certificates, issued by Amazon or a private authority, or imported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.key_names import key_named
from collectors.aws.logic import Known, told
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.key import Certificate

CERTIFICATE = "AWS::CertificateManager::Certificate"


def _acm(operation: str, result: str, scope: Scope = "resource", *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="acm",
        operation=operation,
        permission=f"acm:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_CERTIFICATES = _acm("ListCertificates", "CertificateSummaryList", "region", paged=True)
DESCRIBE_CERTIFICATE = _acm("DescribeCertificate", "Certificate")
LIST_TAGS = _acm("ListTagsForCertificate", "Tags")

# Without a filter the API lists RSA keys of 1024 and 2048 bits alone (API reference,
# ListCertificates).
KEY_TYPES = [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
]
# A request that no certificate came of, or not yet.
_NOT_ISSUED = {"PENDING_VALIDATION", "VALIDATION_TIMED_OUT", "FAILED"}
_KEPT = (
    "CertificateArn",
    "DomainName",
    "SubjectAlternativeNames",
    "Issuer",
    "Serial",
    "Status",
    "Type",
    "KeyAlgorithm",
    "SignatureAlgorithm",
    "NotBefore",
    "NotAfter",
    "InUseBy",
    "RenewalEligibility",
)

Item = dict[str, Any]


def certificates(account: Account, region: str) -> Iterable[Document]:
    """A document for each certificate of a region, expired and revoked ones too."""
    found = account.read(LIST_CERTIFICATES, region, Includes={"keyTypes": KEY_TYPES})
    if isinstance(found, Unknown):
        yield account.unlisted(Certificate, found, region, CERTIFICATE)
        return
    documents = account.map(lambda item: _document(account, region, item), found)
    yield from (one for one in documents if one)


def _document(account: Account, region: str, item: Item) -> Document | None:
    arn = item["CertificateArn"]
    details: Item | Unknown = account.read(DESCRIBE_CERTIFICATE, region, arn, CertificateArn=arn)
    if not isinstance(details, Unknown) and details.get("Status") in _NOT_ISSUED:
        return None
    tags = account.read(LIST_TAGS, region, arn, CertificateArn=arn)
    return account.document(
        Certificate(
            expires=then(details, lambda known: told(known, "NotAfter")),
            in_use=then(details, lambda known: in_use(known, item)),
            algorithm=then(details, lambda known: then(key_of(known), lambda key: key[0])),
            key_bits=then(details, lambda known: then(key_of(known), lambda key: key[1])),
            auto_renew=then(details, auto_renew),
        ),
        id=arn,
        region=region,
        name=item.get("DomainName", ""),
        tags=then(tags, tags_of),
        native_type=CERTIFICATE,
        native=kept(details),
    )


def kept(details: Item | Unknown) -> Item:
    """What of a certificate is kept as evidence."""
    if isinstance(details, Unknown):
        return {}
    return {key: details[key] for key in _KEPT if key in details}


def in_use(details: Item, summary: Item) -> Known:
    """Whether resources of AWS use a certificate. One that was exported may be used anywhere."""
    if details.get("InUseBy"):
        return True
    if summary.get("Exported"):
        return Unknown("the certificate was exported, and may be in use outside of AWS")
    return False


def key_of(details: Item) -> tuple[str, int] | Unknown:
    """The algorithm and size of the key."""
    return key_named(str(details.get("KeyAlgorithm")))


def auto_renew(details: Item) -> Known:
    """Whether ACM renews it: never an imported one, others while the API says that it may (they are
    in use, or were exported)."""
    if details.get("Type") == "IMPORTED":
        return False
    return then(told(details, "RenewalEligibility"), lambda known: bool(known == "ELIGIBLE"))


SERVICE = Service(
    name="Certificate Manager",
    types=((Certificate, CERTIFICATE),),
    calls=(LIST_CERTIFICATES, DESCRIBE_CERTIFICATE, LIST_TAGS),
    region=certificates,
)
