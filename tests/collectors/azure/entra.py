"""Entra ID's token endpoint, over TLS as azure-identity demands, with a certificate of its own."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from tests.collectors.azure.http_server import HttpRequest, HttpServer, Reply, json_reply
from tests.collectors.azure.tokens import token_for
from tests.collectors.azure.world import TENANT

CLIENT, SECRET = "c11e4700-0000-4000-8000-0000000000c1", "test-secret"


class Entra(NamedTuple):
    """A running endpoint: its address, and the file of its certificate. `asked` are the scopes of
    which tokens were asked for, and how the client proved itself."""

    url: str
    certificate: Path
    asked: list[tuple[str, str]]

    def environment(self, **proof: str) -> dict[str, str]:
        """The variables by which azure-identity finds it; `proof` in place of the secret."""
        return {
            "AZURE_AUTHORITY_HOST": self.url,
            "AZURE_TENANT_ID": TENANT,
            "AZURE_CLIENT_ID": CLIENT,
            "REQUESTS_CA_BUNDLE": str(self.certificate),
            **(proof or {"AZURE_CLIENT_SECRET": SECRET}),
        }


@contextmanager
def entra(folder: Path) -> Iterator[Entra]:
    """An endpoint, closed at the end."""
    certificate = folder / "entra.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    certificate.write_bytes(_pem(_self_signed(key), key))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    asked: list[tuple[str, str]] = []
    server = HttpServer(lambda request: _answer(request, asked, server.url), tls)
    try:
        yield Entra(server.url, certificate, asked)
    finally:
        server.close()


def client_certificate(folder: Path) -> Path:
    """A file with a certificate and its key, as AZURE_CLIENT_CERTIFICATE_PATH names one."""
    path = folder / "client.pem"
    key = rsa.generate_private_key(65537, 2048)
    path.write_bytes(_pem(_self_signed(key), key))
    return path


def _answer(request: HttpRequest, asked: list[tuple[str, str]], url: str) -> Reply:
    if request.path.endswith("/.well-known/openid-configuration"):
        return json_reply(200, _configuration(url))
    form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
    scope = form.get("scope", "").split()[0]
    assertion = form.get("client_assertion", "")
    if form.get("client_id") != CLIENT or not (form.get("client_secret") == SECRET or assertion):
        wrong = {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid secret"}
        return json_reply(401, wrong)
    asked.append((scope, "certificate" if assertion else "secret"))
    token = {"token_type": "Bearer", "expires_in": 3599, "access_token": token_for(scope)}
    return json_reply(200, token)


def _configuration(url: str) -> dict[str, Any]:
    base = f"{url}/{TENANT}"
    return {
        "issuer": f"{base}/v2.0",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
    }


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def _self_signed(key: Key) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _pem(certificate: x509.Certificate, key: Key) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
