"""What a database's parameters and options say of TLS and auditing. Pure.

Parameters come as name to value, without those that have no value.
"""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known
from collectors.aws.tls import lowest
from collectors.document import Unknown, then
from collectors.facts.shared import Tls

Parameters = dict[str, str]

# The API's engine names begin with these; the facts name the database itself.
_ENGINES = {
    "aurora-postgresql": "postgresql",
    "postgres": "postgresql",
    "custom-oracle": "oracle",
    "custom-sqlserver": "sqlserver",
    "aurora": "mysql",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "oracle": "oracle",
    "sqlserver": "sqlserver",
    "db2": "db2",
    "docdb": "mongodb",
    "neptune": "neptune",
}
_ON = {"1", "on", "true", "enabled"}
_OFF = {"0", "off", "false", "disabled"}
# By the parameter "tls" of DocumentDB, which names a version or not.
_DOCDB_MINIMUMS = {"disabled": "none", "tls1.2+": "1.2", "tls1.3+": "1.3"}
# Values of the parameter "audit_logs" of DocumentDB by which nothing is audited.
_DOCDB_SILENT = {"", "disabled", "none"}
# The version since which Neptune answers nothing but TLS.
_TLS_ONLY = (1, 0, 4, 0)


def engine_of(name: str) -> str:
    """The database that an engine of RDS is; an engine of another kind keeps its name."""
    for beginning, engine in _ENGINES.items():
        if name.startswith(beginning):
            return engine
    return name


def values(parameters: list[dict[str, Any]]) -> Parameters:
    """The parameters of DescribeDBParameters that have a value."""
    return {
        item["ParameterName"]: item["ParameterValue"]
        for item in parameters
        if item.get("ParameterValue") is not None
    }


def tls(engine: str, parameters: Parameters | Unknown, version: str = "") -> Tls:
    """TLS towards clients: which parameter decides depends on the database (`engine_of`). Neptune
    takes TLS from 1.2 on, and plaintext in old versions only (Neptune user guide, "Encryption in
    transit"); "" is a version that is not told."""
    if engine == "neptune":
        only = _numbers(version) >= _TLS_ONLY
        required: Known = True if only else then(parameters, _neptune_refuses_plaintext)
        return Tls(minimum="1.2", required=required, policy=None)
    return Tls(
        minimum=then(parameters, lambda known: _minimum(engine, known)),
        required=then(parameters, lambda known: _required(engine, known)),
        policy=None,
    )


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, as far as they are numbers: 1.3.2.1."""
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(map(str.isdecimal, parts)) else ()


def _neptune_refuses_plaintext(parameters: Parameters) -> Known:
    return _switch(parameters, "neptune_enforce_ssl")


def _required(engine: str, parameters: Parameters) -> Known:
    match engine:
        case "postgresql" | "sqlserver":
            return _switch(parameters, "rds.force_ssl")
        case "mysql" | "mariadb":
            return _switch(parameters, "require_secure_transport")
        case "mongodb":
            # docdb: enabled, tls1.2+, tls1.3+, fips-140-3 or disabled ("tls" parameter).
            value = parameters.get("tls")
            return value.lower() != "disabled" if value else _no_value("tls")
        case _:
            return Unknown(f"whether {engine} requires TLS is not among its parameters")


def _minimum(engine: str, parameters: Parameters) -> Any:
    match engine:
        case "postgresql":
            name = "ssl_min_protocol_version"
        case "mysql" | "mariadb":
            name = "tls_version"
        case "mongodb":
            named = parameters.get("tls", "").lower()
            told = _DOCDB_MINIMUMS.get(named, _no_minimum(engine))
            return told if named else _no_value("tls")
        case _:
            return _no_minimum(engine)
    value = parameters.get(name)
    return lowest(value.split(",")) if value else _no_value(name)


def _no_minimum(engine: str) -> Unknown:
    return Unknown(f"the lowest TLS version of {engine} is not among its parameters")


def _switch(parameters: Parameters, name: str) -> Known:
    value = parameters.get(name, "").lower()
    if value in _ON or value in _OFF:
        return value in _ON
    return _no_value(name)


def _no_value(name: str) -> Unknown:
    return Unknown(f"the parameter {name} has no value of its own: the engine's default holds")


def audited_by_option(name: str) -> bool:
    """Whether it is an option, not a parameter, that makes a database audit."""
    return engine_of(name) == "sqlserver" or name in {"mysql", "mariadb"}


def audit_enabled(
    name: str, exports: list[str], parameters: Parameters | Unknown, options: set[str] | Unknown
) -> Known:
    """Whether the database audits what its users do, and the audit leaves it.

    `name` is the API's engine name, `exports` the logs that go to CloudWatch Logs, `options` those
    of its option group. An export alone carries nothing where auditing itself is off.
    """
    engine = engine_of(name)
    if engine == "sqlserver":
        return then(options, lambda known: "SQLSERVER_AUDIT" in known)
    log = "postgresql" if engine == "postgresql" else "audit"
    if log not in exports:
        return False
    match engine:
        case "postgresql":
            return then(parameters, _pgaudit)
        case "mysql" if name.startswith("aurora"):
            return then(parameters, lambda known: _switch(known, "server_audit_logging"))
        case "mysql" | "mariadb":
            return then(options, lambda known: "MARIADB_AUDIT_PLUGIN" in known)
        case "mongodb":
            return then(
                parameters,
                lambda known: known.get("audit_logs", "").lower() not in _DOCDB_SILENT,
            )
        case "neptune":
            return then(parameters, lambda known: _switch(known, "neptune_enable_audit_log"))
        case _:
            return Unknown(f"whether {engine} audits is set inside the database")


def _pgaudit(parameters: Parameters) -> Known:
    """pgAudit, or the logging of every statement."""
    libraries = parameters.get("shared_preload_libraries", "")
    audits = parameters.get("pgaudit.log", "none").lower() not in {"", "none"}
    return ("pgaudit" in libraries and audits) or parameters.get("log_statement") in {"mod", "all"}
