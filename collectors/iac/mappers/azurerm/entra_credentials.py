"""Secrets and certificates of programs in Entra ID: azuread_application_password and
azuread_application_certificate, those of service principals, and the password within an
application."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from collectors.document import Unknown, then
from collectors.facts.identity import AccessKey
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.joins import Joined, joined

APPLICATION, PRINCIPAL = "azuread_application", "azuread_service_principal"
OF_APPLICATION = (f"{APPLICATION}_password", f"{APPLICATION}_certificate")
OF_PRINCIPAL = (f"{PRINCIPAL}_password", f"{PRINCIPAL}_certificate")

_MADE = Unknown("the credential is made at apply")
_USED = Unknown("a template does not tell when the credential is used")
_RELATIVE = Unknown("from when the end of the credential counts shows after apply")
_NO_TIME = Unknown("the end of the credential is no time of RFC 3339")


def joined_by(
    project: Project, block: Block, arguments: tuple[str, ...], types: tuple[str, ...]
) -> Joined:
    """The resources that point to the block by one of the names that an argument has had."""
    found = [joined(project, block, argument, *types) for argument in arguments]
    blocks = {each.address: each for one in found for each in one.blocks}
    return Joined([*blocks.values()], next((one.doubt for one in found if one.doubt), None))


def credentials_of(holder: Block, project: Project) -> list[Any]:
    """What the template makes for an application or a service principal, with an unknown place for
    what may be one of it."""
    types, arguments = (
        (OF_PRINCIPAL, ("service_principal_id",))
        if holder.type == PRINCIPAL
        else (OF_APPLICATION, ("application_id", "application_object_id"))
    )
    apart = joined_by(project, holder, arguments, types)
    within = nested(holder.values, "password") if holder.type == APPLICATION else []
    name = f"{holder.source.uri}#{holder.address}.password"
    found: list[Any] = [_key(name, one) for one in ([] if isinstance(within, Unknown) else within)]
    found += [_key(f"{one.source.uri}#{one.address}", one.values) for one in apart.blocks]
    found += [within] if isinstance(within, Unknown) else []
    return [*found, apart.doubt] if apart.doubt else found


def _key(name: str, values: dict[str, Any]) -> AccessKey:
    """A credential is valid from now where it gives no start (provider documentation)."""
    return AccessKey(
        id=name,
        active=_is_valid(values),
        created=read(values, "start_date", str, _MADE),
        last_used=_USED,
    )


def _is_valid(values: dict[str, Any]) -> bool | Unknown:
    """Whether the credential has not ended. One without an end gets one of years to come; versions
    of the provider differ in what a relative end counts from where there is a start."""
    end = read(values, "end_date", str, "")
    if isinstance(end, Unknown) or end:
        return then(end, _is_to_come)
    started = values.get("start_date") is not None
    relative = values.get("end_date_relative") is not None
    return _RELATIVE if started and relative else True


def _is_to_come(text: str) -> bool | Unknown:
    try:
        end = datetime.fromisoformat(text)
    except ValueError:
        return _NO_TIME
    return _NO_TIME if end.tzinfo is None else end > datetime.now(UTC)
