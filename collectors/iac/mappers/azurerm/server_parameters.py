"""What the parameters of a server decide: its TLS and its audit log."""

from __future__ import annotations

from typing import Any, Literal, cast

from msgspec import Struct

from collectors.document import Unknown, then
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Project, read
from collectors.iac.mappers.azurerm.diagnostics import logging_of
from collectors.iac.mappers.joins import first_of, joined

_VERSION_BY_NAME: dict[str, Literal["1.0", "1.1", "1.2", "1.3"]] = {
    "tlsv1": "1.0", "tlsv1.0": "1.0", "tlsv1.1": "1.1", "tlsv1.2": "1.2", "tlsv1.3": "1.3",
    "tls1_0": "1.0", "tls1_1": "1.1", "tls1_2": "1.2",
}  # fmt: skip
_ON = ("on", "1", "true")


class Parameters(Struct, frozen=True):
    """The parameters of a server that a template sets; `doubt` says why it may set more."""

    values: dict[str, Any]
    doubt: Unknown | None

    def read(self, name: str, default: str) -> str | Unknown:
        """A parameter, or what the service takes where nobody sets it."""
        return read(self.values, name, str, self.doubt or default)


def parameters_of(block: Block, project: Project, by: str, kind: str = "") -> Parameters:
    """The parameters of a server, whose resources point to it by an argument."""
    settings = joined(project, block, by, kind or f"{block.type}_configuration")
    values: dict[str, Any] = {}
    doubt = settings.doubt
    for setting in settings.blocks:
        name = setting.get("name")
        if isinstance(name, str):
            values[name.lower()] = setting.values.get("value")
        elif isinstance(name, Unknown):
            doubt = doubt or name
    return Parameters(values, doubt)


def tls_of(parameters: Parameters) -> Tls:
    """Both services require TLS 1.2 unless a server parameter says otherwise."""
    required = parameters.read("require_secure_transport", "on")
    versions = first_of(
        parameters.values,
        ("ssl_min_protocol_version", "tls_version"),
        str,
        parameters.doubt or "tlsv1.2",
    )
    return Tls(
        minimum=cast("Any", then(versions, lowest)),
        required=then(required, lambda word: word.lower() in _ON),
        policy=None,
    )


def lowest(names: str) -> str | Unknown:
    """The lowest of one or several versions ("TLSv1.2,TLSv1.3")."""
    found = [_VERSION_BY_NAME.get(name.strip().lower()) for name in names.split(",")]
    if None in found:
        return Unknown(f"TLS version {names} is not known")
    return min(version for version in found if version)


def audit_of(block: Block, project: Project, parameters: Parameters, *, postgres: bool) -> Logging:
    """The audit log, which parameters turn on and a diagnostic setting sends away: of MySQL by its
    own, of PostgreSQL by pgAudit ("Audit logs", "Audit logging"). Both are off by default."""
    if not postgres:
        on = then(parameters.read("audit_log_enabled", "off"), lambda word: word.lower() in _ON)
        if on is True:
            return logging_of(block, project, ("MySqlAuditLogs",))
        return Logging.unread(on) if isinstance(on, Unknown) else Logging.off()
    classes = parameters.read("pgaudit.log", "none")
    libraries = parameters.read("shared_preload_libraries", "")
    for each in (classes, libraries):
        if isinstance(each, Unknown):
            return Logging.unread(each)
    loaded = [name.strip().lower() for name in str(libraries).split(",")]
    if str(classes).strip().lower() in ("", "none") or "pgaudit" not in loaded:
        return Logging.off()
    return logging_of(block, project, ("PostgreSQLLogs",))
