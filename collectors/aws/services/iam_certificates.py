"""Server certificates in IAM, which CloudFront of the China regions and older load balancers use.

IAM does not tell what uses one: that stands in the listeners and distributions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.cloudfront_calls import LIST_DISTRIBUTIONS
from collectors.aws.elb_calls import (
    DESCRIBE_CLASSIC_LOAD_BALANCERS,
    DESCRIBE_LISTENER_CERTIFICATES,
)
from collectors.aws.logic import Known, some
from collectors.aws.services.elbv2 import DESCRIBE_LISTENERS, DESCRIBE_LOAD_BALANCERS
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.key import Certificate
from collectors.regions import GLOBAL

CERTIFICATE = "AWS::IAM::ServerCertificate"
LIST_SERVER_CERTIFICATES = Call(
    provider="aws",
    service="iam",
    operation="ListServerCertificates",
    permission="iam:ListServerCertificates",
    scope="account",
    result="ServerCertificateMetadataList",
    paged=True,
)
LIST_TAGS = Call(
    provider="aws",
    service="iam",
    operation="ListServerCertificateTags",
    permission="iam:ListServerCertificateTags",
    scope="resource",
    result="Tags",
    paged=True,
)

_NOT_TOLD = Unknown("IAM does not tell the key of a server certificate")
_UNSEEN = Unknown("no load balancer or distribution that was read uses the certificate")

Item = dict[str, Any]
Names = set[str] | Unknown
"""Certificates in use: ARNs from load balancers, ids of IAM from distributions."""


def certificates(account: Account) -> Iterable[Document]:
    """A document for each server certificate of the account."""
    found = account.read(LIST_SERVER_CERTIFICATES)
    if isinstance(found, Unknown):
        yield account.unlisted(Certificate, found, GLOBAL, CERTIFICATE)
        return
    if not found:
        return
    used = _used(account)
    yield from account.map(lambda item: _document(account, item, used), found)


def _document(account: Account, item: Item, used: list[Names]) -> Document:
    name = item["ServerCertificateName"]
    tags = account.read(LIST_TAGS, GLOBAL, name, ServerCertificateName=name)
    return account.document(
        Certificate(
            expires=item.get("Expiration", Unknown("IAM does not tell when it expires")),
            in_use=in_use(item, used),
            algorithm=_NOT_TOLD,
            key_bits=_NOT_TOLD,
            # Somebody uploaded it, and has to do so again.
            auto_renew=False,
        ),
        id=item["Arn"],
        region=GLOBAL,
        name=name,
        tags=then(tags, tags_of),
        native_type=CERTIFICATE,
        native=item,
    )


def in_use(item: Item, used: list[Names]) -> Known:
    """Whether a certificate is among those in use. What was not seen to be used may be used all the
    same, by a load balancer of a region that was not read."""
    names = {item["Arn"], item["ServerCertificateId"]}
    found = some(then(one, lambda known: bool(names & known)) for one in used)
    return _UNSEEN if found is False else found


def _used(account: Account) -> list[Names]:
    distributions = then(account.read(LIST_DISTRIBUTIONS), of_distributions)
    listeners = [one for region in account.regions for one in _of_listeners(account, region)]
    classic = [
        then(account.read(DESCRIBE_CLASSIC_LOAD_BALANCERS, region), of_classic_load_balancers)
        for region in account.regions
    ]
    return [distributions, *classic, *listeners]


def of_distributions(found: list[Item]) -> set[str]:
    """The ids of the certificates of IAM that distributions use."""
    used = (one.get("ViewerCertificate", {}).get("IAMCertificateId") for one in found)
    return {name for name in used if name}


def of_classic_load_balancers(found: list[Item]) -> set[str]:
    """The ARNs of the certificates of classic load balancers."""
    return {
        described["Listener"]["SSLCertificateId"]
        for balancer in found
        for described in balancer["ListenerDescriptions"]
        if "SSLCertificateId" in described["Listener"]
    }


def _of_listeners(account: Account, region: str) -> list[Names]:
    balancers = account.read(DESCRIBE_LOAD_BALANCERS, region)
    if isinstance(balancers, Unknown):
        return [balancers]
    found: list[Names] = []
    for balancer in balancers:
        arn = balancer["LoadBalancerArn"]
        listeners = account.read(DESCRIBE_LISTENERS, region, arn, LoadBalancerArn=arn)
        if isinstance(listeners, Unknown):
            found.append(listeners)
            continue
        found += [
            _of_listener(account, region, one["ListenerArn"])
            for one in listeners
            if one.get("Certificates")
        ]
    return found


def _of_listener(account: Account, region: str, arn: str) -> Names:
    listed = account.read(DESCRIBE_LISTENER_CERTIFICATES, region, arn, ListenerArn=arn)
    return then(listed, lambda found: {one["CertificateArn"] for one in found})


SERVICE = Service(
    name="IAM server certificates",
    types=((Certificate, CERTIFICATE),),
    calls=(
        LIST_SERVER_CERTIFICATES,
        LIST_TAGS,
        LIST_DISTRIBUTIONS,
        DESCRIBE_CLASSIC_LOAD_BALANCERS,
        DESCRIBE_LOAD_BALANCERS,
        DESCRIBE_LISTENERS,
        DESCRIBE_LISTENER_CERTIFICATES,
    ),
    account=certificates,
)
