"""Programs of the tenant: applications that are registered in it, and the service principals as
which they, and other tenants' applications, act in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.entra_calls import LIST_APPLICATIONS, LIST_SERVICE_PRINCIPALS
from collectors.document import Unknown, then
from collectors.facts.identity import AccessKey

Item = dict[str, Any]

PROGRAM_CALLS = (LIST_APPLICATIONS, LIST_SERVICE_PRINCIPALS)

_OPERATORS = {
    "global": "f8cdef31-a31e-4b4a-93e4-5f571e91255a",
    "china": "a55a4d5b-9241-49b1-b4ff-befa8db00269",
}
_MANAGED = "ManagedIdentity"
_AT_HOME = Unknown("the credentials that a program has in its own tenant are not told")
_NO_USE = Unknown("this version of Microsoft Graph does not tell when a credential was last used")


class Program(Struct, frozen=True, kw_only=True):
    """An application of the tenant with its service principal (null where it has none), or a
    service principal without one. `outside` is one of another organisation's: neither this
    tenant's nor of who runs the cloud."""

    application: Item | None
    principal: Item | Unknown | None
    outside: bool = False

    def known_credentials(self) -> list[AccessKey]:
        """The secrets and certificates that this tenant keeps of the program."""
        return [one for one in self.credentials() if isinstance(one, AccessKey)]

    def credentials(self) -> list[Any]:
        """The secrets and certificates by which the program proves itself, with an unknown place
        for those that are kept where this tenant does not see them."""
        found: list[Any] = [_AT_HOME] if self.outside else []
        for holder in (self.application, self.principal):
            if isinstance(holder, Unknown):
                found.append(holder)
            elif holder:
                found += _credentials(holder)
        return found


def programs(account: Account) -> tuple[list[Program] | Unknown, list[Program] | Unknown]:
    """The tenant's applications; and the service principals of others'."""
    return account.once("programs", lambda: _programs(account))


def service_principals(account: Account) -> dict[str, Item] | Unknown:
    """All service principals of the tenant by their ids."""
    return account.once(
        "service principals",
        lambda: then(
            account.listed(LIST_SERVICE_PRINCIPALS),
            lambda listed: {str(one["id"]): one for one in listed},
        ),
    )


def is_managed(principal: Item) -> bool:
    """Whether a service principal is a managed identity of a resource of Azure."""
    return principal.get("servicePrincipalType") == _MANAGED


def operator(account: Account) -> str:
    """The tenant of the cloud's own applications: Microsoft's, or that of the China cloud."""
    return _OPERATORS["china" if account.china else "global"]


def home_of(principal: Item, tenant: str) -> str:
    """The tenant that the application of a service principal belongs to. Managed identities have
    none of their own: they are of this one."""
    return str(principal.get("appOwnerOrganizationId") or tenant).lower()


def _programs(account: Account) -> tuple[list[Program] | Unknown, list[Program] | Unknown]:
    principals = service_principals(account)
    by_application: dict[str, Item] | Unknown = then(
        principals, lambda found: {str(one["appId"]).lower(): one for one in found.values()}
    )
    applications: list[Program] | Unknown = then(
        account.listed(LIST_APPLICATIONS),
        lambda found: [_registered(one, by_application) for one in found],
    )
    tenant = account.tenant.lower()
    own = {tenant, operator(account)}
    foreign: list[Program] | Unknown = then(
        principals,
        lambda found: [
            Program(
                application=None,
                principal=one,
                outside=home_of(one, tenant) not in own,
            )
            for one in found.values()
            if home_of(one, tenant) != tenant
            or (not one.get("appOwnerOrganizationId") and not is_managed(one))
        ],
    )
    return applications, foreign


def _registered(application: Item, principals: dict[str, Item] | Unknown) -> Program:
    name = str(application["appId"]).lower()
    return Program(
        application=application, principal=then(principals, lambda known: known.get(name))
    )


def _credentials(holder: Item) -> list[AccessKey]:
    """Certificates with which Entra ID signs its own answers (SAML), and what belongs to them, are
    no credentials of the program."""
    certificates = holder.get("keyCredentials") or []
    signing = {
        one["customKeyIdentifier"]
        for one in certificates
        if one.get("usage") == "Sign" and one.get("customKeyIdentifier")
    }
    return [
        _key(one)
        for one in (*(holder.get("passwordCredentials") or ()), *certificates)
        if one.get("usage") != "Sign" and one.get("customKeyIdentifier") not in signing
    ]


def _key(credential: Item) -> AccessKey:
    ends = credential.get("endDateTime")
    return AccessKey(
        id=str(credential["keyId"]),
        active=not ends or str(ends) > datetime.now(UTC).isoformat(),
        created=credential.get("startDateTime")
        or Unknown("the directory does not tell when the credential was made"),
        last_used=_NO_USE,
    )
