"""What certificates of App Service tell. Pure; templates and live certificates alike."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.facts.key import Certificate
from collectors.logic import Known, some

_NOT_TOLD = Unknown("App Service does not tell the key of the certificate")


def certificate_facts(expires: str | Unknown, in_use: Known, renewed: Known) -> Certificate:
    """Facts of a certificate, of whose key App Service tells nothing."""
    return Certificate(
        expires=expires,
        in_use=in_use,
        algorithm=_NOT_TOLD,
        key_bits=_NOT_TOLD,
        auto_renew=renewed,
    )


def renews(managed: Known, of_vault: Known) -> Known:
    """Managed certificates are renewed by App Service, and those of a key vault follow it; others
    are uploaded anew ("Add and manage TLS/SSL certificates")."""
    return some([managed, of_vault])
