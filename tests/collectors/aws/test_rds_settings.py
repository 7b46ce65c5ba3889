from __future__ import annotations

import pytest

from collectors.aws.logic import Known
from collectors.aws.rds_settings import Parameters, audit_enabled, engine_of, tls, values
from collectors.document import Unknown
from collectors.facts.shared import Tls

DENIED = Unknown("denied")


def default(name: str) -> Unknown:
    return Unknown(f"the parameter {name} has no value of its own: the engine's default holds")


@pytest.mark.parametrize(
    ("name", "engine"),
    [
        ("postgres", "postgresql"),
        ("aurora-postgresql", "postgresql"),
        ("mysql", "mysql"),
        ("aurora-mysql", "mysql"),
        ("aurora", "mysql"),
        ("mariadb", "mariadb"),
        ("oracle-ee-cdb", "oracle"),
        ("custom-oracle-ee", "oracle"),
        ("sqlserver-web", "sqlserver"),
        ("db2-se", "db2"),
        ("docdb", "mongodb"),
        ("neptune", "neptune"),
    ],
)
def test_engines_have_the_names_of_the_facts(name: str, engine: str) -> None:
    assert engine_of(name) == engine


@pytest.mark.parametrize(
    ("engine", "parameters", "minimum", "required"),
    [
        (
            "postgresql",
            {"rds.force_ssl": "1", "ssl_min_protocol_version": "TLSv1.2"},
            "1.2",
            True,
        ),
        ("postgresql", {"rds.force_ssl": "0"}, default("ssl_min_protocol_version"), False),
        (
            "mysql",
            {"require_secure_transport": "ON", "tls_version": "TLSv1.3,TLSv1.2"},
            "1.2",
            True,
        ),
        (
            "mysql",
            {"tls_version": "TLSv1.1,TLSv1.2"},
            "1.1",
            default("require_secure_transport"),
        ),
        ("mysql", DENIED, DENIED, DENIED),
        ("mongodb", {"tls": "disabled"}, "none", False),
        ("mongodb", {"tls": "tls1.2+"}, "1.2", True),
        ("mongodb", {"tls": "tls1.3+"}, "1.3", True),
        (
            "mongodb",
            {"tls": "enabled"},
            Unknown("the lowest TLS version of mongodb is not among its parameters"),
            True,
        ),
        ("mongodb", {}, default("tls"), default("tls")),
        (
            "oracle",
            {},
            Unknown("the lowest TLS version of oracle is not among its parameters"),
            Unknown("whether oracle requires TLS is not among its parameters"),
        ),
    ],
)
def test_tls(
    engine: str, parameters: Parameters | Unknown, minimum: str | Unknown, required: Known
) -> None:
    assert tls(engine, parameters) == Tls(
        minimum=minimum,  # type: ignore[arg-type]
        required=required,
        policy=None,
    )


@pytest.mark.parametrize(
    ("version", "parameters", "required"),
    [
        ("1.3.2.1", DENIED, True),
        ("1.0.4.0", {}, True),
        ("1.0.3.0", {"neptune_enforce_ssl": "1"}, True),
        ("1.0.3.0", {"neptune_enforce_ssl": "0"}, False),
        ("1.0.3.0", DENIED, DENIED),
        ("", {}, default("neptune_enforce_ssl")),
        ("next", {}, default("neptune_enforce_ssl")),
    ],
)
def test_neptune_takes_nothing_but_tls_since_a_version(
    version: str, parameters: Parameters | Unknown, required: Known
) -> None:
    assert tls("neptune", parameters, version) == Tls(minimum="1.2", required=required, policy=None)


@pytest.mark.parametrize(
    ("name", "exports", "parameters", "options", "expected"),
    [
        ("mysql", [], {}, {"MARIADB_AUDIT_PLUGIN"}, False),
        ("mysql", ["audit"], {}, {"MARIADB_AUDIT_PLUGIN"}, True),
        ("mysql", ["audit"], {}, set(), False),
        ("mysql", ["audit"], {}, DENIED, DENIED),
        ("aurora-mysql", ["audit"], {"server_audit_logging": "1"}, set(), True),
        ("aurora-mysql", ["audit"], {"server_audit_logging": "0"}, set(), False),
        ("aurora-mysql", ["audit"], {}, set(), default("server_audit_logging")),
        ("postgres", ["postgresql"], {"log_statement": "all"}, set(), True),
        ("postgres", ["postgresql"], {"log_statement": "none"}, set(), False),
        ("postgres", ["upgrade"], {"log_statement": "all"}, set(), False),
        (
            "postgres",
            ["postgresql"],
            {"shared_preload_libraries": "pgaudit,pg_cron", "pgaudit.log": "ddl,role"},
            set(),
            True,
        ),
        ("postgres", ["postgresql"], {"pgaudit.log": "all"}, set(), False),
        ("postgres", ["postgresql"], DENIED, set(), DENIED),
        ("sqlserver-ee", ["error"], {}, {"SQLSERVER_AUDIT"}, True),
        ("sqlserver-ee", ["error"], {}, set(), False),
        ("docdb", ["audit"], {"audit_logs": "enabled"}, set(), True),
        ("docdb", ["audit"], {"audit_logs": "ddl, dml_write"}, set(), True),
        ("docdb", ["audit"], {"audit_logs": "disabled"}, set(), False),
        ("docdb", ["audit"], {"audit_logs": "none"}, set(), False),
        ("docdb", ["audit"], {}, set(), False),
        ("docdb", ["audit"], DENIED, set(), DENIED),
        ("neptune", ["audit"], {"neptune_enable_audit_log": "1"}, set(), True),
        ("neptune", [], {"neptune_enable_audit_log": "1"}, set(), False),
        (
            "oracle-ee",
            ["audit"],
            {},
            set(),
            Unknown("whether oracle audits is set inside the database"),
        ),
        ("oracle-ee", [], {}, set(), False),
    ],
)
def test_an_audit_is_on_only_where_it_runs_and_is_exported(
    name: str,
    exports: list[str],
    parameters: Parameters | Unknown,
    options: set[str] | Unknown,
    expected: Known,
) -> None:
    assert audit_enabled(name, exports, parameters, options) == expected


def test_parameters_without_a_value_are_left_out() -> None:
    assert values([{"ParameterName": "a", "ParameterValue": "1"}, {"ParameterName": "b"}]) == {
        "a": "1"
    }
