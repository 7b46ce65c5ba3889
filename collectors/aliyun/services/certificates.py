"""Certificates of Certificate Management Service: until when they hold, and whether they are used.

They are asked for where the service keeps those of mainland China (Hangzhou).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from collectors.aliyun.account import Account, Service
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.key import Certificate
from collectors.regions import GLOBAL

NATIVE = "ACS::CAS::Certificate"

LIST_CERTIFICATES = Call(
    provider="aliyun",
    service="cas",
    operation="ListUserCertificateOrder",
    permission="yundun-cert:ListUserCertificateOrder",
    scope="account",
    result="CertificateOrderList",
    paged=True,
)
LIST_CLOUD_RESOURCES = Call(
    provider="aliyun",
    service="cas",
    operation="ListCloudResources",
    permission="yundun-cert:ListCloudResources",
    scope="account",
    result="Data",
    paged=True,
)
_NOT_TOLD = Unknown("the API does not tell the key of the certificate")
_KEPT = ("CertificateId", "Name", "CommonName", "Sans", "Issuer", "SerialNo", "StartDate",
         "EndDate", "Expired", "Upload", "InstanceId")  # fmt: skip


def certificates(account: Account) -> Iterable[Document]:
    """A document for each certificate, issued or uploaded, expired ones too: without a status the
    API lists those that hold."""
    found: dict[str, dict[str, Any]] = {}
    for status in ({}, {"Status": "EXPIRED"}):
        listed = account.listed(LIST_CERTIFICATES, OrderType="CERT", **status)
        if isinstance(listed, Unknown):
            yield account.unlisted(Certificate, listed, GLOBAL, NATIVE)
            return
        found |= {str(one["CertificateId"]): one for one in listed}
    if not found:
        return
    used = _used(account)
    for identity, certificate in found.items():
        yield account.document(
            Certificate(
                expires=_expires(certificate.get("EndDate")),
                in_use=used if isinstance(used, Unknown) else identity in used,
                algorithm=_NOT_TOLD,
                key_bits=_NOT_TOLD,
                auto_renew=False
                if certificate.get("Upload")
                else Unknown("the API does not tell whether the certificate is renewed"),
            ),
            id=account.arn("yundun-cert", GLOBAL, f"cert/{identity}"),
            region=GLOBAL,
            name=certificate.get("Name") or identity,
            native_type=NATIVE,
            native={name: certificate[name] for name in _KEPT if name in certificate},
        )


def _used(account: Account) -> set[str] | Unknown:
    """The certificates that stand in some resource of a cloud product."""
    resources = account.listed(LIST_CLOUD_RESOURCES)
    if isinstance(resources, Unknown):
        return resources
    return {str(one["CertId"]) for one in resources if one.get("CertId")}


def _expires(day: object) -> str | Unknown:
    """The API gives a day: the certificate may end at its beginning."""
    try:
        return f"{date.fromisoformat(str(day)[:10]).isoformat()}T00:00:00Z"
    except ValueError:
        return Unknown("the API does not tell when the certificate expires")


SERVICE = Service(
    name="Certificates",
    types=((Certificate, NATIVE),),
    calls=(LIST_CERTIFICATES, LIST_CLOUD_RESOURCES),
    account=certificates,
)
