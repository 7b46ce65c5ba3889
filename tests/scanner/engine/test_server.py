"""The OPA server engine: what it needs of a server, and what it does when it does not get it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import requests

from bench.opa_server import running_opa
from collectors.document import UserError
from scanner.engine import Answer, Engine, Failure, Task, _opa_client
from scanner.engine.embedded import EmbeddedEngine
from scanner.engine.server import ServerEngine
from scanner.policies import Bundle
from scanner.verdict import Finding
from tests.scanner.engine.certificates import Certificates, make_certificates
from tests.scanner.engine.conftest import WriteChecks, ask, own
from tests.scanner.engine.opa_proxy import Decide, Instead, OpaProxy, Seen, opa_proxy

pytestmark = pytest.mark.go_tools

NAMED = 'deny contains {"at": "name", "args": {"name": input.name}} if input.name != ""'
WEB = b'{"name": "web"}'
FOUND = Answer((Finding(at="name", args={"name": "web"}),), applies=True)
NONE = Answer((), applies=True)


@pytest.fixture
def named(own_checks: WriteChecks) -> Bundle:
    """One check, on the name."""
    return own_checks(named=NAMED)


@pytest.fixture
def proxy(opa_url: str) -> Iterator[OpaProxy]:
    with opa_proxy(opa_url) as running:
        yield running


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls") / "files")


@pytest.fixture(scope="module")
def secured(
    opa: str, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """An OPA server with TLS, that only lets in whoever has the token."""
    policy = tmp_path_factory.mktemp("authz") / "authz.rego"
    policy.write_text(
        "package system.authz\n"
        "default allow := false\n"
        'allow if input.identity == "s3cret"\n'
        'allow if input.path == ["health"]\n'
    )
    with running_opa(
        opa,
        *(f"--tls-cert-file={certificates.server}", f"--tls-private-key-file={certificates.key}"),
        *("--authentication=token", "--authorization=basic", str(policy)),
        scheme="https",
        ca=str(certificates.ca),
    ) as url:
        yield url


def _policies(url: str) -> list[str]:
    listed = requests.get(f"{url}/v1/policies", timeout=5).json()["result"]
    return sorted(policy["id"] for policy in listed)


def _refused(bundle: Bundle, url: str, **options: str | Path) -> UserError:
    with pytest.raises(UserError) as caught:
        ServerEngine(bundle, url=url, **options)  # type: ignore[arg-type]
    return caught.value


def _task(text: bytes) -> Task:
    return Task(text, (own("named"),))


def test_policies_are_removed_and_others_left_alone(named: Bundle, opa: str) -> None:
    with running_opa(opa) as url:
        theirs = 'package mlps.checks.own.named\ndeny contains {"at": "theirs", "args": {}}\n'
        requests.put(f"{url}/v1/policies/theirs", data=theirs, timeout=5).raise_for_status()

        first = ServerEngine(named, url=url)
        second = ServerEngine(named, url=url)
        found = [ask(engine, own("named"), WEB) for engine in (first, second)]
        first.close()
        after = ask(second, own("named"), WEB)
        second.close()

        assert found == [[FOUND], [FOUND]]
        assert after == [FOUND]
        assert _policies(url) == ["theirs"]


def test_a_refused_policy_leaves_nothing_behind(own_checks: WriteChecks, opa_url: str) -> None:
    before = _policies(opa_url)
    bundle = own_checks(good=NAMED, bad='deny contains {"at": no_such(input)} if input.name')

    error = _refused(bundle, opa_url)

    bad = next(module.name for module in bundle.modules if module.name.endswith("bad.rego"))
    line = next(
        number
        for number, text in enumerate(Path(bad).read_text().splitlines(), start=1)
        if "no_such" in text
    )
    assert error.message == (
        f"The OPA server {opa_url} refuses {bad}:{line}: undefined function no_such."
    )
    assert "Correct the policy" in error.hint
    assert _policies(opa_url) == before


def test_modules_may_stand_in_any_order(own_checks: WriteChecks, opa_url: str) -> None:
    bundle = own_checks(
        alpha='deny contains {"at": "name", "args": {"n": data.mlps.checks.own.beta.twice(2)}}',
        beta="twice(n) := n * data.mlps.checks.own.gamma.two(n)\ndeny := set()",
        gamma="two(_) := 2\ndeny := set()",
    )
    engine = ServerEngine(bundle, url=opa_url)
    try:
        assert ask(engine, own("alpha"), b"{}") == [
            Answer((Finding(at="name", args={"n": 4}),), applies=True)
        ]
    finally:
        engine.close()


def test_tls_and_token(secured: str, certificates: Certificates, named: Bundle) -> None:
    engine = ServerEngine(named, url=secured, token="s3cret", ca=certificates.ca)
    try:
        assert ask(engine, own("named"), WEB, b'{"name": ""}') == [FOUND, NONE]
    finally:
        engine.close()


def test_a_netrc_does_not_replace_the_token(
    secured: str,
    certificates: Certificates,
    named: Bundle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    ServerEngine(named, url=secured, token="s3cret", ca=certificates.ca).close()


def test_an_unknown_authority_is_refused(secured: str, named: Bundle) -> None:
    error = _refused(named, secured, token="s3cret")

    assert error.message.startswith(
        f"The OPA server {secured} has no certificate that can be trusted:"
    )
    assert "unable to get local issuer certificate" in error.message
    assert error.hint == "Name the file with its CA certificate: --opa-ca FILE"


@pytest.mark.parametrize("token", ["wrong", None])
def test_a_wrong_token_is_refused(
    token: str | None, secured: str, certificates: Certificates, named: Bundle
) -> None:
    with pytest.raises(UserError) as caught:
        ServerEngine(named, url=secured, token=token, ca=certificates.ca)

    assert caught.value.message == f"The OPA server {secured} refuses access (HTTP 401)."
    assert "--opa-token-file or MLPS_OPA_TOKEN" in caught.value.hint


def test_nobody_listens(named: Bundle) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"

        error = _refused(named, url)

    assert error.message == f"The OPA server {url} cannot be reached: Connection refused."
    assert "opa run --server" in error.hint


@pytest.mark.parametrize("url", ["localhost", "ftp://opa", "http://", "http://opa:none"])
def test_no_address(url: str, named: Bundle) -> None:
    assert _refused(named, url).message == f"--opa-url {url} is not the address of a server."


def test_no_opa(moto_endpoint: str, named: Bundle) -> None:
    error = _refused(named, f"{moto_endpoint}/moto-api")

    assert error.message == f"What answers at {moto_endpoint}/moto-api is not an OPA server."


def test_an_opa_that_is_too_old(opa: str, named: Bundle) -> None:
    """An OPA that reads Rego as versions before 1.0 did; the proxy gives it their number."""
    old = msgspec.json.encode({"result": [{"x": "0.70.0"}]})
    with running_opa(opa, "--v0-compatible") as url, opa_proxy(url) as proxy:
        as_it_is = _refused(named, proxy.url)
        proxy.decide = lambda seen: Instead(200, old) if seen.path == "/v1/query" else None
        error = _refused(named, proxy.url)

    assert error.message == (
        f"The OPA server {proxy.url} is version 0.70.0; mlps needs 1.0 or newer."
    )
    assert as_it_is.message.startswith(f"The OPA server {proxy.url} refuses ")
    assert "--v0-compatible" in as_it_is.hint


def test_a_path_before_the_api(named: Bundle, proxy: OpaProxy, opa_url: str) -> None:
    """A gateway may have OPA below a path."""
    engine = ServerEngine(named, url=f"{opa_url}//")
    engine.close()
    with pytest.raises(UserError):
        ServerEngine(named, url=f"{proxy.url}/team/opa/")

    assert proxy.seen[0].path.startswith("/team/opa/v1/policies/mlps_scan_")


def test_a_redirect_is_not_followed(named: Bundle, proxy: OpaProxy) -> None:
    proxy.decide = lambda seen: Instead(302, headers={"Location": f"{proxy.upstream}{seen.path}"})

    assert _refused(named, proxy.url).message == (
        f"The OPA server {proxy.url} redirects to another address."
    )


def _first(count: int, method: str, instead: Instead) -> Decide:
    """Interferes with the first requests of a method."""
    left = [count]

    def decide(seen: Seen) -> Instead | None:
        if seen.method != method or not left[0]:
            return None
        left[0] -= 1
        return instead

    return decide


@pytest.mark.parametrize(
    "trouble", [Instead(503), Instead(429, headers={"Retry-After": "3600"}), Instead(502)]
)
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_busy_server_is_asked_again(
    method: str, trouble: Instead, named: Bundle, proxy: OpaProxy
) -> None:
    proxy.decide = _first(2, method, trouble)
    engine = ServerEngine(named, url=proxy.url)
    try:
        assert ask(engine, own("named"), WEB) == [FOUND]
    finally:
        engine.close()


def test_a_connection_that_breaks_is_opened_again(named: Bundle, proxy: OpaProxy) -> None:
    engine = ServerEngine(named, url=proxy.url)
    try:
        proxy.decide = _first(1, "POST", Instead(0, hang_up=True))
        assert ask(engine, own("named"), WEB) == [FOUND]
    finally:
        engine.close()


def test_a_server_that_stays_busy_ends_the_run(named: Bundle, proxy: OpaProxy) -> None:
    engine = ServerEngine(named, url=proxy.url)
    try:
        proxy.decide = lambda seen: Instead(503) if seen.method == "POST" else None
        with pytest.raises(UserError) as caught:
            ask(engine, own("named"), WEB)
    finally:
        engine.close()

    assert caught.value.message == (
        f"The OPA server {proxy.url} answers HTTP 503, also when asked again."
    )
    assert len([seen for seen in proxy.seen if seen.method == "POST"]) == 5


def test_a_server_that_goes_away_ends_the_run(named: Bundle, opa: str) -> None:
    with running_opa(opa) as url:
        engine = ServerEngine(named, url=url)
        answers = engine.run(iter([_task(WEB)] * 300))
        assert next(answers) == [FOUND]

    with pytest.raises(UserError) as caught:
        list(answers)
    engine.close()

    assert caught.value.message == f"The OPA server {url} cannot be reached: Connection refused."


def test_a_server_that_lost_the_policies_ends_the_run(named: Bundle, opa_url: str) -> None:
    engine = ServerEngine(named, url=opa_url)
    for policy in reversed(engine.policies):
        requests.delete(f"{opa_url}/v1/policies/{policy}", timeout=5).raise_for_status()

    with pytest.raises(UserError) as caught:
        ask(engine, own("named"), WEB)
    engine.close()

    assert caught.value.message.startswith(
        f"The OPA server {opa_url} lost the policies of this scan"
    )


def test_one_check_that_fails_takes_no_other_with_it(own_checks: WriteChecks, opa_url: str) -> None:
    """Two results for one rule are an error of OPA that fails the whole request."""
    conflict = '_n := 1 if input.name\n_n := 2 if input.name == "odd"\n'
    bundle = own_checks(named=NAMED, odd=f"{conflict}deny contains {{}} if _n > 2")
    packages = (own("named"), own("odd"))
    names = ["web", "odd", "web"]
    tasks = [Task(msgspec.json.encode({"name": name}), packages) for name in names]
    engine = ServerEngine(bundle, url=opa_url)
    try:
        answers = [tuple(answer) for answer in engine.run(tasks)]
    finally:
        engine.close()

    odd = Answer((Finding(at="name", args={"name": "odd"}),), applies=True)
    conflicting = Failure(
        "engine: eval_conflict_error: complete rules must not produce multiple outputs"
    )
    assert answers == [(FOUND, NONE), (odd, conflicting), (FOUND, NONE)]


def _is_about(name: str) -> Decide:
    """Every question about this document is one that never ends."""
    late = Instead(200, b"{}", after_seconds=1.5)
    return lambda seen: late if seen.method == "POST" and name.encode() in seen.body else None


def test_one_document_that_takes_too_long(
    named: Bundle, proxy: OpaProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_opa_client, "_READ_SECONDS", 0.5)
    engine = ServerEngine(named, url=proxy.url)
    try:
        proxy.decide = _is_about("slow")
        answers = ask(engine, own("named"), WEB, b'{"name": "slow"}', WEB)
    finally:
        engine.close()

    assert answers == [FOUND, Failure("engine: no answer within 0.5 seconds"), FOUND]


@pytest.mark.parametrize(
    "body",
    [b'{"result": {"deny": {}}}', b'{"result": {}}', b"not JSON", b'{"result": {"deny": []}}'],
)
def test_an_answer_without_the_result_is_a_failure(
    body: bytes, named: Bundle, proxy: OpaProxy
) -> None:
    engine = ServerEngine(named, url=proxy.url)
    try:
        proxy.decide = lambda seen: Instead(200, body) if seen.method == "POST" else None
        (answer,) = ask(engine, own("named"), WEB)
    finally:
        engine.close()

    assert isinstance(answer, Failure)


def test_documents_stream(named: Bundle, proxy: OpaProxy) -> None:
    """Answers come while documents are still being read, some hundred at a time."""
    engine = ServerEngine(named, url=proxy.url)
    given = []

    def tasks() -> Iterator[Task]:
        for number in range(1000):
            given.append(number)
            yield _task(WEB)

    try:
        answers = engine.run(tasks())
        next(answers)
        read_before_the_first_answer = len(given)
        rest = list(answers)
    finally:
        engine.close()

    assert read_before_the_first_answer < 200
    assert rest == [[FOUND]] * 999
    assert len([seen for seen in proxy.seen if seen.method == "POST"]) < 20


def test_a_type_without_checks(named: Bundle, opa_url: str) -> None:
    engine = ServerEngine(named, url=opa_url)
    tasks = [Task(WEB, ()), _task(WEB), Task(WEB, ())]
    try:
        assert list(engine.run(tasks)) == [[], [FOUND], []]
    finally:
        engine.close()


@pytest.mark.parametrize("engine_type", ["embedded", "server"])
def test_a_check_without_deny_is_refused(
    engine_type: str, own_checks: WriteChecks, opa_url: str
) -> None:
    bundle = own_checks(silent="denied contains input.name\n# deny contains input.name")

    with pytest.raises(UserError) as caught:
        _open(engine_type, bundle, opa_url)

    assert caught.value.message == f"{bundle.checks[0].file}: the check has no rule `deny`."


def _open(engine_type: str, bundle: Bundle, url: str) -> Engine:
    return EmbeddedEngine(bundle) if engine_type == "embedded" else ServerEngine(bundle, url=url)
